"""The tagger: themes and directions of findings, each with the words that carried them."""
