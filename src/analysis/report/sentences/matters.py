"""What a report says first, in sentences; `analysis.results.matters` has the rule."""

from __future__ import annotations

from analysis.report.sentences.areas import area
from analysis.report.sentences.grades import grades_moved
from analysis.report.sentences.paths import path
from analysis.report.sentences.raised import need
from analysis.report.sentences.sentence import Sentence, titles_of
from analysis.report.sentences.spoken import word
from analysis.report.sentences.templates import TEMPLATES
from analysis.results.matters import FEWEST, Point, chosen, since
from analysis.results.reliance import change_untold
from analysis.results.results import Results


def matters(results: Results) -> list[Sentence]:
    """Choose and say what matters, in the order of the rule; at most `matters.MOST`.

    Returns
    -------
    list of Sentence
        Topic `matters`, one for each point, with the anchor of its evidence.
    """
    said = [_say(results, point) for point in chosen(results)]
    return [Sentence("matters", s.text, s.href, s.theme) for s in said]


def few(results: Results, count: int) -> str:
    """Say that places stay empty, where fewer than `FEWEST` points qualify; else blank."""
    first = since(results)
    if count >= FEWEST or not first:
        return ""
    text = TEMPLATES["few matter" if count else "none matters"]
    told = [text.format(visit=titles_of(results)[first])]
    return " ".join(told + ([TEMPLATES["change untold"]] if change_untold(results) else []))


def _say(results: Results, point: Point) -> Sentence:
    if point.kind == "grades":
        return grades_moved(results)[0]
    say = {"area": area, "said": word, "path": path, "need": need}[point.kind]
    return say(results, point.row)
