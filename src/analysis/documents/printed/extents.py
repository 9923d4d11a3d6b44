"""The inspectors' own quantity word of a finding's main judgement."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_WORDS: Final[tuple[tuple[str, str], ...]] = (
    ("too many", r"too many"),
    ("almost all", r"(?:almost|nearly|virtually) (?:all|every)"),
    ("vast majority", r"vast majority"),
    ("large majority", r"(?:large|great|significant|overwhelming) majority"),
    ("a minority", r"(?:a )?(?:(?:very )?small |significant |sizeable |large )?"
                   r"(?<!ethnic )(?<!and )(?<!or )minority"
                   r"(?! (?:ethnic|groups?|communit|backgrounds?|languages?|famil))"),
    ("majority", r"majority"),
    ("very few", r"(?:a )?very (?:few|small numbers?)"),
    ("a small number", r"(?:a )?small (?:but significant )?numbers?"),
    ("few", r"(?:a )?(?<!too )(?<!so )few(?! (?:months|years|weeks|days))"),
    ("most", r"most(?! (?:recent|vulnerable|recently|appropriate|important|effective|significant"
             r"|complex|suitable|likely|in need|at risk|senior|up to date))"),
    ("many", r"(?<!how )(?<!so )(?<!as )many"),
    ("some", r"some"),
    ("none", r"none|no (?:children|child|care leavers|young people|social workers)"),
    ("all", r"(?:all|every)(?! (?:levels?|times?|day|year|month|week))"),
)  # fmt: skip
_ANY: Final = re.compile(
    r"\b(?<!not )(?:"
    + "|".join(f"(?P<w{i}>{pattern})" for i, (_, pattern) in enumerate(_WORDS))
    + r")\b"
)
"""For texts in small letters: five times as fast as without regard to case."""
_OF_PEOPLE: Final = re.compile(
    r"^\W*(?:(?:of|the|these|those|their|other|its|local)\s+)*(?:\w+[\s-]+){0,3}?"
    r"(?:child|children|young|care|case|families|parents|social|staff|workers?|practitioners|"
    r"managers?|plans?|assessments?|records?|files?|audits?|visits?|reviews?|meetings?|carers?|"
    r"decisions?|personal|advisers?|referrals|contacts|strategy|conferences|pathway|schools?|"
    r"instances|examples|areas|enquiries|homes?|placements|people|agencies|partners|cases|return|"
    r"foster|adopters|supervision|who|receive|have|are|do|were|is|benefit)\b"
)


class Extent(NamedTuple):
    """A quantity word.

    Attributes
    ----------
    word
        The one of the ordered list, or ``.
    printed
        The words that stand in the text, in small letters, or ``.
    """

    word: str = ""
    printed: str = ""


def find_extent(text: str) -> Extent:
    """Find the first quantity word that measures people, cases or work.

    Examples
    --------
    >>> find_extent("The great majority of children have plans.")
    Extent(word='large majority', printed='great majority')
    >>> find_extent("Children from minority ethnic families are seen.")
    Extent(word='', printed='')
    """
    lower = text.lower()
    for found in _ANY.finditer(lower):
        if not _OF_PEOPLE.match(lower[found.end() : found.end() + 80]):
            continue
        index = int((found.lastgroup or "w0")[1:])
        return Extent(_WORDS[index][0], found[0])
    return Extent()


def extent_of(text: str) -> str:
    """Return the word of the ordered list for a text's quantity word, or `""`.

    Examples
    --------
    >>> extent_of("For the vast majority of children, plans are clear.")
    'vast majority'
    >>> extent_of("Leaders meet all year; too many children wait.")
    'too many'
    >>> extent_of("The most recent audit is thorough.")
    ''
    >>> extent_of("Not all children are seen.")
    ''
    """
    return find_extent(text).word
