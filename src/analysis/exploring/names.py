"""Names as people type them: an id, a printed name, a date; wrong ones meet the nearest."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

import pandas as pd

from analysis.data.codebook import Codebook
from analysis.dates import month
from analysis.english import plural
from analysis.errors import FindingsError, UnknownNameError, require_known
from analysis.report.parameters import listed
from analysis.tables import records
from analysis.vocabulary import OTHER_ASPECT, SOURCES

Wanted = str | Iterable[str]
"""One name, several separated by commas, or a list of names."""
LATEST: Final = "latest"
"""Names the latest visit of which an inspectors' document is held."""
_DATE: Final = re.compile(r"\d{4}(-\d\d){0,2}")
_BETWEEN: Final = re.compile(r"\s+to\s+|\s*\.\.\s*")


class Names:
    """Ids as attributes, so that the tab key lists them; called with a name, it shows that one.

    Examples
    --------
    >>> themes = Names("theme", {"pathway-plans": "Pathway plans", "audit": "Audit"})
    >>> themes.pathway_plans, list(themes)
    ('pathway-plans', ['pathway-plans', 'audit'])
    >>> themes.pathway
    Traceback (most recent call last):
    AttributeError: There is no theme 'pathway'. Did you mean 'pathway_plans'?
    """

    def __init__(
        self,
        what: str,
        labels: Mapping[str, str],
        prefix: str = "",
        show: Callable[[Any], Any] | None = None,
    ) -> None:
        self._what = what
        self._show = show
        self._labels = dict(labels)
        self._ids = {attribute(i.removeprefix(prefix)): i for i in labels}

    def __call__(self, wanted: Wanted) -> Any:
        """Show what is named.

        Raises
        ------
        FindingsError
            If nothing is so called; says the nearest.
        """
        if self._show is None:
            raise FindingsError(f"There is nothing to show of a {self._what} here.")
        return self._show(wanted)

    def __getattr__(self, name: str) -> str:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._ids:
            raise AttributeError(str(UnknownNameError(self._what, name, self._ids)))
        return self._ids[name]

    def __dir__(self) -> list[str]:
        return list(self._ids)

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def __len__(self) -> int:
        return len(self._labels)

    def __repr__(self) -> str:
        names = textwrap.fill(", ".join(self._ids), 96, break_on_hyphens=False)
        return f"{plural(len(self), self._what)}, after a dot:\n{names}"


def attribute(name: str) -> str:
    """Return an id as an attribute.

    Examples
    --------
    >>> attribute("focused-visit-2024-01-31")
    'focused_visit_2024_01_31'
    """
    return name.replace("-", "_")


def find_themes(wanted: Wanted, codebook: Codebook) -> tuple[str, ...]:
    """Return the ids of themes by id, name, short name or group, in the order of the codebook.

    Raises
    ------
    UnknownNameError
        If a name is neither a theme's nor a group's.
    """
    known: dict[str, list[str]] = {}
    for group in codebook.groups:
        own = [theme.id for theme in codebook.themes if theme.group == group.id]
        if own:
            known |= {group.id: own, group.name.casefold(): own}
    for theme in codebook.themes:
        known |= {name: [theme.id] for name in (theme.name.casefold(), theme.label.casefold())}
    for theme in codebook.themes:
        known[theme.id] = [theme.id]
    found = set()
    for name in listed(wanted):
        key = next((k for k in (name, name.casefold(), _slug(name)) if k in known), None)
        if key is None:
            groups = [group.id for group in codebook.groups if group.id in known]
            raise UnknownNameError("theme", name, [*codebook.ids, *groups])
        found.update(known[key])
    return tuple(theme for theme in codebook.ids if theme in found)


def find_words(what: str, wanted: Wanted, words: Mapping[str, str]) -> list[str]:
    """Return the words of a closed list that are named by id or by what reports show.

    Raises
    ------
    UnknownNameError
        If one is neither; says the nearest.

    Examples
    --------
    >>> find_words("cohort", "Care leavers", {"care-leavers": "care leavers"})
    ['care-leavers']
    """
    known = {label.casefold(): word for word, label in words.items()}
    known |= {name: word for word in words for name in (word.casefold(), _slug(word))}
    whole = [wanted] if isinstance(wanted, str) and wanted.strip().casefold() in known else wanted
    return [
        require_known(what, known.get(name.strip().casefold(), known.get(_slug(name), name)), words)
        for name in (whole if isinstance(whole, list) else listed(whole))
    ]


