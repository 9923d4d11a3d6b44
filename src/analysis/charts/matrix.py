"""Which theme stood how at which visit, and where did nobody look?

The report's central picture: themes down, visits across, one cell for each pair. A judged cell is a
tile with a symbol and its votes. A cell without a judgement says why: reported without judging,
looked at in silence, not looked at, or no document held. Hatching stands for "nobody looked", so a
gap can never be read as a problem solved.

The columns of visits, with their heads and the break between frameworks, serve other charts too.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text

from analysis.charts.chart import Chart, Hotspot
from analysis.charts.style import (
    INK,
    MARKS,
    MUTED,
    POINTS,
    Mark,
    house_style,
    inch_axes,
    new_figure,
    percent_box,
    text_width,
    wrap,
)
from analysis.charts.timeline import month, period, scope_words
from analysis.codebook import Codebook
from analysis.statuses import NOTICE
from analysis.vocabulary import (
    ALL_COHORTS,
    COHORTS,
    FRAMEWORKS,
    KINDS,
)

WIDTH: Final = 11.0
SIZE: Final = 9.0
"""Text of the charts, in points."""
LINE: Final = SIZE * 1.25 / POINTS
"""Distance of two lines of that text, in inches."""
TILE: Final = 0.37
"""Height of a tile: 24 px where the page shows 66 px to the inch."""
ROOMY: Final = 0.43
"""Tiles narrower than this get smaller symbols, so that two digits fit beside them."""
PITCH: Final = 0.4
GAP: Final = 0.03
LABEL: Final = 2.02
HEAD_SIZE: Final = 8.5
HEAD_LINE: Final = HEAD_SIZE * 1.25 / POINTS
HEAD: Final = 0.8
"""Room that the words over a column need; narrower columns take turns on several tiers."""
WIDEST: Final = 1.2
"""A column is never wider than this, however few the visits."""
EDGE: Final = 0.13
MAX_AREAS: Final = 3
"""More areas than this are counted in a column's head, not named."""
PALE: Final = "#F3F2F1"
"""Ground behind the columns that are no visit of inspectors; the words over it say which."""
NO_MARK: Final = "no document"
Record = dict[Hashable, Any]
"""A row of a table."""
LAYERS: Final = {"primary": "inspectors", "secondary": "secondary source", "notice": "notice"}
MARK_COLUMNS: Final = [
    "theme", "visit", "layer", "status", "votes", "strengths", "mixed", "weaknesses", "thin",
    "fragile", "incidental", "how", "findings",
]  # fmt: skip


# The columns of visits.


@dataclass(frozen=True)
class Columns:
    """Visits side by side, evenly spaced, in inches.

    Attributes
    ----------
    visits
        `AuthorityData.visits`, or some of its rows, in order.
    left, right
        Where the first column begins and the last one ends.
    """

    visits: pd.DataFrame
    left: float
    right: float

    @property
    def step(self) -> float:
        """Width of a column."""
        return (self.right - self.left) / max(len(self.visits), 1)

    @property
    def tiers(self) -> int:
        """On how many tiers the heads stand, so that each has room."""
        return ceil(HEAD / max(self.step, HEAD / 4) - 1e-9)

    def centre(self, place: int) -> float:
        """Middle of a column."""
        return self.left + (place + 0.5) * self.step

    def edge(self, place: int) -> float:
        """Left edge of a column."""
        return self.left + place * self.step


def lay_columns(visits: pd.DataFrame, left: float, right: float) -> Columns:
    """Spread visits between two places, not too wide and with room for the words over them."""
    right = min(right, left + WIDEST * max(len(visits), 1))
    columns = Columns(visits, left, right)
    return columns if columns.tiers == 1 else Columns(visits, left, right - HEAD / 4)


