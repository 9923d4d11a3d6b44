"""Finding the project's root, wherever a notebook or a command starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import FindingsError
from analysis.project import ROOT_VARIABLE, Project


def test_found_upwards_from_a_folder_inside(project, monkeypatch):
    monkeypatch.delenv(ROOT_VARIABLE)
    inside = project.raw("exampleshire", "findings")

    assert Project.find(inside) == project


def test_found_from_the_working_directory(project, monkeypatch):
    monkeypatch.delenv(ROOT_VARIABLE)
    monkeypatch.chdir(project.raw())

    assert Project.find() == project


def test_the_variable_goes_before_the_folder(project, tmp_path):
    assert Project.find(tmp_path) == project


def test_a_variable_that_leads_nowhere_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))

    with pytest.raises(FindingsError, match=rf"{ROOT_VARIABLE} is .*no data/raw/codebook\.yml"):
        Project.find()


def test_no_project_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.delenv(ROOT_VARIABLE, raising=False)

    with pytest.raises(
        FindingsError, match=f"Change into the project's folder or set {ROOT_VARIABLE}"
    ):
        Project.find(tmp_path)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("raw", "data/raw/a/b.csv"),
        ("processed", "data/processed/a/b.csv"),
        ("local", "data/local/a/b.csv"),
    ],
)
def test_folders(method, expected):
    path = getattr(Project(Path("/kit")), method)("a", "b.csv")

    assert path == Path("/kit") / expected
    assert Project(Path("/kit")).relative(path) == expected


def test_a_path_outside_is_shown_whole():
    assert Project(Path("/kit")).relative(Path("/elsewhere/x.csv")) == "/elsewhere/x.csv"
