"""How did a theme move from visit to visit, for each cohort?

Small multiples, one panel a theme: three steps (weakness, mixed, strength) and, for each cohort, a
mark at every visit that judged it. Dotted steps lead from one judgement to the next, over visits
that did not judge; visits that did not look are hatched, so a step never hides a gap. Arrows show
what the inspectors themselves said about change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from analysis.charts.chart import Chart, Hotspot
from analysis.charts.matrix import (
    EDGE,
    NO_MARK,
    WIDTH,
    Box,
    Columns,
    Record,
    draw_boxes,
    draw_breaks,
    draw_hatch,
    draw_symbols,
    framework_spans,
    missing_note,
    plural,
    spot,
    write,
)
from analysis.charts.style import (
    INK,
    MARKS,
    MUTED,
    NAVY,
    ORANGE,
    PLUM,
    POINTS,
    TEAL,
    house_style,
    inch_axes,
    new_figure,
    text_width,
    wrap,
)
from analysis.charts.timeline import month, period
from analysis.codebook import Codebook
from analysis.statuses import NOTICE
from analysis.vocabulary import ALL_COHORTS, COHORTS, LEVELS

SIZE: Final = 8.5
LINE: Final = SIZE * 1.25 / POINTS
HUES: Final = (NAVY, ORANGE, PLUM, TEAL)
"""Cohorts of one panel never share one; where these do not suffice, cohorts are drawn in ink."""
UNNAMED: Final = "not-stated"
"""Findings that name no cohort speak for none, so they never take a hue."""
PATTERNS: Final = (
    (1.0, 1.7), (4.0, 1.7), (4.0, 1.5, 1.0, 1.5), (1.0, 3.6), (7.0, 2.0),
    (2.2, 2.2), (7.0, 1.5, 1.0, 1.5, 1.0, 1.5),
)  # fmt: skip
LANE: Final = 0.19
"""Cohorts keep their own lane on each step, so that none hides another."""
WORDS: Final = 0.72
GUTTER: Final = 1.3
NARROWEST: Final = 0.31
"""Columns of visits narrower than this get the whole width: one panel a row."""
BETWEEN: Final = 0.16
TITLE: Final = 0.46
STRIP: Final = 0.3
DATES: Final = 0.36
FULL_MARK: Final = 52.0
THIN_MARK: Final = 17.0
_TURN: Final = {"improved": 45, "declined": -45, "sustained": 0, "not improved": 0}
_ARROW: Final = Path(
    [
        (-1, -0.14),
        (0.2, -0.14),
        (0.2, -0.55),
        (1, 0),
        (0.2, 0.55),
        (0.2, 0.14),
        (-1, 0.14),
        (-1, -0.14),
    ],
    closed=True,
)
_BESIDE: Final = (0.115, -0.115, 0.24, -0.24)
_ABOVE: Final = (0.0, 0.14, -0.14)
"""Where arrows stand beside a mark, or over a visit that judged no level, one after the other."""
_ABSENT: Final = {
    "silent": "looked at, nothing reported",
    "not in scope": "not looked at",
    NO_MARK: "no inspectors' document",
    "reported, not judged": "reported, not judged",
}


@dataclass(frozen=True)
class _Ink:
    """How a cohort's line and marks look."""

    hue: str
    dashes: tuple[float, ...]


@dataclass(frozen=True)
class _Panel:
    """Where one theme's picture lies.

    Attributes
    ----------
    theme
        Its id.
    columns
        The visits, without notices.
    top, band
        Upper edge of the uppermost step and height of a step.
    lanes
        Cohorts of the panel with the place of each within a step.
    """

    theme: str
    columns: Columns
    top: float
    band: float
    lanes: dict[str, int]

    @property
    def bottom(self) -> float:
        """Lower edge of the lowest step."""
        return self.top + len(LEVELS) * self.band

    def step_top(self, status: str) -> float:
        """Upper edge of a status' step."""
        return self.top + (len(LEVELS) - 1 - LEVELS[status]) * self.band

    def y(self, status: str, cohort: str) -> float:
        """Height of a cohort's mark."""
        room = self.band / len(self.lanes)
        return self.step_top(status) + (self.lanes[cohort] + 0.5) * room


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
    kept = kept.assign(column=kept["visit"].map(places))
    return kept.sort_values("column", kind="stable").reset_index(drop=True)


