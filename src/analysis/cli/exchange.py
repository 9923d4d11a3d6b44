"""The command `export`, and what `import` does with somebody else's coding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console

from analysis.cli.console import say, typed_path
from analysis.cli.documents import require_authority
from analysis.english import plural
from analysis.errors import DataError, FindingsError, Problem, require_known
from analysis.project import Project

if TYPE_CHECKING:
    import pandas as pd

    from analysis.codes.exchange.bringing import Brought
    from analysis.codes.exchange.model import Coded
    from analysis.codes.own import Written
    from analysis.data.authority import AuthorityData

FORMS: Final = {
    "qdpx": "a REFI-QDA project: texts, codebook, selections, coders, memos, visits as cases",
    "qdc": "a REFI-QDA codebook: the themes alone",
    "tags": "the themes alone as CSV, as Taguette takes a codebook in",
    "xlsx": "a workbook with one row for each coded segment",
    "csv": "the same as CSV",
    "matrix": "0 and 1 for each finding and theme, and which themes stand together: a workbook, or "
    "CSV where the file ends so",
}
_CALLED: Final = {"refi": "qdpx", "nvivo": "qdpx", "maxqda": "qdpx", "atlas": "qdpx",
                  "codebook": "qdc", "taguette": "tags", "excel": "xlsx"}  # fmt: skip
_SHOWN: Final = 5
_out = Console()


def export(
    authority: Annotated[str, typer.Argument(help="The authority, such as `knowsley`.")],
    to: Annotated[
        str,
        typer.Option(help="; ".join(f"`{name}`: {said}" for name, said in FORMS.items()) + "."),
    ],
    out: Annotated[Path, typer.Option(parser=typed_path, help="The file to write.")],
    coder: Annotated[str, typer.Option(help="Whose codes alone; everybody's if not given.")] = "",
) -> None:
    """Take findings and codes to NVivo, MAXQDA, ATLAS.ti, QualCoder, Taguette or a spreadsheet.

    Texts are the published words where this machine holds them, else our summaries, and it is said
    which. `docs/exchange.md` tells what each program gets, and how codes come back.
    """
    from analysis.data.loading import load_data
    from analysis.files import require_place, write_bytes

    require_known("form", to, FORMS, _CALLED)
    require_authority(authority)
    project = Project.find()
    require_place(out)
    project.require_outside_data(out)
    data = load_data(authority, project)
    if coder:
        require_known("coder", coder, set(data.codes["coder"]))
    write_bytes(out, _content(data, to, out, coder))
    say(_out, str(out))


def _content(data: AuthorityData, to: str, out: Path, coder: str) -> bytes:
    from analysis.codes.exchange import matrix, segments
    from analysis.codes.exchange.model import Coded
    from analysis.codes.exchange.ours import as_project, codes_of
    from analysis.codes.exchange.tags import to_tags
    from analysis.codes.exchange.writing import to_qdc, to_qdpx
    from analysis.results.together import together
    from analysis.tables import to_csv

    if to in ("qdc", "tags"):
        book = Coded(data.name, codes=tuple(codes_of(data.codebook)))
        return to_qdc(book) if to == "qdc" else to_tags(book)
    if to == "matrix":
        tables = matrix.matrices(data, coder)
        if out.suffix.lower() == ".csv":
            return to_csv(tables["0 and 1"]).encode()
        tables["together"] = together(matrix.counted(data, coder), data.codebook.ids)
        return matrix.as_xlsx(tables)
    coded = as_project(data, coder)
    for source in coded.sources:
        say(_out, f"{source.name}: {source.memo.rpartition('. ')[2]}")
    if to == "qdpx":
        return to_qdpx(coded)
    rows = segments.to_segments(coded)
    return segments.as_csv(rows) if to == "csv" else segments.as_xlsx(rows)


def import_coding(
    project: Project, authority: str, path: Path, coder: str, mapping: Path | None, check: bool
) -> None:
    """Take somebody else's coding, or write first what its codes are taken to mean."""
    from analysis.codes.exchange.mapping import read_mapping, unmapped
    from analysis.codes.exchange.opening import read_coded
    from analysis.data.loading import load_data

    coded = read_coded(path)
    if not coded.codes:
        raise FindingsError(f"{path} holds no code at all, so there is nothing to take from it.")
    data = load_data(authority, project)
    table = mapping or path.with_name(f"{path.stem}-codes.csv")
    if not table.exists():
        _write_mapping(project, coded, data, table, path)
        return
    meanings = read_mapping(table, data.codebook)
    none, unused = unmapped(coded, meanings)
    _list("Codes that mean nothing here by your table, with how often they were given", none)
    _list("Codes of your table that were never given", unused, _SHOWN)
    _take(project, data, coded, meanings, coder, path, check)


