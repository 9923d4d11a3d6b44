"""Kinds of document that are not read, and the words by which each says what it is.

They speak of children, inspectors and authorities as the kinds that are read do, and would be taken
for them by their texts. One mark is enough. `SAID` are the places in which a document says what it
is, and decide before anything else; words further on decide only where a document bears the marks
of no kind that is read, since any letter may speak of a school.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from analysis.documents.front import Front
from analysis.documents.kind import Mark, Where, mark


class Foreign(NamedTuple):
    """A kind that is not read: its name, and its marks, any of them."""

    name: str
    marks: tuple[Mark, ...]


SAID: Final[frozenset[Where]] = frozenset(["heading", "subject", "letterhead", "title", "begins"])
"""Places in which a document says what it is."""
_HOME: Final = r"children\W{0,3}s? homes?"
_NATIONS: Final = (
    "estyn", "arolygiaeth", "CSSIW", "CIW", "care inspectorate", "education scotland", "HMIE",
    "RQIA", "regulation and quality improvement authority", "healthcare inspectorate wales",
    "jersey care commission",
)  # fmt: skip
_PLAN: Final = r"(?:action plan|statement of (?:proposed )?action|improvement plan)"

FOREIGN: Final[tuple[Foreign, ...]] = (
    Foreign("a report of an inspectorate of another nation", (
        mark("heading", *_NATIONS, "wales", "welsh", "scotland", "scottish", "northern ireland",
             "health and social care trust", "community planning partnership", "isle of man",
             "jersey", "guernsey"),
        mark("letterhead", *_NATIONS),
        mark("opening", *_NATIONS, r"social services and well-?being \(wales\) act"),
    )),
    Foreign("a report or review under a framework from before 2013", (
        mark("heading", "joint area review", "annual performance assessment",
             "comprehensive area assessment", "unannounced inspection of contact.*",
             r"children\W{0,3}s services assessment",
             "inspection of safeguarding and (?:looked|services|children).*",
             "arrangements for the protection of children"),
        mark("title", "joint area review", "annual performance assessment"),
    )),
    Foreign("minutes, an agenda or a paper of a council's meeting", (
        mark("heading", "minutes", "agenda", "committee", "cabinet", "scrutiny", "council meeting",
             "(?:notes|record) of (?:the|a) meeting",
             "(?:forward|work) (?:plan|programme)", "decision (?:notice|record)", "briefing",
             r"report (?:of|to|from|by):? (?:the )?(?:\w+ ){0,3}(?:director|executive|officer"
             "|council|board|panel|members?)"),
        mark("opening", "minutes of (?:the|a|an)", "apologies (?:for absence|were)",
             "declarations? of interests?", "agenda item", "item no", "in attendance",
             "members present", "report author", "wards? affected", "key decision",
             "date of meeting", "purpose of (?:the |this )?report",
             "(?:financial|legal|equality|equalities|resource|risk) implications"),
        mark("text", "RESOLVED:?", "RECOMMENDED that", "MINUTES", cased=True),
    )),
    Foreign("an adoption agency's inspection report", (
        mark("heading", "adoption (?:support )?(?:agency|agencies|services?)", "regional adoption",
             "VAA", "RAA"),
        mark("opening", "(?:voluntary|independent|local authority|regional|this) adoption"
                        "(?: support)? (?:agency|service)"),
    )),
    Foreign("a fostering agency's inspection report", (
        mark("heading", "foster(?:ing|care)? (?:agency|agencies|services?|providers?)", "IFA"),
        mark("opening", "(?:independent|local authority|this) fostering (?:agency|service)",
             r"fostering services? \(england\) regulations"),
    )),
    Foreign("a children's home's inspection report", (
        mark("heading", _HOME, r"SC\d{6}", "registered provider",
             "residential (?:care|homes?|units?|provision)",
             r"secure (?:children\W{0,3}s homes?|training cent(?:re|er)s?|units?|accommodation)",
             "short[ -]breaks?"),
        mark("opening", rf"(?:this|the|a) {_HOME} (?:is|was|provides|offers|cares)", r"SC\d{6,7}",
             "registered (?:provider|manager|person)", "responsible individual",
             rf"{_HOME} (?:\(england\) )?regulations", "provision sub-?type"),
    )),
    Foreign("an inspection report of a setting of social care", (
        mark("heading", "residential family cent(?:re|er)", "residential special",
             "boarding schools?", "residential holiday", "care homes?", "domiciliary",
             "supported (?:accommodation|lodgings|living)"),
        mark("text", "social care common inspection framework", "SCCIF"),
        mark("title", "social care common inspection framework"),
    )),
    Foreign("a school's, college's or nursery's inspection report or letter", (
        mark("heading", "schools?", "academ(?:y|ies)", "colleges?", "nurser(?:y|ies)",
             "pre-?schools?", "playgroups?", r"childmind\w+", "kindergartens?", "sixth forms?",
             "universit(?:y|ies)", "pupils?", "early years", "day ?care", "childcare",
             "apprenticeships?", "further education", r"children\W{0,3}s centres?", "governors"),
        mark("opening", "type of school", "school category", "age range of pupils",
             "number of (?:pupils|children|learners)? ?on (?:the )?(?:school )?roll",
             "headteacher", "quality of education", "behaviour and attitudes",
             "early years (?:provision|register)", "sixth[ -]form provision",
             "chair of (?:the )?(?:governing|governors|trustees)",
             "name of (?:the )?(?:school|provider|setting)"),
        mark("text", "section (?:5|8) of the education act 2005", "early years register"),
    )),
    Foreign("a report of HM Inspectorate of Probation", (
        mark("heading", "youth (?:offending|justice)", "probation", "HMIP"),
        mark("opening", "inspection of (?:the )?(?:youth (?:offending|justice)|probation).*"),
    )),
    Foreign("a report on a police force or a fire and rescue service", (
        mark("heading", "police", "constabular(?:y|ies)", "PEEL", "HMICFRS", "HMIC",
             "fire (?:and|&) rescue", "national child protection inspections?"),
        mark("opening", "national child protection inspections?", "PEEL assessment",
             r"inspection of [^.]{0,60}(?:police|constabulary)"),
    )),
    Foreign("a report of the Care Quality Commission", (
        mark("heading", "care quality commission", "CQC",
             "health services for (?:looked|children).*", "adult social care",
             "local authority assessment", "NHS", "hospitals?", "(?:health|safeguarding) review"),
        mark("opening", "review of health services for", "assessed under the care act"),
    )),
    Foreign("a report on a prison, a court service or immigration detention", (
        mark("heading", "prisons?", "young offenders?.*", "HMYOI", "YOI", "cafcass",
             "immigration"),
    )),
    Foreign("a letter about an annual conversation", (
        mark("heading", "annual (?:conversation|engagement|meeting)", "engagement meeting"),
        mark("begins", "annual (?:conversation|engagement)(?: meeting)?"),
    )),
    Foreign("a letter that announces or puts off a visit", (
        mark("subject", "(?:notification|notice|announcement|arrangements|postponement|deferral)"
                        " (?:of|for)", "request for"),
        mark("begins", "I am writing to (?:confirm|inform|notify|let you know|thank|ask|invite)",
             r"(?:visit|inspection) (?:\w+ ){0,6}(?:will|is to|has been) (?:take place|begin|start"
             "|postponed|cancelled|deferred|be carried out)",
             r"inspectors will (?:\w+ )?(?:arrive|visit|be on site)"),
    )),
    Foreign("a reply or an action plan", (
        mark("heading", r"action plans?", r"statements? of (?:proposed )?action",
             "improvement plans?", r"(?<!agency )(?:responses?|reply|replies)", "feedback on"),
        mark("begins", "(?:thank you for|(?:we|i) (?:have )?received|receipt of|submi(?:tting"
                       "|ssion of)|we have (?:now )?(?:reviewed|considered)) "
                       rf"[^.]{{0,80}}{_PLAN}",
             "thank you for (?:your|the) (?:letter|report|response)",
             f"our (?:response|reply|{_PLAN})"),
    )),
    Foreign("a needs assessment, strategy, policy, plan or annual report", (
        mark("heading", "needs? (?:assessment|analysis)", "JSNA", "sufficiency",
             r"(?:annual|yearly) (?:reports?|reviews?|statements?)",
             "self[- ](?:evaluation|assessment)", "SEF", "polic(?:y|ies)", "strateg(?:y|ies)",
             "(?:strategic|business|delivery|corporate|development) plan",
             r"young people\W{0,3}s plan", "terms of reference", "prospectus", "consultation",
             "local offer", "scorecard", "dashboard", "profile", "procedures?",
             "statement of purpose", "charter"),
    )),
    Foreign("an advertisement or a tender", (
        mark("heading", "tenders?", "procurement", "job description", "vacanc(?:y|ies)",
             "recruitment", "appoint(?:s|ed|ment)"),
    )),
    Foreign("guidance, a framework or a handbook", (
        mark("heading", "frameworks?", "handbooks?", "guidance", "guides?",
             "evaluation (?:schedule|criteria)", "how (?:we|ofsted|inspectors) inspects?",
             "inspecting", "toolkit", "template", "working together", "regulations", "protocol",
             "what (?:to expect|is an?)", "frequently asked", "FAQs?", "methodology",
             "policy paper", "good practice", "resources?", "training"),
        mark("letterhead", "templates?", "annex [A-Z0-9]"),
    )),
    Foreign("a review, research report or survey of many", (
        mark("heading", "serious case review", "practice review", "lessons? (?:from|learned)",
             "thematic", "survey", "research", "overview report", "state of the nation",
             "national (?:report|review|panel)", "(?:final|interim) report", "evidence review",
             "peer (?:review|challenge)", "mock", "rehearsal", "dry run",
             "diagnostic", r"commissioner\W{0,3}s? (?:report|review)",
             "independent (?:review|inquiry)", "ombudsman", "freedom of information", "FOI",
             "statistics", "outcomes? (?:data|tables?)", "data(?:set)?", "league table"),
    )),
    Foreign("a direction of the Secretary of State", (
        mark("heading", "statutory directions?", "directions? (?:issued|to|under)",
             "section 497A"),
    )),
)  # fmt: skip
"""The kinds that are not read, the particular before the general."""
_THEME: Final = re.compile(r"\bthe multi-agency .*", re.IGNORECASE)
"""The theme of a joint inspection, which may be about schools or the police."""


def says_foreign(front: Front) -> str:
    """Name the kind that is not read of which a document says that it is, with its words, or ``."""
    said = front._replace(heading=_THEME.sub("", front.heading))
    return _foreign(said, said=True)


def looks_foreign(front: Front) -> str:
    """Name the kind that is not read to which the words of a document belong, with them, or ``."""
    return _foreign(front, said=False)


def _foreign(front: Front, *, said: bool) -> str:
    for foreign in FOREIGN:
        for one in foreign.marks:
            if (one.where in SAID) == said and (words := one.found(front)):
                where = "it" if one.where == "text" else "its beginning"
                return f"{foreign.name} ({where} says {' '.join(words.split())!r})"
    return ""
