"""The forms in which a report can be had, and the files of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from analysis.errors import require_known

HTML: Final = "html"
WORD: Final = "docx"
PDF: Final = "pdf"
FIGURES: Final = "figures"
CITATION: Final = "citation"
FORMS: Final = (HTML, WORD, PDF, FIGURES, CITATION)
"""In the order in which they are said."""
_PARTS: Final = {
    "html": HTML,
    "ipynb": HTML,
    "docx": WORD,
    "pdf": PDF,
    "bib": CITATION,
    "citation.txt": CITATION,
}
"""Files that a form consists of, by their endings; figures have a folder."""
_CALLED: Final = {
    **dict.fromkeys(("word", "doc", "msword", "office"), WORD),
    **dict.fromkeys(("page", "htm", "web page", "notebook", "ipynb"), HTML),
    **dict.fromkeys(("charts", "images", "pictures", "png", "svg", "csv"), FIGURES),
    **dict.fromkeys(("bib", "bibtex", "reference", "txt"), CITATION),
    "print": PDF,
}
"""What else people call a form; an error suggests the form's own name."""
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
    return in_order(require_known("form of a report", name, FORMS, _CALLED) for name in named)


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
