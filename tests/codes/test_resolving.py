"""From a sheet of disagreements to the codes that count, and the commands around it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.codes.counting import counting
from analysis.data import schemas
from analysis.data.loading import load_data
from analysis.errors import DataError, FindingsError
from analysis.project import Project

HEAD = "finding,theme,cohort,direction,basis,change_said,since,note\n"
DOCUMENT = "exampleshire-focused-visit-2019-06-28"
ONE, TWO, THREE = (f"{DOCUMENT}/{n}" for n in (1, 2, 3))
FIRST = (
    f"{ONE},audit,social-workers,weakness,level,,,\n"
    f"{ONE},plans,children-in-care,mixed,level,,,\n"
    f"{TWO},supervision,social-workers,strength,level,,,\n"
    f"{THREE},caseloads,not-stated,weakness,level,,,\n"
)
SECOND = (
    f"{ONE},audit,not-stated,weakness,level,,,\n"
    f"{ONE},plans,care-leavers,weakness,level,,,\n"
    f"{TWO},none,,,,,,\n"
    f"{THREE},caseloads,not-stated,weakness,level,,,\n"
    f"{THREE},supervision,personal-advisers,mixed,level,,,\n"
)


@pytest.fixture
def coded(project: Project) -> Project:
    """A project in which `ann` and `bob` coded three findings, and nobody resolved anything."""
    codes = project.raw("exampleshire", "codes")
    (codes / "resolved.csv").unlink()
    (codes / "ann.csv").write_text(HEAD + FIRST, encoding="utf-8")
    (codes / "bob.csv").write_text(HEAD + SECOND, encoding="utf-8")
    return project


def run(*arguments: object) -> str:
    done = CliRunner().invoke(app, list(map(str, arguments)))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


def write_sheet(path: Path) -> pd.DataFrame:
    run("agree", "exampleshire", "--first", "ann", "--second", "bob", "--out", path)
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def test_the_sheet_holds_every_disagreement_and_two_columns_to_fill_in(coded, tmp_path):
    table = write_sheet(tmp_path / "sheet.csv")
    assert list(table.columns) == list(schemas.SHEET.columns)
    told = ["finding", "theme", "kind", "first", "first_cohort", "second", "second_cohort"]
    assert table[told].to_numpy().tolist() == [
        [ONE, "plans", "direction", "mixed", "children-in-care", "weakness", "care-leavers"],
        [TWO, "supervision", "only first", "strength", "social-workers", "absent", ""],
        [THREE, "supervision", "only second", "absent", "", "mixed", "personal-advisers"],
    ]
    assert set(table["resolved"]) == set(table["reason"]) == {""}
    assert table["summary"].str.len().min() > 0


def test_what_is_decided_becomes_resolved_codes_with_what_both_agreed_on(coded, tmp_path):
    path = tmp_path / "sheet.csv"
    table = write_sheet(path)
    table["resolved"] = ["second", "none", "strength"]
    table["reason"] = ["of care leavers", "only named", "praise prevails"]
    table.to_csv(path, index=False, sep=";", encoding="utf-8-sig")  # as a spreadsheet saves it

    told = run("resolve", path)

    assert "3 findings resolved; 0 stood there and were left unchanged; 0 not decided" in told
    data = load_data("exampleshire", coded)
    made = data.codes[data.codes["coder"] == "resolved"]
    assert made[["finding", "theme", "cohort", "direction", "note"]].to_numpy().tolist() == [
        [ONE, "audit", "social-workers", "weakness", ""],
        [ONE, "plans", "care-leavers", "weakness", "of care leavers"],
        [TWO, "none", "", "", "only named"],
        [THREE, "caseloads", "not-stated", "weakness", ""],
        [THREE, "supervision", "personal-advisers", "strength", "praise prevails"],
    ]
    assert set(counting(data.codes).set_index("finding").loc[[ONE, TWO, THREE], "coder"]) == {
        "resolved"
    }


@pytest.mark.promise("blank-waits")
def test_what_is_not_decided_waits_and_what_stands_is_left(coded, tmp_path):
    path = tmp_path / "sheet.csv"
    table = write_sheet(path)
    table.assign(resolved=["first", "", ""]).to_csv(path, index=False)
    assert "1 finding resolved; 0 stood there" in run("resolve", path)
    before = coded.raw("exampleshire", "codes", "resolved.csv").read_bytes()

    again = write_sheet(path)
    assert again["resolved"].tolist() == ["mixed", "", ""]
    table.assign(resolved=["none", "first", ""]).to_csv(path, index=False)
    told = run("resolve", path)

    assert "1 finding resolved; 1 stood there and was left unchanged; 1 not decided" in told
    after = coded.raw("exampleshire", "codes", "resolved.csv").read_bytes()
    assert after.startswith(before)


def refused(path: Path, before: bytes | None, target: Path) -> str:
    with pytest.raises((DataError, FindingsError)) as caught:
        run("resolve", path)
    assert (target.read_bytes() if target.exists() else None) == before
    return str(caught.value)


@pytest.mark.promise("changed-sheet-refused")
def test_a_sheet_that_does_not_fit_is_refused_and_nothing_written(coded, tmp_path):
    path, target = tmp_path / "sheet.csv", coded.raw("exampleshire", "codes", "resolved.csv")
    table = write_sheet(path).assign(resolved="first")

    table.assign(resolved="yes").to_csv(path, index=False)
    assert "resolved = 'yes': not in the list. Allowed: first, second" in refused(
        path, None, target
    )
    table.assign(theme=["audit", *table["theme"][1:]]).to_csv(path, index=False)
    said = refused(path, None, target)
    assert "row 2, theme = 'audit': is not what the two coders disagree on now" in said
    assert "has no row for the disagreement on plans" in said
    table.assign(finding="nowhere-letter-2020/1", theme=["a", "b", "c"]).to_csv(path, index=False)
    assert "no authority that is held has this finding" in refused(path, None, target)
    table.drop(columns="kind").to_csv(path, index=False)
    assert "kind = '': this column is missing" in refused(path, None, target)
    assert "Write it with `findings agree" in refused(tmp_path / "none.csv", None, target)


def test_resolving_against_the_tagger_takes_the_cohort_that_it_tells(coded, tmp_path):
    path = tmp_path / "sheet.csv"
    run("agree", "exampleshire", "--first", "tagger", "--second", "bob", "--out", path)
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert "only first" in set(table["kind"])
    table.assign(resolved="first").to_csv(path, index=False)
    run("resolve", path)
    data = load_data("exampleshire", coded)
    made = data.codes[(data.codes["coder"] == "resolved") & (data.codes["theme"] != "none")]
    assert set(made["basis"]) == {"level"}
    assert "personal-advisers" in set(made["cohort"])


def test_the_terminal_shows_measures_confusion_and_disagreements(coded):
    told = run("agree", "exampleshire", "--first", "ann", "--second", "bob")
    for part in ("both coded 3 findings", "3 findings drawn anew", "Krippendorff",
                 "ann in rows, bob in columns", "3 disagreements"):  # fmt: skip
        assert part in told


def test_files_are_compared_without_an_authority(coded, tmp_path):
    a, b = tmp_path / "a.csv", tmp_path / "b.csv"
    a.write_text("id,theme,direction\nx/1,audit,mixed\n")
    b.write_text("id,theme,direction\nx/1,audit,weakness\n")
    out = tmp_path / "sheet.csv"
    told = run("agree", "--first-file", a, "--second-file", b, "--out", out)
    assert "a and b both coded 1 finding" in told
    assert pd.read_csv(out, dtype=str)["second"].tolist() == ["weakness"]
    for wrong in (("exampleshire", "--first-file", a, "--second-file", b), ("--first-file", a)):
        with pytest.raises(FindingsError, match="both given"):
            run("agree", *wrong)


def test_a_refusal_leaves_the_sheet_that_stood_there(coded, tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text("mine")
    with pytest.raises(FindingsError):
        run("agree", "exampleshire", "--first", "ann", "--second", "ann", "--out", path)
    assert path.read_text() == "mine"
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["sheet.csv"]


def test_what_has_no_direction_is_not_resolved_until_it_has_one(coded, tmp_path):
    checks = coded.raw("exampleshire", "checks")
    own = f"{ONE},plans,\n{TWO},none,\n{THREE},caseloads,\n"
    for name in ("check-b", "check-c"):
        (checks / f"{name}.csv").write_text(f"finding,theme,direction\n{own}", encoding="utf-8")
    with (checks / "check-c.csv").open("a", encoding="utf-8") as file:
        file.write(f"{THREE},audit,mixed\n")
    path = tmp_path / "sheet.csv"
    run("agree", "exampleshire", "--first", "ann", "--second", "check-b", "--out", path)
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table["resolved"] = [
        "second" if theme == "plans" else "first" for theme in table["theme"]
    ]  # fmt: skip
    table.to_csv(path, index=False)
    refused = CliRunner().invoke(app, ["resolve", str(path)])
    assert "gave no direction" in str(refused.exception)
    run("agree", "exampleshire", "--first", "check-b", "--second", "check-c", "--out", path)
    table = pd.read_csv(path, dtype=str, keep_default_na=False).assign(resolved="second")
    table.to_csv(path, index=False)
    refused = CliRunner().invoke(app, ["resolve", str(path)])
    assert "neither coder gave caseloads a direction" in str(refused.exception)
