"""What `data/` holds about an authority, read and checked."""
