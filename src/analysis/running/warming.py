"""What is done once before reports are forked: every import, and what each report would do first.

The fork server imports this module, and nobody else has a use for it: importing it is the doing.
"""

from __future__ import annotations

import gc
import importlib
import io
from contextlib import suppress
from typing import Final

import nbformat
import pandas as pd
from pandera.pandas import DataFrameSchema
from papermill.parameterize import parameterize_notebook

from analysis.charts.parts.style import house_style, new_figure, wrap
from analysis.data import schemas, shapes
from analysis.data.codebook import load_codebook
from analysis.errors import FindingsError
from analysis.project import Project
from analysis.report.page.block import compile_blocks
from analysis.report.page.page import KERNEL, PARAMETERS, ReportExporter

PRELOADED: Final = (
    "analysis.report.report",
    "analysis.running.producing",
    "IPython.core.completer",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "jupyter_client.asynchronous",
    "jupyter_client.blocking",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib_inline.backend_inline",
    "nbclient",
    "pyarrow.parquet",
    "tqdm.auto",
)
"""What a report imports, sooner or later."""


def _warm() -> None:
    """Fill the caches of fonts, styles, templates and grammars.

    Nothing here may start a thread or open a socket, nor keep anything of the project's data.
    """
    for schema in vars(schemas).values():
        if isinstance(schema, DataFrameSchema):
            schema.validate(shapes.empty(schema), lazy=True)
    with suppress(FindingsError):
        load_codebook(Project.find().raw("codebook.yml"))  # for its patterns, which stay compiled
    compile_blocks()
    with house_style():
        figure = new_figure(1, 1)
        axes = figure.add_subplot()
        axes.set_title("Warm", weight="bold")
        axes.scatter([0, 1], [0, 1], marker="^")
        wrap("A few words", 1.0, 9, bold=True)
        for kind in ("svg", "png"):
            figure.savefig(io.BytesIO(), format=kind)
    cells = [
        nbformat.v4.new_code_cell("a = 1", metadata={"tags": [PARAMETERS]}),
        nbformat.v4.new_markdown_cell("## *Warm*?", metadata={"tags": []}),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": KERNEL, "display_name": KERNEL}
    notebook.metadata["papermill"] = {}
    given = parameterize_notebook(notebook, {"a": "x"}, kernel_name=KERNEL, language="python")
    ReportExporter().from_notebook_node(given)


pd.set_option("mode.string_storage", "python")  # a report's tables are small: a fifth quicker
for name in PRELOADED:
    importlib.import_module(name)
with suppress(FindingsError, OSError):  # a report that needs what cannot be had says so itself
    _warm()
gc.collect()
gc.freeze()  # what is here is never collected, so children share its memory
