"""The closed lists that every table, chart and sentence uses.

One word for one thing: the slugs below are what stands in the data files, the labels are what a
reader sees. The lists follow the project's method; a value outside them is refused on loading.
"""

from __future__ import annotations

from typing import Final, NamedTuple

KINDS: Final[dict[str, str]] = {
    "inspection": "inspection",
    "re-inspection": "re-inspection",
    "focused-visit": "focused visit",
    "monitoring-visit": "monitoring visit",
    "joint-inspection": "joint inspection",
    "send-inspection": "SEND inspection",
    "improvement-notice": "improvement notice",
}
"""Kinds of visit, in words."""
NOTICE: Final = "improvement-notice"
"""The kind that is no visit of inspectors: it requires, and sets no status."""
INSPECTIONS: Final = ("inspection", "re-inspection")
"""Kinds of visit to the whole service: full inspections."""
PARTNERSHIP_KINDS: Final = ("joint-inspection", "send-inspection")
"""Kinds of visit to a whole partnership, which are not counted among those to the services."""
ENDS: Final = 2
"""Full inspections that a comparison needs at least."""
HELD: Final[dict[str, str]] = {
    "primary": "primary document",
    "secondary": "secondary source only",
    "none": "no document",
}
"""What is held of a visit, in words."""

FRAMEWORKS: Final[dict[str, str]] = {
    "SIF": "Single Inspection Framework (2013 to 2017)",
    "ILACS": "Inspection of Local Authority Children's Services (2018 onwards)",
    "JTAI": "Joint Targeted Area Inspection (2016 onwards)",
    "SEND": "Area SEND inspection (2016 onwards)",
    "": "none",
}
"""Inspection frameworks; empty for visits under none, such as a department's notice."""

FRAMEWORK_YEARS: Final[dict[str, tuple[int, int | None]]] = {
    "SIF": (2013, 2018),
    "ILACS": (2018, None),
    "JTAI": (2016, None),
    "SEND": (2016, None),
}
"""Years in which visits under a framework began, the last one where it has ended."""

PARTNERSHIPS: Final[dict[str, str]] = {"JTAI": "joint-theme", "SEND": "send-partnership"}
"""Frameworks that look at a whole partnership beside those that look at children's services, each
with the one area that its visits look at and all of its findings are about."""

NAMES: Final = ("spelling", "trust", "former", "other", "word")
"""What a name in `authority_names.csv` is."""

DOCUMENT_KINDS: Final = ("report", "letter", "notice", "news", "article")
SOURCES: Final = ("primary", "secondary")


class Area(NamedTuple):
    """A part of the service.

    Attributes
    ----------
    label
        In words.
    looked_at, graded, stated
        Whether a visit can look at it, a document grade it, inspectors make a statement about the
        whole of it.
    """

    label: str
    looked_at: bool = True
    graded: bool = False
    stated: bool = True


MARKED_AREAS: Final[dict[str, Area]] = {
    "front-door": Area("front door"),
    "early-help": Area("early help"),
    "children-in-need": Area("children in need"),
    "child-protection": Area("child protection"),
    "help-and-protection": Area("help and protection", graded=True),
    "private-fostering": Area("private fostering"),
    "disabled-children": Area("disabled children"),
    "children-in-care": Area("children in care", graded=True),
    "adoption": Area("adoption", graded=True),
    "care-leavers": Area("care leavers", graded=True),
    "children-in-care-and-care-leavers": Area("children in care and care leavers", graded=True),
    "leadership": Area("leadership", graded=True),
    "safeguarding-board": Area("safeguarding board", graded=True),
    "joint-theme": Area("theme of a joint inspection"),
    "send-partnership": Area("SEND partnership", graded=True),
    "overall": Area("overall", looked_at=False, graded=True),
}
"""Parts of the service: the one closed list, and what each serves for."""
AREAS: Final[dict[str, str]] = {name: area.label for name, area in MARKED_AREAS.items()}
"""Parts of the service, in words."""

AREA_PARTS: Final[dict[str, tuple[str, ...]]] = {
    "help-and-protection": (
        "front-door",
        "early-help",
        "children-in-need",
        "child-protection",
        "private-fostering",
        "disabled-children",
    ),
    "children-in-care-and-care-leavers": ("children-in-care", "care-leavers"),
}
"""Areas that are made of others: a visit to the whole is a visit to each part."""

GRADES: Final = (
    "outstanding", "good", "requires improvement", "adequate", "inadequate", "not judged",
    "typically positive", "inconsistent", "widespread or systemic failings",
)  # fmt: skip
"""Normalised grades. `adequate` is the third step of the frameworks before November 2013, at the
place of `requires improvement`. The last three are the outcomes of SEND inspections since 2023:
they speak for the whole partnership (`send-partnership`) and stand on no ladder with the others."""

