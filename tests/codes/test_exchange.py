"""Coding taken to other programs and brought from them."""

from __future__ import annotations

import csv
import io
import random
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from databases import QUALCODER, TAGUETTE, database
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook, load_workbook

from analysis.codes.exchange import segments
from analysis.codes.exchange.bringing import BY_CODE, BY_PAIR, BY_TAGGER, apart, bring_codes
from analysis.codes.exchange.mapping import FIELDS, guess, read_mapping, to_mapping, unmapped
from analysis.codes.exchange.matching import Known
from analysis.codes.exchange.model import Case, Code, Coded, Coding, Selection, Source, guid
from analysis.codes.exchange.opening import read_coded
from analysis.codes.exchange.ours import as_project, codes_of
from analysis.codes.exchange.positions import with_line_feeds
from analysis.codes.exchange.reading import read_refi
from analysis.codes.exchange.segments import as_csv, as_xlsx, to_segments
from analysis.codes.exchange.writing import PROJECT, to_qdc, to_qdpx
from analysis.codes.tagged import directions_of, tag_uncoded
from analysis.data.loading import load_data
from analysis.data.rows import read_rows
from analysis.errors import DataError

SCHEMAS = Path(__file__).parents[1] / "fixtures" / "refi"
AUTHORITY = "exampleshire"
LETTER, REPORT = "exampleshire-focused-visit-2019-06-28", "exampleshire-inspection-2022-11-21"
NS = {"q": PROJECT}


def saved(folder: Path, content: bytes, name: str = "project.qdpx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def entry(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("project.qde")


def packed(qde: bytes, name: str = "project.qde", **texts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, qde)
        for text, content in texts.items():
            archive.writestr(f"Sources/{text}.txt", content)
    return buffer.getvalue()


def qde(body: str, attributes: str = "") -> bytes:
    return f'<Project name="p" xmlns="{PROJECT}" {attributes}>{body}</Project>'.encode()


def no_tagger(_wanted) -> dict:
    return {}


# Taking along


@pytest.fixture(scope="module")
def project_of(exampleshire):
    with exampleshire.lent() as results:
        yield as_project(results.data)


@pytest.mark.promise("exchange-same-bytes")
def test_what_is_exported_comes_back_and_is_exported_as_the_same_bytes(project_of, tmp_path):
    content = to_qdpx(project_of)
    read = read_refi(saved(tmp_path, content))
    assert read == project_of
    assert to_qdpx(read) == content
    book = to_qdc(project_of)
    assert to_qdc(read_refi(saved(tmp_path, book, "codes.qdc"))) == book


def test_children_stand_in_the_order_of_the_schemas(project_of):
    root = etree.fromstring(entry(to_qdpx(project_of)))
    order = {
        "Project": ["Users", "CodeBook", "Variables", "Cases", "Sources", "Description"],
        "Code": ["Description", "Code"],
        "Case": ["Description", "VariableValue", "SourceRef", "SelectionRef"],
        "TextSource": ["Description", "PlainTextSelection"],
        "PlainTextSelection": ["Description", "Coding"],
        "Coding": ["CodeRef"],
        "VariableValue": ["VariableRef", "TextValue"],
    }
    for element in root.iter():
        name = etree.QName(element).localname
        if name in order:
            places = [order[name].index(etree.QName(child).localname) for child in element]
            assert places == sorted(places), name
    needed = {
        "Code": ("guid", "name", "isCodable"), "User": ("guid",), "Variable": ("guid", "name"),
        "TextSource": ("guid", "plainTextPath"), "Case": ("guid",), "Coding": ("guid",),
        "PlainTextSelection": ("guid", "startPosition", "endPosition"), "Project": ("name",),
    }  # fmt: skip
    for name, attributes in needed.items():
        found = root.xpath(f"//q:{name}", namespaces=NS) or [root]
        assert all(element.get(a) for element in found for a in attributes), name
    assert not [e for e in root.iter() if len(e) == 0 and not e.text and not e.attrib]
    guids = root.xpath("//@guid")
    assert len(guids) == len(set(guids))


def against_schema(name: str, content: bytes) -> list[str]:
    """What our own schema of the standard's facts has against a file."""
    schema = etree.XMLSchema(etree.parse(SCHEMAS / f"{name}.xsd"))
    schema.validate(etree.fromstring(content))
    return [error.message for error in schema.error_log]


def test_projects_and_codebooks_are_valid_by_the_rules_of_the_standard(project_of):
    project, book = entry(to_qdpx(project_of)), to_qdc(project_of)
    assert against_schema("project", project) == against_schema("codebook", book) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("codebook", b' isCodable="true"', b""), ("codebook", b"codebook:1.0", b"codebook:2.0"),
        ("project", b" startPosition=", b" begin="), ("project", b"<Users>", b"<Sets/><Users>"),
    ],
)  # fmt: skip
def test_those_rules_refuse_what_breaks_them(project_of, name, old, new):
    content = entry(to_qdpx(project_of)) if name == "project" else to_qdc(project_of)
    assert old in content
    assert against_schema(name, content.replace(old, new)) != []


def test_a_text_says_whether_it_is_published_and_selections_hold_their_paragraph(project_of, data):
    source = next(s for s in project_of.sources if s.name == REPORT)
    assert "composed of our summaries" in source.memo
    summaries = dict(zip(data.findings["finding"], data.findings["summary"], strict=True))
    for selection in source.selections:
        words = source.text[selection.start : selection.end]
        assert words == summaries[f"{REPORT}/{selection.name.partition('¶')[2]}"]


def test_visits_are_cases_with_their_grades(project_of):
    case = next(c for c in project_of.cases if c.name == "Inspection of October 2022")
    assert case.values["Began"] == "2022-10-03"
    assert case.values["Framework"].startswith("Inspection of Local Authority")
    assert any(name.startswith("Grade: ") for name in case.values)


@pytest.mark.promise("exchange-forms")
@pytest.mark.parametrize("form", ["qdpx", "qdc", "tags", "xlsx", "csv", "matrix"])
def test_every_form_is_written_by_the_command(project, findings, tmp_path, form):
    out = tmp_path / f"out.{'xlsx' if form == 'matrix' else form}"
    assert findings("export", AUTHORITY, "--to", form, "--out", out).status == 0
    first = out.read_bytes()
    assert findings("export", AUTHORITY, "--to", form, "--out", out).status == 0
    assert out.read_bytes() == first
    if form == "matrix":
        made = load_workbook(out)
        assert made.sheetnames == ["0 and 1", "directions", "together"]
        rows = list(made["0 and 1"].iter_rows(values_only=True))
        at = {head: place for place, head in enumerate(rows[0])}
        row = next(row for row in rows if row[0] == f"{REPORT}/6")
        assert [row[at[name]] for name in ("audit", "supervision", "plans")] == [1, 1, 0]


