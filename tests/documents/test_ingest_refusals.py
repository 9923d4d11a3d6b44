"""A file that is no document is refused by name with its reason, and the others go on."""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import compose
import pytest
from compose import Composed
from composed_truth import AUTHORITIES, GAZETTEER, outcome_of, write

from analysis.documents import workers
from analysis.documents.files.opening import SUFFIXES, open_document
from analysis.documents.files.refusals import MAX_BYTES, MAX_PAGES, UnreadableError, broken
from analysis.documents.named_files import gather
from analysis.documents.readings import Reading
from analysis.documents.register import Register, read_register
from analysis.documents.workers import read_all
from analysis.errors import FindingsError

OLD_OFFICE = Composed(b"\xd0\xcf\x11\xe0" + b"\0" * 600, ".txt")
PICTURE = Composed(b"\x89PNG\r\n\x1a\n" + b"\0" * 600, ".txt")
NO_WORD = Composed(b"just words", ".docx")
NO_PDF = Composed(b"just words", ".pdf")
BINARY = Composed(bytes(range(256)) * 4, ".txt")
NINE_BYTES = Composed(b"%PDF-1.4\n", ".pdf")
LOCKED_WORD = Composed(OLD_OFFICE.content, ".docx")
NESTED = Composed(b"<html><body>" + b"<div>" * 240 + b"words", ".html")


def zipped(name: str, content: str = "something") -> Composed:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return Composed(out.getvalue(), ".docx")


MAKES = {
    "page-named.pdf": (compose.html_named_pdf, "web page saved under a name that ends in .pdf"),
    "locked.pdf": (compose.encrypted_pdf, "encrypted"),
    "cut-off.pdf": (compose.truncated_pdf, "damaged or cut off"),
    "empty.pdf": (compose.empty_file, "empty"),
    "empty.txt": (lambda: compose.empty_file(".txt"), "empty"),
    "scan.pdf": (compose.scanned_pdf, "text recognition"),
    "newsletter.pdf": (compose.not_an_inspection_pdf, "no inspection report"),
    "hostile.html": (compose.hostile_html, "entities"),
    "bomb.docx": (lambda: compose.zip_bomb_docx(101), "unpacks to more than"),
    "steep.docx": (lambda: compose.zip_bomb_docx(20), "grows over"),
    "long.pdf": (lambda: compose.many_pages_pdf(MAX_PAGES + 1), f"at most {MAX_PAGES} are read"),
    "deep.pdf": (compose.deep_nesting_pdf, "cannot be read"),
    "deep.html": (lambda: NESTED, "nest more than"),
    "old-office.txt": (lambda: OLD_OFFICE, "old Office file"),
    "locked.docx": (lambda: LOCKED_WORD, "locked with a password"),
    "nine.pdf": (lambda: NINE_BYTES, "no PDF can be read from it"),
    "picture.txt": (lambda: PICTURE, "picture"),
    "book.docx": (lambda: zipped("xl/workbook.xml"), "an Excel workbook: save the sheet as CSV"),
    "codes.docx": (lambda: zipped("project.qde"), "a REFI-QDA file: `findings import`"),
    "words.docx": (lambda: NO_WORD, "no Word document"),
    "words.pdf": (lambda: NO_PDF, "not %PDF-"),
    "binary.txt": (lambda: BINARY, "not a text file"),
}
ADVICE = (
    "fetch", "rename", "save it", "print it", "split it", "run text recognition", "leave it out",
)  # fmt: skip


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """Every bad file in one folder with two good ones."""
    folder = tmp_path_factory.mktemp("mixed")
    for name, (make, _) in MAKES.items():
        (folder / name).write_bytes(make().content)
    write(compose.focused_visit_letter(), folder, "letter")
    write(compose.news_page(), folder, "news")
    return read_register(gather([folder]), AUTHORITIES)


def reason(register: Register, name: str) -> str:
    (row,) = [row for row in register.problems if row["file"] == name]
    assert row["severity"] == "refused"
    return row["problem"]


@pytest.mark.parametrize("name", MAKES)
def test_a_file_that_is_none_is_refused_by_name_with_its_reason(
    register: Register, name: str
) -> None:
    assert MAKES[name][1] in reason(register, name)


@pytest.mark.parametrize("name", MAKES)
def test_the_reason_says_what_to_do(register: Register, name: str) -> None:
    assert any(advice in reason(register, name).lower() for advice in ADVICE)


def test_the_good_files_beside_them_are_read(register: Register) -> None:
    assert [document.reading.kind.document for document in register.documents] == [
        "letter",
        "article",
    ]
    assert len(register.refused) == len(MAKES)