_OUTCOMES: Final = (
    ("typically positive", "positive experiences"),
    ("inconsistent", "inconsistent experiences"),
    ("widespread or systemic failings", "failings"),
)
"""Outcomes of SEND inspections, and words by which what is printed tells them."""


def grade_of(printed: str) -> str:
    """Put a printed grade into the closed list's words.

    Examples
    --------
    >>> grade_of("Requires improvement to be good"), grade_of("Require  improvement")
    ('requires improvement', 'requires improvement')
    >>> grade_of("Good"), grade_of("typically lead to positive experiences and outcomes")
    ('good', 'typically positive')
    """
    text = " ".join(printed.lower().split())
    for outcome, told in _OUTCOMES:
        if told in text:
            return outcome
    return "requires improvement" if text.startswith("require") else text


ROLES: Final[dict[str, str]] = {
    "body": "finding",
    "summary": "headline or summary",
    "need": "need for improvement",
    "requirement": "required action",
    "context": "context",
}
SPEAKERS: Final[dict[str, str]] = {
    "inspectors": "inspectors",
    "leaders": "leaders",
    "staff": "staff",
    "children-and-families": "children and families",
    "department": "department",
}

COHORTS: Final[dict[str, str]] = {
    "social-workers": "social workers",
    "personal-advisers": "personal advisers",
    "managers-and-reviewing-officers": "managers and reviewing officers",
    "children-in-need-of-help-or-protection": "children in need of help or protection",
    "children-in-care": "children in care",
    "care-leavers": "care leavers",
    "not-stated": "no group named",
}
"""Whose work or whose lives a code is about. One cohort never speaks for another."""

_SERVICE_AREAS: Final = tuple(
    area for area in AREAS if area not in ("safeguarding-board", "overall", *PARTNERSHIPS.values())
)
COHORT_AREAS: Final[dict[str, tuple[str, ...]]] = {
    "social-workers": _SERVICE_AREAS,
    "managers-and-reviewing-officers": _SERVICE_AREAS,
    "personal-advisers": ("care-leavers",),
    "children-in-need-of-help-or-protection": AREA_PARTS["help-and-protection"],
    "children-in-care": ("children-in-care", "adoption"),
    "care-leavers": ("care-leavers",),
}
"""Areas in which a cohort is met; a cohort that is not listed is met in every area."""

NOT_STATED: Final = "not-stated"

DIRECTIONS: Final = ("strength", "mixed", "weakness", "neutral")
LEANS: Final = ("strength", "even", "weakness")
"""Which way a mixed code leans, as a fair-minded reader of the paragraph would say."""
HARMS: Final[dict[str, str]] = {
    "harm": "with children harmed",
    "risk": "with children left at risk",
    "duty": "with a legal duty not met",
}
"""How bad a failing is, gravest first, as it is said after a level."""
CONFIDENCE: Final = ("low", "moderate", "high")
"""How far a status can be leaned on."""
BASES: Final = ("level", "change only")
CHANGES_SAID: Final = ("improved", "not improved", "declined", "sustained")

EXTENTS: Final = (
    "all",
    "almost all",
    "vast majority",
    "most",
    "large majority",
    "majority",
    "many",
    "some",
    "a minority",
    "a small number",
    "few",
    "very few",
    "none",
    "too many",
)
"""The inspectors' own quantity words, from much to little.

The inspectorate publishes no numbers for them, and the shares once printed beside them overlapped:
they are an order with ties and never a percentage. `too many` stands outside the order.
"""

STATUSES: Final = (
    "strength",
    "mixed",
    "weakness",
    "differs by cohort",
    "reported, not judged",
    "silent",
    "not in scope",
    "no document",
)
"""What a theme can be at a visit. Only the first three are levels."""

LEVELS: Final[dict[str, int]] = {"weakness": 0, "mixed": 1, "strength": 2}
"""The judged statuses as steps on a ladder; counted in steps, never averaged."""
NOT_JUDGED: Final = "reported, not judged"
DIFFERS: Final = "differs by cohort"
JUDGED: Final = (*LEVELS, DIFFERS)
"""Statuses of a theme over all cohorts that say something of its level."""
LIKE: Final = "like with like"
LATEST: Final = "latest"
COMPARISONS: Final = (LIKE, LATEST)
"""What a change compares: full inspections with one another, or a visit with any before it."""
SYMBOLS: Final = {"strength": "▲", "mixed": "◆", "weakness": "▼", "neutral": "○"}
"""Directions and levels as signs."""
NO_DOCUMENT: Final = "no document"

BY_STEPS: Final = {2: "improved", 1: "partly improved", -1: "partly declined", -2: "declined"}
UNMOVED: Final = {
    "strength": "sustained strength",
    "mixed": "still mixed",
    "weakness": "persistent weakness",
}
FIRST_SEEN: Final = "first seen"
"""The change of a theme and cohort that no earlier visit judged."""
CHANGE_WORDS: Final = (*BY_STEPS.values(), *UNMOVED.values(), FIRST_SEEN)
"""Every word that a change can have."""