def test_an_unknown_form_and_an_unknown_coder_are_named(project, findings, tmp_path):
    said = findings("export", AUTHORITY, "--to", "nvivo", "--out", tmp_path / "x")
    assert (said.status, "qdpx" in said.err) == (2, True)
    said = findings(
        "export", AUTHORITY, "--to", "qdpx", "--out", tmp_path / "x", "--coder", "reder-1"
    )
    assert (said.status, "reader-1" in said.err) == (2, True)
    assert list(tmp_path.glob("x")) == []


# Bringing back


def brought(data, coded: Coded, coder: str = "", tag=no_tagger, **given: dict):
    table = read_rows_of(to_mapping(coded, data.codebook))
    meanings = {row["code"]: {name: row[name] for name in FIELDS if row[name]} for row in table}
    return bring_codes(data, coded, meanings | given, coder, tag)


def read_rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.promise("exchange-comes-back")
def test_our_own_codes_come_back_as_they_stand(project_of, data):
    made = brought(data, project_of)
    assert made.lost == []
    kept, told = apart(data, made)
    assert kept == {}
    assert all("stand there already" in line and "others" not in line for line in told)


@pytest.mark.parametrize("form", ["qdpx", "csv", "xlsx"])
def test_codes_taken_along_come_back_under_another_name(project, findings, tmp_path, form):
    out = tmp_path / f"codes.{form}"
    findings("export", AUTHORITY, "--to", form, "--out", out, "--coder", "reader-1")
    before = list(read_rows(project.raw(AUTHORITY, "codes", "reader-1.csv"), "x"))
    first = findings("import", AUTHORITY, out, "--coder", "me")
    assert (first.status, "Nothing was taken yet" in first.out) == (0, True)
    said = findings("import", AUTHORITY, out, "--coder", "me")
    assert said.status == 0
    after = list(read_rows(project.raw(AUTHORITY, "codes", "me.csv"), "x"))
    assert sorted(map(str, after)) == sorted(map(str, before))
    again = findings("import", AUTHORITY, out, "--coder", "me")
    assert "Nothing was written" in again.out


def elsewhere(data) -> Coded:
    """A project as somebody made it in another program, over text that was cut otherwise."""
    findings = data.findings.set_index("finding")["summary"]
    parts = [findings[f"{REPORT}/{n}"] for n in range(1, 11)]
    text = "Page 1\nInspection\n\n" + "\n".join(part.replace(" ", "\n", 2) for part in parts)

    def at(n: int) -> tuple[int, int]:
        words = parts[n - 1].replace(" ", "\n", 2)
        return text.index(words), text.index(words) + len(words)

    codes = (
        Code("1", "Workload"), Code("2", "caseload size", "1"), Code("3", "Weak"),
        Code("4", "Plans"), Code("5", "Weather"), Code("6", "Audit"), Code("7", "strong", "6"),
        Code("8", "Care leavers"),
    )  # fmt: skip
    plan = at(3)
    selections = (
        Selection("a", *at(2), (Coding("a1", "2", "u"), Coding("a2", "3", "u"))),
        Selection("b", plan[0] + 4, plan[1] - 9, (Coding("b1", "4", "u"),), memo="drift, again"),
        Selection("c", plan[0], plan[0] + 30, (Coding("c1", "3", "u"),)),
        Selection("d", *at(6), (Coding("d1", "7", "v"), Coding("d2", "5", "v"))),
        Selection("e", *at(10), (Coding("e1", "4", "v"),)),
        Selection("f", 0, 6, (Coding("f1", "4", "v"),)),
    )
    other = Source("s2", "minutes.docx", "Nothing that is held anywhere here.",
                   (Selection("g", 0, 20, (Coding("g1", "4", "v"),)),))  # fmt: skip
    return Coded(
        "mine", {"u": "Ann S.", "v": "bob"}, codes,
        (Source("s1", "report (final).pdf", text, selections), other),
    )  # fmt: skip


@pytest.mark.promise("exchange-placed-by-words")
def test_somebody_elses_codes_are_placed_by_words_with_directions_from_where_they_can(data):
    coded = elsewhere(data)
    found = f"{REPORT}/10"
    made = brought(data, coded, tag=lambda wanted: {(found, "plans"): "strength"})
    assert made.documents == {"report (final).pdf": REPORT, "minutes.docx": ""}
    codes = {
        (coder, finding): [(row["theme"], row["direction"], row["note"]) for row in rows]
        for coder, own in made.codes.items()
        for finding, rows in own.items()
    }
    assert codes == {
        ("ann-s", f"{REPORT}/2"): [("caseloads", "weakness", f"direction from {BY_PAIR}")],
        ("ann-s", f"{REPORT}/3"): [
            ("plans", "weakness", f"drift, again; direction from {BY_PAIR}")
        ],
        ("bob", f"{REPORT}/6"): [("audit", "strength", "")],
        ("bob", found): [("plans", "strength", "direction from the tagger")],
    }
    assert made.directions == {BY_PAIR: 2, BY_CODE: 1, BY_TAGGER: 1}
    assert len(made.lost) == 2
    assert "report (final).pdf, characters 0 to 6 ('Page 1')" in made.lost[0]
    assert "minutes.docx" in made.lost[1]


def test_without_a_direction_from_anywhere_a_code_is_named_and_left_out(data):
    coded = elsewhere(data)
    made = brought(data, coded)
    assert f"{REPORT}/10: plans has no direction" in "\n".join(made.lost)
    assert f"{REPORT}/10" not in made.codes["bob"]


@pytest.mark.promise("exchange-directions")
def test_themes_alone_get_directions_by_their_words_though_the_tagger_would_not_find_them(knowsley):
    data = knowsley.data
    codes = data.codes[(data.codes["coder"] == "reader-1") & (data.codes["theme"] != "none")]
    codes = codes.drop_duplicates(["finding", "theme"])
    texts = dict(zip(data.findings["finding"], data.findings["summary"], strict=True))
    tagged = tag_uncoded(data.findings, data.codes.iloc[:0], data.codebook, data.visits)
    found = set(zip(tagged["finding"], tagged["theme"], strict=True))
    wanted = codes[
        [pair not in found for pair in zip(codes["finding"], codes["theme"], strict=True)]
    ]
    wanted = wanted.assign(text=wanted["finding"].map(texts))
    told = directions_of(wanted[["finding", "theme", "text"]], data.codebook)
    right = [
        told[finding, theme] == direction
        for finding, theme, direction in zip(
            wanted["finding"], wanted["theme"], wanted["direction"], strict=True
        )
    ]
    assert len(right) > 200
    assert sum(right) / len(right) > 0.7
    assert list(told.values()).count("neutral") < len(told) / 20


