"""Lines that lead into the sections of a report, and what stands beside its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

import pandas as pd

from analysis.dates import month
from analysis.english import join, lower, plural, sentence_case, were
from analysis.report.sentences.paths import paths_of
from analysis.report.sentences.plain import briefly
from analysis.report.sentences.sentence import titles_of
from analysis.report.sentences.unseen import Unseen
from analysis.report.tables.lasting import Lasting
from analysis.report.tables.needs import Followed, coming_back
from analysis.report.tables.news import (
    AGAIN,
    COUNTED,
    FIRST,
    RIGHT,
    SILENT,
    TITLES,
    News,
)
from analysis.results.columns import columns, whens
from analysis.results.grades import Graded, grade_sign, grades_of_areas
from analysis.results.results import Results, latest_read
from analysis.results.staves import GROUPS, NOT_LOOKED, read_visits, staves_of
from analysis.tables import records
from analysis.vocabulary import (
    ALL_COHORTS,
    AREAS,
    ENDS,
    INSPECTIONS,
    LATEST,
    NOTICE,
    named_areas,
)


def period(results: Results) -> str:
    """Say from when to when visits were."""
    starts = list(results.data.visits.sort_values("order")["start"])
    ends = list(dict.fromkeys([month(starts[0]), month(starts[-1])]))
    return f"inspections {'from ' if len(ends) > 1 else 'of '}{' to '.join(ends)}"


def graded(results: Results, area: str) -> str:
    """Say the grades of an area at each inspection, each run of one grade once."""
    when = whens(results)
    runs = groupby(grades_of_areas(results).get(area, []), key=lambda g: (g.grade, g.shared_with))
    parts = []
    for (grade, shared), run in runs:
        times = join([when[each.visit] for each in run])
        parts.append(f"{grade} in {times}{' (shared)' if shared else ''}")
    return ", ".join(parts)


def standing(results: Results, themes: Sequence[str]) -> str:
    """Say how the rows of the glance stand at the latest visit."""
    rows = [s for cohorts in GROUPS.values() for s in staves_of(results).of(cohorts, themes)]
    now = [stave.latest for stave in rows]
    counts = {
        "strong": sum(len(c.marks) == 1 and c.marks[0].level == "strength" for c in now),
        "mixed": sum(len(c.marks) > 1 or any(m.level == "mixed" for m in c.marks) for c in now),
        "weak": sum(len(c.marks) == 1 and c.marks[0].level == "weakness" for c in now),
        "not mentioned": sum(not c.marks and c.state != NOT_LOOKED for c in now),
        "not looked at": sum(c.state == NOT_LOOKED for c in now),
    }
    when = whens(results).get(latest_read(results), "the latest visit")
    said = join([f"{count} {word}" for word, count in counts.items() if count])
    return f"High is a strength, low a weakness. Of {plural(len(rows), 'row')}, in {when}: {said}."


def glance_caption(results: Results) -> str:
    """Say what the glance shows, and which visits it leaves out."""
    visits = {str(row["visit"]): row for row in records(results.data.visits)}
    when, read = whens(results), read_visits(results)
    scopes: dict[str, list[str]] = {}
    for visit in read:
        if visits[visit]["kind"] not in INSPECTIONS:
            scope = _brief(str(visits[visit]["scope"])) or "scope not known"
            scopes.setdefault(scope, []).append(when[visit])
    short = [f"{join(times)} ({scope})" for scope, times in scopes.items()]
    out = [when[v] for v, row in visits.items() if v not in read and row["kind"] != NOTICE]
    notices = [when[v] for v, row in visits.items() if row["kind"] == NOTICE]
    narrow = f", narrow ones shorter visits: {'; '.join(short)}" if short else ""
    unread = f"{join(out)} (no inspectors’ letter is held)" if out else ""
    asked = f"the government’s notice of {join(notices)}" if notices else ""
    parts = [
        f"What inspectors said of each theme at each visit, {results.data.name}.",
        f"Wide columns are full inspections{narrow}.",
        f"Not drawn: {'; '.join(filter(None, (unread, asked)))}." if unread or asked else "",
    ]
    return " ".join(filter(None, parts))


def _brief(scope: str) -> str:
    """Return the first words of a visit's scope.

    Examples
    --------
    >>> _brief("The front door: decisions in the hub, and early help")
    'the front door'
    """
    return lower(re.split(r"[:;,.]", scope, maxsplit=1)[0])


def inspection_before(results: Results) -> str:
    """Name the full inspection whose recommendations are followed."""
    table = results.recommendations
    return f"the {titles_of(results)[str(table['visit'].iloc[0])]}" if len(table) else ""


def news_lead(results: Results, told: News, when: str, faults: int) -> str:
    """Say in a line what the latest visit brought, and if it was a short one, where it looked.

    Parameters
    ----------
    faults
        How many faults are new.
    """
    if results.data.needs.empty:
        return (
            "What was new cannot be said: that takes a reader who links needs from visit to visit."
        )
    short = _short(results)
    stand = plural(faults, "fault it found stands", "faults it found stand")
    new = f" Beside these, {stand} in no earlier document." if faults else ""
    if not told:
        none = f"The visit of {when} raised no need and found none met." if when else ""
        return f"{none}{new}{short}"
    counts = [
        f"{len(told.first) + len(told.other)} {COUNTED[FIRST]}",
        f"{len(told.again)} {COUNTED[AGAIN]}",
        f"{len(told.right)} {COUNTED[RIGHT]}",
        *([f"{len(told.better)} found better or met in part"] if told.better else []),
    ]
    return f"{_grade(results)}Needs in {when}: {join(counts)}.{new}{short}"


def _grade(results: Results) -> str:
    """Say the overall grade that the latest visit gave, the one before, and what areas' moved."""
    latest = latest_read(results)
    every = {
        area: grades
        for area, grades in grades_of_areas(results).items()
        if grades[-1].visit == latest
    }
    grades = every.pop("overall", [])
    if not grades:
        return ""
    before = grades[-2] if len(grades) > 1 else None
    after = f", after {before.grade} in {whens(results)[before.visit]}" if before else ""
    moved = "".join(
        f"Grades that {word}: {join(named)}. "
        for word, way in (("rose", 1), ("fell", -1))
        if (named := [AREAS[area].lower() for area, own in every.items() if _way(own) == way])
    )
    return f"Overall grade: {grades[-1].grade}{after}. {moved}"


