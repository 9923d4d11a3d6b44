"""Errors meant for people.

Everything that a user can put right is a `FindingsError`: it prints without a traceback and says
which file, which row, which value, what is allowed and what to do next. Anything else is a bug and
keeps its traceback.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

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


class MachineError(FindingsError):
    """What the machine did not do: a place that cannot be written, no room, too few open files.

    Attributes
    ----------
    what
        What could not be done.
    why
        Why not, in words that go on from there.
    fix
        What to do about it: a sentence without its full stop.
    """

    def __init__(self, what: str, why: str, fix: str) -> None:
        self.what, self.why, self.fix = what, why, fix
        super().__init__(f"{what}: {why}. {fix}.")

    def __reduce__(self) -> tuple[type[MachineError], tuple[str, str, str]]:
        return type(self), (self.what, self.why, self.fix)


_ELSEWHERE: Final = "Choose another place"
_ROOM: Final = "Free space there or choose another place"
_ALLOW: Final = "Close it there, have it made writable for you, or choose another place"
_FILES: Final = (
    "Allow more, as with `ulimit -n 1024` before the command, or do less at a time with `--jobs 1`"
)
_MEMORY: Final = (
    "there is not enough memory",
    "Close other programs, or do less at a time with `--jobs 1`",
)
_MACHINE: Final = {
    errno.ENOSPC: ("the disk is full", _ROOM),
    errno.EDQUOT: ("your share of the disk is used up", _ROOM),
    errno.EROFS: ("the disk may only be read", _ELSEWHERE),
    errno.EACCES: ("it is not allowed, or another program holds the file open", _ALLOW),
    errno.EPERM: ("it is not allowed, or another program holds the file open", _ALLOW),
    errno.EISDIR: ("a folder is there", "Move it away or choose another place"),
    errno.ENOTDIR: ("{} is a file, not a folder", _ELSEWHERE),
    errno.EEXIST: ("{} is a file, not a folder", _ELSEWHERE),
    errno.ELOOP: ("{} is a link, which is never replaced", "Name the file that it leads to"),
    errno.ENXIO: ("{} is a device, which is never replaced", "Name a file"),
    errno.ENAMETOOLONG: ("the name is longer than the disk takes", "Choose a shorter one"),
    errno.EMFILE: ("too many files are open at a time", _FILES),
    errno.ENFILE: ("too many files are open at a time", _FILES),
    errno.EIO: ("the disk or the network failed", "See whether it works, or choose another place"),
    errno.ENOMEM: _MEMORY,
}
"""What the machine says by number, what that means, and what to do."""
_NO_ROOM: Final = "No usable temporary directory"
"""How Python begins to say that no folder for temporary files can be written to."""


def is_machines(error: BaseException) -> bool:
    """Whether an error is one of the machine, which a user can put right, and not a bug."""
    if isinstance(error, OSError):
        return error.errno in _MACHINE or _NO_ROOM in str(error)
    return isinstance(error, MemoryError)


def machine_error(error: BaseException, what: str) -> MachineError:
    """Say in a sentence what the machine did not do, and what to do about it.

    Parameters
    ----------
    error
        What Python raised: an `OSError` or a `MemoryError`.
    what
        What could not be done, without its full stop.

    Examples
    --------
    >>> print(machine_error(OSError(errno.ENOSPC, "No space left"), "a.csv cannot be written"))
    a.csv cannot be written: the disk is full. Free space there or choose another place.
    """
    if not isinstance(error, OSError):
        why, fix = _MEMORY
    elif _NO_ROOM in str(error):
        why, fix = "no temporary file can be written", "Set TMPDIR to a folder with room"
    else:
        said = error.strerror or str(error) or type(error).__name__
        why, fix = _MACHINE.get(error.errno or 0, (said, _ELSEWHERE))
    place = str(error.filename or "") if isinstance(error, OSError) else ""
    named = not place or f"{place} " in f"{what} "
    return MachineError(what, why.format("it" if named else place), fix)


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


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Return the names of a closed list that are nearest to what was written, the nearest first.

    What reports show for a name, with capitals and spaces, is nearest to it.

    Parameters
    ----------
    name
        What was written.
    known
        The list; a mapping to text says what reports show for each of its names.

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
    forms = {_form(label): other for other, label in labels.items() if isinstance(label, str)}
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
        if asked := did_you_mean((called or {}).get(name.lower(), name), known):
            hint = asked[0].upper() + asked[1:]
        else:
            known = sorted(known)
            shown = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")  # noqa: PLR2004
            hint = f"Known: {shown}."
        super().__init__(f"There is no {what} {name!r}. {hint}")


def require_known(
    what: str, name: str, known: Iterable[str], called: Mapping[str, str] | None = None
) -> str:
    """Return `name` if it is one of `known`, else raise `UnknownNameError`.

    What else people call them, `called`, is suggested and not taken.
    """
    known = known if isinstance(known, Mapping) else list(known)
    if name not in known:
        raise UnknownNameError(what, name, known, called)
    return name
