"""Every notebook runs from the command line, asks in Markdown and is stored without outputs."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from builders import asked_by
from commands import papermill

from analysis.errors import FindingsError
from analysis.project import ROOT_VARIABLE

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
ELSEWHERE = ("compare.ipynb", "england.ipynb", "explore.ipynb", "report.ipynb")
"""Two that need the tables of all authorities: `tests/england/test_over_england.py` runs them; the
menus, which run whole below, as they are exported, and in `tests/exploring/test_lab.py`; and the
report, of which more is asked."""
MAX_LINES = 14


def cells(path: Path, kind: str) -> list[nbformat.NotebookNode]:
    return [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == kind]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_is_stored_without_outputs(path):
    for cell in cells(path, "code"):
        assert cell.outputs == []
        assert cell.execution_count is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_defines_no_function_and_keeps_calls_short(path):
    for cell in cells(path, "code"):
        tree = ast.parse(cell.source)
        assert not [
            n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.Lambda | ast.ClassDef)
        ]
        assert len(cell.source.splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_has_one_cell_of_parameters(path):
    tagged = [c for c in cells(path, "code") if "parameters" in c.metadata.get("tags", [])]
    assert len(tagged) == 1
    assert path.name == "england.ipynb" or 'authority = "knowsley"' in tagged[0].source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
@pytest.mark.promise("unknown-papermill-parameter")
def test_refuses_unknown_parameters_before_anything_else(path):
    _parameters, first, *_ = cells(path, "code")
    calls = [
        n for n in ast.parse(first.source).body if not isinstance(n, ast.Import | ast.ImportFrom)
    ]
    assert ast.unparse(calls[0]) == "refuse_unknown(In)"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_markdown_asks_questions(path):
    headings = [c.source.splitlines()[0] for c in cells(path, "markdown")]
    questions = [h for h in headings if h.startswith("## ")]
    assert questions
    assert path.name == "report.ipynb" or all(h.endswith("?") for h in questions)


def ran_whole(path: Path, out: Path, *asked: str) -> list[dict[str, Any]]:
    """Run a notebook that must succeed, and return what its cells show."""
    ran = papermill(path, out, "-p", "authority", "knowsley", *asked, cwd=ROOT)
    assert ran.status == 0, ran.err
    outputs = [o for c in json.loads(out.read_text())["cells"] for o in c.get("outputs", [])]
    assert outputs
    assert not [o for o in outputs if o["output_type"] == "error"]
    return outputs


@pytest.mark.notebook
@pytest.mark.parametrize(
    "path", [p for p in NOTEBOOKS if p.name not in ELSEWHERE], ids=lambda p: p.name
)
def test_runs_top_to_bottom_with_plain_papermill(path, tmp_path):
    fewest = ("-p", "region", "East Midlands") if path.name == "questions.ipynb" else ()
    ran_whole(path, tmp_path / path.name, *fewest)


@pytest.mark.notebook
@pytest.mark.promise("papermill-says-how")
def test_the_report_runs_with_plain_papermill_and_says_how_to_get_the_page(tmp_path):
    path = ROOT / "notebooks" / "report.ipynb"
    *_, last = ran_whole(path, tmp_path / path.name, "-r", "start", "2018")
    assert "findings report knowsley --start 2018" in "".join(last["data"]["text/html"])


@pytest.mark.notebook
@pytest.mark.promise("unknown-papermill-parameter")
def test_a_wrong_parameter_stops_papermill_and_says_what_to_do(tmp_path):
    path = ROOT / "notebooks" / "report.ipynb"
    ran = papermill(path, tmp_path / "out.ipynb", "-p", "authorty", "kent", cwd=ROOT)
    assert ran.status != 0
    assert "no parameter 'authorty'. Did you mean 'authority'?" in ran.err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("authority = 'knowsly'", "Did you mean 'knowsley'"),
        ("authorty = 'kent'", "no parameter 'authorty'. Did you mean 'authority'?"),
        ("start = 2014", "-r start 2014"),
        ("themes = 'suprevision'", "Did you mean 'supervision'?"),
    ],
)
def test_a_wrong_parameter_is_refused_by_the_cell_after_it(given, said):
    own, call, *_ = (c.source for c in cells(ROOT / "notebooks" / "report.ipynb", "code"))
    given = f"# Parameters\n{given}\n"
    names = {"In": ["", own, given, call]}
    for source in (own, given):
        exec(source, names)  # noqa: S102 - as a kernel does
    with pytest.raises(FindingsError, match=re.escape(said)):
        exec(call, names)  # noqa: S102


@pytest.mark.notebook
@pytest.mark.promise("export-asks-nothing")
def test_explore_is_exported_without_a_network(tmp_path):
    command = [
        sys.executable, "-m", "nbconvert", "--config", "jupyter_config.py", "--to", "html",
        "--execute", "explore.ipynb", "--output-dir", tmp_path,
    ]  # fmt: skip
    env = {k: v for k, v in os.environ.items() if k != ROOT_VARIABLE}
    ran = subprocess.run(
        command, cwd=ROOT / "notebooks", env=env, capture_output=True, text=True, timeout=300,
        check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    page = (tmp_path / "explore.html").read_text("utf-8")
    assert asked_by(page) == []
    assert "How did inspectors judge each theme, visit by visit?" in page
    assert page.count('class="chart"') > 5
