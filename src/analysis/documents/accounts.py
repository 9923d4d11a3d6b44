"""Accounts by others of a visit to one authority: a council's news, an article.

An account tells of the visit in its title or first sentences, keeps to it, and is about one
authority. Whatever only mentions an inspection on its way to something else is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from analysis.documents.files.refusals import UnreadableError
from analysis.documents.front import Front
from analysis.documents.kind import Kind
from analysis.documents.printed.names import Gazetteer
from analysis.vocabulary import PARTNERSHIPS

LEAD: Final = 1000
"""Characters of the beginning in which an account says whose services were looked at."""
LONGEST: Final = 2500
"""Most words of an account; what is longer is a report of something else."""
NAMED: Final = 2
"""How often an account names its authority at least."""
OWN_SHARE: Final = 0.6
"""Share of all mentions of authorities that are of the one that an account is about."""
TELLING: Final = 1 / 6
"""Share of the sentences of an account that speak of the inspectors or their visit at least."""
TELLING_LEAST: Final = 3
"""How many they are at least."""
_INSPECTORS: Final = re.compile(r"\b(?:ofsted|inspectors?|inspectorates?)\b", re.IGNORECASE)
_SAYS: Final = re.compile(
    _INSPECTORS.pattern + r"[^.]{0,120}\b(?:found|finds|said|says?|judged|rated|praised|confirmed"
    r"|noted|concluded|published|reported|identified|highlighted|told|put out|saw|visited|warned"
    r"|recogni[sz]ed|graded|has|have|was|were)\b"
    r"|\baccording to [^.]{0,60}"
    + _INSPECTORS.pattern
    + r"|\b(?:rated|judged|praised|criticised|graded|inspected|visited|given)\b[^.]{0,120}"
    + _INSPECTORS.pattern,
    re.IGNORECASE,
)
"""What inspectors have said: an account looks back, guidance says what they will do."""
_VISIT: Final = re.compile(
    r"\b(?:inspections?|re-?inspections?|inspected|(?:focus(?:s)?ed|monitoring) visits?|visited"
    r"|findings|judged|rated|rating|graded)\b",
    re.IGNORECASE,
)
_SERVICES: Final = re.compile(
    r"children\W{0,3}s (?:social care|services|social work|social workers?)|child protection"
    r"|children in (?:care|need)|care leavers|looked[ -]after children|safeguarding services",
    re.IGNORECASE,
)
_TELLS: Final = re.compile(_INSPECTORS.pattern + "|" + _VISIT.pattern, re.IGNORECASE)
_FIRST: Final = re.compile(r".{60,}?[.!?](?=\s|$)", re.DOTALL)
"""The title with the first sentence, in which an account says what inspectors have said."""
_SETTING: Final = re.compile(
    r"\b(?:schools?|academ(?:y|ies)|nurser(?:y|ies)|colleges?|pupils?|childmind\w+|hospitals?"
    r"|children\W{0,3}s homes?|care homes?|(?:fostering|adoption) agenc\w+|police|prisons?"
    r"|improvement notices?)\b",
    re.IGNORECASE,
)
"""Others whom inspectors visit, and a notice: what begins with one is about that."""
_LABELS: Final = re.compile(r"\b(?:inspection dates?|lead inspectors?)\b", re.IGNORECASE)
"""What stands under the titles of a report, and never of news."""
_SENTENCE: Final = re.compile(r"(?<=[.!?:])\s+|\u2022")
_PRESS: Final = re.compile(r"\bcouncil(?:lor)?\b.{0,80}\bsaid\b|\bcomms\b|press release|news",
                           re.IGNORECASE | re.DOTALL)  # fmt: skip
_WE: Final = re.compile(r"\b(?:our|we)\b", re.IGNORECASE)
_VISITS: Final = (
    ("joint-inspection", "JTAI", r"\b(?:joint targeted area inspection|JTAI)\b"),
    ("send-inspection", "SEND", r"\b(?:area SEND|SEND inspection|special educational needs)\b"),
    ("monitoring-visit", "", r"\bmonitoring (?:visit|inspection)\b"),
    ("focused-visit", "ILACS", r"\bfocus(?:s)?ed visit\b"),
    ("inspection", "", r"\binspection\b(?! framework)|\binspected\b"),
)
"""Kinds of visit with their framework and the words that name one, the particular first."""
_TO_COME: Final = re.compile(
    r"\b(?:next|future|upcoming|further|another) (?:\w+ ){0,3}$", re.IGNORECASE
)
"""What stands before a visit that has not been yet."""
_NONE: Final = (
    "it is no inspection report, letter, notice or news of one: {why}; leave it out, or insist "
    "with --kind and --authority"
)


def account_of(front: Front, gazetteer: Gazetteer) -> Kind:
    """Tell of which kind of visit an account tells.

    Raises
    ------
    UnreadableError
        If it is no account of a visit to one authority, with the reason.
    """
    lead = front.text[:LEAD]
    own = gazetteer.find(front.heading) or gazetteer.find(lead)
    visit = _visit(lead)
    first = _FIRST.match(front.text)
    beginning = f"{front.heading} {first[0] if first else lead}"
    if not (_SAYS.search(beginning) and _VISIT.search(lead) and visit):
        raise _refusal("no title, salutation or account of a visit stands in its beginning")
    if not _SERVICES.search(lead) and visit.framework != "SEND":
        raise _refusal("its beginning does not speak of children's social care")
    if setting := _SETTING.search(beginning):
        raise _refusal(f"its beginning is about others whom inspectors visit ({setting[0]!r})")
    if label := _LABELS.search(front.heading):
        raise _refusal(f"it has a label of a report ({label[0]!r}) without being one")
    _require_one_authority(gazetteer.counts(front.text), own.authority if own else "")
    if len(front.text.split()) > LONGEST:
        raise _refusal(f"it has over {LONGEST:,} words, more than an account of a visit")
    sentences = [part for part in _SENTENCE.split(front.text) if part.strip()]
    telling = sum(bool(_TELLS.search(part)) for part in sentences)
    if telling < max(TELLING_LEAST, TELLING * len(sentences)):
        raise _refusal("it mentions inspectors or a visit, but most of it is about other matters")
    speaks = _PRESS.search(front.text) and _WE.search(front.text)
    return visit._replace(document="news" if speaks else "article")


def _require_one_authority(counts: Mapping[str, int], own: str) -> None:
    if counts.get(own, 0) < NAMED:
        raise _refusal("its beginning does not say of which authority it tells")
    if counts[own] < OWN_SHARE * sum(counts.values()):
        names = ", ".join(list(counts)[:3])
        raise _refusal(f"it is about several authorities ({names} and so on)")


def _visit(text: str) -> Kind | None:
    for visit, framework, words in _VISITS:
        named = re.finditer(words, text, re.IGNORECASE)
        if any(not _TO_COME.search(text[: found.start()]) for found in named):
            area = PARTNERSHIPS.get(framework, "")
            return Kind(visit, "article", framework, "secondary", area=area)
    return None


def _refusal(why: str) -> UnreadableError:
    return UnreadableError(_NONE.format(why=why))
