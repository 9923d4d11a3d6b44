"""How long tagging takes, beside scikit-learn's vectorizer and a linear model alone.

Two ways take turns in one run on the same findings, on one core: A, what scikit-learn alone would
do with the same words: count them sentence by sentence and clause by clause, weigh them, multiply
them by the model's weights, for themes and for directions; B, `tag`: all of that, and patterns,
places, signs, evidence, extent, cohort and change. The findings are summaries and example phrases
of this repository, joined to the length of published paragraphs, or those of a file.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Final

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import CountVectorizer
from threadpoolctl import threadpool_limits

from analysis.codes import tag
from analysis.codes.tagger.directions import clause_texts
from analysis.codes.tagger.model import shipped_model
from analysis.codes.tagger.pieces import Piece
from analysis.codes.tagger.terms import WORD, Terms
from analysis.data import load_codebook, load_data
from analysis.project import Project

WORDS: Final = 78
"""Words of a published paragraph, on average."""
ENGLAND: Final = 45_000
PACKAGES: Final = ("inspection-findings", "numpy", "pandas", "scikit-learn", "scipy")


def findings(count: int) -> pd.DataFrame:
    """Compose so many findings, the same each time: `id` and `text`."""
    project = Project.find()
    book = load_codebook(project.raw("codebook.yml"))
    phrases = [phrase for theme in book.themes for phrase in theme.examples]
    phrases += [text for text in load_data("knowsley", project).findings["summary"] if text]
    draw = np.random.default_rng(0)
    texts = []
    for _ in range(count):
        parts: list[str] = []
        while sum(len(part.split()) for part in parts) < WORDS:
            phrase = str(draw.choice(phrases)).strip().rstrip(".")
            parts.append(phrase[:1].upper() + phrase[1:] + ".")
        texts.append(" ".join(parts))
    return pd.DataFrame({"id": range(count), "text": texts})


def read(path: Path, count: int) -> pd.DataFrame:
    """Read findings of a file, so many, spread evenly over it."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return table.iloc[:: max(1, len(table) // count)].head(count).reset_index(drop=True)


def counter(terms: Terms) -> CountVectorizer:
    """What counts the terms of a model as scikit-learn does."""
    words = list(terms.words)
    return CountVectorizer(ngram_range=(1, terms.longest), token_pattern=WORD, vocabulary=words)


def by_scikit_learn(pieces: list[Piece], counters: dict[int, CountVectorizer]) -> None:
    """Count, weigh and multiply, and nothing else."""
    model = shipped_model()
    sentences = [p.plain[s.start : s.end] for p in pieces for s in p.sentences]
    for texts, terms, weights in (
        (sentences, model.terms, model.weights),
        ([piece.plain for piece in pieces], model.terms, model.weights),
        (clause_texts(pieces), model.clause_terms, model.clause_weights[:, None]),
        (clause_texts(pieces), model.clause_terms, model.scope_weights[0]),
    ):
        terms.weigh(counters[id(terms)].transform(texts)) @ weights


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=3_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--texts", type=Path, help="findings.csv that `findings ingest` wrote")
    asked = parser.parse_args()
    table = read(asked.texts, asked.findings) if asked.texts else findings(asked.findings)
    book = load_codebook(Project.find().raw("codebook.yml"))
    pieces = [Piece.of(text) for text in table["text"]]
    codes, model = tag(table.head(200), book), shipped_model()
    counters = {id(terms): counter(terms) for terms in (model.terms, model.clause_terms)}
    by_scikit_learn(pieces[:200], counters)
    seconds: dict[str, list[float]] = {"A": [], "B": []}
    with threadpool_limits(1):
        for _ in range(asked.repeats):
            start = time.process_time()
            by_scikit_learn(pieces, counters)
            middle = time.process_time()
            codes = tag(table, book)
            seconds["A"].append(middle - start)
            seconds["B"].append(time.process_time() - middle)
    print(platform.platform(), f"Python {platform.python_version()}", f"{os.cpu_count()} cores")
    print(", ".join(f"{name} {version(name)}" for name in PACKAGES))
    print(f"{len(table)} findings of {table['text'].str.split().str.len().mean():.0f} words,")
    print(f"{len(codes)} codes; processor seconds, median of {asked.repeats}")
    a, b = median(seconds["A"]), median(seconds["B"])
    print(f"A, scikit-learn alone: {a:.2f}")
    print(f"B, tag:                {b:.2f}, {b / a:.2f} times A")
    print(f"{ENGLAND} findings at that pace: {b / len(table) * ENGLAND:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
