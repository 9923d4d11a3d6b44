"""Coding taken to other programs and brought from them."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from databases import QUALCODER, TAGUETTE, database
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from analysis.codes.exchange.bringing import BY_CODE, BY_PAIR, BY_TAGGER, apart, bring_codes
from analysis.codes.exchange.mapping import FIELDS, guess, read_mapping, to_mapping, unmapped
from analysis.codes.exchange.model import Case, Code, Coded, Coding, Selection, Source, guid
from analysis.codes.exchange.opening import read_coded
from analysis.codes.exchange.ours import as_project, codes_of
from analysis.codes.exchange.reading import read_refi
from analysis.codes.exchange.segments import as_csv, as_xlsx, to_segments
from analysis.codes.exchange.writing import PROJECT, to_qdc, to_qdpx
from analysis.data.loading import load_data
from analysis.data.rows import read_rows
from analysis.errors import DataError

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


def no_tagger(_findings) -> dict:
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
        "Case": ["Description", "VariableValue", "SourceRef"],
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


def test_a_text_says_whether_it_is_published_and_selections_hold_their_paragraph(project_of, data):
    source = next(s for s in project_of.sources if s.name == REPORT)
    assert "composed of our summaries" in source.memo
    summaries = dict(zip(data.findings["finding"], data.findings["summary"], strict=True))
    for selection in source.selections:
        words = source.text[selection.start : selection.end]
        assert words == summaries[f"{REPORT}/{selection.name[1:]}"]


def test_visits_are_cases_with_their_grades(project_of):
    case = next(c for c in project_of.cases if c.name == "Inspection of October 2022")
    assert case.values["Began"] == "2022-10-03"
    assert case.values["Framework"].startswith("Inspection of Local Authority")
    assert any(name.startswith("Grade: ") for name in case.values)


@pytest.mark.promise("exchange-forms")
@pytest.mark.parametrize("form", ["qdpx", "qdc", "xlsx", "csv", "matrix"])
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
    made = brought(data, coded, tag=lambda findings: {(found, "plans"): "strength"})
    assert made.documents == {"report (final).pdf": REPORT, "minutes.docx": ""}
    codes = {
        (coder, finding): [(row["theme"], row["direction"], row["note"]) for row in rows]
        for coder, own in made.codes.items()
        for finding, rows in own.items()
    }
    assert codes == {
        ("ann-s", f"{REPORT}/2"): [("caseloads", "weakness", "")],
        ("ann-s", f"{REPORT}/3"): [("plans", "weakness", "drift, again")],
        ("bob", f"{REPORT}/6"): [("audit", "strength", "")],
        ("bob", found): [("plans", "strength", "direction from the tagger")],
    }
    assert made.directions == {BY_PAIR: 2, BY_CODE: 1, BY_TAGGER: 1}
    assert len(made.lost) == 2
    assert "report (final).pdf, characters 0 to 6 ('Page 1')" in made.lost[0]
    assert "minutes.docx" in made.lost[1]


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


def test_a_text_is_known_by_fingerprints_where_its_words_are_not_held(data):
    from analysis.ids import words_print

    words = "Something was printed here which nobody holds, and it goes on for a while."
    findings = data.findings.copy()
    at = findings.index[findings["finding"] == f"{LETTER}/1"][0]
    findings.loc[at, "fingerprint"] = words_print(words)
    source = Source("s", "x.txt", f"Head\n\n{words}\n\nTail",
                    (Selection("a", 6, 40, (Coding("b", "1"),)),))  # fmt: skip
    made = brought(
        replace(data, findings=findings), Coded("p", {}, (Code("1", "Plans"),), (source,))
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
    said = findings("import", AUTHORITY, path, "--check")
    assert "would be written" in said.out
    assert not project.raw(AUTHORITY, "codes", "bob.csv").exists()
    said = findings("import", AUTHORITY, path)
    assert (said.status, said.out.count("characters 0 to")) == (0, 2)
    assert project.raw(AUTHORITY, "codes", "bob.csv").exists()
    assert findings("check", AUTHORITY).status == 0


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

SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\r")
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
        Case(guid("v", source.guid), draw(NAMES), {"a": "b"} if codes else {}, (source.guid,))
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


@pytest.mark.promise("exchange-property")
@given(coded=projects())
def test_no_coding_is_lost_on_the_way_out_and_back(coded, tmp_path_factory):
    content = to_qdpx(coded)
    path = saved(tmp_path_factory.getbasetemp(), content, "any.qdpx")
    read = read_refi(path)
    assert read == coded
    assert to_qdpx(read) == content


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
    ],
    ids=["as it stands", "BOM", "CRLF is two", "CRLF is one", "UTF-16 units"],
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


@pytest.mark.parametrize(("start", "end"), [(0, 900), (9, 9), (9, 3), (-4, 3)])
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
    assert "Themes > Practice > Plans > weakness" in coded.paths().values()


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
