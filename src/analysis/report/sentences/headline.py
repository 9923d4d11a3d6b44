"""The report's first words: what the grades, or the themes that were asked for, came to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Final

from analysis.english import join, lower, plural
from analysis.report.sentences.paths import paths_of
from analysis.results.columns import whens
from analysis.results.grades import grade_sign, grades_of_areas
from analysis.results.results import Results
from analysis.tables import records
from analysis.vocabulary import ALL_COHORTS

_FEW: Final = 3
"""Themes whose path the headline itself can say."""
_BACK: Final = {
    "requires improvement": "back at requires improvement",
    "adequate": "back at adequate",
}


def headline(results: Results, themes: Sequence[str] = ()) -> str:
    """Head the report with what was found.

    Parameters
    ----------
    themes
        Those that were asked for; none for the whole report.
    """
    place = results.data.name
    if themes:
        return _of_themes(results, themes)
    whose = f"{place}{APOSTROPHE}{'' if place.endswith('s') else 's'} services for children"
    graded = _overall(results)
    if not graded:
        return f"What inspectors found in {whose}"
    if len(graded) == 1:
        return f"Inspectors graded {whose} {graded[0][1]} in {graded[0][0]}"
    return f"{whose} {_course(graded)}"


APOSTROPHE: Final = "\N{RIGHT SINGLE QUOTATION MARK}"


def graded_said(results: Results) -> str:
    """Say the overall grades in order, each run of one grade once; blank where there is none."""
    runs: list[tuple[str, list[str]]] = []
    for when, grade in _overall(results):
        if runs and runs[-1][0] == grade:
            runs[-1][1].append(when)
        else:
            runs.append((grade, [when]))
    before = [grade for grade, _ in runs]
    return join([
        f"{grade}{' again' if grade in before[:at] else ''} in {join(times)}"
        for at, (grade, times) in enumerate(runs)
    ])  # fmt: skip


def _overall(results: Results) -> list[tuple[str, str]]:
    when = whens(results)
    return [(when[g.visit], g.grade) for g in grades_of_areas(results).get("overall", [])]


def _course(graded: Sequence[tuple[str, str]]) -> str:
    """Say how grades went, from two or more.

    Examples
    --------
    >>> _course([("2014", "inadequate"), ("2017", "good"), ("2024", "inadequate")])
    'got better in 2017, but were inadequate again in 2024'
    >>> _course([("2014", "good"), ("2018", "good")])
    'were graded good in 2014 and 2018'
    >>> _course([("2014", "inadequate"), ("2018", "requires improvement"), ("2022", "good")])
    'rose from inadequate in 2014 to good in 2022'
    >>> _course([("2014", "good"), ("2018", "outstanding"), ("2022", "outstanding")])
    'rose from good in 2014 to outstanding in 2018 and 2022'
    >>> _course([("2014", "good"), ("2018", "inadequate"), ("2022", "requires improvement")])
    'fell from good in 2014 to requires improvement in 2022, after inadequate in 2018'
    """
    (first_when, first), (last_when, last) = graded[0], graded[-1]
    steps = [grade_sign(before[1], now[1]) for before, now in pairwise(graded)]
    turn = grade_sign(first, last)
    if not any(steps):
        return f"were graded {last} in {join([when for when, _ in graded])}"
    if not turn:
        moved = next(at for at, step in enumerate(steps, start=1) if step)
        word = "got better" if steps[moved - 1] > 0 else "got worse"
        back = _BACK.get(last, f"{last} again")
        joint = ", but were" if steps[moved - 1] > 0 or last == "inadequate" else ", and were"
        return f"{word} in {graded[moved][0]}{joint} {back} in {last_when}"
    word = "rose" if turn > 0 else "fell"
    run = [when for when, grade in takewhile(lambda pair: pair[1] == last, reversed(graded))]
    text = f"{word} from {first} in {first_when} to {last} in {join(run[::-1])}"
    against = [pair for pair, step in zip(graded[1:], steps, strict=True) if step == -turn]
    if not against:
        return text
    far = [pair for pair in graded[1:-1] if _is_beyond(pair[1], first, last, turn)]
    return f"{text}, after {far[0][1]} in {far[0][0]}" if far else text


def _is_beyond(grade: str, first: str, last: str, turn: int) -> bool:
    """Whether a grade lies outside the way from the first to the last."""
    return grade_sign(last, grade) == turn or grade_sign(first, grade) == -turn


def _of_themes(results: Results, themes: Sequence[str]) -> str:
    codebook, place = results.data.codebook, results.data.name
    names = [codebook.theme(theme).name for theme in themes]
    if len(themes) > _FEW:
        return f"{place}: {plural(len(themes), 'theme')} that inspectors looked at"
    whole = results.paths[results.paths["cohort"] == ALL_COHORTS]
    rows = {str(row["theme"]): row for row in records(whole) if row["levels"]}
    said: list[str] = []
    for theme, name in zip(themes, names, strict=True):
        text = paths_of(results).said(rows[theme]) if theme in rows else ""
        said.append(f"{name if not said else lower(name)} {text}".strip())
    return f"{place}: {'; '.join(said)}"
