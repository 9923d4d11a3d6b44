"""The learned tagger: what it gives, what it is made of, and how it is learned."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.codes.tagger.model import DIRECTIONS, MODEL, Model, fingerprint, shipped_model
from analysis.codes.tagger.scores import SCORES, read_scores
from analysis.codes.tagger.tag import COLUMNS, tag
from analysis.codes.training.learning import Coded, learn
from analysis.codes.training.training import PERIODS, read_training
from analysis.data.codebook import load_codebook
from analysis.data.loading import load_data
from analysis.documents.named_files import gather
from analysis.documents.printed.names import load_names
from analysis.documents.register import Register, read_register
from analysis.errors import FindingsError
from analysis.ids import words_print
from analysis.project import Project

ROOT = Path(__file__).parents[2]
BOOK = load_codebook(ROOT / "data" / "raw" / "codebook.yml")
MEGABYTE = 1_000_000


def table(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"id": [f"x/{i}" for i in range(len(texts))], "text": texts})


def tagged(text: str) -> dict[str, str]:
    found = tag(table(text), BOOK)
    return dict(zip(found["theme"], found["direction"], strict=True))


def test_the_shipped_model_knows_every_theme_as_the_codebook_defines_it():
    assert [theme.id for theme in BOOK.themes if not shipped_model().knows(theme)] == []


@pytest.mark.promise("theme-redefined")
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


@pytest.mark.promise("model-executes-nothing")
def test_the_file_executes_nothing_and_is_the_same_when_written_again(tmp_path):
    with np.load(MODEL, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)
    Model.load(MODEL).save(tmp_path / "again.npz")

    assert (tmp_path / "again.npz").read_bytes() == MODEL.read_bytes()
    assert MODEL.stat().st_size < 12 * MEGABYTE


@pytest.mark.parametrize("content", [b"", b"no model", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_model_is_named_with_what_to_do(tmp_path, content):
    path = tmp_path / "model.npz"
    path.write_bytes(content)

    with pytest.raises(FindingsError, match=r"model\.npz cannot be read .*`findings train`"):
        Model.load(path)


def changed(tmp_path: Path, changes: dict[str, object]) -> Path:
    """The shipped model's file with some arrays put in the place of others, or left out."""
    with np.load(MODEL, allow_pickle=False) as held:
        arrays = {name: held[name].copy() for name in held.files}
    for name, change in changes.items():
        array = change(arrays[name]) if callable(change) else change
        arrays = {n: a for n, a in arrays.items() if n != name}
        arrays |= {} if array is None else {name: array}
    path = tmp_path / "model.npz"
    np.savez(path, **arrays)
    return path


def spoilt(value: float):
    """Put a value in the first place of an array."""

    def change(array: np.ndarray) -> np.ndarray:
        array.reshape(-1)[0] = value
        return array

    return change


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"weights": spoilt(np.nan)}, "weights holds what is no number, or an infinite one"),
        ({"scope_weights": spoilt(np.inf)}, "scope_weights holds what is no number"),
        ({"threshold": np.array(np.nan)}, "threshold holds what is no number"),
        ({"pairs_knots": spoilt(-np.inf)}, "pairs_knots holds what is no number"),
        ({"bias": lambda a: a[:-1]}, r"bias has the shape \(33,\), not \(34,\)"),
        ({"weights": lambda a: a.T}, "weights has the shape"),
        ({"directions_weights": lambda a: a[:, :3]}, "directions_weights has the shape"),
        ({"clause_bias": np.zeros(3)}, "clause_bias has the shape"),
        ({"threshold": None}, "it lacks threshold, as a model of another version does"),
        ({"version": np.array(2)}, "it also holds version, as a model of another version"),
        ({"bias": lambda a: a.astype("U9")}, "bias holds <U9, not numbers"),
        ({"bias": lambda a: a.astype(object)}, "allow_pickle"),
        ({"themes": lambda a: a.astype(float)}, "themes is no text"),
        ({"themes": spoilt(255)}, "utf-8"),
        ({"themes": lambda a: a[:-30]}, "has the shape"),
        ({"terms_words": lambda a: np.append(a[a != 32], [10]).astype(np.uint8)}, "twice|shape"),
        ({"terms_longest": np.array(10**9)}, "terms_longest is 1000000000"),
        ({"pairs_bent": spoilt(29)}, "pairs_bent points to no column of 29"),
        ({"directions_crossed": spoilt(-1)}, "directions_crossed points to no column"),
        ({"pairs_groups": np.array(10**6)}, "pairs_groups is not the number of themes"),
    ],
)
@pytest.mark.promise("model-executes-nothing")
def test_a_model_that_does_not_fit_is_refused_with_the_reason(tmp_path, changes, said):
    path = changed(tmp_path, changes)

    with pytest.raises(FindingsError, match=rf"model\.npz cannot be read \(.*(?:{said})"):
        Model.load(path)


