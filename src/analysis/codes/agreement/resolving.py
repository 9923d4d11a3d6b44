"""From two coders' disagreements to the codes that count.

`sheet` writes the disagreements of a comparison as a table to work through; `resolved_codes` turns
the table, filled in, into rows of `codes/resolved.csv`. The codes of a finding in that file replace
all others, so what the two agreed on in the same finding is carried over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.codes.agreement.agreement import ABSENT, BOTH_AGREE, UNTOLD
from analysis.codes.agreement.coders import Comparison, compare_coders
from analysis.data import schemas
from analysis.data.authority import AuthorityData
from analysis.data.held import held_authorities
from analysis.data.loading import load_data
from analysis.data.table import read_table
from analysis.errors import DataError, Problem
from analysis.files import require_place, write_all
from analysis.project import Project
from analysis.tables import records, to_data
from analysis.vocabulary import DIRECTIONS, NO_THEME, RESOLVED

_COLUMNS: Final = list(schemas.CODES.columns)
_SIDES: Final = ("first", "second")


def sheet(comparison: Comparison, codes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Lay out the disagreements of two coders as a table to work through.

    Parameters
    ----------
    comparison
        The two coders.
    codes
        Every coder's codes; where they hold `resolved` ones for a finding, these are filled in.

    Returns
    -------
    pandas.DataFrame
        Schema `SHEET`, all text: `resolved` and `reason` are left for the readers to fill in.
    """
    table = comparison.differences.rename(columns=str)
    for side in _SIDES:
        coder = getattr(comparison.agreement, side)
        table[f"{side}_coder"] = coder
        table[f"{side}_cohort"] = _cohorts(comparison.codes, coder, table)
    table = table.assign(resolved="", reason="")
    coders = (comparison.agreement.first, comparison.agreement.second)
    if codes is not None and RESOLVED not in coders:
        table = _filled_in(table, codes[codes["coder"] == RESOLVED])
    return table[list(schemas.SHEET.columns)].fillna("").astype(str)


def _cohorts(codes: pd.DataFrame, coder: str, table: pd.DataFrame) -> list[str]:
    if "cohort" not in codes:
        return [""] * len(table)
    own = codes[codes["coder"] == coder].groupby(["finding", "theme"])["cohort"].agg(";".join)
    keys = pd.MultiIndex.from_frame(table[["finding", "theme"]])
    return list(own.reindex(keys).fillna(""))


def _filled_in(table: pd.DataFrame, resolved: pd.DataFrame) -> pd.DataFrame:
    """Fill in what was resolved before; a theme that is not among a finding's codes is `none`."""
    given = resolved.groupby(["finding", "theme"]).agg(
        direction=("direction", lambda d: d.iloc[0] if d.nunique() == 1 else "mixed"),
        note=("note", lambda notes: " ".join(n for n in dict.fromkeys(notes) if n)),
    )
    before = table["finding"].isin(resolved["finding"])
    found = given.reindex(pd.MultiIndex.from_frame(table[["finding", "theme"]]))
    decided = found["direction"].fillna(NO_THEME).to_numpy()
    return table.assign(
        resolved=table["resolved"].where(~before, decided),
        reason=table["reason"].where(~before, found["note"].fillna("").to_numpy()),
    )


@dataclass(frozen=True)
class Resolution:
    """What a filled-in sheet says of one authority.

    Attributes
    ----------
    codes
        Schema `CODES`: what `codes/resolved.csv` is to hold, rows that stood there first.
    added
        Findings that were resolved now.
    before
        Findings of the sheet that stood in `resolved.csv` already and were left as they are.
    undecided
        Findings with a row not yet decided, which were left out.
    """

    codes: pd.DataFrame
    added: tuple[str, ...]
    before: tuple[str, ...]
    undecided: tuple[str, ...]