def test_codes_that_mean_nothing_here_are_listed_with_how_often_they_were_given(data):
    coded = elsewhere(data)
    meanings = {row["code"]: {"theme": row["theme"]} if row["theme"] else {}
                for row in read_rows_of(to_mapping(coded, data.codebook))}  # fmt: skip
    none, unused = unmapped(coded, meanings)
    assert "Weather (1)" in none
    assert "Workload" not in " ".join(none)
    assert unused == ["Audit"]


def test_several_directions_for_one_theme_are_mixed_and_said(data):
    coded = elsewhere(data)
    source = coded.sources[0]
    twice = replace(source.selections[3], guid="z", codings=(Coding("z1", "9", "v"),))
    coded = replace(
        coded, codes=(*coded.codes, Code("9", "weak", "6")),
        sources=(replace(source, selections=(*source.selections, twice)),),
    )  # fmt: skip
    made = brought(data, coded)
    (row,) = made.codes["bob"][f"{REPORT}/6"]
    assert (row["direction"], made.merged) == ("mixed", 1)
    assert made.mixed == [f"{REPORT}/6: audit"]


@pytest.mark.promise("exchange-placed-by-words")
@pytest.mark.parametrize("at", [20, 90, 130, 180, 235])
def test_a_paragraph_is_known_though_a_page_ends_in_it(data, at):
    findings = data.findings.set_index("finding")["summary"].copy()
    long = " ".join(f"word{n} of a long paragraph here" for n in range(11))
    findings[f"{REPORT}/4"] = long
    foot = "\n\nInspection of Exampleshire, 3 October 2022\n\nPage 3\n\n"
    cut = long.index(" ", at)
    before, after = (findings[f"{REPORT}/{n}"] for n in (3, 5))
    text = f"{before}\n{long[:cut]}{foot}{long[cut + 1 :]}\n{after}"
    start = text.index("\nword0") + 1
    selection = Selection("a", start, start + len(long) + len(foot) - 1, (Coding("b", "1"),))
    source = Source("s", "x.pdf", text, (selection,))
    changed = replace(data, findings=data.findings.assign(summary=list(findings)))
    made = brought(changed, Coded("p", {}, (Code("1", "Plans: weak"),), (source,)))
    assert list(made.codes["imported"]) == [f"{REPORT}/4"]
    if 60 < at < 200:  # else all but its beginning or end stands together, which is enough
        apart = replace(source, text=text.replace(foot, " of another matter " * 40 + foot))
        spans = Known(changed.findings).spans(apart)
        assert f"{REPORT}/4" not in [span.finding for span in spans]


def test_a_text_is_known_by_fingerprints_where_its_words_are_not_held(data):
    from analysis.ids import words_print

    words = "Something was printed here which nobody holds, and it goes on for a while."
    findings = data.findings.copy()
    at = findings.index[findings["finding"] == f"{LETTER}/1"][0]
    findings.loc[at, "fingerprint"] = words_print(words)
    source = Source("s", "x.txt", f"Head\n\n{words}\n\nTail",
                    (Selection("a", 6, 40, (Coding("b", "1"),)),))  # fmt: skip
    made = brought(
        replace(data, findings=findings), Coded("p", {}, (Code("1", "Plans: weak"),), (source,))
    )
    assert list(made.codes["imported"]) == [f"{LETTER}/1"]


def test_names_of_coders_are_made_fit_and_readers_are_not_written_over(data):
    coded = elsewhere(data)
    made = brought(data, replace(coded, coders={"u": "reader-1", "v": "Zoë!"}))
    kept, told = apart(data, made)
    assert set(kept) == {"zoe"}
    assert "are others and were not taken" in told[0]


@pytest.mark.parametrize(
    ("path", "meaning"),
    [
        ("Supervision", {"theme": "supervision"}),
        ("supervision of staff", {"theme": "supervision"}),
        ("private fostering", {"theme": "private-fostering"}),
        ("Practice > Plans > (weak)", {"theme": "plans", "direction": "weakness"}),
        ("Themes > Practice > Plans > Plans: mixed", {"theme": "plans", "direction": "mixed"}),
        ("Plans: weak", {"theme": "plans", "direction": "weakness"}),
        ("Practice > Plans (good)", {"theme": "plans", "direction": "strength"}),
        ("Plans > late - weak", {"theme": "plans", "direction": "weakness"}),
        ("Plans: late", {"theme": "plans"}),
        ("Themes > Read, no theme", {"theme": "none"}),
        ("About whom > care leavers", {"cohort": "care-leavers"}),
        ("How many > none", {"extent": "none"}),
        ("How many > lots", {}),
        ("none", {}),
    ],
)
def test_what_a_code_means_is_guessed(data, path, meaning):
    assert guess(path, data.codebook) == meaning


