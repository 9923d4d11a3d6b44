"""Doing once what every report would do first, before reports are forked."""

from __future__ import annotations

import io

import nbformat
from papermill.parameterize import parameterize_notebook

from analysis import charts  # noqa: F401 - imports what draws
from analysis.charts.style import house_style, new_figure, wrap
from analysis.publish import KERNEL, PARAMETERS, ReportExporter


def warm() -> None:
    """Fill the caches of fonts, styles, templates and grammars.

    Nothing here may start a thread, open a socket or read the project's data.
    """
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
