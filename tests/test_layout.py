"""The stage is the folder: no import goes up the flow, none runs in a circle, every door speaks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

from analysis.project import PACKAGE

GROUND, FRONT = "the ground", "the front"
FOLDERS = (
    "data", "documents", "codes", "results", "england", "charts", "report", "exporting", "running",
    "site", "exploring", "cli",
)  # fmt: skip
ORDER = (GROUND, *FOLDERS, FRONT)
"""A folder may import those before it; the front is what `import analysis` gives.

`site` stands after `running`, whose reports and digests a site is made from, and knows nothing of
what people explore with.
"""
APART = {
    "documents.files": (),
    "documents.fetching": (),
    "documents.printed": ("documents.files",),
    "codes.tagger": (),
    "charts.parts": (),
    "report.sentences": (),
    "report.tables": ("report.sentences",),
    "report.page": (),
}
"""Parts of a folder, each with all that it may import of the rest of the folder."""


IMPORTED = re.compile(r"from analysis\.([a-z_.]+) import ([A-Za-z_]+(?:, [A-Za-z_]+)*)")


class Import(NamedTuple):
    """Names of two modules without the package's, and the line of the first."""

    importer: str
    line: int
    imported: str


def modules(package: Path) -> dict[str, Path]:
    """Modules of a package by their names in it; a folder's name is its door, blank the front."""
    named = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        named[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return named


def imports(package: Path) -> Iterator[Import]:
    """Every import of a module of the package, wherever it stands, but for the front's own."""
    known = modules(package)
    for name, path in known.items():
        if name in {"", "__main__"}:
            continue
        inside = name if path.name == "__init__.py" else name.rpartition(".")[0]
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for whole in _named(node, f"{package.name}.{inside}".rstrip(".")):
                top, _, asked = whole.partition(".")
                if top == package.name:
                    while asked not in known:  # a function of a module, not a module
                        asked = asked.rpartition(".")[0]
                    yield Import(name, node.lineno, asked)


@cache
def ours() -> tuple[Import, ...]:
    """Every import of our own package."""
    return tuple(imports(PACKAGE))


def _named(node: ast.AST, here: str) -> list[str]:
    """What an import names, in full; `here` is the folder from which relative ones start."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    above = here.split(".")[: len(here.split(".")) - node.level + 1] if node.level else []
    module = ".".join([*above, *([node.module] if node.module else [])])
    return [f"{module}.{alias.name}" for alias in node.names]


def folder(module: str) -> str:
    """The folder of a module; a module beside the folders belongs to the ground."""
    first = module.partition(".")[0]
    return first if first in FOLDERS else GROUND if first else FRONT


def part(module: str) -> str:
    """The part of a folder that is held apart and that a module stands in, or blank."""
    return next((part for part in APART if f"{module}.".startswith(f"{part}.")), "")


def goes_up(found: Import) -> bool:
    return ORDER.index(folder(found.imported)) > ORDER.index(folder(found.importer))


def goes_astray(found: Import) -> bool:
    """Whether a part of a folder imports what it is to know nothing of."""
    own = part(found.importer)
    return (
        bool(own)
        and folder(found.importer) == folder(found.imported)
        and part(found.imported) not in {own, *APART[own]}
    )


def circle(found_imports: Iterable[Import]) -> list[str]:
    """The modules of one circle of imports, or none."""
    graph: dict[str, set[str]] = {}
    for found in found_imports:
        if found.imported != found.importer:
            graph.setdefault(found.importer, set()).add(found.imported)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def test_no_import_goes_up():
    assert [found for found in ours() if goes_up(found)] == []


def test_no_part_of_a_folder_knows_more_than_it_may():
    assert [found for found in ours() if goes_astray(found)] == []


def test_no_import_runs_in_a_circle():
    assert circle(ours()) == []


def test_every_folder_stands_in_the_order():
    folders = {path.name for path in PACKAGE.iterdir() if any(path.rglob("*.py"))}
    assert folders == set(FOLDERS)
    assert {part.replace(".", "/") for part in APART} <= {
        path.relative_to(PACKAGE).as_posix() for path in PACKAGE.glob("*/*/")
    }


def test_every_door_says_what_is_behind_it():
    holding = {path.parent for path in modules(PACKAGE).values()}
    silent = [
        path
        for path in holding
        if not (path / "__init__.py").is_file()
        or not ast.get_docstring(ast.parse((path / "__init__.py").read_text("utf-8")))
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("path", "line", "up"),
    [
        ("data/a.py", "from analysis.results.b import c", True),
        ("data/a.py", "from analysis.results import b", True),
        ("data/a.py", "from analysis import results", True),
        ("data/a.py", "import analysis.results.b", True),
        ("data/a.py", "import analysis.results.b as c", True),
        ("data/a.py", "from ..results.b import c", True),
        ("data/a.py", "from .. import results", True),
        ("data/__init__.py", "from ..results.b import c", True),
        ("data/a.py", "def f():\n    from analysis.results.b import c", True),
        ("data/a.py", "if TYPE_CHECKING:\n    from analysis.results.b import c", True),
        ("data/a.py", "from analysis import __version__", True),
        ("tables.py", "import analysis.data.a", True),
        ("tables.py", "from .data import a", True),
        ("results/b.py", "from analysis.data.a import c", False),
        ("results/b.py", "from ..tables import Row", False),
        ("results/b.py", "from analysis import tables", False),
        ("results/b.py", "from . import d", False),
        ("results/b.py", "import analysis_of_results", False),
        ("__main__.py", "from analysis.results.b import c", False),
    ],
)
def test_what_goes_up_is_seen_however_it_is_written(tmp_path, path, line, up):
    package = tree(tmp_path, {path: line})
    assert any(goes_up(found) for found in imports(package)) == up


@pytest.mark.parametrize(
    ("path", "line", "astray"),
    [
        ("codes/tagger/a.py", "from analysis.codes.counting import b", True),
        ("codes/tagger/a.py", "from ..counting import b", True),
        ("documents/printed/a.py", "from analysis.documents.register import b", True),
        ("documents/printed/a.py", "from analysis.documents.files.lines import Line", False),
        ("report/tables/a.py", "from analysis.report.sentences.read import b", False),
        ("report/sentences/a.py", "from analysis.report.tables.a import b", True),
        ("report/report.py", "from analysis.report.tables.a import b", False),
        ("codes/counting.py", "from analysis.codes.tagger.a import b", False),
    ],
)
def test_a_part_that_knows_too_much_is_seen(tmp_path, path, line, astray):
    package = tree(tmp_path, {path: line})
    assert any(goes_astray(found) for found in imports(package)) == astray


@pytest.mark.parametrize(
    ("files", "around"),
    [
        ({"data/a.py": "from analysis.data import b", "data/b.py": "import analysis.data.a"}, 2),
        ({"data/a.py": "from . import b", "data/b.py": "def f():\n    from .a import c"}, 2),
        ({"a.py": "import analysis.b", "b.py": "import analysis.c", "c.py": "from .a import d"}, 3),
        ({"data/a.py": "from analysis.data import b", "data/b.py": "import analysis.tables"}, 0),
    ],
)
def test_a_circle_is_seen_however_it_is_hidden(tmp_path, files, around):
    assert len(set(circle(imports(tree(tmp_path, files))))) == around


def tree(root: Path, files: dict[str, str]) -> Path:
    """Compose a package of a few modules, empty but for those given."""
    empty = (
        "__init__.py", "tables.py", "data/__init__.py", "data/a.py", "results/__init__.py",
        "results/b.py", "results/d.py", "codes/__init__.py", "codes/counting.py",
        "codes/tagger/__init__.py", "codes/tagger/a.py", "documents/__init__.py",
        "documents/register.py", "documents/files/__init__.py", "documents/files/lines.py",
        "report/__init__.py", "report/tables/__init__.py", "report/tables/a.py",
        "report/sentences/__init__.py", "report/sentences/read.py",
    )  # fmt: skip
    package = root / "analysis"
    for name, text in (dict.fromkeys(empty, "") | files).items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text + "\n")
    return package


@pytest.mark.parametrize("name", FOLDERS[:-1])
def test_a_door_names_what_it_offers_and_opens(name):
    """The names stand three times (offered, where, for type checkers): all three are the same."""
    package = import_module(f"analysis.{name}")
    typed = {found.imported for found in ours() if found.importer == name}
    for offered in package.__all__:
        thing = getattr(package, offered)
        module = getattr(thing, "__module__", "")
        if module.startswith("analysis."):
            assert module.partition(".")[2].startswith(f"{name}.")
            assert module.partition(".")[2] in typed


def test_a_door_says_what_it_offers_to_who_asks_for_another():
    with pytest.raises(AttributeError, match=r"data offers no lod_data\. It offers: .*load"):
        import_module("analysis.data").lod_data  # noqa: B018 - asking is what is tried


def test_notebooks_and_pages_use_doors():
    """Behind a door modules may move; what researchers copy from a page goes on working."""
    offered = {
        (found.imported, name)
        for folder_of in FOLDERS[:-1]
        for found in ours()
        if found.importer == folder_of
        for name in import_module(f"analysis.{folder_of}").__all__
    }
    root = PACKAGE.parents[1]
    pages = [*root.glob("notebooks/*.ipynb"), *root.glob("docs/*.md"), root / "README.md"]
    around = [
        f"{page.name}: {module} {name}"
        for page in pages
        for module, names in IMPORTED.findall(page.read_text("utf-8"))
        for name in names.split(", ")
        if (module, name) in offered
    ]
    assert around == []
