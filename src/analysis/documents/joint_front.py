"""The front of a JTAI letter: to whom, when, on which theme.

A joint targeted area inspection is reported in a letter to all bodies of a partnership. Its
addressees are no findings; its theme stands in the title or in the first sentence, and up to 2020
a narrower one as the focus of a "deep dive".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from analysis.documents.blocks import Block
from analysis.documents.letter_front import read_address
from analysis.documents.printed.dates import Span, find_span
from analysis.documents.readings import Place, Reading

_ABOUT: Final = re.compile(
    r"^this letter|^(?:this|the) (?:\w+ ){0,6}inspection (?:\(JTAI\) )?(?:took place|was carried"
    r" out|was conducted|included|considered|focus(?:s)?ed|also|looked|evaluated)|^between\b"
    r"|^in this JTAI|undertook (?:a|this) joint inspection|carried out (?:a|this) joint inspection"
    r"|conducted (?:a|this) joint inspection|^(?:from|on) \d|deep[ -]dive\W{0,2} focus"
    r"|^inspectors (?:considered|looked|evaluated|focus(?:s)?ed|also considered|also evaluated)"
    r"|^(?:the|these) inspectorates|^included was|^alongside this|will be referred to as"
    r"|^the JTAI (?:included|considered|focus(?:s)?ed)|outlines our findings",
    re.IGNORECASE,
)
"""Who inspected, when and what: the sentences that tell of the inspection itself."""
_INSPECTED: Final = re.compile(r"inspect|JTAI|took place|visit", re.IGNORECASE)
_THEME: Final = re.compile(
    r"inspection (?:\(JTAI\) )?of (?:the )?multi-agency (?:(?:responses?|approach) (?:to|for) )?"
    r"(?:the )?(?P<theme>[^.;]+?)(?:,? (?:in|within|across) (?:the )?(?-i:[A-Z])[^.]*)?[.\d]*$",
    re.IGNORECASE,
)
_DEEP: Final = re.compile(
    r"deep[ -]dive\W{0,2} focus on (?:the )?(?:response to )?(?:the )?(?P<theme>[^.;]+)",
    re.IGNORECASE,
)
_SENTENCES: Final = re.compile(r"(?<=[.!?])\d{0,2}\s+(?=[A-Z])")


def read_joint_front(
    reading: Reading, blocks: list[Block], is_heading: Callable[[int], bool]
) -> tuple[int, Place]:
    """Read a JTAI letter up to its findings.

    Returns
    -------
    int
        Index of the first block of the findings.
    Place
        Where the reader then stands.
    """
    start = read_address(reading, blocks)
    title = start
    while title < len(blocks) and title < start + 3 and _is_title(blocks[title], is_heading(title)):
        title += 1
    reading.title = " ".join(block.text for block in blocks[start:title])
    end = title
    while end < len(blocks) and not is_heading(end) and _ABOUT.search(blocks[end].text):
        end += 1
    about = blocks[title:end]
    for block in blocks[start:title]:
        reading.use(block.lines, "title")
    for block in about:
        reading.use(block.lines, "opening of the letter")
    sentences = [s for block in about for s in _SENTENCES.split(block.text)]
    year = int(reading.published[:4]) if reading.published else 0
    reading.date_visit(_dates(sentences, year))
    if reading.visit.start and not reading.visit.year_printed:
        reading.oddities.append(
            "the dates of the visit are printed without a year; the letter's is taken"
        )
    reading.areas = [reading.kind.area]
    reading.theme = _theme(reading.title, sentences)
    reading.scope = " ".join(s for s in sentences if _THEME.search(s) or _DEEP.search(s))
    if not reading.theme:
        reading.missing["scope"] = "the letter does not say on which theme the inspection was"
    return end, Place(title="Letter", role="summary", area=reading.kind.area)


def _is_title(block: Block, heads: bool) -> bool:
    return bool(re.match(r"(?:re:? )?joint targeted area", block.text, re.IGNORECASE)) or (
        heads and bool(re.match(r"[a-z]|in [A-Z]|multi-agency", block.text))
    )


def _dates(sentences: list[str], year: int) -> Span | None:
    """Return the days in the first sentence that dates the inspection."""
    for sentence in sentences:
        if _INSPECTED.search(sentence) and (span := find_span(sentence, year)):
            return span
    return None


def _theme(title: str, sentences: list[str]) -> str:
    """Words of the theme: of the title, else of the first sentence, and those of the deep dive."""
    broad = next((found for text in (title, *sentences) if (found := _words(text))), "")
    deep = next((m["theme"].strip() for s in sentences if (m := _DEEP.search(s))), "")
    deep = re.sub(r"\W*\d*$", "", deep)
    if broad.lower() in deep.lower():
        return deep
    return broad if deep.lower() in broad.lower() else f"{broad}; {deep}"


def _words(text: str) -> str:
    found = _THEME.search(text.strip())
    return found["theme"].strip() if found else ""
