"""Tables of agreement: readers with one another, with outside coders, and the tagger with readers.

Each comes with its caption.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd

from analysis.codes.agreement.agreement import compare
from analysis.data.authority import AuthorityData
from analysis.english import plural
from analysis.report.sentences import cautions
from analysis.results import reliance
from analysis.results.agreement import consequences, link_agreement
from analysis.results.results import Results
from analysis.vocabulary import EARLIER, READERS, TAGGER

AGREEMENT_HEADS: Final = {
    "theme": "Theme",
    "n_first": "n, first reader",
    "n_second": "n, second reader",
    "both": "n, both",
    "f1": "F1",
    "kappa": "Cohen's kappa",
    "alpha": "Krippendorff's alpha",
    "direction": "Direction equal, of both",
}
Captioned = tuple[pd.DataFrame, str]
_BY_THEME: Final = "The same by theme"


def agreement_tables(results: Results) -> list[Captioned]:
    """Return every table of agreement that an authority's codes allow, with its caption."""
    return [*_of_readers(results.data), *_outside(results.data), *_of_tagger(results)]


def _of_readers(data: AuthorityData) -> Iterator[Captioned]:
    if not set(READERS) <= set(data.codes["coder"]):
        return
    found = compare(data.codes, *READERS, themes=data.codebook.ids)
    links = link_agreement(data.need_links, *READERS)
    overall = pd.concat([found.overall, consequences(data, *READERS), links])
    yield (
        as_measures(overall),
        f"Agreement of {READERS[0]} and {READERS[1]} on the {plural(found.findings, 'finding')} "
        "that both coded, each blind to the other's codes",
    )
    names = found.themes.assign(theme=[data.codebook.theme(t).name for t in found.themes["theme"]])
    heads = AGREEMENT_HEADS
    yield names[list(heads)].rename(columns=heads), _BY_THEME


def _outside(data: AuthorityData) -> Iterator[Captioned]:
    reader = READERS[0]
    if reader not in set(data.codes["coder"]):
        return
    for check in sorted(set(data.checks["coder"]) - set(EARLIER)):
        both = pd.concat([data.codes, data.checks])
        found = compare(both, reader, check, data.codebook.ids)
        yield (
            as_measures(found.overall),
            f"Agreement of {reader} with the outside coder {check} on "
            f"{plural(found.findings, 'finding')}; neither saw the other's codes",
        )


def _of_tagger(results: Results) -> Iterator[Captioned]:
    """Give the tagger's agreement with readers elsewhere, where its codes count."""
    if TAGGER not in reliance.findings_of(results):
        return
    groups, themes = cautions.agreement_tables(results.data.codebook)
    yield (
        groups,
        "Agreement of the tagger with readers, on authorities that it had not seen; 95 % "
        "intervals by document",
    )
    yield themes, _BY_THEME


def as_measures(overall: pd.DataFrame) -> pd.DataFrame:
    """Head a table of measures for readers."""
    heads = {"measure": "Measure", "value": "Value", "n": "n", "of": "n counts",
             "low": "95 % from", "high": "to"}  # fmt: skip
    return overall.rename(columns=heads)
