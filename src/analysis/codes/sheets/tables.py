"""From what a reader wrote to rows in the shape of `data/raw/`.

Each table is indexed by line in the sheet, so that whatever is wrong with a row is named there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pandas as pd

from analysis.codes.sheets.cells import DECIDED, MORE, NO
from analysis.codes.sheets.folder import Sheet, Sheets
from analysis.codes.sheets.laying import OF_THE_DOCUMENT
from analysis.data import schemas
from analysis.data.growing import Row
from analysis.ids import finding_id
from analysis.vocabulary import NO_THEME

_NOTICE: Final = "notice"


def findings_of(sheet: Sheet, register: Iterable[Row], document_kind: str) -> pd.DataFrame:
    """Return rows of schema `FINDINGS` in the order of the document.

    Parameters
    ----------
    register
        The document's findings as it is cut now.
    document_kind
        A notice speaks for the department, everything else for inspectors, unless a row says other.
    """
    first = sheet.first.sort_values("number")
    speaker = "department" if document_kind == _NOTICE else "inspectors"
    table = pd.DataFrame({
        "finding": _ids(sheet, first),
        "role": first["role"].replace("", "body"),
        "said_by": first["said_by"].replace("", speaker),
        "area": first["area"].mask(first["area"] == "").ffill().fillna(""),
        "repeats": first["repeats"],
        "summary": first["summary"],
    })  # fmt: skip
    known = {row["finding"]: row for row in register}
    for column in OF_THE_DOCUMENT:
        table[column] = [known.get(name, {}).get(column, "") for name in table["finding"]]
    return table[list(schemas.FINDINGS.columns)].astype(str)


def roles_of(findings: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of schema `ROLES` of rows of findings."""
    return findings[list(schemas.ROLES.columns)]


def codes_of(sheet: Sheet) -> pd.DataFrame:
    """Return rows of schema `CODES`; a theme without a basis states a level."""
    rows = sheet.rows
    level = (rows["basis"] == "") & (rows["theme"] != NO_THEME)
    table = rows.assign(
        finding=_ids(sheet, rows),
        basis=rows["basis"].mask(level, "level"),
        **{name: rows[name].mask(rows[name] == NO, "") for name in DECIDED},
    )
    return table[list(schemas.CODES.columns)].astype(str)


def statements_of(sheet: Sheet, coder: str) -> pd.DataFrame:
    """Return rows of schema `AREA_STATEMENTS`."""
    table = sheet.areas.rename(columns=MORE).assign(finding=_ids(sheet, sheet.areas), coder=coder)
    return table[list(schemas.AREA_STATEMENTS.columns)].astype(str)


def links_of(sheets: Sheets, coder: str) -> pd.DataFrame:
    """Return rows of schema `NEED_LINKS`, with the sheet's needs."""
    links = sheets.links
    return links.assign(finding=links["document"] + "/" + links["n"], coder=coder)[
        list(schemas.NEED_LINKS.columns)
    ].astype(str)


def visits_of(sheets: Sheets, authority: str) -> pd.DataFrame:
    """Return rows of schema `VISITS` for visits that documents only tell of, where a day is told.

    Their scope and note are what the document says, with the paragraph that says it.
    """
    told = sheets.visits[sheets.visits["start"] != ""]
    table = told.assign(
        visit=authority + "-" + told["kind"] + "-" + told["start"],
        framework="",
        scope=told["what"].where(told["what"] != "", "Not said"),
        areas="",
        note="told in " + told["told_in"] + ": " + told["what"],
    )
    return table[list(schemas.VISITS.columns)].astype(str)


def _ids(sheet: Sheet, rows: pd.DataFrame) -> list[str]:
    return [finding_id(sheet.document, number) for number in rows["number"]]
