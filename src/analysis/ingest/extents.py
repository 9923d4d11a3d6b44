"""The inspectors' own quantity word of a finding's main judgement."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final[tuple[tuple[str, str], ...]] = (
    ("too many", r"too many"),
    ("almost all", r"(?:almost|nearly|virtually) (?:all|every)"),
    ("vast majority", r"vast majority"),
    ("large majority", r"(?:large|great|significant|overwhelming) majority"),
    ("a minority", r"(?:small |significant |sizeable )?minority"),
    ("majority", r"majority"),
    ("very few", r"very (?:few|small number)"),
    ("a small number", r"small (?:but significant )?numbers?"),
    ("few", r"(?:a )?few(?:er)?(?! (?:months|years|weeks|days))"),
    ("most", r"most(?! (?:recent|vulnerable|recently|appropriate|important|effective|significant"
             r"|complex|suitable|likely|in need|at risk|senior|up to date))"),
    ("many", r"(?<!how )(?<!so )(?<!as )many"),
    ("some", r"some"),
    ("none", r"none|no (?:children|child|care leavers|young people|social workers)"),
    ("all", r"all|every"),
)  # fmt: skip
_ANY: Final = re.compile(
    r"\b(?:" + "|".join(f"(?P<w{i}>{pattern})" for i, (_, pattern) in enumerate(_WORDS)) + r")\b",
    re.IGNORECASE,
)
_OF_PEOPLE: Final = re.compile(
    r"^\W*(?:(?:of|the|these|those|their|other|its|local)\s+)*(?:\w+[\s-]+){0,3}?"
    r"(?:child|children|young|care|case|families|parents|social|staff|workers?|practitioners|"
    r"managers?|plans?|assessments?|records?|files?|audits?|visits?|reviews?|meetings?|carers?|"
    r"decisions?|personal|advisers?|referrals|contacts|strategy|conferences|pathway|schools?|"
    r"instances|examples|areas|enquiries|homes?|placements|people|agencies|partners|cases|return|"
    r"foster|adopters|supervision|who|receive|have|are|do|were|is|benefit)\b",
    re.IGNORECASE,
)


def extent_of(text: str) -> str:
    """Return the first quantity word that measures people, cases or work, or `""`.

    Examples
    --------
    >>> extent_of("For the vast majority of children, plans are clear.")
    'vast majority'
    >>> extent_of("Leaders meet all year; too many children wait.")
    'too many'
    >>> extent_of("The most recent audit is thorough.")
    ''
    """
    for found in _ANY.finditer(text):
        if not _OF_PEOPLE.match(text[found.end() : found.end() + 80]):
            continue
        index = int((found.lastgroup or "w0")[1:])
        return _WORDS[index][0]
    return ""