def resolve_sheet(source: Path, project: Project) -> dict[Path, Resolution]:
    """Turn a filled-in sheet into `codes/resolved.csv` of its authorities, all or none.

    Parameters
    ----------
    source
        The sheet, CSV.
    project
        Whose coders it is about.

    Returns
    -------
    dict
        File to what was found; a file in which nothing was resolved now is not written.

    Raises
    ------
    DataError
        If the sheet cannot be read, does not fit the codes, or names a finding that nobody holds.
    """
    filled, problems = read_table(source, schemas.SHEET, source.name)
    if problems:
        raise DataError(problems)
    made, placed = {}, pd.Series(False, index=filled.index)
    for name in held_authorities(project):
        documents = {path.stem for path in project.raw(name).glob("findings/*.csv")}
        own = filled["finding"].str.rpartition("/")[0].isin(documents)
        if own.any():
            placed |= own
            path = project.raw(name, "codes", f"{RESOLVED}.csv")
            made[path] = resolved_codes(load_data(name, project), filled[own], source.name)
    if not placed.all():
        message = "no authority that is held has this finding; only coders of one can be resolved"
        lost = filled.loc[~placed, "finding"]
        raise DataError(
            Problem(source.name, int(line), "finding", finding, message)
            for line, finding in zip(lost.index, lost, strict=True)
        )
    for path in made:
        require_place(path, inputs=[source])
    write_all({path: to_data(found.codes) for path, found in made.items() if found.added})
    return made


def resolved_codes(data: AuthorityData, filled: pd.DataFrame, file: str) -> Resolution:
    """Turn a filled-in sheet into resolved codes.

    A row decided as `first` or `second` takes that coder's codes as they are, cohort and all; a
    direction takes the codes of the coder who gave it, or else of whoever gave the theme, with that
    direction; `none` drops the theme. What both agreed on is taken from the first coder.

    Parameters
    ----------
    data
        The authority.
    filled
        Schema `SHEET`, the rows of this authority, indexed by line in the file.
    file
        Name for messages.

    Raises
    ------
    DataError
        If the sheet and the codes no longer fit each other: a disagreement of a finding has no
        row, or a row is no disagreement.
    """
    standing = data.codes.loc[data.codes["coder"] == RESOLVED, _COLUMNS]
    before = set(standing["finding"])
    open_rows = filled.loc[filled["resolved"] == "", "finding"]
    undecided = set(open_rows) - before
    rows: list[pd.DataFrame] = []
    added: list[str] = []
    problems: list[Problem] = []
    for coders, part in filled.groupby(["first_coder", "second_coder"], sort=False):
        first, second = map(str, coders)
        comparison = compare_coders(data, first, second)
        problems += _unfit(comparison, part, file)
        for finding, own in part.groupby("finding", sort=False):
            if finding not in before | undecided:
                rows.append(_resolved(comparison, str(finding), own))
                added.append(str(finding))
    twice = sorted({finding for finding in added if added.count(finding) > 1})
    problems += [
        Problem(file, 0, "finding", finding, "stands under two pairs of coders; keep one pair")
        for finding in twice
    ]
    if problems:
        raise DataError(problems)
    found = filled["finding"].drop_duplicates()
    return Resolution(
        pd.concat([standing, *rows], ignore_index=True)[_COLUMNS],
        tuple(added),
        tuple(f for f in found if f in before),
        tuple(f for f in found if f in undecided),
    )


def _unfit(comparison: Comparison, part: pd.DataFrame, file: str) -> list[Problem]:
    """Rows that are no disagreement today, and disagreements of their findings without a row."""
    today = comparison.agreement.differences
    today = today[today["finding"].isin(part["finding"])]
    said = set(zip(today["finding"], today["theme"], today["first"], today["second"], strict=True))
    known = {(finding, theme) for finding, theme, *_ in said}
    problems = []
    columns = ["finding", "theme", "first", "second"]
    for line, row in zip(part.index, part[columns].itertuples(index=False), strict=True):
        if tuple(row) not in said:
            message = (
                "is not what the two coders disagree on now; write the sheet anew with "
                "`findings agree --out`"
            )
            problems.append(Problem(file, int(line), "theme", str(row[1]), message))
    listed = set(zip(part["finding"], part["theme"], strict=True))
    for finding, theme in sorted(known - listed):
        message = f"has no row for the disagreement on {theme}; put it back"
        problems.append(Problem(file, 0, "finding", finding, message))
    return [*problems, *_open(comparison, part, file)]


