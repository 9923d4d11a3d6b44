"""What inspectors themselves said of change on a theme, at the visit that last spoke of it."""

from __future__ import annotations

from typing import Final

from analysis.results.results import Results
from analysis.tables import Row
from analysis.vocabulary import NOT_STATED, TAGGER

GRAVEST_FIRST: Final = ("declined", "not improved", "improved", "sustained")
"""Where inspectors said several things, the gravest decides the place; all are said."""
TOLD: Final = ("improved", "declined", "not improved")
"""Words of change that a report tells; what was only sustained stands in its tables."""


def spoken(results: Results) -> list[Row]:
    """List the latest words on the change of each theme and cohort, latest visit first.

    A word speaks until a later visit judges the same theme and cohort; one for a cohort that is not
    stated until a later visit judges the theme for any: whom it was about cannot be told apart.

    Returns
    -------
    list of dict
        `visit`, `theme`, `cohort`, `word` (the gravest said there), `findings` (ids that say
        something of change, separated by spaces), `times` (their number), `tagged` (the program
        alone read so in any of them), `status` and `paragraphs` (the level beside, blank and 0
        where there is none).
    """
    order = results.data.visits.set_index("visit")["order"]
    judged = results.judged()
    judged = judged.assign(_order=judged["visit"].map(order).astype(float))
    last = judged.groupby(["theme", "cohort"])["_order"].max().to_dict()
    of_any = judged.groupby("theme")["_order"].max().to_dict()
    beside = judged.set_index(["visit", "theme", "cohort"])[["status", "paragraphs"]]
    levels = dict(zip(beside.index, beside.itertuples(index=False, name=None), strict=True))
    said = results.said.assign(_order=results.said["visit"].map(order).astype(float))
    rows: dict[tuple[str, str], Row] = {}
    for key, part in said.groupby(["_order", "theme", "cohort"], sort=True):
        at, theme, cohort = float(str(key[0])), str(key[1]), str(key[2])
        newest = of_any.get(theme, -1) if cohort == NOT_STATED else last.get((theme, cohort), -1)
        if at < newest:
            continue
        visit = str(part["visit"].iloc[0])
        found = list(dict.fromkeys(part["finding"]))
        status, paragraphs = levels.get((visit, theme, cohort), ("", 0))
        rows[(theme, cohort)] = {
            "visit": visit,
            "theme": theme,
            "cohort": cohort,
            "word": next(word for word in GRAVEST_FIRST if word in set(part["change_said"])),
            "findings": " ".join(found),
            "times": len(found),
            "tagged": TAGGER in set(part["coder"]),
            "status": status,
            "paragraphs": paragraphs,
        }
    place = {theme: at for at, theme in enumerate(results.data.codebook.ids)}

    def first(row: Row) -> tuple[int, ...]:
        weight = (order[row["visit"]], row["times"], row["paragraphs"])
        return (*(-int(each) for each in weight), place[str(row["theme"])])

    return sorted(rows.values(), key=first)