def said_of(said: pd.DataFrame, visits: pd.DataFrame, themes: Sequence[str]) -> pd.DataFrame:
    """Return each statement of change once per visit, theme, cohort and word."""
    places = {visit: place for place, visit in enumerate(visits["visit"])}
    kept = said[said["visit"].isin(places) & said["theme"].isin(themes)]
    kept = kept.drop_duplicates(["visit", "theme", "cohort", "change_said"])
    return kept.assign(column=kept["visit"].map(places)).reset_index(drop=True)


def _inks(marks: pd.DataFrame, said: pd.DataFrame) -> dict[str, _Ink]:
    """Give each cohort one look in all panels, those judged most often first.

    Cohorts that meet in a panel never share a hue, and no two cohorts share a line pattern.
    """
    spoken = pd.concat([marks[["theme", "cohort"]], said[["theme", "cohort"]]])
    themes = {str(cohort): set(part["theme"]) for cohort, part in spoken.groupby("cohort")}
    counts = marks["cohort"].value_counts()
    order = sorted((c for c in COHORTS if c in themes), key=lambda c: -int(counts.get(c, 0)))
    hues: dict[str, str] = {}
    for cohort in order:
        hues[cohort] = INK if cohort == UNNAMED else _free_hue(cohort, hues, themes)
    return {cohort: _Ink(hues[cohort], PATTERNS[i]) for i, cohort in enumerate(order)}


def _free_hue(cohort: str, hues: dict[str, str], themes: dict[str, set[str]]) -> str:
    """Return the least used hue that no cohort of the same panels has, else ink."""
    taken = {hue for other, hue in hues.items() if themes[other] & themes[cohort]}
    free = [hue for hue in HUES if hue not in taken]
    return min(free, key=list(hues.values()).count, default=INK)


# Layout.


def _across(visits: pd.DataFrame) -> int:
    """Panels in a row: two, or one where the columns would be too narrow."""
    half = (WIDTH - 2 * EDGE - BETWEEN) / 2 - WORDS - GUTTER
    return 2 if half / max(len(visits), 1) >= NARROWEST else 1


def _labels_height(cohorts: Sequence[str]) -> float:
    return sum(len(_label_lines(cohort, "Sep 2000")) * LINE + 0.05 for cohort in cohorts)


def _label_lines(cohort: str, last: str = "") -> list[str]:
    text = f"{COHORTS[cohort]} (last {last})" if last else COHORTS[cohort]
    return wrap(text, GUTTER - 0.44, SIZE)


def _lay_panels(
    themes: Sequence[str], cohorts: dict[str, list[str]], visits: pd.DataFrame, top: float
) -> tuple[list[_Panel], float]:
    """Place the panels row by row; return them and where the last row ends."""
    across = _across(visits)
    width = (WIDTH - 2 * EDGE - (across - 1) * BETWEEN) / across
    panels: list[_Panel] = []
    for first in range(0, len(themes), across):
        row = themes[first : first + across]
        band = max(_band(cohorts[theme]) for theme in row)
        for place, theme in enumerate(row):
            left = EDGE + place * (width + BETWEEN)
            columns = Columns(visits, left + WORDS, left + width - GUTTER)
            lanes = {cohort: lane for lane, cohort in enumerate(cohorts[theme] or [UNNAMED])}
            panels.append(_Panel(theme, columns, top + TITLE, band, lanes))
        top = panels[-1].bottom + STRIP + DATES + 0.12
    return panels, top


def _band(cohorts: Sequence[str]) -> float:
    """Height of a step: room for the lanes, and for the labels beside all three."""
    return max(0.42, len(cohorts) * LANE + 0.04, _labels_height(cohorts) / len(LEVELS))


# Drawing a panel.