def plural(count: int, one: str, many: str = "") -> str:
    """Write a count with its noun.

    Examples
    --------
    >>> plural(1, "visit"), plural(3, "visit"), plural(2, "says", "say")
    ('1 visit', '3 visits', '2 say')
    """
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def scope_in_brief(areas: str) -> str:
    """Say in few words what a visit looked at: up to three areas by name, more by their count.

    Examples
    --------
    >>> scope_in_brief("front-door;early-help"), scope_in_brief("care-leavers")
    ('front door, early help', 'care leavers')
    >>> scope_in_brief("front-door;early-help;adoption;leadership")
    '4 areas'
    """
    words = scope_words(areas)
    count = words.count(", ") + 1
    return words if count <= MAX_AREAS else f"{count} areas"


def framework_spans(visits: pd.DataFrame) -> list[tuple[str, int, int]]:
    """Return each run of visits under one framework: name, first place, place after the last.

    A visit under none, such as a notice, belongs to the run in which it falls.

    Examples
    --------
    >>> framework_spans(pd.DataFrame({"framework": ["SIF", "", "ILACS", "ILACS"]}))
    [('SIF', 0, 2), ('ILACS', 2, 4)]
    """
    runs: list[tuple[str, int]] = []
    for place, name in enumerate(visits["framework"]):
        if not runs or (name and runs[-1][0] not in ("", name)):
            runs.append((name, place))
        elif name and not runs[-1][0]:
            runs[-1] = (name, runs[-1][1])
    starts = [place for _name, place in runs]
    ends = [*starts[1:], len(visits)]
    return [(name, first, end) for (name, first), end in zip(runs, ends, strict=False)]


def write(
    axes: Axes, x: float, y: float, words: str | Iterable[str], *, size: float = SIZE,
    colour: str = INK, align: str = "left", bold: bool = False, italic: bool = False,
) -> Text:  # fmt: skip
    """Write lines of text from a point downwards; nothing in them is read as mathematics."""
    return axes.text(
        x,
        y,
        words if isinstance(words, str) else "\n".join(words),
        size=size,
        color=colour,
        ha=align,
        va="top",
        weight="bold" if bold else "normal",
        style="italic" if italic else "normal",
        linespacing=1.1,
        parse_math=False,
    )


@dataclass(frozen=True)
class _Block:
    """Lines of one weight in a column's head."""

    lines: list[str]
    bold: bool = False
    italic: bool = False


def _head(visit: Record, width: float) -> list[_Block]:
    """Blocks of lines over a column: date, kind, scope, and what is not held."""
    notice = visit["kind"] == NOTICE
    scope = "required actions" if notice else scope_in_brief(visit["areas"])
    missing = {"none": NO_MARK, "secondary": "no inspectors' document"}.get(visit["held"], "")
    return [
        _Block(wrap(visit["short"], width, HEAD_SIZE, bold=True), bold=True),
        _Block(wrap(KINDS[visit["kind"]], width, HEAD_SIZE)),
        _Block(wrap(scope, width, HEAD_SIZE), italic=True),
        _Block(wrap(missing, width, HEAD_SIZE, bold=True), bold=True),
    ]


def draw_heads(axes: Axes, columns: Columns, top: float) -> float:
    """Draw the frameworks and, for each visit, date, kind and scope; return where they end."""
    top = _draw_frameworks(axes, columns, top)
    width = columns.step * columns.tiers - 0.06
    heads = [_head(visit, width) for visit in columns.visits.to_dict("records")]
    lines = max((sum(len(block.lines) for block in head) for head in heads), default=0)
    tier = lines * HEAD_LINE + 0.08
    bottom = top + columns.tiers * tier
    for place, head in enumerate(heads):
        x, level = columns.centre(place), place % columns.tiers
        y = _draw_head(axes, head, x, top + level * tier)
        if level < columns.tiers - 1:
            axes.plot([x, x], [y + 0.03, bottom - 0.03], color=MUTED, lw=0.5)
    return bottom


def _draw_head(axes: Axes, head: Sequence[_Block], x: float, y: float) -> float:
    for block in head:
        if block.lines:
            write(axes, x, y, block.lines, size=HEAD_SIZE, align="center", bold=block.bold,
                  italic=block.italic)  # fmt: skip
        y += len(block.lines) * HEAD_LINE
    return y


