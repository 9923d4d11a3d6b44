"""Needs as a reader follows them: what was asked for, when it was raised, what was found then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from analysis.anchors import need_anchor, theme_anchor
from analysis.english import join, plural, sentence_case
from analysis.report.sentences.plain import briefly
from analysis.report.sentences.sentence import ended
from analysis.report.tables.places import Place, places
from analysis.results.absences import heard_with
from analysis.results.columns import whens
from analysis.results.found import Coded, coded_cells
from analysis.results.needs import RAISING, by_relation
from analysis.results.results import Results, latest_read
from analysis.results.staves import NOT_LOOKED, staves_of
from analysis.tables import Row, records
from analysis.vocabulary import ALL_COHORTS, NOTICE

_TURNS: Final = {"raised": "raised", "asked": "demanded by the government", "met": "met"}
"""Kinds of `Moment` between which a need turns, in words; of what one run holds, the first."""
_MET: Final = ("met", "part")
_LASTING: Final = 2
"""Visits in a row that must find a need met before it counts as lastingly so."""
_NUMBERS: Final = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class Moment:
    """What a visit said of a need.

    `kind` is `raised`, `better` (found better, or a part of it met), `met`, `part` (found
    met by a visit that looked at less than the whole) or `asked` (a notice demands it). `some`:
    what it was told from speaks of a part of those concerned.
    """

    visit: str
    when: str
    kind: str
    text: str
    place: Place
    some: bool = False


@dataclass(frozen=True)
class Followed:
    """A need with all that visits said of it, oldest first.

    Attributes
    ----------
    anchor, need, wording, who
        Where it stands, its id, what was asked for, and for whom (blank where the wording says).
    theme, href
        Name of its theme, and where its card stands.
    count
        How often it was raised, in words.
    moments
        One a visit.
    raised
        Visits that raised it.
    now
        What the latest visit read said of it, `silent` where it looked and said nothing of the
        theme for these, `other` where it judged something else of it, `off` where nobody looked.
    before
        Whether an earlier visit found the theme weak or mixed for these.
    """

    anchor: str
    need: str
    wording: str
    who: str
    theme: str
    href: str
    count: str
    moments: tuple[Moment, ...]
    raised: int
    now: str
    before: bool

    @property
    def latest(self) -> Moment:
        """The last word on it."""
        return self.moments[-1]

    @property
    def turns(self) -> list[Moment]:
        """The visits that asked for it or found it met, from the first that asked."""
        told = [moment for moment in self.moments if moment.kind in _TURNS]
        first = next((at for at, moment in enumerate(told) if moment.kind != "met"), len(told))
        return told[first:]

    @property
    def undone(self) -> bool:
        """Whether visits raised it, then found it met, and raise it at the latest visit read."""
        return bool(self.met) and self.now == "raised" and self.raised > 1

    @property
    def met(self) -> str:
        """When it was found met after it was first asked for; blank if it never was."""
        return join([moment.when for moment in self.turns if moment.kind == "met"])

    @property
    def demanded(self) -> str:
        """When the government demanded it before a visit raised it first; blank if it did not."""
        kinds = [moment.kind for moment in self.moments]
        first = kinds.index("raised") if "raised" in kinds else 0
        asked = [moment.when for moment in self.moments[:first] if moment.kind == "asked"]
        return join(asked)

    @property
    def course(self) -> str:
        """Say when it was raised and when found met, in turn; a notice where no visit raised it."""
        parts: list[str] = []
        for _, run in groupby(self.turns, key=lambda moment: moment.kind == "met"):
            every = list(run)
            kind = min((moment.kind for moment in every), key=list(_TURNS).index)
            again = " again" if kind == "raised" and parts else ""
            times = join([moment.when for moment in every if moment.kind == kind])
            parts.append(f"{_TURNS[kind]}{again} in {times}")
        return ", ".join(parts)


def follow(results: Results, themes: Sequence[str] = ()) -> list[Followed]:
    """Follow every need, those that most visits raised first.

    Parameters
    ----------
    themes
        Ids; all for none.
    """
    maker = _Maker(results)
    events: dict[str, list[Row]] = {}
    for row in records(results.events):
        events.setdefault(str(row["need"]), []).append({str(k): v for k, v in row.items()})
    found = [
        maker.need({str(k): v for k, v in row.items()}, events[str(row["need"])])
        for row in records(results.data.needs)
        if row["need"] in events and (not themes or row["theme"] in themes)
    ]
    found = [need for need in found if need.moments]
    order = {visit: at for at, visit in enumerate(results.data.visits["visit"])}
    return sorted(found, key=lambda need: (-need.raised, -order[need.latest.visit]))


def coming_back(needs: Sequence[Followed]) -> list[Followed]:
    """Keep the needs that more than one visit raised."""
    return [need for need in needs if need.raised > 1]


def put_right(needs: Sequence[Followed]) -> list[Followed]:
    """Keep the needs that two visits or more found met since they were last raised.

    Those that most visits found so come first. What a later visit calls better only is not kept.
    """
    counts = {need.need: _met_since(need) for need in needs}
    kept = [need for need in needs if counts[need.need] >= _LASTING and need.latest.kind in _MET]
    return sorted(kept, key=lambda need: -counts[need.need])


def _met_since(need: Followed) -> int:
    """Count the visits that found a need met since it was last raised."""
    kinds = [moment.kind for moment in reversed(need.turns)]
    return next((at for at, kind in enumerate(kinds) if kind != "met"), 0)


def telling(event: Row, cohort: str, coded: Iterable[Row]) -> tuple[str, Row | None]:
    """Return the paragraph that says best what a visit says of a need, and its code, if any.

    Parameters
    ----------
    event
        What the visit says of it.
    cohort
        Whose need it is.
    coded
        Codes of the need's theme at that visit, each with the `themes` of its paragraph.
    """
    ids = str(event["findings"]).split()
    so = by_relation(event).get(str(event["relation"]), [])
    ids = [name for name in ids if name in so] or ids
    best = min(
        (row for row in coded if row["finding"] in ids),
        key=lambda row: (
            row["cohort"] != cohort,
            row["role"] not in ("body", "need"),
            bool(row["part"]),
            1 if row["found"] else int(str(row["themes"])),
            row["role"] != "body",
            ids.index(str(row["finding"])),
        ),
        default=None,
    )
    return (str(best["finding"]) if best else ids[0]), best


class _Maker:
    def __init__(self, results: Results) -> None:
        self.results, self.when = results, whens(results)
        self.coded: Coded = coded_cells(results)
        self.staves = staves_of(results)
        self.latest = latest_read(results)
        self.places = places(results)
        found = results.data.findings
        self.summaries = dict(
            zip(found["finding"].tolist(), found["summary"].tolist(), strict=True)
        )
        visits = results.data.visits
        said = results.statuses[results.statuses["cohort"] != ALL_COHORTS]
        self.said = set(zip(said["visit"], said["theme"], said["cohort"], strict=True))
        self.kinds = dict(zip(visits["visit"].tolist(), visits["kind"].tolist(), strict=True))

    def need(self, need: Row, events: Sequence[Row]) -> Followed:
        moments = tuple(self._moments(need, events))
        raised = [moment for moment in moments if moment.kind == "raised"]
        theme, name, whose = (str(need[column]) for column in ("theme", "need", "cohort"))
        wording = str(need["wording"]).rstrip(".")
        return Followed(
            need_anchor(name),
            name,
            wording,
            "" if briefly(whose) in wording.lower() else briefly(whose),
            self.results.data.codebook.theme(theme).name,
            "#" + theme_anchor(theme),
            _count(raised, moments),
            moments,
            len(raised),
            self._now(need, moments),
            self._before(need),
        )

    def _moments(self, need: Row, events: Sequence[Row]) -> Iterator[Moment]:
        for event in events:
            visit, relation = str(event["visit"]), str(event["relation"])
            kind = self._kind(visit, relation, whole=bool(event["ends"]))
            finding, text, some = self._said(need, event)
            yield Moment(visit, self.when[visit], kind, ended(text), self.places[finding], some)

    def _kind(self, visit: str, relation: str, *, whole: bool) -> str:
        if self.kinds[visit] == NOTICE:
            return "asked"
        if relation in RAISING:
            return "raised"
        if relation == "met":
            return "met" if whole else "part"
        return "better" if relation == "progress" else "asked"

    def _said(self, need: Row, event: Row) -> tuple[str, str, bool]:
        """Return the paragraph that says it best, what it says, and whether of a part alone."""
        coded = self.coded.get((str(need["theme"]), str(event["visit"])), ())
        finding, best = telling(event, str(need["cohort"]), coded)
        if best:
            text = sentence_case(str(best["found"] or best["summary"]))
            return finding, text, bool(best["part"])
        return finding, self.summaries[finding], False

    def _now(self, need: Row, moments: Sequence[Moment]) -> str:
        here = [moment.kind for moment in moments if moment.visit == self.latest]
        if here or not self.latest:
            return here[0] if here else ""
        cohort, theme = str(need["cohort"]), str(need["theme"])
        if any((self.latest, theme, each) in self.said for each in heard_with(cohort)):
            return "other"
        rows = self.staves.of([cohort], [theme])
        return "off" if rows and rows[0].latest.state == NOT_LOOKED else "silent"

    def _before(self, need: Row) -> bool:
        rows = self.staves.of([str(need["cohort"])], [str(need["theme"])])
        earlier = [cell for stave in rows for cell in stave.cells if cell.visit != self.latest]
        return any(mark.level != "strength" for cell in earlier for mark in cell.marks)


def _count(raised: Sequence[Moment], moments: Sequence[Moment]) -> str:
    """Say how often a need was raised, and when it was found met or better."""
    times = _NUMBERS[len(raised)] if 0 < len(raised) < len(_NUMBERS) else str(len(raised))
    visits = plural(len(raised), "visit").partition(" ")[2]
    text = f"Raised at {times} {visits}" if raised else "Raised at none"
    for kind, words in (
        ("asked", "demanded by the government"), ("met", "found met"),
        ("part", "found met in part"), ("better", "found better or met in part"),
    ):  # fmt: skip
        if when := [moment.when for moment in moments if moment.kind == kind]:
            text += f"; {words} in {join(when)}"
    return text
