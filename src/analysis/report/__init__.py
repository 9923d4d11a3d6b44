"""What a report says and shows, block by block, and the page that it becomes."""

from typing import TYPE_CHECKING

from analysis.doors import door

if TYPE_CHECKING:
    from analysis.report.page.page import to_page as to_page
    from analysis.report.parameters import Parameters as Parameters
    from analysis.report.parameters import refuse_unknown as refuse_unknown
    from analysis.report.report import Report as Report

__all__ = [
    "Parameters",
    "Report",
    "refuse_unknown",
    "to_page",
]
__getattr__, __dir__ = door(
    __name__,
    {
        "Parameters": "parameters",
        "Report": "report",
        "refuse_unknown": "parameters",
        "to_page": "page.page",
    },
)
