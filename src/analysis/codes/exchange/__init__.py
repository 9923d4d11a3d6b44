"""Coding brought from other programs and taken there: projects, codebooks, coded segments."""
