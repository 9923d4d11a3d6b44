"""What inspectors said of whole areas, in sentences."""

from __future__ import annotations

from analysis.anchors import finding_anchor
from analysis.english import how_good, sentence_case
from analysis.report.sentences.sentence import SAID_IN_WORDS, Sentence, ended, titles_of
from analysis.report.sentences.templates import TEMPLATES
from analysis.results.matters import area_words
from analysis.results.results import Results
from analysis.tables import Row
from analysis.vocabulary import AREAS


def areas(results: Results) -> list[Sentence]:
    """Say what inspectors last said of each area; one that says so where nothing is coded."""
    rows = area_words(results)
    if not rows:
        return [Sentence("areas", TEMPLATES["no areas"])]
    return [area(results, row) for row in rows]


def area(results: Results, row: Row) -> Sentence:
    """Say one row of `analysis.results.areas.area_statements`."""
    titles = titles_of(results)
    since = titles.get(str(row["since"]), "")
    change = SAID_IN_WORDS.get(str(row["change_said"]), "")
    said = [
        f"{change}{f' since the {since}' if since else ''}" if change else "",
        how_good(str(row["level"])),
    ]
    text = TEMPLATES["area"].format(
        area=sentence_case(AREAS[str(row["area"])]),
        visit=titles[str(row["visit"])],
        said="; ".join(filter(None, said)),
        summary=ended(str(row["summary"])),
    )
    return Sentence("areas", text, "#" + finding_anchor(str(row["finding"])))
