"""The question: how did a theme move from visit to visit, and for whom?

A panel for each theme and in it a row for each cohort, its marks on three lines as at a glance.
Black arrows are what the inspectors themselves said about change, which no mark of ours overrules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.parts.arrows import beside, draw_arrows
from analysis.charts.parts.chart import Hotspot
from analysis.charts.parts.drawing import EDGE, LINE, Place, cell_spot, write
from analysis.charts.parts.keys import Entry, lay_key
from analysis.charts.parts.kind import Kind
from analysis.charts.parts.panels import ROW, Looks, Panel, Placed, Rooms, draw_frame, lay_panels
from analysis.charts.parts.staves import ORDER, PLACES, draw_key, draw_stave, word_of
from analysis.charts.parts.style import LOW, ON_LITTLE
from analysis.charts.parts.visits import missing_note, period
from analysis.dates import month
from analysis.english import plural
from analysis.results.changes import like_with_like, of_latest, sign_of
from analysis.results.columns import columns
from analysis.results.results import Results
from analysis.results.statuses import finding_count
from analysis.results.staves import Stave, staves_of
from analysis.tables import Row, records
from analysis.vocabulary import ALL_COHORTS, AREAS, COHORTS, LEVELS, NOTICE

SAID: Final = {
    "improved": "inspectors said: improved",
    "sustained": "sustained",
    "not improved": "not improved",
    "declined": "declined",
}
UNJUDGED: Final = "not judged at any visit"


def marks_of(statuses: pd.DataFrame, visits: pd.DataFrame, themes: Sequence[str]) -> pd.DataFrame:
    """Return the judged statuses of single cohorts in the themes shown, in order of visits.

    `column` is the place of the visit among `visits`.
    """
    places = {visit: place for place, visit in enumerate(visits["visit"])}
    kept = statuses[
        (statuses["cohort"] != ALL_COHORTS)
        & statuses["status"].isin(LEVELS)
        & statuses["theme"].isin(themes)
        & statuses["visit"].isin(places)
    ]
    kept = kept.assign(column=kept["visit"].map(places).astype(int))
    return kept.sort_values("column", kind="stable").reset_index(drop=True)


def changes_of(changes: pd.DataFrame, visits: pd.DataFrame, themes: Sequence[str]) -> pd.DataFrame:
    """Return the comparisons of the themes shown with the latest earlier visit that judged."""
    kept = of_latest(changes)
    kept = kept[kept["visit"].isin(visits["visit"]) & kept["before"].isin(visits["visit"])]
    return kept[kept["theme"].isin(themes)].reset_index(drop=True)


def said_of(said: pd.DataFrame, visits: pd.DataFrame, themes: Sequence[str]) -> pd.DataFrame:
    """Return each statement of change once per visit, theme, cohort and word."""
    places = {visit: place for place, visit in enumerate(visits["visit"])}
    kept = said[said["visit"].isin(places) & said["theme"].isin(themes)]
    kept = kept.drop_duplicates(["visit", "theme", "cohort", "change_said"])
    return kept.assign(column=kept["visit"].map(places).astype(int)).reset_index(drop=True)


class Trajectories(Kind):
    """Single themes, cohort by cohort: those asked for, else those that are usually followed.

    Hotspots lead from each visit of each panel to `#e-<theme>--<visit>`; the data hold every
    judgement and every statement of change.
    """

    name = "trajectories"
    label = "Trajectories"
    question = "How did single themes change, and for whom?"
    nothing = "No inspectors' document is held: there is nothing to follow."

    def __init__(self, results: Results, themes: Sequence[str] = ()) -> None:
        super().__init__(results, themes or results.followed())
        visits = results.data.visits
        self.visits = visits[visits["kind"] != NOTICE].reset_index(drop=True)
        self.shown = columns(results)
        self.marks = marks_of(results.statuses, self.visits, self.themes)
        self.said = said_of(results.said, self.visits, self.themes)
        self.changes = changes_of(results.changes, self.visits, self.themes)

    @property
    def empty(self) -> bool:
        """Whether no visit is read, or no theme named."""
        return not (self.shown and self.themes)

    def draw(self) -> tuple[Figure, Iterable[Hotspot]]:
        """Draw a panel for each theme."""
        spoken = self._spoken()
        found = {theme: self._rows(theme, spoken) for theme in self.themes}
        panels = [self._panel(theme, staves) for theme, staves in found.items()]
        layout, looks = lay_panels(panels, self.shown, EDGE + 0.56, Rooms()), Looks()
        figure, axes = layout.sheet()
        _draw_said(axes, draw_key(axes, looks, EDGE))
        arrows: dict[str, list[Place]] = {}
        for placed, staves in zip(layout.panels, found.values(), strict=True):
            draw_frame(axes, looks, placed, self.shown)
            for row, stave in enumerate(staves):
                draw_stave(looks, placed, row, stave)
                said = spoken.get((stave.theme, stave.cohorts[0]), {})
                for change, place in _arrows(placed, row, stave, said):
                    arrows.setdefault(change, []).append(place)
        looks.draw(axes, ORDER)
        for change, places in sorted(arrows.items()):
            draw_arrows(axes, places, change)
        return figure, self._spots(axes, dict(zip(self.themes, layout.panels, strict=True)))

    def _spoken(self) -> dict[tuple[str, str], dict[str, list[str]]]:
        """What was said of change by theme and cohort, and by visit."""
        found: dict[tuple[str, str], dict[str, list[str]]] = {}
        for row in records(self.said):
            at = found.setdefault((row["theme"], row["cohort"]), {})
            at.setdefault(row["visit"], []).append(str(row["change_said"]))
        return found

    def _rows(self, theme: str, spoken: Iterable[tuple[str, str]]) -> list[Stave]:
        """Rows of the cohorts that were judged on a theme or of which a change was said."""
        judged = set(self.marks.loc[self.marks["theme"] == theme, "cohort"])
        judged |= {cohort for of, cohort in spoken if of == theme}
        staves = staves_of(self.results)
        return [staves.row(theme, [cohort]) for cohort in COHORTS if cohort in judged]

    def _panel(self, theme: str, staves: Sequence[Stave]) -> Panel:
        names = [COHORTS[stave.cohorts[0]] for stave in staves]
        words = [word_of(stave.latest) for stave in staves]
        title = self.results.data.codebook.theme(theme).name
        return Panel(title, names or [UNJUDGED], words or [""])

    def _spots(self, axes: Axes, panels: Mapping[str, Placed]) -> Iterator[Hotspot]:
        """Make each visit of a panel that reports on the theme lead to its findings."""
        ours = self.results.statuses
        ours = ours[(ours["findings"] != "") & (ours["cohort"] != ALL_COHORTS)]
        by_cell: dict[tuple[str, str], list[Row]] = {}
        for row in records(ours):
            by_cell.setdefault((row["theme"], row["visit"]), []).append(row)
        when = self.visits.set_index("visit")["start"].map(month)
        for theme, placed in panels.items():
            name = self.results.data.codebook.theme(theme).name
            for place, visit in enumerate(column.visit for column in self.shown):
                if told := by_cell.get((theme, visit)):
                    label = f"{name}, {when[visit]}: {'; '.join(map(_cohort_words, told))}"
                    yield cell_spot(axes, placed.column(place), theme, visit, label)

    def alt(self) -> str:
        """Count the cohorts that are better or worse than at the full inspection before."""
        start = (
            f"Status (weakness, mixed or strength) of {plural(len(self.themes), 'theme')} for each "
            f"cohort in {self.authority}, visit by visit, {period(self.visits)}."
        )
        if self.marks.empty:
            return f"{start} No cohort was judged on {'it' if len(self.themes) == 1 else 'them'}."
        moves = _moves(self.results.changes, self.themes)
        if not moves:
            return f"{start} No cohort was judged at two full inspections."
        return (
            f"{start} Of {plural(len(moves), 'pair')} of theme and cohort judged at two full "
            f"inspections or more, the latest of these is better than the one before in "
            f"{moves.count(1)}, worse in {moves.count(-1)} and neither in {moves.count(0)}."
        )

    def caption(self) -> str:
        """Say how to read it, and how much of it rests on little."""
        thin = int((self.marks["confidence"] == LOW).sum())
        return (
            f"How inspectors judged single themes, group by group, at the visits to "
            f"{self.authority}, {period(self.visits)}: {plural(len(self.marks), 'judgement')}, "
            f"{thin} of them {ON_LITTLE}. High is a strength, low a weakness; wide columns are "
            "full inspections. Black arrows are what inspectors themselves said of change: up "
            f"for better, down for worse. {missing_note(self.visits)}"
        ).strip()

    def data(self) -> pd.DataFrame:
        """Return every judgement and every statement of change, as a reader would write them."""
        keys = ["theme", "column", "cohort"]
        words = self.said.groupby(keys)["change_said"].agg("; ".join).rename("said").reset_index()
        words_of = [_change_words(row) for row in records(self.changes)]
        since = self.changes[["theme", "visit", "cohort", "before"]]
        since = since.assign(change=pd.Series(words_of, since.index, dtype=str))
        table = self.marks.merge(words, on=keys, how="outer")
        table = table.merge(since, on=["theme", "visit", "cohort"], how="left")
        order = pd.DataFrame(
            {
                "theme": table["theme"].map(list(self.themes).index),
                "column": table["column"],
                "cohort": table["cohort"].map(list(COHORTS).index),
            }
        ).sort_values(keys, kind="stable")
        table = table.loc[order.index]
        dates = dict(zip(self.visits["visit"], self.visits["short"], strict=True))
        book = self.results.data.codebook
        return pd.DataFrame(
            {
                "Theme": [book.theme(theme).name for theme in table["theme"]],
                "Cohort": table["cohort"].map(COHORTS).tolist(),
                "Visit": [self.visits["short"].iloc[int(place)] for place in table["column"]],
                "Status": table["status"].fillna("no level judged").tolist(),
                "Paragraphs": table["paragraphs"].astype("Int64").tolist(),
                "Confidence": table["confidence"].fillna("").tolist(),
                "Reasons": table["reasons"].fillna("").tolist(),
                "Compared with": table["before"].map(dates).fillna("").tolist(),
                "Change": table["change"].fillna("").tolist(),
                "Said of change": table["said"].fillna("").tolist(),
            }
        )


def _draw_said(axes: Axes, top: float) -> None:
    """Draw the key of the arrows."""
    entries = [Entry(change, words, 0.24) for change, words in SAID.items()]
    for entry, x, y in lay_key(entries, top - 0.04, gap=0.25, pitch=0.24):
        draw_arrows(axes, [(x + 0.08, y + LINE / 2)], entry.state)
        write(axes, x + entry.room, y, entry.words)


def _arrows(
    placed: Placed, row: int, stave: Stave, said: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, Place]]:
    """Place what was said of a row: beside its marks, on the lines that they leave free."""
    for place, cell in enumerate(stave.cells):
        changes, box = said.get(cell.visit, ()), placed.cell(row, place).tall(ROW)
        taken = {mark.level for mark in cell.marks}
        share = PLACES["weakness"] - 0.08 if taken == {"strength"} else PLACES["strength"] + 0.08
        y = box.y0 + share * ROW
        for change, x in zip(changes, beside(len(changes)), strict=True):
            yield change, (box.middle[0] + x, y)


def _change_words(row: Row) -> str:
    """Name a change; where it is overruled, say what was said of the theme, else of its area."""
    if not row["overruled"]:
        return str(row["change"])
    areas = (part.partition(": ") for part in str(row["said_of_area"]).split("; ") if part)
    of_area = "; ".join(f"of {AREAS[area]}: {word}" for area, _, word in areas)
    return f"said: {row['said'] or of_area}"


def _moves(changes: pd.DataFrame, themes: Sequence[str]) -> list[int]:
    """Whether the latest full inspection found each theme and cohort better (1) or worse (-1).

    One for each that was judged at a full inspection before it too; neither (0) where it is the
    same, where inspectors said otherwise, or where the step up ends in harm.
    """
    compared = like_with_like(changes)
    compared = compared[compared["theme"].isin(themes) & (compared["before"] != "")]
    latest = compared.groupby(["theme", "cohort"], sort=False).tail(1)
    return [sign_of(row) for row in records(latest)]


def _cohort_words(row: Row) -> str:
    cohort = COHORTS[str(row["cohort"])]
    little = f", {ON_LITTLE} ({row['reasons']})" if row["confidence"] == LOW else ""
    return f"{cohort} {row['status']}, {plural(finding_count(row), 'finding')}{little}"
