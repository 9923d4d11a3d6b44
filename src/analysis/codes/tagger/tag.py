"""Which themes a finding speaks of, and in which direction, with the words that carried it.

Themes that the shipped model has learned are told by it (`model`); a theme that is new in the
codebook, or whose definition was changed, is told by its patterns alone until the model has been
trained on findings coded with it (`findings train`). Both give a span of the finding's own words as
evidence. The tagger's codes carry the coder `tagger`; a reader's codes always win over them. Beside
theme and direction stand what else the text says: the inspectors' quantity word, whose work or
lives are meant, and what is said about change.

The score of a learned theme is the model's probability that a reader would give it. The score of
other themes says how far they stand in front in their finding, from 0 to 1; it orders codes for
checking and is no probability.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

import pandas as pd

from analysis.codes.tagger.changes_said import change_of
from analysis.codes.tagger.cohorts import Place, cohort_of
from analysis.codes.tagger.model import Model, shipped_model
from analysis.codes.tagger.rules import judge_by_rules, tag_by_rules
from analysis.data.codebook import Codebook, Theme
from analysis.documents.printed.extents import extent_of
from analysis.vocabulary import AREAS, EXTENTS

COLUMNS: Final = (
    "id", "theme", "direction", "score", "evidence", "extent", "cohort", "change_said",
)  # fmt: skip
MAX_LETTERS: Final = 20_000
"""Most letters of a finding that `findings tag` takes, since work grows with their square: it is
done with the worst of that length in seconds, and would be with a megabyte in hours."""
TOLD: Final = ("cohort", "basis", "change_said", "extent")
"""What is told of a code beside its theme and direction."""
MORE_COLUMNS: Final = ("basis", "said")
"""What `tag_fully` gives beside `COLUMNS`."""

_extent_of: Final = lru_cache(maxsize=16)(extent_of)
_change_of: Final = lru_cache(maxsize=16)(change_of)
"""Codes of one finding often share their evidence, which is then read once."""


class _Found(NamedTuple):
    theme: str
    direction: str
    score: float
    start: int
    end: int


def tag(findings: pd.DataFrame, codebook: Codebook, model: Model | None = None) -> pd.DataFrame:
    """Tag findings with themes and directions, and with what else their words say.

    Parameters
    ----------
    findings
        `id` and `text`, one row per finding; where there is an `area` (a slug of
        `vocabulary.AREAS`: the part of the service that the finding's place in its document is
        about), it says of whom a finding speaks that names nobody.
    codebook
        The themes and their patterns.
    model
        The learned tagger; the one that comes with the package if not given.

    Returns
    -------
    pandas.DataFrame
        One row per finding and theme, in the order of the findings and then of the codebook:
        `id`, `theme`, `direction`, `score` (above 0 and at most 1; see the module), `evidence`
        (words of the text, as they stand there, that carried the decision), `extent` (the quantity
        word in the evidence, or in the finding if it has one theme only; ordered category, missing
        where there is none), `cohort` (whose work
        or lives, `not-stated` where the text does not say) and `change_said` (blank where the
        evidence says nothing about change). A finding in which nothing is found has no row.

    Raises
    ------
    KeyError
        If `id` or `text` is missing.

    Examples
    --------
    >>> import re
    >>> from analysis.data.codebook import Codebook, Group, Theme
    >>> plans = Theme("plans", "practice", "Plans", "Plans.", (), (), ("children-in-care",),
    ...               (re.compile("care plans?", re.IGNORECASE),), ())
    >>> book = Codebook("1.0", (Group("practice", "Practice"),), (plans,))
    >>> findings = pd.DataFrame({"id": ["x/1"], "text": ["Most care plans are poor. It rained."]})
    >>> tag(findings, book).to_dict("records")
    [{'id': 'x/1', 'theme': 'plans', 'direction': 'weakness', 'score': 1.0,
      'evidence': 'Most care plans are poor.', 'extent': 'most', 'cohort': 'children-in-care',
      'change_said': ''}]
    """
    return tag_fully(findings, codebook, model)[list(COLUMNS)]


def tag_fully(
    findings: pd.DataFrame, codebook: Codebook, model: Model | None = None
) -> pd.DataFrame:
    """Tag findings, and say also on what basis and in which words change is stated.

    Returns
    -------
    pandas.DataFrame
        As `tag`, with `basis` (`level` or `change only`) and `said` (the sentences that speak of
        change, in small letters; blank where none does).
    """
    ids, texts = list(findings["id"]), [str(text) for text in findings["text"]]
    areas = list(findings["area"]) if "area" in findings else [""] * len(texts)
    themes = {theme.id: theme for theme in codebook.themes}
    rows = [
        (finding, *_told(text, found, themes[found.theme], place, alone=len(own) == 1))
        for finding, text, own, place in zip(
            ids, texts, _found(texts, codebook, model), map(_place, areas), strict=True
        )
        for found in own
    ]
    table = pd.DataFrame(rows, columns=[*COLUMNS, *MORE_COLUMNS]).astype({"score": float})
    extent = table["extent"].where(table["extent"] != "")
    return table.assign(extent=pd.Categorical(extent, EXTENTS, ordered=True))


def judge(findings: pd.DataFrame, codebook: Codebook, model: Model | None = None) -> list[str]:
    """Tell the direction of themes that somebody else found.

    Parameters
    ----------
    findings
        `text` and `theme`, one row per finding and theme; a text must not be blank.

    Returns
    -------
    list of str
        A direction for each row, whether or not the tagger would have found the theme there.

    Raises
    ------
    KeyError
        If `text` or `theme` is missing, or the codebook does not hold a theme.
    """
    model = model or shipped_model()
    themes = {theme.id: theme for theme in codebook.themes}
    rows = [(str(text), themes[name]) for text, name in zip(findings["text"], findings["theme"],
            strict=True)]  # fmt: skip
    texts = {text: at for at, text in enumerate(dict.fromkeys(text for text, _ in rows))}
    known = [(texts[text], theme.id) for text, theme in rows if model.knows(theme)]
    told = iter(model.judge(list(texts), codebook, known))
    return [
        next(told) if model.knows(theme) else judge_by_rules(text, theme) for text, theme in rows
    ]


def _place(area: object) -> Place:
    """Where a finding stands; a word that is no area tells nothing."""
    return Place(str(area)) if area in AREAS else Place()


def _told(
    text: str, found: _Found, theme: Theme, place: Place, *, alone: bool
) -> tuple[str, str, float, str, str, str, str, str, str]:
    """What else the words say of a theme found, alone in its finding or beside others."""
    evidence = text[found.start : found.end]
    extent = _extent_of(evidence) or (_extent_of(text) if alone else "")
    said = _change_of(text, found.start, found.end, found.direction)
    cohort = cohort_of(text, found.start, found.end, theme, place)
    return (
        found.theme, found.direction, found.score, evidence, extent, cohort,
        said.change, said.basis, said.words,
    )  # fmt: skip


def _found(texts: Sequence[str], codebook: Codebook, model: Model | None) -> list[list[_Found]]:
    """Find the themes of each text, in the order of the codebook."""
    model = model or shipped_model()
    learned = {theme.id for theme in codebook.themes if model.knows(theme)}
    rows: list[list[_Found]] = [[] for _ in texts]
    if learned:
        known = replace(codebook, themes=tuple(t for t in codebook.themes if t.id in learned))
        for code in model.tag(texts, known):
            rows[code.finding].append(
                _Found(code.theme, code.direction, code.score, code.start, code.end)
            )
    if others := [theme for theme in codebook.themes if theme.id not in learned]:
        for own, text in zip(rows, texts, strict=True):
            for theme, direction, score, evidence in tag_by_rules(text, others):
                start = text.find(evidence)
                own.append(_Found(theme, direction, score, start, start + len(evidence)))
    order = {theme: place for place, theme in enumerate(codebook.ids)}
    return [sorted(own, key=lambda found: order[found.theme]) for own in rows]
