"""Doing once what every report would do first, before reports are forked."""

from __future__ import annotations

import io
from contextlib import suppress

import nbformat
from pandera.pandas import DataFrameSchema
from papermill.parameterize import parameterize_notebook

from analysis.charts.parts.style import house_style, new_figure, wrap
from analysis.data import schemas
from analysis.data.codebook import load_codebook
from analysis.errors import FindingsError
from analysis.project import Project
from analysis.report.page.page import KERNEL, PARAMETERS, ReportExporter


def warm() -> None:
    """Fill the caches of fonts, styles, templates and grammars.

    Nothing here may start a thread or open a socket, nor keep anything of the project's data.
    """
    for schema in vars(schemas).values():
        if isinstance(schema, DataFrameSchema):
            schema.validate(schemas.empty(schema), lazy=True)
    with suppress(FindingsError):
        load_codebook(Project.find().raw("codebook.yml"))  # for its patterns, which stay compiled
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
