"""What kind of document it is: a table of the kinds that are read, and where each says so.

A document is read as a kind if all marks of the kind stand where it demands them. `other_kinds`
holds the kinds that are not read: what says that it is one is refused first, what only looks like
one after the kinds that are read. `accounts` recognises what others write about a visit. What none
of them knows is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from analysis.documents.accounts import account_of
from analysis.documents.files.refusals import UnreadableError
from analysis.documents.front import Front
from analysis.documents.kind import Kind, Mark, mark
from analysis.documents.other_kinds import looks_foreign, says_foreign
from analysis.documents.printed.names import Gazetteer
from analysis.vocabulary import PARTNERSHIPS

INSIST: Final = "leave it out, or insist with --kind and --authority"
"""What to do with a document that is refused for what it says it is."""
LISTED: Final = 8
"""A document that names so many authorities in its beginning lists them."""

_DATED: Final = mark("opening", r"(?:inspection|review) dates?", r"dates? of (?:inspection|review)")
_HMI: Final = r"(?<!former )(?:majesty\W{0,3}s\W+inspectors?|HMIs?)"
_THEIRS: Final = r"(?:\w+ ){0,2}(?:visit|inspection|letter|findings|inspectors)\b"
_REPORTS: Final = (
    mark(
        "opening",
        r"(?:letter|I am writing to) [^.]{0,100}"
        r"(?:findings|found|outcome|reports on|summari[sz]es|sums up)",
    ),
    mark("opening", _HMI),
    mark("begins", rf"^(?!.*\b(?:us\b|our\b(?! {_THEIRS}))).+"),
)
"""What a letter says that reports on a visit: that it does, who came, and of nothing as `ours`."""
_OFSTED: Final = ("ofsted", r"majesty\W{0,3}s\W+chief inspector of education", r"\bHMCI\b")
"""How the inspectorate is named, by its short name or by who leads it."""
_LED: Final = mark("front", rf"lead inspectors?\W+(?:[^\W\d]\S*\s+){{1,8}}?{_HMI}")
"""Who led an inspection: of those who publish reports, only Ofsted says so in these words."""
_NAME: Final = (
    r"(?:\d+ )?(?:(?:(?-i:[A-Z])\S*|&|and|of|on|the|upon|with|metropolitan|borough|district|county"
    r"|city|council) ){0,8}?"
)
"""Name of the authority, with which some titles begin, under the number of the page."""
_SIF: Final = r"inspection of services for children in need of help and\s+protection"
_FIRST: Final = r"(?:\d+ )?(?:local area partnership report )?"
"""What stands above the title of a report on a partnership."""
_SEND_VISIT: Final = r"area SEND (?:\w+ ){0,2}(?:(?:re-?)?inspection|(?:re-?)?visit)"


class Known(NamedTuple):
    """A kind that is read, and the marks that a document of the kind bears, all of them."""

    kind: Kind
    marks: tuple[Mark, ...]


KNOWN: Final[tuple[Known, ...]] = (
    Known(Kind("improvement-notice", "notice", ""), (
        mark("title", "improvement notice"),
        mark("text", "notice (?:is|was) (?:issued|given)",
             "(?:issue[sd]?|gives?|gave|comply with) this (?:improvement )?notice"),
    )),
    Known(Kind("joint-inspection", "letter", "JTAI", area=PARTNERSHIPS["JTAI"]), (
        mark("subject", "^joint targeted area inspection (?:of|in|into)"),
        mark("opening", *_OFSTED),
        mark("opening", "(?:letter|inspectors?)[^.]{0,160} (?:findings|found)"),
    )),
    Known(Kind("send-inspection", "letter", "SEND", area=PARTNERSHIPS["SEND"]), (
        mark("subject", rf"^(?:joint )?(?:local )?{_SEND_VISIT} (?:of|in|to)"),
        mark("opening", *_OFSTED),
        mark("opening", "inspectors?", "(?:joint )?inspection of the local area", "revisit(?:ed)?"),
    )),
    Known(Kind("send-inspection", "report", "SEND", area=PARTNERSHIPS["SEND"]), (
        mark("titles", rf"^{_FIRST}{_SEND_VISIT} (?:of|in)",
             rf"^{_FIRST}inspection of (?:the )?.{{3,60}} local area partnership"),
        mark("front", "inspection outcome"),
        _DATED,
    )),
    Known(Kind("focused-visit", "letter", "ILACS"), (
        mark("subject", "^(?:ofsted )?focuss?ed visit (?:to|of)"),
        *_REPORTS,
    )),
    Known(Kind("monitoring-visit", "letter", "ILACS"), (
        mark("subject", "^(?:ofsted )?monitoring visit (?:of|to|report)"),
        mark("opening", r"child(?:ren)?\W{0,3}s?\W{0,3}(?:social care |social work )?services",
             "children in need", "looked after"),
        *_REPORTS,
    )),
    Known(Kind("re-inspection", "report", "SIF"), (mark("titles", rf"re-?\s?{_SIF}"), _DATED)),
    Known(Kind("inspection", "report", "SIF"), (mark("titles", _SIF), _DATED)),
    Known(Kind("inspection", "report", "", subject="looked-after"), (
        mark("titles", "inspection of (?:services for )?looked[ -]after children"),
        mark("text", *_OFSTED, "inspectors?"),
    )),
    Known(Kind("inspection", "report", "SIF", subject="board"), (
        mark("titles", "review of (?:the )?(?:effectiveness of )?(?:the )?local safeguarding "
                       "children.*"),
        _DATED,
    )),
    Known(Kind("inspection", "report", "ILACS"), (
        mark("titles", rf"^{_NAME}(?<!the )(?-i:Inspection) of"),
        _DATED,
        _LED,
        mark("front", r"impact\s+of\s+leaders\s+on",
             r"experiences?\s+and\s+progress\s+of\s+children\s+who\s+need\s+help"),
    )),
)  # fmt: skip
"""The kinds that are read and published by an inspectorate or a department."""

TOLD: Final[Mapping[str, Kind]] = {
    "inspection": Kind("inspection", "report", "ILACS"),
    "re-inspection": Kind("re-inspection", "report", "SIF"),
    "focused-visit": Kind("focused-visit", "letter", "ILACS"),
    "monitoring-visit": Kind("monitoring-visit", "letter", "ILACS"),
    "joint-inspection": Kind("joint-inspection", "letter", "JTAI", area=PARTNERSHIPS["JTAI"]),
    "send-inspection": Kind("send-inspection", "report", "SEND", area=PARTNERSHIPS["SEND"]),
    "improvement-notice": Kind("improvement-notice", "notice", ""),
}
"""Kinds that a user can insist on, by the kind of visit."""

_SIF_WORD: Final = re.compile(r"single inspection framework|\bSIF\b")
_YEAR: Final = re.compile(r"\b(20[012]\d)\b")
_FIRST_ILACS: Final = 2018


def kind_of(front: Front, gazetteer: Gazetteer) -> Kind:
    """Tell the kind of a document from what it says of itself.

    Raises
    ------
    UnreadableError
        If it is none of the kinds, with what it is taken for.
    """
    if taken := says_foreign(front):
        raise _taken_for(taken)
    if len(gazetteer.counts(front.opening)) >= LISTED:
        raise _taken_for("a page or sheet that lists many authorities")
    for known in KNOWN:
        if all(one.found(front) for one in known.marks):
            return _of_its_time(known.kind, front)
    if taken := looks_foreign(front):
        raise _taken_for(taken)
    if front.letter:
        subject = f" (its subject is {front.heading!r})" if front.heading else ""
        raise _taken_for(f"a letter that reports on no visit{subject}")
    return account_of(front, gazetteer)


def _taken_for(what: str) -> UnreadableError:
    return UnreadableError(f"it is taken for {what}, which is not read; {INSIST}")


def told_kind(visit: str, front: Front) -> Kind:
    """Kind of a document of which a user says of what kind of visit it tells.

    A letter is one that greets somebody, and a report has pages or dates its inspection; what has
    neither is another's account.
    """
    kind = TOLD[visit]
    if kind.document == "notice":
        return kind
    if front.letter:
        return _of_its_time(kind._replace(document="letter"), front)
    if front.paged or _DATED.found(front):
        return kind._replace(document="report")
    return kind._replace(document="article", source="secondary")


def _of_its_time(kind: Kind, front: Front) -> Kind:
    """Give monitoring visits from before 2018 the framework of their time."""
    if kind.visit != "monitoring-visit":
        return kind
    years = [int(year) for year in _YEAR.findall(front.opening)]
    early = bool(years) and max(years) < _FIRST_ILACS
    return kind._replace(framework="SIF" if early or _SIF_WORD.search(front.text) else "ILACS")
