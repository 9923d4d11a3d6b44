"""From somebody else's coding to codes of our findings: nothing is dropped without being named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import pandas as pd

from analysis.codes.counting import RANK
from analysis.codes.exchange.cases import Cases
from analysis.codes.exchange.mapping import Meaning
from analysis.codes.exchange.matching import Known, Span, placed
from analysis.codes.exchange.model import Coded, Selection, Source
from analysis.codes.exchange.ours import IN_MEMO, own_memos
from analysis.codes.own import COLUMNS, OTHERS, whole
from analysis.codes.sheets.cells import MORE, said
from analysis.data.authority import AuthorityData
from analysis.data.growing import Row
from analysis.english import plural
from analysis.ids import make_slug
from analysis.tables import records
from analysis.vocabulary import HARMS, LEANS, NO_THEME

_SHOWN: Final = 50
BY_CODE: Final = "the code itself"
BY_PAIR: Final = "another code beside it"
BY_TAGGER: Final = "the tagger"
"""Where a code's direction comes from."""
_MEMO_LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "lean": LEANS, "harm": tuple(HARMS), "part": ("yes",), "basis": ("level", "change only"),
}  # fmt: skip

Tag = Callable[[pd.DataFrame], Mapping[tuple[str, str], str]]
"""Gives directions of themes: a table of `finding`, `theme` and `text` to finding and theme to
direction."""


class Place(NamedTuple):
    """A finding in which somebody selected something."""

    coder: str
    finding: str


class _Given(NamedTuple):
    """A code in the making, and the selection that it was given to."""

    row: Row
    selection: Selection


@dataclass
class Brought:
    """What was brought.

    Attributes
    ----------
    codes
        Coder to finding to rows of schema `CODES`.
    documents
        Name of a source to the document that it is, blank where it is none of ours.
    directions
        How many codes have their direction from where.
    lost
        In words: what could not be placed, and why.
    merged
        How many codes say of a theme and the same people what another of that finding says.
    mixed
        Findings and themes that were given in several directions, which makes them mixed.
    dropped
        What does not fit the code that it was noted of.
    """

    codes: dict[str, dict[str, list[Row]]] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    directions: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    merged: int = 0
    mixed: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def bring_codes(
    data: AuthorityData, coded: Coded, meanings: Mapping[str, Meaning], coder: str, tag: Tag
) -> Brought:
    """Turn a project's codings into codes of an authority's findings.

    Parameters
    ----------
    meanings
        Path of a code to what it means here.
    coder
        The name for codings that name nobody, and of the only coder of a project.
    tag
        Tells directions where no code does; what it does not tell is left out.
    """
    bringing = _Bringing(data, coded, meanings, coder)
    for source in coded.sources:
        bringing.source(source)
    bringing.finish(tag)
    bringing.rest(coded)
    bringing.made.lost += coded.left_out
    return bringing.made


def coders_of(coded: Coded, coder: str) -> dict[str, str]:
    """Return the name under which each coder's codes are kept, by the coder's id.

    Examples
    --------
    >>> coders_of(Coded("p", {"1": "Ann Smith", "2": "bob"}), "")
    {'1': 'ann-smith', '2': 'bob', '': 'imported'}
    >>> coders_of(Coded("p", {"1": "Ann Smith"}), "me")
    {'1': 'me', '': 'me'}
    """
    alone = coder if len(coded.coders) == 1 else ""
    names = {key: alone or make_slug(name) or "imported" for key, name in coded.coders.items()}
    return names | {"": coder or (next(iter(names.values())) if len(names) == 1 else "imported")}


