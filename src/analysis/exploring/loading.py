"""Loading an authority to ask questions of, and the list of those that can be."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, overload

import pandas as pd

from analysis.data.codebook import load_codebook
from analysis.data.held import held_authorities, load_authorities
from analysis.data.loading import load_data
from analysis.england.frames import Frames
from analysis.england.gather import current
from analysis.england.state import is_current
from analysis.english import join, plural
from analysis.errors import FindingsError, require_known
from analysis.exploring.authority import Authority, front
from analysis.exploring.choices import Choices
from analysis.exploring.england import England
from analysis.exploring.names import Wanted, find_authority, find_themes
from analysis.project import Project
from analysis.report.parameters import Parameters
from analysis.results.results import analyse
from analysis.vocabulary import TAGGER

AT_HAND: Final = 40
"""So many are read one by one, as of a region; for more, the tables of all are gathered."""
FEW: Final = 5
"""It is told if more are read."""


class Load:
    """What `load` is: a call for one authority, and calls for many."""

    @overload
    def __call__(
        self,
        authority: str,
        start: str = ...,
        end: str = ...,
        themes: Wanted = ...,
        include_secondary: bool = ...,
        codes: str = ...,
    ) -> Authority: ...

    @overload
    def __call__(self, authority: list[str] | tuple[str, ...]) -> England: ...

    def __call__(
        self,
        authority: str | list[str] | tuple[str, ...],
        start: str = "",
        end: str = "",
        themes: Wanted = "",
        include_secondary: bool = False,
        codes: str = "",
    ) -> Authority | England:
        """Load an authority and compute everything about it, or several as tidy tables.

        Parameters
        ----------
        authority
            Slug or name: `knowsley`, `North Tyneside`. `authorities()` lists them. Of a list the
            tables are given side by side, as `england` gives those of all.
        start, end, themes, include_secondary
            As in `Authority.subset`, and as the parameters of a report; for one authority only.
        codes
            A coder, such as `me`: everything is as that coder has it, and as readers have it where
            that coder read nothing; `side_by_side()` puts both beside each other.

        Raises
        ------
        FindingsError
            If there is no such authority (says the nearest), nothing is held about it, its files
            are wrong, or what goes for one authority only is asked of several.

        Examples
        --------
        >>> load("Knowsley").visits()["kind"].value_counts()["focused-visit"]
        np.int64(4)
        >>> load("knowsly")
        Traceback (most recent call last):
        analysis.errors.UnknownNameError: There is no authority 'knowsly'. Did you mean ...
        """
        if not isinstance(authority, str):
            if start or end or themes or include_secondary or codes:
                raise FindingsError(
                    "start, end, themes, include_secondary and codes are of one authority. Of "
                    "several, narrow a table: load(['knowsley', 'leeds']).findings(start='2020')."
                )
            return self._several(authority)
        text = (
            themes
            if isinstance(themes, str) or not isinstance(themes, Iterable)
            else ",".join(themes)
        )
        typed = Parameters.typed(authority, start, end, text, include_secondary, codes)
        project = Project.find()
        slug = find_authority(authority, load_authorities(project))
        data = load_data(slug, project)
        asked = replace(typed, authority=slug, themes=find_themes(themes, data.codebook))
        return front(data, Choices(asked), project, {})

    def _several(self, authorities: Sequence[str]) -> England:
        known = load_authorities(Project.find())
        slugs = [find_authority(wanted, known) for wanted in authorities]
        if not slugs:
            raise FindingsError("Name one authority or more, as in load(['knowsley', 'leeds']).")
        for slug in slugs:
            require_known("authority", slug, known["authority"])
        names = known.set_index("authority")["name"]
        return self._those(slugs, join([names[slug] for slug in dict.fromkeys(slugs)]))

    def _those(self, slugs: Sequence[str], of: str) -> England:
        """Load some: from the tables of all where these are up to date or many are asked for."""
        project, those = Project.find(), tuple(dict.fromkeys(slugs))
        if is_current(project) or len(those) > AT_HAND:
            return replace(self.england(), slugs=those, of=of)
        if len(those) > FEW:
            _tell(f"Reading {plural(len(those), 'authority', 'authorities')}: about a second each.")
        several = [analyse(load_data(slug, project)) for slug in those]
        known = load_authorities(project)
        frames = Frames.of(several, known[known["authority"].isin(those)])
        return England(frames, several[0].data.codebook, those, of)

    def england(self) -> England:
        """Load all authorities at once, as tidy tables.

        The first time, and where data changed since, their tables are gathered, which takes some
        minutes.

        Raises
        ------
        FindingsError
            If one of them cannot be read.
        """
        project = Project.find()
        folder = current(project, jobs=os.cpu_count() or 1, tell=_tell)
        frames = Frames(folder)
        slugs = tuple(frames.frame("authorities")["authority"])
        return England(frames, load_codebook(project.raw("codebook.yml")), slugs)

    def region(self, name: str) -> England:
        """Load the authorities of a region, such as `London`.

        Raises
        ------
        FindingsError
            If there is no such region; says the nearest.
        """
        known = authorities()
        regions = {region.casefold(): region for region in known["region"].unique()}
        region = require_known("region", regions.get(name.casefold(), name), regions.values())
        return self._those(known.loc[known["region"] == region, "authority"].to_list(), region)


load: Final = Load()
"""Loads an authority, or many."""


def authorities(project: Project | None = None) -> pd.DataFrame:
    """List the authorities of which anything is held.

    Returns
    -------
    pandas.DataFrame
        `name`, `region`, `coders` (whose codes are held, separated by `, `; `tagger` where nobody's
        are) and `authority` (slug), by name.

    Examples
    --------
    >>> held = authorities()
    >>> held.loc[held["name"] == "Knowsley", "coders"].item()
    'reader-1, reader-2, resolved'
    """
    project = project or Project.find()
    known = load_authorities(project)
    held = known[known["authority"].isin(held_authorities(project))]
    table = pd.DataFrame(
        {
            "name": held["name"],
            "region": held["region_name"],
            "coders": [", ".join(project.coders(slug)) or TAGGER for slug in held["authority"]],
            "authority": held["authority"],
        }
    )
    return table.sort_values("name").reset_index(drop=True)


def _tell(text: str) -> None:
    print(text, file=sys.stderr)
