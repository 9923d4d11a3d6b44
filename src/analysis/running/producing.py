"""Making one report: the notebook is executed, then turned into a page."""

from __future__ import annotations

import errno
import json
import os
import platform
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError

from analysis.dates import DATE_VARIABLE
from analysis.errors import FindingsError, is_machines, machine_error
from analysis.exporting.forms import FORMS, HTML
from analysis.exporting.pdf import PrintingError
from analysis.project import PICTURES_VARIABLE, ROOT_VARIABLE, TABLES_VARIABLE, Project
from analysis.report.page.page import KERNEL, to_page
from analysis.report.sentences.brief import SUMMARY
from analysis.running import engine
from analysis.running.inputs import NOTEBOOK, Inputs, changed
from analysis.running.making import (
    FIX_CELL,
    FIX_COPY,
    FIX_DATA,
    FIX_DISK,
    FIX_FAULT,
    FIX_FORM,
    FIX_KILLED,
    FIX_MACHINE,
    FIX_TIME,
    fix,
)
from analysis.running.tasks import Failed, Made, Task

INJECTED: Final = "injected-parameters"
_PICTURES: Final = ".pictures"
"""Folder, beside the tables, in which a notebook leaves its charts."""
_TIMES: Final = ("start_time", "end_time", "duration")
_PLACES: Final = ("input_path", "output_path")


def produce(task: Task) -> Made | Failed:
    """Make a report in this process, which nobody else uses.

    Returns
    -------
    Made or Failed
        Every fault of the notebook, the data, the disk and the clock is told, never raised.
    """
    began = time.monotonic()
    try:
        with tempfile.TemporaryDirectory(prefix="findings-") as name:
            tables = Path(name)
            project = _settle(task, tables)
            notebook = _execute(task, project, began + task.seconds)
            summary, texts = _left(tables / task.asked.authority)
            page = to_page(notebook)
            files: dict[str, str | bytes] = {"ipynb": _text(notebook), "html": page}
            if task.forms != (HTML,):
                from analysis.exporting.making import other_forms  # which a page alone needs not

                left = tables / _PICTURES
                files |= other_forms(
                    task.asked, task.forms, project, page, summary, left, began + task.seconds
                )
    except PapermillExecutionError as error:
        return _failed_cell(task, error)
    except PrintingError as error:
        return Failed(str(error), fix(FIX_FORM, task))
    except FindingsError as error:
        return Failed(str(error), fix(FIX_COPY, task))
    except (OSError, MemoryError) as error:
        if not is_machines(error):
            return Failed(str(error), fix(FIX_FAULT, task))
        return Failed.by_machine(machine_error(error, "it could not be made"))
    return Made(
        files=files,
        tables=texts,
        summary=summary,
        pictures=count_pictures(notebook),
        seconds=time.monotonic() - began,
    )


def _settle(task: Task, tables: Path) -> Project:
    """Make this process ready for the task, and see that its files are those of the task."""
    if (Path(task.root) / "data" / "raw").is_dir():  # else this is another machine
        os.environ[ROOT_VARIABLE] = task.root
    os.environ[DATE_VARIABLE] = task.date
    os.environ[TABLES_VARIABLE] = str(tables)
    os.environ.pop(PICTURES_VARIABLE, None)
    if any(FORMS[form].drawn for form in task.forms):
        os.environ[PICTURES_VARIABLE] = str(tables / _PICTURES)
    project = Project.find()
    now = Inputs(project, task.inputs["date"]).of(task.asked)
    if now != task.inputs:
        differing = ", ".join(changed(task.inputs, now))
        raise FindingsError(
            f"The files in {project.root} on {platform.node()} are not those the report was "
            f"asked of; different: {differing}."
        )
    return project


def _execute(task: Task, project: Project, deadline: float) -> NotebookNode:
    papermill_engines.register(engine.NAME, engine.FindingsEngine)
    notebook = papermill.execute_notebook(
        str(project.notebooks / NOTEBOOK), None, parameters=task.asked.values(),
        engine_name=engine.NAME, kernel_name=KERNEL, cwd=str(project.root), progress_bar=False,
        log_output=False, request_save_on_cell_execute=False, autosave_cell_every=0,
        deadline=deadline,
    )  # fmt: skip
    return pinned(notebook)


def pinned(notebook: NotebookNode) -> NotebookNode:
    """Take out of an executed notebook what differs from run to run: times, places, random ids."""
    for part in (notebook, *notebook.cells):
        told = part.metadata.get("papermill", {})
        for name in (*_TIMES, *_PLACES):
            told.pop(name, None)
        part.metadata.pop("execution", None)
    for cell in notebook.cells:
        if INJECTED in cell.metadata.get("tags", []):
            cell["id"] = INJECTED
    return notebook


def count_pictures(notebook: NotebookNode) -> int:
    """Count the pictures that a notebook shows."""
    count = 0
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data: dict[str, Any] = output.get("data", {})
            count += sum(kind.startswith("image/") for kind in data)
            count += "".join(data.get("text/html", "")).count("<img ")
    return count


def _text(notebook: NotebookNode) -> str:
    return str(nbformat.writes(notebook, version=4)) + "\n"


def _left(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """What the notebook left: the summary, and the tables by file name."""
    texts = {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*"))}
    return json.loads(texts.get(SUMMARY, "{}")), texts


def _failed_cell(task: Task, error: PapermillExecutionError) -> Failed:
    words = {
        "DeadKernelError": FIX_KILLED,
        "CellTimeoutError": FIX_TIME,
        "DataError": FIX_DATA,
        "FindingsError": FIX_DATA,
        "UnknownNameError": FIX_DATA,
        "MachineError": FIX_MACHINE,
        "MemoryError": FIX_KILLED,
    }.get(error.ename, FIX_CELL)
    if error.ename == "OSError" and f"[Errno {errno.ENOSPC}]" in str(error.evalue):
        words = FIX_DISK
    cause = str(error.evalue)
    if words is FIX_CELL:
        cause = f"{error.ename}: {cause}"
    elif words is FIX_TIME:
        cause = f"it took longer than {task.seconds:g} seconds"
    elif words is FIX_KILLED:
        cause = "its process was killed"
    return Failed(
        cause, fix(words, task), int(error.exec_count or 0), str(error.source),
        "\n".join(error.traceback or []),
    )  # fmt: skip
