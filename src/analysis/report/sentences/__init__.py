"""What a report says in sentences; nothing here knows a table or a page."""
