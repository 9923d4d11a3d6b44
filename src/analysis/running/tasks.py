"""What is asked for: one report, with everything that whoever makes it has to know."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final

from analysis.dates import PartialDate
from analysis.english import cut, short
from analysis.errors import FindingsError, MachineError, UnknownNameError
from analysis.exporting.forms import FIGURES, HTML
from analysis.ids import is_slug

NAME_LENGTH: Final = 100
"""A longer name of a report is cut, and its end told apart by a hash."""
_RESERVED: Final = re.compile(r"con|prn|aux|nul|com\d|lpt\d|index|manifest")
"""Names that Windows keeps for devices, and those of the files beside the reports."""
_YES: Final = {"true": True, "yes": True, "false": False, "no": False, "": False}


@dataclass(frozen=True)
class Asked:
    """Parameters of a report, as the notebook takes them.

    Examples
    --------
    >>> Asked("knowsley").name
    'knowsley'
    >>> Asked("knowsley", start="2018", themes="supervision,caseloads").name
    'knowsley--start-2018--themes-supervision+caseloads'
    """

    authority: str
    start: str = ""
    end: str = ""
    themes: str = ""
    include_secondary: bool = False

    @classmethod
    def of(cls, values: dict[str, str], where: str) -> Asked:
        """Read the parameters from text, as they stand in a file.

        Raises
        ------
        FindingsError
            If one is unknown or no truth value; says where.
        """
        known = [f.name for f in fields(cls)]
        for name in values:
            if name not in known:
                raise FindingsError(f"{where}: {UnknownNameError('parameter', name, known)}")
        if not values.get("authority"):
            raise FindingsError(f"{where}: name an authority, as in `authority: knowsley`.")
        secondary = values.get("include_secondary", "").strip().lower()
        if secondary not in _YES:
            raise FindingsError(
                f"{where}: include_secondary is {short(secondary)}; write true or false."
            )
        return cls(**(values | {"include_secondary": _YES[secondary]}))  # type: ignore[arg-type]

    @property
    def name(self) -> str:
        """Name of its files: the authority, then what differs from the usual."""
        themes = "+".join(_listed(self.themes))
        parts = [
            self.authority,
            *(f"start-{_plain(self.start)}" for _ in [0] if self.start),
            *(f"end-{_plain(self.end)}" for _ in [0] if self.end),
            *(f"themes-{themes}" for _ in [0] if themes),
            *("secondary" for _ in [0] if self.include_secondary),
        ]
        name = "--".join(parts)
        if len(name) > NAME_LENGTH:
            name = f"{name[: NAME_LENGTH - 9]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
        return name

    @property
    def usual(self) -> bool:
        """Whether nothing but the authority is asked for."""
        return self == Asked(self.authority)

    def values(self) -> dict[str, str | bool]:
        """Return what papermill is given."""
        return dict(vars(self))

    def refuse_odd(self, themes: Mapping[str, str]) -> None:
        """Refuse what no report can be made of, before anything runs.

        Parameters
        ----------
        themes
            Names by id, of the codebook; not looked at where no theme is asked for.

        Raises
        ------
        FindingsError
            If a date cannot be read or a theme is unknown, or the name could leave the folder.
        """
        if not is_slug(self.authority) or _RESERVED.fullmatch(self.authority):
            raise FindingsError(f"{short(self.authority)} cannot be the name of an authority.")
        days = {}
        for name in ("start", "end"):
            if text := getattr(self, name):
                try:
                    date = PartialDate.parse(text)
                except ValueError as error:
                    raise FindingsError(
                        f"{name} is {short(text)}, which is no date. "
                        "Write a date as 2014, 2014-04 or 2014-04-29."
                    ) from error
                days[name] = date.earliest if name == "start" else date.latest
        if len(days) == len(("start", "end")) and days["start"] > days["end"]:
            raise FindingsError(f"The start, {self.start}, lies after the end, {self.end}.")
        for theme in _listed(self.themes):
            if theme not in themes:
                raise UnknownNameError("theme", cut(theme), themes)


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

    asked: Asked
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


def _listed(themes: str) -> list[str]:
    return [name.strip() for name in themes.split(",") if name.strip()]


def _plain(date: str) -> str:
    return PartialDate.parse(date).iso


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
