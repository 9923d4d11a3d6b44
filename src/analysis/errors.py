"""Errors meant for people.

Everything that a user can put right is a `FindingsError`: it prints without a traceback and says
which file, which row, which value, what is allowed and what to do next. Anything else is a bug and
keeps its traceback.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches


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
        count = len(self.problems)
        noun = "problem" if count == 1 else "problems"
        super().__init__(f"{count} {noun} in the data:\n{lines}")


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Return the names of a closed list that are nearest to what was written, the nearest first.

    What reports show for a name, with capitals and spaces, is nearest to it.

    Parameters
    ----------
    name
        What was written.
    known
        The list; a mapping says what reports show for each of its names.

    Examples
    --------
    >>> nearest("Checks of quality", {"audit": "Checks of quality", "plans": "Plans"})
    ['audit']
    >>> nearest("Social workers", ["care-leavers", "social-workers"])
    ['social-workers']
    >>> nearest("good", ["strength", "weakness"])
    []
    """
    labels = known if isinstance(known, Mapping) else {}
    forms = {_form(label): other for other, label in labels.items()}
    forms |= {_form(other): other for other in sorted(known)}
    form = _form(name)
    near = [form] if form in forms else get_close_matches(form, forms, n=3, cutoff=0.5)
    return list(dict.fromkeys(forms[other] for other in near))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Ask whether one of the nearest names was meant; `""` where none is near.

    Examples
    --------
    >>> did_you_mean("Weakness", ["strength", "weakness"])
    "did you mean 'weakness'?"
    """
    near = " or ".join(map(repr, nearest(name, known)))
    return f"did you mean {near}?" if near else ""


def asking(message: str, name: str, known: Iterable[str]) -> str:
    """Add to a message about a name that is not in a closed list which one may be meant.

    Examples
    --------
    >>> asking("not in the list", "Weakness", ["strength", "weakness"])
    "not in the list; did you mean 'weakness'?"
    """
    asked = did_you_mean(name, known)
    return f"{message}; {asked}" if asked else message


def _form(name: str) -> str:
    return "-".join(re.findall(r"[^\W_]+", name.lower())) or name


class UnknownNameError(FindingsError):
    """A name that is not in a closed list, with the nearest ones that are.

    Examples
    --------
    >>> print(UnknownNameError("authority", "knowsly", ["knowsley", "kent"]))
    There is no authority 'knowsly'. Did you mean 'knowsley'?
    """

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        if asked := did_you_mean(name, known):
            hint = asked[0].upper() + asked[1:]
        else:
            known = sorted(known)
            shown = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")  # noqa: PLR2004
            hint = f"Known: {shown}."
        super().__init__(f"There is no {what} {name!r}. {hint}")


def require_known(what: str, name: str, known: Iterable[str]) -> str:
    """Return `name` if it is one of `known`, else raise `UnknownNameError`."""
    known = known if isinstance(known, Mapping) else list(known)
    if name not in known:
        raise UnknownNameError(what, name, known)
    return name
