"""Whose work or lives a code is about, as far as the text says.

Codes on the workforce are about the workers whom their evidence names. All others are about the
only group of children whom their theme can deal with, else the one that the evidence names, else
the one with whom the finding's place in the document deals, else, where the place is not known, the
one that the finding names. Where that leaves two groups or none, the cohort is not stated: one
cohort never speaks for another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from analysis.codes.tagger.literals import may_match
from analysis.data.codebook import EVERYWHERE, Theme
from analysis.vocabulary import COHORT_AREAS, expand_areas

NOT_STATED: Final = "not-stated"
HELP: Final = "children-in-need-of-help-or-protection"
IN_CARE: Final = "children-in-care"
LEAVERS: Final = "care-leavers"
SOCIAL_WORKERS: Final = "social-workers"
ADVISERS: Final = "personal-advisers"
MANAGERS: Final = "managers-and-reviewing-officers"

WORKERS_THEMES: Final = frozenset({"caseloads", "workforce-stability", "training", "supervision"})
"""Themes about workers; every other is about children."""
WHOLE_SERVICE_THEMES: Final = frozenset({"leadership", "audit"})
"""Themes about the whole service, wherever they stand, unless the evidence singles out a group."""
WHOLE_SERVICE_AREAS: Final = frozenset({"leadership", "overall", "safeguarding-board", ""})
"""Places in a document that tell nothing of a group."""
GROUPS: Final = (HELP, IN_CARE, LEAVERS)

_MINOR: Final = r"child(?:ren)?(?:'s|\u2019s)?"
_NAMED: Final[dict[str, re.Pattern[str]]] = {
    HELP: re.compile(
        rf"\b(?:{_MINOR}(?: and (?:families|young people))?(?: who (?:are )?)?(?: in)? need"
        r"(?: of|ing)? (?:of )?(?:early )?(?:help|protection|support)|"
        rf"{_MINOR} in need\b|help and protection|in need of (?:help|protection)|"
        r"child protection(?! (?:conference )?chairs)|"
        r"section 47|strategy (?:discussion|meeting)s?|core groups?|pre-proceedings|"
        r"public law outline|plo\b|care proceedings|privately fostered|private fostering|"
        r"early help|front door|mash\b|multi-agency safeguarding hub|"
        r"contacts and referrals|referrals? (?:to|from|are|is|were|receive)|re-referr|"
        r"immediate risk|edge of care|unborn|step(?:ped)?[- ]?down|"
        r"electively home educated|elective home education|children missing education|"
        r"present(?:ing|ed)? as homeless|risk of homelessness)"
    ),
    IN_CARE: re.compile(
        rf"\b(?:(?:{_MINOR}|adolescents|young people|those|siblings|teenagers|pupils)"
        r"(?: and young people)?(?: who (?:are|come|live))? (?:in(?:to)?|entering) (?:our |their "
        r"|its |the )?care\b(?! (?:proceedings|leavers?))|looked[- ]after|cared[- ]for children|"
        r"(?:enter|come into|coming into|leave|in) (?:local authority )?care\b(?! (?:proceedings|"
        r"leavers?|experienced|plans?\b))|care plans?\b|foster (?:care|famil|home|placement)\w*|"
        r"foster carers?|adopt(?:ion|ers?|ive|ed)\b|corporate parent\w*|virtual school|"
        r"children's homes?|kinship|connected (?:persons?|carers?)|special guardian\w*|"
        r"placements?\b|permanence|return(?:ing)? home from care|placement orders?|"
        r"unaccompanied)"
    ),
    LEAVERS: re.compile(
        r"\b(?:care[- ]leavers?|leaving care|care[- ]experienced|left care|pathway plans?|"
        r"personal advis[eo]rs?|staying put|young adults?)"
    ),
}
"""Words that name a group of children, or work that is done with no other."""
_PEOPLE: Final[dict[str, re.Pattern[str]]] = {
    SOCIAL_WORKERS: re.compile(
        r"\b(?:social workers?|social work (?:staff|workforce|vacanc|turnover|posts?)|nqsws?|"
        r"newly[- ]qualified|assessed and supported year|asye)\b"
    ),
    ADVISERS: re.compile(r"\b(?:personal advis[eo]rs?|pas)\b"),
    MANAGERS: re.compile(
        r"\b(?:(?:for|of|to|by|develop) (?:\w+ ){0,3}(?:managers|iros|reviewing officers)|"
        r"(?:managers|iros|reviewing officers|conference chairs)(?:'|\u2019)|"
        r"(?:managers|iros|reviewing officers|conference chairs) (?:\w+ ){0,3}(?:have|attend|"
        r"receive|benefit|supervis|caseload|workload|are (?:well )?(?:trained|supported))|"
        r"management (?:capacity|training|development|vacanc|turnover|posts?)|"
        r"spans? of control|iro (?:caseload|capacity|workload))"
    ),
}
_BOTH: Final = "children-in-care-and-care-leavers"


@dataclass(frozen=True)
class Place:
    """Where a finding stands: `area` is a slug of `vocabulary.AREAS`, or blank if not known.

    Examples
    --------
    >>> Place("adoption").cohort
    'children-in-care'
    >>> Place("leadership").cohort, Place("children-in-care-and-care-leavers").cohort
    ('not-stated', 'children-in-care')
    """

    area: str = ""

    @property
    def cohort(self) -> str:
        """The children with whom this part of the service deals.

        The shared section of children in care and care leavers speaks of children in care where it
        does not name care leavers.
        """
        if self.area in WHOLE_SERVICE_AREAS:
            return NOT_STATED
        if self.area in (_BOTH, "help-and-protection"):
            return IN_CARE if self.area == _BOTH else HELP
        return next((c for c in GROUPS if self.area in COHORT_AREAS[c]), NOT_STATED)


def cohort_of(text: str, start: int, end: int, theme: Theme, place: Place = Place()) -> str:
    """Say whose work or lives a code is about.

    Parameters
    ----------
    text
        The finding's words.
    start, end
        First character of the code's evidence, and the one after its last.
    theme
        The code's theme.
    place
        Where the finding stands.

    Returns
    -------
    str
        A slug of `vocabulary.COHORTS`.

    Examples
    --------
    >>> from analysis.data.codebook import Theme
    >>> plans = Theme("plans", "practice", "Plans", "Plans.", (), (),
    ...               ("children-in-need", "children-in-care"), (), ())
    >>> text = "Plans are clear. Children in care know theirs."
    >>> cohort_of(text, 0, 16, plans), cohort_of(text, 0, 16, plans, Place("child-protection"))
    ('children-in-care', 'children-in-need-of-help-or-protection')
    """
    evidence = text[start:end].lower()
    if theme.id in WORKERS_THEMES:
        return _only(named(evidence, _PEOPLE))
    possible = met_in(theme)
    if len(possible) == 1:
        return possible[0]
    found = named(evidence, _NAMED)
    if len(found) == 1:
        return found[0]
    if theme.id in WHOLE_SERVICE_THEMES:
        return NOT_STATED
    if found:
        return place.cohort if place.cohort in found else NOT_STATED
    return place.cohort if place.area else _only(named(text.lower(), _NAMED))


def met_in(theme: Theme) -> tuple[str, ...]:
    """Groups of children with whom a theme can deal, by the areas in which it is expected."""
    return _groups_of(theme.areas)


@cache
def _groups_of(names: tuple[str, ...]) -> tuple[str, ...]:
    areas = expand_areas(list(names))
    if EVERYWHERE in areas:
        return GROUPS
    return tuple(group for group in GROUPS if not areas.isdisjoint(COHORT_AREAS[group]))


def named(lower: str, words: dict[str, re.Pattern[str]]) -> list[str]:
    """Cohorts that a text, in small letters, names."""
    return [
        cohort
        for cohort, pattern in words.items()
        if may_match(pattern, lower) and pattern.search(lower)
    ]


def _only(cohorts: Sequence[str]) -> str:
    """The one cohort named; not stated where it is none or more."""
    return cohorts[0] if len(cohorts) == 1 else NOT_STATED