def _draw_frameworks(axes: Axes, columns: Columns, top: float) -> float:
    """Write the name of each framework over its visits, with a bracket."""
    spans = [s for s in framework_spans(columns.visits) if s[0]]
    room = [(end - first) * columns.step - 0.1 for _name, first, end in spans]
    roomy = all(text_width(FRAMEWORKS[s[0]], SIZE) < r for s, r in zip(spans, room, strict=True))
    for name, first, end in spans:
        left, right = columns.edge(first) + 0.04, columns.edge(end) - 0.04
        shown = FRAMEWORKS[name] if roomy else name
        write(axes, (left + right) / 2, top, shown, align="center", colour=MUTED)
        y = top + LINE + 0.05
        axes.plot([left, left, right, right], [y + 0.05, y, y, y + 0.05], color=MUTED, lw=0.8)
    return top + LINE + 0.16


def draw_breaks(axes: Axes, columns: Columns, top: float, bottom: float) -> None:
    """Draw a line where the framework changes; the names over it say from which to which."""
    for _name, first, _end in framework_spans(columns.visits)[1:]:
        x = columns.edge(first)
        axes.plot([x, x], [top, bottom], color="white", lw=5, zorder=2.5)
        axes.plot([x, x], [top, bottom], color=INK, lw=1.3, dashes=(5, 3), zorder=2.5)


def missing_note(visits: pd.DataFrame) -> str:
    """Name the visits of which no document by inspectors is held; blank if there is none."""
    lacking = visits[visits["held"] != "primary"]
    if lacking.empty:
        return ""
    names = ", ".join(month(start) for start in lacking["start"])
    return f"No inspectors' document is held of {plural(len(lacking), 'visit')} ({names})."


# The cells.


def marks_of(
    statuses: pd.DataFrame,
    secondary: pd.DataFrame,
    coded: pd.DataFrame,
    visits: pd.DataFrame,
    codebook: Codebook,
) -> pd.DataFrame:
    """Return one row for every cell that shows anything, in order of theme and visit.

    `layer` says who speaks: `primary`, `secondary` (only at visits of which no primary document
    sets a status) or `notice`, where `votes` counts the requirements.
    """
    whole = statuses[(statuses["cohort"] == ALL_COHORTS) & (statuses["status"] != NO_MARK)]
    whole = whole.assign(layer=whole["secondary"].map({True: "secondary", False: "primary"}))
    other = secondary[secondary["cohort"] == ALL_COHORTS].assign(layer="secondary")
    other = other[~other["visit"].isin(whole["visit"])]
    parts = [whole, other, _required(coded, visits)]
    table = pd.concat([part for part in parts if len(part)] or parts[:1])[MARK_COLUMNS]
    places = {visit: place for place, visit in enumerate(visits["visit"])}
    rows = {theme: row for row, theme in enumerate(codebook.ids)}
    table = table[table["visit"].isin(places) & table["theme"].isin(rows)]
    keys = pd.DataFrame({"row": table["theme"].map(rows), "column": table["visit"].map(places)})
    table = table.assign(row=keys["row"], column=keys["column"])
    return table.sort_values(["row", "column"], kind="stable").reset_index(drop=True)


def _required(coded: pd.DataFrame, visits: pd.DataFrame) -> pd.DataFrame:
    """Count what notices require, per theme."""
    notices = visits.loc[visits["kind"] == NOTICE, "visit"]
    rows = coded[coded["visit"].isin(notices) & (coded["role"] == "requirement")]
    return pd.DataFrame(
        [
            dict.fromkeys(MARK_COLUMNS, 0)
            | {"visit": visit, "theme": theme, "layer": "notice", "status": "required", "how": ""}
            | {"votes": part["finding"].nunique(), "findings": " ".join(part["finding"].unique())}
            | {"thin": False, "fragile": False, "incidental": False}
            for (visit, theme), part in rows.groupby(["visit", "theme"], sort=False)
        ],
        columns=MARK_COLUMNS,
    )


# Drawing.


