"""Tables as an Excel workbook, for people who have nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from analysis.packing import EARLIEST, packed, unpacked

WIDE: Final = {"summary": 70, "address": 30, "finding": 34, "document": 30, "section": 30}
_USUAL: Final = 16
LONGEST: Final = 32_767
"""Characters that a cell of Excel can hold."""
ORIGIN: Final = "inspection-findings"
"""What a workbook says made it."""
_CORE: Final = "docProps/core.xml"
_LINKED: Final = ("address", "link", "raised_at", "met_at")
"""Ends of heads of columns that hold addresses."""
MOST_LINKS: Final = 65_000
"""Links on a sheet: Excel opens none of a sheet that has more than 65,530."""


def to_xlsx(sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[object]]]]) -> bytes:
    """Return a workbook as bytes: a sheet per table, heads frozen and filtered, text wrapped.

    Addresses can be followed, the first `MOST_LINKS` of a sheet.

    Parameters
    ----------
    sheets
        Name to heads and rows. Text stays text: nothing is run as a formula.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    top = Alignment(vertical="top", wrap_text=True)
    bold, plain, linked = Font(bold=True), Font(), Font(color="0563C1", underline="single")
    for name, (heads, rows) in sheets.items():
        sheet = book.create_sheet(name[:31])
        sheet.freeze_panes = "A2"
        for place, head in enumerate(heads, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = WIDE.get(head, _USUAL)

        def cell(value: object, font: Font, sheet: Any = sheet) -> Any:
            made = WriteOnlyCell(sheet, value[:LONGEST] if isinstance(value, str) else value)
            made.alignment, made.font = top, font
            if isinstance(value, str):
                made.data_type = "s"  # never a formula
            return made

        sheet.append([cell(head, bold) for head in heads])
        to_follow = [head.endswith(_LINKED) for head in heads]
        count, links = 1, 0
        for row in rows:
            cells = [cell(value, plain) for value in row]
            for made, follows in zip(cells, to_follow, strict=True):
                if follows and links < MOST_LINKS and str(made.value).startswith("https://"):
                    made.hyperlink, made.font = made.value, linked
                    links += 1
            sheet.append(cells)
            count += 1
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{count}"
    return saved(book)


def saved(book: Any) -> bytes:
    """Return the file of a workbook of openpyxl's, the same bytes for the same contents."""
    from openpyxl.packaging.core import DocumentProperties
    from openpyxl.xml.functions import tostring

    buffer = io.BytesIO()
    book.save(buffer)  # which writes down when
    day = datetime(*EARLIEST)
    undated = DocumentProperties(creator=ORIGIN, created=day, modified=day)
    return packed(unpacked(buffer.getvalue()) | {_CORE: tostring(undated.to_tree())})
