"""How a report looks: its blocks, its glossary, its scripts, and the page of all of them."""
