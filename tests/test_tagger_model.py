"""The learned tagger: what it gives, what it is made of, and how it is learned."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.codebook import load_codebook
from analysis.errors import DataError, FindingsError
from analysis.ids import words_print
from analysis.ingest.register import Register
from analysis.tagger.learning import Coded, learn
from analysis.tagger.model import DIRECTIONS, MODEL, Model, fingerprint, shipped_model
from analysis.tagger.training import CODE_COLUMNS, PARAGRAPH_COLUMNS, read_training
from analysis.tagging import COLUMNS, tag

ROOT = Path(__file__).parents[1]
BOOK = load_codebook(ROOT / "data" / "raw" / "codebook.yml")
TRAINING = ROOT / "data" / "raw" / "training"
MEGABYTE = 1_000_000


def table(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"id": [f"x/{i}" for i in range(len(texts))], "text": texts})


def tagged(text: str) -> dict[str, str]:
    found = tag(table(text), BOOK)
    return dict(zip(found["theme"], found["direction"], strict=True))


def test_the_shipped_model_knows_every_theme_as_the_codebook_defines_it():
    assert [theme.id for theme in BOOK.themes if not shipped_model().knows(theme)] == []


def test_a_theme_whose_meaning_was_changed_is_not_known():
    changed = replace(BOOK.themes[0], definition="Something else.")

    assert not shipped_model().knows(changed)
    assert fingerprint(changed) != fingerprint(BOOK.themes[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Caseloads are too high in the locality teams.", {"caseloads": "weakness"}),
        ("Supervision is regular and reflective.", {"supervision": "strength"}),
        ("Pathway plans are out of date.", {"pathway-plans": "weakness"}),
        ("The town has a harbour and a market.", {}),
    ],
)
def test_what_a_plain_sentence_gives(text, expected):
    assert tagged(text) == expected


def test_directions_are_of_the_theme_and_not_of_the_paragraph():
    text = (
        "Most children benefit from regular visits by social workers who know them well. However, "
        "caseloads are too high and pathway plans are out of date."
    )
    found = tagged(text)

    assert found["visits-direct-work"] in ("strength", "mixed")
    assert found["caseloads"] == "weakness"
    assert found["pathway-plans"] == "weakness"


def test_evidence_is_a_span_of_the_text_and_scores_are_probabilities():
    texts = [phrase for theme in BOOK.themes for phrase in theme.examples]
    findings = table(*texts, "", "It rained.", "Children\u2019s views \u2013 always heard.")
    found = tag(findings, BOOK)
    text = findings.set_index("id")["text"]

    assert all(e and e in text[i] for i, e in zip(found["id"], found["evidence"], strict=True))
    assert found["score"].between(0, 1, inclusive="right").all()
    assert set(found["direction"]) <= set(DIRECTIONS)
    assert not found.duplicated(["id", "theme"]).any()


def test_a_finding_is_tagged_alike_alone_and_among_others():
    texts = [theme.examples[0] for theme in BOOK.themes]
    together = tag(table(*texts), BOOK)
    alone = pd.concat([tag(table(*texts).iloc[[i]], BOOK) for i in range(len(texts))])

    pd.testing.assert_frame_equal(together, alone.reset_index(drop=True))


def test_a_theme_that_the_codebook_dropped_is_not_given():
    fewer = replace(BOOK, themes=tuple(t for t in BOOK.themes if t.id != "caseloads"))

    assert tag(table("Caseloads are too high."), fewer).empty


def test_the_file_executes_nothing_and_is_the_same_when_written_again(tmp_path):
    with np.load(MODEL, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)
    Model.load(MODEL).save(tmp_path / "again.npz")

    assert (tmp_path / "again.npz").read_bytes() == MODEL.read_bytes()
    assert MODEL.stat().st_size < 3 * MEGABYTE


@pytest.mark.parametrize("content", [b"", b"no model", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_model_is_named_with_what_to_do(tmp_path, content):
    path = tmp_path / "model.npz"
    path.write_bytes(content)

    with pytest.raises(FindingsError, match=r"model\.npz cannot be read .*`findings train`"):
        Model.load(path)


def made_up() -> Coded:
    """Findings of three themes in twelve places, half good and half bad."""
    subjects = {"caseloads": "Caseloads", "supervision": "Supervision", "audit": "Case audits"}
    signs = {"strength": "are good and effective", "weakness": "are weak and often late"}
    rows = [
        (f"{subject} {words} in team {place}.", {theme: direction}, f"place-{place}")
        for place in range(12)
        for theme, subject in subjects.items()
        for direction, words in signs.items()
    ]
    rows += [
        (f"{subject} came up when staff were seen in team {place}.", {}, f"place-{place}")
        for place in range(12)
        for subject in subjects.values()
    ]
    texts, codes, places = zip(*rows, strict=True)
    return Coded(texts, codes, places, np.zeros(len(rows)))


def test_learning_twice_gives_the_same_bytes_and_learns(tmp_path):
    few = replace(
        BOOK, themes=tuple(t for t in BOOK.themes if t.id in ("caseloads", "supervision", "audit"))
    )
    for name in ("one.npz", "two.npz"):
        learn(made_up(), few, threshold=0.5).save(tmp_path / name)
    model = Model.load(tmp_path / "one.npz")
    found = tag(table("Supervision is weak and often late."), few, model)

    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert found.set_index("theme")["direction"]["supervision"] == "weakness"


def rows(name: str) -> list[dict[str, str]]:
    with (TRAINING / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_training_data_hold_locators_and_codes_and_no_words():
    paragraphs, codes = rows("paragraphs.csv"), rows("codes.csv")

    assert tuple(paragraphs[0]) == PARAGRAPH_COLUMNS
    assert tuple(codes[0]) == CODE_COLUMNS
    assert {c["paragraph"] for c in codes} == {p["paragraph"] for p in paragraphs}
    assert {c["theme"] for c in codes} <= {*BOOK.ids, "none"}
    assert {c["direction"] for c in codes} <= {*DIRECTIONS, ""}


def test_enough_was_read_and_a_tenth_of_it_twice_by_readers_or_outside_coders():
    paragraphs, codes = rows("paragraphs.csv"), rows("codes.csv")
    coders: dict[str, set[str]] = {}
    for code in codes:
        coders.setdefault(code["paragraph"], set()).add(code["coder"])

    assert len(paragraphs) >= 2_000
    assert len({p["document"] for p in paragraphs}) >= 60
    assert sum(len(c) > 1 for c in coders.values()) >= len(paragraphs) / 10


@pytest.mark.sources
@pytest.mark.xdist_group("sources")
def test_the_words_of_the_training_data_are_found_in_the_documents(sources):
    from analysis.ingest.register import gather, read_register

    with (ROOT / "data/raw/authorities.csv").open(encoding="utf-8") as file:
        authorities = [(row["authority"], row["name"]) for row in csv.DictReader(file)]
    first = sorted({p["authority"] for p in rows("paragraphs.csv")})[:4]
    folders = [sources / name for name in first if (sources / name).is_dir()]
    training = read_training(TRAINING, read_register(gather(folders), authorities))
    wanted = [p for p in rows("paragraphs.csv") if p["authority"] in first]

    assert len(training.paragraphs) >= 0.99 * len(wanted)
    assert all(
        words_print(text) == row["fingerprint"]
        for text, row in zip(training.coded.texts, training.paragraphs, strict=True)
    )


def test_the_command_tags_a_csv_of_any_findings(tmp_path):
    table("Caseloads are too high.", "It rained.").to_csv(tmp_path / "in.csv", index=False)
    done = CliRunner().invoke(
        app, ["tag", str(tmp_path / "in.csv"), "--out", str(tmp_path / "out.csv")]
    )
    found = pd.read_csv(tmp_path / "out.csv", dtype=str)

    assert done.exit_code == 0
    assert tuple(found.columns) == COLUMNS
    assert found[["id", "theme"]].to_numpy().tolist() == [["x/0", "caseloads"]]


def test_training_codes_that_fit_no_paragraph_are_refused_with_their_row(tmp_path):
    (tmp_path / "paragraphs.csv").write_text(",".join(PARAGRAPH_COLUMNS) + "\np/1,d,kent,,,,,,\n")
    (tmp_path / "codes.csv").write_text(
        ",".join(CODE_COLUMNS) + "\np/1,plans,good,reader-1\np/2,none,,reader-1\n"
    )
    nothing = Register((), (), (), {})

    with pytest.raises(DataError) as refused:
        read_training(tmp_path, nothing)

    assert [(p.row, p.column, p.value) for p in refused.value.problems] == [
        (2, "direction", "good"),
        (3, "paragraph", "p/2"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_command_reads_what_any_spreadsheet_saves(tmp_path, encoding, delimiter):
    rows = [("id", "text"), ("é1", "Caseloads are too high – “still”."), ("é2", "It rained.")]
    text = "\r\n".join(delimiter.join(cells) for cells in rows)
    (tmp_path / "in.csv").write_bytes(text.encode(encoding))
    done = CliRunner().invoke(
        app, ["tag", str(tmp_path / "in.csv"), "--out", str(tmp_path / "out.csv")]
    )

    assert done.exit_code == 0, done.exception
    found = pd.read_csv(tmp_path / "out.csv", dtype=str)
    assert found[["id", "theme"]].to_numpy().tolist() == [["é1", "caseloads"]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"id,words\n1,x\n", "row 1, text = '': this column is missing; the file has id, words"),
        (b"id,text\n1,x\n1,y\n", "row 2, id = '1': stands more than once"),
        (b"id,text\n1,x,y\n", "row 2: 3 cells"),
        (b"id,text\n ,x\n", "row 2, id = '': is blank"),
        (b"id,text\n1,x\0\n", "not a text file"),
        (
            b"id,text\n1," + b"a " * 10_001,
            "row 2, text = '20,001 letters': is too long for one finding; cut it into its",
        ),
        (b"id,text\n1," + b"a" * 1_000_000, "a cell holds more than 131,072 characters"),
        (b"PK\x03\x04xl/workbook.xml", "this is an Excel workbook: save the sheet as CSV"),
        (b"PK\x03\x04project.qde", "this is a REFI-QDA project: export its codes as CSV"),
    ],
)
def test_the_command_says_what_is_wrong_with_a_csv(tmp_path, text, message):
    (tmp_path / "in.csv").write_bytes(text)
    done = CliRunner().invoke(
        app, ["tag", str(tmp_path / "in.csv"), "--out", str(tmp_path / "out.csv")]
    )

    assert isinstance(done.exception, FindingsError)
    assert message in str(done.exception)
    assert not (tmp_path / "out.csv").exists()
