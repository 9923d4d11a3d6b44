"""A file of any format becomes printed lines; nothing here knows what a document is."""
