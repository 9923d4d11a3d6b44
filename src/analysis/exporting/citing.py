"""Saying where a figure or a report comes from: source line, citation, BibTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from analysis.report.method import citation

AUTHORS: Final = "The inspection-findings authors"
"""As `CITATION.cff` has it."""
_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {sign: f"\\{sign}" for sign in "&%$#_{}"}


@dataclass(frozen=True)
class Origin:
    """Where a report comes from.

    Attributes
    ----------
    key
        Name of its files.
    title
        Its title.
    name
        Name of the authority.
    publishers, period
        Who published the documents, and when the visits were; blank where not known.
    day
        Date of the report.
    version
        Version of the kit.
    data
        SHA-256 of the data, as the page shows it.
    """

    key: str
    title: str
    name: str
    publishers: str
    period: str
    day: date
    version: str
    data: str

    def citation(self) -> str:
        """Say how to cite the report, in the words of the page."""
        return citation(self.name, self.day, self.version)

    def source(self) -> str:
        """Say in a line where a figure comes from: publishers, period, the report."""
        documents = "Source: published inspection documents"
        if self.publishers:
            documents += f" of {self.publishers}"
        if self.period:
            documents += f", visits of {self.period}"
        return f"{documents}. {self.citation()}"


def citation_text(origin: Origin) -> str:
    """Return the citation as plain text, with what pins the data."""
    return (
        f"{origin.citation()}\n\nTitle: {origin.title}\n{origin.source()}\n"
        f"Data: SHA-256 {origin.data}\n"
    )


def bibtex(origin: Origin) -> str:
    r"""Return an entry for a bibliography.

    Examples
    --------
    >>> day = date(2026, 1, 1)
    >>> print(bibtex(Origin("kent", "Kent & more", "Kent", "Ofsted", "2019", day, "1.0", "ab")))
    @techreport{inspection-findings-kent-2026-01-01,
      title = {{Kent \& more}},
      author = {{The inspection-findings authors}},
      institution = {{inspection-findings 1.0}},
      type = {Report},
      year = {2026},
      month = jan,
      day = {1},
      note = {Source: published inspection documents of Ofsted, visits of 2019. Data: SHA-256 ab},
      langid = {british}
    }
    """
    key = re.sub(r"[^A-Za-z0-9]+", "-", origin.key).strip("-")
    source = origin.source().removesuffix(f" {origin.citation()}")
    fields = {
        "title": f"{{{escaped(origin.title)}}}",
        "author": f"{{{escaped(AUTHORS)}}}",
        "institution": f"{{{escaped(f'inspection-findings {origin.version}')}}}",
        "type": "Report",
        "year": str(origin.day.year),
        "month": f"{origin.day:%b}".lower(),
        "day": str(origin.day.day),
        "note": escaped(f"{source} Data: SHA-256 {origin.data}"),
        "langid": "british",
    }
    lines = [f"  {k} = {v if k == 'month' else f'{{{v}}}'}" for k, v in fields.items()]
    entry = f"inspection-findings-{key}-{origin.day.isoformat()}"
    return f"@techreport{{{entry},\n" + ",\n".join(lines) + "\n}\n"


def escaped(text: str) -> str:
    r"""Return text in which TeX takes no sign for a command; one line.

    Examples
    --------
    >>> print(escaped("50 % of {A_B} & C"))
    50 \% of \{A\_B\} \& C
    """
    return "".join(_SPECIAL.get(sign, sign) for sign in " ".join(text.split()))
