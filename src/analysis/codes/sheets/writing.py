"""Laying out an authority's findings and their codes as a workbook, for whoever has only Excel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from textwrap import wrap
from typing import Any, Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter as letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from analysis.codes.counting import coded_findings
from analysis.codes.sheets import book
from analysis.data.authority import AuthorityData
from analysis.data.codebook import Codebook
from analysis.data.growing import Row
from analysis.english import plural, sentence_case
from analysis.errors import FindingsError, require_known
from analysis.tables import records
from analysis.vocabulary import KINDS
from analysis.workbooks import LONGEST, saved

SUMMARY: Final = "Our summary: "
ROOM: Final = 30
"""Rows for further codes at the end of a sheet."""
DEPTH: Final = 15
"""Height of a line of text, in points, with the space below it."""
HIGHEST: Final = 409
"""Points that a row can be high."""
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no workbook can hold."""
_GREY, _YELLOW, _BLUE = (PatternFill("solid", fgColor=c) for c in ("EEEEEE", "FFF8DC", "1F3864"))
_DONE: Final = PatternFill("solid", bgColor="D5E8D4")
_LINE: Final = Border(bottom=Side("hair", color="999999"), right=Side("hair", color="CCCCCC"))
_TOP: Final = Alignment(vertical="top", wrap_text=True)
_UP: Final = Alignment(vertical="top")
_OPEN: Final = Protection(locked=False)
_WHITE: Final = Font(bold=True, color="FFFFFF")
_FAINT: Final = Font(color="999999")


def to_workbook(data: AuthorityData, document: str = "") -> bytes:
    """Return a workbook in which a coder corrects the codes of an authority.

    Parameters
    ----------
    data
        The authority; codes are those that count.
    document
        The one document to lay out; blank for all.

    Returns
    -------
    bytes
        A sheet on how to go about it with what is done of each document, one that says what the
        themes are, and one for each document, in the order of the visits.

    Raises
    ------
    FindingsError
        If there is no such document, or no finding at all.
    """
    documents = _documents(data, document)
    known = book.choices(data.codebook)
    coded = coded_findings(data)
    made = Workbook()
    made.remove(made.worksheets[0])
    start = made.create_sheet(book.START)
    _themes(made.create_sheet(book.THEMES), data.codebook)
    titles = {}
    for place, row in enumerate(documents, start=1):
        findings = coded[coded["document"] == row["document"]]
        title = f"{place} {row['title_of_visit']}"[:31]
        titles[title] = _Sheet(made.create_sheet(title), known).fill(row, findings)
    _lists(made, known)
    _start(start, data, titles)
    for sheet in made.worksheets:
        _heighten(sheet)
    return saved(made)


def _documents(data: AuthorityData, document: str) -> list[Row]:
    """The documents to lay out, in the order of their visits, that hold a finding."""
    if document:
        require_known("document", document, data.documents["document"])
    visits = data.visits.set_index("visit")
    held = data.documents[data.documents["document"].isin(data.findings["document"])]
    if document:
        held = held[held["document"] == document]
    if held.empty:
        raise FindingsError(
            f"No finding of {document or data.name} is held, so there is nothing to code. Add its "
            f"documents with `findings add {data.authority} FOLDER`."
        )
    table = held.assign(
        order=held["visit"].map(visits["order"]),
        title_of_visit=[f"{KINDS[visits['kind'][v]]} {visits['short'][v]}" for v in held["visit"]],
    ).sort_values(["order", "document"])
    return [{str(k): str(v) for k, v in row.items()} for row in records(table)]