def _way(grades: Sequence[Graded]) -> int:
    """Which way the latest grade of an area went from the one before: 1 up, -1 down."""
    return grade_sign(grades[-2].grade, grades[-1].grade) if len(grades) >= ENDS else 0


def _short(results: Results) -> str:
    """Say of a short visit that was the latest what it looked at, and what it found otherwise."""
    latest = latest_read(results)
    visits = results.data.visits.set_index("visit")
    if not latest or visits["kind"][latest] in INSPECTIONS:
        return ""
    looked = join([AREAS[area].lower() for area in named_areas(str(visits["areas"][latest]))])
    seen = f" It looked at {looked} only." if looked else ""
    rows = results.changes
    rows = rows[(rows["visit"] == latest) & (rows["comparison"] == LATEST)]
    told = [
        f" {head} than when last judged: {'; '.join(named)}."
        for head, way in (("Better", 1), ("Worse", -1))
        if (named := _moved(results, rows[rows["steps"].fillna(0) * way > 0]))
    ]
    return seen + "".join(told)


def _moved(results: Results, changes: pd.DataFrame) -> list[str]:
    """Name themes and groups that moved, the farthest first, with what was found before and now."""
    names, when, said = results.data.codebook, whens(results), paths_of(results)
    own = changes[changes["cohort"] != ALL_COHORTS].sort_values(
        "steps", key=abs, ascending=False, kind="stable"
    )
    moved = []
    for row in records(own):
        theme, cohort, before = (str(row[name]) for name in ("theme", "cohort", "before"))
        whom = f" ({name})" if (name := briefly(cohort)) else ""
        then, now = (said.how(theme, [cohort], str(row[name])) for name in ("before", "visit"))
        moved.append(
            f"{lower(names.theme(theme).name)}{whom}, {then} in {when[before]} and {now} now"
        )
    rest = len(moved) - MOST_MOVED
    return [*moved[:MOST_MOVED], f"and {rest} more"] if rest > 0 else moved


def news_groups(told: News) -> list[tuple[str, Sequence[Followed], str, str]]:
    """Head the lists of what is new; the last is what stands where a list is empty.

    What was found better or met in part stands with what was put right.
    """
    listed = {
        FIRST: ((*told.first, *told.other), "Inspectors raised nothing for the first time."),
        AGAIN: (told.again, "Inspectors raised nothing again."),
        RIGHT: (told.right, "Inspectors named nothing as put right."),
        SILENT: (
            told.silent,
            "Nothing to list. What a short visit does not mention is not listed here.",
        ),
    }
    return [(TITLES[head], needs, COUNTED[head], empty) for head, (needs, empty) in listed.items()]


def lasting_lead(told: Lasting) -> str:
    """Say what the lists of what lasted compare, or that there is nothing to list."""
    if not told:
        return "Nothing plainly got better or worse."
    return "Paths run over all full inspections, from the first to the latest."


def needs_lead(results: Results, needs: Sequence[Followed]) -> str:
    """Say how many needs came back."""
    again = coming_back(needs)
    now = sum(need.now == "raised" for need in again)
    when = whens(results).get(latest_read(results), "")
    if not again:
        return "No need was raised at more than one of these visits."
    every = sum(need.raised > 0 for need in needs)
    raised = f"{len(again)} of {plural(every, 'need')} {were(len(again))} raised"
    return f"{raised} at more than one visit; {now or 'none'} of them again in {when}."


