"""`findings check` and the ways in which the command refuses."""

from __future__ import annotations

import shutil
import sys
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest
from locks import ROOT

from analysis import __version__
from analysis.cli import main
from analysis.project import ROOT_VARIABLE, Project

pytestmark = pytest.mark.usefixtures("project")


def contents(project: Project) -> dict[str, bytes]:
    """Every file of the project with its bytes."""
    return {
        project.relative(path): path.read_bytes()
        for path in project.root.rglob("*")
        if path.is_file()
    }


def edit(project: Project, name: str, old: str, new: str) -> None:
    path = project.raw("exampleshire", name)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_sound_data_pass(findings):
    assert findings("check", "exampleshire") == (0, "exampleshire: in order, 0 warnings\n", "")
    status, out, err = findings("check")
    assert (status, err) == (0, "")
    assert out.startswith("exampleshire: in order, 0 warnings\n")
    assert out.splitlines()[-1].startswith("codebook: in order, ")


def test_a_name_of_no_authority_fails_the_check(project, findings):
    path = project.raw("authority_names.csv")
    path.write_text("name,authority,what\nExample Town,exampleshire,spelling\n")
    assert findings("check", "exampleshire")[0] == 0
    path.write_text("name,authority,what\nExample Town,exampelshire,spelling\n")
    status, out, _ = findings("check", "exampleshire")
    assert status == 2
    assert "authority_names.csv, row 2, authority = 'exampelshire'" in out


def edit_codebook(project: Project, old: str, new: str) -> None:
    path = project.raw("codebook.yml")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_does_no_work_in_the_codebook_is_named(findings, project):
    edit_codebook(project, r"'\bsupervision\b'", r"'\bsupervision\b', '\bzebra crossings?\b'")
    edit_codebook(project, "[Plans say what must change]", "[Ponies are fed]")
    theme = (
        "\n  - {id: kinship-care, group: practice, name: Kinship care, definition: Kin.,"
        "\n     areas: everywhere, examples: []}\n"
    )
    path = project.raw("codebook.yml")
    path.write_text(path.read_text(encoding="utf-8") + theme, encoding="utf-8")

    status, out, err = findings("check")

    assert (status, err) == (0, "")
    said = [line for line in out.splitlines() if line.startswith("warning: data/raw/codebook.yml")]
    assert [line for line in said if "supervision: " in line and "zebra crossings?" in line]
    assert not [line for line in said if r"\bsupervision\b" in line]
    assert (
        "warning: data/raw/codebook.yml: plans: none of its patterns matches its example: "
        "Ponies are fed"
    ) in said
    assert (
        "warning: data/raw/codebook.yml: kinship-care: no coder has ever given this theme" in said
    )
    assert [line for line in said if "kinship-care: it has neither patterns nor examples" in line]
    assert out.splitlines()[-1].startswith(f"codebook: in order, {len(said)} warnings; ")


def test_published_words_that_are_held_are_looked_at_too(findings, project):
    edit_codebook(project, r"'\bsupervision\b'", r"'\bsupervision\b', '\bzebra crossings?\b'")
    local = project.local("exampleshire", "texts.csv")
    local.parent.mkdir(parents=True)
    local.write_text(
        "finding,text\nexampleshire-focused-visit-2019-06-28/1,Zebra crossings are few.\n"
    )
    out = findings("check")[1]
    assert "zebra" not in out
    assert out.splitlines()[-1].endswith(" findings, 1 of them with their published words")


def test_a_theme_used_in_training_only_is_used(findings, project):
    theme = "\n  - {id: kin, group: practice, name: Kin, definition: Kin., areas: everywhere, "
    path = project.raw("codebook.yml")
    text = path.read_text(encoding="utf-8") + theme + "examples: [Kin are helped]}\n"
    path.write_text(text, encoding="utf-8")
    assert "kin: no coder has ever given this theme" in findings("check")[1]

    folder = project.raw("training")
    folder.mkdir()
    (folder / "codes.csv").write_text("paragraph,theme,direction,coder\np/1,kin,mixed,ann\n")

    assert "kin: no coder" not in findings("check")[1]


@pytest.mark.promise("check-names-every-problem")
def test_every_problem_is_printed_and_the_check_fails(findings, project):
    edit(project, "visits.csv", "2019-06-05", "31/02/2019")
    edit(project, "codes/reader-1.csv", "/1,caseloads,", "/1,[red]casework,")

    status, out, err = findings("check")

    assert (status, err) == (2, "")
    lines = out.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith(
        "problem: data/raw/exampleshire/codes/reader-1.csv, row 2, theme = '[red]casework': "
    )
    assert lines[1] == (
        "problem: data/raw/exampleshire/visits.csv, row 6, end = '31/02/2019': not a date. "
        "Allowed: 2024-01-31, 2024-01, 2024 or 31/01/2024, or blank"
    )
    assert lines[2] == "exampleshire: 2 problems, 0 warnings"


@pytest.mark.promise("warnings-pass")
def test_warnings_are_printed_and_do_not_fail(findings, project):
    name = "findings/exampleshire-focused-visit-2019-06-28.csv"
    edit(project, name, "Staff say", "Councillor Smith says")

    status, out, _ = findings("check")

    assert status == 0
    assert out.startswith(
        f"warning: data/raw/exampleshire/{name}, row 6, summary = 'Councillor Smith': "
        "looks like a person's name; name the role only\n"
        "exampleshire: in order, 1 warning\n"
    )