def _draw_frame(axes: Axes, panel: _Panel, title: str) -> None:
    columns = panel.columns
    write(axes, columns.left - WORDS, panel.top - TITLE, title, size=10.5, bold=True)
    for status in LEVELS:
        y = panel.step_top(status)
        axes.plot([columns.left, columns.right], [y, y], color="#C9CDCF", lw=0.6)
        write(
            axes, columns.left - 0.08, y + (panel.band - LINE) / 2, status, size=SIZE, align="right"
        )
    axes.plot([columns.left, columns.right], [panel.bottom] * 2, color=MUTED, lw=0.8)
    for place, short in enumerate(columns.visits["short"]):
        write(axes, columns.centre(place), panel.bottom + STRIP, short.split(), size=SIZE,
              align="center", colour=MUTED)  # fmt: skip
    draw_breaks(axes, columns, panel.top - LINE - 0.04, panel.bottom + STRIP)
    _name_frameworks(axes, panel)


def _name_frameworks(axes: Axes, panel: _Panel) -> None:
    """Name both frameworks beside the line at which one follows the other."""
    spans = framework_spans(panel.columns.visits)
    for (before, _a, _b), (after, first, _end) in pairwise(spans):
        x, y = panel.columns.edge(first), panel.top - LINE - 0.05
        write(axes, x - 0.06, y, before, size=SIZE, align="right", colour=MUTED)
        write(axes, x + 0.06, y, after, size=SIZE, colour=MUTED)


def _draw_absences(axes: Axes, panel: _Panel, absent: dict[int, str]) -> None:
    """Hatch what was not looked at, and mark silence and missing documents under the steps."""
    columns, y = panel.columns, panel.bottom + 0.09
    hatched = [place for place, status in absent.items() if status == "not in scope"]
    draw_hatch(
        axes, [Box(columns.edge(p), panel.top, columns.edge(p + 1), panel.bottom) for p in hatched]
    )
    quiet = [columns.centre(p) for p, status in absent.items() if status == "silent"]
    draw_boxes(axes, [Box(x - 0.06, y - 0.01, x + 0.06, y + 0.01) for x in quiet], facecolor=INK)
    rings = [(columns.centre(p), y) for p, s in absent.items() if s == "reported, not judged"]
    draw_symbols(axes, rings, "o", fill="none", edge=INK, size=30, width=1.1)
    for place, status in absent.items():
        if status == NO_MARK:
            write(axes, columns.centre(place), panel.bottom + 0.02, ["no", "doc."], size=SIZE,
                  align="center", italic=True)  # fmt: skip


def _draw_cohort(axes: Axes, panel: _Panel, marks: pd.DataFrame, ink: _Ink) -> None:
    """Draw one cohort's steps and marks."""
    points = [
        (panel.columns.centre(int(m["column"])), panel.y(m["status"], m["cohort"]))
        for m in marks.to_dict("records")
    ]
    x, y = _steps(points, _riser(panel, str(marks["cohort"].iloc[0])))
    axes.plot(x, y, color=ink.hue, lw=1.3, dashes=ink.dashes, zorder=2, clip_on=False)
    looks = marks[["status", "thin", "secondary"]].astype({"thin": bool, "secondary": bool})
    looks = looks.reset_index(drop=True)
    for (status, thin, hollow), part in looks.groupby(["status", "thin", "secondary"]):
        draw_symbols(
            axes, [points[i] for i in part.index], MARKS[str(status)].symbol, edge=ink.hue,
            fill="white" if hollow else ink.hue, size=THIN_MARK if thin else FULL_MARK,
            width=1.1, above=3,
        )  # fmt: skip


def _riser(panel: _Panel, cohort: str) -> float:
    """Return how far before a visit a cohort's step rises, so that no two rise at one place."""
    share = (panel.lanes[cohort] + 1) / (len(panel.lanes) + 1)
    return panel.columns.step * (0.28 + 0.5 * share)


