"""Loading a whole authority: what is sound comes through unchanged, what is wrong is all named."""

from __future__ import annotations

import csv
import hashlib
import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.codes.counting import coded_findings
from analysis.data import schemas, shapes
from analysis.data.codebook import load_codebook
from analysis.data.held import check_names, held_authorities, load_authorities, load_published
from analysis.data.loading import check, load_data
from analysis.dates import DATE_VARIABLE
from analysis.errors import DataError, FindingsError, Problem, UnknownNameError, nearest
from analysis.project import Project
from analysis.vocabulary import AREAS, COHORTS, KINDS, SPEAKERS

HERE = "data/raw/exampleshire"
IN_2014 = "exampleshire-inspection-2014-05-20"
IN_2022 = "exampleshire-inspection-2022-11-21"
LETTER = "exampleshire-focused-visit-2019-06-28"
READER = "codes/reader-1.csv"
REAL = Project(Path(__file__).parents[2])


def edit(project: Project, name: str, old: str, new: str) -> None:
    """Put `new` for the first `old` in a file of Exampleshire."""
    path = project.raw("exampleshire", name)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add(project: Project, name: str, row: str) -> None:
    with project.raw("exampleshire", name).open("a", encoding="utf-8") as file:
        file.write(row + "\n")


def rows_of(project: Project, name: str) -> int:
    return len(project.raw("exampleshire", name).read_text(encoding="utf-8").splitlines())


def problems_of(project: Project) -> list[Problem]:
    return check("exampleshire", project)[0]


def seen(problems: list[Problem]) -> list[tuple[str, int, str, str]]:
    return [(p.file.removeprefix(HERE + "/"), p.row, p.column, p.value) for p in problems]


# --- what is sound -------------------------------------------------------------------------------


def test_fixture_is_in_order(project):
    assert check("exampleshire", project) == ([], [])


@pytest.mark.parametrize("authority", held_authorities(REAL))
def test_data_of_the_repository_are_in_order(authority):
    assert check(authority, REAL) == ([], [])


def test_the_repository_holds_an_authority():
    assert "knowsley" in held_authorities(REAL)


def test_visits_are_ordered_dated_and_told_apart(data):
    told = data.visits[["order", "kind", "label", "short", "held"]].to_numpy().tolist()

    assert told == [
        [0, "inspection", "10 March to 2 April 2014", "Mar 2014", "primary"],
        [1, "improvement-notice", "1 September 2014", "Sep 2014", "primary"],
        [2, "monitoring-visit", "May 2016", "May 2016", "secondary"],
        [3, "monitoring-visit", "February 2017", "Feb 2017", "none"],
        [4, "focused-visit", "4 to 5 June 2019", "Jun 2019", "primary"],
        [5, "inspection", "3 to 14 October 2022", "Oct 2022", "primary"],
    ]
    assert data.visits["title"].iloc[2] == "monitoring visit of May 2016"


def test_a_document_links_to_its_address_or_to_the_publishers_page(data):
    links = data.documents.set_index("document")["link"]

    assert links[LETTER] == "https://example.org/letter-2019"
    assert links[IN_2014] == "https://reports.ofsted.gov.uk/provider/44/99999"
    assert links["exampleshire-monitoring-visit-2016-06"] == ""


def test_a_visit_counts_as_primary_where_both_kinds_of_document_are_held(project):
    add(project, "documents.csv", (
        "exampleshire-focused-visit-2019-07,exampleshire-focused-visit-2019-06-04,news,secondary,"
        "Exampleshire Council,News,2019-07,,,,,,"
    ))  # fmt: skip
    header = ",".join(schemas.FINDINGS.columns)
    add(project, "findings/exampleshire-focused-visit-2019-07.csv", header)

    assert load_data("exampleshire", project).visits["held"].iloc[4] == "primary"


def test_codes_of_before_the_new_columns_are_read_with_those_blank(project):
    path = project.raw("exampleshire", "codes", "reader-1.csv")
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.drop(columns=shapes.optional_columns(schemas.CODES)).to_csv(path, index=False)

    codes = load_data("exampleshire", project).codes
    own = codes[codes["coder"] == "reader-1"]

    assert list(own.columns) == [*schemas.CODES.columns, "coder"]
    assert (own[shapes.optional_columns(schemas.CODES)] == "").all(axis=None)
    assert len(own) == len(table)


