"""What moved, in sentences: from visit to visit, and theme by theme when it was last judged.

Headlines use only changes without a flag and what the inspectors themselves said; everything else
is in the tables.
"""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from analysis.anchors import anchor
from analysis.english import join, level_words, lower, plural, whole_number
from analysis.report.sentences.sentence import Sentence, titles_of
from analysis.report.sentences.templates import TEMPLATES
from analysis.results.results import Results
from analysis.results.spoken import GRAVEST_FIRST, TOLD, spoken, topic_of
from analysis.tables import Row
from analysis.vocabulary import COHORTS, LEVELS, TOLD_FLAGS

SAID_IN_WORDS: Final = {
    "improved": "improved",
    "not improved": "not improved",
    "declined": "worsened",
    "sustained": "sustained",
}
"""As sentences say it: that caseloads `declined` would read as good news."""


def moved(results: Results) -> list[Sentence]:
    """Say for each visit, the latest first, how many comparisons went which way.

    A comparison is of one theme and cohort; those too thin to say are counted apart.
    """
    told, compared = [], dict[str, list[tuple[str, Any]]]()
    columns = ["visit", "certainty", "steps"]
    for visit, certainty, steps in results.changes[columns].itertuples(index=False, name=None):
        compared.setdefault(visit, []).append((certainty, steps))
    for visit, title in reversed(titles_of(results).items()):
        here = compared.get(visit, [])
        sure = [int(steps) for certainty, steps in here if certainty in ("firm", "indicative")]
        if not sure:
            continue
        text = TEMPLATES["moved"].format(
            visit=title,
            compared=plural(len(sure), "comparison"),
            better=sum(steps > 0 for steps in sure),
            same=sum(steps == 0 for steps in sure),
            worse=sum(steps < 0 for steps in sure),
            firm=sum(certainty == "firm" for certainty, _ in here),
            thin=sum(certainty == "too thin to say" for certainty, _ in here),
        )
        told.append(Sentence("moved", text, "#changes"))
    return told


def movements(results: Results) -> list[Sentence]:
    """Say what moved, or was said not to have moved, when each theme was last judged.

    Only the latest row of each theme and cohort speaks, and only if the change carries no flag or
    the inspectors themselves said something about it. Their word comes first, the latest visit
    too, then what rests on most.
    """
    told = [
        movement(results, row)
        for row in spoken(results).to_dict("records")
        if row["said"] or row["certainty"] == "firm"
    ]
    return [sentence for sentence in told if sentence.topic in TOLD]


def movement(results: Results, row: Row) -> Sentence:
    """Say one row of `analysis.results.changes.changes`."""
    titles = titles_of(results)
    names = {
        "theme": lower(results.data.codebook.theme(str(row["theme"])).name),
        "cohort": COHORTS[str(row["cohort"])],
        "visit": titles[str(row["visit"])],
    }
    parts = []
    if row["said"]:
        parts.append(TEMPLATES["said"].format(**names, said=said_words(results, row)))
    if row["certainty"] == "firm":
        parts.append(_computed(row, names, titles))
    else:
        parts.append(_level_there(results, row))
    if row["disagrees"] and row["certainty"] != "too thin to say":
        parts.append(_disagreement(results, row))
    theme = str(row["theme"])
    href = "#" + anchor(theme, str(row["visit"]))
    return Sentence(topic_of(row), " ".join(parts), href, theme)


def said_words(results: Results, row: Row) -> str:
    """Say what was said and since when, each with the number of findings that say so."""
    titles = titles_of(results)
    said = _said_rows(results, row)
    parts = []
    spoken = list(zip(said["change_said"], said["since"], strict=True))
    for word in GRAVEST_FIRST:
        since = [visit for found, visit in spoken if found == word]
        named = {visit: since.count(visit) for visit in titles}
        unknown = {"": len(since) - sum(named.values())}
        parts += [
            f"{SAID_IN_WORDS[word]}{f' since the {titles[visit]}' if visit else ''} (n = {count})"
            for visit, count in (named | unknown).items()
            if count
        ]
    return join(parts)


def _said_rows(results: Results, row: Row) -> pd.DataFrame:
    return _same_cell(results.said, row)


def _same_cell(table: pd.DataFrame, row: Row) -> pd.DataFrame:
    """Rows of a table about the visit, theme and cohort of another."""
    same = table["visit"] == row["visit"]
    for name in ("theme", "cohort"):
        same &= table[name] == row[name]
    found: pd.DataFrame = table[same]
    return found


def _disagreement(results: Results, row: Row) -> str:
    """List the computed change beside the words about the same comparison, settling nothing."""
    said = _said_rows(results, row)
    about = said.loc[said["since"].isin([row["before"], "unknown"]), "change_said"]
    return TEMPLATES["disagrees"].format(
        before=titles_of(results)[str(row["before"])],
        change=row["change"],
        certainty=row["certainty"],
        words=join([f"“{SAID_IN_WORDS[word]}”" for word in GRAVEST_FIRST if word in set(about)]),
    )


def _level_there(results: Results, row: Row) -> str:
    """Say the level that stands beside what was said about change, with its flags."""
    if row["status"] not in LEVELS:
        return TEMPLATES["no level"]
    return TEMPLATES["level"].format(
        status=level_words(str(row["status"])),
        n=whole_number(row["votes"]),
        flags=flags_of(results, row),
    )


def flags_of(results: Results, row: Row) -> str:
    """Name the flags of the status of a row, each after a comma."""
    cell = _same_cell(results.statuses, row)
    return "".join(f", {flag}" for flag in TOLD_FLAGS if cell[flag].all())


def _computed(row: Row, names: dict[str, str], titles: dict[str, str]) -> str:
    template = "changed" if row["steps"] else "unchanged"
    findings = "Inspectors' findings on {theme} ({cohort})".format(**names)
    return TEMPLATES[template].format(
        findings="Their findings" if row["said"] else findings,
        visit=names["visit"],
        before_status=level_words(str(row["status_before"])),
        before=titles[str(row["before"])],
        before_n=whole_number(row["votes_before"]),
        status=level_words(str(row["status"])),
        n=whole_number(row["votes"]),
        between=between_words(str(row["not_looked"])),
    )


def between_words(visits: str) -> str:
    """Count the visits between that judged nothing of this."""
    count = len(visits.split())
    return TEMPLATES["between"].format(visits=plural(count, "visit")) if count else ""