class _Sheet:
    """The sheet of one document."""

    def __init__(self, sheet: Any, known: Mapping[str, Mapping[str, str]]) -> None:
        self.sheet, self.known = sheet, known

    def fill(self, about: Row, findings: pd.DataFrame) -> int:
        """Fill the sheet; return how many paragraphs it has."""
        self._head(about, findings)
        at = book.HEAD + 1
        groups = list(findings.groupby("finding", sort=False))
        for _, rows in groups:
            at = self._paragraph([_texts(row) for row in records(rows)], at)
        end = at + ROOM
        for line in range(at, end):
            self._row(line, {}, [], spare=True)
            self.sheet.cell(line, 1).protection = _OPEN
            self.sheet.cell(line, 1).fill = _YELLOW
        _put(self.sheet, at, 3, "Room for further codes: begin with the paragraph's number.")
        self._drop_downs(end - 1)
        self._dress(end - 1)
        return len(groups)

    def _head(self, about: Row, findings: pd.DataFrame) -> None:
        sheet = self.sheet
        bare = int((findings["words"] == "").sum())
        text = (
            "as published" if not bare else "our summary, since this machine holds no words of it"
        )
        if 0 < bare < len(findings):
            text = "as published where this machine holds the words, else our summary"
        _put(sheet, 1, 1, book.DOCUMENT, font=_FAINT, wrap=False)
        _put(sheet, 1, 2, about["document"], font=_FAINT, wrap=False)
        _put(sheet, 1, 3, about["title"], font=Font(bold=True, size=13), wrap=False)
        _put(sheet, 2, 3, f"Text: {text}.", wrap=False)
        _put(sheet, 3, book.NOW, "The codes as they stand", font=Font(bold=True), wrap=False)
        _put(sheet, 3, book.OWN, "Yours: fill in only what you would change",
             font=Font(bold=True), wrap=False)  # fmt: skip
        for column, head in enumerate(book.HEADS, start=1):
            _put(sheet, book.HEAD, column, head, font=_WHITE, fill=_BLUE)

    def _paragraph(self, codes: list[Row], at: int) -> int:
        """Write the rows of a paragraph, and one for a further code; return the row after."""
        first, last = at, at + len(codes)
        for place, code in enumerate(codes):
            self._row(at + place, codes[0], book.words_of(code, self.known), shown=not place)
            kept = [*(code[name] for name in book.CODE), code["coder"], str(len(codes)),
                    code["fingerprint"]]  # fmt: skip
            for column, value in enumerate(kept, start=book.FIRST_KEPT):
                _put(self.sheet, at + place, column, value, wrap=False)
        self._row(last, codes[0], [], spare=True)
        cells = f"{letter(book.OWN)}{first}:{letter(book.LAST_OWN)}{last}"
        self.sheet.cell(first, book.WIDTH, f"=IF(COUNTA({cells})>0,1,0)")
        return last + 1

    def _row(
        self, at: int, finding: Row, now: list[str], *, shown: bool = False, spare: bool = False
    ) -> None:
        place = [""] * len(book.PLACE)
        if finding:
            number = finding["finding"].rpartition("/")[2]
            place = [number, where(finding) if shown else "", words(finding) if shown else ""]
        for column, value in enumerate([*place, *now], start=1):
            _put(self.sheet, at, column, value, fill=None if spare else _GREY)
        if finding:
            self.sheet.cell(at, 1, int(place[0]))
        if spare:
            self.sheet.cell(at, 1).font = _FAINT
        for column in range(book.OWN, book.LAST_OWN + 1):
            cell = self.sheet.cell(at, column)
            cell.protection, cell.fill, cell.alignment = _OPEN, _YELLOW, _TOP
        for column in range(1, book.LAST_OWN + 1):
            self.sheet.cell(at, column).border = _LINE

    def _drop_downs(self, end: int) -> None:
        first = book.HEAD + 1
        said = {book.OWN: f'"{book.YES}"'}
        said |= {book.OWN + 1 + i: f"={book.list_of(f.column)}" for i, f in enumerate(book.FIELDS)}
        for column, formula in said.items():
            known = DataValidation(
                type="list", formula1=formula, allow_blank=True, showErrorMessage=True,
                errorTitle="Choose from the list",
                error="Choose one of the words in the list, or leave the cell blank.",
            )  # fmt: skip
            known.add(f"{letter(column)}{first}:{letter(column)}{end}")
            self.sheet.add_data_validation(known)

    def _dress(self, end: int) -> None:
        sheet = self.sheet
        for column, width in enumerate(book.WIDTHS, start=1):
            sheet.column_dimensions[letter(column)].width = width
        for column in range(book.FIRST_KEPT, book.WIDTH + 1):
            sheet.column_dimensions[letter(column)].hidden = True
        sheet.freeze_panes = sheet.cell(book.HEAD + 1, book.NOW)
        helper = f"${letter(book.WIDTH)}{book.HEAD + 1}"
        sheet.conditional_formatting.add(
            f"A{book.HEAD + 1}:B{end}", FormulaRule(formula=[f"{helper}=1"], fill=_DONE)
        )
        _protect(sheet)
        sheet.print_title_rows = f"{book.HEAD}:{book.HEAD}"
        sheet.print_area = f"A1:{letter(book.LAST_OWN)}{end}"


def _heighten(sheet: Any) -> None:
    """Make each row as high as the longest of its wrapped cells needs; not all programs do."""
    widths = {name: column.width for name, column in sheet.column_dimensions.items()}
    for row in sheet.iter_rows(max_col=book.LAST_OWN):
        wrapped = (cell for cell in row if cell.alignment.wrap_text and cell.value is not None)
        needed = [lines(str(cell.value), widths.get(cell.column_letter, 0)) for cell in wrapped]
        if max(needed, default=1) > 1:
            sheet.row_dimensions[row[0].row].height = min(DEPTH * max(needed), HIGHEST)