def test_a_table_of_meanings_is_read_back_or_what_is_wrong_is_named(data, tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text(to_mapping(elsewhere(data), data.codebook), encoding="utf-8")
    meanings = read_mapping(path, data.codebook)
    assert meanings["Audit > strong"] == {"theme": "audit", "direction": "strength"}
    text = path.read_text("utf-8").replace("Weather,1,,", "Weather,1,Pathway plans,Care Leavers")
    path.write_text(text, encoding="utf-8")
    assert read_mapping(path, data.codebook)["Weather"] == {
        "theme": "pathway-plans", "cohort": "care-leavers",
    }  # fmt: skip
    path.write_text(text.replace("Pathway plans,", "wind,"), encoding="utf-8")
    with pytest.raises(DataError, match=r"codes\.csv, row \d+, theme = 'wind'"):
        read_mapping(path, data.codebook)


@pytest.mark.promise("exchange-mapping-first")
def test_a_table_is_written_first_and_nothing_is_taken(project, findings, tmp_path, data):
    path = saved(tmp_path, to_qdpx(elsewhere(data)))
    said = findings("import", AUTHORITY, path)
    assert said.status == 0
    assert "Weather (1)" in said.out
    assert (tmp_path / "project-codes.csv").exists()
    assert not project.raw(AUTHORITY, "codes", "bob.csv").exists()
    assert findings("import", path, "--authority", AUTHORITY, "--check") == findings(
        "import", AUTHORITY, path, "--check"
    )
    for typed, told in (
        ([AUTHORITY], f"Name what is to be taken: findings import {AUTHORITY} FILE."),
        ([path], "--authority NAME."),
        ([AUTHORITY, path, "--authority", AUTHORITY], "Name the authority once"),
    ):
        wrong = findings("import", *typed)
        assert (wrong.status, told in " ".join(wrong.err.split())) == (2, True)
    said = findings("import", AUTHORITY, path, "--check")
    assert "would be written" in said.out
    assert not project.raw(AUTHORITY, "codes", "bob.csv").exists()
    said = findings("import", AUTHORITY, path)
    assert (said.status, said.out.count("characters 0 to")) == (0, 2)
    assert project.raw(AUTHORITY, "codes", "bob.csv").exists()
    assert findings("check", AUTHORITY).status == 0


def test_rows_of_a_workbook_that_are_not_there_are_not_looked_at_one_by_one(tmp_path, monkeypatch):
    book = Workbook()
    book.active.append(["text", "code"])
    book.active.append(["a", "Plans"])
    book.active.cell(100_000, 1, "b")
    book.active.cell(100_000, 2, "Plans")
    book.save(tmp_path / "far.xlsx")
    looked, cell = [], segments._cell
    monkeypatch.setattr(segments, "_cell", lambda each: looked.append(1) or cell(each))
    coded = read_coded(tmp_path / "far.xlsx")
    assert len(coded.sources[0].selections) == 2
    assert len(looked) < 1_000


def test_a_table_of_segments_of_another_program_is_read(data, tmp_path):
    findings = data.findings.set_index("finding")["summary"]
    rows = [
        "Document name;Segment;Code;Comment;Created by",
        f"a.pdf;{findings[f'{REPORT}/2'][5:50]};Caseloads > good;;Ann",
        f'a.pdf;"{findings[f"{REPORT}/3"]}";"Plans > weak\nWeather";late;Ann',
        "a.pdf;of no paragraph that is held anywhere;Plans;;Ann",
        "a.pdf;;Plans;;Ann",
    ]
    path = saved(tmp_path, "\n".join(rows).encode("cp1252"), "segments.csv")
    made = brought(data, read_coded(path))
    codes = {f: [(r["theme"], r["direction"], r["note"]) for r in rows]
             for f, rows in made.codes["ann"].items()}  # fmt: skip
    assert codes == {
        f"{REPORT}/2": [("caseloads", "strength", "")],
        f"{REPORT}/3": [("plans", "weakness", "late")],
    }
    assert len(made.lost) == 2
    with pytest.raises(DataError, match="this column is missing"):
        read_coded(saved(tmp_path, b"document,words\na,b", "other.csv"))


HEADERS = {
    "MAXQDA": (
        "Document name,Segment,Code,Comment,Created by",
        "a.pdf,{words},Plans > weak,see,Ann",
    ),
    "ATLAS.ti": (
        "Document,Quotation Content,Codes,Comment",
        'a.pdf,{words},"Plans: weak\nOdd",see',
    ),
    "Taguette": ("id,document,tag,content", "1,a.pdf,plans.weak,{words}"),
    "QualCoder": (
        '"File","Coder","Coded","Id","Codename","Coded_Memo","Category","Category","FileVar_Kind"',
        '"a.pdf","Ann","{words}","ctid:1","weak","see","Plans","Practice","x"',
    ),
    "QualCoder, code without its second category": (
        '"File/case","Coder","Coded","Id","Codename","Coded_Memo","Category","Category","FileVar_K"',
        '"a.pdf","Ann","{words}","ctid:1","weak","see","Plans","Weather"',
    ),
}


@pytest.mark.parametrize("program", HEADERS)
@pytest.mark.promise("exchange-tables")
def test_tables_of_segments_are_read_as_each_program_writes_them(data, tmp_path, program):
    header, row = HEADERS[program]
    words = data.findings.set_index("finding").loc[f"{REPORT}/4", "summary"].replace('"', "'")
    if not program.startswith("Qual"):
        words = f'"{words}"'
    text = f"{header}\n{row.replace('{words}', words)}\n"
    coded = read_coded(saved(tmp_path, text.encode("utf-8-sig"), "codings.csv"))
    (codes,) = brought(data, coded).codes.values()
    (row,) = codes[f"{REPORT}/4"]
    assert (row["theme"], row["direction"]) == ("plans", "weakness")
    assert row["note"] == ("" if program == "Taguette" else "see")
    paths = list(coded.paths().values())
    assert ("Practice > Plans > weak" in paths) == (program == "QualCoder")
    assert "Weather" not in " ".join(paths)
    unread = {"Taguette": "id", "QualCoder": "Id, FileVar_Kind"}.get(program)
    assert unread is None or coded.left_out == (f"columns that are not read: {unread}",)


def test_rows_that_do_not_fit_their_header_and_columns_twice_are_named(tmp_path):
    for text, why in (
        ("text,code\na,b,c", "row 2: 3 cells, but the header has 2"),
        ("text,code,category\na", "row 2: 1 cell, but"),
        ("text,code,text\na,b,c", "stands twice"),
    ):
        with pytest.raises(DataError, match=why):
            read_coded(saved(tmp_path, text.encode(), "x.csv"))


@pytest.mark.parametrize("head", ["tag", "name", "path"])
def test_a_table_of_codes_alone_is_a_codebook(findings, project, tmp_path, head):
    rows = f"{head},description,number of highlights\nplans.weak,poor,3\nplans,,0\n"
    coded = read_coded(saved(tmp_path, rows.encode(), "book.csv"))
    assert list(coded.paths().values()) == ["plans", "plans > weak"]
    assert coded.codes[1].description == "poor"
    said = findings("import", AUTHORITY, tmp_path / "book.csv")
    assert (said.status, "what each of 2 codes" in said.out) == (0, True)


def test_our_codebook_goes_out_as_tags_and_comes_back_as_the_same_codes(
    findings, project, tmp_path
):
    out = tmp_path / "tags.csv"
    assert findings("export", AUTHORITY, "--to", "tags", "--out", out).status == 0
    findings("export", AUTHORITY, "--to", "qdc", "--out", tmp_path / "book.qdc")
    book, tags = read_coded(tmp_path / "book.qdc"), read_coded(out)
    ours = [path for code in book.codes if code.codable for path in [book.paths()[code.guid]]]
    theirs = [path.replace(".", " > ") for path in tags.paths().values()]
    assert sorted(theirs) == sorted(ours)
    assert {c.description for c in tags.codes} == {c.description for c in book.codes if c.codable}


def test_segments_are_text_in_a_workbook_too(project_of, tmp_path):
    rows = to_segments(project_of)
    assert len(rows) == sum(len(source.selections) for source in project_of.sources)
    odd = [row | {"memo": "=1+1"} for row in rows[:2]]
    for name, content in (("a.csv", as_csv(odd)), ("a.xlsx", as_xlsx(odd))):
        read = read_coded(saved(tmp_path, content, name))
        assert [s.memo for source in read.sources for s in source.selections] == ["=1+1"] * 2


# Databases of other programs


def test_a_project_of_qualcoder_is_read(data, tmp_path):
    words = data.findings.set_index("finding").loc[f"{REPORT}/4", "summary"]
    text = f"\ufeffFirst\r\n{words}\r\nLast"
    start = text.index(words) - 1
    folder = tmp_path / "mine.qda"
    database(folder / "data.qda", QUALCODER, [
        ("insert into source values (1, 'a.pdf', ?, '', 'got by post', 'Ann', '')", (text,)),
        ("insert into code_text values (1, 1, 1, ?, ?, ?, 'Ann', '', 'drift', null, 0)",
         (words, start, start + len(words))),
        ("insert into code_text values (2, 1, 1, '', 5, 9000, 'Ann', '', '', null, 0)", ()),
        ("insert into code_text values (3, 1, 7, '', 5, 9, 'Ann', '', '', null, 0)", ()),
    ])  # fmt: skip
    coded = read_coded(folder)
    assert list(coded.paths().values()) == [
        "Practice",
        "Practice > Plans",
        "Practice > Plans > weak",
    ]
    (selection,) = coded.sources[0].selections
    assert coded.sources[0].text[selection.start : selection.end] == words
    assert len(coded.left_out) == 2
    assert [case.name for case in coded.cases] == ["Visit of 2022"]
    (row,) = brought(data, coded).codes["ann"][f"{REPORT}/4"]
    assert (row["theme"], row["direction"], row["note"]) == ("plans", "weakness", "drift")
    assert not list(folder.glob("*-journal"))


MORE = """
create table annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer,
    memo text, owner text, date text);
create table code_image (imid integer primary key, id integer, cid integer, memo text, owner text);
create table code_av (avid integer primary key, id integer, cid integer, memo text, owner text);
create table case_text (id integer primary key, caseid integer, fid integer, pos0 integer,
    pos1 integer, owner text, date text, memo text);
create table journal (jid integer primary key, name text, jentry text, date text, owner text);
create table attribute (attrid integer primary key, name text, attr_type text, value text,
    id integer, date text, owner text);
alter table code_name add column supercid integer;
insert into project values ('v12', '', 'about all of it', '');
insert into code_name values (7, 'very', '', null, 'Ann', '', '#C62828', 9);
insert into code_name values (9, 'late', '', null, 'Ann', '', '#C62828', 1);
insert into cases values (2, 'Girl of six', 'moved twice', 'Ann', '');
insert into cases values (3, 'Nobody', '', 'Ann', '');
insert into annotation values (1, 1, 0, 5, 'an annotation', 'Ann', '');
insert into code_image values (1, 1, 1, '', 'Ann'), (2, 1, 1, '', 'Ann');
insert into code_av values (1, 1, 1, '', 'Ann');
insert into journal values (1, 'diary', 'thoughts of mine', '', 'Ann');
insert into attribute values (1, 'Age', 'case', '6', 2, '', 'Ann');
insert into attribute values (2, 'Pages', 'file', '4', 1, '', 'Ann');
"""
"""What QualCoder's database holds beside, and sub-codes as version 4 has them."""


def in_units(text: str, at: int) -> int:
    return len(text[:at].encode("utf-16-le")) // 2


@pytest.fixture
def coder_project(data, tmp_path):
    """A QualCoder project whose positions count UTF-16, with much that is no code of text."""
    summaries = data.findings.set_index("finding")["summary"]
    words = [summaries[f"{REPORT}/{n}"] for n in (4, 5, 6)]
    text = "Notes \U0001f642\U0001f642 first\n" + "\n".join(words)

    def given(key: int, chosen: str, shift: int = 0) -> tuple[str, tuple]:
        start = text.index(chosen)
        units = in_units(text, start) + shift, in_units(text, start + len(chosen)) + shift
        kept = chosen.replace("\n", "\N{PARAGRAPH SEPARATOR}")
        return (
            "insert into code_text values (?, ?, 1, ?, ?, ?, 'Ann', '', '', null, ?)",
            (key, 7 if key == 4 else 1, kept, *units, int(key == 1)),
        )

    whole = (0, in_units(text, len(text)))
    part = (in_units(text, text.index(words[1])), in_units(text, text.index(words[2])) - 1)
    database(tmp_path / "mine.qda" / "data.qda", QUALCODER + MORE, [
        ("insert into source values (1, 'a.pdf', ?, '', 'got by post', 'Ann', '')", (text,)),
        given(1, words[0]), given(2, words[1][-25:]), given(3, words[2][:40], shift=9),
        given(4, words[0][-30:] + "\n" + words[1][:30]),
        ("insert into code_text values (5, 1, 1, 'nowhere to be found', 3, 9, 'Ann', '', '', null,"
         " 0)", ()),
        ("insert into case_text values (1, 1, 1, ?, ?, 'Ann', '', '')", whole),
        ("insert into case_text values (2, 2, 1, ?, ?, 'Ann', '', '')", part),
    ])  # fmt: skip
    return read_coded(tmp_path / "mine.qda"), words


@pytest.mark.promise("exchange-positions")
def test_positions_of_qualcoder_are_held_against_the_words_that_it_kept(coder_project):
    coded, words = coder_project
    (source,) = coded.sources
    expected = [words[0], words[1][-25:], words[2][:40], f"{words[0][-30:]}\n{words[1][:30]}"]
    coded_text = [
        source.text[one.start : one.end] for one in source.selections if one.codings
    ]  # fmt: skip
    assert coded_text == expected
    assert "does not hold what was selected there ('nowhere to be found')" in str(coded.left_out)
    paths = list(coded.paths().values())
    assert paths[-2:] == ["Practice > Plans > weak > late", "Practice > Plans > weak > late > very"]


@pytest.mark.promise("exchange-nothing-silent")
def test_what_a_qualcoder_project_holds_beside_codes_is_kept_or_named(data, coder_project):
    coded, _ = coder_project
    made = brought(data, coded)
    lost = "\n".join(made.lost)
    for part in (
        "is selected without a code; noted there: 'an annotation'", "'diary' ('thoughts of mine')",
        "2 codes of pictures", "1 code of sound or film", "mark of 1 code as important",
        "1 value of variables of files", "1 case with values of variables: Age", "'moved twice'",
        "the project: what is noted of it as a whole ('about all of it')", "'got by post'",
        "case 'Nobody': is of nothing that was read",
    ):  # fmt: skip
        assert part in lost, part
    notes = {name: {row["note"] for row in rows} for name, rows in made.codes["ann"].items()}
    assert notes[f"{REPORT}/6"] == {"case: Visit of 2022"}
    assert any("case: Visit of 2022, Girl of six" in note for note in notes[f"{REPORT}/5"])


@pytest.mark.promise("exchange-nothing-silent")
def test_what_a_project_holds_beside_codes_is_kept_or_named(data, tmp_path):
    words = data.findings.set_index("finding").loc[f"{REPORT}/4", "summary"]
    body = (
        '<CodeBook><Codes><Code guid="C" name="Plans: weak" isCodable="true"/></Codes></CodeBook>'
        '<Variables><Variable guid="V" name="Age" typeOfVariable="Text"/></Variables>'
        '<Cases><Case guid="X" name="Girl of six"><VariableValue><VariableRef targetGUID="V"/>'
        '<TextValue>6</TextValue></VariableValue><SelectionRef targetGUID="P"/>'
        '<NoteRef targetGUID="M"/></Case><Case guid="Y" name="Boy"><CodeRef targetGUID="C"/>'
        '<SourceRef targetGUID="S"/></Case></Cases>'
        '<Sources><TextSource guid="S" name="x"><Description>sent by post</Description>'
        f"<PlainTextContent>Head\n{words}</PlainTextContent>"
        f'<PlainTextSelection guid="P" startPosition="5" endPosition="{5 + len(words)}">'
        '<Coding guid="K"><CodeRef targetGUID="C"/></Coding></PlainTextSelection>'
        '<PlainTextSelection guid="Q" startPosition="0" endPosition="4">'
        "<Description>only noted</Description></PlainTextSelection>"
        '<Coding guid="L"><CodeRef targetGUID="C"/></Coding>'
        '<VariableValue><VariableRef targetGUID="V"/><TextValue>6</TextValue></VariableValue>'
        "</TextSource></Sources>"
        '<Notes><Note guid="N" name="diary"><PlainTextContent>thoughts</PlainTextContent></Note>'
        '<Note guid="M" name="m"><PlainTextContent>moved twice</PlainTextContent></Note></Notes>'
        "<Description>about all of it</Description>"
    )
    made = brought(data, read_coded(saved(tmp_path, packed(qde(body)))))
    lost = "\n".join(made.lost)
    for part in (
        "'Head'): is selected without a code; noted there: 'only noted'", "'sent by post'",
        "'about all of it'", "memo 'diary' ('thoughts')", "'moved twice'", "code of a whole source",
        "value of a variable of the source", "code of a case",
        "1 case with values of variables: Age",
    ):  # fmt: skip
        assert part in lost, part
    ((row,),) = (rows.values() for rows in made.codes.values())
    assert row[0]["note"] == "case: Boy, Girl of six"


def test_a_project_of_taguette_is_read(data, tmp_path):
    words = data.findings.set_index("finding").loc[f"{REPORT}/4", "summary"]
    path = database(tmp_path / "visits.sqlite3", TAGUETTE, [
        ("insert into documents values (1, 'a', 'd', 'a.pdf', '', 1, ?)", (f"<p>{words}</p>",)),
        ("insert into highlights values (1, 1, 0, 9, ?)", (f"<b>{words[:9]}</b>{words[9:]}",)),
        ("insert into highlight_tags values (1, 2)", ()),
        ("insert into highlight_tags values (1, 3)", ()),
    ])  # fmt: skip
    coded = read_coded(path)
    assert list(coded.paths().values()) == ["odd", "plans", "plans > weak"]
    (row,) = brought(data, coded).codes["imported"][f"{REPORT}/4"]
    assert (row["theme"], row["direction"]) == ("plans", "weakness")


@pytest.mark.parametrize(
    "script",
    [
        "create table other (a)",
        QUALCODER.replace("create table code_text", "create table text_code"),
        QUALCODER + "drop table source; create view source as select 1 id, 'a' name, "
        "hex(randomblob(99)) fulltext, '' memo;",
        TAGUETTE + TAGUETTE[TAGUETTE.index("insert") :].splitlines()[0].replace("(1", "(2"),
    ],
    ids=["another", "table missing", "a view", "two projects"],
)
def test_a_database_that_is_none_of_these_is_refused(tmp_path, script):
    with pytest.raises(DataError, match=r"neither|projects"):
        read_coded(database(tmp_path / "x.sqlite3", script, []))


# Whatever may come

SIGNS = st.characters(exclude_categories=["Cs"]) | st.sampled_from(["\r", "\n", "\ufeff"])
WORDS = st.text(SIGNS, min_size=1, max_size=60)
NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    min_size=1, max_size=12,
).filter(lambda name: name == " ".join(name.split()))  # fmt: skip