WORD = compose.as_docx(compose.focused_visit_letter()).content
BODY, RELATIONS, PROPERTIES = (
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "docProps/core.xml",
)
TYPES = "[Content_Types].xml"
DOCTYPE = b"""<!DOCTYPE w:document [<!ENTITY a "words "><!ENTITY b "&a;&a;&a;">]>"""


def after_declaration(part: bytes, more: bytes) -> bytes:
    head, end, tail = part.partition(b"?>")
    return head + end + more + tail


@pytest.mark.parametrize(
    ("part", "change", "said"),
    [
        (BODY, lambda xml: after_declaration(xml, DOCTYPE), "declares a document type"),
        (PROPERTIES, lambda xml: after_declaration(xml, DOCTYPE), "declares a document type"),
        (RELATIONS, lambda xml: after_declaration(xml, DOCTYPE), "declares a document type"),
        (BODY, lambda xml: (DOCTYPE + b"<a/>").decode().encode("utf-16"), "declares a document"),
        (BODY, lambda xml: xml[: len(xml) // 2], "cannot be read as a Word document"),
        (BODY, lambda xml: b"", "cannot be read as a Word document"),
        (BODY, lambda xml: b"no xml", "cannot be read as a Word document"),
        (BODY, lambda xml: b"<other/>", "cannot be read as a Word document"),
        (BODY, lambda xml: None, "no Word document"),
        (TYPES, lambda xml: None, "cannot be read as a Word document"),
        (TYPES, lambda xml: xml.replace(b"wordprocessingml", b"excel"), "cannot be read as"),
        (RELATIONS, lambda xml: xml.replace(b"styles.xml", b"gone.xml"), "cannot be read as"),
        ("_rels/.rels", lambda xml: None, "cannot be read as a Word document"),
        ("_rels/.rels", lambda xml: xml.replace(b"officeDocument", b"x"), "cannot be read as"),
        ("word/styles.xml", lambda xml: None, "cannot be read as a Word document"),
        ("word/styles.xml", lambda xml: b"<a>", "cannot be read as a Word document"),
        (PROPERTIES, lambda xml: b"<a>", "cannot be read as a Word document"),
    ],
)
def test_a_broken_word_document_is_its_own_fault(
    part: str, change: Callable[[bytes], bytes | None], said: str
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = change(source.read(name)) if name == part else source.read(name)
            if content is not None:
                target.writestr(name, content)
    refused = outcome_of(Composed(out.getvalue(), ".docx")).refused

    assert said in refused
    assert "fault of the" not in refused


def test_whatever_a_library_raises_on_a_file_is_the_files_fault() -> None:
    said = pytest.raises(UnreadableError, match=r"read as a map \(KeyError\); leave it out")
    with said, broken("a map", "leave it out"):
        raise KeyError
    with pytest.raises(MemoryError), broken("a map", "leave it out"):
        raise UnknownError


def test_a_document_about_no_known_authority_is_refused() -> None:
    document = compose.focused_visit_letter()
    text = "\n\n".join(block.text for block in document.blocks).replace("Knowsley", "Nowhere")
    outcome = outcome_of(Composed(text.encode(), ".txt"))
    assert outcome.reading is None
    assert "no English local authority" in outcome.refused


def test_a_file_over_the_largest_size_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    (outcome,) = read_all([str(path)], AUTHORITIES, jobs=1)
    assert f"at most {MAX_BYTES:,} are read" in outcome.refused


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    (outcome,) = read_all([str(tmp_path / "gone.pdf")], AUTHORITIES, jobs=1)
    assert "cannot be opened" in outcome.refused


def test_a_hostile_page_reaches_no_file_and_no_server(register: Register) -> None:
    said = reason(register, "hostile.html")
    assert "root:" not in said
    assert "127.0.0.1" not in said


def test_a_page_that_names_an_unknown_encoding_is_read_or_refused_for_it(tmp_path: Path) -> None:
    page = compose.news_page().content.replace(b'charset="utf-8"', b'charset="utf-99"')
    outcome = outcome_of(Composed(page, ".html"))
    assert outcome.reading is not None
    assert outcome.reading.authority == "knowsley"


# Documents that hang or crash


class Hanging:
    """What never comes to an end with an ILACS report."""

    def prepare(self) -> None:
        pass

    def __call__(self, reading: Reading) -> None:
        if reading.kind.framework == "ILACS" and reading.kind.document == "report":
            self.act()

    def act(self) -> None:
        threading.Event().wait()


class Dying(Hanging):
    """What kills its own process over one."""

    def act(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


class NeverReady(Hanging):
    """What never comes to an end with preparing."""

    def prepare(self) -> None:
        self.act()


def three(folder: Path) -> list[str]:
    """Write three documents, the least first; the largest is read first, then the ILACS report."""
    makers = (compose.focused_visit_letter, compose.ilacs_report, compose.sif_report)
    paths = [write(make(), folder, make.__name__) for make in makers]
    sizes = [path.stat().st_size for path in paths]
    assert sizes == sorted(sizes)
    return [str(path) for path in paths]


def test_a_document_that_takes_too_long_is_refused_and_the_run_goes_on(tmp_path: Path) -> None:
    paths = three(tmp_path)
    # the others have the time that a process may take to start, as each is the first of one
    outcomes = read_all(paths, AUTHORITIES, jobs=1, seconds=0.001, task=Hanging())
    assert [outcome.path for outcome in outcomes] == paths
    least, ilacs, largest = outcomes
    assert largest.reading is not None
    assert ilacs.refused.startswith("reading it took longer than 0.001 seconds; ")
    assert least.reading is not None


def test_a_document_whose_reader_dies_is_refused_and_the_run_goes_on(tmp_path: Path) -> None:
    least, ilacs, largest = read_all(three(tmp_path), AUTHORITIES, jobs=1, task=Dying())
    assert largest.reading is not None
    assert "crashed the reader" in ilacs.refused
    assert least.reading is not None


def test_a_reader_that_dies_before_it_is_ready_refuses_what_it_was_given_and_is_replaced(
    tmp_path: Path,
) -> None:
    path = write(compose.focused_visit_letter(), tmp_path)
    worker = workers._Worker(AUTHORITIES, NeverReady())
    try:
        first = worker.child.process
        assert worker.give(str(path), 30)
        first.kill()
        assert "crashed the reader" in worker.take().refused
        assert worker.child.process is not first
        assert worker.child.process.is_alive()
    finally:
        worker.stop()


def test_a_reader_that_died_idle_is_replaced(tmp_path: Path) -> None:
    path = write(compose.focused_visit_letter(), tmp_path)
    worker = workers._Worker(AUTHORITIES)
    try:
        worker.child.process.kill()
        worker.child.process.join()
        assert worker.give(str(path), 30)
        assert worker.take().reading is not None
    finally:
        worker.stop()


def test_files_that_no_reader_takes_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [str(tmp_path / name) for name in ("one.pdf", "two.pdf", "three.pdf")]

    def give(worker: workers._Worker, path: str, seconds: float) -> bool:
        worker.path = path
        return False

    monkeypatch.setattr(workers._Worker, "give", give)
    outcomes = read_all(paths, AUTHORITIES)
    assert [outcome.path for outcome in outcomes] == paths
    assert {outcome.refused for outcome in outcomes} == {
        "no process could be started to read it; leave it out, or try again later"
    }


class UnknownError(Exception):
    """What the XML library raises where memory ends: it calls the error unknown."""

    error_log = (SimpleNamespace(type_name="ERR_NO_MEMORY"),)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KeyError("a fault"), "the reader failed on it (KeyError)"),
        (MemoryError(), "more memory than a document may"),
        (RecursionError(), "more memory than a document may"),
        (UnknownError("unknown error"), "more memory than a document may"),
    ],
)
def test_whatever_goes_wrong_inside_the_reader_refuses_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(workers, "read_document", fail)
    outcome = workers.read_one(str(write(compose.news_page(), tmp_path)), GAZETTEER)
    assert outcome.reading is None
    assert words in outcome.refused
    assert "leave it out" in outcome.refused


def test_no_process_is_left_behind(tmp_path: Path) -> None:
    before = {process.pid for process in multiprocessing.active_children()}
    path = write(compose.focused_visit_letter(), tmp_path)
    assert read_all([str(path)], AUTHORITIES, jobs=2)[0].reading is not None
    after = {process.pid for process in multiprocessing.active_children()}
    assert after <= before


# Which files are taken


def test_a_folder_given_twice_gives_each_file_once(tmp_path: Path) -> None:
    path = write(compose.empty_file(), tmp_path)
    assert gather([tmp_path, tmp_path, path]) == {str(path): path.name}


def test_a_folder_spelled_two_ways_gives_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    write(compose.empty_file(), tmp_path)
    assert len(gather([tmp_path, tmp_path / "below" / ".."])) == 1


def test_files_of_two_folders_are_told_apart(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        write(compose.empty_file(), tmp_path / folder)
    names = gather([tmp_path / "one", tmp_path / "two"])
    assert sorted(names.values()) == ["one/document.pdf", "two/document.pdf"]


def test_files_shown_alike_are_told_apart_by_as_much_of_their_paths_as_it_takes(
    tmp_path: Path,
) -> None:
    for folder in ("a/in", "b/in", "c/in"):
        (tmp_path / folder).mkdir(parents=True)
        write(compose.empty_file(), tmp_path / folder, "same")
    write(compose.empty_file(), tmp_path / "a" / "in", "own")
    names = gather([tmp_path / "a" / "in", tmp_path / "b" / "in", tmp_path / "c"])
    assert sorted(names.values()) == ["a/in/same.pdf", "b/in/same.pdf", "c/in/same.pdf", "own.pdf"]


def test_names_that_are_no_utf_8_are_shown_in_printable_signs(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.pdf", "wb"):  # noqa: PTH123 - no text spells it
        pass
    (tmp_path / "café.pdf").touch()
    assert sorted(gather([tmp_path]).values()) == ["caf\\xe9.pdf", "café.pdf"]


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    secret = write(compose.focused_visit_letter(), outside, "secret")
    own = write(compose.focused_visit_letter(), inside, "own")
    (inside / "link.pdf").symlink_to(secret)
    (inside / "linked-folder").symlink_to(outside, target_is_directory=True)
    (inside / "link-to-own.pdf").symlink_to(own)
    (inside / "link-to-nothing.pdf").symlink_to(tmp_path / "nothing.pdf")
    names = gather([inside])
    assert set(names.values()) == {"link-to-own.pdf", "link.pdf", "link-to-nothing.pdf"}
    register = read_register(names, AUTHORITIES, jobs=1)
    refused = {names[outcome.path] for outcome in register.refused if "link" in outcome.refused}
    assert refused == {"link.pdf", "link-to-nothing.pdf"}


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    for name in (".hidden.pdf", ".git/kept.pdf", "a/b/deep.PDF"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"words")
    (tmp_path / "folder.pdf").mkdir()
    assert list(gather([tmp_path]).values()) == ["a/b/deep.PDF"]


FOREIGN = {
    "letter.rtf": (b"{\\rtf1\\ansi Dear Sir}", "it is RTF: save it as .docx or PDF"),
    "renamed.txt": (b"{\\rtf1\\ansi Dear Sir}", "it is RTF: save it as .docx or PDF"),
    "old.doc": (b"\xd0\xcf\x11\xe0 old", "it is an old Office file, or one that is locked"),
    "letter.odt": (
        zipped("content.xml").content,
        "it is no Word document, but an OpenDocument file: save",
    ),
    "grades.xlsx": (
        zipped("xl/workbook.xml").content,
        "it is no Word document, but an Excel workbook: save the",
    ),
    "slides.pptx": (
        zipped("ppt/presentation.xml").content,
        "it is no Word document, but a PowerPoint presentation",
    ),
    "all.zip": (
        zipped("one.pdf").content,
        "it is no Word document, but a zip archive: unpack it",
    ),
    "codes.csv": (b"finding,theme\n", "its name ends in .csv, and it is no PDF"),
    "report.pdf.part": (b"half a report", "its name ends in .part"),
}


def test_every_file_of_a_folder_that_is_not_read_is_named_with_its_reason(tmp_path: Path) -> None:
    for name, (content, _) in FOREIGN.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "no ending").write_bytes(compose.focused_visit_letter().content)
    (tmp_path / "manifest.csv").write_text("sha256,published\n")
    register = read_register(gather([tmp_path]), AUTHORITIES, jobs=1)
    problems = {
        row["file"]: row["problem"]
        for row in register.tables()["problems.csv"][1]
        if row["severity"] == "refused"
    }
    assert list(problems) == sorted(FOREIGN)
    assert {n: told for n, (_, told) in FOREIGN.items() if not problems[n].startswith(told)} == {}
    assert len(register.documents) == 1


@pytest.mark.parametrize("name", FOREIGN)
def test_a_file_named_outright_is_refused_for_the_same_reason(tmp_path: Path, name: str) -> None:
    content, told = FOREIGN[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableError) as caught:
        open_document(tmp_path / name)
    assert str(caught.value).startswith(told)


def test_a_file_named_outright_is_read_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "no ending"
    path.write_bytes(compose.focused_visit_letter().content)
    register = read_register(gather([path]), AUTHORITIES, jobs=1)
    assert [document.reading.authority for document in register.documents] == ["knowsley"]


def test_a_file_with_a_strange_name_is_read_and_named(tmp_path: Path) -> None:
    name = '=cmd|"x", \nÉtude ’ --help.pdf'
    (tmp_path / name).write_bytes(compose.focused_visit_letter().content)
    register = read_register(gather([tmp_path]), AUTHORITIES, jobs=1)
    (row,) = register.tables()["documents.csv"][1]
    assert row["file"] == name
    assert row["authority"] == "knowsley"


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(FindingsError, match=r"nowhere\.pdf"):
        gather([tmp_path / "nowhere.pdf"])


def test_a_folder_without_documents_says_which_endings_are_taken(tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as caught:
        gather([tmp_path])
    assert all(suffix in str(caught.value) for suffix in SUFFIXES)
