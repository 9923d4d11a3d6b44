"""Since which visit something is said to have changed."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Sequence
from typing import Final, NamedTuple

UNKNOWN: Final = "unknown"
_INSPECTIONS: Final = ("inspection", "re-inspection")
_SHORTER: Final = ("focused-visit", "monitoring-visit")
_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "inspection": _INSPECTIONS,
    "re-inspection": ("re-inspection",),
    "reinspection": ("re-inspection",),
    "focused visit": ("focused-visit",),
    "focussed visit": ("focused-visit",),
    "monitoring visit": ("monitoring-visit",),
    "visit": _SHORTER,
}
_MONTHS: Final = {month.lower(): f"{i:02d}" for i, month in enumerate(month_name) if month}
_KIND: Final = r"(?P<kind>re-?inspection|inspection|focuss?ed visit|monitoring visit|visit)s?\b"
_MONTH: Final = rf"(?:(?P<month>{'|'.join(_MONTHS)}) )?"
_DATED: Final = re.compile(
    rf"\b{_KIND}(?: \([\w ]+\))?,? (?:\w+ ){{0,4}}?(?:in |of |\(|from )?{_MONTH}"
    r"(?P<year>20[0-3]\d)\b"
)
_YEAR_FIRST: Final = re.compile(rf"\b{_MONTH}(?P<year>20[0-3]\d) (?:\w+ ){{0,2}}?{_KIND}")
_LATEST: Final = re.compile(
    rf"\b(?:last|previous|earlier|prior|most recent) (?:[\w'-]+ ){{0,5}}?{_KIND}"
)


class Visit(NamedTuple):
    """A visit that may be named: its id, kind and first day, as far as it is known."""

    id: str
    kind: str
    start: str


def since_of(words: str, earlier: Sequence[Visit]) -> str:
    """Say which visit is named, as that since which something changed.

    Parameters
    ----------
    words
        The sentence or the finding, in small letters.
    earlier
        The visits before it, oldest first.

    Returns
    -------
    str
        Id of the visit that is named by its kind and date, else of the last of the kind named as
        the last or previous one; `unknown` where none is named or the one named is not known.

    Examples
    --------
    >>> visits = [Visit("x-inspection-2018-05", "inspection", "2018-05"),
    ...           Visit("x-focused-visit-2020-01", "focused-visit", "2020-01")]
    >>> since_of("this has improved since the last inspection", visits)
    'x-inspection-2018-05'
    >>> since_of("better than at the focused visit in january 2020", visits)
    'x-focused-visit-2020-01'
    >>> since_of("better than at the inspection in 2015", visits)
    'unknown'
    """
    for pattern in (_DATED, _YEAR_FIRST):
        if match := pattern.search(words):
            return _dated(match, earlier)
    match = _LATEST.search(words)
    return _last(earlier, _KINDS[match["kind"]]) if match else UNKNOWN


def _dated(match: re.Match[str], earlier: Sequence[Visit]) -> str:
    """The one visit of that kind that began then, the only sure reading of a date."""
    wanted = match["year"] + (f"-{_MONTHS[match['month']]}" if match["month"] else "")
    fits = [
        visit.id
        for visit in earlier
        if visit.kind in _KINDS[match["kind"]] and visit.start.startswith(wanted)
    ]
    return fits[0] if len(fits) == 1 else UNKNOWN


def _last(earlier: Sequence[Visit], kinds: Sequence[str]) -> str:
    return next((visit.id for visit in reversed(earlier) if visit.kind in kinds), UNKNOWN)
