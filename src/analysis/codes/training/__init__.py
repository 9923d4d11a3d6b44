"""How the tagger learns from coded findings, and how well it then does."""