def _steps(points: Sequence[tuple[float, float]], before: float) -> tuple[list[float], list[float]]:
    """Return the corners of a line that rises or falls shortly before each point.

    Examples
    --------
    >>> _steps([(0, 1), (4, 2)], before=1)
    ([0, 3, 3, 4], [1, 1, 2, 2])
    """
    x, y = [points[0][0]], [points[0][1]]
    for x1, y1 in points[1:]:
        x += [x1 - before, x1 - before, x1]
        y += [y[-1], y1, y1]
    return x, y


def _draw_said(
    axes: Axes, panel: _Panel, said: pd.DataFrame, marks: pd.DataFrame, inks: dict[str, _Ink]
) -> None:
    """Draw what inspectors said about change: beside the mark, or above where none was judged."""
    at = {
        (m["visit"], m["cohort"]): panel.y(m["status"], m["cohort"])
        for m in marks.to_dict("records")
    }
    used: dict[tuple[int, float], int] = {}
    for row in said.to_dict("records"):
        y = at.get((row["visit"], row["cohort"]))
        place = (int(row["column"]), panel.top - 0.11 if y is None else y - 0.075)
        beside = _ABOVE if y is None else _BESIDE
        x = panel.columns.centre(place[0]) + beside[used.get(place, 0) % len(beside)]
        used[place] = used.get(place, 0) + 1
        draw_arrow(axes, x, place[1], row["change_said"], inks[row["cohort"]].hue)


def draw_arrow(axes: Axes, x: float, y: float, change: str, hue: str) -> None:
    """Draw an arrow up, level or down for what inspectors said about change."""
    arrow = _ARROW.transformed(Affine2D().rotate_deg(_TURN[change]))
    axes.scatter(
        [x], [y], s=46, marker=arrow, facecolors=hue, linewidths=0, zorder=4, clip_on=False
    )


def _draw_names(axes: Axes, panel: _Panel, marks: pd.DataFrame, inks: dict[str, _Ink]) -> None:
    """Name each cohort at the right, as near to its last mark as the others allow."""
    last = marks.groupby("cohort", sort=False).tail(1)
    wanted = []
    for row in last.to_dict("records"):
        ends = int(row["column"]) == len(panel.columns.visits) - 1
        short = "" if ends else str(panel.columns.visits["short"].iloc[int(row["column"])])
        lines = _label_lines(row["cohort"], short)
        wanted.append((panel.y(row["status"], row["cohort"]), row["cohort"], lines, ends))
    wanted.sort(key=lambda item: (item[0], item[1]))
    heights = [len(lines) * LINE + 0.05 for _y, _c, lines, _e in wanted]
    tops = _spread([y - LINE / 2 for y, *_ in wanted], heights, panel.top, panel.bottom)
    left = panel.columns.right + 0.16
    for (y, cohort, lines, ends), top in zip(wanted, tops, strict=True):
        ink, middle = inks[cohort], top + LINE / 2
        if ends:
            axes.plot(
                [panel.columns.right + 0.03, left - 0.03],
                [y, middle],
                color=ink.hue,
                lw=0.6,
                clip_on=False,
            )
        axes.plot([left, left + 0.22], [middle] * 2, color=ink.hue, lw=1.5, dashes=ink.dashes,
                  clip_on=False)  # fmt: skip
        write(axes, left + 0.27, top, lines, size=SIZE, colour=INK)


def _spread(
    wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float
) -> list[float]:
    """Move labels apart: each as near to its wished place as possible, in order, inside.

    Examples
    --------
    >>> _spread([1, 1, 9], [2, 2, 2], top=0, bottom=10)
    [1, 3, 8]
    """
    places: list[float] = []
    floor = top
    for want, height in zip(wanted, heights, strict=True):
        places.append(max(want, floor))
        floor = places[-1] + height
    limit = bottom
    for i in reversed(range(len(places))):
        places[i] = min(places[i], limit - heights[i])
        limit = places[i]
    return places


# The key.


