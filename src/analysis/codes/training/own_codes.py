"""What else the model can learn from: findings that people coded in authorities that are held.

A theme that somebody added is in no training data. It is learned from the findings of
`data/raw/<authority>/` that were coded with it, as far as their published words are held in
`data/local/`; while there are too few of these its patterns go on telling it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Final

import numpy as np

from analysis.codes.counting import counting
from analysis.codes.training.learning import Coded, folds
from analysis.codes.training.training import LEFT_OUT
from analysis.data.authority import AuthorityData
from analysis.data.codebook import Codebook
from analysis.english import plural
from analysis.vocabulary import NO_THEME, TAGGER

FEWEST: Final = 10
"""A theme coded in fewer findings is not learned: its patterns know it better."""


def own_codes(data: AuthorityData) -> Coded:
    """Bring together the words and the codes of an authority's findings that people coded.

    Findings without published words, and those of authorities never learned from
    (`training.LEFT_OUT`), are left out. Cohorts that differ in direction are `mixed`. Where others
    are held out by authority these are by document, since a theme is often coded in one authority
    only.
    """
    codes = counting(data.codes[data.codes["coder"] != TAGGER])
    words = data.findings.set_index("finding")["words"]
    texts, given, documents = [], [], []
    if data.authority not in LEFT_OUT:
        for finding, rows in codes.groupby("finding", sort=False):
            if text := str(words.get(finding, "")):
                real = rows[rows["theme"] != NO_THEME]
                told = real.groupby("theme")["direction"].agg(
                    lambda d: d.iloc[0] if d.nunique() == 1 else "mixed"
                )
                texts.append(text)
                documents.append(str(finding).rpartition("/")[0])
                given.append({str(theme): str(direction) for theme, direction in told.items()})
    return Coded(texts, given, documents, np.zeros(len(texts)))


def joined(first: Coded, second: Coded) -> Coded:
    """Put coded findings together."""
    return Coded(
        [*first.texts, *second.texts],
        [*first.codes, *second.codes],
        [*first.authorities, *second.authorities],
        np.concatenate([first.strict, second.strict]),
    )


def learnable(codebook: Codebook, coded: Coded) -> tuple[Codebook, dict[str, str]]:
    """Leave out of a codebook the themes of which too little was coded to learn and to measure.

    Returns
    -------
    Codebook
        The themes to learn: coded in `FEWEST` findings or more, and met in every part that is
        learned from while another is held out.
    dict
        Those left out, with what is too little.
    """
    counts = Counter(theme for codes in coded.codes for theme in codes)
    parts = [[coded.codes[i] for i in rows] for rows, _ in folds(coded)]
    few = {}
    for theme in codebook.ids:
        if counts[theme] < FEWEST:
            few[theme] = f"coded in {plural(counts[theme], 'finding')}, of at least {FEWEST}"
        elif not all(any(theme in codes for codes in part) for part in parts):
            few[theme] = "coded in too few documents"
    return replace(codebook, themes=tuple(t for t in codebook.themes if t.id not in few)), few