def _write_mapping(
    project: Project, coded: Coded, data: AuthorityData, table: Path, path: Path
) -> None:
    from analysis.codes.exchange.mapping import read_mapping, to_mapping, unmapped
    from analysis.files import require_place, write_text

    require_place(table, inputs=[path])
    project.require_outside_data(table)
    write_text(table, to_mapping(coded, data.codebook))
    none, _ = unmapped(coded, read_mapping(table, data.codebook))
    say(
        _out,
        f"{table}: what each of {plural(len(coded.codes), 'code')} is taken to mean here, a guess",
    )
    _list("Codes without a guess, with how often they were given", none)
    _list("Left out of the file as it is", coded.left_out)
    say(_out, "Nothing was taken yet. Look through the table, then run the same command again.")


def _take(
    project: Project, data: AuthorityData, coded: Coded, meanings: Mapping[str, Mapping[str, str]],
    coder: str, path: Path, check: bool,
) -> None:  # fmt: skip
    from analysis.codes.exchange.bringing import apart, bring_codes
    from analysis.codes.own import own_codes, problems_of, require_coder
    from analysis.files import write_all

    told = {name: dict(meaning) for name, meaning in meanings.items()}
    brought = bring_codes(data, coded, told, coder, lambda wanted: _directions(wanted, data))
    kept, others = apart(data, brought)
    _say_brought(brought)
    _list("", others)
    problems: list[Problem] = []
    written: list[Written] = []
    for name, codes in kept.items():
        require_coder(name, user=True)
        rows = [row for own in codes.values() for row in own]
        problems += [
            Problem(path.name, 0, problem.column, problem.value,
                    f"{rows[problem.row]['finding']}: {problem.message}", problem.allowed)
            for problem in problems_of(data, rows, name, path.name)
        ]  # fmt: skip
        written.append(own_codes(project, data.authority, name, codes))
    if problems:
        raise DataError(problems)
    if not check:
        write_all({each.path: each.content for each in written if each.content})
    for each in written:
        would = "would be written: " if check else ""
        say(_out, f"{project.relative(each.path)}: {would}{each}")
    if not any(each.content for each in written):
        say(_out, "Nothing was written.")
    elif not check:
        say(_out, f"Next: findings check {data.authority}, then findings report {data.authority}")


def _directions(wanted: pd.DataFrame, data: AuthorityData) -> dict[tuple[str, str], str]:
    from analysis.codes.tagged import directions_of

    return directions_of(wanted, data.codebook)


def _say_brought(brought: Brought) -> None:
    known = {name: document for name, document in brought.documents.items() if document}
    for name, document in known.items():
        say(_out, f"{name}: {document}")
    _list("Texts that are no document held", [n for n in brought.documents if n not in known])
    for source, count in brought.directions.items():
        say(_out, f"{plural(count, 'direction')} from {source}")
    if brought.merged:
        say(_out, f"{plural(brought.merged, 'code')} said again for a paragraph, and kept once")
    _list("Given in several directions in one paragraph, and taken as mixed", brought.mixed)
    _list("Noted, and left out", brought.dropped)
    _list("Not placed", brought.lost)


def _list(head: str, items: Sequence[str], shown: int | None = None) -> None:
    if items and head:
        say(_out, f"{head}: {len(items)}")
    for item in items[:shown]:
        say(_out, f"  {item}" if head else item)
    if shown and items[shown:]:
        say(_out, f"  and {len(items) - shown} more")
