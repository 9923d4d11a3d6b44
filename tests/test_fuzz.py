"""Whatever stands in a file, it is read or refused in a sentence; nothing else is ever raised.

Each case is made from its number alone, so that one that fails comes again. A few of each kind are
tried; `FINDINGS_FUZZ=2000`, as `make fuzz FUZZ=2000` sets it, tries so many, and
`FINDINGS_FUZZ_FROM=417` begins at that number.
"""

from __future__ import annotations

import io
import os
import random
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import compose
import pytest
from builders import FIXTURE
from databases import QUALCODER, TAGUETTE, database

from analysis.cli.tagging import _findings
from analysis.codes.exchange.bringing import bring_codes
from analysis.codes.exchange.mapping import guess
from analysis.codes.exchange.opening import read_coded
from analysis.codes.exchange.ours import as_project
from analysis.codes.exchange.segments import as_csv, as_xlsx, to_segments
from analysis.codes.exchange.writing import to_qdc, to_qdpx
from analysis.codes.sheets.correcting import corrections
from analysis.codes.sheets.writing import to_workbook
from analysis.codes.tagger.model import MODEL, Model
from analysis.codes.tagger.scores import SCORES, read_scores
from analysis.data.codebook import load_codebook
from analysis.data.loading import check, load_data
from analysis.documents.fetching.fetch import COLUMNS, MANIFEST, _Shelf
from analysis.documents.fetching.listing import documents_on
from analysis.documents.workers import read_all
from analysis.errors import FindingsError
from analysis.project import Project
from analysis.report.sentences.headline import headline
from analysis.report.tables.cards import cards
from analysis.results.results import Results, analyse
from analysis.running.selection import Authorities, read_sets, refuse_odd

pytestmark = pytest.mark.fuzz
TRIED = int(os.environ.get("FINDINGS_FUZZ", "0"))
FIRST = int(os.environ.get("FINDINGS_FUZZ_FROM", "0"))
AUTHORITIES = (("exampleshire", "Exampleshire"), ("knowsley", "Knowsley"), ("kent", "Kent"))
TOKENS = (
    b"", b"\0", b'"', b"'", b",", b";", b"\t", b"\n", b"\r", b"\n\n", b" ", b"=1+1", b"@x", b"-",
    b"--", b"/", b"../", b"\\", b"<", b">", b"&a;", b"<!ENTITY a 'b'>", b"<![CDATA[", b"]]>", b"{",
    b"}", b"[", b"]", b": ", b"&x ", b"*x", b"!!python/object:os.system", b"|", b"#", b"nan",
    b"inf",
    b"-1", b"0", b"9" * 40, b"1e999", b"2014-02-30", b"20/01/2025", b"none", b"None", b"null",
    b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\xe2\x80\xae",
    "\u2028".encode(), "\U0001f600".encode(), "é".encode("cp1252"), b"x" * 3_000, b"1 0 obj",
    b"%PDF-", b"PK\x03\x04",
)  # fmt: skip


def cases(usual: int) -> Iterator[tuple[int, random.Random]]:
    """Number each case, with dice of its own."""
    for number in range(FIRST, FIRST + (TRIED or usual)):
        yield number, random.Random(number)  # noqa: S311 - no secret


def damaged(raw: bytes, dice: random.Random) -> bytes:
    """Change some places of a file: bytes, tokens, pieces that go, stand twice or change places."""
    for _ in range(dice.choice((1, 1, 1, 2, 3, 8))):
        start = dice.randrange(len(raw) + 1)
        end = min(len(raw), start + dice.choice((0, 1, 1, 2, 5, 20, 200)))
        middle = dice.choice(
            (dice.choice(TOKENS), dice.choice(TOKENS), dice.randbytes(3), raw[start:end] * 2, b"")
        )
        raw = raw[:start] + middle + raw[end:]
        if dice.random() < 0.05:
            raw = raw[:start]
    return raw


def tried(number: int, read: Callable[[], object]) -> None:
    """Read what was damaged; it may be refused."""
    try:
        with suppress(FindingsError):
            read()
    except Exception as error:
        error.add_note(f"FINDINGS_FUZZ_FROM={number} FINDINGS_FUZZ=1 shows it alone")
        raise


def said(results: Results) -> object:
    """Say what a page says first, and on every theme."""
    return headline(results), cards(results)


@pytest.mark.promise("read-or-refused")
def test_damaged_data_are_read_or_refused(tmp_path):
    project = Project(shutil.copytree(FIXTURE, tmp_path / "project"))
    files = sorted(path for path in project.raw().rglob("*") if path.is_file())
    for number, dice in cases(6):
        path = dice.choice(files)
        whole = path.read_bytes()
        path.write_bytes(damaged(whole, dice))
        tried(number, lambda: check("exampleshire", project))
        tried(number, lambda: said(analyse(load_data("exampleshire", project))))
        path.write_bytes(whole)


SETS = b"""- authority: exampleshire
  start: 2018
  themes: [supervision, caseloads]
- authority: exampleshire
  end: 2014-04
  include_secondary: true
"""
LISTED = f"""{",".join(COLUMNS)}
a.pdf,https://files.ofsted.gov.uk/v1/file/1,Visit,visit,2024-03-06,aa,9,\"\"\"x\"\"\",,2024
""".encode()


