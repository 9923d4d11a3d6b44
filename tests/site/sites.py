"""Which site the tests look at."""

from __future__ import annotations

SOME = ("bolton", "knowsley", "leeds")
BASE_URL = "https://example.org/findings/"
