"""The tables of all authorities: built from documents, resumed, read, and what they never hold."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

import compose
import pandas as pd
import pytest
import yaml
from builders import FIXTURE
from compose import Composed

from analysis.data.held import held_authorities, tagged_authorities
from analysis.data.loading import check, load_data
from analysis.data.provenance import data_hash
from analysis.data.table import validate
from analysis.documents.register import gather
from analysis.documents.sheet import shortened
from analysis.documents.workers import read_all
from analysis.england import tables
from analysis.england.building import build, words_of
from analysis.england.keeping import MARK, Store, from_json, to_json
from analysis.england.loading import authorities_held, load_tagged
from analysis.england.provenance import MODEL, NAME, READER, RULES, model_checksum, read_provenance
from analysis.english import plural
from analysis.errors import DataError, FindingsError
from analysis.files import write_text
from analysis.project import PACKAGE, ROOT_VARIABLE, Project
from analysis.report.sentences.cautions import caution
from analysis.results.results import analyse
from analysis.vocabulary import NO_THEME, TAGGER

ROOT = Path(__file__).parents[2]
PAIRS = (("knowsley", "Knowsley"), ("leeds", "Leeds"), ("exampleshire", "Exampleshire"))
ROWS = (
    "knowsley,Knowsley,80521,340,E08000011,Metropolitan District,B,North West,\n"
    "leeds,Leeds,80522,383,E08000035,Metropolitan District,D,Yorkshire,\n"
)
MAKES = {
    "report": lambda: compose.sif_report(findings=3, skip_number=6),
    "letter": compose.focused_visit_letter,
    "leeds": lambda: compose.sif_report(authority="leeds", style="2015", findings=2),
    "undated": lambda: compose.news_page(suffix=".txt"),
    "broken": compose.truncated_pdf,
}
LONGEST_RUN = 9
MAX_BYTES = 4_000_000


@cache
def composed(name: str) -> Composed:
    return MAKES[name]()


def put(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / f"{name}{composed(name).suffix}").write_bytes(composed(name).content)
    return folder


def knows_more(project: Project) -> Project:
    """Let a fixture project know two real authorities as well."""
    with project.raw("authorities.csv").open("a", encoding="utf-8") as file:
        file.write(ROWS)
    return project


@pytest.fixture
def kit(project: Project) -> Project:
    return knows_more(project)


@pytest.fixture
def make(kit, tmp_path):
    def run(*names: str, jobs: int = 1):
        return build(kit, gather([put(tmp_path / "documents", *names)]), PAIRS, jobs=jobs)

    return run


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    shutil.copytree(FIXTURE, folder / "project")
    project = knows_more(Project(folder / "project"))
    documents = put(folder / "documents", *MAKES)
    return build(project, gather([documents]), PAIRS, jobs=2)


@pytest.fixture
def england(kit, built):
    tables.write(kit.processed("england"), built.contents)
    return kit


@pytest.fixture
def findings(findings):
    """Run the command; give exit status and all that it said."""

    def run(*arguments: object) -> tuple[int, str]:
        status, out, err = findings(*arguments)
        return status, out + err

    return run


def words(text: str) -> list[str]:
    return "".join(c.lower() if c.isalnum() else " " for c in text).split()


def runs(text: str) -> set[tuple[str, ...]]:
    spoken = words(text)
    return {tuple(spoken[i : i + LONGEST_RUN]) for i in range(len(spoken) - LONGEST_RUN + 1)}


# building


def test_tables_fit_their_schemas_and_each_other(built):
    made = built.tables
    assert list(made) == list(tables.SCHEMAS)
    for name, table in made.items():
        assert validate(table, tables.SCHEMAS[name], name) == []
    assert set(made["visits"]["authority"]) == {"knowsley", "leeds"}
    assert set(made["documents"]["visit"]) == set(made["visits"]["visit"])
    assert set(made["findings"]["document"]) == set(made["documents"]["document"])
    assert len(made["judgements"]) > 0


def test_every_finding_is_read_and_has_a_code_or_none(built):
    told = sum(len(document.reading.findings) for document in built.register.documents)
    undated = [
        d for d in built.register.documents if not (d.reading.published or d.reading.visit.end)
    ]
    found = built.tables["findings"]["finding"]
    assert len(found) == told - sum(len(d.reading.findings) for d in undated)
    codes = built.tables["codes"]
    assert set(codes["finding"]) == set(found)
    themed = codes["theme"] != NO_THEME
    assert codes.loc[themed, "score"].between(0, 1).all()
    assert codes.loc[~themed, "score"].isna().all()
    assert (codes.loc[themed, "direction"] != "").all()
    assert themed.any()


def test_what_is_not_in_the_tables_is_listed_with_the_reason(built):
    problems = built.tables["problems"]
    refused = problems[problems["severity"] == "refused"].set_index("file")["problem"]
    assert set(refused.index) == {"broken.pdf", "undated.txt"}
    assert "prints no date" in refused["undated.txt"]
    assert built.provenance.counts["files refused"] == 2
    assert built.provenance.counts["files"] == 5


def test_no_run_of_nine_published_words_is_in_the_tables(built):
    published = set().union(
        *(runs(row["text"]) for rows in words_of(built.register).values() for row in rows)
    )
    assert len(published) > 100
    held = set().union(
        *(
            runs(str(value))
            for table in built.tables.values()
            for column in table
            for value in table[column].unique()
        )
    )
    assert held & published == set()


def test_a_long_heading_is_cut_part_by_part():
    long = " ".join("abcdefghij")
    assert shortened(f"Summary: {long}") == "Summary: a b c d e f g h …"
    assert shortened("Findings") == "Findings"


def test_one_process_or_two_give_the_same_bytes(make, built):
    one = make(*MAKES, jobs=1)
    assert one.kept == built.kept == 0
    assert one.contents == built.contents


def test_a_document_held_twice_is_one_row_with_both_checksums(kit, tmp_path):
    folder = put(tmp_path / "documents", "letter")
    content = composed("letter").content
    (folder / "again.pdf").write_bytes(content + b"\n")
    made = build(kit, gather([folder]), PAIRS, jobs=1).tables
    (row,) = made["documents"].to_dict("records")
    assert row["files"] == "again.pdf;letter.pdf"
    assert row["sha256"].count(";") == 1


def test_nothing_readable_is_an_error_that_says_why(kit, tmp_path):
    with pytest.raises(FindingsError, match="No document could be read from 1 file:"):
        build(kit, gather([put(tmp_path / "documents", "broken")]), PAIRS, jobs=1)


# keeping and resuming


@pytest.mark.parametrize("name", ["report", "letter", "undated"])
def test_what_is_kept_comes_back_as_it_was(tmp_path, name):
    path = put(tmp_path, name) / f"{name}{composed(name).suffix}"
    (outcome,) = read_all([str(path)], PAIRS, jobs=1)
    assert outcome.reading
    outcome = outcome._replace(more={"place": [0], "theme": ["audit"], "score": [0.5]})
    assert from_json(outcome.path, outcome.sha256, to_json(outcome)) == outcome


def test_the_parts_of_a_visit_come_back(tmp_path):
    report = compose.ilacs_report(
        authority="leeds",
        start=date(2023, 6, 12),
        more_visits=[(date(2023, 6, 26), date(2023, 6, 30))],
        findings=1,
    )
    path = tmp_path / "report.pdf"
    path.write_bytes(report.content)
    (outcome,) = read_all([str(path)], PAIRS, jobs=1)
    assert outcome.reading
    assert len(outcome.reading.visit.parts) == 2
    assert from_json(outcome.path, outcome.sha256, to_json(outcome)) == outcome


def test_a_second_run_reads_nothing_again(make, monkeypatch):
    first = make("report", "letter")
    given: list[str] = []
    monkeypatch.setattr(
        "analysis.england.building.read_all", lambda paths, *_, **__: given.extend(paths) or []
    )
    second = make("report", "letter")
    assert (first.kept, second.kept, given) == (0, 2, [])
    assert second.contents == first.contents


def test_tables_are_built_where_nothing_can_be_kept_for_another_run(
    findings, kit, tmp_path, monkeypatch
):
    documents = put(tmp_path / "documents", "letter")
    kit.local().parent.mkdir(exist_ok=True)
    kit.local().write_text("in the folder's place")
    status, said = findings("england", documents, "--out", tmp_path / "out", "--jobs", 1)
    assert status == 0
    assert "1 document of 1 authority" in said
    assert f"another run reads it anew: {kit.local()} is a file, not a folder" in said


@pytest.mark.parametrize("change", ["codebook", "broken entry"])
def test_what_was_kept_of_another_state_or_is_torn_is_not_taken(make, kit, change):
    make("letter")
    (folder,) = kit.local("england").iterdir()
    if change == "codebook":
        book = kit.raw("codebook.yml")
        book.write_text(book.read_text() + "\n# another state\n")
    else:
        (entry,) = folder.iterdir()
        entry.write_text(entry.read_text()[:-20])
    assert make("letter").kept == 0
    assert len(list(kit.local("england").iterdir())) == 1


DIES_AT_THE_FOURTH = """
import os, signal
from analysis.cli import main
from analysis.england import keeping