@pytest.mark.promise("read-or-refused")
def test_damaged_lists_are_read_or_refused(tmp_path):
    authorities, project = Authorities.read(Project(FIXTURE)), Project(FIXTURE)
    codebook = (FIXTURE / "data" / "raw" / "codebook.yml").read_bytes()
    path = tmp_path / "file"
    readers: tuple[tuple[bytes, Callable[[], object]], ...] = (
        (SETS, lambda: refuse_odd(read_sets(path), authorities, project)),
        (codebook, lambda: load_codebook(path)),
        (b'id,text,area\n1,"Caseloads, too high",leadership\n2,Good,\n', lambda: _findings(path)),
        (LISTED, lambda: _Shelf.open(tmp_path)),
        (SCORES.read_bytes(), lambda: read_scores(path)),
        (compose.news_page().content, lambda: documents_on(path.read_bytes(), "https://a.test/")),
    )
    for number, dice in cases(120):
        whole, read = readers[number % len(readers)]
        raw = damaged(whole, dice)
        path.write_bytes(raw)
        (tmp_path / MANIFEST).write_bytes(raw)
        tried(number, read)


@pytest.mark.promise("read-or-refused")
def test_a_damaged_model_is_read_or_refused(tmp_path):
    path = tmp_path / "model.npz"
    with zipfile.ZipFile(MODEL) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for number, dice in cases(8):
        path.write_bytes(repacked(parts, dice) if number % 2 else damaged(MODEL.read_bytes(), dice))
        tried(number, lambda: Model.load(path))


def repacked(parts: dict[str, bytes], dice: random.Random) -> bytes:
    """Return an archive one part of which is damaged, or gone."""
    chosen, out = dice.choice(sorted(parts)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            if name != chosen:
                archive.writestr(name, part)
            elif dice.random() < 0.9:
                archive.writestr(name, damaged(part, dice))
    return out.getvalue()


@pytest.mark.promise("read-or-refused")
def test_damaged_documents_are_read_or_refused(tmp_path):
    letter = compose.focused_visit_letter()
    word = compose.as_docx(letter).content
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    makes: tuple[tuple[str, Callable[[random.Random], bytes]], ...] = (
        ("pdf", lambda dice: damaged(letter.content, dice)),
        ("docx", lambda dice: repacked(parts, dice)),
        ("docx", lambda dice: damaged(word, dice)),
        ("html", lambda dice: damaged(compose.news_page().content, dice)),
        ("txt", lambda dice: damaged(compose.improvement_notice().content, dice)),
    )
    paths = []
    for number, dice in cases(50):
        suffix, make = makes[number % len(makes)]
        paths.append(tmp_path / f"{number}.{suffix}")
        paths[-1].write_bytes(make(dice))

    assert faults(read_all([str(path) for path in paths], AUTHORITIES, jobs=2)) == {}


def faults(outcomes: Iterable) -> dict[str, str]:
    """Why files were refused that are not at fault, by file; its name bears the number."""
    ours = ("fault of the", "crashed the reader", "took longer", "more memory")
    return {o.path: o.refused for o in outcomes if any(words in o.refused for words in ours)}


@pytest.mark.promise("read-or-refused")
def test_damaged_coding_is_read_or_refused(tmp_path):
    """Workbooks, projects, tables and databases, damaged as they lie or inside their archives."""
    data = load_data("exampleshire", Project(FIXTURE))
    coded = as_project(data)
    meanings = {path: guess(path, data.codebook) for path in coded.paths().values()}
    kinds = (
        to_workbook(data), to_qdpx(coded), to_qdc(coded), as_csv(to_segments(coded)),
        as_xlsx(to_segments(coded)), *databases_of(str(data.findings["summary"].iloc[3]), tmp_path),
    )  # fmt: skip
    path = tmp_path / "coding"

    def taken() -> None:
        read = read_coded(path)
        to_qdpx(read)
        bring_codes(data, read, meanings, "ann", lambda _findings: {})

    for number, dice in cases(21):
        whole = kinds[number % len(kinds)]
        packed = whole.startswith(b"PK")
        if packed and number % 3:
            with zipfile.ZipFile(io.BytesIO(whole)) as archive:
                parts = {name: archive.read(name) for name in archive.namelist()}
            path.write_bytes(repacked(parts, dice))
        else:
            path.write_bytes(damaged(whole, dice))
        tried(number, taken)
        if whole is kinds[0]:
            tried(number, lambda: corrections(data, path, "ann"))


def databases_of(words: str, folder: Path) -> Iterator[bytes]:
    """Compose a project of QualCoder and one of Taguette in which some words are coded."""
    end = len(words)
    yield database(folder / "qualcoder", QUALCODER, [
        ("insert into source values (1, 'a', ?, '', '', 'Ann', '')", (words,)),
        ("insert into code_text values (1, 1, 1, ?, 0, ?, 'Ann', '', 'm', null, 0)", (words, end)),
    ]).read_bytes()  # fmt: skip
    yield database(folder / "taguette", TAGUETTE, [
        ("insert into documents values (1, 'a', 'd', 'a.pdf', '', 1, ?)", (f"<p>{words}</p>",)),
        ("insert into highlights values (1, 1, 0, ?, ?)", (end, words)),
        ("insert into highlight_tags values (1, 2)", ()),
    ]).read_bytes()  # fmt: skip
