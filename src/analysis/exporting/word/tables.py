"""Tables of a Word document: a repeated head, rows that stay whole, columns as wide as they need.

Word and LibreOffice each give their own widths to columns that have none; so they are reckoned
here, from the longest word and the usual length of text of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement

from analysis.exporting.outline import Cell, Paragraph, Table
from analysis.exporting.word.paragraphs import Writer, element
from analysis.exporting.word.styles import LINE, TABLE_STYLES, TEXT_WIDTH

Cells = Sequence[Cell]
_LONG_WORD: Final = 16
"""A longer word may be broken to make a column fit, letters."""
_MARGIN: Final = 2
"""Letters' worth of room between columns."""
_BOLD: Final = 1.1
_LETTER: Final = 0.53
"""Mean width of a letter, in sizes of the font."""


def table(table: Table, writer: Writer) -> BaseOxmlElement:
    """Return a table as XML; its caption is a paragraph of its own."""
    rows = [*table.heads, *table.rows]
    columns = max(sum(cell.columns for cell in row) for row in rows)
    size, style = next((size, style) for most, size, style in TABLE_STYLES if columns <= most)
    widths = column_widths(rows, columns, size)
    made = element("w:tbl")
    made.append(_settings(table))
    grid = element("w:tblGrid")
    grid.extend(element("w:gridCol", w=str(width)) for width in widths)
    made.append(grid)
    open_cells: dict[int, tuple[int, Cell]] = {}
    for place, row in enumerate(rows):
        is_head = place < len(table.heads)
        made.append(_row(row, open_cells, widths, style, writer, is_head=is_head))
    return made


def column_widths(rows: Sequence[Cells], columns: int, size: float) -> list[int]:
    """Share the width of the page among columns, in twentieths of a point.

    Examples
    --------
    >>> cells = [Cell((Paragraph(()),))] * 2
    >>> sum(column_widths([cells], 2, 9)) == TEXT_WIDTH
    True
    """
    letters: list[list[int]] = [[] for _ in range(columns)]
    least = [1] * columns
    for place, cell in _placed(rows, columns):
        if cell.columns == 1:
            bolder = _BOLD if cell.head else 1.0
            letters[place].append(round(len(cell.text) * bolder))
            longest = max((len(word) for word in cell.text.split()), default=1)
            least[place] = max(least[place], min(round(longest * bolder), _LONG_WORD))
    least = [count + _MARGIN for count in least]
    usual = [sqrt(sum(n * n for n in counts) / max(len(counts), 1)) for counts in letters]
    most = [max(low, count + _MARGIN) for low, count in zip(least, usual, strict=True)]
    room = TEXT_WIDTH / 20 / (size * _LETTER)
    spare, wanted = max(room - sum(least), 0.0), sum(most) - sum(least)
    share = spare / wanted if wanted else 0.0
    widths = [low + share * (high - low) for low, high in zip(least, most, strict=True)]
    whole = [int(TEXT_WIDTH * width / sum(widths)) for width in widths]
    whole[-1] += TEXT_WIDTH - sum(whole)
    return whole


def _placed(rows: Sequence[Cells], columns: int) -> Iterator[tuple[int, Cell]]:
    """Every cell with the column that it begins in, past those that reach down from above."""
    reaching = [0] * columns
    for row in rows:
        waiting, place = list(row), 0
        while place < columns:
            if reaching[place]:
                reaching[place] -= 1
                place += 1
                continue
            if not waiting:
                break
            cell = waiting.pop(0)
            yield place, cell
            for spanned in range(place, min(place + cell.columns, columns)):
                reaching[spanned] = cell.rows - 1
            place += cell.columns


def _settings(table: Table) -> BaseOxmlElement:
    settings = element("w:tblPr")
    settings.append(element("w:tblW", w=str(TEXT_WIDTH), type="dxa"))
    borders = element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(element(f"w:{side}", val="single", sz="4", space="0", color=LINE))
    settings.append(borders)
    settings.append(element("w:tblLayout", type="fixed"))
    margins = element("w:tblCellMar")
    for side, width in (("top", 20), ("left", 0), ("bottom", 20), ("right", 100)):
        margins.append(element(f"w:{side}", w=str(width), type="dxa"))
    settings.append(margins)
    settings.append(
        element(
            "w:tblLook", val="06A0", firstRow="1", lastRow="0", firstColumn="1", lastColumn="0",
            noHBand="1", noVBand="1",
        )
    )  # fmt: skip
    if table.caption:
        settings.append(element("w:tblCaption", val=table.caption.text))
    return settings


def _row(
    row: Cells, open_cells: dict[int, tuple[int, Cell]], widths: Sequence[int], style: str,
    writer: Writer, *, is_head: bool,
) -> BaseOxmlElement:  # fmt: skip
    """Return a row as XML; `open_cells` holds by column those that reach down into later rows."""
    made = element("w:tr")
    settings = element("w:trPr")
    settings.append(element("w:cantSplit"))
    if is_head:
        settings.append(element("w:tblHeader"))
    made.append(settings)
    waiting = list(row)
    place = 0
    while place < len(widths):
        left, cell = open_cells.get(place, (0, Cell(())))
        if left:
            made.append(_cell(Cell((), columns=cell.columns), place, widths, style, writer, "cont"))
            open_cells[place] = (left - 1, cell)
        elif waiting:
            cell = waiting.pop(0)
            merge = "restart" if cell.rows > 1 else ""
            open_cells[place] = (cell.rows - 1, cell)
            made.append(_cell(cell, place, widths, style, writer, merge, bold=is_head))
        else:
            cell = Cell(())
            made.append(_cell(cell, place, widths, style, writer, ""))
        place += max(1, cell.columns)
    return made


def _cell(
    cell: Cell, place: int, widths: Sequence[int], style: str, writer: Writer, merge: str,
    *, bold: bool = False,
) -> BaseOxmlElement:  # fmt: skip
    made = element("w:tc")
    settings = element("w:tcPr")
    width = sum(widths[place : place + cell.columns])
    settings.append(element("w:tcW", w=str(width), type="dxa"))
    if cell.columns > 1:
        settings.append(element("w:gridSpan", val=str(min(cell.columns, len(widths) - place))))
    if merge:
        settings.append(element("w:vMerge", **({"val": "restart"} if merge == "restart" else {})))
    made.append(settings)
    paragraphs = cell.paragraphs or (Paragraph(()),)
    made.extend(
        writer.paragraph(paragraph, f"{style}Head" if bold else style) for paragraph in paragraphs
    )
    return made