@st.composite
def projects(draw) -> Coded:
    """Any coding: several coders, overlaps, nested codes, texts of any signs."""
    coders = {guid("c", str(n)): draw(NAMES) for n in range(draw(st.integers(0, 3)))}
    codes: list[Code] = []
    for n in range(draw(st.integers(0, 12))):
        parent = draw(st.sampled_from(["", *(code.guid for code in codes[-2:])]))
        told, colour = draw(st.just("") | NAMES), draw(st.sampled_from(["", "#AbC", "#012345"]))
        codes.append(
            Code(guid("k", str(n)), draw(NAMES), parent, told, colour, draw(st.booleans()))
        )
    in_order = Coded("", codes=tuple(codes))
    ordered = sorted(codes, key=lambda code: path_of(in_order, code))
    sources = []
    for n in range(draw(st.integers(0, 3))):
        text = draw(WORDS)
        selections = []
        for m in range(draw(st.integers(0, 5))):
            start = draw(st.integers(0, len(text) - 1))
            end = draw(st.integers(start + 1, len(text)))
            key = guid("s", str(n), str(m))
            given_codes = draw(st.lists(st.sampled_from(codes), max_size=3)) if codes else []
            who = draw(st.sampled_from(["", *coders]))
            codings = tuple(
                Coding(guid(key, str(at)), code.guid, who) for at, code in enumerate(given_codes)
            )
            selections.append(
                Selection(key, start, end, codings, "", draw(st.just("") | NAMES), who)
            )
        sources.append(Source(guid("t", str(n)), draw(NAMES), text, tuple(selections)))
    cases = tuple(
        Case(
            guid("v", source.guid),
            draw(NAMES),
            {"a": "b"} if codes else {},
            (source.guid,),
            "",
            tuple(one.guid for one in source.selections[:1]),
        )
        for source in sources
    )
    return Coded(draw(NAMES), coders, tuple(ordered), tuple(sources), cases)