def _draw_key(axes: Axes, top: float, *, hollow: bool) -> float:
    """Draw the key; return where it ends."""
    intro = (
        "Height and shape: status. Colour and line: cohort, named at the right of its last mark."
    )
    write(axes, EDGE, top, intro, colour=MUTED)
    x, y = EDGE, top + LINE + 0.1
    for state, words in _key_items(hollow=hollow):
        sample = 0 if state == NO_MARK else 0.3
        width = sample + 0.06 + text_width(words, SIZE) + 0.22
        if x > EDGE and x + width - 0.22 > WIDTH - EDGE:
            x, y = EDGE, y + 0.27
        if sample:
            _draw_sample(axes, state, x + sample / 2, y + LINE / 2)
        write(axes, x + sample + 0.06, y, words, size=SIZE)
        x += width
    return y + 0.36


def _key_items(*, hollow: bool) -> list[tuple[str, str]]:
    items = [
        *((status, status) for status in reversed(LEVELS)),
        ("thin", "small: thin (one vote, or headline only)"),
        ("steps", "from one visit that judged to the next"),
        ("improved", "inspectors said: improved"),
        ("sustained", "said: sustained, or not improved"),
        ("declined", "said: declined"),
        ("not in scope", "not looked at"),
        ("silent", "looked at, nothing reported"),
        ("reported, not judged", "reported, not judged"),
        (NO_MARK, "no doc.: no inspectors' document"),
    ]
    return [*items, ("secondary", "hollow: secondary source")] if hollow else items


def _draw_sample(axes: Axes, state: str, x: float, y: float) -> None:
    """Draw one element of the key around a point."""
    if state in LEVELS:
        draw_symbols(axes, [(x, y)], MARKS[state].symbol, fill=INK, edge=INK, size=FULL_MARK)
    elif state in _TURN:
        draw_arrow(axes, x, y, state, INK)
    elif state == "steps":
        axes.plot([x - 0.14, x + 0.14], [y, y], color=INK, lw=1.3, dashes=PATTERNS[0])
    elif state == "not in scope":
        draw_hatch(axes, [Box(x - 0.14, y - 0.09, x + 0.14, y + 0.09)])
    elif state == "silent":
        draw_boxes(axes, [Box(x - 0.06, y - 0.01, x + 0.06, y + 0.01)], facecolor=INK)
    elif state == "reported, not judged":
        draw_symbols(axes, [(x, y)], "o", fill="none", edge=INK, size=30, width=1.1)
    else:
        draw_symbols(axes, [(x, y)], "v", fill=INK if state == "thin" else "white", edge=INK,
                     size=THIN_MARK if state == "thin" else FULL_MARK, width=1.1)  # fmt: skip


# Words and data.


def _absences(statuses: pd.DataFrame, visits: pd.DataFrame, theme: str) -> dict[int, str]:
    """Return why each visit shows no mark, by its place, where no cohort was judged."""
    whole = statuses[(statuses["cohort"] == ALL_COHORTS) & (statuses["theme"] == theme)]
    status = whole.set_index("visit")["status"].to_dict()
    found = {place: status.get(visit, NO_MARK) for place, visit in enumerate(visits["visit"])}
    return {place: word for place, word in found.items() if word in _ABSENT}


def _reader_table(
    marks: pd.DataFrame, said: pd.DataFrame, absent: dict[str, dict[int, str]],
    visits: pd.DataFrame, codebook: Codebook,
) -> pd.DataFrame:  # fmt: skip
    """Return every mark, and every visit without one, as a reader would write them."""
    keys = ["theme", "column", "cohort"]
    words = said.groupby(keys)["change_said"].agg("; ".join).rename("said").reset_index()
    table = marks.merge(words, on=keys, how="outer")
    gaps = [
        {"theme": theme, "column": place, "cohort": ALL_COHORTS, "status": _ABSENT[status]}
        for theme, places in absent.items()
        for place, status in places.items()
    ]
    table = pd.concat([table, pd.DataFrame(gaps)], ignore_index=True) if gaps else table
    themes, cohorts = list(absent), [ALL_COHORTS, *COHORTS]
    order = pd.DataFrame(
        {
            "theme": table["theme"].map(themes.index),
            "column": table["column"],
            "cohort": table["cohort"].map(cohorts.index),
        }
    ).sort_values(keys, kind="stable")
    return _labelled(table.loc[order.index], visits, codebook)


