"""From a notebook to a published page.

papermill runs the notebook in a kernel of its own, nbconvert turns what it left into one
self-contained HTML file with the project's template. The file replaces the last good one only when
everything went well.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import Any, Final

import nbformat
import papermill
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from analysis.errors import FindingsError
from analysis.files import write_text
from analysis.project import Project
from analysis.provenance import PINNED_ENVIRONMENT

TEMPLATES: Final = Path(__file__).parent / "templates"
TEMPLATE: Final = "report"
NOTEBOOK: Final = "report.ipynb"
KERNEL: Final = "python3"
NOTES: Final = "notes"
"""Tag of cells that speak to whoever works in the notebook, not to the report's readers."""
_TITLE: Final = re.compile(r"<h1[^>]*>([^<]+)</h1>")
_H2: Final = re.compile(r"<h2>(.*?)</h2>")
_HEADING: Final = re.compile(r"^## +(.+?)\s*$", re.MULTILINE)


class ReportExporter(HTMLExporter):
    """nbconvert exporter `findings`: the report's page, without code, script or requests."""

    export_from_notebook = "Inspection findings report"

    def __init__(self, **options: Any) -> None:
        options.setdefault("template_name", TEMPLATE)
        options.setdefault("extra_template_basedirs", [str(TEMPLATES)])
        options.setdefault("exclude_input", True)
        options.setdefault("exclude_anchor_links", True)
        removal = {"enabled": True, "remove_cell_tags": {NOTES}}
        options.setdefault("config", Config({"TagRemovePreprocessor": removal}))
        super().__init__(**options)  # type: ignore[no-untyped-call]

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Fill the template, without the mending of pictures that nbconvert's own template needs.

        Apostrophes stand as they are: every attribute of the page is in double quotes.
        """
        filled = self._init_resources(resources)  # type: ignore[no-untyped-call]
        page, used = TemplateExporter.from_notebook_node(self, nb, filled, **kw)
        return page.replace("&#39;", "'").replace("&#x27;", "'"), used

    def default_filters(self) -> Iterable[tuple[str, Any]]:
        """Add the filters of the template to nbconvert's own."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        yield "anchored", anchored
        yield "contents", contents
        yield "page_title", page_title


def anchor(heading: str) -> str:
    """Return the anchor of a section.

    Examples
    --------
    >>> anchor("When did inspectors visit, and what did they grade?")
    'when-did-inspectors-visit-and-what-did-they-grade'
    """
    return "-".join(re.findall(r"[a-z0-9]+", heading.lower()))


def contents(notebook: NotebookNode) -> list[tuple[str, str]]:
    """List the sections of a notebook: anchor and heading of each `##` in its Markdown.

    Examples
    --------
    >>> cell = nbformat.v4.new_markdown_cell("## What changed?")
    >>> contents(nbformat.v4.new_notebook(cells=[cell]))
    [('what-changed', 'What changed?')]
    """
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return [(anchor(heading), heading) for heading in _HEADING.findall(text)]


def anchored(rendered: str) -> str:
    """Give every `h2` of rendered Markdown its anchor.

    Examples
    --------
    >>> anchored("<h2>What changed?</h2>")
    '<h2 id="what-changed">What changed?</h2>'
    """
    return _H2.sub(lambda m: f'<h2 id="{anchor(unescape(m.group(1)))}">{m.group(1)}</h2>', rendered)


def page_title(notebook: NotebookNode) -> str:
    """Return the text of the first `h1` that the notebook shows, else a plain title."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if found := _TITLE.search("".join(output.get("data", {}).get("text/html", ""))):
                return unescape(found.group(1))
    return "Inspection findings"


def execute(notebook: Path, output: Path, parameters: dict[str, Any], folder: Path) -> None:
    """Run a notebook with parameters, in a kernel of its own.

    Parameters
    ----------
    notebook, output
        The notebook to run and where its executed copy goes.
    parameters
        Values for the cell tagged `parameters`; text stays text.
    folder
        Working directory of the kernel.

    Raises
    ------
    FindingsError
        If a cell failed; names the cell and the reason.
    """
    os.environ.update({k: v for k, v in PINNED_ENVIRONMENT.items() if k not in os.environ})
    try:
        papermill.execute_notebook(
            str(notebook), str(output), parameters=parameters, kernel_name=KERNEL,
            cwd=str(folder), progress_bar=False, log_output=False,
        )  # fmt: skip
    except PapermillExecutionError as error:
        reason = f"{error.ename}: {error.evalue}"
        raise FindingsError(
            f"{notebook.name} stopped at cell {error.exec_count}: {reason}"
        ) from error


def to_page(executed: Path) -> str:
    """Turn an executed notebook into the text of a page."""
    body, _resources = ReportExporter().from_notebook_node(nbformat.read(executed, as_version=4))
    return str(body)


def publish(project: Project, out: Path, parameters: dict[str, Any]) -> Path:
    """Run the report of one authority and write `<out>/<authority>.html`.

    Returns
    -------
    pathlib.Path
        The page; what stood there before stays if anything fails.

    Raises
    ------
    FindingsError
        If the notebook fails.
    """
    with tempfile.TemporaryDirectory(prefix="findings-") as name:
        executed = Path(name) / NOTEBOOK
        execute(project.notebooks / NOTEBOOK, executed, parameters, project.root)
        page = to_page(executed)
    return write_text(out / f"{parameters['authority']}.html", page)