@dataclass(frozen=True)
class Box:
    """A rectangle in inches from the upper left corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def inset(self, by: float) -> Box:
        """Return the rectangle that lies inside by that much."""
        return Box(self.x0 + by, self.y0 + by, self.x1 - by, self.y1 - by)


def draw_boxes(axes: Axes, boxes: Sequence[Box], **look: Any) -> None:
    """Draw rectangles of one look as one path, which keeps the picture small."""
    if not boxes:
        return
    corners = [
        [(b.x0, b.y0), (b.x1, b.y0), (b.x1, b.y1), (b.x0, b.y1), (b.x0, b.y0)] for b in boxes
    ]
    path = Path.make_compound_path(*(Path(c, closed=True) for c in corners))
    plain: dict[str, Any] = {"facecolor": "none", "linewidth": 0, "clip_on": False}
    axes.add_patch(PathPatch(path, **(plain | look)))


def draw_hatch(axes: Axes, boxes: Sequence[Box]) -> None:
    """Hatch rectangles: nobody looked."""
    draw_boxes(axes, boxes, hatch="////", edgecolor="#8A9196")


def draw_symbols(
    axes: Axes, places: Sequence[tuple[float, float]], symbol: str, *, fill: str, edge: str,
    size: float = 50, width: float = 0, above: float = 1,
) -> None:  # fmt: skip
    """Draw one symbol at several places, above what has a lower order."""
    if places:
        x, y = zip(*places, strict=True)
        axes.scatter(
            x, y, s=size, marker=symbol, facecolors=fill, edgecolors=edge, linewidths=width,
            zorder=above, clip_on=False,
        )  # fmt: skip


def draw_tiles(
    axes: Axes, boxes: Sequence[Box], counts: Sequence[int], mark: Mark, *, hollow: bool, thin: bool
) -> None:
    """Draw tiles of one status: symbol and votes; hollow and with a dotted edge where asked."""
    dots = {"linestyle": (0, (1.2, 1.6))} if thin else {}
    if hollow:
        draw_boxes(
            axes, [b.inset(0.012) for b in boxes], edgecolor=mark.fill, linewidth=1.7, **dots
        )
    else:
        draw_boxes(axes, boxes, facecolor=mark.fill)
    if thin and not hollow:
        inner = [b.inset(0.03) for b in boxes]
        draw_boxes(axes, inner, edgecolor="white", linewidth=1.4, **dots)
    places = [(b.middle[0] - 0.1, b.middle[1]) for b in boxes]
    fill, edge = ("none", mark.fill) if hollow else (mark.ink, "none")
    size = 62 if all(b.x1 - b.x0 >= ROOMY for b in boxes) else 30
    draw_symbols(
        axes, places, mark.symbol, fill=fill, edge=edge, size=size, width=1.3 if hollow else 0
    )
    _write_counts(axes, boxes, counts, INK if hollow else mark.ink)


def _write_counts(axes: Axes, boxes: Sequence[Box], counts: Sequence[int], colour: str) -> None:
    for box, count in zip(boxes, counts, strict=True):
        write(axes, box.middle[0] + 0.1, box.middle[1] - 0.07, str(count), colour=colour,
              align="center", size=10, bold=True)  # fmt: skip


def draw_reported(axes: Axes, boxes: Sequence[Box]) -> None:
    """Draw white tiles with a ring: reported, not judged."""
    draw_boxes(axes, [b.inset(0.008) for b in boxes], edgecolor=INK, linewidth=1.0)
    draw_symbols(axes, [b.middle for b in boxes], "o", fill="none", edge=INK, width=1.2)


def draw_silent(axes: Axes, boxes: Sequence[Box]) -> None:
    """Draw empty cells with a dash: looked at, nothing reported."""
    draw_boxes(axes, [b.inset(0.008) for b in boxes], edgecolor=MUTED, linewidth=0.6)
    dashes = [Box(x - 0.05, y - 0.01, x + 0.05, y + 0.01) for x, y in (b.middle for b in boxes)]
    draw_boxes(axes, dashes, facecolor=MUTED)


def draw_required(axes: Axes, boxes: Sequence[Box], counts: Sequence[int]) -> None:
    """Draw small open squares with a count: what a notice requires."""
    small = [Box(x - 0.135, y - 0.135, x + 0.135, y + 0.135) for x, y in (b.middle for b in boxes)]
    draw_boxes(axes, small, edgecolor=INK, facecolor="white", linewidth=1.1)
    for box, count in zip(boxes, counts, strict=True):
        write(axes, box.middle[0], box.middle[1] - 0.065, str(count), align="center")


def _draw_cells(axes: Axes, marks: pd.DataFrame, boxes: Sequence[Box]) -> None:
    """Draw every mark, those of one look together."""
    looks = marks[["layer", "status", "thin"]].assign(thin=marks["thin"].astype(bool))
    for (layer, status, thin), part in looks.groupby(["layer", "status", "thin"]):
        some = [boxes[i] for i in part.index]
        counts = [int(n) for n in marks.loc[part.index, "votes"]]
        if layer == "notice":
            draw_required(axes, some, counts)
        elif status in MARKS:
            mark, hollow = MARKS[str(status)], layer == "secondary"
            draw_tiles(axes, some, counts, mark, hollow=hollow, thin=bool(thin))
        else:
            _UNJUDGED[str(status)](axes, some)


_UNJUDGED: Final = {
    "reported, not judged": draw_reported,
    "silent": draw_silent,
    "not in scope": draw_hatch,
}


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
            y += 0.1 if groups else 0.02
            groups[theme.group] = y
            y += 0.25
        lines = len(wrap(theme.name, LABEL - 0.2, SIZE + 0.5))
        height = max(PITCH, lines * LINE + 0.08)
        themes[theme.id] = (y, y + height)
        y += height
    return _Rows(themes, groups, y + 0.02)


def _draw_labels(axes: Axes, codebook: Codebook, rows: _Rows, right: float) -> None:
    names = {group.id: group.name for group in codebook.groups}
    for group, y in rows.groups.items():
        write(axes, EDGE, y, names[group], bold=True, size=SIZE + 1)
        axes.plot([EDGE, right], [y + 0.21, y + 0.21], color=MUTED, lw=0.6)
    for theme in codebook.themes:
        y0, y1 = rows.themes[theme.id]
        lines = wrap(theme.name, LABEL - 0.2, SIZE + 0.5)
        write(axes, EDGE, (y0 + y1 - len(lines) * LINE) / 2, lines, size=SIZE + 0.5)


def _box(rows: _Rows, columns: Columns, theme: str, place: int) -> Box:
    middle = sum(rows.themes[theme]) / 2
    breaks = [first for _name, first, _end in framework_spans(columns.visits)[1:]]
    left = columns.edge(place) + GAP * (1.5 if place in breaks else 0.5)
    right = columns.edge(place + 1) - GAP * (1.5 if place + 1 in breaks else 0.5)
    return Box(left, middle - TILE / 2, right, middle + TILE / 2)


def _draw_grounds(axes: Axes, columns: Columns, top: float, bottom: float) -> None:
    """Set the columns of notices apart: they are no visits of inspectors."""
    places = [i for i, kind in enumerate(columns.visits["kind"]) if kind == NOTICE]
    boxes = [Box(columns.edge(i), top, columns.edge(i + 1), bottom) for i in places]
    draw_boxes(axes, boxes, facecolor=PALE, zorder=0)


# The key.


def _key_items() -> list[tuple[str, str]]:
    """Every state in words, in the order of the key."""
    return [
        *((status, mark.word) for status, mark in MARKS.items()),
        ("reported, not judged", "reported, not judged"),
        ("silent", "looked at, nothing reported"),
        ("not in scope", "not looked at: nobody looked, which does not mean \u201cfixed\u201d"),
        ("thin", "dotted edge: thin (one finding votes, or headlines only)"),
        ("secondary", "outline only: secondary source"),
        ("notice", "actions required by a notice"),
        (NO_MARK, "blank: no document held"),
    ]


def _draw_sample(axes: Axes, state: str, box: Box) -> None:
    """Draw one state as it looks in the matrix."""
    plain, weak = {"hollow": False, "thin": False}, MARKS["weakness"]
    if state in MARKS:
        draw_tiles(axes, [box], [3], MARKS[state], **plain)
    elif state in _UNJUDGED:
        _UNJUDGED[state](axes, [box])
    elif state == "notice":
        draw_required(axes, [box], [2])
    else:
        draw_tiles(axes, [box], [1], weak, hollow=state == "secondary", thin=state == "thin")


def _draw_key(axes: Axes, top: float) -> float:
    """Draw the key in lines over the whole width; return where it ends."""
    intro = "Number in a tile: votes, one for each finding and cohort that judges the theme."
    write(axes, EDGE, top, intro, colour=MUTED)
    x, y = EDGE, top + LINE + 0.08
    for state, words in _key_items():
        sample = 0 if state == NO_MARK else 0.44
        width = sample + 0.08 + text_width(words, SIZE) + 0.2
        if x > EDGE and x + width - 0.2 > WIDTH - EDGE:
            x, y = EDGE, y + TILE + 0.07
        if sample:
            _draw_sample(axes, state, Box(x, y, x + sample, y + TILE))
        write(axes, x + sample + 0.08, y + TILE / 2 - LINE / 2, words)
        x += width
    return y + TILE + 0.16


# Words and data.


def _status_words(row: Record) -> str:
    if row["layer"] == "notice":
        return plural(int(str(row["votes"])), "required action")
    status = {"silent": "looked at, nothing reported", "not in scope": "not looked at"}
    return status.get(str(row["status"]), str(row["status"]))


def _count(ids: object) -> int:
    return len(str(ids).split())


def _spot_label(row: Record, theme: str, when: str) -> str:
    """Name a cell, as `Supervision, November 2024: weakness, 2 findings`."""
    parts = [f"{theme}, {when}: {_status_words(row)}"]
    if row["layer"] != "notice":
        parts.append(plural(_count(row["findings"]), "finding"))
    parts += ["thin"] if row["thin"] else []
    parts += ["secondary source"] if row["layer"] == "secondary" else []
    return ", ".join(parts)


def cohort_words(how: str) -> str:
    """Write how cohorts differ with their names.

    Examples
    --------
    >>> cohort_words("care-leavers: mixed; not-stated: weakness")
    'care leavers: mixed; cohort not stated: weakness'
    """
    pairs = [part.split(": ", 1) for part in how.split("; ") if ": " in part]
    return "; ".join(f"{COHORTS.get(cohort, cohort)}: {status}" for cohort, status in pairs)


def _reader_table(marks: pd.DataFrame, visits: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return the marks with labels, as a reader would write them."""
    by_visit = visits.set_index("visit")
    votes = pd.to_numeric(marks["votes"])
    judged = marks["status"].isin(MARKS) | (marks["layer"] == "notice")
    flags = [
        ", ".join(flag for flag in ("thin", "fragile", "incidental") if row[flag])
        for row in marks.to_dict("records")
    ]
    return pd.DataFrame(
        {
            "Theme": [codebook.theme(theme).name for theme in marks["theme"]],
            "Group": [codebook.group_of(theme).name for theme in marks["theme"]],
            "Visit": marks["visit"].map(by_visit["label"]),
            "Kind": marks["visit"].map(by_visit["kind"]).map(KINDS),
            "Status": [_status_words(row) for row in marks.to_dict("records")],
            "Votes": votes.where(judged).astype("Int64"),
            "Findings": marks["findings"].map(_count),
            "Flags": flags,
            "By cohort": marks["how"].map(cohort_words),
            "Source": marks["layer"].map(LAYERS),
        }
    ).reset_index(drop=True)