class _Bringing:
    def __init__(
        self, data: AuthorityData, coded: Coded, meanings: Mapping[str, Meaning], coder: str
    ) -> None:
        self.data, self.made = data, Brought()
        self.known = Known(data.findings)
        self.coders = coders_of(coded, coder)
        self.cases = Cases(data, coded)
        paths = coded.paths()
        self.meanings = {key: meanings.get(path, {}) for key, path in paths.items()}
        self.given: dict[Place, list[_Given]] = {}
        self.pairs: dict[Place, list[tuple[Selection, str]]] = {}

    def source(self, source: Source) -> None:
        """Place what was selected in a source."""
        spans = self.known.spans(source)
        self.made.documents[source.name] = spans[0].finding.rpartition("/")[0] if spans else ""
        for selection in source.selections:
            codings = self._by_coder(selection)
            if not codings:
                self._codeless(source, selection)
                continue
            findings = self._findings(source, selection, spans)
            if not findings:
                reason = "is of no paragraph" if spans else "is in no document"
                self.made.lost.append(f"{_where(source, selection)}: {reason} of {self.data.name}")
            about = self.cases.of(source, selection)
            for finding in findings:
                for who, own in codings.items():
                    self._coded(Place(who, finding), selection, own, about)

    def _codeless(self, source: Source, selection: Selection) -> None:
        """Name a selection without a code that means anything here, unless its code is listed."""
        noted = f"; noted there: {_short(selection.memo)!r}" if selection.memo else ""
        if not selection.codings:
            self.made.lost.append(f"{_where(source, selection)}: is selected without a code{noted}")
        elif noted:
            self.made.lost.append(
                f"{_where(source, selection)}: its codes mean nothing here{noted}"
            )

    def rest(self, coded: Coded) -> None:
        """Name what a project says that codes of findings have no place for."""
        self.made.lost += self.cases.lost(coded)
        known = own_memos(self.data)
        for name, memo in (("the project", coded.memo), *((s.name, s.memo) for s in coded.sources)):
            if memo and not memo.startswith(known):
                self.made.lost.append(f"{name}: what is noted of it as a whole ({_short(memo)!r})")

    def _findings(self, source: Source, selection: Selection, spans: list[Span]) -> list[str]:
        if selection.name in self.known.names:
            return [selection.name]
        words = source.text[selection.start : selection.end]
        return placed(selection, spans) or self.known.holding(words)

    def _by_coder(self, selection: Selection) -> dict[str, list[Meaning]]:
        """What each coder says of a selection, codes that mean nothing here aside."""
        found: dict[str, list[Meaning]] = {}
        for coding in selection.codings:
            if meaning := self.meanings.get(coding.code):
                who = coding.coder or selection.coder
                found.setdefault(self.coders.get(who, self.coders[""]), []).append(meaning)
        return found

    def _coded(self, place: Place, selection: Selection, own: list[Meaning], about: str) -> None:
        """Make a code of each theme, with what else is said of the selection."""
        beside = {
            name: values
            for name in ("cohort", "extent", "change_said", "direction")
            if (values := [m[name] for m in own if name in m and "theme" not in m])
        }
        themes = [meaning for meaning in own if "theme" in meaning]
        if not themes and "direction" in beside:
            self.pairs.setdefault(place, []).append((selection, beside["direction"][0]))
        elif not themes:
            self.made.lost.append(
                f"{place.finding}: {', '.join(next(iter(beside.values())))} stands without a theme"
            )
        memo = _memo(selection.memo)
        if about:
            memo["note"] = "; ".join(filter(None, [memo.get("note", ""), about]))
        for meaning in themes:
            cohorts = [meaning["cohort"]] if "cohort" in meaning else beside.get("cohort", [""])
            for cohort in cohorts:
                row = dict.fromkeys(COLUMNS, "") | memo | {"finding": place.finding}
                row |= {name: values[0] for name, values in beside.items() if name != "direction"}
                row |= meaning | {"cohort": cohort}
                if meaning["theme"] != NO_THEME:
                    self._direct(row, meaning, beside)
                self.given.setdefault(place, []).append(_Given(row, selection))

    def _direct(self, row: Row, meaning: Meaning, beside: Mapping[str, list[str]]) -> None:
        if "direction" in meaning:
            self.made.directions[BY_CODE] += 1
        elif told := list(dict.fromkeys(beside.get("direction", []))):
            self._directed(row, told[0] if len(told) == 1 else "mixed", BY_PAIR)

    def finish(self, tag: Tag) -> None:
        """Give every code a direction, and every finding its codes once."""
        self._pair()
        self._tell(tag)
        order = {name: at for at, name in enumerate(self.data.findings["finding"])}
        for place in sorted(self.given, key=lambda place: (place.coder, order[place.finding])):
            rows = [given.row for given in self.given[place]]
            if told := [row for row in rows if row["theme"] == NO_THEME or row["direction"]]:
                own = self.made.codes.setdefault(place.coder, {})
                own[place.finding] = list(self._once(told))

    def _tell(self, tag: Tag) -> None:
        """Ask the tagger for directions that no code tells; name what it cannot tell either."""
        rows = [given.row for own in self.given.values() for given in own]
        bare = [row for row in rows if row["theme"] != NO_THEME and not row["direction"]]
        findings = self.data.findings.set_index("finding")
        texts = findings["words"].where(findings["words"] != "", findings["summary"])
        asked = dict.fromkeys((row["finding"], row["theme"]) for row in bare)
        wanted = pd.DataFrame(
            [(finding, theme, text) for finding, theme in asked if (text := texts[finding])],
            columns=["finding", "theme", "text"],
        )
        told = tag(wanted) if len(wanted) else {}
        for row in bare:
            if direction := told.get((row["finding"], row["theme"]), ""):
                self._directed(row, direction, BY_TAGGER)
            else:
                self.made.lost.append(
                    f"{row['finding']}: {row['theme']} has no direction, and there are no words to "
                    "tell one from"
                )

    def _directed(self, row: Row, direction: str, source: str) -> None:
        """Give a code its direction, and note where from."""
        row["direction"] = direction
        row["note"] = "; ".join(filter(None, [row["note"], f"direction from {source}"]))
        self.made.directions[source] += 1

    def _pair(self) -> None:
        """Take directions that were given beside a theme, in a selection that shares words."""
        for place, pairs in self.pairs.items():
            taken = False
            for row, selection in self.given.get(place, []):
                near = [
                    direction
                    for other, direction in pairs
                    if other.start < selection.end and selection.start < other.end
                ]
                if row["theme"] != NO_THEME and not row["direction"] and near:
                    self._directed(row, near[0] if len(set(near)) == 1 else "mixed", BY_PAIR)
                    taken = True
            if not taken:
                self.made.lost.append(f"{place.finding}: {pairs[0][1]} stands without a theme")

    def _once(self, rows: list[Row]) -> Iterator[Row]:
        themed = [row for row in rows if row["theme"] != NO_THEME]
        kept: dict[tuple[str, str], Row] = {}
        for row in themed or rows[:1]:
            made, out = whole(row)
            self.made.dropped += [f"{row['finding']}: {text} does not fit" for text in out]
            key = (made["theme"], made["cohort"])
            if key not in kept:
                kept[key] = made
                continue
            self.made.merged += 1
            if kept[key]["direction"] != made["direction"]:
                self.made.mixed.append(f"{made['finding']}: {made['theme']}")
                kept[key] = whole(kept[key] | {"direction": "mixed", "lean": ""})[0]
        yield from kept.values()


