"""A sentence of the report, and how visits are named in one.

The templates stand in `analysis.report.sentences.templates`.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.results.results import Results


@dataclass(frozen=True)
class Sentence:
    """A sentence of the report with the place of its evidence.

    Attributes
    ----------
    topic
        What it belongs to: `grades`, `read`, `matters`, `moved`, `improved`, `declined`,
        `not improved`, `raised again`, `still raised`, `beside`, `group`,
        `latest look`, `thin`, `sources`.
    text
        Plain text, to be escaped where it is shown.
    href
        Anchor of its evidence in the report; blank where it speaks of the whole.
    theme
        Id of the theme that it speaks of, where it speaks of one.
    """

    topic: str
    text: str
    href: str = ""
    theme: str = ""


def titles_of(results: Results) -> dict[str, str]:
    """Return the title of every visit (`inspection of April 2014`), in order, by its id."""
    visits = results.data.visits
    return dict(zip(visits["visit"].tolist(), visits["title"].tolist(), strict=True))
