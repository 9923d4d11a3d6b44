"""Any two coders: readers, outside coders, the tagger, a user, and files of codes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from builders import authority, coded, says, visit, visits

from analysis.codes.agreement.agreement import UNTOLD
from analysis.codes.agreement.code_files import compare_files, read_codes
from analysis.codes.agreement.coders import compare_coders, with_intervals
from analysis.codes.tagger.tag import tag
from analysis.data.authority import AuthorityData
from analysis.errors import DataError, FindingsError, UnknownNameError
from analysis.report.report import Report
from analysis.report.tables.agreement import agreement_tables

THEMES = {"audit": "Audit", "plans": "Plans"}


def test_an_outside_coder_is_compared_like_any_other(data: AuthorityData):
    found = compare_coders(data, "reader-1", "check-a")
    both = set(data.checks["finding"]) & set(
        data.codes.loc[data.codes["coder"] == "reader-1", "finding"]
    )
    assert found.agreement.findings == len(both)
    assert set(found.findings["finding"]) == both


def test_resolved_and_a_user_are_coders(data: AuthorityData):
    assert compare_coders(data, "resolved", "reader-1").agreement.findings > 0


def test_the_tagger_reads_published_words_where_they_are_held_and_says_so(data: AuthorityData):
    reader = data.codes[data.codes["coder"] == "reader-1"]
    one = str(reader["finding"].iloc[0])
    words = "Caseloads are too high for most workers."
    held = data.findings.assign(
        words=data.findings["words"].where(data.findings["finding"] != one, words)
    )
    changed = AuthorityData(**(vars(data) | {"findings": held}))

    found = compare_coders(changed, "reader-1", "tagger")

    assert found.notes[0].startswith("The tagger read 1 finding from published words and ")
    expected = tag(pd.DataFrame({"id": [one], "text": [words]}), data.codebook)
    own = found.codes[(found.codes["coder"] == "tagger") & (found.codes["finding"] == one)]
    assert own["theme"].tolist() == expected["theme"].tolist()
    assert found.agreement.findings == reader["finding"].nunique()


def test_the_tagger_is_not_given_what_holds_no_word(data: AuthorityData):
    blank = AuthorityData(**(vars(data) | {"findings": data.findings.assign(summary="")}))
    with pytest.raises(FindingsError, match="coded no finding in common"):
        compare_coders(blank, "tagger", "reader-1")


def test_coders_who_read_nothing_in_common_are_told_who_read_what():
    of = visits(visit("a"))
    rows = [
        says("a", "weakness", coder="reader-1", finding="a-letter/1"),
        says("a", "weakness", coder="me", finding="a-letter/2"),
    ]
    with pytest.raises(FindingsError) as caught:
        compare_coders(authority(of, coded(*rows)), "reader-1", "me")
    assert "me 1 finding (a-letter), reader-1 1 finding (a-letter)" in str(caught.value)


def test_wrong_names_are_refused(data: AuthorityData):
    with pytest.raises(UnknownNameError, match="'reader-1'"):
        compare_coders(data, "reader-11", "tagger")
    with pytest.raises(FindingsError, match="Name two"):
        compare_coders(data, "reader-1", "reader-1")


def test_several_authorities_are_compared_as_one(data: AuthorityData):
    of = visits(visit("b"))
    rows = [says("b", "weakness", coder=c, finding="b-letter/1") for c in ("reader-1", "reader-2")]
    other = authority(of, coded(*rows), codebook=data.codebook)
    alone = compare_coders(data, "reader-1", "reader-2").agreement.findings
    assert compare_coders([data, other], "reader-1", "reader-2").agreement.findings == alone + 1


def test_a_disagreement_stands_with_its_place_and_its_summary(data: AuthorityData):
    table = compare_coders(data, "reader-1", "reader-2").differences
    assert len(table)
    first = table.iloc[0]
    row = data.findings.set_index("finding").loc[first["finding"]]
    assert (first["summary"], first["page"], first["document"]) == (
        row["summary"], row["page"], row["document"],
    )  # fmt: skip
    assert set(table["kind"]) <= {"only first", "only second", "direction"}


def test_a_value_that_no_draw_moves_stands_alone():
    table = pd.DataFrame({"value": [1.0, float("nan")], "low": [1.0] * 2, "high": [1.0] * 2})
    assert with_intervals(table)["value"].tolist() == ["1.00", ""]


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_two_files_of_any_paragraphs(tmp_path: Path):
    a = write(
        tmp_path / "ann.csv", "id,theme,direction\nx/1,audit,mixed\nx/2,none,\nx/3,plans,mixed\n"
    )
    b = write(tmp_path / "bob.csv", "theme;direction;id\naudit;weakness;x/1\naudit;mixed;x/2\n")

    found = compare_files(a, b, THEMES)

    assert (found.agreement.first, found.agreement.second) == ("ann", "bob")
    assert found.agreement.findings == 2
    assert found.differences[["finding", "theme", "kind"]].to_numpy().tolist() == [
        ["x/1", "audit", "direction"],
        ["x/2", "audit", "only second"],
    ]
    assert found.notes == (
        "1 paragraph that only ann coded (ann.csv) was left out; a paragraph read without "
        "finding a theme needs a row with the theme none, or use --all-read.",
    )
    everything = compare_files(a, b, THEMES, everything=True)
    assert everything.agreement.findings == 3
    kinds = everything.differences.set_index("finding")["kind"]
    assert kinds["x/3"] == "only first"


@pytest.mark.promise("coders-in-one-file")
def test_two_coders_side_by_side_in_one_file(tmp_path: Path):
    both = write(
        tmp_path / "gold.csv",
        "document,paragraph,theme,direction_a,direction_b\n"
        "d.pdf,1,audit,mixed,mixed\nd.pdf,2,plans,,weakness\nd.pdf,3,none,,\n",
    )
    found = compare_files(both, both, THEMES, first_coder="a", second_coder="b")
    assert (found.agreement.first, found.agreement.second) == ("a", "b")
    assert found.agreement.findings == 3
    assert found.differences["finding"].tolist() == ["d.pdf/2"]
    assert found.findings["document"].unique().tolist() == ["d.pdf"]


@pytest.mark.promise("coders-in-one-file")
def test_two_coders_one_below_the_other_in_one_file(tmp_path: Path):
    both = write(
        tmp_path / "codes.csv",
        "paragraph,theme,direction,coder\np/1,audit,mixed,ann\np/1,audit,mixed,bob\n",
    )
    assert compare_files(
        both, both, THEMES, first_coder="ann", second_coder="bob"
    ).differences.empty
    with pytest.raises(FindingsError, match="holds several coders: ann, bob"):
        read_codes(both, "", THEMES)
    with pytest.raises(UnknownNameError, match="'ann'"):
        read_codes(both, "anne", THEMES)


@pytest.mark.promise("blank-direction")
def test_a_blank_direction_is_a_theme_given_without_one(tmp_path: Path):
    a = write(tmp_path / "ann.csv", "id,theme,direction\n1,plans,\n2,plans,\n3,none,\n")
    b = write(tmp_path / "bob.csv", "id,theme,direction\n1,plans,weakness\n2,plans,\n3,plans,\n")
    found = compare_files(a, b, THEMES)
    assert found.differences[["finding", "kind", "first", "second"]].to_numpy().tolist() == [
        ["1", "direction", UNTOLD, "weakness"],
        ["3", "only second", "absent", UNTOLD],
    ]
    (theme,) = found.agreement.themes.to_dict("records")
    assert (theme["n_first"], theme["n_second"], theme["both"]) == (2, 3, 2)
    assert (theme["f1"], theme["direction"]) == (0.8, 0.5)
    assert found.agreement.confusion.loc[UNTOLD, ["weakness", UNTOLD]].tolist() == [1, 1]


@pytest.mark.promise("blank-direction")
def test_an_outside_coder_who_gives_themes_alone_is_compared_and_reported(project, findings):
    path = project.raw("exampleshire", "checks", "check-a.csv")
    path.write_text(path.read_text("utf-8").replace("plans,weakness", "plans,"), encoding="utf-8")
    assert findings("check", "exampleshire").status == 0
    said = findings("agree", "exampleshire", "--first", "check-a", "--second", "reader-1")
    assert (said.status, "given, no" in said.out) == (0, True)
    (outside,) = [
        table for table, caption in agreement_tables(Report.of("exampleshire").results)
        if "outside coder check-a" in caption
    ]  # fmt: skip
    assert len(outside)


def test_the_same_name_of_two_files_is_told_apart(tmp_path: Path):
    (tmp_path / "b").mkdir()
    a = write(tmp_path / "codes.csv", "id,theme,direction\n1,audit,mixed\n")
    b = write(tmp_path / "b" / "codes.csv", "id,theme,direction\n1,audit,mixed\n")
    found = compare_files(a, b, THEMES).agreement
    assert (found.first, found.second) == ("codes (first)", "codes (second)")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "id,direction\n1,mixed\n",
            "theme = '': this column is missing; the file has id, direction",
        ),
        ("id,theme,direction\n1,adit,mixed\n", "row 2, theme = 'adit': is not in the codebook"),
        ("id,theme,direction\n1,audit,good\n", "row 2, direction = 'good': is no direction"),
        ("id,theme,direction\n1,Audit,mixed\n", "did you mean 'audit'?"),
        ("id,theme,direction\n1,audit,Mixed\n", "did you mean 'mixed'?"),
        ("id,theme,direction\n,audit,mixed\n", "row 2, finding = '': is blank"),
        ("id,theme,direction\n1,audit\n", "row 2: 2 cells"),
        ("id,theme,theme,direction\n1,audit,audit,mixed\n", "this column stands twice"),
    ],
)
def test_a_file_that_cannot_be_compared_is_refused_with_its_row(tmp_path: Path, text, said):
    path = write(tmp_path / "x.csv", text)
    with pytest.raises(DataError) as caught:
        read_codes(path, "", THEMES)
    assert any(part in str(caught.value) for part in said.split("|"))


def test_files_without_a_paragraph_in_common_are_refused(tmp_path: Path):
    a = write(tmp_path / "a.csv", "id,theme,direction\n1,audit,mixed\n")
    b = write(tmp_path / "b.csv", "id,theme,direction\n2,audit,mixed\n")
    with pytest.raises(FindingsError, match="no id in common"):
        compare_files(a, b, THEMES)
    with pytest.raises(FindingsError, match="this file is missing"):
        compare_files(a, tmp_path / "c.csv", THEMES)
