"""What a report shows in tables: the findings as evidence, and what leads where."""
