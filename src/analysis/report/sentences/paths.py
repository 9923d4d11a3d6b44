"""Whole paths of themes over full inspections, in sentences."""

from __future__ import annotations

from itertools import groupby

from analysis.anchors import anchor
from analysis.dates import month
from analysis.english import how_good, join, whose
from analysis.report.sentences.sentence import Sentence
from analysis.report.sentences.templates import TEMPLATES
from analysis.results.confidence import TAGGED
from analysis.results.matters import told_paths
from analysis.results.paths import BETTER, WORSE
from analysis.results.results import Results
from analysis.tables import Row
from analysis.vocabulary import DIFFERS, HARMS, INSPECTIONS


def paths(results: Results) -> list[Sentence]:
    """Say the whole path of each theme and cohort, as far as `told_paths` goes."""
    return [path(results, row) for row in told_paths(results)]


def path(results: Results, row: Row) -> Sentence:
    """Say one row of `analysis.results.paths.paths`.

    Its topic is `improved` or `declined` where it ends above or below where it began, `held` where
    it does neither.
    """
    theme, cohort, latest = (str(row[name]) for name in ("theme", "cohort", "latest"))
    judged = results.judged()
    cell = judged[(judged["theme"] == theme) & (judged["cohort"] == cohort)]
    visits = results.data.visits
    dates = dict(zip(visits["visit"], visits["start"].map(month), strict=True))
    steps = [step.rpartition("=") for step in str(row["levels"]).split()]
    on = {visit for visit, _, _ in steps}
    by_program = cell.loc[cell["visit"].isin(on), "reasons"].str.contains(TAGGED).any()
    needed = bool(cell.loc[cell["visit"] == latest, "needed"].any())
    runs = [
        (how_good(level), [dates[visit] for visit, _, _ in run])
        for level, run in groupby(steps, key=lambda step: step[2])
    ]
    levels = ", then ".join(f"{level} in {join(when)}" for level, when in runs)
    if row["on_one_paragraph"]:
        levels += TEMPLATES["on one paragraph"]
    if needed and row["level_latest"] == "strength":
        levels += TEMPLATES["something to improve"]
    if row["harm"]:
        levels += f", {HARMS[str(row['harm'])]}"
    if passed := _passed(results, row, on):
        levels += TEMPLATES["not judged"].format(dates=join([dates[visit] for visit in passed]))
    text = TEMPLATES["path by program" if by_program else "path"].format(
        theme=results.data.codebook.theme(theme).name,
        whose=whose(cohort),
        word=row["word"],
        levels=levels,
    )
    topic = "improved" if row["word"] in BETTER else "declined" if row["word"] == WORSE else "held"
    return Sentence(topic, text, "#" + anchor(theme, latest), theme)


def _passed(results: Results, row: Row, on: set[str]) -> list[str]:
    """Name the full inspections after the first of a path that did not judge it, in order.

    Those of which no document by inspectors is held are none of them, nor, of a theme over all
    cohorts, those at which cohorts differ.
    """
    visits = results.data.visits.sort_values("order")
    full = visits[visits["kind"].isin(INSPECTIONS) & (visits["held"] == "primary")]
    after = list(full["visit"])
    after = after[after.index(str(row["first"])) + 1 :] if row["first"] in after else []
    table = results.statuses
    own = (table["theme"] == row["theme"]) & (table["cohort"] == row["cohort"])
    differ = set(table.loc[own & (table["status"] == DIFFERS), "visit"])
    return [visit for visit in after if visit not in on | differ]