def still_raised(
    results: Results, needs: Sequence[Followed]
) -> list[tuple[str, Sequence[Followed]]]:
    """List needs of the first inspection that the latest visit raised again, with a head.

    Where a shorter visit is the latest, also those that the last full inspection raised.
    """
    again, when, read = coming_back(needs), whens(results), read_visits(results)
    lists: list[tuple[str, Sequence[Followed]]] = []
    old = [n for n in again if n.moments[0].visit == read[0] and n.now == "raised"] if read else []
    if old:
        latest = when[latest_read(results)]
        count = f"{len(old)} {were(len(old))} raised"
        met = sum(bool(need.met) for need in old)
        between = f" ({met} of them met in between)" if met else ""
        lists.append(
            (f"{count} in {old[0].moments[0].when} already, and in {latest}{between}", old)
        )
    full = [column.visit for column in columns(results) if column.kind == "full"]
    if len(full) >= ENDS and full[-1] != latest_read(results):
        first, last = when[full[0]], when[full[-1]]
        both = [need for need in again if {full[0], full[-1]} <= _raised(need)]
        count = f"{len(both)} of {first} {were(len(both))} raised"
        lists += [(f"{count} at the full inspection of {last}", both)] if both else []
    return lists


def still_raised_said(results: Results, needs: Sequence[Followed]) -> str:
    """Name the first of them in sentences, for where there is no room for lists."""
    return " ".join(f"{head}: {_named(old)}." for head, old in still_raised(results, needs))


def _raised(need: Followed) -> set[str]:
    return {moment.visit for moment in need.moments if moment.kind == "raised"}


def _named(needs: Sequence[Followed]) -> str:
    """Name needs, the first of them where they are many."""
    named = "; ".join(lower(need.wording) for need in needs[:MOST_NAMED])
    rest = len(needs) - MOST_NAMED
    return f"{named}; and {rest} more" if rest > 0 else named


MOST_MOVED: Final = 6
"""Themes and groups that the lead to what is new names of those that moved one way."""
MOST_NAMED: Final = 5
"""Needs that the lead names."""


def strong_lead(results: Results, groups: Sequence[tuple[str, Any]]) -> str:
    """Lead into what inspectors called strong."""
    count = sum(len(items) for _, items in groups)
    when = whens(results).get(latest_read(results), "")
    if not count:
        if not when:
            return "No visit is read."
        return f"No theme was called strong in {when} with nothing said against it."
    said = f"In {when} inspectors called {plural(count, 'theme')} strong with nothing said against"
    return f"{said} {'it' if count == 1 else 'them'}, each for the group named."


def unseen_lead(rows: Sequence[Unseen], title: str) -> str:
    """Say what it means that nobody looked."""
    if not title:
        return "No inspectors’ document is held of any of these visits."
    if not rows:
        return (
            f"Every theme that was ever judged was judged again at the latest visit, the {title}."
        )
    return (
        f"{plural(len(rows), 'theme')} and groups that were judged before were not judged at the "
        f"{title}. That is no sign that they got better."
    )


def never(results: Results, themes: Sequence[str]) -> str:
    """Name the themes that no visit ever judged."""
    judged = set(results.judged()["theme"])
    names = [results.data.codebook.theme(t).name.lower() for t in themes if t not in judged]
    return f"Judged at none of these visits: {join(names)}." if names else ""


def sources(results: Results) -> list[str]:
    """Say of which visits no inspectors' document is held, and what others tell of them."""
    return list(_sources(results))


def _sources(results: Results) -> Iterator[str]:
    data, titles = results.data, titles_of(results)
    for row in records(data.visits):
        title = titles[str(row["visit"])]
        if row["held"] == "none":
            note = str(row["note"]).rstrip(" .")
            yield f"Of the {title} no document is held.{f' {note}.' if note else ''}"
        elif row["held"] == "secondary":
            publishers = data.documents.loc[data.documents["visit"] == row["visit"], "publisher"]
            counted = (
                "as asked, it counts" if results.include_secondary else "it sets no level here"
            )
            yield (
                f"{sentence_case(title)}: only an account by {join(sorted(set(publishers)))} is "
                f"held; {counted}."
            )


def documents(results: Results) -> str:
    """Name the documents that were read, by whom each was published and when."""
    table = results.data.documents.sort_values("published")
    names = [
        f"{row['title']} ({row['publisher']}, {row['published'][:4] or 'no date'})"
        for row in records(table[table["source"] == "primary"])
    ]
    shown = names if len(names) <= FEW else [f"{plural(len(names), 'document')} of inspectors"]
    return f"Read: {'; '.join(shown)}. All are listed in the report, with their addresses."


FEW: Final = 4
"""Documents that are named one by one."""