def path_of(coded: Coded, code: Code) -> list[int]:
    """Places of a code and those above it, by which a tree is written."""
    by_guid = {each.guid: (place, each) for place, each in enumerate(coded.codes)}
    path, at = [], code.guid
    while at:
        place, each = by_guid[at]
        path.append(place)
        at = each.parent
    return path[::-1]


def chained(text: str, depth: int = 1) -> Coded:
    """A text of which every stretch is coded, with codes below each other, the last never given."""
    codes = [Code(guid("k0"), "top")]
    for n in range(1, depth + 1):
        codes.append(Code(guid(f"k{n}"), f"code {n}", codes[-1].guid, codable=n % 2 == 0))
    selections = tuple(
        Selection(guid(f"s{start}-{end}"), start, end, (Coding(guid(f"g{start}-{end}"),
                  codes[(start + end) % depth].guid, guid(f"c{end % 2}")),))
        for start in range(len(text)) for end in range(start + 1, len(text) + 1)
    )  # fmt: skip
    coders = {guid("c0"): "ann", guid("c1"): "bob"}
    return Coded("p", coders, tuple(codes), (Source(guid("t"), "t", text, selections),))


@pytest.mark.promise("exchange-property")
@given(coded=projects())
@example(coded=chained("\ufeffa mark"))
@example(coded=chained("\ufeff\ufefftwo"))
@example(coded=chained("a\r\nb\r\r\nc\rd\n\re"))
@example(coded=chained("\ufeff\r\n\U0001f642\r\n\U0001f642."))
@example(coded=chained("ten deep", depth=10))
def test_no_coding_is_lost_on_the_way_out_and_back(coded, tmp_path_factory):
    content = to_qdpx(coded)
    path = saved(tmp_path_factory.getbasetemp(), content, "any.qdpx")
    read = read_refi(path)
    assert read == replace(coded, sources=tuple(map(with_line_feeds, coded.sources)))
    for before, after in zip(coded.sources, read.sources, strict=True):
        assert after.text == lines(before.text)
        for one, other in zip(before.selections, after.selections, strict=True):
            whole = not cut(before.text, one.start) and not cut(before.text, one.end)
            words = lines(before.text[one.start : one.end])
            assert after.text[other.start : other.end] == words or not whole
    assert to_qdpx(read) == content


def lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def cut(text: str, at: int) -> bool:
    """Whether a place lies between CR and LF."""
    return text[max(at - 1, 0) : at + 1] == "\r\n"


def test_codes_nest_deep_and_selections_are_many(tmp_path):
    codes = [Code(guid("0"), "0")]
    for depth in range(1, 10):
        codes.append(Code(guid(str(depth)), str(depth), codes[-1].guid))
    text = "\U0001f642 and words " * 2_000
    selections = tuple(
        Selection(guid("s", str(n)), n, n + 40, (Coding(guid("g", str(n)), codes[n % 10].guid),))
        for n in range(10_000)
    )
    coded = Coded("p", {}, tuple(codes), (Source(guid("t"), "t", text, selections),))
    assert read_refi(saved(tmp_path, to_qdpx(coded))) == coded


TEXT = "A \U0001f642 first line\nA second line of it"


def foreign(text: bytes, start: int, end: int, name: str = "") -> bytes:
    named = f'name="{name}"' if name else ""
    return packed(
        qde(
            '<CodeBook><Codes><Code guid="{C}" name="Plans" isCodable="true"/></Codes></CodeBook>'
            '<Sources><TextSource guid="S" name="x" plainTextPath="internal://s.txt">'
            f'<PlainTextSelection guid="P" startPosition="{start}" endPosition="{end}" {named}>'
            '<Coding guid="K"><CodeRef targetGUID="{c}"/></Coding></PlainTextSelection>'
            "</TextSource></Sources>"
        ),
        "Mine.qde",
        s=text,
    )


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        (TEXT.encode(), 15, 28),
        (b"\xef\xbb\xbf" + TEXT.encode(), 15, 28),
        (TEXT.replace("\n", "\r\n").encode(), 16, 29),
        (TEXT.replace("\n", "\r\n").encode(), 15, 28),
        (TEXT.encode(), 16, 29),
        (b"\xef\xbb\xbf" + TEXT.encode(), 17, 30),
    ],
    ids=["as it stands", "BOM", "CRLF is two", "CRLF is one", "UTF-16 units", "UTF-16 and BOM"],
)
def test_positions_are_held_against_the_words_that_a_selection_names(tmp_path, text, start, end):
    coded = read_refi(saved(tmp_path, foreign(text, start, end, "A second line")))
    (source,) = coded.sources
    (selection,) = source.selections
    assert source.text[selection.start : selection.end] == "A second line"
    assert source.text == TEXT
    assert coded.left_out == ("Mine.qde was read, which should be called project.qde",)


def test_memos_and_texts_inside_are_read_and_what_is_no_text_is_named(tmp_path):
    body = (
        '<Users><User guid="U" name="Ann"/></Users>'
        '<CodeBook><Codes><Code guid="C" name="Plans" isCodable="true"><NoteRef targetGUID="N"/>'
        '</Code></Codes><Sets><Set guid="T" name="s"><MemberCode targetGUID="C"/></Set></Sets>'
        "</CodeBook>"
        '<Sources><PDFSource guid="F" name="a.pdf"><PDFSelection guid="G" page="1"/>'
        '<Representation guid="R"><PlainTextContent>Plans are late.</PlainTextContent>'
        '<PlainTextSelection guid="P" startPosition="0" endPosition="5" creatingUser="U">'
        '<Coding guid="K"><CodeRef targetGUID="C"/><NoteRef targetGUID="N"/></Coding>'
        "</PlainTextSelection></Representation></PDFSource>"
        '<PictureSource guid="I" name="b.png"/>'
        '<TextSource guid="O" name="c" plainTextPath="absolute:///etc/passwd">'
        '<PlainTextSelection guid="Q" startPosition="0" endPosition="5"/></TextSource></Sources>'
        '<Notes><Note guid="N" name="m"><PlainTextContent>look again</PlainTextContent></Note>'
        "</Notes>"
    )
    coded = read_refi(saved(tmp_path, packed(qde(body))))
    (source,) = coded.sources
    assert (source.name, source.text) == ("a.pdf", "Plans are late.")
    assert (source.selections[0].memo, coded.codes[0].description) == ("look again",) * 2
    told = " ".join(coded.left_out)
    for part in ("PDFSelection", "b.png", "lies outside the project", "sets"):
        assert part in told


