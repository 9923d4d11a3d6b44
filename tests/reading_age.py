"""How old a reader must be to read a text, by the Flesch-Kincaid grade.

Our own few lines, since the library of the field brings a dependency under the GPL. Syllables are
counted by groups of vowels, as most tools do without a dictionary; the tests hold the count to
words whose syllables are known and the grade to texts whose grade is known.

Source: J. P. Kincaid and others, Derivation of new readability formulas (1975):
grade = 0.39 words / sentences + 11.8 syllables / words - 15.59. A pupil of a grade is about five
years older than its number.
"""

from __future__ import annotations

import re
from typing import Final

YEARS: Final = 5
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_END: Final = re.compile(r"[.!?]+(?=\s|$)")
_DATE: Final = re.compile(
    r"\b(?:(?:re-)?inspection|focused visit|monitoring visit|improvement notice) of "
    r"(?:[A-Z][a-z]+ )?\d{4}"
)
_MONTH: Final = re.compile(r"\b(?:[A-Z][a-z]+ )?(?:19|20)\d\d\b")
_BRACKET: Final = re.compile(r"\s*\([^()]*\)")


def syllables(word: str) -> int:
    """Count the syllables of a word, at least one."""
    word = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", word))
    if re.search(r"[^aeiouyl]e$", word) or re.search(r"[^aeioudt]ed$", word):
        groups -= 1
    if re.search(r"[^aeiouscgzx]es$", word) and not word.endswith("les"):
        groups -= 1
    return max(groups + len(re.findall(r"(?<![cstg])i[ao](?!u)|ea$|creat|ism$", word)), 1)


def plain(text: str) -> str:
    """Take out names of visits, dates and what stands in brackets (cohorts, n and flags)."""
    text = _DATE.sub("visit", text)
    previous = ""
    while previous != text:
        previous, text = text, _BRACKET.sub("", text)
    return _MONTH.sub("then", text)


def grade(passages: list[str]) -> float:
    """Return the Flesch-Kincaid grade of passages, each of which ends a sentence."""
    sentences = words = spoken = 0
    for passage in passages:
        for sentence in _END.split(passage):
            if found := _WORD.findall(sentence):
                sentences += 1
                words += len(found)
                spoken += sum(map(syllables, found))
    return 0.39 * words / sentences + 11.8 * spoken / words - 15.59


def reading_age(passages: list[str]) -> float:
    """Return the age, in years, at which passages are read with ease."""
    return grade(passages) + YEARS
