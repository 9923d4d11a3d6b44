"""How did a theme move from visit to visit, for each cohort?

Small multiples, one panel a theme: three steps (weakness, mixed, strength) and, for each cohort, a
mark at every visit that judged it. Dotted steps lead from one judgement to the next, over visits
that did not judge; visits that did not look are hatched, so a step never hides a gap. Arrows show
what the inspectors themselves said about change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from analysis.anchors import anchor
from analysis.charts.arrows import TURN, draw_arrow, draw_said
from analysis.charts.chart import Chart, Hotspot
from analysis.charts.drawing import (
    EDGE,
    LINE,
    WIDTH,
    Box,
    draw_boxes,
    draw_hatch,
    draw_symbols,
    spot,
    write,
)
from analysis.charts.inks import PATTERNS, Ink, inks_of
from analysis.charts.keys import Entry, lay_key
from analysis.charts.panels import Panel, draw_absences, draw_frame, lay_panels
from analysis.charts.steps import FULL_MARK, THIN_MARK, draw_cohort, draw_names
from analysis.charts.style import INK, MARKS, MUTED, house_style, inch_axes, new_figure
from analysis.charts.visits import NO_MARK, missing_note, month, period
from analysis.charts.wording import Record, finding_count, flag_words, plural
from analysis.codebook import Codebook
from analysis.statuses import NOTICE
from analysis.vocabulary import ALL_COHORTS, COHORTS, LEVELS

ABSENT: Final = ("silent", "not in scope", NO_MARK, "reported, not judged")
"""What a visit without a judgement can be."""


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


def _draw_key(axes: Axes, top: float, *, hollow: bool) -> float:
    """Draw the key; return where it ends."""
    intro = [
        "Height and shape: status. Colour and line: cohort, named at the right of its last mark.",
        "An arrow stands at its mark; one above a panel is a change that was said without a level "
        "being judged.",
    ]
    write(axes, EDGE, top, intro, colour=MUTED)
    y, entries = top, _key_entries(hollow=hollow)
    for entry, x, y in lay_key(entries, top + 2 * LINE + 0.1, gap=0.22, pitch=0.27):
        if entry.state != NO_MARK:
            _draw_sample(axes, entry.state, x + 0.15, y + LINE / 2)
        write(axes, x + entry.room, y, entry.words)
    return y + 0.36


def _key_entries(*, hollow: bool) -> list[Entry]:
    words = {
        **{status: status for status in reversed(LEVELS)},
        "thin": "small: thin (one vote, or headline only)",
        "steps": "to the next visit, which judged too",
        "gap": "line broken off: visits between did not judge the cohort",
        "improved": "inspectors said: improved",
        "sustained": "said: sustained",
        "not improved": "said: not improved",
        "declined": "said: declined",
        "not in scope": "not looked at",
        "silent": "looked at, nothing reported",
        "reported, not judged": "reported, not judged",
        NO_MARK: "no doc.: no inspectors' document",
        **({"secondary": "hollow: secondary source"} if hollow else {}),
    }
    return [Entry(state, text, 0.3 * (state != NO_MARK) + 0.06) for state, text in words.items()]


def _draw_sample(axes: Axes, state: str, x: float, y: float) -> None:
    """Draw one element of the key around a point."""
    if state in LEVELS:
        draw_symbols(axes, [(x, y)], MARKS[state].symbol, fill=INK, edge=INK, size=FULL_MARK)
    elif state in TURN:
        draw_arrow(axes, x, y, state, INK)
    elif state == "steps":
        axes.plot([x - 0.14, x + 0.14], [y, y], color=INK, lw=1.3, dashes=PATTERNS[0])
    elif state == "gap":
        for side in (-1, 1):
            axes.plot(
                [x + side * 0.13, x + side * 0.05], [y, y], color=INK, lw=1.3, dashes=(1, 1.7)
            )
    elif state == "not in scope":
        draw_hatch(axes, [Box(x - 0.14, y - 0.09, x + 0.14, y + 0.09)])
    elif state == "silent":
        draw_boxes(axes, [Box(x - 0.06, y - 0.01, x + 0.06, y + 0.01)], facecolor=INK)
    elif state == "reported, not judged":
        draw_symbols(axes, [(x, y)], "o", fill="none", edge=INK, size=30, width=1.1)
    else:
        draw_symbols(axes, [(x, y)], "v", fill=INK if state == "thin" else "white", edge=INK,
                     size=THIN_MARK if state == "thin" else FULL_MARK, width=1.1)  # fmt: skip


def _absences(statuses: pd.DataFrame, visits: pd.DataFrame, theme: str) -> dict[int, str]:
    """Return why each visit shows no mark, by its place, where no cohort was judged."""
    whole = statuses[(statuses["cohort"] == ALL_COHORTS) & (statuses["theme"] == theme)]
    status = whole.set_index("visit")["status"].to_dict()
    found = {place: status.get(visit, NO_MARK) for place, visit in enumerate(visits["visit"])}
    return {place: word for place, word in found.items() if word in ABSENT}


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
            "Flags": [flag_words(row) for row in table.to_dict("records")],
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


def _caption(marks: pd.DataFrame, said: pd.DataFrame, visits: pd.DataFrame, authority: str) -> str:
    thin = int(marks["thin"].astype(bool).sum())
    return (
        f"How each theme was judged for each cohort at the visits to {authority}, "
        f"{period(visits)}: {plural(len(marks), 'judgement')} ({thin} thin) and "
        f"{plural(len(said), 'statement')} by inspectors about change. Steps lead from one visit "
        "that judged a cohort to the next; where visits between did not judge it the line breaks "
        "off, and nothing is known of the time between. A cohort without a mark was not judged at "
        f"that visit. A hatched visit did not look at the theme. {missing_note(visits)}"
    ).strip()


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
    inks = inks_of(marks, words)
    judged = set(zip(marks["theme"], marks["cohort"], strict=True))
    cohorts = {theme: [c for c in COHORTS if (theme, c) in judged] for theme in themes}
    absent = {theme: _absences(statuses, looked, theme) for theme in themes}
    hollow = bool(marks["secondary"].astype(bool).any())
    with house_style():
        start = _draw_key(inch_axes(new_figure(WIDTH, 1)), 0.1, hollow=hollow)
        panels, end = lay_panels(themes, cohorts, looked, start)
        figure = new_figure(WIDTH, end + 0.05)
        axes = inch_axes(figure)
        _draw_key(axes, 0.1, hollow=hollow)
        for panel in panels:
            ours = marks[marks["theme"] == panel.theme]
            draw_absences(axes, panel, absent[panel.theme])
            draw_frame(axes, panel, codebook.theme(panel.theme).name)
            _draw_theme(axes, panel, ours, words[words["theme"] == panel.theme], inks)
    return Chart(
        figure=figure,
        alt=_alt(marks, looked, themes, authority),
        caption=_caption(marks, words, looked, authority),
        data=_reader_table(marks, words, themes, looked, codebook),
        hotspots=tuple(
            hotspot for panel in panels for hotspot in _spots(axes, panel, statuses, codebook)
        ),
        name="trajectories",
    )


def _draw_theme(
    axes: Axes, panel: Panel, marks: pd.DataFrame, said: pd.DataFrame, inks: dict[str, Ink]
) -> None:
    for cohort, part in marks.groupby("cohort", sort=False):
        draw_cohort(axes, panel, part, inks[str(cohort)])
    draw_said(axes, panel, said, marks, inks)
    draw_names(axes, panel, marks, inks)
    if marks.empty:
        x = (panel.columns.left + panel.columns.right) / 2
        write(axes, x, panel.top + panel.band * 1.4, "not judged at any visit", align="center")


def _spots(
    axes: Axes, panel: Panel, statuses: pd.DataFrame, codebook: Codebook
) -> Iterator[Hotspot]:
    """Make each visit of a panel that reports on the theme lead to its findings."""
    ours = statuses[(statuses["theme"] == panel.theme) & (statuses["findings"] != "")]
    by_visit: dict[str, list[Record]] = {}
    for row in ours[ours["cohort"] != ALL_COHORTS].to_dict("records"):
        by_visit.setdefault(row["visit"], []).append(row)
    name, columns = codebook.theme(panel.theme).name, panel.columns
    for place, (visit, start) in enumerate(
        zip(columns.visits["visit"], columns.visits["start"], strict=True)
    ):
        if visit in by_visit:
            said = "; ".join(_cohort_words(row) for row in by_visit[visit])
            box = Box(columns.edge(place), panel.top, columns.edge(place + 1), panel.bottom)
            label = f"{name}, {month(start)}: {said}"
            yield spot(axes, box, "#" + anchor(panel.theme, visit), label)


def _cohort_words(row: Record) -> str:
    cohort = COHORTS[str(row["cohort"])]
    return f"{cohort} {row['status']}, {plural(finding_count(row), 'finding')}"
