"""A theme that somebody adds: found at once by its phrases, learned once findings are coded."""

from __future__ import annotations

import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.codes.tagger.tag import tag
from analysis.codes.training.learning import Coded, learn
from analysis.codes.training.training import FEWEST, learnable, read_training
from analysis.data import schemas
from analysis.data.codebook import Codebook, load_codebook
from analysis.data.loading import load_data
from analysis.documents.register import Register
from analysis.errors import FindingsError
from analysis.project import Project

THEME = """
  - id: kinship-care
    group: practice
    name: Kinship care
    definition: Help for relatives and friends who bring up a child.
    areas: [help-and-protection]
    examples:
      - Kinship carers are helped early
      - Grandparents who bring up a child get no money
"""
DOCUMENTS = (
    "exampleshire-inspection-2022-11-21",
    "exampleshire-focused-visit-2019-06-28",
    "exampleshire-inspection-2014-05-20",
)


@pytest.fixture
def extended(project: Project) -> Project:
    """A project whose codebook has a new theme, without patterns."""
    path = project.raw("codebook.yml")
    path.write_text(path.read_text(encoding="utf-8") + THEME, encoding="utf-8")
    return project


def book(project: Project) -> Codebook:
    return load_codebook(project.raw("codebook.yml"))


def tagged(text: str, codebook: Codebook, model=None) -> dict[str, str]:
    found = tag(pd.DataFrame({"id": ["x/1"], "text": [text]}), codebook, model)
    return dict(zip(found["theme"], found["direction"], strict=True))


@pytest.mark.promise("theme-at-once")
def test_findings_tag_finds_it_at_once(extended, tmp_path):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        "id,text\n1,Kinship carers wait too long for support.\n2,The harbour is deep.\n"
        "3,Too little money reaches grandparents bringing up children.\n"
        "4,Grandparents bring up a child without help.\n"
    )
    done = CliRunner().invoke(app, ["tag", str(source), "--out", str(out)])
    assert done.exit_code == 0, done.output
    found = pd.read_csv(out, dtype=str)
    own = found[found["theme"] == "kinship-care"]
    assert own["id"].tolist() == ["1", "4"]
    assert own["direction"].tolist() == ["weakness", "weakness"]
    assert own["evidence"].iloc[0] == "Kinship carers wait too long for support."


def composed(codebook: Codebook) -> Coded:
    """Findings of themes that were coded before the new one, in twelve places."""
    subjects = {"caseloads": "Caseloads", "supervision": "Supervision", "audit": "Case audits"}
    signs = {"strength": "are good and effective", "weakness": "are weak and often late"}
    rows = [
        (f"{subject} {words} in team {place}.", {theme: direction}, f"place-{place}")
        for place in range(12)
        for theme, subject in subjects.items()
        for direction, words in signs.items()
    ]
    rows += [(f"Team {place} moved to the harbour.", {}, f"place-{place}") for place in range(12)]
    texts, codes, places = zip(*rows, strict=True)
    return Coded(texts, codes, places)


def own_codes(project: Project) -> Coded:
    return read_training([load_data("exampleshire", project)], Register((), (), (), {})).coded


def joined(one: Coded, two: Coded) -> Coded:
    return Coded(
        [*one.texts, *two.texts], [*one.codes, *two.codes], [*one.documents, *two.documents]
    )


def code_and_hold(project: Project, count: int, documents: tuple[str, ...] = DOCUMENTS) -> None:
    """Let somebody code findings with the new theme, in words that none of its phrases holds."""
    folder = project.raw("exampleshire")
    for path in [
        *folder.glob("codes/*.csv"),
        *folder.glob("checks/*.csv"),
        folder / "area_statements.csv",
        folder / "need_links.csv",
        folder / "levels.csv",
        folder / "new_faults.csv",
    ]:
        path.write_text(path.read_text(encoding="utf-8").splitlines(keepends=True)[0])
    ids = [f"{documents[n % len(documents)]}/{n // len(documents) + 1}" for n in range(count)]
    for document in documents:
        own = [finding for finding in ids if finding.startswith(f"{document}/")]
        rows = [f"{finding},Findings,,,body,inspectors,overall,,,Said." for finding in own]
        header = ",".join(schemas.FINDINGS.columns)
        (folder / "findings" / f"{document}.csv").write_text("\n".join([header, *rows]) + "\n")
    codes, texts = [",".join(schemas.CODES.columns)], ["finding,text"]
    for n, finding in enumerate(ids):
        words = "are let down and left alone" if n % 2 else "thrive and are praised"
        texts.append(f"{finding},Aunts and uncles as guardians {words} in town {n}.")
        direction = "weakness" if n % 2 else "strength"
        codes.append(f"{finding},kinship-care,not-stated,{direction},,,,level,,,,,,")
    (folder / "codes" / "me.csv").write_text("\n".join(codes) + "\n")
    local = project.local("exampleshire", "texts.csv")
    local.parent.mkdir(parents=True, exist_ok=True)
    local.write_text("\n".join(texts) + "\n")


def test_findings_coded_with_it_teach_what_its_phrases_do_not_say(extended):
    code_and_hold(extended, 24)
    own = own_codes(extended)
    coded = joined(composed(book(extended)), own)
    codebook, few = learnable(book(extended), coded)
    text = "Aunts and uncles as guardians are let down and left alone."

    model = learn(coded, codebook, threshold=0.5)

    assert len(own.texts) == 24
    assert "kinship-care" in codebook.ids
    assert model.knows(book(extended).theme("kinship-care"))
    assert set(few) == {"plans", "pathway-plans", "private-fostering"}
    assert "kinship-care" not in tagged(text, book(extended))  # its phrases do not hold it
    assert tagged(text, book(extended), model) == {"kinship-care": "weakness"}
    assert "caseloads" in tagged("Caseloads are weak and often late.", book(extended), model)


@pytest.mark.promise("theme-too-few")
def test_while_few_findings_are_coded_its_phrases_go_on_telling_it(extended):
    code_and_hold(extended, FEWEST - 1)
    coded = joined(composed(book(extended)), own_codes(extended))
    codebook, few = learnable(book(extended), coded)
    model = learn(coded, codebook, threshold=0.5)

    assert few["kinship-care"] == f"coded in {FEWEST - 1} findings, of at least {FEWEST}"
    assert not model.knows(book(extended).theme("kinship-care"))
    assert "kinship-care" in tagged("Kinship carers are let down.", book(extended), model)


@pytest.mark.promise("theme-too-few")
def test_a_theme_coded_in_one_document_only_is_not_learned(extended):
    code_and_hold(extended, 24, DOCUMENTS[:1])
    coded = joined(composed(book(extended)), own_codes(extended))
    codebook, few = learnable(book(extended), coded)
    assert few["kinship-care"] == "coded in too few documents"
    assert "kinship-care" not in codebook.ids


def test_only_what_people_coded_and_whose_words_are_held_is_learned_from(extended):
    code_and_hold(extended, 4)
    codes = extended.raw("exampleshire", "codes")
    (codes / "me.csv").rename(codes / "tagger.csv")
    with pytest.raises(FindingsError, match="not one finding"):
        own_codes(extended)
    (codes / "tagger.csv").rename(codes / "me.csv")
    extended.local("exampleshire", "texts.csv").write_text(
        f"finding,text\n{DOCUMENTS[1]}/1,Uncles are left alone.\n"
    )
    own = own_codes(extended)
    assert (own.texts, own.codes) == (["Uncles are left alone."], [{"kinship-care": "weakness"}])
