"""Which rows are asked for, in names as a person types them; and why none is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from pandas.api.types import is_bool_dtype

from analysis.data.codebook import Codebook
from analysis.dates import PartialDate
from analysis.errors import FindingsError, require_known
from analysis.exploring.names import (
    Wanted,
    find_aspects,
    find_authority,
    find_period,
    find_themes,
    find_visits,
    find_words,
)
from analysis.report.parameters import listed
from analysis.vocabulary import (
    ALL_COHORTS,
    AREAS,
    COHORTS,
    CONFIDENCE,
    DIRECTIONS,
    HARMS,
    PATH_WORDS,
    SOURCES,
    STATUSES,
)

_CALLED: Final = {
    "year": "period", "date": "period", "name": "authority", "text": "words", "title": "visit",
    "themes": "theme", "visits": "visit", "level": "status", "codes": "coder",
}  # fmt: skip
"""What else people type."""
NARROWINGS: Final = {
    "theme": "ids, names, short names or groups",
    "cohort": "ids or names, as `social workers`; `all` for the theme as a whole",
    "visit": "id, date (`2024`, `2024-11`), `Nov 2024`, `November 2024`, title, or `latest`",
    "direction": "strength, mixed, weakness or neutral",
    "harm": "harm, risk or duty",
    "status": "what a theme is at a visit, as `silent`",
    "path": "what becomes of a theme over the full inspections, as `worse`",
    "confidence": "low, moderate or high",
    "area": "ids or names",
    "aspect": "ids or names",
    "source": "primary or secondary",
    "coder": "who coded it, such as `reader-1`",
    "authority": "ids or names",
    "region": "names, as `London`",
    "start": "the first visit: `2018`, `2018-04` or a day",
    "end": "the last visit, in the same forms",
    "period": "`2018`, or `2014 to 2018`",
    "words": "words that the summary holds, in any case",
}
"""What every call takes, as far as its table has it; several of a kind are separated by commas."""
_COLUMN: Final = {"start": "date", "end": "date", "period": "date", "words": "summary"}
_CLOSED: Final = {
    "cohort": COHORTS | {ALL_COHORTS: ALL_COHORTS},
    "direction": {word: word for word in DIRECTIONS},
    "harm": {word: word for word in HARMS},
    "confidence": {word: word for word in CONFIDENCE},
    "status": {word: word for word in STATUSES},
    "path": {word: word for word in PATH_WORDS},
    "source": {word: word for word in SOURCES},
    "area": AREAS,
}


@dataclass(frozen=True)
class Within:
    """What names are looked up in.

    Attributes
    ----------
    codebook
        The themes.
    authorities
        The frame of authorities.
    visits
        The visits of those that are looked at, with `short`, `title`, `label` and `held`.
    """

    codebook: Codebook
    authorities: pd.DataFrame
    visits: pd.DataFrame

    def narrowed(
        self, table: pd.DataFrame, name: str, asked: Mapping[str, Any]
    ) -> tuple[pd.DataFrame, str]:
        """Return the rows that are asked for, and why there are none if there are none.

        Raises
        ------
        FindingsError
            If a name is unknown, or the table has no such column; says the nearest.
        """
        said: list[str] = []
        left = table
        for what, typed in asked.items():
            require_known("narrowing", what, NARROWINGS, _CALLED)
            wanted = str(typed) if isinstance(typed, int) else typed  # a year, as people type it
            if wanted is None or not (isinstance(wanted, str) or listed(wanted)) or wanted == "":
                continue
            if _COLUMN.get(what, what) not in table:
                column = _COLUMN.get(what, what)
                raise FindingsError(
                    f"The table {name} has no {column}, so it cannot be narrowed by {what}."
                )
            if what in _CLOSED and is_bool_dtype(table[what]):
                raise FindingsError(
                    f"The table {name} says of {what} only whether there was any: filter the rows "
                    f"that it gives by their column {what}."
                )
            before, left = len(left), left[self._kept(left, what, wanted)]
            if before:
                named = wanted if isinstance(wanted, str) else " or ".join(map(str, wanted))
                said.append(f"{what} {named!r} leaves {len(left) or 'none'}")
        why = f"No row: of {len(table)}, {', then '.join(said)}." if said else "No row."
        return left.reset_index(drop=True), "" if len(left) else why

    def _kept(self, table: pd.DataFrame, what: str, wanted: Any) -> pd.Series[bool]:
        if what in ("start", "end"):
            return _since(table["date"], what, str(wanted))
        if what == "period":
            start, end = find_period(wanted)
            kept = pd.Series(data=True, index=table.index)
            for side, day in (("start", start), ("end", end)):
                if day:
                    kept &= _since(table["date"], side, day)
            return kept
        if what == "words":
            return table["summary"].str.contains(str(wanted), case=False, regex=False)
        if what == "aspect":
            pairs = find_aspects(wanted, self.codebook)
            held = zip(table["theme"], table["aspect"], strict=True)
            return pd.Series([pair in pairs for pair in held], index=table.index, dtype=bool)
        return table[what].isin(self.values(what, wanted, table))

    def values(self, what: str, wanted: Wanted, table: pd.DataFrame) -> list[str]:
        """Return the ids or words that are named.

        Raises
        ------
        UnknownNameError
            If one is unknown; says the nearest.
        """
        if what == "theme":
            return list(find_themes(wanted, self.codebook))
        if what == "visit":
            own = set(self.visits["authority"])
            only = str(next(iter(own))) if len(own) == 1 else ""
            return list(find_visits(wanted, self.visits, only))
        if what == "authority":
            slugs = [find_authority(name, self.authorities) for name in listed(wanted)]
            return [require_known(what, s, self.authorities["authority"]) for s in slugs]
        if what in _CLOSED:
            return find_words(what, wanted, _CLOSED[what])
        known = table[what] if what == "coder" else self.authorities[what]
        return find_words(what, wanted, {str(word): str(word) for word in known.unique()})


def _since(dates: pd.Series[pd.Timestamp], what: str, text: str) -> pd.Series[bool]:
    try:
        day = PartialDate.parse(text)
    except ValueError as error:
        allowed = "Write it as 2014, 2014-04 or 2014-04-29."
        raise FindingsError(f"{what}: {error}. {allowed}") from error
    if what == "start":
        return dates >= pd.Timestamp(day.earliest)
    return dates <= pd.Timestamp(day.latest)
