"""The command `find`: findings of all authorities, by what they are about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.console import Console

from analysis.cli.console import say, typed_path
from analysis.cli.documents import CORES
from analysis.english import plural
from analysis.errors import FindingsError
from analysis.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from analysis.tables import Row

_out = Console()
_err = Console(stderr=True)
SHOWN: Final = 20
"""Findings that the terminal shows; a file holds all."""


def _option(what: str) -> Any:
    return typer.Option(help=what)


def find(
    authority: Annotated[str, _option("Slugs, such as `knowsley,leeds`.")] = "",
    theme: Annotated[str, _option("Ids of themes, such as `caseloads`.")] = "",
    aspect: Annotated[str, _option("Aspects of needs that the finding speaks of.")] = "",
    cohort: Annotated[str, _option("Such as `care-leavers`.")] = "",
    direction: Annotated[str, _option("strength, mixed, weakness or neutral.")] = "",
    path: Annotated[str, _option("The theme's path there, such as `better and stayed so`.")] = "",
    start: Annotated[str, _option("First visit, such as `2018` or `2018-04`.")] = "",
    end: Annotated[str, _option("Last visit.")] = "",
    region: Annotated[str, _option("Such as `London`.")] = "",
    grade: Annotated[str, _option("Overall grade of its document, such as `inadequate`.")] = "",
    kind: Annotated[str, _option("Kind of visit, such as `focused-visit`.")] = "",
    words: Annotated[str, _option("Words of our summary, such as `night staff`.")] = "",
    out: Annotated[
        Path | None, typer.Option(parser=typed_path, help="A .csv or .xlsx file with all of them.")
    ] = None,
) -> None:
    """Find findings of all authorities, with what they say, place and address, latest first.

    Each row is a finding's code on one theme and cohort. Options narrow together; several values of
    one are separated by commas. Words are looked for in our summaries, which are not the published
    words. Needs the tables of `findings england`, and gathers them where they are not up to date.
    """
    from analysis.england.search import COLUMNS, Question
    from analysis.england.search import find as look
    from analysis.england.state import SQLITE, is_current

    asked = Question(
        authority, theme, aspect, cohort, direction, path, region, grade, kind, start, end, words
    )
    project = Project.find()
    if out:
        _require_form(out, project)
    if not is_current(project):
        from analysis.england.gather import current

        current(project, jobs=CORES, tell=lambda text: say(_err, text))
    rows = look(asked, project.england / SQLITE)
    authorities = len({row["authority"] for row in rows})
    found = plural(len({row["finding"] for row in rows}), "finding")
    say(_out, f"{found} in {plural(authorities, 'authority', 'authorities')}; "
         f"{plural(len(rows), 'code')}")  # fmt: skip
    if out:
        _write(out, rows, COLUMNS)
        say(_out, str(out))
        return
    for line in _shown(rows[:SHOWN]):
        say(_out, line)
    if len(rows) > SHOWN:
        say(_out, f"{len(rows) - SHOWN} more; --out FILE.csv or FILE.xlsx holds all.")


def _shown(rows: Sequence[Row]) -> Iterator[str]:
    """Two lines for what was found on a theme: of what and where, and in words."""
    from analysis.dates import PartialDate
    from analysis.vocabulary import SYMBOLS

    for row in {(row["finding"], row["theme"], row["direction"]): row for row in rows}.values():
        when = PartialDate.parse(str(row["start"])).short
        page = f", page {row['page']}" if row["page"] else ""
        sign = SYMBOLS[str(row["direction"])]
        yield f"{sign} {row['theme']} · {row['name']}, {when} · {row['finding']}{page}"
        yield f"    {row['summary']}"


def _require_form(out: Path, project: Project) -> None:
    from analysis.files import require_place

    if out.suffix.lower() not in (".csv", ".xlsx"):
        raise FindingsError(f"{out}: write a .csv or an .xlsx file; the ending says which.")
    require_place(out)
    project.require_outside_data(out)


def _write(out: Path, rows: Sequence[Row], columns: Sequence[str]) -> None:
    from analysis.files import write_bytes

    if out.suffix.lower() == ".csv":
        from analysis.tables import for_people, to_text

        write_bytes(out, for_people(to_text(columns, rows)).encode())
        return
    from analysis.workbooks import to_xlsx

    write_bytes(out, to_xlsx({"findings": (columns, [[row[c] for c in columns] for row in rows])}))
