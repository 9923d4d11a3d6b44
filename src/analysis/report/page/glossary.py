"""The words of the report: what each means, and where it is used for the first time in a section.

A word that a stranger cannot know is a link to its entry at the first place of each section, with
its meaning as a tooltip. The link works by mouse, by keyboard and by touch, and without script.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import Final

from markupsafe import Markup

from analysis.english import COUNT
from analysis.results.statuses import STRENGTH_ABOVE, WEAKNESS_BELOW

GLOSSARY: Final[dict[str, str]] = {
    "area": "A part of the service that a visit can look at and give a grade to, such as care "
    "leavers.",
    "change": "A status beside that of the latest earlier visit that judged the same theme and "
    "cohort.",
    "code": "A theme, a cohort and a direction given to a finding by a coder.",
    "coder": "Who gave a code: a reader, by reading the paragraph, or the tagger, a program.",
    "cohort": "Whose work or lives a finding is about, such as personal advisers. One cohort never "
    "speaks for another.",
    "differs by cohort": "The cohorts that were judged do not have the same status.",
    "direction": "What a finding says of a theme: strength, weakness, mixed or neutral.",
    "document": "One publication about a visit: a report, a letter, a notice or news of one.",
    "evidence": "The findings behind a cell, each with its place in the document.",
    "extent": "The inspectors' own word for how many, such as most or some; not a percentage.",
    "F1": "How far two codings agree on themes: 1 is full agreement, 0 none.",
    "finding": "One paragraph or bullet of a document.",
    "first seen": "Judged for the first time, so there is nothing to compare it with.",
    "flag": "A warning at a status: thin, fragile, incidental or secondary.",
    "fragile": "With slightly different limits the status would be another.",
    "headline": "A summary or heading in a document. It counts only where no paragraph does.",
    "ILACS": "Inspection of local authority children's services: Ofsted's way of inspecting since "
    "2018.",
    "incidental": "Said by a visit that had not set out to look at it.",
    "indicative": "A change of which one end is thin, fragile, or from another kind of visit.",
    "mixed": f"Strengths and weaknesses both count: a balance from {WEAKNESS_BELOW} to "
    f"{STRENGTH_ABOVE}, where 1 is all strengths.",
    "n": "How many votes a status rests on, or how many findings say a thing.",
    "need": "Something that must improve, followed from visit to visit.",
    "not looked at": "Outside what the visit set out to see. It does not mean improved.",
    "notice": "Demands of the Department for Education after an inspection. It sets no status.",
    "primary": "By the inspectorate or the department itself.",
    "raised again": "Raised at two visits or more, and not judged a strength in between.",
    "secondary": "By anyone else, such as a council or the press. It sets no status.",
    "SIF": "Single inspection framework: Ofsted's way of inspecting from 2013 to 2017.",
    "silent": "The visit looked there but reported nothing on it. It does not mean satisfactory.",
    "status": "What a theme was at a visit: strength, mixed, weakness, or why nothing can be said.",
    "strength": f"A balance of votes above {STRENGTH_ABOVE}, where 1 is all strengths.",
    "tagger": "A program that gives codes. Nobody has read behind it.",
    "theme": "One of the topics that findings are sorted by, such as caseloads.",
    "thin": "Resting on one vote, or on headlines only.",
    "visit": "One event at which inspectors looked, such as an inspection or a focused visit.",
    "vote": "What a paragraph adds to a status: strength, mixed or weakness.",
    "weakness": f"A balance of votes below {WEAKNESS_BELOW}, where 1 is all strengths.",
    "without a flag": "Neither visit's status is thin, fragile or incidental, and both visits were "
    "of one kind and scope.",
    "outside coder": "Someone outside the project who coded a sample by the same guide: check-a, "
    "check-b.",
    "resolved": "Settled after comparing two readers who had coded alone.",
    "cohort not stated": "The paragraph does not say whose work or lives it is about.",
    "spell": "The time from raising a need until it is judged met; after that a new spell begins.",
    "scope": "The areas that a visit set out to look at.",
    "role": "What a paragraph is in its document: body, headline, need or requirement.",
    "ledger": "The list of needs with the visits that raised them.",
    "JTAI": "Joint targeted area inspection: inspectors of social care, health and police look at "
    "how all work together on one theme. It gives no grades.",
    "SEND": "Special educational needs and disabilities. A SEND inspection looks at the council "
    "and health bodies of an area together.",
    "kappa and alpha": "Agreement of coders beyond what chance gives: 1 is full, 0 is chance.",
    "personal adviser": "Who supports a young person that has left care.",
    "pathway plan": "The plan for a young person who is leaving or has left care.",
    "corporate parent": "The council as the parent of the children in its care.",
    "core group": "The people who carry out a child protection plan.",
    "section 47": "An enquiry whether a child is at risk of significant harm, by that section of "
    "the Children Act 1989.",
    "MASH": "Multi-agency safeguarding hub: where agencies decide together on new concerns.",
    "LADO": "Local authority designated officer, for allegations against people who work with "
    "children.",
    "IRO": "Independent reviewing officer, who reviews the plans of children in care.",
    "NEET": "Not in education, employment or training.",
    "Cafcass": "The body that speaks for children in family courts.",
}
"""Each word with its meaning, in the words of the page."""

FORMS: Final[dict[str, str]] = {
    "Without a flag": "without a flag",
    "without a flag": "without a flag",
    "flags": "flag",
    "too thin to say": "thin",
    "Too thin to say": "thin",
    "thin": "thin",
    "fragile": "fragile",
    "Fragile": "fragile",
    "incidental": "incidental",
    "Indicative": "indicative",
    "indicative": "indicative",
    "cohorts": "cohort",
    "cohort": "cohort",
    "SIF": "SIF",
    "ILACS": "ILACS",
    "JTAI": "JTAI",
    "SEND": "SEND",
    "secondary sources": "secondary",
    "secondary source": "secondary",
    "primary documents": "primary",
    "improvement notice": "notice",
    "n\N{NO-BREAK SPACE}=": "n",
    "votes": "vote",
    "vote": "vote",
    "tagger": "tagger",
    "F1": "F1",
    "headlines": "headline",
    "findings": "finding",
    "themes": "theme",
    "needs": "need",
    "status": "status",
    "statuses": "status",
    "quantity word": "extent",
    "differs by cohort": "differs by cohort",
    "Silent": "silent",
    "codes": "code",
}
"""Forms in which the words stand in sentences; a longer one is tried first."""

_FORMS: Final = re.compile(
    "|".join(
        rf"(?<![\w-]){re.escape(escape(form))}(?![\w-])"
        for form in sorted(FORMS, key=len, reverse=True)
    )
)


def anchor(word: str) -> str:
    """Return the anchor of a word's entry.

    Examples
    --------
    >>> anchor("without a flag")
    'w-without-a-flag'
    """
    return "w-" + re.sub(r"[^a-z0-9]+", "-", word.lower())


@dataclass
class Marker:
    """Links the words of one section, each at its first place only.

    Examples
    --------
    >>> mark = Marker()
    >>> print(mark("1 < 2 (thin)"))
    1 &lt; 2 (<a class="term" href="#w-thin" title="Resting on one vote, ...">thin</a>)
    >>> print(mark("thin again"))
    thin again
    """

    seen: set[str] = field(default_factory=set)

    def __call__(self, text: str) -> Markup:
        """Escape a text and link the words in it that this section has not linked yet."""
        return Markup(_FORMS.sub(self._link, escape(text, quote=False).replace("n = ", COUNT)))  # noqa: S704 - escaped

    def _link(self, found: re.Match[str]) -> str:
        word = FORMS[found.group()]
        if word in self.seen:
            return found.group()
        self.seen.add(word)
        title = escape(GLOSSARY[word])
        return f'<a class="term" href="#{anchor(word)}" title="{title}">{found.group()}</a>'


def entries() -> list[tuple[str, str, str]]:
    """Return anchor, word and meaning of every entry, in order of the alphabet."""
    ordered = sorted(GLOSSARY.items(), key=lambda entry: entry[0].lower())
    return [(anchor(word), word, meaning) for word, meaning in ordered]
