"""What is new at the latest visit: raised again or for the first time, put right, not mentioned."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from analysis.report.sentences.sentence import ended
from analysis.report.tables.cards import Said
from analysis.report.tables.needs import Followed
from analysis.report.tables.places import Place
from analysis.results.results import Results, latest_read
from analysis.tables import records
from analysis.vocabulary import INSPECTIONS

FAULTS: Final = "New faults"
FAULTS_TITLE: Final = f"{FAULTS}, in no earlier document"
FIRST, AGAIN, RIGHT, PARTLY, SILENT = (
    "Raised for the first time",
    "Raised again",
    "Put right",
    "Better, or met in part",
    "Looked, but not mentioned",
)
COUNTED: Final = {
    FIRST: "raised for the first time",
    AGAIN: "raised again",
    RIGHT: "put right",
    PARTLY: "better or met in part",
    SILENT: "not mentioned",
}
"""What a visit can say of a need, or leave out, in the order in which it is told; as it is counted.
"""
BETTER_NOW: Final = frozenset({"better", "part"})
"""What counts as better or met in part, of the kinds of `Moment`."""
TITLES: Final = {
    FIRST: f"{FIRST}: now asked for",
    AGAIN: f"{AGAIN}: still asked for",
    RIGHT: RIGHT,
    PARTLY: PARTLY,
    SILENT: SILENT,
}
"""What stands over a list of such needs: a need is worded as what should be, which would read as
praise there."""


@dataclass(frozen=True)
class News:
    """Needs by what the latest visit said of them.

    Attributes
    ----------
    again, first
        Raised there by inspectors, and before; raised there first, on a theme that no earlier visit
        found weak or mixed for these.
    other
        Raised there first, where the theme was weak or mixed before.
    right, better
        Found met there, and not since it was last raised or asked for; raised by inspectors before,
        and found better or met in part.
    silent
        Raised at the full inspection before or since, and not found met, where the visit looked and
        said nothing of it.
    """

    again: tuple[Followed, ...]
    first: tuple[Followed, ...]
    right: tuple[Followed, ...]
    better: tuple[Followed, ...]
    silent: tuple[Followed, ...]
    other: tuple[Followed, ...] = ()

    def __bool__(self) -> bool:
        return any((self.again, self.first, self.other, self.right, self.better, self.silent))


def news(needs: Sequence[Followed], recent: Collection[str]) -> News:
    """Sort needs by what the latest visit said of them.

    Parameters
    ----------
    recent
        Visits from the full inspection before the latest visit on, where the latest is a full
        inspection too; none for a shorter visit, of which silence says nothing.
    """
    raised = [need for need in needs if need.now == "raised"]
    return News(
        again=tuple(need for need in raised if need.raised > 1),
        first=tuple(need for need in raised if need.raised == 1 and not need.before),
        other=tuple(need for need in raised if need.raised == 1 and need.before),
        right=tuple(
            need
            for need in needs
            if need.now == "met" and open_before([m.kind for m in need.moments[:-1]])
        ),
        better=tuple(need for need in needs if need.now in BETTER_NOW and need.raised),
        silent=tuple(
            need
            for need in needs
            if need.now == "silent" and need.latest.kind == "raised" and need.latest.visit in recent
        ),
    )


def new_faults(
    results: Results, places: Mapping[str, Place], themes: Sequence[str] = ()
) -> list[Said]:
    """Return what the latest visit criticised and no earlier document speaks of.

    Parameters
    ----------
    themes
        Ids; all for none.
    """
    visit_of = dict(
        zip(results.data.findings["finding"], results.data.findings["visit"], strict=True)
    )
    latest = latest_read(results)
    return [
        Said(ended(str(row["fault"])), (places[str(row["finding"])],))
        for row in records(results.data.new_faults)
        if visit_of[row["finding"]] == latest and (not themes or row["theme"] in themes)
    ]


def open_before(kinds: Sequence[str]) -> bool:
    """Whether what was said of a need before (kinds of `Moment`, oldest first) leaves it open.

    Examples
    --------
    >>> open_before(["raised", "part"]), open_before(["raised", "met", "part"]), open_before([])
    (True, False, False)
    """
    turns = [kind for kind in kinds if kind in {"raised", "asked", "met"}]
    return bool(turns) and turns[-1] != "met"


def since_before(results: Results) -> list[str]:
    """Return the visits since the full inspection before; none where the latest is shorter."""
    visits = results.data.visits.sort_values("order")
    latest = latest_read(results)
    names, kinds = visits["visit"].tolist(), visits["kind"].tolist()
    until = names.index(latest) if latest else 0
    if not latest or kinds[until] not in INSPECTIONS:
        return []
    full = [at for at in range(until) if kinds[at] in INSPECTIONS]
    return names[full[-1] :] if full else names
