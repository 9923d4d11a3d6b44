"""Codes from any two files, so that people who code any paragraphs can measure themselves.

A file is a long CSV: one row per paragraph and theme, `theme` `none` where a paragraph was read and
no theme was found. The paragraph is `id` or `finding` (any text), or `document` and `paragraph`;
the direction is `direction`, blank where the theme is given without one, or `direction_<coder>`
where two coders stand side by side in one file, blank where this one did not give the theme. With a
column `coder`, one file may hold several. What `findings tag` writes can be read, and so can every
`codes/<coder>.csv` and `checks/<coder>.csv`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.codes.agreement.agreement import compare
from analysis.codes.agreement.coders import ABOUT, Comparison, all_read, who_coded
from analysis.data.rows import read_rows
from analysis.data.table import frame
from analysis.english import plural, were
from analysis.errors import DataError, FindingsError, Problem, asking, require_known
from analysis.vocabulary import DIRECTIONS, NO_THEME

IDS: Final = ("id", "finding", "paragraph")
"""Columns that may name what was coded, the first found; `document` is put before it."""
_BESIDE: Final = "direction_"


def read_codes(path: Path, coder: str, themes: Mapping[str, str]) -> pd.DataFrame:
    """Read one coder's codes from a file.

    Parameters
    ----------
    path
        The file.
    coder
        Whose codes, where the file holds several; else the name to give them, blank for the
        file's own.
    themes
        Of the codebook, what reports call each by its id.

    Returns
    -------
    pandas.DataFrame
        `finding`, `theme`, `direction` (blank where a theme is given without one), `coder`; all
        text.

    Raises
    ------
    FindingsError
        If the file holds several coders and none of that name.
    DataError
        If there is no such file, columns are missing, or a theme or direction is none: every row
        that is wrong.
    """
    table = frame(read_rows(path, path.name))
    problems = _missing(table, path.name)
    if problems:
        raise DataError(problems)
    beside = "direction" not in table
    table = _own(table, path, coder)
    key = next(name for name in IDS if name in table)
    finding = table[key]
    if "document" in table and key == "paragraph":
        finding = table["document"] + "/" + finding
    codes = pd.DataFrame(
        {"finding": finding, "theme": table["theme"], "direction": table["direction"]}
    )
    problems = [*_wrong(codes, themes, path.name, beside)]
    if problems:
        raise DataError(problems)
    given = codes[codes["theme"] != NO_THEME]
    if beside:
        given = given[given["direction"] != ""]
    read = codes.loc[~codes["finding"].isin(given["finding"]), "finding"].drop_duplicates()
    none = pd.DataFrame({"finding": read, "theme": NO_THEME, "direction": ""})
    return pd.concat([given, none], ignore_index=True).assign(coder=coder or path.stem)


def _missing(table: pd.DataFrame, file: str) -> list[Problem]:
    """Columns without which nothing can be compared."""
    has = ", ".join(map(str, table.columns))
    wanted = {
        "id": any(name in table for name in IDS),
        "theme": "theme" in table,
        "direction": any(
            name == "direction" or name.startswith(_BESIDE) for name in map(str, table)
        ),
    }
    allowed = "id (or finding, or document and paragraph), theme, direction"
    return [
        Problem(file, 1, name, "", f"this column is missing; the file has {has}", allowed)
        for name, there in wanted.items()
        if not there
    ]


def _own(table: pd.DataFrame, path: Path, coder: str) -> pd.DataFrame:
    """The rows, and the direction, of one coder."""
    if "coder" in table and table["coder"].nunique() > 1:
        _named(coder, table["coder"], path)
        table = table[table["coder"] == coder]
    if "direction" not in table:
        names = [name.removeprefix(_BESIDE) for name in map(str, table) if name.startswith(_BESIDE)]
        _named(coder, names, path)
        table = table.assign(direction=table[f"{_BESIDE}{coder}"])
    return table


def _named(coder: str, known: Sequence[str] | pd.Series[str], path: Path) -> None:
    if not coder:
        names = ", ".join(sorted(set(known)))
        raise FindingsError(
            f"{path} holds several coders: {names}. Say which: --first or --second."
        )
    require_known(f"coder in {path.name}", coder, known)


def _wrong(
    codes: pd.DataFrame, themes: Mapping[str, str], file: str, beside: bool
) -> list[Problem]:
    """Values that cannot be compared; a blank direction is none of them."""
    known = {**themes, NO_THEME: NO_THEME}
    blank = "not given" if beside else "given without a direction"
    or_blank = f"{', '.join(DIRECTIONS)}, or blank: {blank}"
    problems = []
    for line, (finding, theme, direction) in zip(
        codes.index, codes[["finding", "theme", "direction"]].to_numpy(), strict=True
    ):
        if not finding:
            problems.append(Problem(file, line, "finding", "", "is blank", "some text"))
        if theme not in known:
            message = asking("is not in the codebook", theme, known)
            problems.append(Problem(file, line, "theme", theme, message, ", ".join(known)))
        if direction and direction not in DIRECTIONS:
            message = asking("is no direction", direction, DIRECTIONS)
            problems.append(Problem(file, line, "direction", direction, message, or_blank))
    return problems


def compare_files(
    first: Path,
    second: Path,
    themes: Mapping[str, str],
    *,
    first_coder: str = "",
    second_coder: str = "",
    everything: bool = False,
) -> Comparison:
    """Compare the codes of two files, or of two coders in one.

    Parameters
    ----------
    first, second
        Files for `read_codes`.
    themes
        Of the codebook, what reports call each by its id.
    first_coder, second_coder
        Which coder of a file that holds several, or what to call them.
    everything
        Take what stands in either file as read by both coders, so that a paragraph missing in one
        has no theme there.

    Raises
    ------
    FindingsError
        As `read_codes`; and if the files have no paragraph in common.
    """
    one, two = read_codes(first, first_coder, themes), read_codes(second, second_coder, themes)
    if one["coder"].iloc[:1].tolist() == two["coder"].iloc[:1].tolist():
        one["coder"] += " (first)"
        two["coder"] += " (second)"
    names = [
        str(t["coder"].iloc[0]) if len(t) else p.stem for t, p in ((one, first), (two, second))
    ]
    codes = pd.concat([one, two], ignore_index=True)
    read = [set(table["finding"]) for table in (one, two)]
    notes = []
    if everything:
        codes = all_read(codes)
        notes.append("What stands in either file is taken as read by both.")
    elif apart := [len(read[0] - read[1]), len(read[1] - read[0])]:
        notes += [
            f"{plural(count, 'paragraph')} that only {name} coded ({path.name}) {were(count)} left "
            "out; a paragraph "
            "read without finding a theme needs a row with the theme none, or use --all-read."
            for count, name, path in zip(apart, names, (first, second), strict=True)
            if count
        ]
    agreement = compare(codes, names[0], names[1], [*themes])
    if not agreement.findings:
        raise FindingsError(
            f"{first} and {second} have no id in common, so there is nothing to compare. "
            f"Who coded what: {who_coded(codes)}."
        )
    both = read[0] | read[1] if everything else read[0] & read[1]
    kept = codes[codes["finding"].isin(both)].reset_index(drop=True)
    about = pd.DataFrame({"finding": kept["finding"].drop_duplicates()}).reset_index(drop=True)
    about["document"] = about["finding"].str.rpartition("/")[0]
    about = about.reindex(columns=ABOUT, fill_value="")
    return Comparison(agreement, tuple(notes), about, kept)
