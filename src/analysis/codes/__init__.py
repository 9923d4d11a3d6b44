"""Which codes count for each finding, who gave them, and how far coders agree."""

from typing import TYPE_CHECKING

from analysis.doors import door

if TYPE_CHECKING:
    from analysis.codes.agreement.coders import compare_coders as compare_coders
    from analysis.codes.agreement.coders import with_intervals as with_intervals
    from analysis.codes.agreement.resolving import resolved_codes as resolved_codes
    from analysis.codes.counting import coded_findings as coded_findings
    from analysis.codes.sheets.checking import bring as bring
    from analysis.codes.sheets.laying import lay_out as lay_out
    from analysis.codes.sheets.taking import take_back as take_back
    from analysis.codes.tagged import tag_uncoded as tag_uncoded
    from analysis.codes.tagger.tag import tag as tag

__all__ = [
    "bring",
    "coded_findings",
    "compare_coders",
    "lay_out",
    "resolved_codes",
    "tag",
    "tag_uncoded",
    "take_back",
    "with_intervals",
]
__getattr__, __dir__ = door(
    __name__,
    {
        "bring": "sheets.checking",
        "coded_findings": "counting",
        "compare_coders": "agreement.coders",
        "lay_out": "sheets.laying",
        "resolved_codes": "agreement.resolving",
        "tag": "tagger.tag",
        "tag_uncoded": "tagged",
        "take_back": "sheets.taking",
        "with_intervals": "agreement.coders",
    },
)
