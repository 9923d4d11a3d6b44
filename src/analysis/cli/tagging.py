"""The commands that deal with the tagger: `tag` and `train`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from analysis.cli.console import typed_path
from analysis.cli.documents import CORES, Jobs, Paths, read_documents
from analysis.english import plural
from analysis.errors import DataError, Problem
from analysis.project import Project

if TYPE_CHECKING:
    import pandas as pd

    from analysis.codes.training.training import Training

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
) -> None:
    """Tag findings with themes and directions, each with the words that carried it.

    Written is one row for each finding and theme: `id`, `theme`, `direction`, `score` (how likely a
    reader would give the theme), `evidence`, `extent` (the inspectors' quantity word), `cohort`
    (whose work or lives) and `change_said`. A column `area` in IN, which folders made by `ingest`
    have, helps to tell the cohort. Nobody has read behind these codes.
    """
    from analysis.codes.tagger.tag import tag as tag_findings
    from analysis.data.codebook import load_codebook
    from analysis.files import require_place, write_text
    from analysis.tables import to_csv

    project = Project.find()
    codebook = project.raw("codebook.yml")
    path = source / "findings.csv" if source.is_dir() else source
    require_place(out, inputs=[path, codebook])
    project.require_outside_data(out)
    findings = _findings(path)
    codes = tag_findings(findings, load_codebook(codebook))
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
    measured: Annotated[
        bool,
        typer.Option(
            "--measure",
            help="Measure instead how good such a model is on authorities it has not seen.",
        ),
    ] = False,
    ids: Annotated[
        bool,
        typer.Option(
            "--ids",
            help="Learn nothing: only let the paragraphs of documents whose ids changed follow.",
        ),
    ] = False,
    jobs: Jobs = CORES,
) -> None:
    """Learn the tagger's model anew from the coded paragraphs in `data/raw/training/`.

    Needs the documents that hold their words. Findings that people coded in authorities added to
    `data/raw/` are learned from too, where their words are held. The same documents, codes and
    package versions give the same model.

    With `--measure` nothing is learned for use: models that learn from four fifths of the
    authorities tag the fifth, and `scores.json` and the tables in `docs/tagger.md` are written.
    That takes half an hour.

    With `--ids` nothing is learned: where the date of a document was corrected, and its id with it,
    the paragraphs and codes in `data/raw/training/` follow, by the checksum of the document.
    """
    from analysis.codes.tagger.model import MODEL
    from analysis.codes.training.learning import learn
    from analysis.codes.training.own_codes import joined, learnable, own_codes
    from analysis.codes.training.training import follow_documents, read_training
    from analysis.data.codebook import load_codebook
    from analysis.data.held import held_authorities
    from analysis.data.loading import load_data
    from analysis.files import require_place

    project = Project.find()
    path = to or MODEL
    coded_files = [project.raw("codebook.yml"), *project.raw("training").glob("*")]
    require_place(path, inputs=[*documents, *coded_files])
    project.require_outside_data(path)
    register = read_documents(documents, jobs)
    if ids:
        for old, new in follow_documents(project.raw("training"), register).items():
            _say(f"{old} is {new} now")
        return
    training = read_training(project.raw("training"), register)
    _say(f"{len(training.paragraphs)} coded paragraphs to learn from")
    for paragraph in training.missing:
        _say(f"{paragraph}: its words are not in these documents; left out")
    if measured:
        _measure(training, project)
        return
    coded = training.coded
    for name in held_authorities(project):
        if (own := own_codes(load_data(name, project))).texts:
            _say(f"{plural(len(own.texts), 'finding')} read in data/raw/{name}/")
            coded = joined(coded, own)
    codebook, few = learnable(load_codebook(project.raw("codebook.yml")), coded)
    for theme, reason in few.items():
        _say(f"{theme}: {reason}; its patterns go on telling it")
    learn(coded, codebook).save(path)
    _say(f"{path} ({path.stat().st_size / 1e6:.1f} MB)")


def _measure(training: Training, project: Project) -> None:
    import json

    from analysis.codes.tagger.scores import SCORES
    from analysis.codes.training.card import with_tables
    from analysis.codes.training.measuring import SHARES, held_out_codes, measure
    from analysis.data.codebook import load_codebook
    from analysis.files import write_text

    codebook = load_codebook(project.raw("codebook.yml"))
    curve = {}
    for share in SHARES:
        curve[share] = held_out_codes(training, codebook, share=share)
        _say(f"measured what {share:.0%} of the documents teach")
    figures = measure(training, held_out_codes(training, codebook), curve)
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