def _tally(marks: pd.DataFrame, visit: str) -> str:
    """Count the judged themes of one visit by status."""
    found = marks.loc[marks["visit"] == visit, "status"].value_counts()
    counts = [(int(found.get(status, 0)), mark.word) for status, mark in MARKS.items()]
    return ", ".join(f"{n} {word}" for n, word in counts)


def _alt(marks: pd.DataFrame, visits: pd.DataFrame, codebook: Codebook, authority: str) -> str:
    start = (
        f"Matrix of the status of {plural(len(codebook.ids), 'theme')} in {authority} at "
        f"{plural(len(visits), 'visit')}, {period(visits)}."
    )
    ours = marks[(marks["layer"] == "primary")]
    judged = ours[ours["status"].isin(MARKS)]
    if judged.empty:
        return f"{start} No theme was judged in the documents held."
    seen = visits[visits["visit"].isin(judged["visit"])]
    ends = dict.fromkeys([seen["visit"].iloc[0], seen["visit"].iloc[-1]])
    when = visits.set_index("visit")["start"]
    said = [
        f"In {month(when[v])} {int((judged['visit'] == v).sum())} of {len(codebook.ids)} themes "
        f"were judged: {_tally(judged, v)}."
        for v in ends
    ]
    unseen = int((ours["status"] == "not in scope").sum())
    gaps = f"{plural(unseen, 'cell')} {'was' if unseen == 1 else 'were'} not looked at."
    return " ".join([start, *said, gaps])


