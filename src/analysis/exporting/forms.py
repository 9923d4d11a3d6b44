"""The forms in which a report can be had, and the files of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from analysis.errors import require_known

HTML: Final = "html"
WORD: Final = "docx"
PDF: Final = "pdf"
FIGURES: Final = "figures"
CITATION: Final = "citation"
BRIEFING: Final = "briefing"


class Form(NamedTuple):
    """A form of a report.

    Attributes
    ----------
    label
        What the index calls it; blank for the page, to which the authority's name leads.
    opens
        What a report's name is followed by in the file that a link to the form opens.
    parts
        Endings of its files; figures have a folder instead.
    called
        What else people call it; an error suggests its own name.
    drawn
        Whether it is made from the charts themselves, beside the page.
    """

    label: str
    opens: str
    parts: tuple[str, ...]
    called: tuple[str, ...]
    drawn: bool = False


FORMS: Final[dict[str, Form]] = {
    HTML: Form("", ".html", ("html", "ipynb"), ("page", "htm", "web page", "notebook", "ipynb")),
    BRIEFING: Form(
        "briefing",
        ".briefing.html",
        ("briefing.html", "briefing.docx", "briefing.pdf"),
        ("brief", "summary", "two pages", "a4"),
        drawn=True,
    ),
    WORD: Form("Word", ".docx", ("docx",), ("word", "doc", "msword", "office"), drawn=True),
    PDF: Form("PDF", ".pdf", ("pdf",), ("print",)),
    FIGURES: Form(
        "figures",
        f"-{FIGURES}/README.txt",
        (),
        ("charts", "images", "pictures", "png", "svg", "csv"),
        drawn=True,
    ),
    CITATION: Form(
        "citation", ".citation.txt", ("bib", "citation.txt"), ("bib", "bibtex", "reference", "txt")
    ),
}
"""The forms by name, in the order in which they are said."""
_PARTS: Final = {part: name for name, form in FORMS.items() for part in form.parts}
_CALLED: Final = {called: name for name, form in FORMS.items() for called in form.called}
_FIGURE: Final = re.compile(rf"{FIGURES}/[A-Za-z0-9-]+\.[a-z]+")


def read_forms(text: str) -> tuple[str, ...]:
    """Read forms that are separated by commas; `html` is always one of them.

    Raises
    ------
    UnknownNameError
        If one is unknown; names the nearest.

    Examples
    --------
    >>> read_forms("pdf, docx")
    ('html', 'docx', 'pdf')
    """
    named = [name.strip().lower() for name in text.split(",") if name.strip()]
    return in_order(require_known("form of a report", name, list(FORMS), _CALLED) for name in named)


def in_order(forms: Iterable[str]) -> tuple[str, ...]:
    """Return each form once, `html` among them, in the usual order."""
    found = {HTML, *forms}
    return tuple(form for form in FORMS if form in found)


def form_of(part: str) -> str:
    """Return the form that a file belongs to, by its ending or its place in the folder of figures.

    Examples
    --------
    >>> form_of("ipynb"), form_of("figures/figure-1-matrix.svg"), form_of("../x")
    ('html', 'figures', '')
    """
    return FIGURES if _FIGURE.fullmatch(part) else _PARTS.get(part, "")
