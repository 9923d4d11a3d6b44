"""Places of a report that links lead to, one function for each kind of place.

A page holds some thousand anchors and links to them, so they are short: the authority, with whose
slug the ids of visits and documents begin, is left out, and the kind of visit is a letter.
"""

from __future__ import annotations

import re
from typing import Final

from analysis.vocabulary import KINDS

KIND_LETTERS: Final = {
    "inspection": "i",
    "re-inspection": "r",
    "focused-visit": "f",
    "monitoring-visit": "m",
    "joint-inspection": "j",
    "send-inspection": "s",
    "improvement-notice": "n",
}
"""Letter of each kind of visit, with which the anchors of its visits and documents begin."""
_KIND: Final = re.compile(rf"^.+?-({'|'.join(KINDS)})-")


def within(name: str) -> str:
    """Return the id of a visit, document or finding as on the page of its authority.

    Examples
    --------
    >>> within("knowsley-re-inspection-2017-03-13"), within("north-shire-inspection-2016-08/7")
    ('r2017-03-13', 'i2016-08/7')
    >>> within("knowsley-improvement-notice-2014-09-16/3")
    'n2014-09-16/3'
    """
    return _KIND.sub(lambda found: KIND_LETTERS[found[1]], name)


def anchor(theme: str, visit: str) -> str:
    """Return the anchor of the evidence of a theme at a visit.

    Examples
    --------
    >>> anchor("audit", "knowsley-inspection-2014-04-29")
    'e-audit--i2014-04-29'
    """
    return f"e-{theme}--{within(visit)}"


def theme_anchor(theme: str) -> str:
    """Return the anchor of the evidence of a theme at all visits."""
    return f"t-{theme}"


def visit_anchor(visit: str) -> str:
    """Return the anchor of the evidence of a visit on all themes."""
    return f"v-{within(visit)}"


def finding_anchor(finding: str) -> str:
    """Return the anchor of a finding, under whichever theme it is shown first.

    Examples
    --------
    >>> finding_anchor("knowsley-inspection-2014-06-30/57")
    'i2014-06-30/57'
    """
    return within(finding)


def need_anchor(need: str) -> str:
    """Return the anchor of a need."""
    return f"n-{need}"