def test_a_user_s_code_counts_before_what_was_resolved(project):
    add(project, "codes/me.csv", (
        "finding,theme,cohort,direction,basis,change_said,since,note\n"
        f"{LETTER}/3,supervision,personal-advisers,strength,level,,,I read it so"
    ))  # fmt: skip

    coded = coded_findings(load_data("exampleshire", project)).set_index("finding")

    assert coded.loc[f"{LETTER}/3", ["coder", "direction"]].tolist() == ["me", "strength"]


def test_markup_and_formulas_stay_text(data):
    summaries = data.findings.set_index("finding")["summary"]

    assert summaries[f"{IN_2014}/3"] == (
        "Most plans list tasks & dates but not <b>what must change</b> for the child."
    )
    assert '"wishes"' in summaries[f"{IN_2014}/4"]
    assert summaries[f"{LETTER}/2"].startswith("=SUM(1) is all")


@pytest.mark.parametrize("word", ["None", "NA", "nan", "null", "007", "1e5", "TRUE"])
def test_words_that_look_like_something_else_stay_text(project, word):
    edit(
        project, f"findings/{LETTER}.csv", "Staff say that the new building has better light.", word
    )
    edit(project, "needs.csv", "How many cases a social worker holds", word)
    codebook = project.raw("codebook.yml")
    codebook.write_text(codebook.read_text().replace("name: Audit", f"name: {word}"))
    codes = project.raw("exampleshire", "codes")
    (codes / "reader-2.csv").rename(codes / f"{word.lower()}.csv")

    data = load_data("exampleshire", project)

    assert data.findings.set_index("finding")["summary"][f"{LETTER}/5"] == word
    assert data.needs.set_index("need")["wording"]["caseload-size"] == word
    assert data.codebook.theme("audit").name == word
    assert word.lower() in set(data.codes["coder"])
    assert data.codes["theme"].notna().all()


