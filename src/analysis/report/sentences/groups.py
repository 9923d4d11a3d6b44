"""The story by groups of themes: where the latest look left each, what moved, what was long ago.

Each group has a short passage of sentences and a table with one row for each theme and cohort:
first judged, latest judged, and the grade of the area beside the latest. So a single question, such
as whether personal advisers' supervision is better than it was, is answered by one row.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from analysis.anchors import anchor
from analysis.english import COUNT, join, lower, plural, were, whole_number
from analysis.report.sentences.grades import levels_counted
from analysis.report.sentences.sentence import Sentence, titles_of
from analysis.report.sentences.templates import TEMPLATES
from analysis.results.grades import area_grades, grade_beside
from analysis.results.reliance import change_untold
from analysis.results.results import Results
from analysis.tables import Row
from analysis.vocabulary import (
    AREAS,
    COHORTS,
    JUDGED,
    SYMBOLS,
    told_flags,
)

ENDS: Final = 2
"""Looks that a row names with their dates: the first and the latest."""
TOPICS: Final[dict[str, str]] = {
    "improved": "Improved",
    "declined": "Declined",
    "not improved": "Not improved",
}
"""Kinds of movement, in words; where there is nothing to say of one, the story says so."""


@dataclass(frozen=True)
class Look:
    """A judged status as a place in a row: short date, level with its n and flags, anchor."""

    date: str
    told: str
    href: str


@dataclass(frozen=True)
class Thread:
    """A theme for one cohort over all visits: first and latest look (`first` None if only one).

    `times` counts the visits that judged it; `path` has their levels in order, where more than the
    first and the latest judged it; `grade` is the area's, at the latest of them.
    """

    cohort: str
    first: Look | None
    latest: Look
    times: int
    path: tuple[str, ...]
    grade: str

    @property
    def symbols(self) -> str:
        """The path in symbols."""
        return "".join(SYMBOLS[level] for level in self.path)


@dataclass(frozen=True)
class ThemeThreads:
    """A theme with its rows; none where it was never judged."""

    theme: str
    name: str
    threads: tuple[Thread, ...]


@dataclass(frozen=True)
class GroupStory:
    """What is told of a group: sentences, movements of its themes, and its rows."""

    anchor: str
    name: str
    sentences: tuple[Sentence, ...]
    movements: tuple[Sentence, ...]
    themes: tuple[ThemeThreads, ...]


def stories(results: Results, movements: list[Sentence]) -> list[GroupStory]:
    """Tell each group of themes, in the order of the codebook.

    Parameters
    ----------
    results
        What was computed.
    movements
        `movements` of the same results; each goes to its theme's group.
    """
    whole = results.whole().to_dict("records")
    threads = _threads(results)
    told = []
    for group in results.data.codebook.groups:
        themes = [theme for theme in results.data.codebook.themes if theme.group == group.id]
        ids = {theme.id for theme in themes}
        own = tuple(s for s in movements if s.theme in ids)
        if themes:
            told.append(
                GroupStory(
                    f"g-{group.id}",
                    group.name,
                    tuple(_passage(results, ids, whole, quiet=not own)),
                    own,
                    tuple(ThemeThreads(t.id, t.name, threads.get(t.id, ())) for t in themes),
                )
            )
    return told


def missing_kinds(results: Results, movements: list[Sentence]) -> list[tuple[str, str]]:
    """Say of each kind of movement that there is none, as kind and sentence; blank for one visit.

    Where nobody told what inspectors said of change, that is said and not taken for silence.
    """
    if len(results.data.visits) == 1:
        return []
    told = {sentence.topic for sentence in movements}
    words = TEMPLATES["none untold" if change_untold(results) else "none"]
    return [(name, words) for topic, name in TOPICS.items() if topic not in told]


def _passage(results: Results, ids: set[str], whole: list[Row], *, quiet: bool) -> list[Sentence]:
    titles = titles_of(results)
    place = {visit: i for i, visit in enumerate(titles)}
    rows = [row for row in whole if row["theme"] in ids and row["status"] in JUDGED]
    themes = plural(len(ids), "theme")
    if not rows:
        return [Sentence("group", TEMPLATES["group unjudged"].format(themes=themes))]
    latest = max((str(row["visit"]) for row in rows), key=lambda visit: place[visit])
    now = [row for row in rows if row["visit"] == latest]
    found = Counter(str(row["status"]) for row in now)
    said = [
        Sentence(
            "group",
            TEMPLATES["group judged"].format(
                visit=titles[latest],
                count=len(now),
                themes=themes,
                were=were(len(now)),
                levels=levels_counted(found),
            ),
        )
    ]
    if moved := _moved(results, ids, latest):
        said.append(Sentence("group", moved, "#changes"))
    said += _older(results, ids - {str(row["theme"]) for row in now}, rows, place)
    if quiet:
        said.append(
            Sentence(
                "group",
                TEMPLATES["group quiet untold" if change_untold(results) else "group quiet"],
            )
        )
    return said


def _moved(results: Results, ids: set[str], visit: str) -> str:
    """Count the comparisons of a group's themes at a visit; blank if there is none."""
    changes = results.changes
    here = changes[(changes["visit"] == visit) & changes["theme"].isin(ids)].to_dict("records")
    sure = [int(row["steps"]) for row in here if row["certainty"] in ("firm", "indicative")]
    thin = sum(row["certainty"] == "too thin to say" for row in here)
    if not sure:
        return ""
    return TEMPLATES["group moved"].format(
        compared=plural(len(sure), "comparison"),
        better=sum(step > 0 for step in sure),
        same=sum(step == 0 for step in sure),
        worse=sum(step < 0 for step in sure),
        thin=thin,
        were=were(thin) if thin else "were",
    )


