"""From coded findings to statuses, changes and needs."""

from typing import TYPE_CHECKING

from analysis.doors import door

if TYPE_CHECKING:
    from analysis.results.agreement import consequences as consequences
    from analysis.results.agreement import link_agreement as link_agreement
    from analysis.results.results import Results as Results
    from analysis.results.results import analyse as analyse

__all__ = [
    "Results",
    "analyse",
    "consequences",
    "link_agreement",
]
__getattr__, __dir__ = door(
    __name__,
    {
        "Results": "results",
        "analyse": "results",
        "consequences": "agreement",
        "link_agreement": "agreement",
    },
)
