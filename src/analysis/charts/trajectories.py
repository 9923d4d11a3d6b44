"""How did a theme move from visit to visit, for each cohort?

Small multiples, a panel for each theme and in it a row for each cohort, all under the same columns
of visits. A mark stands high for a strength, low for a weakness and between for mixed, with its
votes. Whole steps join neighbouring visits; where visits between did not judge, a dotted line does.
The ground says who looked, so a line never hides a gap. Arrows show what the inspectors themselves
said about change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.parts.arrows import TURN, beside, draw_arrows
from analysis.charts.parts.chart import Chart, Hotspot
from analysis.charts.parts.columns import Columns, draw_breaks, draw_heads, lay_columns
from analysis.charts.parts.drawing import (
    EDGE,
    LINE,
    WIDTH,
    Box,
    cell_spot,
    draw_boxes,
    draw_hatch,
    draw_symbols,
    write,
)
from analysis.charts.parts.keys import Entry, lay_key
from analysis.charts.parts.panels import (
    LABEL,
    LEVEL,
    MARK,
    PALE,
    RESULT,
    Lane,
    Panel,
    draw_grounds,
    draw_heading,
    draw_names,
    lay_panels,
)
from analysis.charts.parts.steps import (
    WIDEST,
    Step,
    draw_lines,
    draw_mark,
    draw_marks,
    draw_result,
    lines_of,
)
from analysis.charts.parts.style import INK, house_style, inch_axes, new_figure
from analysis.charts.parts.visits import framework_spans, period
from analysis.data.codebook import Codebook
from analysis.dates import month
from analysis.english import plural
from analysis.results.absences import absence
from analysis.results.statuses import finding_count
from analysis.tables import Row
from analysis.vocabulary import (
    ABSENCES,
    ALL_COHORTS,
    COHORTS,
    LEVELS,
    NO_DOCUMENT,
    NOTICE,
    looked_at,
    told_flags,
)

HEADS: Final = ("date", "kind")
UNJUDGED: Final = "reported, not judged"


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


def said_of(said: pd.DataFrame, visits: pd.DataFrame, themes: Sequence[str]) -> pd.DataFrame:
    """Return each statement of change once per visit, theme, cohort and word."""
    places = {visit: place for place, visit in enumerate(visits["visit"])}
    kept = said[said["visit"].isin(places) & said["theme"].isin(themes)]
    kept = kept.drop_duplicates(["visit", "theme", "cohort", "change_said"])
    return kept.assign(column=kept["visit"].map(places).astype(int)).reset_index(drop=True)


# Drawing.


def _draw_key(axes: Axes, top: float, *, hollow: bool) -> float:
    """Draw the key; return where it ends."""
    y, entries = top, _key_entries(hollow=hollow)
    for entry, x, y in lay_key(entries, top, gap=0.22, pitch=0.25):
        _draw_sample(axes, entry.state, x + WIDEST / 2, y + LINE / 2)
        write(axes, x + entry.room, y, entry.words)
    return y + 0.34


def _key_entries(*, hollow: bool) -> list[Entry]:
    words = {
        "strength": "strength (high), votes",
        "mixed": "mixed",
        "weakness": "weakness (low)",
        "thin": "dotted: thin, one vote or headlines only",
        "steps": "judged at the next visit",
        "gap": "not judged between, or new framework",
        "improved": "inspectors said improved",
        "sustained": "sustained",
        "not improved": "not improved",
        "declined": "declined",
        "looked": "looked at",
        "silent": ABSENCES["silent"].brief,
        UNJUDGED: ABSENCES[UNJUDGED].brief,
        "not in scope": "nobody looked",
        NO_DOCUMENT: ABSENCES[NO_DOCUMENT].brief,
        **({"secondary": "secondary source"} if hollow else {}),
    }
    return [Entry(state, text, WIDEST + 0.07) for state, text in words.items()]


def _draw_sample(axes: Axes, state: str, x: float, y: float) -> None:
    """Draw one element of the key around a point."""
    box = Box(x - WIDEST / 2, y - MARK / 2, x + WIDEST / 2, y + MARK / 2)
    if state in LEVELS:
        draw_mark(axes, [box], [3], state, thin=False, hollow=False)
    elif state in ("thin", "secondary"):
        draw_mark(axes, [box], [1], "weakness", thin=state == "thin", hollow=state != "thin")
    elif state in TURN:
        draw_arrows(axes, [(x, y)], state)
    elif state == "steps":
        up, down = y - LEVEL / 2, y + LEVEL / 2
        draw_lines(axes, [[(box.x0, down), (x, down), (x, up), (box.x1, up)]], [])
    elif state == "gap":
        draw_lines(axes, [], [[(box.x0, y + LEVEL / 2), (box.x1, y - LEVEL / 2)]])
    elif state == "not in scope":
        draw_hatch(axes, [box])
    elif state == NO_DOCUMENT:
        draw_boxes(axes, [box], edgecolor="#C9CDCF", linewidth=0.6)
    else:
        draw_boxes(axes, [box], facecolor=PALE, zorder=0)
        if state == "silent":
            draw_boxes(axes, [Box(x - 0.06, y - 0.01, x + 0.06, y + 0.01)], facecolor=INK)
        elif state == UNJUDGED:
            draw_rings(axes, [(x, y)])


def draw_rings(axes: Axes, places: Sequence[tuple[float, float]]) -> None:
    """Draw what was reported and not judged."""
    draw_symbols(axes, places, "o", fill="none", edge=INK, size=36, width=1.2, above=3)


class _Rows:
    """What is known of the cohorts of the themes shown, by theme and cohort."""

    def __init__(
        self, statuses: pd.DataFrame, marks: pd.DataFrame, said: pd.DataFrame, visits: pd.DataFrame
    ) -> None:
        self.visits = visits
        self.marks: dict[tuple[str, str], list[Row]] = {}
        self.said: dict[tuple[str, str], list[Row]] = {}
        for table, found in ((marks, self.marks), (said, self.said)):
            for record in table.to_dict("records"):
                found.setdefault((record["theme"], record["cohort"]), []).append(record)
        places = {visit: place for place, visit in enumerate(visits["visit"])}
        kept = statuses[statuses["visit"].isin(places)]
        self.states = {
            (theme, cohort, places[visit]): status
            for theme, cohort, visit, status in zip(
                kept["theme"], kept["cohort"], kept["visit"], kept["status"], strict=True
            )
        }
        self.looked = [looked_at(areas) for areas in visits["areas"]]

    def cohorts(self, theme: str) -> list[str]:
        """Cohorts that were judged on a theme or of which a change was said, in order."""
        return [c for c in COHORTS if (theme, c) in self.marks or (theme, c) in self.said]

    def steps(self, theme: str, row: Lane) -> list[Step]:
        """Judgements of a cohort, in order of visits."""
        return [
            Step(int(m["column"]), row.y(m["status"]), m["status"], int(m["votes"]),
                 bool(m["thin"]), bool(m["secondary"]))
            for m in self.marks.get((theme, row.cohort), [])
        ]  # fmt: skip

    def absent(self, theme: str, cohort: str, codebook: Codebook) -> dict[int, str]:
        """Return, by place, why a visit says nothing of a cohort: see `absence`."""
        found = {}
        for place in range(len(self.visits)):
            whole = str(self.states.get((theme, ALL_COHORTS, place), NO_DOCUMENT))
            own = (theme, cohort, place) in self.states
            found[place] = (
                "" if own else absence(whole, cohort, theme, self.looked[place], codebook)
            )
        return found

    def unjudged(self, theme: str, cohort: str) -> list[int]:
        """Places of visits that reported on a cohort without judging."""
        return [
            place
            for place in range(len(self.visits))
            if self.states.get((theme, cohort, place)) == UNJUDGED
        ]


def _draw_panels(
    axes: Axes, columns: Columns, panels: Sequence[Panel], rows: _Rows, codebook: Codebook
) -> None:
    """Draw the rows of all panels, marks of one look together."""
    breaks = [first for _name, first, _end in framework_spans(columns.visits)[1:]]
    grounds: list[tuple[Lane, dict[int, str]]] = []
    steps: list[Step] = []
    rings: list[tuple[float, float]] = []
    whole: list[list[tuple[float, float]]] = []
    dotted: list[list[tuple[float, float]]] = []
    arrows: dict[str, list[tuple[float, float]]] = {}
    for panel in panels:
        draw_heading(axes, columns, panel, dated=panel != panels[0])
        draw_names(axes, panel)
        for row in panel.rows:
            own = rows.steps(panel.theme, row)
            more = lines_of(columns, own, breaks)
            whole, dotted, steps = whole + more[0], dotted + more[1], steps + own
            grounds.append((row, rows.absent(panel.theme, row.cohort, codebook)))
            said = rows.said.get((panel.theme, row.cohort), [])
            unjudged = set(rows.unjudged(panel.theme, row.cohort))
            rings += [(columns.centre(p), row.y("weakness")) for p in sorted(unjudged)]
            for change, place in _place_arrows(columns, row, own, said):
                arrows.setdefault(change, []).append(place)
            if row.cohort:
                draw_result(axes, columns, row.middle, own[-1] if own else None)
            else:
                x = (columns.left + columns.right) / 2
                write(axes, x, row.top, "not judged at any visit", align="center")
    draw_grounds(axes, columns, grounds)
    draw_lines(axes, whole, dotted)
    draw_marks(axes, columns, steps)
    draw_rings(axes, rings)
    for change, places in sorted(arrows.items()):
        draw_arrows(axes, places, change)


def _place_arrows(
    columns: Columns, row: Lane, steps: Sequence[Step], said: Sequence[Row]
) -> Iterator[tuple[str, tuple[float, float]]]:
    """Place what was said: over a mark, under one of strength, or alone where none was judged."""
    status = {step.place: step.status for step in steps}
    at: dict[int, list[str]] = {}
    for record in said:
        at.setdefault(int(record["column"]), []).append(str(record["change_said"]))
    off = MARK / 2 + 0.07
    for place, changes in at.items():
        y = row.y(status.get(place, "mixed"))
        y += 0 if place not in status else off if status[place] == "strength" else -off
        for change, x in zip(changes, beside(len(changes)), strict=True):
            yield change, (columns.centre(place) + x, y)


# Words and data.


def _reader_table(
    marks: pd.DataFrame, said: pd.DataFrame, themes: Sequence[str], visits: pd.DataFrame,
    codebook: Codebook,
) -> pd.DataFrame:  # fmt: skip
    """Return every judgement and every statement of change, as a reader would write them."""
    keys = ["theme", "column", "cohort"]
    words = said.groupby(keys)["change_said"].agg("; ".join).rename("said").reset_index()
    table = marks.merge(words, on=keys, how="outer")
    order = pd.DataFrame(
        {
            "theme": table["theme"].map(list(themes).index),
            "column": table["column"],
            "cohort": table["cohort"].map(list(COHORTS).index),
        }
    ).sort_values(keys, kind="stable")
    table = table.loc[order.index]
    return pd.DataFrame(
        {
            "Theme": [codebook.theme(theme).name for theme in table["theme"]],
            "Cohort": table["cohort"].map(COHORTS).tolist(),
            "Visit": [visits["short"].iloc[int(place)] for place in table["column"]],
            "Status": table["status"].fillna("no level judged").tolist(),
            "Votes (n)": table["votes"].astype("Int64").tolist(),
            "Flags": [", ".join(told_flags(row)) for row in table.to_dict("records")],
            "Inspectors on change": table["said"].fillna("").tolist(),
        }
    )


def _moves(marks: pd.DataFrame) -> dict[str, int]:
    """Count, over themes and cohorts, how the latest judgement stands to the one before.

    Pairs of which both ends are thin are too thin to say, and are not counted.
    """
    count = {"higher": 0, "lower": 0, "the same": 0}
    for _key, part in marks.groupby(["theme", "cohort"], sort=False):
        ends = part.tail(2)
        if len(ends) == 2 and not ends["thin"].astype(bool).all():  # noqa: PLR2004 - a pair
            before, now = ends["status"].map(LEVELS)
            count["higher" if now > before else "lower" if now < before else "the same"] += 1
    return count


def _alt(marks: pd.DataFrame, visits: pd.DataFrame, themes: Sequence[str], authority: str) -> str:
    start = (
        f"Status (weakness, mixed or strength) of {plural(len(themes), 'theme')} for each cohort "
        f"in {authority}, visit by visit, {period(visits)}."
    )
    if marks.empty:
        return f"{start} No cohort was judged on {'it' if len(themes) == 1 else 'them'}."
    moves = _moves(marks)
    pairs = sum(moves.values())
    if not pairs:
        return f"{start} No cohort was judged twice on evidence that is more than thin."
    return (
        f"{start} Of {plural(pairs, 'pair')} of theme and cohort judged at two visits or more, the "
        f"latest judgement is higher than the one before in {moves['higher']}, lower in "
        f"{moves['lower']} and the same in {moves['the same']}."
    )


def _caption(marks: pd.DataFrame, visits: pd.DataFrame, authority: str) -> str:
    thin = int(marks["thin"].astype(bool).sum())
    return (
        f"How inspectors judged each theme, cohort by cohort, at the visits to {authority}, "
        f"{period(visits)}: {plural(len(marks), 'judgement')}, {thin} of them thin. "
        "Follow a row: a mark that stands higher is a better judgement, and the number in it "
        "counts the votes. Along a dotted line nothing is known of the time between."
    )


def trajectories(
    statuses: pd.DataFrame,
    visits: pd.DataFrame,
    said: pd.DataFrame,
    themes: Sequence[str],
    codebook: Codebook,
    *,
    authority: str,
) -> Chart:
    """Draw the steps of each theme, cohort by cohort.

    Parameters
    ----------
    statuses, said
        `Results.statuses` and `Results.said`.
    visits, codebook
        Of `AuthorityData`; notices are left out.
    themes
        Ids of the themes to show, one panel each, in this order.
    authority
        The name to show.

    Returns
    -------
    Chart
        Hotspots lead from each visit of each panel to `#e-<theme>--<visit>`.
    """
    looked = visits[visits["kind"] != NOTICE].reset_index(drop=True)
    marks, words = marks_of(statuses, looked, themes), said_of(said, looked, themes)
    rows = _Rows(statuses[statuses["theme"].isin(themes)], marks, words, looked)
    hollow = bool(marks["secondary"].astype(bool).any())
    columns = lay_columns(looked, LABEL, WIDTH - EDGE - RESULT)
    with house_style():
        draft = inch_axes(new_figure(WIDTH, 1))
        key_end = _draw_key(draft, 0.1, hollow=hollow)
        heads_end = draw_heads(draft, columns, key_end, HEADS)
        names = {theme: codebook.theme(theme).name for theme in themes}
        panels = lay_panels(names, {theme: rows.cohorts(theme) for theme in themes}, heads_end)
        bottom = panels[-1].bottom if panels else heads_end
        figure = new_figure(WIDTH, bottom + 0.08)
        axes = inch_axes(figure)
        _draw_key(axes, 0.1, hollow=hollow)
        draw_heads(axes, columns, key_end, HEADS)
        _draw_panels(axes, columns, panels, rows, codebook)
        draw_breaks(axes, columns, key_end if columns.tiers == 1 else heads_end, bottom)
    return Chart(
        figure=figure,
        alt=_alt(marks, looked, themes, authority),
        caption=_caption(marks, looked, authority),
        data=_reader_table(marks, words, themes, looked, codebook),
        hotspots=tuple(
            hotspot
            for panel in panels
            for hotspot in _spots(axes, columns, panel, statuses, codebook)
        ),
        name="trajectories",
    )


def _spots(
    axes: Axes, columns: Columns, panel: Panel, statuses: pd.DataFrame, codebook: Codebook
) -> Iterator[Hotspot]:
    """Make each visit of a panel that reports on the theme lead to its findings."""
    ours = statuses[(statuses["theme"] == panel.theme) & (statuses["findings"] != "")]
    by_visit: dict[str, list[Row]] = {}
    for row in ours[ours["cohort"] != ALL_COHORTS].to_dict("records"):
        by_visit.setdefault(row["visit"], []).append(row)
    name = codebook.theme(panel.theme).name
    for place, (visit, start) in enumerate(
        zip(columns.visits["visit"], columns.visits["start"], strict=True)
    ):
        if visit in by_visit:
            said = "; ".join(_cohort_words(row) for row in by_visit[visit])
            box = Box(columns.edge(place), panel.top, columns.edge(place + 1), panel.bottom)
            label = f"{name}, {month(start)}: {said}"
            yield cell_spot(axes, box, panel.theme, visit, label)


def _cohort_words(row: Row) -> str:
    cohort = COHORTS[str(row["cohort"])]
    return f"{cohort} {row['status']}, {plural(finding_count(row), 'finding')}"