def _labelled(table: pd.DataFrame, visits: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    labels = visits["label"].tolist()
    flags = [
        ", ".join(flag for flag in ("thin", "fragile", "incidental") if row.get(flag) is True)
        for row in table.to_dict("records")
    ]
    return pd.DataFrame(
        {
            "Theme": [codebook.theme(theme).name for theme in table["theme"]],
            "Cohort": [COHORTS.get(cohort, "all") for cohort in table["cohort"]],
            "Visit": [labels[int(place)] for place in table["column"]],
            "Status": table["status"].fillna("no level judged").tolist(),
            "Votes": table["votes"].astype("Int64").tolist(),
            "Flags": flags,
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
        f"{plural(len(said), 'statement')} by inspectors about change. Dotted steps lead from one "
        "visit that judged a cohort to the next that did; they say nothing about the time between. "
        "A cohort without a mark was not judged at that visit. A hatched visit did not look at the "
        f"theme. {missing_note(visits)}"
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
    inks = _inks(marks, words)
    cohorts = {
        theme: [c for c in COHORTS if ((marks["theme"] == theme) & (marks["cohort"] == c)).any()]
        for theme in themes
    }
    absent = {theme: _absences(statuses, looked, theme) for theme in themes}
    hollow = bool(marks["secondary"].astype(bool).any())
    with house_style():
        start = _draw_key(inch_axes(new_figure(WIDTH, 1)), 0.1, hollow=hollow)
        panels, end = _lay_panels(themes, cohorts, looked, start)
        figure = new_figure(WIDTH, end + 0.05)
        axes = inch_axes(figure)
        _draw_key(axes, 0.1, hollow=hollow)
        for panel in panels:
            ours = marks[marks["theme"] == panel.theme]
            _draw_absences(axes, panel, absent[panel.theme])
            _draw_frame(axes, panel, codebook.theme(panel.theme).name)
            _draw_theme(axes, panel, ours, words[words["theme"] == panel.theme], inks)
    return Chart(
        figure=figure,
        alt=_alt(marks, looked, themes, authority),
        caption=_caption(marks, words, looked, authority),
        data=_reader_table(marks, words, absent, looked, codebook),
        hotspots=tuple(
            hotspot for panel in panels for hotspot in _spots(axes, panel, statuses, codebook)
        ),
        name="trajectories",
    )


def _draw_theme(
    axes: Axes, panel: _Panel, marks: pd.DataFrame, said: pd.DataFrame, inks: dict[str, _Ink]
) -> None:
    for cohort, part in marks.groupby("cohort", sort=False):
        _draw_cohort(axes, panel, part, inks[str(cohort)])
    _draw_said(axes, panel, said, marks, inks)
    _draw_names(axes, panel, marks, inks)
    if marks.empty:
        x = (panel.columns.left + panel.columns.right) / 2
        write(axes, x, panel.top + panel.band * 1.4, "not judged at any visit", align="center")


def _spots(
    axes: Axes, panel: _Panel, statuses: pd.DataFrame, codebook: Codebook
) -> Iterator[Hotspot]:
    """Make each visit of a panel that reports on the theme lead to its findings."""
    ours = statuses[(statuses["theme"] == panel.theme) & (statuses["findings"] != "")]
    by_visit = dict(list(ours[ours["cohort"] != ALL_COHORTS].groupby("visit", sort=False)))
    name, columns = codebook.theme(panel.theme).name, panel.columns
    for place, (visit, start) in enumerate(
        zip(columns.visits["visit"], columns.visits["start"], strict=True)
    ):
        if visit in by_visit:
            said = "; ".join(_cohort_words(row) for row in by_visit[visit].to_dict("records"))
            box = Box(columns.edge(place), panel.top, columns.edge(place + 1), panel.bottom)
            yield spot(axes, box, f"#e-{panel.theme}--{visit}", f"{name}, {month(start)}: {said}")


def _cohort_words(row: Record) -> str:
    cohort = COHORTS[str(row["cohort"])]
    return f"{cohort} {row['status']}, {plural(len(str(row['findings']).split()), 'finding')}"
