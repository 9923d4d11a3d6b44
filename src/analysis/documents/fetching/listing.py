"""The publisher: where its documents are, and what its page of an authority says of them."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree, html

from analysis.dates import PartialDate
from analysis.documents.fetching.client import joined
from analysis.english import plural
from analysis.errors import FindingsError

ORIGINS: Final = ("https://reports.ofsted.gov.uk", "https://files.ofsted.gov.uk")
"""Where the inspectorate keeps its pages and its documents; nothing else is asked."""
LINK_CLASS: Final = "publication-link"
LABEL_CLASS: Final = "nonvisual"
KIND_WORDS: Final = {
    "focused visit": "focused-visit",
    "monitoring visit": "monitoring-visit",
    "inspection": "inspection",
}
"""Printed words and the kind that a file is named by; the first that are found decide."""
OTHER_SERVICES: Final = re.compile(r"\b(?:area|joint|send)\b")
"""Printed words of inspections that are not of children's services alone."""
OTHER_KIND: Final = "document"
MAX_DOCUMENTS: Final = 500
_LABEL: Final = re.compile(r"(.*?)(?:, *pdf)? *[-–] *(\d{1,2} [a-z]{3,9} \d{4})", re.I | re.A)
_MAX_TEXT: Final = 200
_ID_LENGTH: Final = 8


@dataclass(frozen=True)
class Listed:
    """A document as the page lists it; texts are one line each, `published` is ISO or blank.

    Examples
    --------
    >>> document = Listed("https://files.ofsted.gov.uk/v1/file/50000001", "Letter",
    ...     "Children's services focused visit", "2024-03-06")
    >>> document.kind, document.file_id
    ('focused-visit', '50000001')
    """

    address: str
    title: str
    kind_printed: str
    published: str

    @property
    def kind(self) -> str:
        """A kind of `KIND_WORDS`, or `document`."""
        printed = self.kind_printed.lower()
        if OTHER_SERVICES.search(printed):
            return OTHER_KIND
        return next((kind for words, kind in KIND_WORDS.items() if words in printed), OTHER_KIND)

    @property
    def file_id(self) -> str:
        """The first letters and digits of the address's last part, for telling names apart."""
        return re.sub(r"[^a-z0-9]", "", self.address.rpartition("/")[2].lower())[:_ID_LENGTH]


def documents_on(page: bytes, address: str) -> list[Listed]:
    """Read the documents off an authority's page, in its order, each address once.

    Raises
    ------
    FindingsError
        If there is none, or more than `MAX_DOCUMENTS`.

    Examples
    --------
    >>> page = b'''<a class="publication-link" href="/v1/file/7">Report <span class="nonvisual">
    ...     Children's services inspection, pdf - 20 January 2025</span></a>'''
    >>> documents_on(page, "https://files.ofsted.gov.uk/")
    [Listed(address='https://files.ofsted.gov.uk/v1/file/7', title='Report',
        kind_printed="Children's services inspection", published='2025-01-20')]
    """
    try:
        root = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
        links = _of_class(root, LINK_CLASS)
    except etree.LxmlError:
        links = []
    if not links:
        raise FindingsError(
            f"The page {address} has no link of class {LINK_CLASS}. Open it in a browser: if it "
            "lists documents, its layout has changed, and this version cannot read it."
        )
    if len(links) > MAX_DOCUMENTS:
        raise FindingsError(
            f"The page {address} lists {plural(len(links), 'document')}; allowed: {MAX_DOCUMENTS}. "
            "Open it in a browser and see whether it is an authority's page."
        )
    listed: dict[str, Listed] = {}
    for link in links:
        document = _listed(link, address)
        listed.setdefault(document.address, document)
    return list(listed.values())


def _of_class(root: etree._Element, name: str) -> list[etree._Element]:
    return [element for element in root.iter() if name in (element.get("class") or "").split()]


def _listed(link: etree._Element, page: str) -> Listed:
    printed = _text(link)
    label = "".join(_text(span) for span in _of_class(link, LABEL_CLASS)[:1])
    title = _one_line(printed.replace(label, " ") if label else printed)
    kind, published = _one_line(label), ""
    if found := _LABEL.fullmatch(kind):
        kind, day = found.groups()
        with suppress(ValueError):
            date = datetime.strptime(day, "%d %B %Y").date()
            published = PartialDate.parse(date.isoformat()).iso
    return Listed(joined(page, (link.get("href") or "").strip()), title or kind, kind, published)


def _text(element: etree._Element) -> str:
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_MAX_TEXT]