def _open(comparison: Comparison, part: pd.DataFrame, file: str) -> Iterator[Problem]:
    """What would count and has no direction, in findings that are decided."""
    allowed = ", ".join(DIRECTIONS)
    for line, row in zip(part.index, records(part), strict=True):
        choice = str(row["resolved"])
        if choice in _SIDES and row[choice] == UNTOLD:
            message = "this coder gave no direction; write the direction itself"
            yield Problem(file, int(line), "resolved", choice, message, allowed)
    waiting = part.loc[part["resolved"] == "", "finding"]
    pairs = comparison.agreement.pairs
    both = pairs[(pairs["first"] == UNTOLD) & (pairs["second"] == UNTOLD)]
    both = both[both["finding"].isin(part["finding"]) & ~both["finding"].isin(waiting)]
    for finding, theme in zip(both["finding"], both["theme"], strict=True):
        message = f"neither coder gave {theme} a direction; give it one in the file of one of them"
        yield Problem(file, 0, "finding", str(finding), message, allowed)


def _resolved(comparison: Comparison, finding: str, decided: pd.DataFrame) -> pd.DataFrame:
    """Codes of one finding: what both agreed on, and what was decided."""
    agreement = comparison.agreement
    pairs = agreement.pairs[agreement.pairs["finding"] == finding]
    agreed = pairs.loc[pairs["kind"] == BOTH_AGREE, "theme"]
    parts = [_codes(comparison, finding, theme, _SIDES) for theme in agreed]
    for row in records(decided):
        if row["resolved"] != NO_THEME:
            parts.append(_decided(comparison, {str(k): str(v) for k, v in row.items()}))
    if parts := [part for part in parts if len(part)]:
        return pd.concat(parts, ignore_index=True)
    note = " ".join(dict.fromkeys(text for text in decided["reason"] if text))
    blank = dict.fromkeys(_COLUMNS, "")
    return pd.DataFrame([blank | {"finding": finding, "theme": NO_THEME, "note": note}])


def _decided(comparison: Comparison, row: dict[str, str]) -> pd.DataFrame:
    choice = row["resolved"]
    gave = [side for side in _SIDES if row[side] != ABSENT]
    if choice in _SIDES:
        if row[choice] == ABSENT:
            return pd.DataFrame(columns=_COLUMNS)
        return _codes(comparison, row["finding"], row["theme"], [choice]).assign(note=row["reason"])
    same = [side for side in gave if row[side] == choice]
    codes = _codes(comparison, row["finding"], row["theme"], same or gave)
    if not same:
        codes = codes.assign(direction=choice)
    return codes.assign(note=row["reason"])


def _codes(comparison: Comparison, finding: str, theme: str, sides: Sequence[str]) -> pd.DataFrame:
    """The codes of a theme in a finding by the first of some coders who gave it.

    Outside coders and the tagger state no cohort and no basis: these become `not-stated`, `level`.
    """
    codes = comparison.codes.reindex(columns=[*_COLUMNS, "coder"], fill_value="").fillna("")
    here = codes[(codes["finding"] == finding) & (codes["theme"] == theme)]
    for side in sides:
        own: pd.DataFrame = here.loc[here["coder"] == getattr(comparison.agreement, side), _COLUMNS]
        if len(own):
            return own.assign(
                cohort=own["cohort"].where(own["cohort"] != "", "not-stated"),
                basis=own["basis"].where(own["basis"] != "", "level"),
            )
    return pd.DataFrame(columns=_COLUMNS)
