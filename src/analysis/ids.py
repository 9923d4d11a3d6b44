"""What names a visit, a document, a finding and its words.

Ids are made from content and turn into names of files, anchors and keys, so one function makes all
of them, and nothing gets into one but small letters, digits and hyphens.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from typing import Final

from analysis.dates import PartialDate
from analysis.errors import FindingsError

SLUG: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"
"""What an id is made of: small letters, digits and single hyphens between them."""
SLUG_SAID: Final = "small letters, digits and hyphens"
LONGEST: Final = 120
"""Most letters of an id: it names files on every system, with an ending and a folder before it."""
VISITED: Final = "visited"
"""Stands in the id of a document before the last day of the visit, where that must do."""
UNDATED: Final = "undated"
"""Stands in the id of a document of which no date is known at all."""
BOARD: Final = "safeguarding-board"
SECONDARY: Final = "secondary"
FINGERPRINT: Final = r"[0-9a-f]{16}"
"""What `words_print` gives."""
_SIGNS: Final = re.compile(r"[^a-z0-9]")


def is_slug(text: str) -> bool:
    """Whether a text may be an id or a part of one.

    Examples
    --------
    >>> [is_slug(text) for text in ("kent", "2024-01-31", "../x", "20/01/2025", "a--b", "")]
    [True, True, False, False, False, False]
    """
    return len(text) <= LONGEST and re.fullmatch(SLUG, text) is not None


def make_slug(name: str) -> str:
    """Make an id of a name that people gave; blank if nothing of it can stand in one.

    Examples
    --------
    >>> make_slug("Ann Sm\N{LATIN SMALL LETTER I WITH DIAERESIS}th (2)"), make_slug("...")
    ('ann-smith-2', '')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _SIGNS.sub("-", re.sub(r"[^a-z0-9]+", " ", plain).strip())[:LONGEST].strip("-")


def make_id(*parts: str) -> str:
    """Join parts into an id.

    Raises
    ------
    FindingsError
        If a part, or the whole, can be no id.

    Examples
    --------
    >>> make_id("kent", "inspection", "2024-01-31")
    'kent-inspection-2024-01-31'
    >>> make_id("kent", "x/../../up")
    Traceback (most recent call last):
    analysis.errors.FindingsError: 'x/../../up' can be no part of an id; allowed: small letters,
    digits and hyphens. Put right what it comes from.
    """
    for part in (*parts, "-".join(parts)):
        if not is_slug(part):
            raise FindingsError(
                f"{part[:LONGEST]!r} can be no part of an id; allowed: {SLUG_SAID}. "
                "Put right what it comes from."
            )
    return "-".join(parts)


def visit_id(authority: str, kind: str, start: str) -> str:
    """Id of a visit, from its first day as far as that is known.

    Examples
    --------
    >>> visit_id("kent", "focused-visit", "2019-10")
    'kent-focused-visit-2019-10'
    """
    return make_id(authority, kind, _day(start))


def document_id(
    authority: str,
    kind: str,
    *,
    published: str = "",
    visited: str = "",
    checksum: str = "",
    board: bool = False,
    secondary: bool = False,
    number: int = 1,
) -> str:
    """Id of a document.

    Parameters
    ----------
    authority, kind
        Of the visit.
    published
        Date of publication.
    visited
        Last day of the visit; stands in the id where `published` is blank.
    checksum
        Of the document's bytes; tells documents apart where both dates are blank.
    board
        Whether it is about the safeguarding board alone.
    secondary
        Whether it comes from anyone but the inspectorate or the department.
    number
        Which it is of the documents that would else have the same id.

    Examples
    --------
    >>> document_id("kent", "inspection", published="2024-01-31", visited="2023-12-08")
    'kent-inspection-2024-01-31'
    >>> document_id("kent", "inspection", visited="2023-12-08", secondary=True, number=2)
    'kent-inspection-visited-2023-12-08-secondary-2'
    >>> document_id("kent", "inspection", checksum="0a1b2c3d4e5f", board=True)
    'kent-inspection-safeguarding-board-undated-0a1b2c3d'
    """
    if published:
        when = [_day(published)]
    else:
        when = [VISITED, _day(visited)] if visited else [UNDATED, checksum[:8]]
    about = [BOARD] if board else []
    which = [SECONDARY] if secondary else []
    which += [str(number)] if number > 1 else []
    return make_id(authority, kind, *about, *when, *which)


def finding_id(document: str, number: int) -> str:
    """Id of a finding, from its running number in the document.

    Examples
    --------
    >>> finding_id("kent-inspection-2024-01-31", 7)
    'kent-inspection-2024-01-31/7'
    """
    return f"{make_id(document)}/{number:d}"


def names_document(document: str, authority: str, kind: str, published: str) -> bool:
    """Whether an id is one that `document_id` gives to a document of that date of publication.

    Where the date is blank any day of a visit may stand in the id.

    Examples
    --------
    >>> names_document("kent-inspection-2024-01-31-2", "kent", "inspection", "2024-01-31")
    True
    >>> names_document("kent-inspection-visited-2023-12-08", "kent", "inspection", "")
    True
    >>> names_document("kent-inspection-2023-12-08", "kent", "inspection", "")
    False
    """
    day = re.escape(published) if published else rf"{VISITED}-(?P<day>\d{{4}}(?:-\d\d){{0,2}})"
    start, tail = re.escape(f"{authority}-{kind}"), r"(?:-(?:[2-9]|[1-9]\d+))?"
    found = re.fullmatch(rf"{start}(?:-{BOARD})?-{day}(?:-{SECONDARY})?{tail}", document)
    return found is not None and (bool(published) or _is_day(found["day"]))


def _day(text: str) -> str:
    """Return a date that stands in an id as ISO text says it."""
    if not _is_day(text):
        raise FindingsError(
            f"{text[:LONGEST]!r} can be no date in an id; allowed: 2024-01-31, 2024-01 or 2024. "
            "Put right what it comes from."
        )
    return text


def _is_day(text: str) -> bool:
    try:
        return PartialDate.parse(text).iso == text
    except ValueError:
        return False


def words_print(text: str) -> str:
    """Fingerprint of a paragraph's letters and digits, the same however its lines are broken.

    Sixteen hexadecimal digits: a paragraph that was coded is found again by it, whatever number it
    has since been given.

    Examples
    --------
    >>> words_print("Care plans.") == words_print("care  plans")
    True
    """
    return sha256(_SIGNS.sub("", text.lower()).encode()).hexdigest()[:16]
