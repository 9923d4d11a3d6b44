"""Places of a report that links lead to, one function for each kind of place.

A page is about one authority, so its slug, with which the ids of visits and documents begin, is
left out: a page holds some thousand anchors and links to them.
"""

from __future__ import annotations

import re
from typing import Final

from analysis.vocabulary import KINDS

_AUTHORITY: Final = re.compile(rf"^.+?-(?=(?:{'|'.join(KINDS)})-)")


def within(name: str) -> str:
    """Return the id of a visit, document or finding without the authority, as on its page.

    Examples
    --------
    >>> within("knowsley-re-inspection-2017-03-13"), within("north-shire-inspection-2016-08/7")
    ('re-inspection-2017-03-13', 'inspection-2016-08/7')
    """
    return _AUTHORITY.sub("", name)


def anchor(theme: str, visit: str) -> str:
    """Return the anchor of the evidence of a theme at a visit.

    Examples
    --------
    >>> anchor("audit", "knowsley-inspection-2014-04-29")
    'e-audit--inspection-2014-04-29'
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
    'inspection-2014-06-30/57'
    """
    return within(finding)


def changes_anchor(theme: str) -> str:
    """Return the anchor of the latest change of a theme, in the table of changes."""
    return f"c-{theme}"


def need_anchor(need: str) -> str:
    """Return the anchor of a need."""
    return f"n-{need}"
