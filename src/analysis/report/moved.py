"""Which sentences of a report a user's codes moved: each as it would be without them, and as it is.

The report is put together twice, with the codes of all and without those of users. What differs was
moved by them and by nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.report.points import Point
from analysis.report.tables.cards import Card


@dataclass(frozen=True)
class Moved:
    """A sentence that a user's codes moved.

    Attributes
    ----------
    where
        What part of the report it stands in, such as a theme.
    before, after
        What it says without those codes and with them; blank where it is not said at all.
    """

    where: str
    before: str
    after: str


def said(headline: str, points: Sequence[Point], cards: Sequence[Card]) -> dict[str, str]:
    """Return what a report says in sentences, by where it says it."""
    told = {"Headline": headline}
    for point in points:
        where = f"In brief, {point.head}"
        told[where] = " ".join(filter(None, (told.get(where), point.text)))
    for card in cards:
        told[card.name] = " ".join(card.sentences)
        latest = card.latest[0] if card.latest else None
        whom = f" ({latest.who})" if latest and latest.who else ""
        told[f"{card.name}, {card.latest_when}"] = f"{latest.text}{whom}" if latest else ""
    return told


def moved(before: Mapping[str, str], after: Mapping[str, str]) -> list[Moved]:
    """Return the sentences that differ, in the order of the report.

    Examples
    --------
    >>> moved({"Audit": "Weak.", "Plans": "Strong."}, {"Plans": "Strong.", "Audit": "Mixed."})
    [Moved(where='Audit', before='Weak.', after='Mixed.')]
    """
    places = dict.fromkeys([*after, *before])
    pairs = [Moved(where, before.get(where, ""), after.get(where, "")) for where in places]
    return [pair for pair in pairs if pair.before != pair.after]
