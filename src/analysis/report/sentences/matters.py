"""The changes that matter most, in sentences; `analysis.results.matters` has the rule."""

from __future__ import annotations

from analysis.anchors import anchor
from analysis.english import level_words, whole_number
from analysis.report.sentences.movements import between_words, flags_of, said_words
from analysis.report.sentences.sentence import Sentence, titles_of
from analysis.report.sentences.templates import TEMPLATES
from analysis.results.grades import apart, area_grades, grade_beside
from analysis.results.matters import FEWEST, chosen, since
from analysis.results.reliance import change_untold
from analysis.results.results import Results
from analysis.results.spoken import TOLD, topic_of
from analysis.tables import Row
from analysis.vocabulary import COHORTS, LEVELS


def matters(results: Results) -> list[Sentence]:
    """Choose and say the changes that matter, the most telling first; at most `MOST`.

    Returns
    -------
    list of Sentence
        Topic `matters`, one sentence each, with the anchor of its evidence.
    """
    return [_say(results, row) for row in chosen(results)]


def few(results: Results, count: int) -> str:
    """Say that places stay empty, where fewer than `FEWEST` changes qualify; else blank."""
    first = since(results)
    if count >= FEWEST or not first:
        return ""
    told = "few matter" if count else "none matters"
    template = TEMPLATES["few untold" if change_untold(results) else told]
    return template.format(visit=titles_of(results)[first])


def _say(results: Results, row: Row) -> Sentence:
    titles = titles_of(results)
    theme = str(row["theme"])
    parts = {
        "theme": results.data.codebook.theme(theme).name,
        "cohort": COHORTS[str(row["cohort"])],
        "visit": titles[str(row["visit"])],
        "grade": _grade(results, row),
        "status": level_words(str(row["status"])),
    }
    if row["status"] in LEVELS:
        parts["n"] = str(whole_number(row["votes"]))
    if topic_of(row) != "unchanged" and set(str(row["said"]).split("; ")) & set(TOLD):
        level = TEMPLATES["matters level"] if row["status"] in LEVELS else ""
        level = level.format(**parts, flags=flags_of(results, row)) if level else ""
        text = TEMPLATES["matters said"].format(**parts, said=said_words(results, row), level=level)
    else:
        text = TEMPLATES["matters moved" if row["steps"] else "matters stayed"].format(
            **parts,
            before=titles[str(row["before"])],
            before_status=level_words(str(row["status_before"])),
            before_n=whole_number(row["votes_before"]),
            between=between_words(str(row["not_looked"])),
        )
    return Sentence("matters", text, "#" + anchor(theme, str(row["visit"])), theme)


def _grade(results: Results, row: Row) -> str:
    """Name the area's grade where it points another way than the status."""
    _area, grade = grade_beside(results, row, area_grades(results))
    told = apart(str(row["status"]), grade)
    return TEMPLATES["matters grade"].format(grade=grade) if told else ""
