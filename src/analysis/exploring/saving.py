"""A view as files: figure, caption and data, under a name that says what was chosen.

Nothing is overwritten: a file of the same name and other content stays, and the new one is
numbered.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from pathlib import Path

from analysis.charts import Chart
from analysis.errors import FindingsError
from analysis.files import write_all
from analysis.project import Project
from analysis.report.page.block import Block, render


@dataclass(frozen=True)
class Saved:
    """Files that hold a view.

    Attributes
    ----------
    paths
        The files.
    new
        Whether they were written now; else the same were there.
    said
        What was done, in a sentence.
    """

    paths: tuple[Path, ...]
    new: bool
    said: str

    def _repr_html_(self) -> str:
        return _paragraph(self.said).html


def _paragraph(said: str) -> Block:
    return render("said", said=said)


def figure_files(chart: Chart, source: str) -> dict[str, bytes]:
    """Return a chart as files, by ending: SVG, PNG at print size, caption with source."""
    words = f"{chart.caption}\n\nAlternative text: {chart.alt}\n\n{source}\n"
    return {".svg": chart.svg().encode(), ".png": chart.png(), ".txt": words.encode()}


def save_files(files: dict[str, bytes], folder: Path, name: str, project: Project) -> Saved:
    """Write files that belong together under one name, numbered where it is taken.

    Parameters
    ----------
    files
        Content by ending, such as `.csv`.
    folder
        Made if it is not there.
    name
        Without ending.

    Raises
    ------
    MachineError
        If the folder cannot be written to.
    """
    for number in count(1):
        stem = name if number == 1 else f"{name}-{number}"
        paths = {folder / f"{stem}{ending}": content for ending, content in files.items()}
        there = [path for path in paths if path.exists()]
        if not there:
            break
        if all(path.is_file() and path.read_bytes() == paths[path] for path in paths):
            return Saved(tuple(paths), new=False, said=f"Already there: {_named(paths, project)}.")
    write_all(paths)
    kept = "" if stem == name else f" {name} was there and stays as it is."
    return Saved(tuple(paths), new=True, said=f"Saved: {_named(paths, project)}.{kept}")


def _named(paths: dict[Path, bytes], project: Project) -> str:
    return ", ".join(project.relative(path) for path in paths)


def place_of(folder: str | Path, project: Project) -> Path:
    """Return the folder that is meant: a relative one lies in the project.

    Examples
    --------
    >>> place_of("reports/views", Project(Path("/kit"))).as_posix()
    '/kit/reports/views'
    """
    if not str(folder).strip():
        raise FindingsError("Name a folder to save to, such as reports/views.")
    return project.root / Path(folder).expanduser()
