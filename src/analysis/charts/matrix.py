"""Which theme stood how at which visit, and where did nobody look?

The report's central picture: themes down, visits across, one cell for each pair. A judged cell is a
tile with a symbol and the number of its paragraphs, dotted inside where it rests on little; where
cohorts differ, it is split into the directions found. A cell without a judgement says why: reported
without judging, looked at and not mentioned, not looked at, or no document held. Grey stands for
"nobody looked", so a gap can never be read as a problem solved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.parts.chart import Hotspot
from analysis.charts.parts.columns import Columns, draw_breaks, draw_heads, lay_columns
from analysis.charts.parts.drawing import EDGE, LINE, SIZE, WIDTH, Box, cell_spot, draw_boxes, write
from analysis.charts.parts.keys import Entry, lay_key
from analysis.charts.parts.kind import Kind
from analysis.charts.parts.style import (
    BAND,
    LOW,
    MARKS,
    MUTED,
    ON_LITTLE,
    inch_axes,
    new_figure,
    wrap,
)
from analysis.charts.parts.tiles import TILE, UNJUDGED, draw_required, draw_tiles, split
from analysis.charts.parts.visits import framework_spans, period
from analysis.data.codebook import Codebook
from analysis.dates import month
from analysis.english import by_cohort, plural, were
from analysis.results.confidence import SECONDARY
from analysis.results.marks import Part, Parts, marks_of, parts_of
from analysis.results.results import Results
from analysis.results.statuses import finding_count
from analysis.tables import Row, records
from analysis.vocabulary import (
    ABSENCES,
    DIFFERS,
    NO_DOCUMENT,
    NOTICE,
)

PITCH: Final = 0.318
"""Height of a cell: 24 px where a page shows `LEAST` of them to the inch, so A4 holds 34 themes."""
GAP: Final = 0.03
LABEL: Final = 1.92
SWATCH: Final = 0.44
KEY_TILE: Final = 0.3
"""Width and height of a tile in the key."""
LAYERS: Final = {"primary": "inspectors", "secondary": "secondary source", "notice": "notice"}


def _draw_cells(axes: Axes, marks: pd.DataFrame, boxes: Sequence[Box], parts: Parts) -> None:
    """Draw every mark, those of one look together."""
    looks: dict[tuple[str, str, bool], list[tuple[Box, int]]] = {}
    for row, cell in zip(records(marks), boxes, strict=True):
        whole = {str(row["status"]): Part(int(row["paragraphs"]), str(row["confidence"]))}
        inside = parts.get((row["theme"], row["visit"]), whole)
        pieces = split(cell.tall(TILE), len(inside))
        for (status, part), piece in zip(inside.items(), pieces, strict=True):
            look = (str(row["layer"]), status, part.confidence == LOW)
            looks.setdefault(look, []).append((piece, part.paragraphs))
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
    draw_boxes(axes, boxes, facecolor=BAND, zorder=0)


def _key_entries() -> list[Entry]:
    """Every state in words, in the order of the key."""
    words = {
        "strength": "strength, paragraphs",
        "mixed": "mixed",
        "weakness": "weakness",
        DIFFERS: "cohorts differ",
        "thin": f"dotted: {ON_LITTLE}",
        "reported, not judged": ABSENCES["reported, not judged"].label,
        "silent": ABSENCES["silent"].label,
        "not in scope": "nobody looked",
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
        draw_tiles(axes, [box], [1], weak, hollow=state == "secondary", thin=True)


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
        return plural(int(str(row["paragraphs"])), "required action")
    status = str(row["status"])
    return ABSENCES[status].label if status in ABSENCES else status


def _spot_label(row: Row, theme: str, when: str) -> str:
    """Name a cell, as `Supervision, Nov 2024: weakness, 2 findings`."""
    parts = [f"{theme}, {when}: {_status_words(row)}"]
    if row["layer"] != "notice":
        parts.append(plural(finding_count(row), "finding"))
    parts += [f"{ON_LITTLE} ({row['reasons']})"] if row["confidence"] == LOW else []
    told = SECONDARY in str(row["reasons"])
    parts += ["secondary source"] if row["layer"] == "secondary" and not told else []
    return ", ".join(parts)


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


class Matrix(Kind):
    """Themes against visits.

    Hotspots lead from each cell with findings to `#e-<theme>--<visit>`.
    """

    name = "matrix"
    label = "Matrix"
    question = "Which theme stood how at which visit, and where did nobody look?"
    nothing = "No theme was judged or reported in the documents held."

    def __init__(self, results: Results, themes: Sequence[str] = ()) -> None:
        super().__init__(results, themes)
        r, self.visits, self.book = results, results.data.visits, results.data.codebook
        self.marks = marks_of(r.statuses, r.secondary, r.coded, self.visits, self.book)
        self.parts = parts_of(r.statuses, r.secondary, self.marks)
        ours = self.marks[self.marks["layer"] == "primary"]
        self.ours, self.judged = ours, ours[ours["status"].isin(MARKS)]

    @property
    def empty(self) -> bool:
        """Whether no cell shows anything."""
        return self.marks.empty

    def draw(self) -> tuple[Figure, Iterable[Hotspot]]:
        """Draw the key, the visits as columns, and a cell for each theme and visit."""
        columns = lay_columns(self.visits, LABEL, WIDTH - EDGE)
        draft = inch_axes(new_figure(WIDTH, 1))
        key_end = _draw_key(draft, 0.1)
        heads_end = draw_heads(draft, columns, key_end)
        rows = _lay_rows(self.book, heads_end)
        figure = new_figure(WIDTH, rows.bottom + EDGE)
        axes = inch_axes(figure)
        _draw_grounds(axes, columns, key_end + LINE + 0.13, rows.bottom)
        _draw_key(axes, 0.1)
        draw_heads(axes, columns, key_end)
        _draw_labels(axes, self.book, rows, columns.right)
        breaks = [first for _name, first, _end in framework_spans(columns.visits)[1:]]
        boxes = [
            _cell(rows, columns, breaks, theme, int(place))
            for theme, place in zip(self.marks["theme"], self.marks["column"], strict=True)
        ]
        _draw_cells(axes, self.marks, boxes, self.parts)
        draw_breaks(axes, columns, key_end if columns.tiers == 1 else heads_end, rows.bottom)
        return figure, _spots(axes, self.marks, boxes, self.visits, self.book)

    def alt(self) -> str:
        """Tell how many themes were weak at both ends, and what nobody looked at."""
        themes, judged = plural(len(self.book.ids), "theme"), self.judged
        start = (
            f"Matrix of the status of {themes} in {self.authority} at "
            f"{plural(len(self.visits), 'visit')}, {period(self.visits)}."
        )
        if judged.empty:
            return f"{start} No theme was judged in the documents held."
        seen = self.visits[self.visits["visit"].isin(judged["visit"])]
        ends = list(dict.fromkeys([seen["visit"].iloc[0], seen["visit"].iloc[-1]]))
        when = self.visits.set_index("visit")["start"].map(month)
        change = " and ".join(f"{_weak(judged, v, self.parts)} in {when[v]}" for v in ends)
        said = [
            f"In {when[v]} {int((judged['visit'] == v).sum())} of {themes} "
            f"were judged: {_tally(judged, v)}."
            for v in ends
        ]
        unseen = int((self.ours["status"] == "not in scope").sum())
        gaps = f"{plural(unseen, 'cell')} {were(unseen)} not looked at."
        main = f"Judged a weakness for some cohort at least: {change}."
        return " ".join([start, main, *said, gaps])

    def caption(self) -> str:
        """Say how to read it, and how many cells hold a judgement."""
        looked = self.visits[self.visits["kind"] != NOTICE]
        little = int((self.judged["confidence"] == LOW).sum())
        cells = len(looked) * len(self.book.ids)
        return (
            f"Status of each theme at each visit to {self.authority}, {period(self.visits)}. Read "
            "along a row to follow a theme; a grey cell was not looked at and a cell with a dash "
            "was looked at and the theme not mentioned: neither means that a weakness was put "
            f"right. Of {plural(cells, 'cell')} ({plural(len(self.book.ids), 'theme')}, "
            f"{plural(len(looked), 'visit')}, notices aside) {len(self.judged)} carry a judgement, "
            f"{little} of them {ON_LITTLE}; {cells - len(self.ours)} have no inspectors' document."
        )

    def data(self) -> pd.DataFrame:
        """Return the marks with labels, as a reader would write them."""
        judged = self.marks["status"].isin(MARKS) | (self.marks["layer"] == "notice")
        rows = records(self.marks)
        return pd.DataFrame(
            {
                "Theme": [self.book.theme(theme).name for theme in self.marks["theme"]],
                "Visit": self.marks["visit"].map(self.visits.set_index("visit")["short"]),
                "Status": [_status_words(row) for row in rows],
                "Paragraphs": (
                    pd.to_numeric(self.marks["paragraphs"]).where(judged).astype("Int64")
                ),
                "Confidence": self.marks["confidence"],
                "Reasons": self.marks["reasons"],
                "By cohort": self.marks["how"].map(by_cohort),
                "Source": self.marks["layer"].map(LAYERS),
            }
        ).reset_index(drop=True)


def _spots(
    axes: Axes, marks: pd.DataFrame, boxes: Sequence[Box], visits: pd.DataFrame, codebook: Codebook
) -> Iterable[Hotspot]:
    when = visits.set_index("visit")["short"]
    for row, box in zip(records(marks), boxes, strict=True):
        if row["findings"]:
            label = _spot_label(row, codebook.theme(row["theme"]).name, when[row["visit"]])
            yield cell_spot(axes, box, row["theme"], row["visit"], label)
