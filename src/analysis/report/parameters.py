"""What a report is asked for: one class for the notebook, the commands, the menus and the files.

papermill puts what it is given into a cell of its own, right after the notebook's cell of
parameters. Of a name that the notebook does not have it only warns in its log, and the notebook
would run to the end for another authority than the one that was meant: `refuse_unknown` does not
let it.
"""

from __future__ import annotations

import ast
import hashlib
import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

from analysis.dates import PartialDate
from analysis.english import cut, short
from analysis.errors import FindingsError, UnknownNameError, require_known
from analysis.ids import is_slug

NAME_LENGTH: Final = 100
"""A longer name of a report is cut, and its end told apart by a hash."""
_RESERVED: Final = re.compile(r"con|prn|aux|nul|com\d|lpt\d|index|manifest")
"""Names that Windows keeps for devices, and those of the files beside the reports."""
_YES: Final = {"true": True, "yes": True, "false": False, "no": False, "": False}
_GIVEN: Final = "# Parameters\n"
"""How papermill begins its cell."""


@dataclass(frozen=True)
class Parameters:
    """What a report is asked for.

    Attributes
    ----------
    authority
        Slug.
    start, end
        First and last visit to count: a year, a month or a day; blank is open.
    themes
        Ids of the themes to follow closely; none for the usual ones.
    include_secondary
        Let secondary documents set statuses where no primary one is held.
    codes
        Coder whose codes count first, and no other user's; blank for those that count.

    Examples
    --------
    >>> Parameters("knowsley").name
    'knowsley'
    >>> Parameters.typed("knowsley", start="2018", themes="supervision, caseloads").name
    'knowsley--start-2018--themes-supervision+caseloads'
    """

    authority: str
    start: str = ""
    end: str = ""
    themes: tuple[str, ...] = ()
    include_secondary: bool = False
    codes: str = ""

    @classmethod
    def typed(
        cls,
        authority: str,
        start: str = "",
        end: str = "",
        themes: str = "",
        include_secondary: bool = False,
        codes: str = "",
    ) -> Parameters:
        """Read the parameters as they are typed in a notebook, a command or a file.

        Parameters
        ----------
        themes
            Ids separated by commas.

        Raises
        ------
        FindingsError
            If a value is not of its type, as when `papermill -p` turned text into a number.
        """
        text = {
            "authority": authority, "start": start, "end": end, "themes": themes, "codes": codes,
        }  # fmt: skip
        for name, value in text.items():
            if not isinstance(value, str):
                raise FindingsError(
                    f"{name} must be text, but is {value!r}. "
                    f"With papermill, write -r {name} {value} instead of -p."
                )
        if not isinstance(include_secondary, bool):
            raise FindingsError(
                f"include_secondary must be true or false, but is {include_secondary!r}. "
                "With papermill, write -p include_secondary true."
            )
        return cls(authority, start, end, listed(themes), include_secondary, codes)

    @classmethod
    def read(cls, values: dict[str, str], where: str) -> Parameters:
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
        return cls.typed(**(values | {"include_secondary": _YES[secondary]}))  # type: ignore[arg-type]

    def arguments(self) -> list[str]:
        """Return the arguments of `findings` that make this report."""
        typed = ((name, str(self.values()[name])) for name in ("start", "end", "themes", "codes"))
        given = [part for name, value in typed if value for part in (f"--{name}", value)]
        given += ["--include-secondary"] if self.include_secondary else []
        return ["report", self.authority, *given]

    def command(self) -> str:
        """Return the command that makes this report."""
        return shlex.join(["findings", *self.arguments()])

    def values(self) -> dict[str, str | bool]:
        """Return the parameters as they are typed, and papermill is given them, by their names."""
        return vars(self) | {"themes": ",".join(self.themes)}

    def text(self) -> str:
        """Say the parameters in one line."""
        return ", ".join(f"{name} = {value!r}" for name, value in self.values().items())

    @property
    def name(self) -> str:
        """Name of the report's files: the authority, then what differs from the usual."""
        parts = [
            self.authority,
            *(f"start-{_plain(self.start)}" for _ in [0] if self.start),
            *(f"end-{_plain(self.end)}" for _ in [0] if self.end),
            *(f"themes-{'+'.join(self.themes)}" for _ in [0] if self.themes),
            *("secondary" for _ in [0] if self.include_secondary),
            *(f"codes-{self.codes}" for _ in [0] if self.codes),
        ]
        name = "--".join(parts)
        if len(name) > NAME_LENGTH:
            name = f"{name[: NAME_LENGTH - 9]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
        return name

    @property
    def usual(self) -> bool:
        """Whether nothing but the authority is asked for."""
        return self == Parameters(self.authority)

    def refuse_odd(self, themes: Mapping[str, str]) -> None:
        """Refuse what no report can be made of, before anything runs.

        Parameters
        ----------
        themes
            Names by id, of the codebook; not looked at where no theme is asked for.

        Raises
        ------
        FindingsError
            If a date cannot be read, a theme is unknown, or a name could leave the folder.
        """
        if not is_slug(self.authority) or _RESERVED.fullmatch(self.authority):
            raise FindingsError(f"{short(self.authority)} cannot be the name of an authority.")
        if self.codes and not is_slug(self.codes):
            raise FindingsError(f"{short(self.codes)} cannot be the name of a coder.")
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
        for theme in self.themes:
            if theme not in themes:
                raise UnknownNameError("theme", cut(theme), themes)


def listed(names: str | Iterable[str]) -> tuple[str, ...]:
    """Return names that are separated by commas, or one by one, each once and blanks aside.

    Raises
    ------
    FindingsError
        If a name is no text.

    Examples
    --------
    >>> listed("audit, plans"), listed(["audit", "audit"]), listed("")
    (('audit', 'plans'), ('audit',), ())
    """
    if not isinstance(names, Iterable):
        raise FindingsError(f"A name is text, but {names!r} is none; write it in quotes.")
    given = names.split(",") if isinstance(names, str) else list(names)
    for name in given:
        if not isinstance(name, str):
            raise FindingsError(f"A name is text, such as 'audit'; {name!r} is not.")
    return tuple(dict.fromkeys(name.strip() for name in given if name.strip()))


def _plain(date: str) -> str:
    return PartialDate.parse(date).iso


def refuse_unknown(cells: Sequence[str]) -> None:
    r"""Refuse what papermill gave to a notebook that has no such parameter.

    Parameters
    ----------
    cells
        Sources of the cells that were run, in order: IPython's `In`.

    Raises
    ------
    UnknownNameError
        If the cell before papermill's does not set the name; suggests the nearest.

    Examples
    --------
    >>> refuse_unknown(["authority = 'knowsley'", "# Parameters\nauthority = 'kent'"])
    >>> refuse_unknown(["authority = 'knowsley'", "# Parameters\nauthorty = 'kent'"])
    Traceback (most recent call last):
    analysis.errors.UnknownNameError: There is no parameter 'authorty'. Did you mean 'authority'?
    """
    places = [place for place, cell in enumerate(cells) if cell.startswith(_GIVEN) and place]
    for place in places[-1:]:
        known = _names(cells[place - 1])
        for name in _names(cells[place]) if known else []:
            require_known("parameter", name, known)


def _names(cell: str) -> list[str]:
    """Names that a cell sets, in order."""
    set_to = [node.targets for node in ast.parse(cell).body if isinstance(node, ast.Assign)]
    return [target.id for targets in set_to for target in targets if isinstance(target, ast.Name)]
