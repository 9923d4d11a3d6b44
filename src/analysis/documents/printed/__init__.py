"""Printed words and what they mean: kinds, names, dates, grades, headings, extents."""
