"""What inspectors themselves said of the change of a theme, in sentences."""

from __future__ import annotations

from analysis.anchors import anchor
from analysis.english import how_good, join, whose
from analysis.report.sentences.sentence import SAID_IN_WORDS, Sentence, ended, titles_of
from analysis.report.sentences.templates import TEMPLATES
from analysis.results.results import Results
from analysis.results.spoken import GRAVEST_FIRST, TOLD, spoken
from analysis.tables import Row
from analysis.vocabulary import LEVELS


def said(results: Results) -> list[Sentence]:
    """Say what inspectors last said of the change of each theme, the latest visit first.

    What was only said to be sustained stands in the tables.
    """
    rows = spoken(results)
    return [word(results, row) for row in rows if row["word"] in TOLD]


def word(results: Results, row: Row) -> Sentence:
    """Say one row of `analysis.results.spoken.spoken`; its topic is the gravest word.

    Where the program alone read so, inspectors are not named as the speakers.
    """
    theme, visit, level = (str(row[name]) for name in ("theme", "visit", "status"))
    text = TEMPLATES["said by program" if row["tagged"] else "said"].format(
        theme=results.data.codebook.theme(theme).name,
        whose=whose(str(row["cohort"])),
        visit=titles_of(results)[visit],
        said=_words(results, row),
        level=TEMPLATES["level"].format(level=how_good(level)) if level in LEVELS else "",
    )
    summary = ended(_found(results, row))
    href = "#" + anchor(theme, visit)
    return Sentence(str(row["word"]), f"{text} {summary}".rstrip(), href, theme)


def _words(results: Results, row: Row) -> str:
    """Say what was said and since when, each with the number of findings that say so."""
    titles, rows = titles_of(results), _rows(results, row)
    pairs = [(str(said["change_said"]), str(said["since"])) for said in rows]
    parts = []
    for told in GRAVEST_FIRST:
        since = [visit for found, visit in pairs if found == told]
        named = {visit: since.count(visit) for visit in titles}
        unknown = {"": len(since) - sum(named.values())}
        parts += [
            f"{SAID_IN_WORDS[told]}{f' since the {titles[visit]}' if visit else ''} (n = {count})"
            for visit, count in (named | unknown).items()
            if count
        ]
    return join(parts)


def _found(results: Results, row: Row) -> str:
    """Return what the first finding that says the gravest word says, in our words."""
    rows = [said for said in _rows(results, row) if said["change_said"] == row["word"]]
    return str(rows[0]["found"] or rows[0]["summary"]) if rows else ""


def _rows(results: Results, row: Row) -> list[Row]:
    """Codes behind a word, in the order of their findings."""
    coded = results.coded
    same = (coded["theme"] == row["theme"]) & (coded["cohort"] == row["cohort"])
    here = same & coded["finding"].isin(str(row["findings"]).split())
    rows: list[Row] = coded[here & (coded["change_said"] != "")].to_dict("records")
    return rows
