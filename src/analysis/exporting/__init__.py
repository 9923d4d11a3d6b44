"""A report to take away: as Word, as PDF, its figures one by one, and how to cite it.

`forms` says what there is, `outline` what a page says, block by block, `word` and `pdf` and
`figures` and `citing` make the files, `making` all that were asked for.
"""

from typing import TYPE_CHECKING

from analysis.doors import door

if TYPE_CHECKING:
    from analysis.exporting.forms import Form as Form
    from analysis.exporting.forms import read_forms as read_forms
    from analysis.exporting.making import other_forms as other_forms

__all__ = [
    "Form",
    "other_forms",
    "read_forms",
]
__getattr__, __dir__ = door(
    __name__,
    {
        "Form": "forms",
        "other_forms": "making",
        "read_forms": "forms",
    },
)
