"""Which needs were raised again, and what became of them?

One row for each need that inspectors raised at two visits or more, drawn as a span from the first
visit that spoke of it to the latest. What is still raised stands above, the oldest first. The span
is dotted between visits, since nobody knows what held in between; a need that came back after it
was met begins a new span.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.parts.chart import Chart, Hotspot
from analysis.charts.parts.columns import Columns, draw_breaks, draw_heads, lay_columns
from analysis.charts.parts.drawing import (
    EDGE,
    LINE,
    SIZE,
    WIDTH,
    Box,
    draw_boxes,
    draw_symbols,
    spot,
    write,
)
from analysis.charts.parts.keys import Entry, lay_key
from analysis.charts.parts.style import (
    INK,
    MUTED,
    NAVY,
    ORANGE,
    TEAL,
    house_style,
    inch_axes,
    new_figure,
    wrap,
)
from analysis.charts.parts.tiles import TILE
from analysis.charts.parts.visits import missing_note, period
from analysis.dates import PartialDate, month
from analysis.english import plural
from analysis.results.needs import RAISING
from analysis.tables import Row
from analysis.vocabulary import COHORTS, NOTICE

HEADS: Final = ("date", "kind", "missing")
LABEL: Final = 3.4
RESULT: Final = 2.2
"""Room at the right for the count of visits and the years."""
BAND: Final = "#F3F2F1"
"""Ground of every other row, in place of gridlines."""
SAID: Final = "not addressed, as inspectors said"
RELATIONS_SHOWN: Final = {
    "raised": "Raised at",
    "not addressed": "Not addressed at",
    "progress": "Progress at",
    "met": "Met at",
    "required": "Required by notice",
}
BASES_SHOWN: Final = {"inspectors": "inspectors", "coder": "coder"}
NEED_COLUMNS: Final = [
    "need", "aspect", "cohort", "visits_raised", "run", "still", "first_raised", "opened",
    "latest_raised",
]  # fmt: skip
MARK_COLUMNS: Final = ["need", "visit", "column", "relation", "basis", "spell", "findings"]


@dataclass(frozen=True)
class _Row:
    """One need: its words, its results (lines, bold or not), where its row lies, what heads it."""

    need: str
    label: list[str]
    cohort: list[str]
    results: list[tuple[str, bool]]
    top: float
    bottom: float
    heading: str = ""

    @property
    def middle(self) -> float:
        """Height of its marks."""
        return (self.top + self.bottom) / 2


def needs_shown(ledger: pd.DataFrame, visits: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each need raised again, in the order of the chart.

    Needs raised at the latest visit of inspectors with a document come first. Of these and of the
    others the oldest come first, by the visit that opened the latest spell, which is the first that
    raised the need, or raised it again after it was met; then those raised at more visits.

    Returns
    -------
    pandas.DataFrame
        `need`, `aspect`, `cohort`, `visits_raised` (over all spells), `run` (in the latest
        spell), `still` (raised at the latest visit), `first_raised`, `opened` (first raised in the
        latest spell), `latest_raised`.
    """
    order = {visit: place for place, visit in enumerate(visits["visit"])}
    again = ledger.loc[ledger["raised_again"].astype(bool), "need"]
    ours = ledger[ledger["need"].isin(again)]
    latest = _latest(visits) if len(visits) else ""
    rows = []
    for need, spells in ours.sort_values("spell").groupby("need", sort=False):
        rows.append(
            {
                "need": need,
                "aspect": spells["aspect"].iloc[0],
                "cohort": spells["cohort"].iloc[0],
                "visits_raised": int(spells["visits_raised"].sum()),
                "run": int(spells["visits_raised"].iloc[-1]),
                "still": spells["latest_raised"].iloc[-1] == latest,
                "first_raised": spells["first_raised"].iloc[0],
                "opened": spells["first_raised"].iloc[-1],
                "latest_raised": spells["latest_raised"].iloc[-1],
            }
        )
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
    """Return what each visit said of the needs shown, in order; `column` is the visit's place."""
    places = {visit: place for place, visit in enumerate(visits["visit"])}
    kept = events[events["need"].isin(needs) & events["visit"].isin(places)]
    kept = kept.assign(column=kept["visit"].map(places), _n=kept["need"].map(list(needs).index))
    return kept.sort_values(["_n", "column"], kind="stable")[MARK_COLUMNS].reset_index(drop=True)