def _older(
    results: Results, rest: set[str], rows: list[Row], place: dict[str, int]
) -> list[Sentence]:
    """Name the themes that the latest look left out, with when each was last judged."""
    dates = dict(zip(results.data.visits["visit"], results.data.visits["short"], strict=True))
    last: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: place[str(row["visit"])]):
        last[str(row["theme"])] = str(row["visit"])
    order = [theme for theme in results.data.codebook.themes if theme.id in rest]
    older = [f"{lower(t.name)} ({dates[last[t.id]]})" for t in order if t.id in last]
    never = [lower(t.name) for t in order if t.id not in last]
    said = []
    if older:
        said.append(
            Sentence("group", TEMPLATES["group older"].format(themes=join(older)), "#last-judged")
        )
    if never:
        said.append(
            Sentence("group", TEMPLATES["group never"].format(themes=join(never)), "#last-judged")
        )
    return said


def _threads(results: Results) -> dict[str, tuple[Thread, ...]]:
    """Rows by theme, cohorts in their usual order."""
    visits = results.data.visits.to_dict("records")
    place = {str(visit["visit"]): i for i, visit in enumerate(visits)}
    dates = {str(visit["visit"]): str(visit["short"]) for visit in visits}
    grades = area_grades(results)
    series: dict[tuple[str, str], list[Row]] = {}
    for row in results.judged().to_dict("records"):
        series.setdefault((str(row["theme"]), str(row["cohort"])), []).append(row)
    found: dict[str, list[Thread]] = {}
    for theme, cohort in sorted(series, key=lambda key: list(COHORTS).index(key[1])):
        rows = sorted(series[(theme, cohort)], key=lambda row: place[str(row["visit"])])
        area, grade = grade_beside(results, rows[-1], grades)
        found.setdefault(theme, []).append(
            Thread(
                COHORTS[cohort],
                look_of(rows[0], dates) if len(rows) > 1 else None,
                look_of(rows[-1], dates),
                len(rows),
                tuple(str(row["status"]) for row in rows) if len(rows) > ENDS else (),
                f"{AREAS[area]}: {grade}" if area else "",
            )
        )
    return {theme: tuple(threads) for theme, threads in found.items()}


def look_of(row: Row, dates: dict[str, str]) -> Look:
    """Say a row of statuses as a look; `dates` are the visits' short dates."""
    flags = told_flags(row)
    n = ", ".join([f"{COUNT}{whole_number(row['votes'])}", *flags])
    visit = str(row["visit"])
    return Look(dates[visit], f"{row['status']} ({n})", "#" + anchor(str(row["theme"]), visit))
