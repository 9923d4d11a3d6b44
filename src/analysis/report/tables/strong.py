"""What inspectors called strong at the latest visit, in one place.

Only what can be leaned on, and against which no paragraph speaks, is said to be called so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from analysis.anchors import theme_anchor
from analysis.english import how_good
from analysis.report.sentences.paths import paths_of
from analysis.report.sentences.sentence import ended
from analysis.report.tables.cards import Said, groups_of
from analysis.report.tables.places import Place
from analysis.results.found import best, coded_cells
from analysis.results.results import Results
from analysis.results.staves import GROUP_NAMES, GROUPS, staves_of
from analysis.vocabulary import CONFIDENCE

PLAINLY: Final = how_good("strength")
Items = list[tuple[str, str, Said]]


def strong(
    results: Results, places: Mapping[str, Place], themes: Sequence[str] = ()
) -> list[tuple[str, Items]]:
    """Return what was found strong at the latest visit, by the area whose service it is.

    Returns
    -------
    list of tuple
        Name of the area, and of each theme its name, the anchor of its card, and what was found.
    """
    coded, rows, paths, found = coded_cells(results), staves_of(results), paths_of(results), []
    for area, cohorts in GROUPS.items():
        items: Items = []
        for stave in rows.of(cohorts, themes):
            visit = stave.latest.visit
            marks = [
                mark
                for mark in stave.latest.marks
                if mark.confidence != CONFIDENCE[0]
                and paths.how(stave.theme, mark.cohorts, visit) == PLAINLY
            ]
            cell = coded.get((stave.theme, visit), ())
            if marks and (said := best(cell, marks[0])):
                name = results.data.codebook.theme(stave.theme).name
                told = Said(ended(said.text), (places[said.finding],), groups_of(said))
                items.append((name, "#" + theme_anchor(stave.theme), told))
        if items:
            found.append((GROUP_NAMES[area], items))
    return found