def _year(visits: pd.DataFrame, visit: str) -> str:
    starts = dict(zip(visits["visit"], visits["start"], strict=True))
    return str(PartialDate.parse(starts[visit]).year)


def _results(marks: pd.DataFrame, visits: pd.DataFrame) -> list[tuple[str, bool]]:
    """Say at how many visits a need was raised and in which years, spell by spell."""
    raised = marks[marks["relation"].isin(RAISING)]
    spells = [
        [_year(visits, visit) for visit in part["visit"]]
        for _spell, part in raised.groupby("spell")
    ]
    room = RESULT - 0.12
    lines = [
        (line, False)
        for years in spells[:-1]
        for line in wrap(f"raised {', '.join(years)}, then met;", room, SIZE)
    ]
    for years in spells[-1:]:
        lines.append((plural(len(years), "visit"), True))
        lines += [(line, False) for line in wrap(raised_words(years), room, SIZE)]
    return lines


def raised_words(years: Sequence[str]) -> str:
    """Say in which years the visits of a spell raised a need.

    Examples
    --------
    >>> raised_words(["2014"]), raised_words(["2014", "2024"])
    ('raised 2014', 'first raised 2014, latest 2024')
    >>> raised_words(["2014", "2017", "2021", "2024"])
    'first raised 2014, again 2017, 2021, latest 2024'
    """
    if len(years) == 1:
        return f"raised {years[0]}"
    again = [f"again {', '.join(years[1:-1])}"] if years[1:-1] else []
    return ", ".join([f"first raised {years[0]}", *again, f"latest {years[-1]}"])


# Drawing.


def _lay_rows(
    needs: pd.DataFrame, marks: pd.DataFrame, visits: pd.DataFrame, top: float
) -> list[_Row]:
    rows: list[_Row] = []
    said = ""
    when = month(dict(zip(visits["visit"], visits["start"], strict=True))[_latest(visits)])
    for need in needs.to_dict("records"):
        words = "Raised" if need["still"] else "Not raised"
        heading = f"{words} at the latest visit read, {when}; the oldest first"
        heading, said = ("" if heading == said else heading), heading
        top += 0.27 if heading else 0
        label = wrap(need["aspect"], LABEL - 0.2, SIZE)
        cohort = wrap(COHORTS[need["cohort"]], LABEL - 0.2, SIZE)
        results = _results(marks[marks["need"] == need["need"]], visits)
        lines = max(len(label) + len(cohort), len(results))
        bottom = top + max(TILE, lines * LINE) + 0.1
        rows.append(_Row(need["need"], label, cohort, results, top, bottom, heading))
        top = bottom
    return rows


def _draw_words(axes: Axes, row: _Row, right: float) -> None:
    """Write what the need is and whose, and at the right how often it was raised."""
    y = row.middle - (len(row.label) + len(row.cohort)) * LINE / 2
    write(axes, EDGE, y, row.label)
    write(axes, EDGE, y + len(row.label) * LINE, row.cohort, colour=MUTED, italic=True)
    y = row.middle - len(row.results) * LINE / 2
    for place, (line, bold) in enumerate(row.results):
        write(axes, right + 0.1, y + place * LINE, line, bold=bold)
    if row.heading:
        write(axes, EDGE, row.top - 0.23, row.heading, bold=True, size=SIZE + 1)


def _draw_spans(axes: Axes, columns: Columns, rows: Sequence[_Row], marks: pd.DataFrame) -> None:
    """Draw the dotted span of each spell, all as one line that is lifted between them."""
    height = {row.need: row.middle for row in rows}
    x: list[float] = []
    y: list[float] = []
    for (need, _spell), part in marks.groupby(["need", "spell"], sort=False):
        x += [columns.centre(int(part["column"].iloc[i])) for i in (0, -1)] + [nan]
        y += [height[str(need)]] * 2 + [nan]
    axes.plot(x, y, color=MUTED, lw=1.4, dashes=(1, 2), zorder=1)


