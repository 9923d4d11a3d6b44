"""What is new as an Atom feed (RFC 4287), with ids of the scheme `tag:` (RFC 4151)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from lxml import etree

from analysis.dates import PartialDate
from analysis.english import join, plural
from analysis.exporting.citing import AUTHORS
from analysis.report.tables.news import FAULTS
from analysis.site.news import COUNTS, HEADS, News
from analysis.site.places import FEED, NEW

ATOM: Final = "http://www.w3.org/2005/Atom"
XHTML: Final = "http://www.w3.org/1999/xhtml"
ENTRIES: Final = 60
"""Visits in the feed, the latest."""
_NOBODY: Final = "inspection-findings.invalid"
"""Stands in ids where it is not known at which host the site stands."""
_MINTED: Final = "2026"
"""Year in which the ids were given out first."""


def feed(news: Sequence[News], read: Mapping[str, str], base_url: str = "") -> bytes:
    """Return the feed of the latest visits.

    Parameters
    ----------
    news
        The latest first.
    read
        Day on which somebody last read the document of a visit, ISO.
    base_url
        Where the site stands; links are relative to the feed where that is not known.
    """
    host = urlsplit(base_url).hostname or _NOBODY
    root = etree.Element(f"{{{ATOM}}}feed", nsmap=_plain(ATOM))
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "en-GB")
    _add(root, "id", _tag(host, "new"))
    _add(root, "title", "What is new in England’s children’s services, by what inspectors wrote")
    _add(root, "updated", max(_updated(each, read) for each in news[:ENTRIES]))
    _add(_add(root, "author"), "name", AUTHORS)
    _add(root, "link", rel="alternate", type="text/html", href=base_url + NEW)
    if base_url:
        _add(root, "link", rel="self", type="application/atom+xml", href=base_url + FEED)
    for each in news[:ENTRIES]:
        _entry(_add(root, "entry"), each, read, host, base_url)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def _entry(
    entry: etree._Element, news: News, read: Mapping[str, str], host: str, base_url: str
) -> None:
    counts = [f"{count} {COUNTS[head]}" for head, count in news.counts.items() if count]
    said = join(counts) if counts else "nothing raised and nothing put right"
    if news.tagged:
        said = "read by a program only, and by nobody yet"
    _add(entry, "id", _tag(host, news.visit.visit))
    _add(entry, "title", f"{news.authority.name}, {news.visit.said}: {said}")
    _add(entry, "updated", _updated(news, read))
    _add(entry, "published", _instant(news.published))
    where = f"{base_url}{news.authority.page}"
    _add(entry, "link", rel="alternate", type="text/html", href=where)
    _add(entry, "category", term=news.authority.region)
    content = _add(entry, "content", type="xhtml")
    told = etree.SubElement(content, f"{{{XHTML}}}div", nsmap=_plain(XHTML))
    _add(told, "p", f"{news.authority.region}. {news.visit.scope}.", space=XHTML)
    for head, title in HEADS.items():
        if items := news.items[head]:
            counted = plural(len(items), "fault" if head == FAULTS else "need")
            _add(told, "p", f"{title} ({counted}):", space=XHTML)
            listed = _add(told, "ul", space=XHTML)
            for item in items:
                _add(listed, "li", _line(item.wording, item.who), space=XHTML)


def _add(
    parent: etree._Element, name: str, text: str = "", *, space: str = ATOM, **attributes: str
) -> etree._Element:
    """Add an element; text and attributes are escaped when it is written."""
    made = etree.SubElement(parent, f"{{{space}}}{name}", attributes)
    made.text = text or None
    return made


def _plain(space: str) -> Any:
    """Return the names of an element under which this space needs no prefix."""
    return {None: space}


def _line(wording: str, who: str) -> str:
    return f"{wording} ({who})" if who else wording


def _tag(host: str, name: str) -> str:
    """Return an id that stays, wherever the page moves on its host."""
    return f"tag:{host},{_MINTED}:{name}"


def _updated(news: News, read: Mapping[str, str]) -> str:
    return _instant(max(news.published, read.get(news.visit.visit, "")))


def _instant(day: str) -> str:
    return f"{PartialDate.parse(day).earliest.isoformat()}T00:00:00Z"
