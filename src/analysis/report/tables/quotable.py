"""What of the documents can be quoted as it is printed, and what are not inspectors' words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from analysis.dates import month
from analysis.report.sentences.sentence import ended
from analysis.report.tables.cards import Said
from analysis.report.tables.places import Place
from analysis.results.columns import whens
from analysis.results.results import Results
from analysis.tables import records

_COUNTED: Final = (
    "days weeks months children people leavers families cases plans workers staff posts referrals "
    "homes carers adopters households"
)
_OF: Final = "young social foster care working unaccompanied looked-after asylum-seeking"
FIGURE: Final = re.compile(
    r"£\d|\d\s?%|\d per ?cent\b|\b\d[\d,]* (?:out )?of (?:the )?\d|\b(?:half|third|quarter)s? of\b|"
    r"(?<!over )(?<!within )(?<!last )\b(?!(?:19|20)\d\d\b)\d[\d,.]* "
    rf"(?:{'|'.join(_OF.split())})? ?"
    rf"(?:{'|'.join(_COUNTED.split())})\b",
    re.IGNORECASE,
)
"""A sum, share or count in a summary; figures stand in summaries as they are printed."""
_INSPECTORS: Final = "inspectors"


@dataclass(frozen=True)
class Quotable:
    """What stands in documents as printed.

    Attributes
    ----------
    figures
        What inspectors' documents say with a figure, the latest visit first, and when.
    others
        Documents that are not inspectors', and whose they are.
    """

    figures: tuple[tuple[str, Said], ...]
    others: tuple[str, ...]


def quotable(results: Results, places: Mapping[str, Place], themes: Sequence[str] = ()) -> Quotable:
    """Gather the figures of what was read, and name the documents that inspectors did not write.

    Parameters
    ----------
    themes
        Ids, to whose paragraphs figures are kept; all paragraphs for none.
    """
    coded = results.coded
    spoken = set(coded.loc[coded["theme"].isin(themes), "finding"])
    data, when = results.data, whens(results)
    primary = data.documents[data.documents["source"] == "primary"]
    visit_of = dict(zip(primary["document"], primary["visit"], strict=True))
    told = [
        (visit_of[row["document"]], row)
        for row in records(data.findings)
        if row["document"] in visit_of
        and row["said_by"] == _INSPECTORS
        and not row["repeats"]
        and (not themes or row["finding"] in spoken)
        and FIGURE.search(str(row["summary"]))
    ]
    order = list(when)
    told.sort(key=lambda each: -order.index(each[0]))
    return Quotable(
        tuple(
            (when[visit], Said(ended(str(row["summary"])), (places[str(row["finding"])],)))
            for visit, row in told
        ),
        tuple(_others(results)),
    )


def _others(results: Results) -> list[str]:
    """Name the documents of others than inspectors, and when they were published."""
    documents = results.data.documents.sort_values("published")
    speaks = results.data.findings.groupby("document")["said_by"].agg(set)
    names = []
    for row in records(documents):
        by = speaks.get(row["document"], set())
        if row["source"] != "primary" or (by and _INSPECTORS not in by):
            names.append(f"{row['kind']} of {month(str(row['published']))} ({row['publisher']})")
    return list(dict.fromkeys(names))
