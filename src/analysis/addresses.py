"""Addresses of documents: which of them lead to the very page of what is printed."""

from __future__ import annotations

import re
from typing import Final

_PDF: Final = re.compile(r"\S+\.pdf|https://files\.ofsted\.gov\.uk/v1/file/\d+", re.IGNORECASE)
"""Addresses of a PDF: by their ending, or in the inspectorate's store of files, which have none."""


def paged(address: str, page: str) -> str:
    """Return the address of a document at a page; blank unless it is a PDF's and a page is known.

    Parameters
    ----------
    page
        Blank where the document has no pages: what is held of it is then no PDF.

    Examples
    --------
    >>> paged("https://files.ofsted.gov.uk/v1/file/50000001", "3")
    'https://files.ofsted.gov.uk/v1/file/50000001#page=3'
    >>> paged("https://a.example/report.pdf", ""), paged("https://a.example/report", "3")
    ('', '')
    """
    return f"{address}#page={page}" if page and _PDF.fullmatch(address) else ""
