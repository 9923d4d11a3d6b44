"""Errors meant for people.

Everything that a user can put right is a `FindingsError`: it prints without a traceback and says
which file, which row, which value, what is allowed and what to do next. Anything else is a bug and
keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from analysis.english import plural


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong with the data.

    Parameters
    ----------
    file
        Path relative to the project's root.
    row
        Line in the file as a spreadsheet counts it (the header is row 1); 0 when the problem is
        the file as a whole.
    column
        Column name, or `""` when no single column is at fault.
    value
        The value found, as text.
    message
        What is wrong and what to do, in a sentence.
    allowed
        What would be accepted, or `""`.

    Examples
    --------
    >>> print(Problem("visits.csv", 3, "kind", "visit", "unknown kind", "inspection, ..."))
    visits.csv, row 3, kind = 'visit': unknown kind. Allowed: inspection, ...
    """

    file: str
    row: int
    column: str
    value: str
    message: str
    allowed: str = ""

    def __str__(self) -> str:
        place = self.file + (f", row {self.row}" if self.row else "")
        what = f", {self.column} = {self.value!r}" if self.column else ""
        allowed = f". Allowed: {self.allowed}" if self.allowed else ""
        return f"{place}{what}: {self.message}{allowed}"


class FindingsError(Exception):
    """Something the user can put right; shown without a traceback, in a notebook too."""

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows in place of the traceback."""
        return [f"{type(self).__name__}: {self}"]


class DataError(FindingsError):
    """The data files contradict their schemas or each other.

    Attributes
    ----------
    problems
        Every problem found, sorted by file and row.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"{plural(len(self.problems), 'problem')} in the data:\n{lines}")


class UnknownNameError(FindingsError):
    """A name that is not in a closed list, with the nearest ones that are.

    `called` holds what else people call those that are.

    Examples
    --------
    >>> print(UnknownNameError("authority", "knowsly", ["knowsley", "kent"]))
    There is no authority 'knowsly'. Did you mean 'knowsley'?
    >>> print(UnknownNameError("form", "word", ["docx", "pdf"], {"word": "docx"}))
    There is no form 'word'. Did you mean 'docx'?
    """

    def __init__(
        self, what: str, name: str, known: Iterable[str], called: Mapping[str, str] | None = None
    ) -> None:
        known = sorted(known)
        meant = (called or {}).get(name.lower())
        near = [meant] if meant else get_close_matches(name.lower(), known, n=3, cutoff=0.5)
        if near:
            hint = "Did you mean " + " or ".join(repr(n) for n in near) + "?"
        else:
            shown = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")  # noqa: PLR2004
            hint = f"Known: {shown}."
        super().__init__(f"There is no {what} {name!r}. {hint}")


def require_known(
    what: str, name: str, known: Iterable[str], called: Mapping[str, str] | None = None
) -> str:
    """Return `name` if it is one of `known`, else raise `UnknownNameError`.

    What else people call them, `called`, is suggested and not taken.
    """
    known = list(known)
    if name not in known:
        raise UnknownNameError(what, name, known, called)
    return name
