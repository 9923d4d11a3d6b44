"""Which published words of a finding are shown: whole sentences, those that carry the code."""

from __future__ import annotations

import re
from typing import Final

from analysis.codes.tagger.text import sentences_of

_WORD: Final = re.compile(r"[a-z0-9]{4,}")
_STEM: Final = 5
"""Letters by which words of one stem are taken for the same."""


def passage(words: str, found: str, most: int) -> str:
    """Return the sentences that speak most of what was found, whole; dots say what is left out.

    Parameters
    ----------
    words
        Of the finding, as published.
    found
        What was found, in our words.
    most
        Words, beyond which no further sentence is taken; the first is taken however long it is.

    Examples
    --------
    >>> text = "Staff are settled. Audits are weak and late. They are not used. It rained."
    >>> passage(text, "Weak auditing", 8)
    '… Audits are weak and late. …'
    >>> passage(text, "Weak auditing", 20) == text
    True
    """
    sentences = [" ".join(words[span.start : span.end].split()) for span in sentences_of(words)]
    if not sentences:
        return ""
    sought = _stems(found)
    shared = [len(_stems(sentence) & sought) for sentence in sentences]
    first = last = shared.index(max(shared))
    count = len(sentences[first].split())
    while first > 0 or last + 1 < len(sentences):
        later = last + 1 < len(sentences)
        more = len(sentences[last + 1 if later else first - 1].split())
        if count + more > most:
            break
        count += more
        first, last = (first, last + 1) if later else (first - 1, last)
    before = "… " if first else ""
    after = " …" if last + 1 < len(sentences) else ""
    return f"{before}{' '.join(sentences[first : last + 1])}{after}"


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.lower())}
