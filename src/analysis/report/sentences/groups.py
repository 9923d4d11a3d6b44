"""The story by groups of themes: where the latest look left each, what moved, what was long ago.

Each group has a short passage of sentences and a table with one row for each theme and cohort:
first judged, latest judged, the whole path, and the grade of the area beside the latest. So a
single question, such as whether personal advisers' supervision is better than it was, is answered
by one row.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from analysis.anchors import anchor
from analysis.english import COUNT, join, lower, plural, were, whole_number
from analysis.report.sentences.compared import SAID_OTHERWISE, counted
from analysis.report.sentences.grades import levels_counted
from analysis.report.sentences.sentence import Sentence, titles_of
from analysis.report.sentences.templates import TEMPLATES
from analysis.results.changes import like_with_like
from analysis.results.grades import area_grades, grade_beside
from analysis.results.matters import overruled
from analysis.results.reliance import findings_of
from analysis.results.results import Results
from analysis.tables import Row
from analysis.vocabulary import (
    ALL_COHORTS,
    AREAS,
    COHORTS,
    HARMS,
    JUDGED,
    SYMBOLS,
    TAGGER,
)

ENDS: Final = 2
"""Looks that a row names with their dates: the first and the latest."""
TOPICS: Final = ("improved", "declined", "not improved", "held")
"""Topics of sentences that a group tells: inspectors' words on its themes, and whole paths."""


@dataclass(frozen=True)
class Look:
    """A judged status as a place in a row: short date, level with n and confidence, anchor."""

    date: str
    told: str
    href: str


@dataclass(frozen=True)
class Thread:
    """A theme for one cohort over all visits: first and latest look (`first` None if only one).

    `times` counts the visits that judged it; `path` has their levels in order, where more than the
    first and the latest judged it; `word` is that of the path over full inspections; `grade` is the
    area's, at the latest of them.
    """

    cohort: str
    first: Look | None
    latest: Look
    times: int
    path: tuple[str, ...]
    word: str
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
    """What is told of a group: sentences on all of it, on its themes one by one, and its rows."""

    anchor: str
    name: str
    sentences: tuple[Sentence, ...]
    told: tuple[Sentence, ...]
    themes: tuple[ThemeThreads, ...]


def stories(results: Results, told: list[Sentence]) -> list[GroupStory]:
    """Tell each group of themes, in the order of the codebook.

    Parameters
    ----------
    results
        What was computed.
    told
        What is said of single themes; each goes to its theme's group.
    """
    whole = results.whole().to_dict("records")
    threads = _threads(results)
    groups = []
    for group in results.data.codebook.groups:
        themes = [theme for theme in results.data.codebook.themes if theme.group == group.id]
        ids = {theme.id for theme in themes}
        own = tuple(s for s in told if s.theme in ids)
        if themes:
            groups.append(
                GroupStory(
                    f"g-{group.id}",
                    group.name,
                    tuple(_passage(results, ids, whole)),
                    own,
                    tuple(ThemeThreads(t.id, t.name, threads.get(t.id, ())) for t in themes),
                )
            )
    return groups


def _passage(results: Results, ids: set[str], whole: list[Row]) -> list[Sentence]:
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
    if _is_quiet(results, ids):
        program = TAGGER in findings_of(results)
        text = TEMPLATES["group quiet by program" if program else "group quiet"]
        said.append(Sentence("group", text))
    return said


def _is_quiet(results: Results, ids: set[str]) -> bool:
    """Whether nobody compared themes, in words or by judging one twice at full inspections."""
    several = (results.paths["inspections"] > 1) & (results.paths["cohort"] != ALL_COHORTS)
    compared = {*results.said["theme"], *results.paths.loc[several, "theme"]}
    return compared.isdisjoint(ids)


def _moved(results: Results, ids: set[str], visit: str) -> str:
    """Count the comparisons like with like of a group's themes at a visit; blank if none."""
    changes = like_with_like(results.changes)
    here = changes[(changes["visit"] == visit) & changes["theme"].isin(ids)]
    rows = here[here["before"] != ""].to_dict("records")
    return counted(rows) if rows else ""


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
    paths = results.paths
    words = dict(zip(zip(paths["theme"], paths["cohort"], strict=True), paths["word"], strict=True))
    for row in overruled(results):
        words[(str(row["theme"]), str(row["cohort"]))] = SAID_OTHERWISE
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
                words.get((theme, cohort), ""),
                f"{AREAS[area]}: {grade}" if area else "",
            )
        )
    return {theme: tuple(threads) for theme, threads in found.items()}


def look_of(row: Row, dates: dict[str, str]) -> Look:
    """Say a row of statuses as a look; `dates` are the visits' short dates."""
    n = f"{COUNT}{whole_number(row['paragraphs'])}, {row['confidence']} confidence"
    harm = f", {HARMS[str(row['harm'])]}" if row["harm"] else ""
    visit = str(row["visit"])
    told = f"{row['status']} ({n}){harm}"
    return Look(dates[visit], told, "#" + anchor(str(row["theme"]), visit))
