"""A report to be made, with everything that whoever makes it has to know, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from analysis.english import cut
from analysis.errors import MachineError
from analysis.exporting.forms import FIGURES, HTML
from analysis.report.parameters import Parameters


@dataclass(frozen=True)
class Task:
    """A report to be made.

    Attributes
    ----------
    asked
        Its parameters.
    root
        The project's folder, where the one who makes it has no `FINDINGS_ROOT`.
    inputs
        Digests of what it is made from, by kind (`analysis.running.inputs`).
    date
        Seconds since 1970 that count as now, so that all reports of a run bear one date.
    seconds
        Longest time that it may take.
    forms
        Forms in which it is to be had (`analysis.exporting.forms`).
    """

    asked: Parameters
    root: str
    inputs: dict[str, str] = field(hash=False)
    date: str
    seconds: float
    forms: tuple[str, ...] = (HTML,)

    @property
    def name(self) -> str:
        """Name of its files."""
        return self.asked.name


@dataclass(frozen=True)
class Made:
    """A report that was made.

    Attributes
    ----------
    files
        Its files by ending, `ipynb` or `docx`, those of the folder of figures by their place,
        `figures/figure-1-matrix.svg`; text is written as UTF-8.
    tables
        Texts of the tables behind it, by file name.
    summary
        What the index says of it.
    pictures
        How many pictures it holds.
    seconds
        How long it took.
    """

    files: dict[str, str | bytes]
    tables: dict[str, str]
    summary: dict[str, str]
    pictures: int
    seconds: float


@dataclass(frozen=True)
class Failed:
    """A report that could not be made.

    Attributes
    ----------
    cause
        Why, in a sentence or more.
    fix
        What to do about it.
    cell
        Which code cell failed, counted from 1; 0 if none did.
    source
        What stands in that cell.
    detail
        The traceback, or ``.
    """

    cause: str
    fix: str
    cell: int = 0
    source: str = ""
    detail: str = ""

    @classmethod
    def by_machine(cls, error: MachineError) -> Failed:
        """Return what is told of a report that the machine did not let be made or written."""
        again = "Then run the same command again: it goes on from here."
        return cls(f"{error.why}: {error.what}", f"{error.fix}. {again}")

    @property
    def brief(self) -> str:
        """Where and why, in one line."""
        where = f"cell {self.cell}: " if self.cell else ""
        return cut(f"{where}{' '.join(self.cause.split())}", 200)


def report_path(folder: Path, name: str, part: str) -> Path:
    """Return where a report's file lies, by its ending or its place in the folder of figures.

    Examples
    --------
    >>> report_path(Path("reports"), "knowsley", "html").as_posix()
    'reports/knowsley.html'
    >>> report_path(Path("reports"), "knowsley", "figures/README.txt").as_posix()
    'reports/knowsley-figures/README.txt'
    """
    if part.startswith(f"{FIGURES}/"):
        return folder / f"{name}-{part}"
    return folder / f"{name}.{part}"


def as_bytes(content: str | bytes) -> bytes:
    """Return a file's bytes: text as UTF-8."""
    return content.encode() if isinstance(content, str) else content