def test_ids_keep_their_zeros(project):
    authorities = load_authorities(project).set_index("authority")

    assert authorities["la_code"].tolist() == ["007", "008"]
    edit(project, f"findings/{LETTER}.csv", f"{LETTER}/5", f"{LETTER}/005")
    for coder in ("codes/reader-1.csv", "codes/reader-2.csv", "checks/check-a.csv"):
        edit(project, coder, f"{LETTER}/5", f"{LETTER}/005")
    assert f"{LETTER}/005" in set(load_data("exampleshire", project).findings["finding"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_an_authority_reads_the_same_in_any_dress(project, data, encoding, delimiter):
    for path in project.raw("exampleshire").rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)

    again = load_data("exampleshire", project)

    for name in ("visits", "documents", "findings", "codes", "checks", "needs", "need_links"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(data, name))


def test_british_dates_read_the_same(project, data):
    edit(project, "visits.csv", ",2019-06-04,2019-06-05,", ",04/06/2019,5/6/2019,")

    pd.testing.assert_frame_equal(load_data("exampleshire", project).visits, data.visits)


# --- periods -------------------------------------------------------------------------------------


def test_a_period_keeps_its_visits_and_all_that_hangs_on_them(data):
    kept = data.between("2016-05", "2019")

    assert kept.visits["order"].tolist() == [0, 1, 2]
    assert kept.visits["short"].tolist() == ["May 2016", "Feb 2017", "Jun 2019"]
    assert set(kept.findings["visit"]) <= set(kept.visits["visit"])
    assert len(kept.findings) == 7
    assert set(kept.codes["finding"]) | set(kept.checks["finding"]) <= set(kept.findings["finding"])
    assert set(kept.need_links["finding"]) <= set(kept.findings["finding"])
    assert kept.judgements.empty


def test_an_open_period_keeps_everything(data):
    pd.testing.assert_frame_equal(data.between().visits, data.visits)


@pytest.mark.parametrize(
    ("start", "end", "part"),
    [
        ("2023", "", "no visit from 2023 to the last. Visits held: 2014-03-10 to 2022-10-03"),
        ("2016", "2014", "no visit from 2016 to 2014"),
        ("12/31/2016", "", "Write a date as 2014"),
        ("soon", "", "'soon' is not a date"),
    ],
)
def test_a_period_that_cannot_be_is_refused(data, start, end, part):
    with pytest.raises(FindingsError, match=part.replace(".", r"\.")):
        data.between(start, end)


def test_an_authority_whose_tables_hold_only_headers_is_not_a_crash(project):
    folder = project.raw("otherton")
    folder.mkdir()
    for name in ("visits", "documents", "judgements", "needs", "need_links"):
        header = ",".join(schemas.SCHEMAS[f"{name}.csv"].columns)
        (folder / f"{name}.csv").write_text(header + "\n")

    data = load_data("otherton", project)

    with pytest.raises(FindingsError, match="No visit of Otherton is held"):
        data.between()


# --- unknown authorities -------------------------------------------------------------------------


def test_an_unknown_authority_is_refused_with_the_nearest(project):
    with pytest.raises(UnknownNameError, match=r"'exampleshir'\. Did you mean 'exampleshire'"):
        load_data("exampleshir", project)


@pytest.mark.parametrize("name", ["../exampleshire", "Exampleshire", ""])
def test_a_name_is_taken_exactly(project, name):
    with pytest.raises(UnknownNameError):
        load_data(name, project)


def test_an_authority_without_data_says_what_is_held(project):
    with pytest.raises(
        FindingsError, match=r"Nothing is held about 'otherton'.*Held in data/raw: exampleshire"
    ):
        load_data("otherton", project)


# --- what is wrong -------------------------------------------------------------------------------

THEMES = "caseloads, supervision, audit, plans, pathway-plans, private-fostering"
TWO_CHECKSUMS = ";".join(
    hashlib.sha256(file).hexdigest() for file in (b"letter-2019.pdf", b"letter-2019-copy.pdf")
)
BROKEN = {
    "unknown theme": (
        READER, "/1,caseloads,", "/1,casework,",
        [(READER, 2, "theme", "casework")],
        "is not in the codebook; did you mean 'caseloads'?", f"{THEMES}, none",
    ),
    "code for an unknown finding": (
        READER, f"{IN_2014}/1,", f"{IN_2014}/99,",
        [(READER, 2, "finding", f"{IN_2014}/99")], "there is no such finding", "",
    ),
    "theme of a check": (
        "checks/check-a.csv", "/2,caseloads,", "/2,casework,",
        [("checks/check-a.csv", 2, "theme", "casework")],
        "is not in the codebook; did you mean 'caseloads'?", f"{THEMES}, none",
    ),
    "no direction": (
        READER, "social-workers,weakness,,too many", "social-workers,,,too many",
        [(READER, 2, "direction", "")], "is blank", "strength, mixed, weakness, neutral",
    ),
    "direction of no theme": (
        READER, f"{LETTER}/5,none,,,", f"{LETTER}/5,none,,neutral,",
        [(READER, 20, "direction", "neutral")], "must be blank for theme none", "",
    ),
    "since without a change": (
        READER, "level,risk,,,,,", "level,risk,,,unknown,,",
        [(READER, 2, "since", "unknown")], "must be blank where no change is said", "",
    ),
    "since an unknown visit": (
        READER, "improved,exampleshire-inspection-2014-03-10", "improved,exampleshire-2014",
        [(READER, 15, "since", "exampleshire-2014")],
        "there is no such visit in visits.csv", "a visit's id, or unknown",
    ),
    "page beyond the document": (
        f"findings/{LETTER}.csv", "Findings,5,3,", "Findings,5,4,",
        [(f"findings/{LETTER}.csv", 6, "page", "4")],
        "the document has no such page; see documents.csv", "",
    ),
    "finding in the wrong file": (
        f"findings/{LETTER}.csv", f"{LETTER}/5", f"{IN_2022}/5",
        [(READER, 20, "finding", f"{LETTER}/5"),
         ("codes/reader-2.csv", 20, "finding", f"{LETTER}/5"),
         ("checks/check-a.csv", 5, "finding", f"{LETTER}/5"),
         (f"findings/{LETTER}.csv", 6, "finding", f"{IN_2022}/5")],
        "belongs to another document than this file", "<document>/<running number>",
    ),
    "end before start": (
        "visits.csv", "2019-06-05", "2019-05-05",
        [("visits.csv", 6, "end", "2019-05-05")], "lies before the start", "",
    ),
    "checksum that is none": (
        "documents.csv", f"{TWO_CHECKSUMS}", "letter-2019.pdf;letter-2019-copy.pdf",
        [("documents.csv", 5, "sha256", "letter-2019.pdf;letter-2019-copy.pdf")],
        "not in the expected form", "a SHA-256 for each file, or blank",
    ),
    "impossible month": (
        "visits.csv", "2019-06-05", "2024-13-01",
        [("visits.csv", 6, "end", "2024-13-01")],
        "not a date", "2024-01-31, 2024-01, 2024 or 31/01/2024, or blank",
    ),
    "impossible day": (
        "visits.csv", "2019-06-05", "31/02/2024",
        [("visits.csv", 6, "end", "31/02/2024")],
        "not a date", "2024-01-31, 2024-01, 2024 or 31/01/2024, or blank",
    ),
    "American order": (
        "visits.csv", "2019-06-05", "12/31/2024",
        [("visits.csv", 6, "end", "12/31/2024")],
        "not a date", "2024-01-31, 2024-01, 2024 or 31/01/2024, or blank",
    ),
    "unknown area": (
        "visits.csv", "child-protection;leadership", "child-protection;leaders",
        [("visits.csv", 4, "areas", "child-protection;leaders")],
        "not in the list; did you mean 'leadership' or 'care-leavers'?",
        "any of, separated by ; : adoption; care-leavers; child-protection; children-in-care; "
        "children-in-care-and-care-leavers; children-in-need; disabled-children; early-help; "
        "front-door; help-and-protection; joint-theme; leadership; private-fostering; "
        "safeguarding-board; send-partnership",
    ),
    "one checksum for two files": (
        "documents.csv", "letter-2019.pdf;letter-2019-copy.pdf", "letter-2019.pdf",
        [("documents.csv", 5, "sha256", TWO_CHECKSUMS)], "needs one checksum for each file", "",
    ),
    "grade of an unknown document": (
        "judgements.csv", f"{IN_2014},overall", f"{IN_2014}-x,overall",
        [("judgements.csv", 2, "document", f"{IN_2014}-x")],
        "there is no such document in documents.csv", "",
    ),
    "theme as reports show it": (
        READER, "/1,caseloads,", "/1,Caseloads,",
        [(READER, 2, "theme", "Caseloads")],
        "is not in the codebook; did you mean 'caseloads'?", f"{THEMES}, none",
    ),
    "cohort as reports show it": (
        READER, "/1,caseloads,social-workers,", "/1,caseloads,Social workers,",
        [(READER, 2, "cohort", "Social workers")],
        "not in the list; did you mean 'social-workers'?",
        "social-workers, personal-advisers, managers-and-reviewing-officers, "
        "children-in-need-of-help-or-protection, children-in-care, care-leavers, not-stated, "
        "or blank",
    ),
    "direction as reports show it": (
        READER, "social-workers,weakness,,too many", "social-workers,Weakness,,too many",
        [(READER, 2, "direction", "Weakness")],
        "not in the list; did you mean 'weakness'?",
        "strength, mixed, weakness, neutral, or blank",
    ),
    "grade that is not printed": (
        "judgements.csv", "overall,inadequate,Inadequate", "overall,good,Inadequate",
        [("judgements.csv", 2, "grade", "good")], "is not the grade printed: inadequate",
        "inadequate",
    ),
    "grade in other words": (
        "judgements.csv", "overall,inadequate,Inadequate", "overall,inadequate,Poor",
        [("judgements.csv", 2, "grade_printed", "Poor")], "prints no grade",
        "outstanding, good, requires improvement, adequate, inadequate, not judged, "
        "typically positive, inconsistent, widespread or systemic failings",
    ),
    "grade on no page of the document": (
        "judgements.csv", "inadequate,Inadequate,1", "inadequate,Inadequate,99",
        [("judgements.csv", 2, "page", "99")],
        "the document has no such page; see documents.csv", "",
    ),
    "page nought": (
        "judgements.csv", "inadequate,Inadequate,1", "inadequate,Inadequate,0",
        [("judgements.csv", 2, "page", "0")],
        "the document has no such page; see documents.csv", "",
    ),
    "framework before its time": (
        "visits.csv", "inspection,SIF,2014-03-10", "inspection,ILACS,2014-03-10",
        [("visits.csv", 2, "framework", "ILACS")],
        "was not in use at that time: 2018 onwards", "",
    ),
    "framework after its time": (
        "visits.csv", "inspection,ILACS,2022", "inspection,SIF,2022",
        [("visits.csv", 7, "framework", "SIF")], "was not in use at that time: 2013 to 2018", "",
    ),
    "told of, though held": (
        "visits.csv", "monitoring-visit-2017-02,monitoring-visit,SIF,2017-02,",
        "monitoring-visit-2016,monitoring-visit,SIF,2016,",
        [("visits.csv", 5, "visit", "exampleshire-monitoring-visit-2016")],
        "is told of only, and a visit of this kind and time is held; delete this row", "",
    ),
    "change since a later visit": (
        READER, "improved,exampleshire-inspection-2014-03-10",
        "improved,exampleshire-inspection-2022-10-03",
        [(READER, 15, "since", "exampleshire-inspection-2022-10-03")],
        "is not earlier than the visit that the finding is about",
        "an earlier visit's id, or unknown",
    ),
    "change since the same visit": (
        READER, "improved,exampleshire-inspection-2014-03-10",
        "improved,exampleshire-monitoring-visit-2016-05",
        [(READER, 15, "since", "exampleshire-monitoring-visit-2016-05")],
        "is not earlier than the visit that the finding is about",
        "an earlier visit's id, or unknown",
    ),
    "end after the publication": (
        "visits.csv", "2022-10-03,2022-10-14", "2022-10-03,2022-12-14",
        [("documents.csv", 6, "published", "2022-11-21")],
        "lies before the last day of the visit", "",
    ),
    "end in the future": (
        "visits.csv", "exampleshire-monitoring-visit-2017-02,monitoring-visit,SIF,2017-02,",
        "exampleshire-monitoring-visit-2017-02,monitoring-visit,SIF,2017-02,2099-01",
        [("visits.csv", 5, "end", "2099-01")], "lies in the future; today is 2026-01-01", "",
    ),
    "link to an unknown need": (
        "need_links.csv", "supervision-frequency,", "supervision,",
        [("need_links.csv", 2, "need", "supervision")], "there is no such need in needs.csv", "",
    ),
    "lean of a weakness": (
        READER, "weakness,,too many,", "weakness,even,too many,",
        [(READER, 2, "lean", "even")], "only a mixed judgement leans", "blank",
    ),
    "harm of a strength": (
        READER, "strength,,a small number,a small number,level,,yes",
        "strength,,a small number,a small number,level,harm,yes",
        [(READER, 5, "harm", "harm")], "only a weakness, or a mixed leaning to one, tells harm", "",
    ),
    "too much found": (
        READER, "level,risk,,,,,", f"level,risk,,,,{'word ' * 16},",
        [(READER, 2, "found", ("word " * 16).strip())], "is too long", "at most 15 words",
    ),
    "repeats itself": (
        f"findings/{LETTER}.csv", "care-leavers,,,", "care-leavers,1,,",
        [(f"findings/{LETTER}.csv", 2, "repeats", "1")],
        "is no other paragraph of this document", "a running number of this file, or blank",
    ),
    "repeats a paragraph that there is not": (
        f"findings/{LETTER}.csv", "care-leavers,,,", "care-leavers,77,,",
        [(f"findings/{LETTER}.csv", 2, "repeats", "77")],
        "is no other paragraph of this document", "a running number of this file, or blank",
    ),
    "aspect of another theme": (
        "needs.csv", "social-workers,other,How many", "social-workers,frequency,How many",
        [("needs.csv", 4, "aspect", "frequency")],
        "is no aspect of caseloads in the codebook", "other",
    ),
    "statement that says nothing": (
        "area_statements.csv", "leadership,weakness,", "leadership,,",
        [("area_statements.csv", 2, "level", "")],
        "neither a level nor a change is said; remove the row", "",
    ),
    "statement since an unknown visit": (
        "area_statements.csv", "improved,exampleshire-inspection-2014-03-10", "improved,then",
        [("area_statements.csv", 3, "since", "then")],
        "there is no such visit in visits.csv", "a visit's id, or unknown",
    ),
    "statement by an unknown finding": (
        "area_statements.csv", "2014-05-20/8,", "2014-05-20/88,",
        [("area_statements.csv", 2, "finding", f"{IN_2014}/88")], "there is no such finding", "",
    ),
    "reading of an unknown document": (
        "readings.csv", "2014-05-20,reader-1", "2014-05-21,reader-1",
        [("readings.csv", 2, "document", "exampleshire-inspection-2014-05-21")],
        "there is no such document in documents.csv", "",
    ),
    "level of an unknown document": (
        "levels.csv", "2014-05-20,caseloads", "2014-05-21,caseloads",
        [("levels.csv", 2, "document", "exampleshire-inspection-2014-05-21")],
        "there is no such document in documents.csv", "",
    ),
    "level of an unknown theme": (
        "levels.csv", ",caseloads,", ",none,",
        [("levels.csv", 2, "theme", "none")], "is not in the codebook", THEMES,
    ),
    "level by an unknown paragraph": (
        "levels.csv", "weakness,1 2", "weakness,1 88",
        [("levels.csv", 2, "paragraphs", "1 88")],
        "names a paragraph that this document has not", "running numbers of its findings",
    ),
    "new fault of an unknown finding": (
        "new_faults.csv", "2022-11-21/4,", "2022-11-21/88,",
        [("new_faults.csv", 2, "finding", "exampleshire-inspection-2022-11-21/88")],
        "there is no such finding", "",
    ),
    "new fault of an unknown theme": (
        "new_faults.csv", ",plans,", ",none,",
        [("new_faults.csv", 2, "theme", "none")], "is not in the codebook", THEMES,
    ),
    "time of day that is none": (
        "readings.csv", "09:05", "9.05",
        [("readings.csv", 2, "ended", "9.05")],
        "not in the expected form", "a time of day as 14:05, or blank",
    ),
    "need with no theme": (
        "needs.csv", "caseload-size,caseloads", "caseload-size,none",
        [("needs.csv", 4, "theme", "none")], "is not in the codebook", THEMES,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
@pytest.mark.promise("check-names-every-problem")
def test_each_fault_is_listed_with_file_row_value_and_what_is_allowed(project, case, monkeypatch):
    monkeypatch.setenv(DATE_VARIABLE, "1767225600")
    name, old, new, places, message, allowed = BROKEN[case]
    edit(project, name, old, new)

    problems = problems_of(project)

    assert seen(problems) == sorted(places)
    assert (message, allowed) in {(p.message, p.allowed) for p in problems}


def test_a_report_may_be_pinned_to_a_day_before_its_data(project, monkeypatch):
    monkeypatch.setenv(DATE_VARIABLE, "0")

    assert {p.message for p in problems_of(project)} == {"lies in the future; today is 1970-01-01"}
    assert len(load_data("exampleshire", project).visits) == 6


@pytest.mark.parametrize("column", ["files", "sha256"])
def test_one_file_for_two_documents_is_named_at_both(project, column):
    path = project.raw("exampleshire", "documents.csv")
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.loc[0, column] = table.loc[4, column] = table.loc[0, column] or "letter.pdf"
    table.to_csv(path, index=False)

    problems = problems_of(project)
    found = {(p.row, p.column) for p in problems if "more than one document" in p.message}

    assert found == {(2, column), (6, column)}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("codes/me.CSV", "no table is read by this name"),
        ("codes/me.xlsx", "no table is read by this name"),
        ("codes/more/me.csv", "no table is read by this name"),
        ("Needs.csv", "no table is read by this name"),
        ("notes.txt", "no table is read by this name"),
        ("codes/My Name.csv", "the name of a coder"),
        ("checks/Check-C.csv", "the name of a coder"),
    ],
)
def test_a_file_that_would_not_be_read_is_named(project, name, said):
    path = project.raw("exampleshire", name)
    path.parent.mkdir(exist_ok=True)
    header = schemas.CHECKS if name.startswith("checks") else schemas.CODES
    path.write_text(",".join(header.columns) + "\n")

    found = problems_of(project)

    assert [p.file for p in found] == [f"{HERE}/{name}"]
    assert said in found[0].message


@pytest.mark.parametrize("name", ["codes", "checks", "findings"])
def test_a_file_in_the_place_of_a_folder_is_named(project, name):
    folder = project.raw("exampleshire", name)
    shutil.rmtree(folder)
    folder.write_text("finding,theme\n")

    found = [p for p in problems_of(project) if "a file stands" in p.message]

    assert [(p.file, p.allowed) for p in found] == [
        (f"{HERE}/{name}", f"a folder of {name}/<name>.csv")
    ]


def test_tables_without_their_visits_are_no_other_authority(project):
    project.raw("exampleshire", "visits.csv").unlink()

    found = problems_of(project)

    assert held_authorities(project) == ["exampleshire"]
    assert [(p.file, p.message) for p in found] == [
        (f"{HERE}/visits.csv", "this file is missing; create it, or name another")
    ]


@pytest.mark.parametrize("name", ["published.csv", "authority_names.csv"])
def test_a_folder_in_the_place_of_a_shared_table_is_named(project, name):
    project.raw(name).mkdir()

    with pytest.raises(DataError, match=rf"data/raw/{name}: a folder stands in this file's place"):
        load_published(project)
        raise DataError(check_names(project))


@pytest.mark.parametrize("name", ["needs.csv", "findings/extra.csv"])
def test_a_folder_in_the_place_of_a_table_is_named(project, name):
    path = project.raw("exampleshire", name)
    path.unlink(missing_ok=True)
    path.mkdir()

    assert [p.file for p in problems_of(project) if "a folder stands" in p.message] == [
        f"{HERE}/{name}"
    ]


def test_every_theme_is_nearest_to_what_reports_call_it():
    book = load_codebook(REAL.raw("codebook.yml"))

    assert [nearest(name, book.names) for name in book.names.values()] == [[i] for i in book.ids]


def test_a_name_is_nearest_to_a_key_whatever_the_keys_lead_to():
    assert nearest("docs", {"docx": 1, "pdf": 2}) == ["docx"]


@pytest.mark.parametrize("labels", [KINDS, AREAS, COHORTS, SPEAKERS])
def test_every_name_of_a_closed_list_is_nearest_to_what_reports_call_it(labels):
    assert {name: nearest(label, labels)[:1] for name, label in labels.items()} == {
        name: [name] for name in labels
    }


def test_a_document_must_have_a_file_of_findings(project):
    add(project, "documents.csv", (
        "exampleshire-inspection-2014-06,exampleshire-inspection-2014-03-10,news,secondary,"
        "Exampleshire Council,News,2014-06,,,,,,"
    ))  # fmt: skip

    problems = problems_of(project)

    assert seen(problems) == [("documents.csv", 7, "document", "exampleshire-inspection-2014-06")]
    assert problems[0].message == "has no file in findings/; add one, with a header"


def test_no_theme_beside_a_theme_is_refused(project):
    line = rows_of(project, READER) + 1
    add(project, READER, f"{IN_2014}/1,none{',' * 12}")

    problems = problems_of(project)

    assert seen(problems) == [(READER, line, "theme", "none")]
    assert problems[0].message == "the finding is also coded with a theme; remove one"


def test_a_finding_that_stands_twice_names_both_rows(project):
    name = f"findings/{LETTER}.csv"
    edit(project, name, f"{LETTER}/4", f"{LETTER}/3")

    assert seen(problems_of(project)) == [
        (name, 4, "finding", f"{LETTER}/3"),
        (name, 5, "finding", f"{LETTER}/3"),
    ]


def test_a_visit_that_stands_twice_does_not_hide_other_problems(project):
    visit = project.raw("exampleshire", "visits.csv").read_text().splitlines()[5]
    add(project, "visits.csv", visit)
    edit(project, READER, "/1,caseloads,", "/1,casework,")

    problems = problems_of(project)

    assert seen(problems) == [
        (READER, 2, "theme", "casework"),
        ("visits.csv", 6, "visit", "exampleshire-focused-visit-2019-06-04"),
        ("visits.csv", 8, "visit", "exampleshire-focused-visit-2019-06-04"),
    ]


def test_a_cell_is_blamed_once(project):
    edit(project, READER, "/1,caseloads,", "/1,Caseloads,")  # no slug, so not in the codebook

    assert seen(problems_of(project)) == [(READER, 2, "theme", "Caseloads")]


def test_all_problems_of_all_files_are_listed_at_once(project):
    name = f"findings/{LETTER}.csv"
    edit(project, "visits.csv", "2019-06-05", "31/02/2019")
    edit(project, "visits.csv", "2022-10-14", "2022-10-01")
    edit(project, name, "Findings,1,1,body", "Findings,one,1,headline")
    edit(project, READER, "/1,caseloads,", "/1,casework,")
    edit(project, READER, "weakness,,too many", "bad,,too many")
    edit(project, "need_links.csv", ",raised,coder", ",raised,someone")
    edit(project, "needs.csv", "need,theme,cohort,aspect", "need,theme,cohort,what")

    problems = problems_of(project)

    assert seen(problems) == [
        (READER, 2, "direction", "bad"),
        (READER, 2, "theme", "casework"),
        (name, 2, "printed_number", "one"),
        (name, 2, "role", "headline"),
        ("need_links.csv", 2, "basis", "someone"),
        ("needs.csv", 1, "aspect", ""),
        ("needs.csv", 1, "what", "what"),
        ("visits.csv", 6, "end", "31/02/2019"),
        ("visits.csv", 7, "end", "2022-10-01"),
    ]
    with pytest.raises(DataError, match=r"^9 problems in the data:\n") as refused:
        load_data("exampleshire", project)
    assert refused.value.problems == problems


@pytest.mark.parametrize(
    ("name", "content", "row", "part"),
    [
        ("judgements.csv", None, 0, "this file is missing"),
        ("documents.csv", b"", 0, "the file is empty"),
        ("needs.csv", b"need,theme\xff\0", 0, "not a text file"),
        (READER, b"finding,theme\nx,y,z\n", 2, "the header has 2"),
        (f"findings/{IN_2022}.csv", b"\xff\xfea", 1, "marked as utf-16"),
    ],
)
def test_a_file_that_is_refused_is_blamed_alone(project, name, content, row, part):
    path = project.raw("exampleshire", name)
    path.unlink()
    if content is not None:
        path.write_bytes(content)

    problems = problems_of(project)

    assert {p.file for p in problems} == {f"{HERE}/{name}"}
    assert any(p.row == row and part in p.message for p in problems)


def test_likely_names_are_warnings_and_no_problem(project):
    edit(project, f"findings/{LETTER}.csv", "Staff say", "Mrs Jones and the director Ann Other say")

    problems, warnings = check("exampleshire", project)

    assert problems == []
    assert [(w.file, w.row, w.column, w.value) for w in warnings] == [
        (f"{HERE}/findings/{LETTER}.csv", 6, "summary", "Mrs Jones")
    ]
    assert load_data("exampleshire", project).name == "Exampleshire"


def test_an_office_is_no_name(project):
    edit(
        project, f"findings/{LETTER}.csv", "Staff say", "The Director Chief Executive and staff say"
    )
    assert check("exampleshire", project) == ([], [])


def test_a_wrong_codebook_is_refused(project):
    path = project.raw("codebook.yml")
    path.write_text(path.read_text().replace("areas: [leadership]", "areas: [leaders]"))

    with pytest.raises(DataError, match=r"codebook\.yml, row \d+, areas = 'leaders'"):
        check("exampleshire", project)
