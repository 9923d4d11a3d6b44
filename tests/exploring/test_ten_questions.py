"""Ten questions of a pandas user: each cell of the notebook gives an answer that the data bear."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from analysis import load
from analysis.exploring.saving import Saved
from analysis.exploring.table import Table
from analysis.project import ROOT_VARIABLE
from analysis.report.page.block import Block

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "notebooks" / "questions.ipynb"


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """Each answer by its number, on real data and for a small region; nothing is saved there."""
    root = tmp_path_factory.mktemp("project")
    (root / "data").mkdir()
    (root / "data" / "raw").symlink_to(ROOT / "data" / "raw", target_is_directory=True)
    cells = [c.source for c in nbformat.read(BOOK, as_version=4).cells if c.cell_type == "code"]
    names: dict[str, object] = {"In": ["", cells[0]]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ROOT_VARIABLE, str(root))
        exec(cells[0], names)  # noqa: S102 - as a kernel does
        names |= {"beside": "bolton", "region": "North East"}
        exec(cells[1], names)  # noqa: S102
        return {"names": names} | {
            number: run(cell, names) for number, cell in enumerate(cells[2:], 1)
        }


def run(source: str, names: dict[str, object]) -> object:
    """Run a cell and return what it shows, as a kernel does."""
    *before, last = ast.parse(source).body
    assert isinstance(last, ast.Expr)
    exec(compile(ast.Module(before, []), "cell", "exec"), names)  # noqa: S102
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307


@pytest.mark.promise("ten-questions")
def test_there_are_ten_and_each_is_answered(answers):
    assert len(answers) == 11
    for number in range(1, 11):
        answer = answers[number]
        assert isinstance(answer, pd.DataFrame | Saved | Block), number
        assert not isinstance(answer, Table) or len(answer) > 0, number
        assert answer._repr_html_()


def test_findings_by_year_are_those_of_the_codes(answers):
    coded = load("knowsley").results.coded
    weak = coded[(coded["theme"] == "caseloads") & (coded["direction"] == "weakness")]
    assert answers[1]["caseloads"].sum() == weak["finding"].nunique()


def test_two_authorities_are_two_columns(answers):
    assert list(answers[2].columns) == ["Bolton", "Knowsley"]
    assert len(answers[2]) == len(load("knowsley").codebook.ids)


def test_a_region_is_only_that_and_each_finding_has_its_place(answers):
    found = answers[3]
    assert (found["date"] >= pd.Timestamp("2022")).all()
    assert (found["link"] != "").all()
    known = found[found["address"] != ""]
    assert 0 < len(known) < len(found)
    pages = known["address"].str.partition("#page=")[2]
    assert pages.to_list() == known["page"].astype(str).to_list()
    names = answers["names"]
    assert set(found["name"]) <= set(names["around"].authorities()["name"])
    assert set(names["around"].authorities()["region"]) == {"North East"}


def test_it_is_saved_for_excel(answers):
    assert {path.suffix for path in answers[4].paths} == {".csv", ".xlsx"}


def test_what_came_back_was_raised_before_and_at_the_latest_visit(answers):
    rows = answers[5]
    assert rows["raised_again"].all()
    assert set(rows["latest_raised"]) == {"knowsley-inspection-2024-11-18"}


def test_who_found_a_way_out_had_it_first(answers):
    assert (answers[6]["before_date"] < answers[6]["after_date"]).all()


def test_only_what_can_be_leaned_on_is_left(answers):
    assert set(answers[8]["confidence"]) <= {"moderate", "high"}
    assert set(answers[8]["path"]) == {"worse"}


def test_a_word_is_in_each_summary(answers):
    assert answers[10]["summary"].str.contains("agency", case=False).all()
