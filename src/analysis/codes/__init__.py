"""Which codes count for each finding, who gave them, and how far coders agree."""
