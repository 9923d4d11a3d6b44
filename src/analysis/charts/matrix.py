"""Which theme stood how at which visit, and where did nobody look?

The report's central picture: themes down, visits across, one cell for each pair. A judged cell is a
tile with a symbol and its votes; where cohorts differ, it is split into the directions found. A
cell without a judgement says why: reported without judging, looked at in silence, not looked at, or
no document held. Hatching stands for "nobody looked", so a gap can never be read as a problem
solved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.parts.chart import Chart, Hotspot
from analysis.charts.parts.columns import Columns, draw_breaks, draw_heads, lay_columns
from analysis.charts.parts.drawing import EDGE, LINE, SIZE, WIDTH, Box, cell_spot, draw_boxes, write
from analysis.charts.parts.keys import Entry, lay_key
from analysis.charts.parts.style import MARKS, MUTED, house_style, inch_axes, new_figure, wrap
from analysis.charts.parts.tiles import TILE, UNJUDGED, draw_required, draw_tiles, split
from analysis.charts.parts.visits import framework_spans, period
from analysis.data.codebook import Codebook
from analysis.dates import month
from analysis.english import by_cohort, plural, were
from analysis.results.marks import Parts, marks_of, parts_of
from analysis.results.statuses import finding_count
from analysis.tables import Row
from analysis.vocabulary import (
    ABSENCES,
    DIFFERS,
    NO_DOCUMENT,
    NOTICE,
    told_flags,
)

PITCH: Final = 0.37
"""Height of a cell: 24 px where the page shows 66 px to the inch, and whole on an A4 page."""
GAP: Final = 0.03
LABEL: Final = 1.92
SWATCH: Final = 0.44
KEY_TILE: Final = 0.3
"""Width and height of a tile in the key."""
PALE: Final = "#F3F2F1"
"""Ground behind the columns that are no visit of inspectors; the words over it say which."""
LAYERS: Final = {"primary": "inspectors", "secondary": "secondary source", "notice": "notice"}


def _draw_cells(axes: Axes, marks: pd.DataFrame, boxes: Sequence[Box], parts: Parts) -> None:
    """Draw every mark, those of one look together."""
    looks: dict[tuple[str, str, bool], list[tuple[Box, int]]] = {}
    for row, cell in zip(marks.to_dict("records"), boxes, strict=True):
        layer, status, thin = str(row["layer"]), str(row["status"]), bool(row["thin"])
        box, inside = cell.tall(TILE), parts.get((row["theme"], row["visit"]), {})
        tiles = [(status, box, int(row["votes"]))]
        if inside:
            tiles = [
                (direction, piece, votes)
                for (direction, votes), piece in zip(
                    inside.items(), split(box, len(inside)), strict=True
                )
            ]
        for look, piece, votes in tiles:
            looks.setdefault((layer, look, thin), []).append((piece, votes))
    for (layer, status, thin), alike in sorted(looks.items()):
        some, counts = zip(*alike, strict=True)
        if layer == "notice":
            draw_required(axes, some, counts)
        elif status in MARKS:
            draw_tiles(axes, some, counts, MARKS[status], hollow=layer == "secondary", thin=thin)
        else:
            UNJUDGED[status](axes, some)


@dataclass(frozen=True)
class _Rows:
    """Where each theme's row and each group's heading lie, by theme and by group id."""

    themes: dict[str, tuple[float, float]]
    groups: dict[str, float]
    bottom: float


def _lay_rows(codebook: Codebook, top: float) -> _Rows:
    themes: dict[str, tuple[float, float]] = {}
    groups: dict[str, float] = {}
    y = top
    for theme in codebook.themes:
        if theme.group not in groups:
            y += 0.05 if groups else 0.02
            groups[theme.group] = y
            y += 0.2
        height = max(PITCH, len(wrap(theme.name, LABEL - 0.2, SIZE)) * LINE + 0.04)
        themes[theme.id] = (y, y + height)
        y += height
    return _Rows(themes, groups, y + 0.02)


def _draw_labels(axes: Axes, codebook: Codebook, rows: _Rows, right: float) -> None:
    names = {group.id: group.name for group in codebook.groups}
    for group, y in rows.groups.items():
        write(axes, EDGE, y, names[group], bold=True, size=SIZE + 1)
        axes.plot([EDGE, right], [y + 0.19, y + 0.19], color=MUTED, lw=0.6)
    for theme in codebook.themes:
        y0, y1 = rows.themes[theme.id]
        lines = wrap(theme.name, LABEL - 0.2, SIZE)
        write(axes, EDGE, (y0 + y1 - len(lines) * LINE) / 2, lines)


def _cell(rows: _Rows, columns: Columns, breaks: Collection[int], theme: str, place: int) -> Box:
    """Return the place of a cell, whole in height so that a finger can meet it."""
    top, bottom = rows.themes[theme]
    left = columns.edge(place) + GAP * (1.5 if place in breaks else 0.5)
    right = columns.edge(place + 1) - GAP * (1.5 if place + 1 in breaks else 0.5)
    return Box(left, top, right, bottom)


def _draw_grounds(axes: Axes, columns: Columns, top: float, bottom: float) -> None:
    """Set the columns of notices apart: they are no visits of inspectors."""
    places = [i for i, kind in enumerate(columns.visits["kind"]) if kind == NOTICE]
    boxes = [Box(columns.edge(i), top, columns.edge(i + 1), bottom) for i in places]
    draw_boxes(axes, boxes, facecolor=PALE, zorder=0)


def _key_entries() -> list[Entry]:
    """Every state in words, in the order of the key."""
    words = {
        "strength": "strength, votes",
        "mixed": "mixed",
        "weakness": "weakness",
        DIFFERS: "cohorts differ",
        "thin": "dotted: thin (one finding votes, or headlines only)",
        "reported, not judged": ABSENCES["reported, not judged"].label,
        "silent": ABSENCES["silent"].label,
        "not in scope": "nobody looked, which does not mean \u201cfixed\u201d",
        "secondary": "secondary source",
        "notice": "actions required by a notice",
        NO_DOCUMENT: "blank: no document held",
    }
    width = dict.fromkeys(words, SWATCH) | {DIFFERS: 1.6 * SWATCH, NO_DOCUMENT: 0}
    return [Entry(state, text, width[state] + 0.08) for state, text in words.items()]


def _draw_sample(axes: Axes, state: str, box: Box) -> None:
    """Draw one state as it looks in the matrix."""
    plain, weak = {"hollow": False, "thin": False}, MARKS["weakness"]
    if state == DIFFERS:
        for part, status in zip(split(box, 2), ("strength", "weakness"), strict=True):
            draw_tiles(axes, [part], [3], MARKS[status], **plain)
    elif state in MARKS:
        draw_tiles(axes, [box], [3], MARKS[state], **plain)
    elif state in UNJUDGED:
        UNJUDGED[state](axes, [box])
    elif state == "notice":
        draw_required(axes, [box], [2])
    else:
        draw_tiles(axes, [box], [1], weak, hollow=state == "secondary", thin=state == "thin")


def _draw_key(axes: Axes, top: float) -> float:
    """Draw the key in lines over the whole width; return where it ends."""
    y = top
    for entry, x, y in lay_key(_key_entries(), top, gap=0.2, pitch=KEY_TILE + 0.05):
        if entry.state != NO_DOCUMENT:
            _draw_sample(axes, entry.state, Box(x, y, x + entry.room - 0.08, y + KEY_TILE))
        write(axes, x + entry.room, y + (KEY_TILE - LINE) / 2, entry.words)
    return y + KEY_TILE + 0.1


def _status_words(row: Row) -> str:
    if row["layer"] == "notice":
        return plural(int(str(row["votes"])), "required action")
    status = str(row["status"])
    return ABSENCES[status].label if status in ABSENCES else status


def _spot_label(row: Row, theme: str, when: str) -> str:
    """Name a cell, as `Supervision, Nov 2024: weakness, 2 findings`."""
    parts = [f"{theme}, {when}: {_status_words(row)}"]
    if row["layer"] != "notice":
        parts.append(plural(finding_count(row), "finding"))
    parts += ["thin"] if row["thin"] else []
    parts += ["secondary source"] if row["layer"] == "secondary" else []
    return ", ".join(parts)


def _reader_table(marks: pd.DataFrame, visits: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return the marks with labels, as a reader would write them."""
    judged = marks["status"].isin(MARKS) | (marks["layer"] == "notice")
    rows = marks.to_dict("records")
    return pd.DataFrame(
        {
            "Theme": [codebook.theme(theme).name for theme in marks["theme"]],
            "Visit": marks["visit"].map(visits.set_index("visit")["short"]),
            "Status": [_status_words(row) for row in rows],
            "Votes (n)": pd.to_numeric(marks["votes"]).where(judged).astype("Int64"),
            "Flags": [", ".join(told_flags(row)) for row in rows],
            "By cohort": marks["how"].map(by_cohort),
            "Source": marks["layer"].map(LAYERS),
        }
    ).reset_index(drop=True)


