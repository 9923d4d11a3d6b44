"""The commands that deal with the tagger: `tag` and `train`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from analysis.cli.console import typed_path
from analysis.cli.documents import CORES, Jobs, Paths, read_documents
from analysis.english import plural
from analysis.errors import DataError, Problem, require_known
from analysis.project import Project
from analysis.report.parameters import listed

if TYPE_CHECKING:
    import pandas as pd

    from analysis.codes.tagger.model import Model
    from analysis.codes.training.training import Training
    from analysis.data.codebook import Codebook

_out = Console()


def tag(
    source: Annotated[
        Path,
        typer.Argument(
            parser=typed_path,
            help="A CSV with columns `id` and `text`, or a folder made by `ingest`.",
        ),
    ],
    out: Annotated[Path, typer.Option(parser=typed_path, help="The CSV to write.")],
    model: Annotated[
        Path | None,
        typer.Option(
            parser=typed_path, help="A model that `findings train` wrote, in place of the one here."
        ),
    ] = None,
) -> None:
    """Tag findings with themes and directions, each with the words that carried it.

    Written is one row for each finding and theme: `id`, `theme`, `direction`, `score` (how likely a
    reader would give the theme), `evidence`, `extent` (the inspectors' quantity word), `cohort`
    (whose work or lives) and `change_said`. A column `area` in IN, which folders made by `ingest`
    have, helps to tell the cohort. Nobody has read behind these codes.
    """
    from analysis.codes.tagger.model import Model
    from analysis.codes.tagger.tag import tag as tag_findings
    from analysis.data.codebook import load_codebook
    from analysis.files import require_place, write_text
    from analysis.tables import to_csv

    project = Project.find()
    codebook = project.raw("codebook.yml")
    path = source / "findings.csv" if source.is_dir() else source
    require_place(out, inputs=[path, codebook, *([model] if model else [])])
    project.require_outside_data(out)
    findings = _findings(path)
    codes = tag_findings(findings, load_codebook(codebook), Model.load(model) if model else None)
    write_text(out, to_csv(codes))
    tagged = codes["id"].nunique()
    _say(
        f"{out}: {plural(len(codes), 'code')} of {plural(tagged, 'finding')}; "
        f"no theme in {len(findings) - tagged}"
    )


def train(
    documents: Paths,
    to: Annotated[
        Path | None,
        typer.Option(
            parser=typed_path, help="Where to write the model; over the one in use if not given."
        ),
    ] = None,
    leave_out: Annotated[
        str | None,
        typer.Option(
            help="Authorities not to learn from, such as `leeds,kent`; Knowsley if not given."
        ),
    ] = None,
    measured: Annotated[
        bool,
        typer.Option("--measure", help="Say also how good it is on the authorities left out."),
    ] = False,
    jobs: Jobs = CORES,
) -> None:
    """Learn the tagger's model anew from what was read in `data/raw/`.

    Needs the documents that hold the words. The codes that count are learned from, of every
    authority that is not left out. The same documents, codes and package versions give the same
    model.

    With `--measure` the authorities left out are tagged with it, and how far it agrees with their
    readers is printed; where the model in use was learned anew, `scores.json` and the tables in
    `docs/tagger.md` are written too.
    """
    from analysis.codes.tagger.model import MODEL
    from analysis.codes.training.learning import learn
    from analysis.codes.training.training import LEFT_OUT, learnable, read_training
    from analysis.data.codebook import load_codebook
    from analysis.data.held import held_authorities
    from analysis.data.loading import load_data
    from analysis.files import require_place

    project = Project.find()
    path = to or MODEL
    slugs = held_authorities(project)
    left = LEFT_OUT if leave_out is None else tuple(listed(leave_out))
    for slug in listed(leave_out or ""):
        require_known("authority", slug, slugs)
    require_place(path, inputs=[*documents, project.raw("codebook.yml")])
    project.require_outside_data(path)
    register = read_documents(documents, jobs)
    held = [load_data(slug, project) for slug in slugs]
    training = read_training(held, register, left)
    _say(f"{len(training.findings):,} findings to learn from")
    if training.missing:
        count = plural(len(training.missing), "finding")
        _say(f"{count} left out, whose words are not in these documents")
    whole = load_codebook(project.raw("codebook.yml"))
    codebook, few = learnable(whole, training.coded)
    for theme, reason in few.items():
        _say(f"{theme}: {reason}; its patterns go on telling it")
    model = learn(training.coded, codebook)
    model.save(path)
    _say(f"{path} ({path.stat().st_size / 1e6:.1f} MB)")
    if measured:
        others = [slug for slug in slugs if slug not in left]
        _measure(read_training(held, register, others), model, whole, project, to is None)


def _measure(
    held: Training, model: Model, codebook: Codebook, project: Project, in_use: bool
) -> None:
    import json

    from analysis.codes.tagger.scores import SCORES
    from analysis.codes.training.card import tables, with_tables
    from analysis.codes.training.measuring import measure, tagged
    from analysis.files import write_text

    figures = measure(held, tagged(held, model, codebook))
    _say(tables(figures))
    if in_use:
        write_text(SCORES, json.dumps(figures, indent=1) + "\n")
        card = project.root / "docs" / "tagger.md"
        write_text(card, with_tables(card.read_text(encoding="utf-8"), figures))
        _say(f"{SCORES}, {card}")


def _findings(path: Path) -> pd.DataFrame:
    """Read `id`, `text` and any `area` from a CSV."""
    from analysis.codes.tagger.tag import MAX_LETTERS
    from analysis.data.rows import read_rows
    from analysis.data.table import frame

    rows = read_rows(path, str(path), ("id", "text"), key="id")
    message = "is too long for one finding; cut it into its paragraphs"
    allowed = f"at most {MAX_LETTERS:,} letters"
    if long := [
        Problem(str(path), line, "text", f"{len(text):,} letters", message, allowed)
        for line, text in zip(rows.lines, rows.column("text"), strict=True)
        if len(text) > MAX_LETTERS
    ]:
        raise DataError(long)
    table = frame(rows).reset_index(drop=True)
    return table[[column for column in ("id", "text", "area") if column in table]]


def _say(text: str) -> None:
    _out.print(text, markup=False, highlight=False, soft_wrap=True)
