"""The words of the method, and what each means: the page says its sentences without them."""

from __future__ import annotations

import re
from typing import Final

from analysis.results.votes import STRENGTH_ABOVE, WEAKNESS_BELOW

GLOSSARY: Final[dict[str, str]] = {
    "area": "A part of the service that a visit can look at and give a grade to, such as care "
    "leavers.",
    "area statement": "What inspectors say of a whole area: how good it is, and how it changed.",
    "aspect": "What of a theme is to be improved, such as how often supervision happens.",
    "change": "A status beside that of an earlier visit that judged the same theme and cohort.",
    "code": "A theme, a cohort and a direction given to a finding by a coder.",
    "coder": "Who gave a code: a reader, by reading the paragraph, or the tagger, a program.",
    "cohort": "Whose work or lives a finding is about, such as personal advisers. One cohort never "
    "speaks for another.",
    "differs by cohort": "The cohorts that were judged do not have the same status.",
    "direction": "What a finding says of a theme: strength, weakness, mixed or neutral.",
    "confidence": "How far a status can be leaned on: high, moderate or low. One paragraph alone "
    "is low, unless it states harm in a full inspection.",
    "document": "One publication about a visit: a report, a letter, a notice or news of one.",
    "evidence": "The findings behind a cell, each with its place in the document.",
    "extent": "The inspectors' own word for how many, such as most or some; not a percentage.",
    "F1": "How far two codings agree on themes: 1 is full agreement, 0 none.",
    "finding": "One paragraph or bullet of a document.",
    "first seen": "Judged for the first time, so there is nothing to compare it with.",
    "full inspection": "An inspection or re-inspection of the whole service.",
    "headline": "A summary or heading in a document. All headlines of a visit have one vote.",
    "ILACS": "Inspection of local authority children's services: Ofsted's way of inspecting since "
    "2018.",
    "like with like": "A full inspection beside the full inspection before it.",
    "mixed": f"Strengths and weaknesses both count: a balance from {WEAKNESS_BELOW} to "
    f"{STRENGTH_ABOVE}, where 1 is all strengths.",
    "n": "How many paragraphs a status rests on, or how many findings say a thing.",
    "need": "Something that must improve, followed from visit to visit.",
    "not looked at": "Outside what the visit set out to see. It does not mean improved.",
    "not mentioned": "The visit looked there and said nothing of it. That does not mean "
    "satisfactory.",
    "notice": "Demands of the Department for Education after an inspection. It sets no status.",
    "path": "All levels of a theme at full inspections, first to latest, and one word for them.",
    "primary": "By the inspectorate or the department itself.",
    "raised again": "Raised at two visits or more, and not found met in full in between.",
    "secondary": "By anyone else, such as a council or the press. It sets no status.",
    "SIF": "Single inspection framework: Ofsted's way of inspecting from 2013 to 2017.",
    "status": "What a theme was at a visit: strength, mixed, weakness, or why nothing can be said.",
    "strength": f"A balance of votes above {STRENGTH_ABOVE}, where 1 is all strengths.",
    "tagger": "A program that gives codes. Nobody has read behind it.",
    "theme": "One of the topics that findings are sorted by, such as caseloads.",
    "visit": "One event at which inspectors looked, such as an inspection or a focused visit.",
    "vote": "What a paragraph adds to a status: strength, mixed or weakness.",
    "weakness": f"A balance of votes below {WEAKNESS_BELOW}, where 1 is all strengths.",
    "outside coder": "Someone outside the project who coded a sample by the same guide: check-a, "
    "check-b.",
    "rests on little": "Levels of low confidence alone, as of one paragraph each.",
    "mostly": "Of a path: at one visit or more something speaks against the level, or it is mixed "
    "to it.",
    "a little": "Of a path: by half a level, as from mixed to mixed to strong.",
    "little changed": "Of a path: by less, once a reader of the whole documents is asked too.",
    "up to": "Of a path: later inspections judged the theme for others only.",
    "a second reader saw it otherwise": "A machine reader of the whole documents, who saw no "
    "code, has the path another way: better, worse, or neither.",
    "resolved": "Read again and settled, as where two readers who had coded alone differ.",
    "no group named": "The paragraph does not say whose work or lives it is about.",
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


def anchor(word: str) -> str:
    """Return the anchor of a word's entry.

    Examples
    --------
    >>> anchor("raised again")
    'w-raised-again'
    """
    return "w-" + re.sub(r"[^a-z0-9]+", "-", word.lower())


def entries() -> list[tuple[str, str, str]]:
    """Return anchor, word and meaning of every entry, in order of the alphabet."""
    ordered = sorted(GLOSSARY.items(), key=lambda entry: entry[0].lower())
    return [(anchor(word), word, meaning) for word, meaning in ordered]
