"""What a visit looked at: the published words, and the areas they name."""

from __future__ import annotations

import re
from typing import Final

_AREA_WORDS: Final[tuple[tuple[str, str], ...]] = (
    ("front-door", r"front door|multi-agency safeguarding hub|\bmash\b|first point of contact"
                   r"|contacts? and referrals?|point of referral|initial contact|emergency duty"),
    ("early-help", r"early help"),
    ("children-in-need", r"children in need\b(?! of)|child in need|children and families in need"
                         r"|need and protection|in need or"),
    ("child-protection", r"child protection|protection plans?|protection planning"
                         r"|pre-proceedings|public law outline|protection enquir"
                         r"|section 47|need or protection|need and protection"),
    ("help-and-protection", r"help and protection|help or protection|need(?:ing)? of help"
                            r"|at risk of|vulnerable adolescents|vulnerable to|exploitation"
                            r"|missing from home|adolescents|extra-familial"
                            r"|protection of vulnerable|support and protection"),
    ("private-fostering", r"private(?:ly)? foster"),
    ("disabled-children", r"disabled children|children with disabilit|disabilit"),
    ("adoption", r"adopt"),
    ("care-leavers", r"care leavers?|leaving care|care[- ]experienced|pathway plan"
                     r"|transition to (?:independence|adulthood)"),
    ("children-in-care", r"children (?:and young people )?(?:who are )?(?:already )?in care"
                         r"|looked[ -]after|cared[- ]for children|children we care for"
                         r"|permanence|placements?|entering care|in the care of"
                         r"|children\W{0,3}s homes|unregistered|foster carers"),
    ("leadership", r"leadership|leaders|performance management|quality assurance|supervision"
                   r"|workforce|caseload"),
    ("safeguarding-board", r"safeguarding children(?:'?s'?)? board|\blscb\b"),
)  # fmt: skip
_COMPILED: Final = tuple((area, re.compile(words, re.IGNORECASE)) for area, words in _AREA_WORDS)
ALL_AREAS: Final = (
    "front-door", "early-help", "children-in-need", "child-protection", "private-fostering",
    "disabled-children", "children-in-care", "adoption", "care-leavers", "leadership",
)  # fmt: skip
"""Areas that a full inspection of services looks at."""
_HELP: Final = frozenset({"front-door", "early-help", "children-in-need", "child-protection"})
_CARE: Final = frozenset({"children-in-care", "adoption"})


def areas_of(scope: str) -> list[str]:
    """Name the areas that a published scope names, in the closed list's order.

    Examples
    --------
    >>> areas_of("children in need, and child protection plans")
    ['children-in-need', 'child-protection']
    >>> areas_of("the local authority's arrangements for care leavers")
    ['care-leavers']
    >>> areas_of("The Local Safeguarding Children Board")
    ['safeguarding-board']
    """
    text = scope.replace("\u2018", " ").replace("\u2019", "'")
    found = [area for area, pattern in _COMPILED if pattern.search(text)]
    if _HELP & set(found) and "help-and-protection" in found:
        found.remove("help-and-protection")
    return found


def main_area(areas: list[str]) -> str:
    """Area that stands for a whole letter where no heading names one.

    Examples
    --------
    >>> main_area(["front-door", "early-help", "leadership"])
    'help-and-protection'
    >>> main_area(["care-leavers"])
    'care-leavers'
    >>> main_area(["front-door", "care-leavers"])
    'overall'
    """
    services = [area for area in areas if area != "leadership"] or areas
    if len(services) == 1:
        return services[0]
    if services and set(services) <= _HELP | {"help-and-protection", "disabled-children",
                                              "private-fostering"}:  # fmt: skip
        return "help-and-protection"
    if services and set(services) <= _CARE:
        return "children-in-care"
    if services and set(services) <= _CARE | {"care-leavers"}:
        return "children-in-care-and-care-leavers"
    return "overall"
