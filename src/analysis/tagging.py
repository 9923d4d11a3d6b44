"""Which themes a finding speaks of, and in which direction, with the words that carried it.

Themes that the shipped model has learned are told by it (`analysis.tagger.model`); a theme that is
new in the codebook, or whose definition was changed, is told by its patterns alone until the model
has been trained on findings coded with it (`findings train`). Both give a span of the finding's own
words as evidence. The tagger's codes carry the coder `tagger`; a reader's codes always win over
them.

The score of a learned theme is the model's probability that a reader would give it. The score of
other themes says how far they stand in front in their finding, from 0 to 1; it orders codes for
checking and is no probability.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from analysis.codebook import Codebook
from analysis.tagger.model import Model, shipped_model
from analysis.tagger.rules import tag_by_rules

COLUMNS: Final = ("id", "theme", "direction", "score", "evidence")

_Row = tuple[str, str, float, str]


def tag(findings: pd.DataFrame, codebook: Codebook, model: Model | None = None) -> pd.DataFrame:
    """Tag findings with themes and directions.

    Parameters
    ----------
    findings
        `id` and `text`, one row per finding.
    codebook
        The themes and their patterns.
    model
        The learned tagger; the one that comes with the package if not given.

    Returns
    -------
    pandas.DataFrame
        One row per finding and theme, in the order of the findings and then of the codebook:
        `id`, `theme`, `direction`, `score` (above 0 and at most 1; see the module) and `evidence`
        (words of the text, as they stand there, that carried the decision). A finding in which
        nothing is found has no row.

    Raises
    ------
    KeyError
        If `id` or `text` is missing.

    Examples
    --------
    >>> import re
    >>> from analysis.codebook import Codebook, Group, Theme
    >>> plans = Theme("plans", "practice", "Plans", "Plans.", (), (), ("children-in-care",),
    ...               (re.compile("care plans?", re.IGNORECASE),), ())
    >>> book = Codebook("1.0", (Group("practice", "Practice"),), (plans,))
    >>> findings = pd.DataFrame({"id": ["x/1"], "text": ["Care plans are not clear. It rained."]})
    >>> tag(findings, book).to_dict("records")
    [{'id': 'x/1', 'theme': 'plans', 'direction': 'weakness', 'score': 1.0,
      'evidence': 'Care plans are not clear.'}]
    """
    ids, texts = list(findings["id"]), [str(text) for text in findings["text"]]
    model = model or shipped_model()
    learned = {theme.id for theme in codebook.themes if model.knows(theme)}
    rows: list[list[_Row]] = [[] for _ in texts]
    if learned:
        known = replace(codebook, themes=tuple(t for t in codebook.themes if t.id in learned))
        for found in model.tag(texts, known):
            evidence = texts[found.finding][found.start : found.end]
            rows[found.finding].append((found.theme, found.direction, found.score, evidence))
    if others := [theme for theme in codebook.themes if theme.id not in learned]:
        for own, text in zip(rows, texts, strict=True):
            own.extend(tag_by_rules(text, others))
    table = [
        (finding, *row)
        for finding, own in zip(ids, rows, strict=True)
        for row in _in_order(own, codebook.ids)
    ]
    return pd.DataFrame(table, columns=list(COLUMNS)).astype({"score": float})


def _in_order(rows: Sequence[_Row], themes: Sequence[str]) -> list[_Row]:
    return sorted(rows, key=lambda row: themes.index(row[0]))
