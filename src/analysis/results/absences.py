"""Why a visit tells nothing of a theme and cohort: nobody looked, or said nothing, or no document.

One cohort never speaks for another: a visit to the front door did not look at personal advisers,
whatever it found for social workers.
"""

from __future__ import annotations

from analysis.data.codebook import Codebook
from analysis.vocabulary import COHORT_AREAS, COHORTS, NOT_STATED


def heard_with(cohort: str) -> frozenset[str]:
    """Return the cohorts of which a word on a theme may be one on this cohort, itself among them.

    What is said of nobody in particular may be meant of any; for a cohort that is not stated, what
    is said of anybody.
    """
    return frozenset(COHORTS) if cohort == NOT_STATED else frozenset({cohort, NOT_STATED})


def absence(whole: str, cohort: str, theme: str, looked: frozenset[str], codebook: Codebook) -> str:
    """Say why a visit tells nothing of a cohort: not in scope, silent, no document, or blank.

    Parameters
    ----------
    whole
        Status of the theme over all cohorts at the visit.
    looked
        Areas that the visit looked at; where they are known and none is one in which the cohort is
        met, nobody looked, whatever was found for others.
    """
    if whole in ("", "no document", "not in scope"):
        return whole
    met = frozenset(COHORT_AREAS.get(cohort, ()))
    if met and looked:
        ours = looked & met
        somewhere = codebook.expects(theme, met)
        if not ours or (somewhere and not codebook.expects(theme, ours)):
            return "not in scope"
    return "silent" if whole == "silent" else ""
