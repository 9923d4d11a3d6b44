"""Every notebook runs from the command line, asks in Markdown and is stored without outputs."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
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
    assert 'authority = "knowsley"' in tagged[0].source


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
    assert all(h.endswith("?") for h in questions)


def papermill(path: Path, out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "papermill", path, out, "--no-progress-bar", *more]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.notebook
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_runs_top_to_bottom_with_plain_papermill(path, tmp_path):
    out = tmp_path / path.name
    ran = papermill(path, out, "-p", "authority", "knowsley")
    assert ran.returncode == 0, ran.stderr
    outputs = [o for c in json.loads(out.read_text())["cells"] for o in c.get("outputs", [])]
    assert outputs
    assert not [o for o in outputs if o["output_type"] == "error"]


@pytest.mark.notebook
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-p", "authority", "knowsly"), "Did you mean 'knowsley'"),
        (("-p", "authorty", "kent"), "no parameter 'authorty'. Did you mean 'authority'?"),
        (("-p", "start", "2014"), "-r start 2014"),
        (("-p", "themes", "suprevision"), "Did you mean 'supervision'?"),
    ],
)
@pytest.mark.promise("unknown-papermill-parameter")
def test_a_wrong_parameter_stops_papermill_and_says_what_to_do(arguments, said, tmp_path):
    ran = papermill(ROOT / "notebooks" / "report.ipynb", tmp_path / "out.ipynb", *arguments)
    assert ran.returncode != 0
    assert said in ran.stderr


@pytest.mark.notebook
def test_runs_where_jupyterlab_starts_it(tmp_path):
    command = [
        sys.executable, "-m", "jupyter", "nbconvert", "--to", "notebook", "--execute",
        "--output-dir", str(tmp_path), "report.ipynb",
    ]  # fmt: skip
    environment = {k: v for k, v in os.environ.items() if k != "FINDINGS_ROOT"}
    ran = subprocess.run(
        command,
        cwd=ROOT / "notebooks",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=environment,
    )
    assert ran.returncode == 0, ran.stderr