def _tally(marks: pd.DataFrame, visit: str) -> str:
    """Count the judged themes of one visit by status."""
    found = marks.loc[marks["visit"] == visit, "status"].value_counts()
    counts = [(int(found.get(status, 0)), mark.word) for status, mark in MARKS.items()]
    return ", ".join(f"{n} {word}" for n, word in counts)


def _weak(marks: pd.DataFrame, visit: str, parts: Parts) -> str:
    """Count the themes judged a weakness at a visit, for some cohort at least."""
    ours = marks[marks["visit"] == visit]
    weak = [
        status == "weakness" or "weakness" in parts.get((theme, visit), {})
        for theme, status in zip(ours["theme"], ours["status"], strict=True)
    ]
    return f"{sum(weak)} of {len(weak)}"


def _alt(
    marks: pd.DataFrame, visits: pd.DataFrame, codebook: Codebook, authority: str, parts: Parts
) -> str:
    start = (
        f"Matrix of the status of {plural(len(codebook.ids), 'theme')} in {authority} at "
        f"{plural(len(visits), 'visit')}, {period(visits)}."
    )
    ours = marks[(marks["layer"] == "primary")]
    judged = ours[ours["status"].isin(MARKS)]
    if judged.empty:
        return f"{start} No theme was judged in the documents held."
    seen = visits[visits["visit"].isin(judged["visit"])]
    ends = list(dict.fromkeys([seen["visit"].iloc[0], seen["visit"].iloc[-1]]))
    when = visits.set_index("visit")["start"].map(month)
    change = " and ".join(f"{_weak(judged, v, parts)} in {when[v]}" for v in ends)
    said = [
        f"In {when[v]} {int((judged['visit'] == v).sum())} of {plural(len(codebook.ids), 'theme')} "
        f"were judged: {_tally(judged, v)}."
        for v in ends
    ]
    unseen = int((ours["status"] == "not in scope").sum())
    gaps = f"{plural(unseen, 'cell')} {were(unseen)} not looked at."
    main = f"Judged a weakness for some cohort at least: {change}."
    return " ".join([start, main, *said, gaps])