def draw_event(axes: Axes, relation: str, places: Sequence[tuple[float, float]]) -> None:
    """Draw what visits said of a need."""
    if relation in RAISING:
        draw_symbols(axes, places, "v", fill=ORANGE, edge=INK, size=105, width=0.6, above=4)
    elif relation == "progress":
        draw_symbols(axes, places, "D", fill="white", edge=TEAL, size=62, width=1.8, above=4)
    elif relation == "met":
        draw_symbols(axes, places, "^", fill=NAVY, edge=NAVY, size=100, above=4)
    else:
        draw_symbols(axes, places, "s", fill="white", edge=INK, size=70, width=1.3, above=4)


def draw_bars(axes: Axes, places: Sequence[tuple[float, float]]) -> None:
    """Draw the bar over a mark: the document itself says that the need was not addressed."""
    bars = [Box(x - 0.1, y - 0.135, x + 0.1, y - 0.1) for x, y in places]
    draw_boxes(axes, bars, facecolor=INK, zorder=4)


def _draw_events(axes: Axes, columns: Columns, rows: Sequence[_Row], marks: pd.DataFrame) -> None:
    height = {row.need: row.middle for row in rows}
    for relation, part in marks.groupby("relation"):
        places = [
            (columns.centre(int(column)), height[need])
            for column, need in zip(part["column"], part["need"], strict=True)
        ]
        draw_event(axes, str(relation), places)
        said = (part["relation"] == "not addressed") & (part["basis"] == "inspectors")
        draw_bars(axes, [place for place, true in zip(places, said, strict=True) if true])


KEY: Final = {
    "raised": "raised",
    SAID: "raised, and the document itself says: not addressed",
    "progress": "progress",
    "met": "met",
    "required": "required by a notice",
    "span": "between visits: not known",
}


def _draw_key(axes: Axes, top: float) -> float:
    """Draw the key; return where it ends."""
    y = top
    entries = [Entry(state, words, 0.34) for state, words in KEY.items()]
    for entry, x, y in lay_key(entries, top, gap=0.24, pitch=0.28):
        _draw_sample(axes, entry.state, x + 0.14, y + LINE / 2)
        write(axes, x + entry.room, y, entry.words)
    return y + 0.4


def _draw_sample(axes: Axes, state: str, x: float, y: float) -> None:
    if state == "span":
        axes.plot([x - 0.14, x + 0.14], [y, y], color=MUTED, lw=1.4, dashes=(1, 2))
        return
    draw_event(axes, "raised" if state == SAID else state, [(x, y)])
    if state == SAID:
        draw_bars(axes, [(x, y)])


def _draw_body(
    axes: Axes, columns: Columns, rows: Sequence[_Row], marks: pd.DataFrame, ends: float
) -> None:
    """Draw the rows under the heads, which end at `ends`."""
    bottom = rows[-1].bottom
    draw_breaks(axes, columns, ends, bottom)
    bands = [Box(EDGE / 2, row.top, WIDTH - EDGE / 2, row.bottom) for row in rows[::2]]
    draw_boxes(axes, bands, facecolor=BAND, zorder=0)
    for row in rows:
        _draw_words(axes, row, columns.right)
    _draw_spans(axes, columns, rows, marks)
    _draw_events(axes, columns, rows, marks)


# Words and data.


def _reader_table(needs: pd.DataFrame, marks: pd.DataFrame, visits: pd.DataFrame) -> pd.DataFrame:
    """Return each need with the visits that spoke of it, as a reader would write them."""
    short = dict(zip(visits["visit"], visits["short"], strict=True))
    by_need: dict[str, list[Row]] = {}
    for mark in marks.to_dict("records"):
        by_need.setdefault(mark["need"], []).append(mark)
    spoken = [by_need.get(need, []) for need in needs["need"]]
    return pd.DataFrame(
        {
            "Need": needs["aspect"],
            "Cohort": needs["cohort"].map(COHORTS),
            "First raised": needs["first_raised"].map(short),
            "Latest raised": needs["latest_raised"].map(short),
            "Visits that raised it": needs["visits_raised"],
            **{
                words: [_dates(part, relation, short) for part in spoken]
                for relation, words in RELATIONS_SHOWN.items()
            },
            "Who links it": [_who_links(part) for part in spoken],
        }
    )


def _dates(marks: Iterable[Row], relation: str, short: Mapping[str, str]) -> str:
    return "; ".join(short[mark["visit"]] for mark in marks if mark["relation"] == relation)