def test_a_part_of_a_model_that_is_no_array_is_refused(tmp_path):
    path = changed(tmp_path, {"bias": None})
    with ZipFile(path, "a") as archive:
        archive.writestr("bias.npy", b"no array")

    with pytest.raises(FindingsError, match="bias is no array"):
        Model.load(path)


def test_a_model_that_unpacks_to_too_much_is_refused_unread(tmp_path):
    path = tmp_path / "model.npz"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive, archive.open("weights.npy", "w") as entry:
        for _ in range(201):
            entry.write(bytes(MEGABYTE))

    with pytest.raises(FindingsError, match="unpacks to 201,000,000 bytes"):
        Model.load(path)


@pytest.mark.parametrize("place", [100, 5_000, 1_000_000, -100, -5])
def test_a_damaged_model_is_named_and_raises_nothing_else(tmp_path, place):
    damaged = bytearray(MODEL.read_bytes())
    damaged[place] ^= 0xFF
    (tmp_path / "model.npz").write_bytes(damaged)

    with pytest.raises(FindingsError, match=r"model\.npz cannot be read"):
        Model.load(tmp_path / "model.npz")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"micro_f1": 0.845', '"micro_f1": NaN'),
        ('"micro_f1": 0.845', '"micro_f1": 8.62'),
        ('"micro_f1": 0.845', '"micro_f1": "much"'),
        ('"n": 2108', '"n": -1'),
        ('"n": 2108', '"n": Infinity'),
        ('"documents": 13,', ""),
        ('"groups"', '"grups"'),
    ],
)
def test_figures_that_cannot_be_are_refused(tmp_path, old, new):
    text = SCORES.read_text("utf-8")
    assert old in text
    path = tmp_path / "scores.json"
    path.write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(FindingsError, match=r"scores\.json cannot be read"):
        read_scores(path)


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
    return Coded(texts, codes, places)


@pytest.mark.promise("training-same-bytes")
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


@pytest.mark.sources
def test_the_words_of_what_was_read_are_found_in_the_documents(sources):
    project = Project(ROOT)
    held = [load_data(name, project) for name in ("halton", "leeds")]
    folders = [sources / data.authority for data in held]
    register = read_register(gather(folders), load_names(project))
    training = read_training([*held, load_data("knowsley", project)], register)
    wanted = [finding for data in held for finding in data.findings["finding"]]
    assert len(training.findings) + len(training.missing) == len(wanted)
    assert len(training.findings) >= 0.99 * len(wanted)
    prints = pd.concat([d.findings for d in held]).set_index("finding")["fingerprint"]
    for text, finding in zip(training.coded.texts, training.findings["finding"], strict=True):
        assert words_print(text) == prints[finding]
    assert set(training.findings["period"]) <= set(PERIODS)


def test_an_authority_that_is_left_out_is_not_learned_from(project):
    data = load_data("exampleshire", project)
    told = data.findings.assign(words="Audits are weak.")
    nothing = Register((), (), (), {})
    training = read_training([replace(data, findings=told)], nothing)
    assert set(training.findings["authority"]) == {"exampleshire"}
    assert training.missing == ()
    with pytest.raises(FindingsError, match="not one finding"):
        read_training([replace(data, findings=told)], nothing, ("exampleshire",))


def test_the_command_tags_a_csv_of_any_findings(tmp_path):
    table("Caseloads are too high.", "It rained.").to_csv(tmp_path / "in.csv", index=False)
    done = CliRunner().invoke(
        app, ["tag", str(tmp_path / "in.csv"), "--out", str(tmp_path / "out.csv")]
    )
    found = pd.read_csv(tmp_path / "out.csv", dtype=str)

    assert done.exit_code == 0
    assert tuple(found.columns) == COLUMNS
    assert found[["id", "theme"]].to_numpy().tolist() == [["x/0", "caseloads"]]


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "something")
    return out.getvalue()


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
        (zipped("xl/workbook.xml"), "this is an Excel workbook: save the sheet as CSV"),
        (zipped("project.qde"), "this is a REFI-QDA file: `findings import` reads it"),
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