def _where(source: Source, selection: Selection) -> str:
    words = _short(source.text[selection.start : selection.end])
    return f"{source.name}, characters {selection.start} to {selection.end} ({words!r})"


def _short(text: str) -> str:
    return " ".join(text[: 4 * _SHOWN].split())[:_SHOWN]


def _memo(text: str) -> Row:
    """What a memo says: as in a sheet's cell where it is written so, else a note."""
    values, stray = said(text)
    fits = all(values.get(name, "") in (*known, "") for name, known in _MEMO_LISTS.items())
    if not stray and fits and all(MORE[name] in IN_MEMO for name in values):
        return {MORE[name]: value for name, value in values.items()}
    return {"note": " ".join(text.split())}


Codes = dict[str, dict[str, list[Row]]]
"""Coder to finding to codes."""


def apart(data: AuthorityData, brought: Brought) -> tuple[Codes, list[str]]:
    """Keep the codes of users; tell what became of those under the names of readers and programs.

    Codes under such a name that stand there already are the same codes come back. Others are not
    taken, since nobody's reading is written over.
    """
    kept, told = {}, []
    for coder, codes in brought.codes.items():
        if coder not in RANK and coder not in OTHERS:
            kept[coder] = codes
            continue
        own = data.codes[data.codes["coder"] == coder]
        held: dict[str, list[Row]] = {}
        for row in records(own[list(COLUMNS)]):
            held.setdefault(str(row["finding"]), []).append(
                {str(k): str(v) for k, v in row.items()}
            )
        same = sum(_sorted(held.get(name, [])) == _sorted(rows) for name, rows in codes.items())
        text = f"{coder}: codes of {plural(same, 'paragraph')} stand there already"
        if other := len(codes) - same:
            text += (
                f"; those of {plural(other, 'paragraph')} are others and were not taken, since "
                "nobody's reading is written over: give them another coder in your program"
            )
        told.append(text)
    return kept, told


def _sorted(rows: list[Row]) -> list[list[str]]:
    return sorted([row[column] for column in COLUMNS] for row in rows)