def _caption(marks: pd.DataFrame, visits: pd.DataFrame, codebook: Codebook, authority: str) -> str:
    looked = visits[visits["kind"] != NOTICE]
    ours = marks[marks["layer"] == "primary"]
    judged = ours["status"].isin(MARKS)
    cells = len(looked) * len(codebook.ids)
    return (
        f"Status of each theme at each visit to {authority}, {period(visits)}. Read along a row to "
        "follow a theme; a hatched cell was not looked at and a cell with a dash was looked at "
        "without anything being reported: neither means that a weakness was put right. "
        f"Of {plural(cells, 'cell')} ({plural(len(codebook.ids), 'theme')}, "
        f"{plural(len(looked), 'visit')}, notices aside) {int(judged.sum())} carry a judgement, "
        f"{int(ours.loc[judged, 'thin'].sum())} of them thin; {cells - len(ours)} have no "
        "inspectors' document."
    )


def matrix(
    statuses: pd.DataFrame,
    secondary: pd.DataFrame,
    coded: pd.DataFrame,
    visits: pd.DataFrame,
    codebook: Codebook,
    *,
    authority: str,
) -> Chart:
    """Draw themes against visits.

    Parameters
    ----------
    statuses, secondary
        `Results.statuses` and `Results.secondary`; the rows over all cohorts are drawn.
    coded
        `Results.coded`, for what notices require.
    visits, codebook
        Of `AuthorityData`.
    authority
        The name to show.

    Returns
    -------
    Chart
        Hotspots lead from each cell with findings to `#e-<theme>--<visit>`.
    """
    marks = marks_of(statuses, secondary, coded, visits, codebook)
    parts = parts_of(statuses, secondary, marks)
    columns = lay_columns(visits, LABEL, WIDTH - EDGE)
    with house_style():
        draft = inch_axes(new_figure(WIDTH, 1))
        key_end = _draw_key(draft, 0.1)
        heads_end = draw_heads(draft, columns, key_end)
        rows = _lay_rows(codebook, heads_end)
        figure = new_figure(WIDTH, rows.bottom + EDGE)
        axes = inch_axes(figure)
        _draw_grounds(axes, columns, key_end + LINE + 0.13, rows.bottom)
        _draw_key(axes, 0.1)
        draw_heads(axes, columns, key_end)
        _draw_labels(axes, codebook, rows, columns.right)
        breaks = [first for _name, first, _end in framework_spans(columns.visits)[1:]]
        boxes = [
            _cell(rows, columns, breaks, theme, int(place))
            for theme, place in zip(marks["theme"], marks["column"], strict=True)
        ]
        _draw_cells(axes, marks, boxes, parts)
        draw_breaks(axes, columns, key_end if columns.tiers == 1 else heads_end, rows.bottom)
    return Chart(
        figure=figure,
        alt=_alt(marks, visits, codebook, authority, parts),
        caption=_caption(marks, visits, codebook, authority),
        data=_reader_table(marks, visits, codebook),
        hotspots=tuple(_spots(axes, marks, boxes, visits, codebook)),
        name="matrix",
    )


def _spots(
    axes: Axes, marks: pd.DataFrame, boxes: Sequence[Box], visits: pd.DataFrame, codebook: Codebook
) -> Iterable[Hotspot]:
    when = visits.set_index("visit")["short"]
    for row, box in zip(marks.to_dict("records"), boxes, strict=True):
        if row["findings"]:
            label = _spot_label(row, codebook.theme(row["theme"]).name, when[row["visit"]])
            yield cell_spot(axes, box, row["theme"], row["visit"], label)
