"""The question: which needs were raised again, and what became of them?

A row for each need that inspectors raised at two visits or more, under the area whose service it
is, with a mark at each visit that spoke of it. What is still raised stands above, the oldest first.
Marks are joined by dots, since nobody knows what held in between; a need that came back after it
was met begins anew, and what a narrower visit found met ends nothing. Grey is where nobody looked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import nan
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from analysis.charts.parts.chart import Hotspot
from analysis.charts.parts.drawing import EDGE, LINE, Box, Place, draw_boxes, draw_dots, spot, write
from analysis.charts.parts.keys import Entry, lay_key
from analysis.charts.parts.kind import Kind
from analysis.charts.parts.panels import Looks, Panel, Placed, Rooms, draw_frame, lay_panels
from analysis.charts.parts.style import HOLE, INK, MUTED, PAPER
from analysis.charts.parts.visits import period
from analysis.dates import PartialDate, month
from analysis.english import plural
from analysis.results.columns import columns, whens
from analysis.results.needs import RAISING
from analysis.results.results import Results
from analysis.results.staves import GROUP_NAMES, GROUPS, staves_of
from analysis.tables import Row, records
from analysis.vocabulary import COHORTS, NOTICE

IN_PART: Final = "met in part"
"""What a visit says that found a need met and speaks of less than the whole."""
RELATIONS_SHOWN: Final = {
    "raised": "Raised at",
    "not addressed": "Not addressed at",
    "progress": "Progress at",
    "met": "Met at",
    IN_PART: "Met in part at",
    "required": "Required by notice",
}
BASES_SHOWN: Final = {"inspectors": "inspectors", "coder": "coder"}
MOST: Final = 22
"""Needs in a panel, so that those of an area with many stand side by side."""
RAISED: Final = "visits_raised"
NEED_COLUMNS: Final = [
    "need", "theme", "cohort", "wording", RAISED, "run", "still", "first_raised",
    "opened", "latest_raised",
]  # fmt: skip
MARK_COLUMNS: Final = ["need", "visit", "relation", "basis", "spell", "findings"]
KEY: Final = {
    "raised": "raised",
    "met": "found met",
    "progress": "better, or met in part",
    "required": "asked for by the government",
    "hole": "nobody looked",
}
_ROOMS: Final = Rooms(names=2.42, words=0.6, wide=1)
_ACROSS: Final = 0.125
"""Width of a mark in inches."""
_HALF: Final = Path.wedge(90, 270)


def needs_shown(ledger: pd.DataFrame, visits: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each need raised again, in the order of the chart.

    Needs raised at the latest visit of inspectors with a document come first. Of these and of the
    others the oldest come first, by the visit that opened the latest spell, which is the first that
    raised the need, or raised it again after it was met; then those raised at more visits.

    Returns
    -------
    pandas.DataFrame
        `need`, `theme`, `cohort`, `wording`, `visits_raised` (over all spells), `run` (in the
        latest spell), `still` (raised at the latest visit), `first_raised`, `opened` (first raised
        in the latest spell), `latest_raised`.
    """
    order = {visit: place for place, visit in enumerate(visits["visit"])}
    latest = _latest(visits) if len(visits) else ""
    by_need: dict[str, list[Row]] = {}
    for spell in records(ledger.sort_values("spell")):
        by_need.setdefault(spell["need"], []).append(spell)
    rows = []
    for need, spells in by_need.items():
        first, last = spells[0], spells[-1]
        raised = sum(spell[RAISED] for spell in spells)  # over its spells, as the page counts
        row = {
            "need": need,
            **{name: first[name] for name in ("theme", "cohort", "wording")},
            RAISED: raised,
            "run": last[RAISED],
            "still": last["latest_raised"] == latest,
            "first_raised": first["first_raised"],
            "opened": last["first_raised"],
            "latest_raised": last["latest_raised"],
        }
        rows += [row] if raised > 1 else []
    table = pd.DataFrame(rows, columns=NEED_COLUMNS)
    table = table.assign(_opened=table["opened"].map(order))
    keys = ["still", "_opened", "run", "visits_raised", "need"]
    rising = [False, True, False, False, True]
    return table.sort_values(keys, ascending=rising).drop(columns="_opened").reset_index(drop=True)