def _who_links(marks: Iterable[Row]) -> str:
    """Count the visits by who says that they speak of the same need."""
    counts = Counter(mark["basis"] for mark in marks)
    return ", ".join(f"{BASES_SHOWN[b]} {counts[b]}" for b in BASES_SHOWN if b in counts)


def _alt(needs: pd.DataFrame, visits: pd.DataFrame, authority: str) -> str:
    start = f"Needs raised again at visits to {authority}, {period(visits)}."
    if needs.empty:
        return f"{start} No need was raised at more than one visit."
    top = needs.iloc[0]
    when = visits.set_index("visit")["start"]
    latest = _latest(visits)
    still = f"{int(needs['still'].sum())} of them at the latest one, in {month(when[latest])}"
    oldest = "the oldest of these" if top["still"] else "the oldest"
    more = ", and raised at most visits of those as old" if len(needs) > 1 else ""
    return (
        f"{start} {plural(len(needs), 'need was', 'needs were')} raised at two visits or more, "
        f"{still}; {oldest}{more}: \u201c{top['aspect']}\u201d ({COHORTS[top['cohort']]}), first "
        f"raised {_year(visits, top['opened'])}, latest {_year(visits, top['latest_raised'])}, "
        f"{plural(top['run'], 'visit')}."
    )


def _caption(needs: pd.DataFrame, ledger: pd.DataFrame, shown: int, visits: pd.DataFrame) -> str:
    if needs.empty:
        return (
            "Needs raised again. No need was raised at two visits or more in the documents held "
            f"({plural(ledger['need'].nunique(), 'need')} raised in all). {missing_note(visits)}"
        ).strip()
    rest = len(needs) - shown
    more = f" The picture shows {shown}; {rest} more are in the data." if rest else ""
    raised = plural(ledger["need"].nunique(), "need")
    return (
        f"Needs that were raised again: {len(needs)} of {raised}, {int(needs['still'].sum())} of "
        f"them raised at the latest visit too.{more} A visit without a mark said nothing of the "
        "need in the documents held, and nothing is known of the time between visits."
    )


def ledger_spans(
    ledger: pd.DataFrame,
    events: pd.DataFrame,
    visits: pd.DataFrame,
    *,
    authority: str,
    most: int = 20,
) -> Chart:
    """Draw the needs that were raised again.

    Parameters
    ----------
    ledger, events
        `Results.ledger` and `Results.events`.
    visits
        Of `AuthorityData`.
    authority
        The name to show.
    most
        How many needs to draw; the others are in the data only.

    Returns
    -------
    Chart
        Hotspots lead from each row to `#n-<need>`.
    """
    needs = needs_shown(ledger, visits)
    every = marks_of(events, visits, needs["need"].tolist())
    drawn = needs.head(most)
    marks = every[every["need"].isin(drawn["need"])]
    columns = lay_columns(visits, LABEL, WIDTH - EDGE - RESULT)
    with house_style():
        draft = inch_axes(new_figure(WIDTH, 1))
        key_end = _draw_key(draft, 0.12)
        heads_end = draw_heads(draft, columns, key_end, HEADS)
        rows = _lay_rows(drawn, marks, visits, heads_end + 0.05)
        bottom = rows[-1].bottom if rows else heads_end + 0.4
        figure = new_figure(WIDTH, bottom + 0.1)
        axes = inch_axes(figure)
        _draw_key(axes, 0.12)
        draw_heads(axes, columns, key_end, HEADS)
        if rows:
            _draw_body(axes, columns, rows, marks, heads_end if columns.tiers > 1 else key_end)
        else:
            write(axes, EDGE, heads_end + 0.1, "No need was raised at more than one visit.")
    return Chart(
        figure=figure,
        alt=_alt(needs, visits, authority),
        caption=_caption(needs, ledger, len(drawn), visits),
        data=_reader_table(needs, every, visits),
        hotspots=tuple(_spots(axes, rows, drawn)),
        name="ledger",
    )


def _spots(axes: Axes, rows: Sequence[_Row], needs: pd.DataFrame) -> Iterator[Hotspot]:
    for row, need in zip(rows, needs.to_dict("records"), strict=True):
        visits = plural(need["visits_raised"], "visit")
        label = f"{need['aspect']} ({COHORTS[need['cohort']]}): raised at {visits}"
        yield spot(axes, Box(EDGE, row.top, WIDTH - EDGE, row.bottom), f"#n-{row.need}", label)
