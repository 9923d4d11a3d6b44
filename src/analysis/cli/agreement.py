"""The commands that bring two coders together: `agree` and `resolve`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console

from analysis.cli.console import table, typed_path
from analysis.cli.several import agree_several
from analysis.english import join, plural, were
from analysis.errors import FindingsError
from analysis.project import Project

if TYPE_CHECKING:
    import pandas as pd

    from analysis.codes.agreement.coders import Comparison

SHOWN: Final = 12
"""Disagreements shown in the terminal; the sheet holds all of them."""
SUMMARY: Final = 90
"""Characters of a summary, or of the published words, shown in the terminal."""
_HEADS: Final = {
    "n_first": "n first", "n_second": "n second", "both": "n both", "f1": "F1",
    "direction": "direction equal", "value": "value (95 %)",
}  # fmt: skip

_out = Console()


def agree(
    authority: Annotated[
        list[str] | None,
        typer.Argument(help="Authorities, compared as one; all that both coded if none is named."),
    ] = None,
    first: Annotated[
        str, typer.Option(help="The coder compared with; `reader-1` if not given.")
    ] = "",
    second: Annotated[
        str, typer.Option(help="The coder compared, such as `tagger`; `reader-2` if not given.")
    ] = "",
    first_file: Annotated[
        Path | None,
        typer.Option(
            parser=typed_path,
            help="Codes of any paragraphs, in place of an authority: id,theme,direction.",
        ),
    ] = None,
    second_file: Annotated[
        Path | None,
        typer.Option(parser=typed_path, help="The codes to compare them with."),
    ] = None,
    all_read: Annotated[
        bool,
        typer.Option(
            "--all-read", help="With files: take what stands in either as read by both coders."
        ),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            parser=typed_path,
            help="Write every disagreement to this CSV, to work through and resolve.",
        ),
    ] = None,
    coders: Annotated[
        str,
        typer.Option(help="Any number of coders, in place of two: `ann,bob,reader-1`."),
    ] = "",
    documents: Annotated[
        str, typer.Option(help="With `--coders`: these documents alone, by id, with commas.")
    ] = "",
    themes: Annotated[
        str, typer.Option(help="With `--coders`: these themes alone, by id, with commas.")
    ] = "",
    coded_only: Annotated[
        bool,
        typer.Option("--coded-only", help="With `--coders`: leave out what none of them coded."),
    ] = False,
) -> None:
    """Say how far two coders agree, or any number, by theme and over everything, and where not.

    Coders are those with a file in `codes/` or `checks/`, and `tagger`. Every measure stands with
    its 95 % interval. Fill in the sheet that `--out` writes, then run `findings resolve`.
    """
    from analysis.codes.agreement.resolving import sheet
    from analysis.files import require_place, write_text
    from analysis.tables import to_csv

    if out:
        require_place(out, inputs=_inputs(authority, first_file, second_file))
        Project.find().require_outside_data(out)
    if coders:
        agree_several(authority, coders, documents, themes, coded_only, out)
        return
    _require_coders(documents, themes, coded_only)
    extra: list[pd.DataFrame] = []
    codes = None
    if first_file or second_file:
        compared, title = _files(authority, first_file, second_file, first, second, all_read)
    else:
        compared, title, extra, codes = _authorities(
            authority, first or "reader-1", second or "reader-2"
        )
    _show(compared, title, extra)
    if out:
        table = sheet(compared, codes)
        write_text(out, to_csv(table))
        _say(f"{out}: {plural(len(table), 'disagreement')} to work through in the column resolved")


def resolve(
    source: Annotated[
        Path,
        typer.Argument(
            parser=typed_path, help="The sheet that `findings agree --out` wrote, filled in."
        ),
    ],
) -> None:
    """Turn a sheet of disagreements, filled in, into `codes/resolved.csv`, whose codes count.

    In the column `resolved`: `first` or `second` (as that coder has it), a direction, or `none`
    (the theme is not given). Findings with a row still blank are left for later, and findings that
    stand in `resolved.csv` already are left as they are.
    """
    from analysis.codes.agreement.resolving import resolve_sheet

    project = Project.find()
    if not source.exists():
        raise FindingsError(f"There is no {source}. Write it with `findings agree --out {source}`.")
    for path, found in resolve_sheet(source, project).items():
        _say(
            f"{project.relative(path)}: {plural(len(found.added), 'finding')} resolved; "
            f"{len(found.before)} stood there and {were(len(found.before))} left unchanged; "
            f"{len(found.undecided)} not decided yet"
        )


def _require_coders(documents: str, themes: str, coded_only: bool) -> None:
    """Refuse what narrows a comparison of several coders where none are named."""
    asked = {"--documents": documents, "--themes": themes, "--coded-only": coded_only}
    if given := [option for option, value in asked.items() if value]:
        go = "goes" if len(given) == 1 else "go"
        raise FindingsError(
            f"{join(given)} {go} with --coders, which takes two coders too: "
            "--coders reader-1,reader-2."
        )


def _inputs(names: list[str] | None, *files: Path | None) -> list[Path]:
    """Return the files that are compared: those named, or else what is held of authorities."""
    from analysis.data.held import held_authorities

    if any(files):
        return [file for file in files if file]
    project = Project.find()
    folders = [project.raw(name) for name in names or held_authorities(project)]
    return [project.raw("codebook.yml"), *(f for folder in folders for f in folder.rglob("*"))]


def _authorities(
    names: list[str] | None, first: str, second: str
) -> tuple[Comparison, str, list[pd.DataFrame], pd.DataFrame]:
    """Compare over authorities; also what follows for statuses and links, and every code."""
    import pandas as pd

    from analysis.codes.agreement.coders import compare_coders
    from analysis.data.held import held_authorities
    from analysis.data.loading import load_data
    from analysis.results.agreement import consequences, link_agreement

    project = Project.find()
    if not (wanted := names or held_authorities(project)):
        raise FindingsError(f"Nothing is held: no folder of {project.raw()} has a visits.csv.")
    loaded = [load_data(name, project) for name in wanted]
    held = [data for data in loaded if data.coded_by_readers]
    for data in loaded if names or not held else []:
        if not data.coded_by_readers:
            others = held_authorities(project)
            coded = [name for name in others if load_data(name, project).coded_by_readers]
            raise FindingsError(
                f"{data.name}: no reader has coded its findings, so there is nothing to compare. "
                f"Coded by readers: {', '.join(coded) or 'none yet'}."
            )
    compared = compare_coders(held, first, second)
    extra = []
    for data in held:
        if {first, second} <= set(data.codes["coder"]):
            tables = [
                consequences(data, first, second),
                link_agreement(data.need_links, first, second),
            ]
            place = f" ({data.name})" if len(held) > 1 else ""
            extra += [t.assign(measure=t["measure"] + place) for t in tables if len(t)]
    read = set(compared.findings["document"])
    title = ", ".join(data.name for data in held if read & set(data.documents["document"]))
    return compared, title, extra, pd.concat([data.codes for data in held], ignore_index=True)


def _files(
    names: list[str] | None,
    first_file: Path | None,
    second_file: Path | None,
    first: str,
    second: str,
    everything: bool,
) -> tuple[Comparison, str]:
    from analysis.codes.agreement.code_files import compare_files
    from analysis.data.codebook import load_codebook

    if names or not first_file or not second_file:
        raise FindingsError(
            "Two files are compared with --first-file and --second-file, both given and no "
            "authority named."
        )
    compared = compare_files(
        first_file,
        second_file,
        load_codebook(Project.find().raw("codebook.yml")).names,
        first_coder=first,
        second_coder=second,
        everything=everything,
    )
    return compared, f"{first_file.name}, {second_file.name}"


def _show(compared: Comparison, title: str, extra: list[pd.DataFrame]) -> None:
    import pandas as pd

    from analysis.codes.agreement.coders import with_intervals

    found = compared.agreement
    _say(
        f"{title}: {found.first} and {found.second} both coded {plural(found.findings, 'finding')}"
    )
    for note in compared.notes:
        _say(note)
    _say(f"95 % intervals: {found.units} {found.drawn} drawn anew, with a fixed seed")
    _print(with_intervals(pd.concat([found.overall, *extra], ignore_index=True)))
    _print(with_intervals(found.themes))
    _say(f"Findings × themes: {found.first} in rows, {found.second} in columns")
    _print(found.confusion.rename_axis(columns=None).reset_index())
    _excerpt(compared)


def _excerpt(compared: Comparison) -> None:
    """Show the first disagreements, with what the finding says."""
    found, table = compared.agreement, compared.differences
    kinds = table["kind"].value_counts()
    told = ", ".join(f"{kind} {count}" for kind, count in kinds.items())
    _say(f"{plural(len(table), 'disagreement')}{f': {told}' if told else ''}")
    if table.empty:
        return
    says = table["summary"].where(table["words"] == "", table["words"])
    shown = table.assign(says=says.map(_short))[
        ["finding", "page", "theme", "first", "second", "says"]
    ].rename(columns={"first": found.first, "second": found.second})
    _print(shown.head(SHOWN))
    if len(table) > SHOWN:
        _say(f"{len(table) - SHOWN} more; --out FILE writes all of them")


def _short(text: str) -> str:
    return text if len(text) <= SUMMARY else text[:SUMMARY].rsplit(" ", 1)[0] + " …"


def _print(shown: pd.DataFrame) -> None:
    from analysis.tables import cell_text

    heads = [_HEADS.get(str(name), str(name)) for name in shown.columns]
    rows = [[cell_text(value) for value in row] for row in shown.itertuples(index=False, name=None)]
    _out.print(table(heads, rows))


def _say(text: str) -> None:
    _out.print(text, markup=False, highlight=False, soft_wrap=True)
