"""`findings ingest`, `findings add` and `findings fetch`, as typed: status, words, files."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import compose
import pytest
from commands import Said
from compose import Composed
from composed_truth import write
from publisher import ETAG, INSPECTION, PDF, VISIT, Reply, Site, publishing, versioned

from analysis.data import schemas
from analysis.documents.fetching import fetch as fetching
from analysis.documents.fetching.client import Client, Limits
from analysis.documents.register import PROBLEM_COLUMNS
from analysis.documents.rows import DOCUMENT_COLUMNS, FINDING_COLUMNS, JUDGEMENT_COLUMNS
from analysis.project import ROOT_VARIABLE, Project

TABLES = {
    "documents.csv": DOCUMENT_COLUMNS,
    "judgements.csv": JUDGEMENT_COLUMNS,
    "findings.csv": FINDING_COLUMNS,
    "problems.csv": PROBLEM_COLUMNS,
}
MAKES: dict[str, Callable[[], Composed]] = {
    "report": lambda: compose.sif_report(findings=3, skip_number=6),
    "letter": compose.focused_visit_letter,
    "leeds": lambda: compose.sif_report(authority="leeds", style="2015", findings=2),
    "undated": lambda: compose.news_page(suffix=".txt"),
    "newsletter": compose.not_an_inspection_pdf,
    "broken": compose.truncated_pdf,
}


@cache
def composed(name: str) -> Composed:
    return MAKES[name]()


@pytest.fixture
def kit(project: Project) -> Project:
    """The fixture project, which knows two real authorities as well."""
    with project.raw("authorities.csv").open("a", encoding="utf-8") as file:
        file.write("knowsley,Knowsley,80521,340,E08000011,Metropolitan District,B,North West,\n")
        file.write("leeds,Leeds,80522,383,E08000035,Metropolitan District,D,Yorkshire,\n")
    return project


@pytest.fixture
def command(kit, findings) -> Callable[..., Said]:
    """The command, in a project that knows these authorities."""
    return findings


@pytest.fixture
def folder(tmp_path) -> Callable[..., Path]:
    """Write composed documents into a folder."""

    def put(*names: str) -> Path:
        made = tmp_path / "documents"
        made.mkdir(exist_ok=True)
        for name in names:
            write(composed(name), made, name)
        return made

    return put


def contents(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def headers(folder: Path) -> dict[str, tuple[str, ...]]:
    found = {}
    for path in sorted(folder.iterdir()):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found[path.name] = tuple(next(csv.reader(file)))
    return found


# ingest


def test_ingest_writes_four_tables_and_says_what_it_read(command, folder, tmp_path):
    to = tmp_path / "tables"
    status, out, err = command("ingest", folder("report", "letter"), "--to", to, "--jobs", 1)

    assert (status, err) == (0, "")
    assert headers(to) == dict(sorted(TABLES.items()))
    *paths, said = out.splitlines()
    assert paths == [str(to / name) for name in TABLES]
    findings = len(rows(to / "findings.csv"))
    assert said == f"2 files read: 2 documents, {findings} findings, 1 oddity to look at"
    assert [row["file"] for row in rows(to / "documents.csv")] == ["letter.pdf", "report.pdf"]


@pytest.mark.promise("ingest-touches-nothing")
def test_ingest_leaves_the_project_alone(command, folder, kit, tmp_path):
    before = contents(kit.root)
    command("ingest", folder("letter"), "--to", tmp_path / "tables", "--jobs", 1)
    assert contents(kit.root) == before


def test_ingest_takes_files_and_folders_together(command, folder, tmp_path):
    inside = folder("letter")
    apart = write(composed("leeds"), tmp_path, "[red]report")
    to = tmp_path / "tables"
    status, _, _ = command("ingest", inside, apart, "--to", to, "--jobs", 2)
    assert status == 0
    files = {row["file"]: row["authority"] for row in rows(to / "documents.csv")}
    assert files == {"letter.pdf": "knowsley", "[red]report.pdf": "leeds"}


def test_ingest_names_each_file_refused_with_the_reason(command, folder, tmp_path):
    to = tmp_path / "tables"
    write(composed("newsletter"), folder("letter", "broken"), "[red]news")
    status, out, err = command("ingest", folder(), "--to", to, "--jobs", 1)

    assert status == 3
    assert "1 file read: 1 document, 14 findings, 0 oddities" in out
    problems = rows(to / "problems.csv")
    assert [(p["severity"], p["file"]) for p in problems] == [
        ("refused", "[red]news.pdf"),
        ("refused", "broken.pdf"),
    ]
    assert sorted(err.splitlines()) == [f"Refused {p['file']}: {p['problem']}" for p in problems]
    assert "Traceback" not in err


def test_ingest_of_nothing_readable_writes_headers_and_the_reasons(command, folder, tmp_path):
    to = tmp_path / "tables"
    status, out, err = command("ingest", folder("newsletter", "broken"), "--to", to, "--jobs", 1)
    assert status == 1
    assert "0 files read: 0 documents, 0 findings" in out
    assert err.count("Refused ") == 2
    assert headers(to) == dict(sorted(TABLES.items()))
    assert [len(rows(to / name)) for name in TABLES] == [0, 0, 0, 2]


def test_ingest_again_writes_the_same_bytes(command, folder, tmp_path):
    documents = folder("report", "letter")
    for name, jobs in (("one", 1), ("two", 2)):
        command("ingest", documents, "--to", tmp_path / name, "--jobs", jobs)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.parametrize("given", ["nowhere", "documents/missing.pdf"])
def test_ingest_of_a_path_that_is_missing_writes_nothing(command, folder, tmp_path, given):
    folder("letter")
    to = tmp_path / "tables"
    status, out, err = command("ingest", tmp_path / given, "--to", to)
    assert (status, out) == (2, "")
    assert err == f"There is no file or folder {str(tmp_path / given)!r}.\n"
    assert not to.exists()


def test_ingest_of_an_empty_folder_writes_nothing(command, folder, tmp_path):
    status, _, err = command("ingest", folder(), "--to", tmp_path / "tables")
    assert status == 2
    assert err.startswith("No file to read: documents are files that end in .pdf, ")
    assert not (tmp_path / "tables").exists()


@pytest.mark.parametrize("options", [[], ["--to", "tables", "--jobs", "0"]])
def test_ingest_says_what_is_missing_or_out_of_range(command, folder, options):
    status, _, err = command("ingest", folder("letter"), *options)
    assert status == 2
    assert ("--jobs" if options else "--to") in err


def test_ingest_outside_a_project_is_no_traceback(command, folder, tmp_path, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    status, _, err = command("ingest", folder("letter"), "--to", tmp_path / "tables")
    assert status == 2
    assert err.startswith("FINDINGS_ROOT is ")


def test_ingest_into_a_file_is_no_traceback(command, folder, tmp_path):
    to = tmp_path / "tables"
    to.write_text("a file\n")
    for place in (to, to / "inside"):
        status, out, err = command("ingest", folder("letter"), "--to", place, "--jobs", 1)
        assert (status, out) == (2, "")
        assert err.startswith(f"Nothing can be written to {place}: ")
        assert "is a file, not a folder" in err
    assert to.read_text() == "a file\n"


def test_ingest_into_the_folder_that_it_reads_is_refused(command, folder):
    documents = folder("letter")
    before = contents(documents)
    status, out, err = command("ingest", documents, "--to", documents, "--jobs", 1)
    assert (status, out) == (2, "")
    assert err == (
        f"{documents} is read here and would be written over. Name another place to write to.\n"
    )
    assert contents(documents) == before


# add


def test_add_says_what_it_added_and_what_comes_next(command, folder, kit):
    status, out, err = command("add", "knowsley", folder("report", "letter"), "--jobs", 1)

    assert (status, err) == (0, "")
    said = out.splitlines()
    findings = {p.stem: len(rows(p)) for p in kit.raw("knowsley", "findings").iterdir()}
    for document, count in findings.items():
        assert f"data/raw/knowsley/findings/{document}.csv: {count} rows added" in said
    assert "data/raw/knowsley/visits.csv: 2 rows added" in said
    assert "data/raw/knowsley/documents.csv: 2 rows added" in said
    total = sum(findings.values())
    words = f"Published words held for {total} more findings, in data/local/knowsley/."
    assert words in said
    assert said[-2] == f"2 files read: 2 documents, {total} findings, 1 oddity to look at"
    assert said[-1].startswith("Next: findings report knowsley")
    assert list(rows(kit.raw("knowsley", "visits.csv"))[0]) == list(schemas.VISITS.columns)
    assert len(rows(kit.local("knowsley", "texts.csv"))) == total


def test_what_was_added_passes_the_check(command, folder):
    command("add", "knowsley", folder("report", "letter"), "--jobs", 1)
    status, out, _ = command("check", "knowsley")
    assert status == 0
    assert out.endswith("knowsley: in order, 2 warnings\n")
    assert out.count("findings have no summary yet") == 2


def test_add_again_changes_no_byte_and_says_so(command, folder, kit):
    command("add", "knowsley", folder("report", "letter"), "--jobs", 1)
    before = contents(kit.root)

    status, out, _ = command("add", "knowsley", folder(), "--jobs", 1)

    assert status == 0
    assert contents(kit.root) == before
    said = out.splitlines()
    assert said[0] == "No row added: everything stands there already."
    assert "data/raw/knowsley/documents.csv: 2 rows stood there and were left unchanged" in said
    assert "Published words held for 0 more findings, in data/local/knowsley/." in said


@pytest.mark.promise("unused-files-named")
def test_add_names_what_is_about_another_authority_or_refused(command, folder, kit):
    documents = folder("report", "leeds", "broken")
    status, out, err = command("add", "knowsley", documents, "--jobs", 1)
    assert status == 3
    (passed,) = [line for line in out.splitlines() if "passed over" in line]
    assert passed.startswith("leeds-inspection-")
    assert passed.endswith(": passed over, it is about leeds")
    assert err.startswith("Refused broken.pdf: ")
    assert not kit.raw("leeds").exists()
    assert rows(kit.raw("knowsley", "documents.csv"))[0]["files"] == "report.pdf"


def test_add_names_findings_that_a_person_left_out(command, folder, kit):
    command("add", "knowsley", folder("report"), "--jobs", 1)
    (path,) = kit.raw("knowsley", "findings").iterdir()
    numbered = next(row for row in rows(path) if row["printed_number"])
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(ln for ln in lines if not ln.startswith(numbered["finding"] + ",")))

    _, out, _ = command("add", "knowsley", folder(), "--jobs", 1)

    said = "read, but not among the rows of a document that is coded already"
    assert f"{numbered['finding']}: {said}" in out.splitlines()


def test_add_of_nothing_readable_leaves_the_project_alone(command, folder, kit):
    before = contents(kit.root)
    status, _, err = command("add", "knowsley", folder("broken"), "--jobs", 1)
    assert status == 1
    assert err.startswith("Refused broken.pdf: ")
    assert contents(kit.root) == before


@pytest.mark.parametrize("name", ["broken", "leeds"])
def test_add_claims_no_rows_that_do_not_stand_there(command, folder, name):
    _, out, _ = command("add", "knowsley", folder(name), "--jobs", 1)
    assert "everything stands there already" not in out
    assert "Next: findings report knowsley" not in out


def test_add_names_what_prints_no_date(command, folder):
    status, out, _ = command("add", "knowsley", folder("undated"), "--jobs", 1)
    assert status == 0
    assert "undated.txt: prints no date: add its rows by hand" in out.splitlines()
    assert out.splitlines()[0] == "No row added."
    assert "Next: " not in out


def test_add_to_an_unknown_authority_reads_nothing(command, folder, kit, monkeypatch):
    monkeypatch.setattr("analysis.documents.register.read_register", lambda *_, **__: 1 / 0)
    before = contents(kit.root)
    status, out, err = command("add", "knowsly", folder("letter"))
    assert (status, out) == (2, "")
    assert err == "There is no authority 'knowsly'. Did you mean 'knowsley'?\n"
    assert contents(kit.root) == before


def test_add_of_a_path_that_is_missing_writes_nothing(command, kit, tmp_path):
    before = contents(kit.root)
    status, _, err = command("add", "knowsley", tmp_path / "nowhere")
    assert status == 2
    assert err.startswith("There is no file or folder ")
    assert contents(kit.root) == before


def test_add_to_a_table_that_cannot_be_read_writes_nothing(command, folder, kit):
    kit.raw("knowsley").mkdir()
    kit.raw("knowsley", "visits.csv").write_bytes(b'visit,kind\n"a,b\n')
    before = contents(kit.root)
    status, _, err = command("add", "knowsley", folder("letter"), "--jobs", 1)
    assert status == 2
    assert "visits.csv, row 2: not a CSV row" in err
    assert err.endswith("Put these right, then run it again.\n")
    assert contents(kit.root) == before


def test_add_with_a_list_of_authorities_that_cannot_be_read_is_no_traceback(command, folder, kit):
    kit.raw("authorities.csv").write_text("slug,name\nknowsley,Knowsley\n")
    status, _, err = command("add", "knowsley", folder("letter"))
    assert status == 2
    assert "data/raw/authorities.csv, row 1" in err


# Paragraphs found again


def test_check_finds_paragraphs_again_in_the_documents_at_hand(command, folder, kit):
    documents = kit.local("documents", "knowsley")
    documents.mkdir(parents=True)
    (documents / "letter.pdf").write_bytes(composed("letter").content)
    command("add", "knowsley", documents, "--jobs", 1)
    (path,) = kit.raw("knowsley", "findings").iterdir()
    count = len(rows(path))

    status, out, _ = command("check", "knowsley")
    assert status == 0
    assert f"knowsley: {count} paragraphs looked for in 1 document" in out

    mark = rows(path)[1]["fingerprint"]
    path.write_text(path.read_text(encoding="utf-8").replace(mark, "0" * 16), encoding="utf-8")
    kit.local("knowsley", "texts.csv").unlink()
    status, out, _ = command("check", "knowsley")
    assert status == 2
    (problem,) = [line for line in out.splitlines() if line.startswith("problem: ")]
    assert f"{path.name}, row 3, fingerprint = '{'0' * 16}'" in problem
    assert f"the paragraph of {path.stem}/2 is not found again" in problem


def test_check_names_words_that_are_of_another_paragraph(command, folder, kit):
    command("add", "knowsley", folder("letter"), "--jobs", 1)
    texts = kit.local("knowsley", "texts.csv")
    first = rows(texts)[0]["text"]
    texts.write_text(texts.read_text(encoding="utf-8").replace(first, "Other words."))
    status, out, _ = command("check", "knowsley")
    assert status == 2
    assert "row 2, fingerprint = " in out
    assert "are another paragraph's" in out


# What lies beside the documents

SHA = hashlib.sha256(b"").hexdigest()


@pytest.mark.parametrize("asked", ["ingest", "add"])
@pytest.mark.parametrize(
    ("row", "told"),
    [
        (f"{SHA},x/../../../up", "row 2, published = 'x/../../../up': not a date"),
        (f"{SHA},yesterday", "row 2, published = 'yesterday': not a date"),
        (SHA, "row 2: 1 cell, but the header has 2"),
        ("0123,2024-01-31", "row 2, sha256 = '0123': not in the expected form"),
    ],
)
def test_a_manifest_that_cannot_be_right_stops_before_anything_is_read(
    command, folder, kit, tmp_path, monkeypatch, asked, row, told
):
    monkeypatch.setattr("analysis.documents.register.read_all", lambda *_, **__: 1 / 0)
    documents = folder("letter")
    (documents / "manifest.csv").write_text(f"sha256,published\n{row}\n")
    more = {"ingest": (documents, "--to", tmp_path / "out"), "add": ("knowsley", documents)}
    before = contents(tmp_path)

    status, out, err = command(asked, *more.get(asked, (documents,)))

    assert (status, out) == (2, "")
    assert f"manifest.csv, {told}" in err
    assert contents(tmp_path) == before


def test_an_address_of_a_manifest_leads_to_a_page_or_is_refused(command, folder, tmp_path):
    documents = folder("letter")
    row = f"{SHA},2024-01-31,javascript:alert(1)"
    (documents / "manifest.csv").write_text(f"sha256,published,address\n{row}\n")

    status, out, err = command("ingest", documents, "--to", tmp_path / "out")

    assert (status, out) == (2, "")
    assert "row 2, address = 'javascript:alert(1)': not in the expected form" in err


def test_a_date_of_a_manifest_may_be_written_as_in_britain(command, folder, kit, tmp_path):
    report = compose.ilacs_report(authority="knowsley", findings=2).content
    documents = folder()
    (documents / "report.pdf").write_bytes(report)
    checksum = hashlib.sha256(report).hexdigest()
    (documents / "manifest.csv").write_text(f"published;sha256\n04/11/2024;{checksum}\n")
    assert command("add", "knowsley", documents, "--jobs", 1)[0] == 0
    (row,) = rows(kit.raw("knowsley", "documents.csv"))
    assert (row["document"], row["published"]) == ("knowsley-inspection-2024-11-04", "2024-11-04")


@pytest.mark.parametrize(("asked", "status"), [("folder", 3), ("file", 0)])
def test_a_table_of_that_name_that_is_no_manifest_is_named_and_says_nothing_of_dates(
    command, folder, tmp_path, asked, status
):
    documents = folder("letter")
    manifest = documents / "manifest.csv"
    manifest.write_text("sha256,date\nx,soon\n")
    (letter,) = documents.glob("letter*")
    named = documents if asked == "folder" else letter

    left, _, err = command("ingest", named, "--to", tmp_path / "out", "--jobs", 1)

    assert left == status
    assert err.startswith(f"{manifest} is passed over, as no manifest of `findings fetch`: ")
    assert "missing: published. Name them so" in err
    assert ("Refused manifest.csv: its name ends in .csv" in err) == (asked == "folder")


def test_the_list_of_publishers_dates_dates_what_prints_none(command, folder, kit, tmp_path):
    report = compose.ilacs_report(authority="knowsley", findings=2).content
    documents = folder("letter")
    (documents / "report.pdf").write_bytes(report)
    told = f"{hashlib.sha256(report).hexdigest()},2024-11-04,https://publisher.example/7"
    letter = f"{hashlib.sha256(composed('letter').content).hexdigest()},1999-01-01,"
    kit.raw("published.csv").write_text(f"sha256,published,address\n{told}\n{letter}\n")

    assert command("add", "knowsley", documents, "--jobs", 1)[0] == 0

    by_id = {row["document"]: row for row in rows(kit.raw("knowsley", "documents.csv"))}
    assert set(by_id) == {"knowsley-focused-visit-2019-10-08", "knowsley-inspection-2024-11-04"}
    assert by_id["knowsley-inspection-2024-11-04"]["address"] == "https://publisher.example/7"
    assert command("check", "knowsley")[0] == 0


def test_a_wrong_date_in_the_list_of_publishers_dates_is_named(command, kit):
    kit.raw("published.csv").write_text(f"sha256,published,address\n{SHA},soon,\n")
    status, _, err = command("check")
    assert status == 2
    assert "data/raw/published.csv, row 2, published = 'soon': not a date" in err


# fetch

PAGE = "/provider/44/80521"
FILES = ["focused-visit-2024-03-06.pdf", "inspection-2025-01-20.pdf", "manifest.csv"]


@pytest.fixture
def site(monkeypatch):
    """A publisher on this machine in place of the real one; nobody waits for pauses."""
    with publishing(monkeypatch) as site:
        page = site.origin + "/provider/44/{urn}"

        def client(origins: tuple[str, ...], limits: Limits) -> Client:
            return Client((site.origin,), limits, lambda: site.now, site.sleep)

        monkeypatch.setattr("analysis.documents.fetching.client.Client", client)
        monkeypatch.setattr(
            "analysis.documents.fetching.fetch.fetch", partial(fetching.fetch, page=page)
        )
        yield site


@pytest.fixture
def listed(site) -> Site:
    """The same with a report and a letter about Knowsley."""
    site.lists(("/v1/file/1", INSPECTION), ("/v1/file/2", VISIT), path=PAGE)
    site.replies |= {"/v1/file/1": [versioned()], "/v1/file/2": [versioned()]}
    return site


def squeezed(text: str) -> str:
    """Text as it would be on a screen of any width: no spaces, line ends or rules of a table."""
    return "".join(text.replace("│", "").split())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.promise("fetched-not-shared")
def test_fetch_puts_documents_where_they_are_not_shared(command, listed, kit):
    status, out, err = command("fetch", "knowsley")
    assert (status, err) == (0, "")
    folder = kit.local("documents", "knowsley")
    assert names(folder) == FILES
    assert (folder / FILES[1]).read_bytes() == PDF
    assert squeezed(f"knowsley: {folder}") in squeezed(out)
    assert out.count("downloaded") == 2


def test_fetch_again_asks_and_downloads_nothing(command, listed, kit):
    command("fetch", "knowsley")
    before = contents(kit.root)
    status, out, _ = command("fetch", "knowsley")
    assert status == 0
    assert out.count("unchanged") == 2
    assert contents(kit.root) == before


def test_fetch_of_two_authorities_keeps_them_apart(command, listed, tmp_path):
    listed.lists(("/v1/file/3", VISIT), path="/provider/44/80522")
    listed.replies["/v1/file/3"] = [versioned()]
    out = tmp_path / "held"
    status, said, _ = command("fetch", "knowsley", "leeds", "knowsley", "--out", out, "--pause", 5)
    assert status == 0
    assert names(out) == ["knowsley", "leeds"]
    assert (names(out / "knowsley"), names(out / "leeds")) == (FILES, [FILES[0], FILES[2]])
    assert said.index("knowsley: ") < said.index("leeds: ")
    assert len(listed.asked(PAGE)) == 1
    assert listed.waits == [5.0] * 4


def test_fetch_says_which_failed_and_keeps_the_others(command, listed, kit):
    listed.replies["/v1/file/1"] = [Reply(b"<html>[red]Sorry</html>")]
    status, out, err = command("fetch", "knowsley")
    assert (status, err) == (1, "")
    assert squeezed("a web page came where a PDF should be") in squeezed(out)
    assert (out.count("refused"), out.count("downloaded")) == (1, 1)
    assert names(kit.local("documents", "knowsley")) == [FILES[0], FILES[2]]


def test_fetch_of_a_document_that_is_gone_fails(command, listed):
    listed.replies["/v1/file/2"] = [Reply(status=410)]
    status, out, _ = command("fetch", "knowsley")
    assert status == 1
    assert squeezed("the server answered 410 (Gone)") in squeezed(out)


def test_fetch_of_an_unknown_authority_asks_nothing(command, listed, kit):
    before = contents(kit.root)
    status, out, err = command("fetch", "knowsley", "leds")
    assert (status, out) == (2, "")
    assert err.startswith("There is no authority 'leds'. Did you mean 'leeds'")
    assert listed.log == []
    assert contents(kit.root) == before


def test_fetch_without_a_page_is_no_traceback(command, site, kit):
    status, _, err = command("fetch", "knowsley")
    assert status == 2
    assert f"{PAGE} could not be read: the server answered 404" in err
    assert contents(kit.local("documents")) == {}


def test_fetch_of_an_authority_without_a_number_asks_nothing(command, listed, kit):
    path = kit.raw("authorities.csv")
    path.write_text(path.read_text(encoding="utf-8").replace("Knowsley,80521,", "Knowsley,,"))
    status, _, err = command("fetch", "knowsley")
    assert (status, listed.log) == (2, [])
    assert "is no number" in err


@pytest.mark.parametrize("pause", ["0.1", "61", "nan"])
def test_fetch_is_neither_hasty_nor_slower_than_a_document_may_take(command, listed, pause):
    status, _, err = command("fetch", "knowsley", "--pause", pause)
    assert (status, listed.log) == (2, [])
    assert "--pause" in err


def test_fetch_takes_its_time_if_it_is_told_to(command, listed):
    assert command("fetch", "knowsley", "--pause", "60")[0] == 0
    assert listed.waits == [60.0] * 2


def test_what_was_fetched_is_added(command, site, kit):
    letter = composed("letter").content
    label = "Children's services focused visit, pdf - 8 October 2019"
    site.lists(("/v1/file/1", label), path=PAGE)
    site.replies["/v1/file/1"] = [Reply(letter, headers=ETAG)]
    assert command("fetch", "knowsley")[0] == 0
    status, out, _ = command("add", "knowsley", kit.local("documents", "knowsley"), "--jobs", 1)
    assert status == 0, out
    (row,) = rows(kit.raw("knowsley", "documents.csv"))
    assert (row["document"], row["files"]) == (
        "knowsley-focused-visit-2019-10-08",
        "focused-visit-2019-10-08.pdf",
    )


def test_a_date_that_is_not_printed_comes_from_the_publisher(command, site, kit):
    report = compose.ilacs_report(authority="knowsley", findings=2).content
    site.lists(("/v1/file/1", "Children's services inspection, pdf - 4 November 2024"), path=PAGE)
    site.replies["/v1/file/1"] = [Reply(report, headers=ETAG)]
    command("fetch", "knowsley")
    status, _, _ = command("add", "knowsley", kit.local("documents", "knowsley"), "--jobs", 1)
    assert status == 0
    (row,) = rows(kit.raw("knowsley", "documents.csv"))
    assert row["document"] == "knowsley-inspection-2024-11-04"
    assert (row["published"], row["note"]) == (
        "2024-11-04",
        "No date of publication is printed; the publisher's is taken",
    )
    assert command("check", "knowsley")[0] == 0


# Insisting


def test_what_a_file_does_not_say_itself_can_be_insisted_on(command, kit, folder):
    (path,) = folder("newsletter").iterdir()
    status, _, err = command("add", "knowsley", path, "--jobs", 1)
    assert (status, "insist with --kind and --authority" in err) == (1, True)
    insisted = ("--kind", "focused-visit", "--authority", "knowsley")
    status, _, err = command("ingest", path, "--to", kit.root / "tables", "--jobs", 1, *insisted)
    assert (status, err) == (0, "")
    (row,) = rows(kit.root / "tables" / "documents.csv")
    assert (row["authority"], row["kind"]) == ("knowsley", "focused-visit")
    assert row["inferred"].startswith("kind and authority: as told")


def test_a_row_that_was_insisted_on_says_so(command, kit, folder):
    (path,) = folder("letter").iterdir()
    status, _, _ = command(
        "add", "leeds", path, "--kind", "monitoring-visit", "--authority", "leeds", "--jobs", 1
    )
    assert status == 0
    (row,) = rows(kit.raw("leeds", "documents.csv"))
    assert row["document"].startswith("leeds-monitoring-visit-")
    assert row["note"].startswith("kind and authority: as told")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--kind", "school"), "focused-visit"),
        (("--authority", "leeds"), "name one"),
    ],
)
def test_what_is_insisted_on_is_checked_before_anything_is_read(command, kit, folder, typed, said):
    before = contents(kit.root)
    status, out, err = command("add", "knowsley", folder("letter"), *typed, "--jobs", 1)
    assert (status, out) == (2, "")
    assert typed[1] in err
    assert said in err
    assert contents(kit.root) == before