@pytest.mark.parametrize("command", ["check", "report", "agree"])
def test_an_unknown_authority_is_refused_with_the_nearest_and_nothing_written(
    findings, project, command
):
    before = contents(project)

    status, out, err = findings(command, "exampleshir")

    assert (status, out) == (2, "")
    assert err == "There is no authority 'exampleshir'. Did you mean 'exampleshire'?\n"
    assert contents(project) == before


@pytest.mark.parametrize("command", ["check", "report", "agree"])
def test_an_authority_without_data_is_refused(findings, project, command):
    before = contents(project)

    status, _, err = findings(command, "otherton")

    assert status == 2
    assert err.startswith("Nothing is held about 'otherton'. Held in data/raw: exampleshire.")
    assert contents(project) == before


def test_wrong_data_are_refused_and_nothing_written(findings, project):
    edit(project, "visits.csv", "2019-06-05", "31/02/2019")
    before = contents(project)

    status, _, err = findings("agree", "exampleshire")

    assert status == 2
    assert err.startswith("1 problem in the data:\n  data/raw/exampleshire/visits.csv, row 6, ")
    assert err.endswith("Put these right, then run it again.\n")
    assert "Traceback" not in err
    assert contents(project) == before


@pytest.mark.parametrize(
    ("option", "value", "part"),
    [
        ("--themes", "caseload", "There is no theme 'caseload'. Did you mean 'caseloads'?"),
        ("--start", "12/31/2016", "Write a date as 2014, 2014-04 or 2014-04-29."),
    ],
)
def test_a_wrong_option_of_a_report_writes_nothing(findings, project, option, value, part):
    before = contents(project)

    status, _, err = findings("report", "exampleshire", option, value)

    assert status == 2
    assert part in err
    assert contents(project) == before


def test_a_report_without_its_notebook_is_refused(findings, project):
    before = contents(project)

    status, _, err = findings("report", "exampleshire")

    assert status == 2
    assert err.startswith("notebooks/report.ipynb is missing")
    assert contents(project) == before


@pytest.fixture
def notebook(project):
    """The report's notebook, in the project."""
    project.notebooks.mkdir()
    shutil.copy(Path(__file__).parents[2] / "notebooks" / "report.ipynb", project.notebooks)


def test_a_report_of_wrong_data_fails_and_its_page_names_file_and_row(findings, project, notebook):
    edit(project, "visits.csv", "2019-06-05", "31/02/2019")

    status, _, err = findings("report", "exampleshire")

    assert status == 1
    assert "1 failed" in err
    assert not (project.reports / "exampleshire.html").exists()
    page = (project.reports / "exampleshire.failed.html").read_text("utf-8")
    assert "data/raw/exampleshire/visits.csv, row 6, " in page
    assert "31/02/2019" in page


@pytest.mark.parametrize(("option", "year"), [("--start", "2030"), ("--end", "2001")])
def test_a_period_without_visits_is_refused_before_anything_runs(
    findings, project, notebook, option, year
):
    status, _, err = findings("report", "exampleshire", option, year)

    assert status == 2
    period = "2030 to the last" if option == "--start" else "the first visit to 2001"
    assert (
        err == f"Exampleshire has no visit from {period}. Visits held: 2014-03-10 to 2022-10-03.\n"
    )
    assert not project.reports.exists()


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("Exampleshire", "no authority is called so; did you mean 'exampleshire'?"),
        ("otherton", "nothing else is held of this authority, so none of it counts"),
    ],
)
def test_codes_that_count_nowhere_fail_the_check(findings, project, folder, said):
    codes = project.raw("exampleshire", "codes", "reader-1.csv")
    project.raw(folder, "codes").mkdir(parents=True)
    shutil.copy(codes, project.raw(folder, "codes", "me.csv"))
    project.raw("drafts").mkdir()

    status, out, _ = findings("check")

    assert status == 2
    assert f"problem: data/raw/{folder}: {said}" in out
    assert "drafts" not in out


def test_a_project_that_holds_nothing_does_not_pass(findings, project):
    shutil.rmtree(project.raw("exampleshire"))

    status, _, err = findings("check")

    assert status == 2
    assert err.startswith("Nothing is held")


def test_no_project_is_no_traceback(findings, monkeypatch, tmp_path):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))

    status, _, err = findings("check")

    assert status == 2
    assert err.startswith("FINDINGS_ROOT is ")


def test_a_bug_keeps_its_traceback(project, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["findings", "check"])
    monkeypatch.setattr("analysis.data.held.held_authorities", lambda _: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        main()


class Interrupted(ModuleType):
    def __getattr__(self, name):
        raise KeyboardInterrupt

    def __call__(self):
        raise KeyboardInterrupt


@pytest.mark.parametrize(
    "when",
    [
        pytest.param(
            lambda patch, ends: patch.setitem(sys.modules, "analysis.cli", ends), id="imported"
        ),
        pytest.param(lambda patch, ends: patch.setattr("analysis.cli.app", ends), id="made"),
    ],
)
def test_ctrl_c_before_the_command_begins_leaves_no_traceback(when):
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    command = EntryPoint("findings", scripts["findings"], "console_scripts").load()

    with pytest.raises(SystemExit) as left, pytest.MonkeyPatch.context() as patch:
        when(patch, Interrupted("ends"))
        command()

    assert left.value.code == 130


def test_version(findings):
    assert findings("--version") == (0, f"inspection-findings {__version__}\n", "")
