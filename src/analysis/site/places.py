"""Files of a site: where each page lies."""

from __future__ import annotations

from typing import Final

FRONT: Final = "index.html"
NEW: Final = "new.html"
ABOUT: Final = "about.html"
FEED: Final = "feed.xml"
POLICY: Final = "content-security-policy.txt"
"""Holds the policy to be sent with every page."""
NO_JEKYLL: Final = ".nojekyll"
"""Tells GitHub Pages to serve the files as they are."""


def page_of(slug: str) -> str:
    """Return the file of an authority's page.

    Examples
    --------
    >>> page_of("kent")
    'kent.html'
    """
    return f"{slug}.html"


def files_of(slug: str) -> tuple[str, str]:
    """Return the files of an authority: its page, and its levels as a table."""
    return page_of(slug), f"{slug}.csv"


def theme_page(theme: str) -> str:
    """Return the file of a theme's page.

    Examples
    --------
    >>> theme_page("caseloads")
    'theme-caseloads.html'
    """
    return f"theme-{theme}.html"