def find_aspects(wanted: Wanted, codebook: Codebook) -> set[tuple[str, str]]:
    """Return the aspects that are named, each with its theme: by id in every theme that has it.

    Raises
    ------
    UnknownNameError
        If an aspect is neither an id nor what reports show of one; says the nearest.
    """
    held = [(t.id, aspect, name) for t in codebook.themes for aspect, name in t.aspects.items()]
    held += [(theme, OTHER_ASPECT, OTHER_ASPECT) for theme in codebook.ids]
    words = {aspect: aspect for _theme, aspect, _name in held}
    words |= {name.casefold(): name for _theme, _aspect, name in held}
    named = {word.casefold() for word in find_words("aspect", wanted, words)}
    return {(theme, aspect) for theme, aspect, name in held if {aspect, name.casefold()} & named}


def find_visits(wanted: Wanted, visits: pd.DataFrame, authority: str) -> tuple[str, ...]:
    """Return the ids of visits by id, date, title or `latest`, in order.

    Dates are `2024`, `2024-11`, `Nov 2024` or `November 2024`.

    Parameters
    ----------
    visits
        `visit`, `start`, `title`, `label` and `held`; with `authority` where they are of several.
    authority
        The one whose name may be left out of an id; blank if they are of several.

    Raises
    ------
    UnknownNameError
        If nothing fits a name.
    """
    found: set[str] = set()
    rows = records(visits[["visit", "start", "title", "label"]])
    for name in listed(wanted):
        if name.casefold() == LATEST:
            found.update(latest(visits))
            continue
        key, said = _slug(name), name.casefold()
        fitting = [
            row["visit"]
            for row in rows
            if key in (row["visit"], row["visit"].removeprefix(f"{authority}-"))
            or (_DATE.fullmatch(name) and str(row["start"]).startswith(name))
            or said in (row["title"].casefold(), row["label"].casefold(), *_months(row["start"]))
        ]
        if not fitting:
            raise UnknownNameError("visit", name, visits["visit"])
        found.update(fitting)
    return tuple(visit for visit in visits["visit"] if visit in found)


def _months(start: str) -> tuple[str, str]:
    """Return the month in which a visit began, as it is written: in full, and short."""
    name = month(start).casefold()
    first, _, year = name.partition(" ")
    return name, f"{first[:3]} {year}".strip()


def latest(visits: pd.DataFrame) -> list[str]:
    """Return the latest visit of each authority of which an inspectors' document is held."""
    read = visits[visits["held"] == SOURCES[0]].sort_values("start", kind="stable")
    if "authority" not in read:
        return read["visit"].to_list()[-1:]
    return read.groupby("authority", observed=True)["visit"].last().to_list()


def find_authority(wanted: str, authorities: pd.DataFrame) -> str:
    """Return the slug of an authority by slug or name; an unknown one is returned as typed.

    Examples
    --------
    >>> held = pd.DataFrame({"authority": ["north-tyneside"], "name": ["North Tyneside"]})
    >>> find_authority("North Tyneside", held), find_authority("Nort", held)
    ('north-tyneside', 'Nort')
    """
    names = dict(zip(authorities["name"].str.casefold(), authorities["authority"], strict=True))
    return str(names.get(wanted.strip().casefold(), wanted))


def find_period(period: str | tuple[str, str]) -> tuple[str, str]:
    """Return first and last date of a period: `2018`, `2014 to 2018`, or a pair.

    Examples
    --------
    >>> find_period("2014-04 to 2018"), find_period("2018"), find_period(("2014", ""))
    (('2014-04', '2018'), ('2018', '2018'), ('2014', ''))
    """
    parts = _BETWEEN.split(period.strip()) if isinstance(period, str) else list(period)
    if len(parts) not in (1, 2):
        raise FindingsError(f"A period is '2018' or '2014 to 2018'; {period!r} is neither.")
    return parts[0], parts[-1]


def _slug(name: str) -> str:
    return re.sub(r"[\s_]+", "-", name.strip().lower())
