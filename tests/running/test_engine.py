"""`papermill --engine findings`: ordinary papermill, cell by cell the same as its own engine."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import nbformat
import pytest
from commands import papermill

from analysis.running.producing import count_pictures

pytestmark = pytest.mark.notebook
PID = re.compile(r"ipykernel_\d+")
ROOT = Path(__file__).parents[2]

CELLS = (
    "import sys, os, subprocess\nprint('out', who, number + 1)\nprint('err', file=sys.stderr)",
    "print('a', flush=True)\nx = subprocess.run(['echo', 'from a child'])\nx.returncode",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2], [3, 4])\nplt.show()",
    "fig, axes = plt.subplots(1, 2)\naxes[0].bar([1, 2], [3, 4])",
    "from matplotlib.figure import Figure\nFigure(figsize=(1, 1)).add_subplot().figure",
    "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
    "from IPython.display import display, Markdown, clear_output\n"
    "h = display(Markdown('*a*'), display_id='d')\nh.update(Markdown('*b*'))",
    "print('gone')\nclear_output()\nprint('stays')",
    "import warnings\nwarnings.warn('careful')",
    "await __import__('asyncio').sleep(0)\n_ = 1\n%pwd\n!echo shell",
    "plt.get_backend(), pd.__name__, __name__, sys.argv[0].endswith('ipykernel_launcher.py')",
)


def write(path: Path, *sources: str) -> Path:
    cells = [
        nbformat.v4.new_code_cell("who, number = 'x', 1", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_markdown_cell("## Text"),
        *(nbformat.v4.new_code_cell(dedent(source)) for source in sources),
    ]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec}), path)
    return path


def by_engine(path: Path, out: Path, *more: str, **environment: str):
    """Run a notebook with our engine, which forks its kernel from a process of one thread."""
    command = [sys.executable, "-m", "papermill", path, out, "--no-progress-bar", *more]
    command += ["--engine", "findings"]
    env = {k: v for k, v in os.environ.items() if k != "MPLBACKEND"} | environment
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180, env=env,
                         check=False)  # fmt: skip
    return ran, nbformat.read(out, as_version=4)


def usually(path: Path, out: Path, *more: str, **environment: str) -> nbformat.NotebookNode:
    """Run a notebook as papermill usually does."""
    ran = papermill(path, out, *more, cwd=ROOT, **environment)
    assert ran.status == 0, ran.err
    return nbformat.read(out, as_version=4)


def plain(notebook: nbformat.NotebookNode) -> list[tuple[object, ...]]:
    """What each cell is and shows, without times and random ids."""
    shown = []
    for cell in notebook.cells:
        told = dict(cell.metadata.get("papermill", {}))
        for name in ("start_time", "end_time", "duration"):
            assert name in told
            told.pop(name)
        outputs = json.loads(PID.sub("ipykernel_0", json.dumps(cell.get("outputs", []))))
        shown.append((cell.source, cell.get("execution_count"), cell.metadata.tags, told, outputs))
    return shown


def streams_joined(shown):
    """Streams of both kinds may arrive in either order."""
    return [(*rest, sorted(outputs, key=lambda o: o.get("name", "~"))) for *rest, outputs in shown]


@pytest.mark.promise("engine-same-outputs")
def test_outputs_are_those_of_the_usual_engine(tmp_path):
    path = write(tmp_path / "in.ipynb", *CELLS)
    parameters = ("-p", "number", "6", "-r", "who", "007")
    ran, fast = by_engine(path, tmp_path / "fast.ipynb", *parameters)
    slow = usually(path, tmp_path / "slow.ipynb", *parameters)
    assert ran.returncode == 0, ran.stderr
    assert "fresh kernel" not in ran.stderr
    assert count_pictures(fast) == count_pictures(slow) == 3
    for mine, theirs in zip(streams_joined(plain(fast)), streams_joined(plain(slow)), strict=True):
        assert mine == theirs
    assert fast.metadata.language_info == slow.metadata.language_info
    assert fast.metadata.papermill.parameters == slow.metadata.papermill.parameters
    assert "out 007 7" in str(fast)


def test_a_report_is_the_same_picture_by_picture(tmp_path):
    more = ("-p", "authority", "exampleshire", "--cwd", str(ROOT))
    root = str(ROOT / "tests" / "fixtures" / "project")
    env = {"FINDINGS_ROOT": root, "FINDINGS_TABLES": str(tmp_path), "SOURCE_DATE_EPOCH": "0"}
    path = ROOT / "notebooks" / "report.ipynb"
    ran, fast = by_engine(path, tmp_path / "f.ipynb", *more, **env)
    slow = usually(path, tmp_path / "s.ipynb", *more, **env)
    assert ran.returncode == 0, ran.stderr
    assert count_pictures(fast) == 2
    assert plain(fast) == plain(slow)


@pytest.mark.parametrize(
    ("cell", "name", "more"),
    [
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "DeadKernelError", ()),
        ("while True: pass", "CellTimeoutError", ("--execution-timeout", "2")),
        ("1 / 0", "ZeroDivisionError", ()),
    ],
)
@pytest.mark.promise("engine-names-the-cell")
def test_a_failing_cell_is_named_in_the_output_whatever_happened(tmp_path, cell, name, more):
    path = write(tmp_path / "in.ipynb", "1", cell, "print('never')")
    ran, left = by_engine(path, tmp_path / "out.ipynb", *more)
    assert ran.returncode != 0
    assert name in ran.stderr
    cells = [c for c in left.cells if c.cell_type == "code"]
    states = {c.source: c.metadata.papermill.status for c in cells}
    assert states[cell] == "failed"
    assert states["1"] == "completed"
    assert states["print('never')"] != "completed"
    failed = next(c for c in cells if c.source == cell)
    assert [o.ename for o in failed.outputs] == [name]
    assert failed.execution_count == 3


@pytest.mark.promise("engine-fresh-kernel")
def test_where_forking_is_not_safe_a_fresh_kernel_is_used_and_it_says_so(tmp_path):
    path = write(tmp_path / "in.ipynb", "who")
    program = f"""
    import logging, threading, papermill
    logging.basicConfig()
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    papermill.execute_notebook({str(path)!r}, {str(tmp_path / "out.ipynb")!r},
                               engine_name="findings", progress_bar=False)
    """
    ran = subprocess.run([sys.executable, "-c", dedent(program)], capture_output=True, text=True,
                         timeout=180, check=False)  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert (
        "A fresh kernel is started, which takes longer: this process has more than one"
        in ran.stderr
    )
    assert nbformat.read(tmp_path / "out.ipynb", 4).cells[-1].outputs[0].data["text/plain"] == "'x'"