put, kept = keeping.to_json, []
def counted(outcome):
    kept.append(outcome)
    if len(kept) == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    return put(outcome)
keeping.to_json = counted
main()
"""


def test_a_run_that_was_killed_goes_on_where_it_stopped(kit, tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(8):
        content = compose.sif_report(findings=3 + number).content
        (folder / f"{number}.pdf").write_bytes(content)
    arguments = ("england", str(folder), "--jobs", "1", "--out", str(tmp_path / "out"))
    environment = os.environ | {ROOT_VARIABLE: str(kit.root)}
    ran = subprocess.run(
        [sys.executable, "-c", DIES_AT_THE_FOURTH, *arguments],
        env=environment, capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    store = kit.local("england")
    assert len(list(store.glob(f"{MARK}*/*.json"))) == 3
    assert not (tmp_path / "out").exists()
    second = build(kit, gather([folder]), PAIRS, jobs=1)
    assert second.kept == 3
    for entry in store.glob(f"{MARK}*/*.json"):
        entry.unlink()
    assert build(kit, gather([folder]), PAIRS, jobs=1).contents == second.contents


def test_a_task_that_fails_refuses_its_document_only(kit, tmp_path):
    path = put(tmp_path, "letter") / "letter.pdf"
    (outcome,) = read_all([str(path)], PAIRS, jobs=1, task=Failing())
    assert outcome.reading is None
    assert "Failing failed on it (ZeroDivisionError)" in outcome.refused


class Failing:
    def prepare(self) -> None:
        self.ready = True

    def __call__(self, reading: object) -> float:
        return 1 / 0


# the command


def test_the_command_writes_the_tables_and_names_what_it_refused(findings, kit, tmp_path):
    folder = put(tmp_path / "documents", "letter", "leeds", "broken")
    status, said = findings("england", folder, "--jobs", 1)
    out = kit.processed("england")
    assert status == 3
    assert {p.name for p in out.iterdir()} == {*(f"{n}.parquet" for n in tables.SCHEMAS), NAME}
    assert "2 documents of 2 authorities" in said
    assert "Refused broken.pdf: " in said
    (folder / "leeds.pdf").unlink()
    _, again = findings("england", folder, "--jobs", 1, "--words")
    assert "kept from an earlier run: 1" in again
    assert "No longer in the tables, since no document of theirs was read: leeds" in again
    assert load_data("knowsley", kit).findings["words"].str.len().min() > 0


def test_without_the_option_no_published_words_are_left_for_reports(england):
    assert (load_data("knowsley", england).findings["words"] == "").all()
    assert not england.local("knowsley").exists()


def test_what_people_wrote_follows_where_an_id_changes(findings, kit, tmp_path):
    report = compose.ilacs_report(authority="knowsley", findings=3)
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "report.pdf").write_bytes(report.content)
    assert findings("england", folder, "--jobs", 1)[0] == 0
    old = load_data("knowsley", kit).findings["finding"].iloc[4]
    codes = kit.raw("knowsley", "codes", "me.csv")
    codes.parent.mkdir(parents=True)
    header = "finding,theme,cohort,direction,basis,change_said,since,note\n"
    codes.write_text(f"{header}{old},none,,,,,,seen\n")
    checksum = sha256(report.content).hexdigest()
    kit.raw("published.csv").write_text(f"sha256,published,address\n{checksum},2024-11-04,\n")

    status, said = findings("england", folder, "--jobs", 1)

    data = load_data("knowsley", kit)
    assert status == 0
    assert "data/raw/knowsley/codes/me.csv: 1 row changed, as ids of documents did" in said
    (own,) = data.codes.loc[data.codes["coder"] == "me", "finding"]
    assert (old, own) == (
        "knowsley-inspection-visited-2024-09-20/5",
        "knowsley-inspection-2024-11-04/5",
    )
    assert set(data.codes["finding"]) <= set(data.findings["finding"])


# loading


def test_an_authority_that_nobody_coded_is_loaded_from_the_tables(england):
    data = load_data("leeds", england)
    assert data.tagged is not None
    assert set(data.codes["coder"]) == {TAGGER}
    assert set(data.findings["finding"]) == set(data.codes["finding"])
    assert data.findings["finding"].str.startswith("leeds-").all()
    assert data.needs.empty and data.need_links.empty
    results = analyse(data)
    assert results.coded["score"].notna().any()
    judged = results.judged()
    assert ((judged["votes"] > 0) | judged["needed"]).all()


def test_what_is_added_counts_beside_what_the_tables_hold(england, findings, tmp_path):
    before = load_data("knowsley", england)
    old = before.findings["finding"].iloc[0]
    codes = england.raw("knowsley", "codes")
    codes.mkdir(parents=True)
    (codes / "me.csv").write_text(
        f"finding,theme,cohort,direction,basis,change_said,since,note\n{old},none,,,,,,\n"
    )
    letter = compose.focused_visit_letter(style="paragraphs", theme="help")
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "letter.pdf").write_bytes(letter.content)

    status, said = findings("add", "knowsley", folder, "--jobs", 1)

    after = load_data("knowsley", england)
    documents, count = len(before.documents), len(before.findings)
    assert status == 0
    assert f"{documents} more documents of knowsley with {count} findings" in said
    assert set(after.findings["finding"]) > set(before.findings["finding"])
    assert len(after.documents) == documents + 1
    told = [line for line in caution(analyse(after)) if line.startswith("Visits, dates")]
    assert told == [
        f"Visits, dates, grades and places were read from {documents} of {documents + 1} "
        "documents by a program."
    ]
    assert findings("check", "knowsley")[0] == 0


def test_a_document_that_people_hold_is_not_counted_twice(england, findings, tmp_path):
    before = load_data("knowsley", england)
    folder = put(tmp_path / "again", "report")
    _, said = findings("add", "knowsley", folder, "--jobs", 1)
    after = load_data("knowsley", england)
    assert f"{plural(len(before.documents) - 1, 'more document')} of knowsley" in said
    for table, key in (("documents", "document"), ("visits", "visit"), ("findings", "finding")):
        assert sorted(getattr(after, table)[key]) == sorted(getattr(before, table)[key])


def test_authored_and_tagged_are_told_apart(england):
    assert held_authorities(england) == ["exampleshire"]
    assert tagged_authorities(england) == ["knowsley", "leeds"]
    with pytest.raises(FindingsError, match=r"tagged by the program alone, .* 2 more, such as kno"):
        load_data("otherton", england)


def test_authored_data_win(england):
    tagged = load_data("leeds", england)
    source = england.raw("exampleshire")
    assert load_data("exampleshire", england).tagged is None
    for path in source.rglob("*.csv"):
        name = path.relative_to(source).as_posix().replace("exampleshire", "leeds")
        target = england.raw("leeds", name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path.read_text().replace("exampleshire", "leeds"))
    both = load_data("leeds", england)
    assert len(both.documents) == len(load_data("exampleshire", england).documents) + 1
    assert both.tagged
    assert list(both.tagged.tables["documents"]["document"]) == list(tagged.documents["document"])
    assert tagged_authorities(england) == ["knowsley"]


def _code(project: Project, row: str) -> None:
    header = "finding,theme,cohort,direction,basis,change_said,since,note\n"
    path = project.raw("leeds", "codes", "me.csv")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(header + row + "\n")


def test_a_users_codes_count_before_the_taggers(england):
    first = load_data("leeds", england).findings["finding"].iloc[0]
    before = data_hash(england, "leeds")
    _code(england, f"{first},audit,not-stated,mixed,level,,,")
    results = analyse(load_data("leeds", england))
    own = results.coded[results.coded["finding"] == first]
    assert own[["theme", "direction", "coder"]].to_numpy().tolist() == [["audit", "mixed", "me"]]
    assert own["score"].isna().all()
    assert set(results.coded["coder"]) == {"me", TAGGER}
    assert data_hash(england, "leeds") != before


def test_a_users_wrong_code_is_named_by_file_and_row(england):
    _code(england, "leeds-inspection-1999/1,audti,not-stated,mixed,level,,,")
    with pytest.raises(DataError) as error:
        load_data("leeds", england)
    said = str(error.value)
    assert "data/raw/leeds/codes/me.csv, row 2" in said
    assert "there is no such finding" in said and "is not in the codebook" in said
    problems, _ = check("leeds", england)
    assert len(problems) == 2


def test_a_theme_that_nobody_looked_for_is_not_silent(england):
    book = england.raw("codebook.yml")
    first = book.read_text().split("\n  - id: caseloads")[1].split("\n  - id: ")[0]
    new = "\n  - id: brand-new" + first.replace("name: ", "name: Brand new ", 1)
    book.write_text(book.read_text() + new + "\n")
    data = load_data("leeds", england)
    assert "brand-new" not in data.codebook.ids
    (caution,) = data.tagged.cautions
    assert caution.startswith("Nobody has looked for these themes, which are new in the codebook:")
    _code(england, f"{data.findings['finding'].iloc[0]},brand-new,not-stated,mixed,level,,,")
    assert "brand-new" in load_data("leeds", england).codebook.ids


def test_codes_on_a_theme_that_is_gone_are_left_out_and_counted(england):
    codebook = load_data("leeds", england).codebook
    tagged = load_tagged(england.processed("england"), "leeds")
    codes = tagged.tables["codes"]
    gone = next(theme for theme in codes["theme"] if theme != NO_THEME)
    count = int((codes["theme"] == gone).sum())
    less = replace(codebook, themes=tuple(t for t in codebook.themes if t.id != gone))
    left = tagged.under(less)
    assert left.cautions == (
        f"{count} codes are left out; their themes are no longer in the codebook: {gone}.",
    )
    assert gone not in set(left.tables["codes"]["theme"])
    assert set(left.tables["codes"]["finding"]) == set(codes["finding"])


def test_a_theme_defined_anew_is_named(england):
    book = england.raw("codebook.yml")
    tagged = load_tagged(england.processed("england"), "leeds")
    first = load_data("leeds", england).codebook.themes[0]
    book.write_text(book.read_text().replace(first.definition, "Something else.", 1))
    assert load_data("leeds", england).tagged.cautions == (
        f"Tagged as defined before they were changed in the codebook: {first.name}.",
    )
    assert tagged.cautions == ()


@pytest.mark.parametrize("damage", ["missing", "other", "provenance"])
def test_tables_that_are_not_those_that_were_built_are_refused(england, damage):
    folder = england.processed("england")
    if damage == "provenance":
        (folder / NAME).write_text("{")
    elif damage == "missing":
        (folder / "codes.parquet").unlink()
    else:
        (folder / "codes.parquet").write_bytes((folder / "findings.parquet").read_bytes())
    with pytest.raises(FindingsError, match=r"findings england FOLDER|restore it"):
        load_data("leeds", england)
    assert held_authorities(england) == ["exampleshire"]


def test_readers_of_what_nobody_coded_are_not_compared(findings, england):
    status, said = findings("agree", "leeds")
    assert status == 2
    assert "no reader has coded" in said
    assert "Coded by readers: exampleshire." in said
    status, said = findings("agree")
    assert status == 0
    assert "Leeds" not in said


def test_an_authority_that_was_only_added_does_not_hinder_a_comparison(findings, england):
    for file in ("visits", "documents", "judgements", "needs", "need_links"):
        text = england.raw("exampleshire", f"{file}.csv").read_text("utf-8")
        write_text(england.raw("leeds", f"{file}.csv"), text.partition("\n")[0] + "\n")

    status, said = findings("agree")
    assert status == 0
    assert "Leeds" not in said
    status, said = findings("agree", "leeds")
    assert status == 2
    assert "Coded by readers: exampleshire." in said


# the tables that are shipped


SHIPPED = ROOT / "data" / "processed" / "england"


@pytest.fixture(scope="module")
def shipped() -> dict[str, pd.DataFrame]:
    provenance = read_provenance(SHIPPED)
    assert provenance
    return {name: tables.read(SHIPPED, name, provenance.tables[name]) for name in tables.SCHEMAS}


def test_shipped_tables_are_small_and_whole(shipped):
    size = sum(path.stat().st_size for path in SHIPPED.iterdir())
    assert size < MAX_BYTES
    counts = read_provenance(SHIPPED).counts
    assert {name: counts[name] for name in shipped} == {n: len(t) for n, t in shipped.items()}
    assert counts["authorities"] == len(authorities_held(SHIPPED)) == 153
    for name, table in shipped.items():
        typed = table.assign(score=table["score"].astype("float32")) if "score" in table else table
        assert validate(typed, tables.SCHEMAS[name], name) == []


def test_shipped_codes_are_those_of_the_shipped_model_and_codebook():
    provenance = read_provenance(SHIPPED)
    assert provenance.versions.model == model_checksum(), "build anew: findings england FOLDER"
    codebook = load_data("knowsley", Project(ROOT)).codebook
    now = {theme.id: theme.fingerprint for theme in codebook.themes}
    assert provenance.themes.items() <= now.items()
    assert len(now) - len(provenance.themes) == 5  # which reports say nobody has looked for


def test_every_shipped_authority_keeps_the_rules_between_tables():
    project = Project(ROOT)
    names = tagged_authorities(project)
    assert len(names) == 153 - len(held_authorities(project))
    for name in names[::12]:
        assert check(name, project)[0] == []


@pytest.mark.sources
def test_shipped_tables_can_be_rebuilt_from_the_documents(sources, shipped, tmp_path):
    pairs = [("bury", "Bury"), ("knowsley", "Knowsley")]
    names = gather([sources / "bury"])
    project = Project(tmp_path / "project")
    for path in (ROOT / "data" / "raw").glob("*.*"):
        write_text(project.raw(path.name), path.read_text("utf-8"))
    known = read_provenance(SHIPPED).themes
    path = project.raw("codebook.yml")
    book = yaml.safe_load(path.read_text("utf-8"))
    book["themes"] = [theme for theme in book["themes"] if theme["id"] in known]
    path.write_text(yaml.safe_dump(book), "utf-8")
    made = build(project, names, pairs, jobs=1, store=tmp_path / "store").tables
    for name in ("visits", "documents", "judgements", "findings", "codes"):
        old = shipped[name][shipped[name]["authority"] == "bury"].reset_index(drop=True)
        new = made[name].astype(old.dtypes.to_dict())
        pd.testing.assert_frame_equal(new, old)


@pytest.mark.sources
@pytest.mark.promise("no-published-words")
def test_no_shipped_cell_holds_nine_words_of_a_document(sources, shipped):
    cells = {
        str(value)
        for table in shipped.values()
        for column in table
        for value in table[column].unique()
        if len(words(str(value))) >= LONGEST_RUN
    }
    told = {run: cell for cell in cells for run in runs(cell)}
    paths = [str(path) for path in sorted(sources.glob("b*/*.pdf"))]
    known = pd.read_csv(ROOT / "data/raw/authorities.csv", dtype=str)
    pairs = list(zip(known["authority"], known["name"], strict=True))
    published = [
        finding.text
        for outcome in read_all(paths, pairs, jobs=2)
        if outcome.reading
        for finding in outcome.reading.findings
    ]
    assert len(published) > 1000
    assert {told[run] for text in published for run in runs(text) & told.keys()} == set()


@pytest.mark.parametrize("pattern", [*READER, *RULES, *MODEL])
def test_every_pattern_of_what_read_and_tagged_the_tables_names_a_file(pattern):
    assert [path for path in PACKAGE.glob(pattern) if path.is_file()]


def test_provenance_is_plain_json():
    held = json.loads((SHIPPED / NAME).read_text(encoding="utf-8"))
    assert held["versions"]["codebook_sha256"]
    assert "/" not in json.dumps(held)


def test_a_store_never_removes_what_is_not_its_own(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / f"{MARK}old").mkdir()
    Store(tmp_path, "new").drop_others()
    assert {p.name for p in tmp_path.iterdir()} == {"mine"}