TOO_LITTLE: Final = "too little to say"
STAYED: Final = "better and stayed so"
BELOW_BEST: Final = "better, below its best"
SETBACK: Final = "better, with a setback"
WORSE: Final = "worse"
THROUGHOUT: Final = {
    "strength": "strong throughout",
    "mixed": "mixed throughout",
    "weakness": "weak throughout",
}
ROSE: Final = "rose and fell back"
FELL: Final = "fell and recovered"
UP_AND_DOWN: Final = "up and down"
BETTER: Final = (STAYED, BELOW_BEST, SETBACK)
"""Words of paths that end above where they began."""
PATH_WORDS: Final = (
    *BETTER, WORSE, *THROUGHOUT.values(), ROSE, FELL, UP_AND_DOWN, TOO_LITTLE,
)  # fmt: skip
"""Every word that a path can have."""

RAISED_AGAIN: Final = "raised again"
NOT_MENTIONED: Final = "not mentioned since"
NOT_FOLLOWED: Final = "not followed"
"""A recommendation that no coder linked to a need."""
BECAME: Final[dict[str, str]] = {
    "not addressed": "not addressed",
    "raised": RAISED_AGAIN,
    "progress": "better or met in part",
    "met": "met",
    "required": "required by a notice",
}
"""What became of a recommendation, by what the latest visit that speaks of its need says."""
BECAME_WORDS: Final = (*BECAME.values(), NOT_MENTIONED, NOT_FOLLOWED)
"""Everything that can have become of one."""


class Absence(NamedTuple):
    """Why a visit tells nothing of a theme, as a list, a mark's label and a sentence say it.

    A sentence counts visits: `2 reported nothing on it`; `of_one` is what it says of a single one,
    where that is said otherwise.
    """

    brief: str
    label: str
    of_many: str
    of_one: str = ""


ABSENCES: Final[dict[str, Absence]] = {
    "not in scope": Absence("not looked at", "not looked at", "did not look at it"),
    "silent": Absence("not mentioned", "looked at, not mentioned", "did not mention it"),
    "reported, not judged": Absence(
        "reported, not judged", "reported, not judged", "reported on it without a judgement"
    ),
    NO_DOCUMENT: Absence(
        NO_DOCUMENT,
        NO_DOCUMENT,
        of_many="have no document that counts here",
        of_one="has no document that counts here",
    ),
}
"""Statuses that are no level, in words."""

NO_LINK: Final = "none"
"""The relation of a link that means: looked at, and it does not speak of the need."""
RELATIONS: Final = ("raised", "not addressed", "progress", "met", "required", NO_LINK)
LINK_BASES: Final = ("inspectors", "coder", "program")
"""Who says that a finding belongs to a need: the inspectors themselves, a coder, or a program."""

OTHER_ASPECT: Final = "other"
"""The aspect of a need that no aspect of the codebook holds."""
NO_THEME: Final = "none"
"""The theme of a code row that means: read, and no theme found."""
ALL_COHORTS: Final = "all"

DISAGREEMENTS: Final = ("only first", "only second", "direction")
"""Kinds of disagreement of two coders on a theme in a finding."""
RESOLUTIONS: Final = ("first", "second", *DIRECTIONS, NO_THEME)
"""What can be decided on a disagreement: as one of the coders has it, a direction, or no theme."""

READERS: Final = ("reader-1", "reader-2")
RESOLVED: Final = "resolved"
TAGGER: Final = "tagger"
EARLIER: Final = ("earlier", "earlier-2")
"""Readers who coded before the codebook had all of its themes: for agreement only."""


def expand_areas(areas: list[str]) -> frozenset[str]:
    """Return the areas named, with every part of those that are made of others.

    Examples
    --------
    >>> sorted(expand_areas(["children-in-care-and-care-leavers"]))
    ['care-leavers', 'children-in-care', 'children-in-care-and-care-leavers']
    """
    parts = [part for area in areas for part in AREA_PARTS.get(area, ())]
    return frozenset(areas) | frozenset(parts)


def named_areas(areas: str) -> list[str]:
    """Return the areas that the column `areas` of a visit names, in its order.

    Examples
    --------
    >>> named_areas("care-leavers; leadership;")
    ['care-leavers', 'leadership']
    """
    return [area.strip() for area in areas.split(";") if area.strip()]


def looked_at(areas: str) -> frozenset[str]:
    """Return the areas that a visit looked at, parts included, from the column `areas`.

    Examples
    --------
    >>> sorted(looked_at("care-leavers; leadership"))
    ['care-leavers', 'leadership']
    """
    return expand_areas(named_areas(areas))
