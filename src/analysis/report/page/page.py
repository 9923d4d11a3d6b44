"""From an executed notebook to a page: one self-contained file, with the project's template."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Any, Final

from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbformat import NotebookNode
from traitlets.config import Config

from analysis.project import TEMPLATES
from analysis.report.page.scripts import script, sha256

TEMPLATE: Final = "report"
KERNEL: Final = "python3"
PARAMETERS: Final = "parameters"
"""Tag of the cell whose values papermill replaces."""
NOTES: Final = "notes"
"""Tag of cells that speak to whoever works in the notebook, not to the report's readers."""
_TITLE: Final = re.compile(r"<h1[^>]*>([^<]+)</h1>")
_H2: Final = re.compile(r"<h2>(.*?)</h2>")
_IMPLIED: Final = re.compile(r"</(?:td|th|tr|tbody|thead|li|dt|dd)>\s*")
_LAST_P: Final = re.compile(
    r"</p>\s*(?=<(?:p|ul|h\d|table|div)\b|</(?:div|section|figure|header|footer)>)"
)
_TAG: Final = re.compile(r"<[a-z][a-z0-9]* [^<>]*>")
_QUOTED: Final = re.compile(r'(?<= )([a-z-]+=)"([\w#.:/-]+)"(?=[ >])')
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
        """Fill the template without the mending of pictures that nbconvert's own one needs."""
        filled = self._init_resources(resources)  # type: ignore[no-untyped-call]
        page, used = TemplateExporter.from_notebook_node(self, nb, filled, **kw)
        return terse(page), used

    def default_filters(self) -> Iterable[tuple[str, Any]]:
        """Add the filters of the template to nbconvert's own."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        yield "anchored", anchored
        yield "contents", contents
        yield "page_title", page_title
        yield "script", script
        yield "sha256", sha256


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
    >>> import nbformat
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


def terse(page: str) -> str:
    r"""Say the same page in fewer bytes, as HTML allows.

    Apostrophes stand as they are, end tags that the next tag implies go, and so do quotes around
    attributes of letters and digits. Text is escaped and so is never touched; scripts and styles
    are left alone.

    Examples
    --------
    >>> terse('<main><ul class="x">\n<li id="a">It&#39;s</li>\n</ul></main>')
    "<main><ul class=x>\n<li id=a>It's</ul></main>"
    """
    start, end = page.find("<main"), page.rfind("</main>")
    body = page[start:end].replace("&#39;", "'").replace("&#x27;", "'")
    body = _IMPLIED.sub("", _LAST_P.sub("", body))
    return page[:start] + _TAG.sub(lambda tag: _QUOTED.sub(r"\1\2", tag.group()), body) + page[end:]


def page_title(notebook: NotebookNode) -> str:
    """Return the text of the first `h1` that the notebook shows, else a plain title."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if found := _TITLE.search("".join(output.get("data", {}).get("text/html", ""))):
                return unescape(found.group(1))
    return "Inspection findings"


def to_page(notebook: NotebookNode) -> str:
    """Turn an executed notebook into the text of a page."""
    body, _resources = ReportExporter().from_notebook_node(notebook)
    return str(body)
