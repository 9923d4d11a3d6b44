"""Finding findings: the same answers as of the frames, and errors that say what is allowed."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from analysis import load
from analysis.data.codebook import load_codebook
from analysis.england.frames import Frames
from analysis.england.search import COLUMNS, Question, find
from analysis.england.state import SQLITE
from analysis.errors import FindingsError, UnknownNameError
from analysis.exploring.england import England
from analysis.exploring.tables import CALLS
from analysis.project import ROOT_VARIABLE

PAIR = ["finding", "theme", "cohort"]


def three(project) -> England:
    frames = Frames(project.england)
    slugs = tuple(frames.frame("authorities")["authority"])
    return England(frames, load_codebook(project.raw("codebook.yml")), slugs)


@pytest.mark.promise("find-equals-frames")
@pytest.mark.parametrize(
    ("question", "same"),
    [
        (Question(), {}),
        (Question(theme="caseloads, supervision"), {"theme": "caseloads,supervision"}),
        (Question(cohort="care-leavers", direction="weakness"),
         {"cohort": "care-leavers", "direction": "weakness"}),
        (Question(region="yorkshire and the humber"), {"region": "Yorkshire and the Humber"}),
        (Question(start="2018-04", end="2021"), {"start": "2018-04", "end": "2021"}),
    ],
)  # fmt: skip
def test_it_finds_what_the_frames_hold(gathered, question, same):
    found = find(question, gathered.england / SQLITE)
    codes = three(gathered).findings(**same)
    assert sorted(tuple(row[c] for c in PAIR) for row in found) == sorted(
        codes[PAIR].astype(str).itertuples(index=False, name=None)
    )
    assert all(tuple(row) == COLUMNS for row in found)


def test_paths_aspects_grades_and_words_narrow(gathered):
    england, base = three(gathered), gathered.england / SQLITE
    paths = england.paths()
    worse = set(paths.loc[paths["path"] == "worse", ["authority", "theme"]].itertuples(index=False))
    found = find(Question(path="worse"), base)
    assert found
    assert {(row["authority"], row["theme"]) for row in found} <= worse

    events = england.need_events(theme="supervision")
    ids = set(" ".join(events.loc[events["aspect"] == "frequency", "findings"]).split())
    found = find(Question(theme="supervision", aspect="frequency"), base)
    assert {row["finding"] for row in found} == ids & set(
        england.findings(theme="supervision")["finding"]
    )

    grades = england.grades()
    bad = grades.query("area == 'overall' and grade == 'inadequate'")["document"]
    found = find(Question(grade="inadequate"), base)
    assert {row["document"] for row in found} == set(bad) & {
        row["document"] for row in find(Question(), base)
    }

    told = england.frames.frame("codes")
    said = (told["summary"] + " " + told["found"]).str.contains("out.*of.*date", case=False)
    assert {row["finding"] for row in find(Question(words="OUT of date"), base)} == set(
        told.loc[said, "finding"]
    )


def test_a_sign_of_the_language_of_questions_is_looked_for_as_it_is(gathered):
    base = gathered.england / SQLITE
    told = three(gathered).frames.frame("codes")
    shares = told[(told["summary"] + told["found"]).str.contains("%")]
    assert len(find(Question(words="%"), base)) == len(shares) < len(told)
    assert find(Question(words="' OR 1=1 --"), base) == []


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (Question(theme="caseload"), "Did you mean 'caseloads'"),
        (Question(path="better"), "There is no path 'better'"),
        (Question(region="Londn"), "There is no region 'Londn'"),
        (Question(start="20x"), "'20x' is not a date"),
    ],
)
def test_a_wrong_word_is_named(gathered, question, said):
    with pytest.raises(FindingsError, match=said):
        find(question, gathered.england / SQLITE)


def test_the_command_shows_the_latest_and_writes_all(kit, findings, monkeypatch, tmp_path):
    monkeypatch.setenv(ROOT_VARIABLE, str(kit.root))
    status, out, _ = findings("find", "--theme", "supervision", "--direction", "weakness")
    assert status == 0
    assert "▼ supervision · " in out
    assert "more; --out FILE.csv" in out
    rows = find(Question(theme="supervision", direction="weakness"), kit.england / SQLITE)

    for ending in (".csv", ".xlsx"):
        place = tmp_path / f"found{ending}"
        status, out, _ = findings(
            "find", "--theme", "supervision", "--direction", "weakness", "--out", place
        )
        assert (status, out.splitlines()[-1]) == (0, str(place))
    text = (tmp_path / "found.csv").read_text("utf-8-sig")
    assert text.splitlines()[0] == ",".join(COLUMNS)
    sheet = load_workbook(tmp_path / "found.xlsx")["findings"]
    table = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert table == [list(COLUMNS), *([row[c] or "" for c in COLUMNS] for row in rows)]

    status, out, err = findings("find", "--out", tmp_path / "found.ods")
    assert (status, out) == (2, "")
    assert "write a .csv or an .xlsx file" in err


@pytest.mark.parametrize("name", CALLS)
def test_every_call_gives_a_frame_of_the_authorities_looked_at(gathered, name):
    england = three(gathered)
    one = England(england.frames, england.codebook, ("knowsley",), "Knowsley")
    table = getattr(one, name)()
    assert set(table["authority"]) == {"knowsley"}
    assert len(table) == (getattr(england, name)()["authority"] == "knowsley").sum()
    assert {"name", "region"} <= set(table.columns)
    if "visit" in table:
        assert table["visit"].cat.ordered
        assert table["date"].notna().all()


def test_frames_can_be_changed_without_harm(gathered):
    england = three(gathered)
    frame = england.frames.frame("codes")
    frame["direction"] = "none"
    assert set(england.findings()["direction"]) > {"strength", "weakness"}


def test_a_narrowing_that_a_table_does_not_know_is_named(gathered):
    with pytest.raises(FindingsError, match="The table paths has no direction"):
        three(gathered).paths(direction="weakness")
    with pytest.raises(UnknownNameError, match="There is no narrowing 'grade'"):
        three(gathered).findings(grade="good")


def test_all_and_a_region_are_loaded(kit, monkeypatch, capsys):
    monkeypatch.setenv(ROOT_VARIABLE, str(kit.root))
    assert load.england().slugs == ("bolton", "knowsley", "leeds")
    assert capsys.readouterr().err == ""
    west = load.region("north west")
    assert (west.slugs, west.of) == (("bolton", "knowsley"), "North West")
    assert repr(west).startswith("North West: 2 authorities, ")
    two = load(["Leeds", "knowsley"])
    assert (two.slugs, two.of) == (("leeds", "knowsley"), "Leeds and Knowsley")
    assert set(two.paths()["authority"]) == set(two.slugs)
    with pytest.raises(UnknownNameError, match="There is no authority 'Leds'"):
        load(["Leds"])
    with pytest.raises(FindingsError, match="Name one authority or more"):
        load([])
    with pytest.raises(UnknownNameError, match="There is no region 'Nort'"):
        load.region("Nort")
    kit.raw("leeds", "needs.csv").touch()
    load.england()
    assert "Gathering the tables of all authorities" in capsys.readouterr().err
