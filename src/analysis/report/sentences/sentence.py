"""How visits and changes are named in a sentence, and how a summary ends."""

from __future__ import annotations

from typing import Final

from analysis.results.results import Results

SAID_IN_WORDS: Final = {
    "improved": "improved",
    "not improved": "not improved",
    "declined": "worsened",
    "sustained": "sustained",
}
"""What was said of change, as sentences say it: that caseloads `declined` would read as good
news."""


def titles_of(results: Results) -> dict[str, str]:
    """Return the title of every visit (`inspection of April 2014`), in order, by its id."""
    visits = results.data.visits
    return dict(zip(visits["visit"].tolist(), visits["title"].tolist(), strict=True))


def ended(text: str) -> str:
    """Close a summary with a full stop; a blank one stays blank.

    Examples
    --------
    >>> ended("Plans are late"), ended("Plans are late."), ended("")
    ('Plans are late.', 'Plans are late.', '')
    """
    return f"{text.rstrip(' .')}." if text.strip() else ""