def _latest(visits: pd.DataFrame) -> str:
    """Return the latest visit of inspectors with a document, else the latest of all."""
    seen = visits[(visits["kind"] != NOTICE) & (visits["held"] == "primary")]
    return str((seen if len(seen) else visits)["visit"].iloc[-1])


def marks_of(events: pd.DataFrame, visits: pd.DataFrame, needs: Sequence[str]) -> pd.DataFrame:
    """Return what each visit said of the needs shown, in order.

    `relation` tells what was met in part from what was met.
    """
    places = {visit: place for place, visit in enumerate(visits["visit"])}
    kept = events[events["need"].isin(needs) & events["visit"].isin(places)]
    in_part = (kept["relation"] == "met") & ~kept["ends"].astype(bool)
    kept = kept.assign(
        relation=kept["relation"].mask(in_part, IN_PART),
        _place=kept["visit"].map(places),
        _n=kept["need"].map(list(needs).index),
    )
    return kept.sort_values(["_n", "_place"], kind="stable")[MARK_COLUMNS].reset_index(drop=True)


class Ledger(Kind):
    """Every need that was raised again, and what each visit said of it.

    Hotspots lead from each row to `#n-<need>`; the data hold a row for each need.
    """

    name = "ledger"
    label = "Raised again"
    question = "Which needs were raised again?"
    nothing = "No need was raised at more than one visit."

    def __init__(self, results: Results, themes: Sequence[str] = ()) -> None:
        super().__init__(results, themes)
        self.visits = results.data.visits
        self.needs = needs_shown(results.ledger, self.visits)
        self.marks = marks_of(results.events, self.visits, self.needs["need"].tolist())

    @property
    def empty(self) -> bool:
        """Whether no need was raised again."""
        return self.needs.empty

    def draw(self) -> tuple[Figure, Iterable[Hotspot]]:
        """Draw a panel for each area."""
        visits = columns(self.results, set(self.marks["visit"]))
        parts = list(self._parts())
        panels = [
            Panel(title, part["wording"].tolist(), [plural(n, "visit") for n in part[RAISED]])
            for title, part in parts
        ]
        layout, looks = lay_panels(panels, visits, EDGE + 0.32, _ROOMS), Looks()
        figure, axes = layout.sheet()
        _draw_key(axes, looks)
        places: dict[tuple[str, str], Place] = {}
        rows: list[tuple[Row, Placed, int]] = []
        seen = staves_of(self.results)
        for placed, (_title, part) in zip(layout.panels, parts, strict=True):
            draw_frame(axes, looks, placed, visits)
            for row, need in enumerate(records(part)):
                rows.append((need, placed, row))
                holes = seen.unseen(need["theme"], [need["cohort"]])
                for place, visit in enumerate(visits):
                    box = placed.cell(row, place)
                    places[need["need"], visit.visit] = box.middle
                    if visit.visit in holes:
                        looks.add(HOLE, box)
        looks.draw(axes, (HOLE, INK))
        _draw_marks(axes, self.marks, places)
        return figure, _spots(axes, rows)

    def _parts(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Needs by area, those of a long area in several parts."""
        for area, cohorts in GROUPS.items():
            ours = self.needs[self.needs["cohort"].isin(cohorts)]
            for first in range(0, len(ours), MOST):
                title = f"{GROUP_NAMES[area]}{', continued' if first else ''}"
                yield title, ours.iloc[first : first + MOST]

    def alt(self) -> str:
        """Tell how many there are, and which is the oldest that is still raised."""
        needs, visits = self.needs, self.visits
        start = f"Needs raised again at visits to {self.authority}, {period(visits)}."
        if needs.empty:
            return f"{start} {self.nothing}"
        top, when = needs.iloc[0], visits.set_index("visit")["start"].map(month)
        still = f"{int(needs['still'].sum())} of them at the latest one, in {when[_latest(visits)]}"
        oldest = "the oldest of these" if top["still"] else "the oldest"
        more = ", and raised at most visits of those as old" if len(needs) > 1 else ""
        return (
            f"{start} {plural(len(needs), 'need was', 'needs were')} raised at two visits or "
            f"more, {still}; {oldest}{more}: \u201c{top['wording']}\u201d "
            f"({COHORTS[top['cohort']]}), first raised {self._year(top['opened'])}, latest "
            f"{self._year(top['latest_raised'])}, {plural(top['run'], 'visit')}."
        )

    def _year(self, visit: str) -> str:
        starts = dict(zip(self.visits["visit"], self.visits["start"], strict=True))
        return str(PartialDate.parse(starts[visit]).year)

    def caption(self) -> str:
        """Count the needs, and say what a visit without a mark means."""
        every = plural(self.results.ledger["need"].nunique(), "need")
        if self.needs.empty:
            return (
                "Needs raised again. No need was raised at two visits or more in the documents "
                f"held ({every} raised in all)."
            )
        return (
            f"Needs that were raised again: {len(self.needs)} of {every} in all, "
            f"{int(self.needs['still'].sum())} of them raised at the latest visit too. A visit "
            "without a mark said nothing of the need, and nobody knows what held between visits."
        )

    def data(self) -> pd.DataFrame:
        """Return each need with the visits that spoke of it."""
        needs = self.needs
        when = whens(self.results)
        by_need: dict[str, list[Row]] = {}
        for mark in records(self.marks):
            by_need.setdefault(mark["need"], []).append(mark)
        spoken = [by_need.get(need, []) for need in needs["need"]]
        return pd.DataFrame(
            {
                "Need": needs["wording"],
                "Cohort": needs["cohort"].map(COHORTS),
                "Visits that raised it": needs["visits_raised"],
                **{
                    words: [_dates(part, relation, when) for part in spoken]
                    for relation, words in RELATIONS_SHOWN.items()
                },
                "Who links it": [_who_links(part) for part in spoken],
            }
        )


def _draw_marks(axes: Axes, marks: pd.DataFrame, places: Mapping[tuple[str, str], Place]) -> None:
    """Join the marks of each spell by dots, all as one line that is lifted between them."""
    x: list[float] = []
    y: list[float] = []
    for (need, _spell), part in marks.groupby(["need", "spell"], sort=False):
        ends = [places[str(need), part["visit"].iloc[i]] for i in (0, -1)]
        x += [*(end[0] for end in ends), nan]
        y += [*(end[1] for end in ends), nan]
    axes.plot(x, y, color=MUTED, lw=1.3, dashes=(1, 2), zorder=3, clip_on=False)
    for relation, part in marks.groupby("relation"):
        at = [places[key] for key in zip(part["need"], part["visit"], strict=True)]
        draw_event(axes, str(relation), at)


def draw_event(axes: Axes, relation: str, places: Sequence[Place]) -> None:
    """Draw what visits said of a need: raised, met, better or met in part, or required."""
    if relation == "required":
        half = _ACROSS * 0.36
        squares = [Box(x - half, y - half, x + half, y + half) for x, y in places]
        draw_boxes(axes, squares, facecolor=MUTED, zorder=4)
        return
    draw_dots(axes, places, colour=INK, across=_ACROSS, above=4)
    if relation in RAISING:
        return
    draw_dots(axes, places, colour=PAPER, across=_ACROSS * 0.7, above=5)
    if relation != "met":
        halves = [
            _HALF.transformed(Affine2D().scale(_ACROSS * 0.4).translate(*place)) for place in places
        ]
        axes.add_artist(
            PathPatch(Path.make_compound_path(*halves), fc=INK, lw=0, zorder=6, clip_on=False)
        )


def _draw_key(axes: Axes, looks: Looks) -> None:
    entries = [Entry(state, words, 0.24) for state, words in KEY.items()]
    for entry, x, y in lay_key(entries, EDGE, gap=0.3, pitch=0.24):
        if entry.state == "hole":
            looks.add(HOLE, Box(x - 0.08, y - 0.02, x + 0.18, y + LINE + 0.02))
        else:
            draw_event(axes, entry.state, [(x + 0.1, y + LINE / 2)])
        write(axes, x + entry.room, y, entry.words)


def _dates(marks: Iterable[Row], relation: str, when: Mapping[str, str]) -> str:
    return "; ".join(when[mark["visit"]] for mark in marks if mark["relation"] == relation)


def _who_links(marks: Iterable[Row]) -> str:
    """Count the visits by who says that they speak of the same need."""
    counts = Counter(mark["basis"] for mark in marks)
    return ", ".join(f"{BASES_SHOWN[b]} {counts[b]}" for b in BASES_SHOWN if b in counts)


def _spots(axes: Axes, rows: Iterable[tuple[Row, Placed, int]]) -> Iterator[Hotspot]:
    for need, placed, row in rows:
        yield spot(axes, placed.row(row), f"#n-{need['need']}", need["wording"])
