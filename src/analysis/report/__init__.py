"""What a report says and shows, block by block, and the page that it becomes."""
