"""What got better and stayed so, what did not stay so, and what got worse, in one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from analysis.english import join
from analysis.report.tables.cards import Card
from analysis.report.tables.needs import Followed, put_right
from analysis.vocabulary import COHORTS, NOT_STATED, ROSE, STAYED, WORSE

_LAST: Final = ("better at the latest inspection", "better at the latest full inspection")
THEMES: Final = {
    "Themes better and stayed so": (STAYED,),
    "Themes better at the latest full inspection": _LAST,
    "Themes that rose and fell back": (ROSE,),
    "Themes that got worse": (WORSE,),
}
"""Heads of lists of themes, and the words of paths that they gather."""
MORE: Final = dict(
    zip(THEMES, ("stayed better", "better lately", "fell back", "got worse"), strict=True)
)
"""What is said of the themes that a list folds away."""


@dataclass(frozen=True)
class Listed:
    """A theme or need in a list: its name, where it stands, and for whom or when it is so."""

    name: str
    href: str
    more: str


@dataclass(frozen=True)
class Lasting:
    """Lists of themes by the word of their path, and of needs by whether what was met lasted.

    Attributes
    ----------
    themes
        Head and themes of each list that is not empty.
    kept, undone
        Needs that two visits or more found met since they were last raised; needs that were found
        met once and are raised at the latest visit.
    """

    themes: tuple[tuple[str, tuple[Listed, ...]], ...]
    kept: tuple[Listed, ...]
    undone: tuple[Listed, ...]

    def __bool__(self) -> bool:
        return any((self.themes, self.kept, self.undone))


def lasting(cards: Sequence[Card], needs: Sequence[Followed]) -> Lasting:
    """Gather what the cards and needs of a report say of what lasted."""
    lists = {head: tuple(_going(cards, ways)) for head, ways in THEMES.items()}
    return Lasting(
        tuple((head, listed) for head, listed in lists.items() if listed),
        tuple(map(_need, put_right(needs))),
        tuple(_need(need) for need in needs if need.undone),
    )


def came_back(cards: Sequence[Card], needs: Mapping[str, Sequence[Followed]]) -> dict[str, Listed]:
    """Return by theme the need that came back after it was put right, if no tag says as much.

    Parameters
    ----------
    needs
        By theme, those that most visits raised first.
    """
    told = {}
    for card in cards:
        back = [need for need in needs.get(card.theme, ()) if need.undone]
        if back and not any(ROSE in tag for tag in card.tags):
            told[card.theme] = _need(back[0])
    return told


def _going(cards: Sequence[Card], ways: Sequence[str]) -> Iterator[Listed]:
    """Name the themes of which a tag begins with one of some words, and for whom, or where."""
    for card in cards:
        limits: dict[str, list[str]] = {}
        for who, _, word in (tag.rpartition(": ") for tag in card.tags):
            way = next((way for way in ways if f"{word} ".startswith(f"{way} ")), None)
            if way:
                limits.setdefault(word.removeprefix(way).strip(), []).append(_whose(who))
        if limits:
            said = [", ".join(filter(None, (join(whom), rest))) for rest, whom in limits.items()]
            yield Listed(card.name, f"#{card.anchor}", join([each for each in said if each]))


def _whose(named: str) -> str:
    """Say of whom a tag speaks within a sentence."""
    return "across the service" if named == COHORTS[NOT_STATED] else named


def _need(need: Followed) -> Listed:
    return Listed(need.wording, f"#{need.anchor}", need.course)
