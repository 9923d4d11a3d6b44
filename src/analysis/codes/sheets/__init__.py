"""Sheets for a reader of an authority's documents: laid out, looked through, and taken back."""
