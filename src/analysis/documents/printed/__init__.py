"""Printed words and what they mean: names, dates, grades, scope, headings, extents."""