def _caption(marks: pd.DataFrame, visits: pd.DataFrame, codebook: Codebook, authority: str) -> str:
    looked = visits[visits["kind"] != NOTICE]
    ours = marks[marks["layer"] == "primary"]
    found = ours["status"].value_counts()
    judged = ours["status"].isin(MARKS)
    cells = len(looked) * len(codebook.ids)
    hollow = int(((marks["layer"] == "secondary") & (marks["findings"] != "")).sum())
    return (
        f"Status of each theme at each visit to {authority}, {period(visits)}. Read along a row to "
        "follow a theme; a hatched cell was not looked at and a cell with a dash was looked at "
        "without anything being reported: neither means that a weakness was put right. "
        f"Of {cells} cells ({plural(len(codebook.ids), 'theme')}, {plural(len(looked), 'visit')}, "
        f"notices aside) {int(judged.sum())} carry a judgement, "
        f"{int(ours.loc[judged, 'thin'].sum())} of them thin; "
        f"{int(found.get('reported, not judged', 0))} report without judging, "
        f"{int(found.get('silent', 0))} are silent, {int(found.get('not in scope', 0))} were not "
        f"looked at and {cells - len(ours)} have no inspectors' document, {hollow} of which a "
        "secondary source reports."
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
        boxes = [
            _box(rows, columns, theme, int(place))
            for theme, place in zip(marks["theme"], marks["column"], strict=True)
        ]
        _draw_cells(axes, marks, boxes)
        draw_breaks(axes, columns, key_end if columns.tiers == 1 else heads_end, rows.bottom)
    return Chart(
        figure=figure,
        alt=_alt(marks, visits, codebook, authority),
        caption=_caption(marks, visits, codebook, authority),
        data=_reader_table(marks, visits, codebook),
        hotspots=tuple(_spots(axes, marks, boxes, visits, codebook)),
        name="matrix",
    )


def spot(axes: Axes, box: Box, href: str, label: str) -> Hotspot:
    """Return the hotspot over a rectangle of axes that lie in inches."""
    (x0, y0), (x1, y1) = axes.transData.transform([(box.x0, box.y0), (box.x1, box.y1)])
    figure = axes.figure.figure
    left, top, width, height = map(float, percent_box(figure, x0, y0, x1, y1))
    return Hotspot(left, top, width, height, href, label)


def _spots(
    axes: Axes, marks: pd.DataFrame, boxes: Sequence[Box], visits: pd.DataFrame, codebook: Codebook
) -> Iterable[Hotspot]:
    when = visits.set_index("visit")["start"].map(month)
    for row, box in zip(marks.to_dict("records"), boxes, strict=True):
        if row["findings"]:
            label = _spot_label(row, codebook.theme(row["theme"]).name, when[row["visit"]])
            yield spot(axes, box, f"#e-{row['theme']}--{row['visit']}", label)
