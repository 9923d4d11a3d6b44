"""How far the program's codes can be trusted, in words and tables."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.codes.tagger.scores import ALL, Scores, shipped_scores
from analysis.data.codebook import Codebook
from analysis.english import plural
from analysis.results.reliance import all_tagged, findings_of
from analysis.results.results import Results
from analysis.vocabulary import TAGGER

CAPTION: Final = "Codes: the tagger's; nobody has read behind them."
"""Stands at every figure that rests on the tagger's codes alone, since figures are passed on."""


def caution(results: Results, scores: Scores | None = None) -> list[str]:
    """Say what rests on the tagger, and how far it agrees with readers elsewhere.

    Returns
    -------
    list of str
        Sentences, the first the gravest; empty where readers coded every finding.
    """
    counts = findings_of(results)
    tagged = int(counts.get(TAGGER, 0))
    if not tagged:
        return []
    whole = int(counts.sum())
    codes = int(((results.coded["coder"] == TAGGER) & (results.coded["direction"] != "")).sum())
    which = "all" if tagged == whole else f"{tagged} of"
    said = [
        "Nobody has read behind the tagger here."
        if tagged == whole
        else "Nobody has read behind the tagger in part of what follows.",
        f"The codes of {which} {plural(whole, 'finding')} ({plural(codes, 'code')}) are its own, "
        "and it is a program.",
        _agreement_elsewhere(scores or shipped_scores()),
    ]
    return [*said, "Read the paragraphs behind a statement before you use it."]


def short_caution(results: Results) -> tuple[str, str]:
    """Say the same in everyday words, to stand above everything else; blank where readers coded.

    Returns
    -------
    tuple of str
        What is gravest, and what it means for who reads on.
    """
    counts = findings_of(results)
    tagged, whole = int(counts.get(TAGGER, 0)), int(counts.sum())
    if not tagged:
        return "", ""
    every = tagged == whole
    part = "This page" if every else f"Part of this page ({tagged} of {plural(whole, 'paragraph')})"
    return (
        f"{part} was put together by a program; nobody has read the documents for it.",
        f"Of ten marks, a reader would see about {TILES_OTHERWISE} otherwise. Where it says "
        "“inspectors”, read “the program found”. Read the paragraph before you use a sentence.",
    )


TILES_OTHERWISE: Final = "two"
"""Of ten tiles of authorities read by both, how many the program's level was not the reader's."""


def trust(results: Results) -> str:
    """Say in one line by whom the documents were read, and that nobody has checked it."""
    if all_tagged(results):
        return "Sorted by a program. Nobody has read the documents behind it."
    if TAGGER in findings_of(results):
        return "Read and coded by machine, in part by a simpler program. Nobody has checked it."
    return (
        "Read and coded by machine. Nobody who works in this field has checked it. Summaries are "
        "ours: quote inspectors from the paragraph that is named."
    )


def _agreement_elsewhere(scores: Scores) -> str:
    whole = scores.groups.loc[ALL]
    f1, direction = (
        [scores.groups[part].astype(float)[ALL] for part in (name, f"{name}_low", f"{name}_high")]
        for name in ("micro_f1", "direction")
    )
    return (
        f"On {whole['n']:,.0f} paragraphs that readers had coded, in {whole['documents']:.0f} "
        "documents of authorities that it had not seen, its themes agreed with theirs with F1 "
        "{:.2f} (1 is full agreement; 95 % interval {:.2f} to {:.2f}). ".format(*f1)
        + "Where both gave a theme, its direction was theirs in {:.0%} "
        "(95 % interval {:.0%} to {:.0%}).".format(*direction)
    )


def agreement_tables(codebook: Codebook, scores: Scores | None = None) -> list[pd.DataFrame]:
    """Tables of the tagger's agreement with readers: by group of paragraphs, and by theme.

    Returns
    -------
    list of pandas.DataFrame
        Heads as readers see them; themes in the order of the codebook, `not measured` where a theme
        is new.
    """
    scores = scores or shipped_scores()
    groups = pd.DataFrame(
        {
            "Paragraphs": scores.groups.index,
            "n": scores.groups["n"].astype(int).to_numpy(),
            "Documents": scores.groups["documents"].astype(int).to_numpy(),
            "Themes, F1": _with_interval(scores.groups, "micro_f1"),
            "Themes, mean F1": scores.groups["macro_f1"].map("{:.2f}".format).to_numpy(),
            "Direction right, where the theme is": _with_interval(scores.groups, "direction"),
            "Right, of scores of 0.9 or more": scores.groups["right_at_0.9"]
            .map("{:.2f}".format)
            .to_numpy(),
        }
    )
    rows = [_theme_row(theme.id, theme.name, scores) for theme in codebook.themes]
    heads = ["Theme", "n, readers' codes", "F1", "Direction right, where the theme is"]
    return [groups, pd.DataFrame(rows, columns=heads)]


def _with_interval(table: pd.DataFrame, name: str) -> list[str]:
    columns = (table[name], table[f"{name}_low"], table[f"{name}_high"])
    return [f"{v:.2f} ({low:.2f} to {high:.2f})" for v, low, high in zip(*columns, strict=True)]


def _theme_row(theme: str, name: str, scores: Scores) -> tuple[str, str, str, str]:
    if theme not in scores.themes.index:
        return name, "not measured", "", ""
    row = scores.themes.loc[theme]
    return name, f"{row['n']:.0f}", f"{row['f1']:.2f}", f"{row['direction']:.2f}"


def theme_agreement(theme: str, scores: Scores | None = None) -> str:
    """Say how far the tagger agrees with readers on a theme, in a few words.

    Examples
    --------
    >>> theme_agreement("no-such-theme")
    'How far the tagger agrees with readers on this theme has not been measured.'
    """
    scores = scores or shipped_scores()
    if theme not in scores.themes.index:
        return "How far the tagger agrees with readers on this theme has not been measured."
    row = scores.themes.loc[theme]
    return (
        f"Tagger and readers elsewhere: F1 {row['f1']:.2f}, direction {row['direction']:.2f} "
        f"(n = {row['n']:.0f})."
    )