def lines(text: str, width: float) -> int:
    r"""Count the lines that a text takes in a column of so many digits' width.

    Examples
    --------
    >>> lines("children in need of help or protection", 19), lines("plans", 19), lines("a\nb", 19)
    (2, 1, 2)
    """
    room = max(int(width), 1)
    return sum(max(len(wrap(part, room)), 1) for part in text.split("\n"))


def where(finding: Row) -> str:
    """Say where a paragraph stands, as a reader looks for it.

    Examples
    --------
    >>> where({"section": "Findings", "printed_number": "12", "page": "4"})
    'Findings, paragraph 12, page 4'
    """
    number, page = finding["printed_number"], finding["page"]
    parts = [finding["section"], number and f"paragraph {number}", page and f"page {page}"]
    return ", ".join(filter(None, parts))


def words(finding: Row) -> str:
    """Return a paragraph's published words, else what we say of it."""
    return finding["words"] or (SUMMARY + finding["summary"] if finding["summary"] else "")


def _texts(row: Mapping[Any, Any]) -> Row:
    return {str(name): "" if pd.isna(value) else str(value) for name, value in row.items()}


def _put(
    sheet: Any, row: int, column: int, value: str, *, wrap: bool = True, font: Any = None,
    fill: Any = None,
) -> None:  # fmt: skip
    """Write text that stays text: never a formula, nothing that a workbook cannot hold."""
    cell = sheet.cell(row, column)
    cell.value = _UNSEEN.sub("", value)[:LONGEST] or None
    if cell.value is not None:
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    if wrap:
        cell.alignment = _TOP
    if font:
        cell.font = font
    if fill:
        cell.fill = fill


def _protect(sheet: Any) -> None:
    """Print on wide pages; keep what is not to be written over, but for more and wider rows."""
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "autoFilter"):
        setattr(sheet.protection, allowed, False)


def _lists(made: Workbook, known: Mapping[str, Mapping[str, str]]) -> None:
    sheet = made.create_sheet(book.LISTS)
    for column, (name, said) in enumerate(known.items(), start=1):
        _put(sheet, 1, column, book.heading(name))
        for row, label in enumerate(said, start=2):
            _put(sheet, row, column, label)
        cells = f"{book.LISTS}!${letter(column)}$2:${letter(column)}${len(said) + 1}"
        made.defined_names[book.list_of(name)] = DefinedName(book.list_of(name), attr_text=cells)
    sheet.sheet_state = "hidden"
    _protect(sheet)


def _themes(sheet: Any, codebook: Codebook) -> None:
    _table(sheet, 1, ("Group", "Theme", "What it covers", "Not"), (18, 24, 60, 50))
    for row, theme in enumerate(codebook.themes, start=2):
        parts = [theme.definition.rstrip("."), sentence_case("; ".join(theme.include))]
        said = ". ".join(filter(None, parts))
        cells = (codebook.group_of(theme.id).name, theme.name, said, "; ".join(theme.exclude))
        for column, value in enumerate(cells, start=1):
            _put(sheet, row, column, value)
    sheet.freeze_panes = "A2"
    _protect(sheet)


def _start(sheet: Any, data: AuthorityData, titles: Mapping[str, int]) -> None:
    _put(sheet, 1, 1, f"{data.name}: codes to look through", font=Font(bold=True, size=14),
         wrap=False)  # fmt: skip
    at = 3
    for head, said in book.guide_lines(data.name):
        _put(sheet, at, 1, head, font=Font(bold=True))
        _put(sheet, at, 2, said)
        at += 1
    at += 1
    _table(sheet, at, ("Sheet", "Document", "Paragraphs", "Done"), (34, 84, 13, 12))
    done, first = f"${letter(book.WIDTH)}$", at + 1
    for row, (title, count) in enumerate(titles.items(), start=first):
        cell = sheet.cell(row, 1, title)
        cell.hyperlink = f"#'{title}'!A1"
        cell.style = "Hyperlink"
        cell.alignment = _TOP
        _put(sheet, row, 2, str(sheet.parent[title].cell(1, 3).value or ""))
        sheet.cell(row, 3, count).alignment = _UP
        counted = f"=SUM('{title}'!{done}{book.HEAD + 1}:{done}20000)"
        sheet.cell(row, 4, counted).alignment = _UP
    end = first + len(titles)
    _put(sheet, end, 1, "All", font=Font(bold=True))
    _put(sheet, end, 2, plural(len(titles), "document"))
    for column in (3, 4):
        cells = f"{letter(column)}{first}:{letter(column)}{end - 1}"
        sheet.cell(end, column, f"=SUM({cells})").font = Font(bold=True)
    _protect(sheet)


def _table(sheet: Any, row: int, heads: Iterable[str], widths: Iterable[int]) -> None:
    for column, (head, width) in enumerate(zip(heads, widths, strict=True), start=1):
        _put(sheet, row, column, head, font=_WHITE, fill=_BLUE)
        sheet.column_dimensions[letter(column)].width = width