DTD = b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]>'
CODE = '<CodeBook><Codes><Code guid="C" name="x" isCodable="true"/></Codes></CodeBook>'


def two() -> bytes:
    buffer = io.BytesIO(packed(qde(CODE), "a.qde"))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("b.qde", qde(CODE))
    return buffer.getvalue()


DICE = random.Random(1)  # noqa: S311 - no secret
HOSTILE = {
    "document type": (lambda: packed(DTD + qde(CODE)), "document type"),
    "UTF-16 document type": (
        lambda: packed((DTD + qde(CODE)).decode().encode("utf-16")), "document type"
    ),
    "another namespace": (lambda: packed(qde(CODE).replace(b":1.0", b":9.0")), "first element"),
    "no project": (lambda: packed(qde(CODE), "notes.xml"), r"no project\.qde"),
    "two projects": (two, r"no project\.qde"),
    "guid twice": (lambda: packed(qde(CODE + CODE)), "two things have the guid c"),
    "no guid": (lambda: packed(qde(CODE.replace('guid="C"', ""))), "has no guid"),
    "bomb": (lambda: packed(qde(CODE + " " * 20_000_000)), "grows over"),
    "unknown elements": (lambda: packed(qde(CODE + sown("<b/>", 1_100_000))), "elements"),
    "sets": (lambda: packed(qde(CODE + sown("<Set/>", 200_000))), "cannot be read, the last of"),
    "codes one below another": (
        lambda: packed(qde("<CodeBook><Codes>" + "".join(
            f'<Code guid="{n}" name="{n}">' for n in range(60)
        ) + "</Code>" * 60 + "</Codes></CodeBook>")), "one below 50 others",
    ),
    "long name": (lambda: packed(qde(CODE.replace('"x"', f'"{noise(600)}"'))), "over 500 letters"),
    "table of very many codes": (
        lambda: b"text,code\n" + b"".join(b"a,%d\n" % n for n in range(10_001)), "over 10,000 codes"
    ),
    "table of one code below very many": (
        lambda: b"text,code\na," + b"x>" * 60_000 + b"y", "over 500 letters"
    ),
    "one text many times": (
        lambda: packed(
            qde("<Sources>" + "".join(
                f'<TextSource guid="{n}" name="x" plainTextPath="internal://s.txt"/>'
                for n in range(15)
            ) + "</Sources>"),
            s=noise(4_000_000).encode(),
        ),
        "its texts have more than",
    ),
    "leads out": (lambda: packed(qde(CODE), **{"../../up": b"x"}), "leads out"),
    "declares much": (lambda: declared(packed(qde(CODE))), "unpacks to more"),
    "deep": (lambda: packed(qde("<a>" * 5_000 + "</a>" * 5_000)), "cannot be read"),
    "cut off": (lambda: packed(qde(CODE)[:-9]), "cannot be read"),
    "no zip": (lambda: b"PK\x03\x04 and no more", "damaged archive"),
    "codebook with a document type": (lambda: DTD + qde(CODE), "document type"),
    "page": (lambda: b"<html><body>x</body></html>", "first element"),
    "empty": (lambda: b"", "empty"),
    "half a database": (lambda: b"SQLite format 3\0" + b"\xff" * 4096, "database"),
}  # fmt: skip


def sown(element: str, count: int) -> str:
    """So many elements, with numbers strewn in, since an archive must not grow too much."""
    return "".join(f'{element * 200}<b c="{noise(30)}"/>' for _ in range(count // 200))


def noise(size: int) -> str:
    """Digits that do not repeat."""
    return f"{DICE.getrandbits(size * 4):0{size}x}"


def declared(content: bytes) -> bytes:
    """An archive whose file says that it has two gigabytes."""
    at = content.rindex(b"PK\x01\x02")
    return content[: at + 20] + (2**31).to_bytes(4, "little") * 2 + content[at + 28 :]


@pytest.mark.promise("exchange-hostile")
@pytest.mark.parametrize("name", HOSTILE)
def test_what_may_do_harm_or_is_none_is_refused_with_the_reason(tmp_path, name):
    make, why = HOSTILE[name]
    path = saved(tmp_path, make())
    with pytest.raises(DataError, match=why):
        read_coded(path)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("start", "end"), [(0, 900), (9, 9), (9, 3), (-4, 3), (0, 10**30)])
def test_positions_that_the_text_does_not_hold_are_named_and_left_out(tmp_path, start, end):
    coded = read_refi(saved(tmp_path, foreign(TEXT.encode(), start, end)))
    assert coded.sources[0].selections == ()
    assert f"characters {start} to {end}" in " ".join(coded.left_out)


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_project_is_read_or_refused(project_of, tmp_path, seed):
    content = bytearray(to_qdpx(project_of))
    step = 97 + 31 * seed
    for at in range(seed, len(content), step * 8):
        content[at] ^= 1 << (seed % 8)
    try:
        read_coded(saved(tmp_path, bytes(content)))
    except DataError as error:
        assert len(error.problems) == 1


def test_the_codebook_alone_is_our_themes(data, tmp_path):
    coded = read_coded(saved(tmp_path, to_qdc(Coded("x", codes=tuple(codes_of(data.codebook))))))
    assert "Themes > Practice > Plans > Plans: weakness" in coded.paths().values()


def test_a_project_in_a_folder_is_no_folder_of_sheets(project, findings, tmp_path):
    database(tmp_path / "mine.qda" / "data.qda", QUALCODER, [])
    said = findings("import", AUTHORITY, tmp_path / "mine.qda")
    assert (said.status, "Nothing was taken yet" in said.out) == (0, True)
    shutil.rmtree(tmp_path / "mine.qda")
    said = findings("import", AUTHORITY, tmp_path / "mine.qda")
    assert (said.status, "There is no file or folder" in said.err) == (2, True)
    said = findings("import", AUTHORITY, tmp_path)
    assert (said.status, "--coder" in said.err) == (2, True)


def test_loaded_data_knows_brought_codes(project, findings, tmp_path, data):
    path = saved(tmp_path, to_qdpx(elsewhere(data)))
    for _ in range(2):
        findings("import", AUTHORITY, path)
    codes = load_data(AUTHORITY, project).codes
    assert set(codes.loc[codes["coder"] == "bob", "theme"]) == {"audit", "plans"}
