"""Loading an authority to ask questions of, and the list of those that can be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from analysis.data.held import held_authorities, load_authorities, tagged_authorities
from analysis.data.loading import load_data
from analysis.exploring.authority import Authority, front
from analysis.exploring.choices import Choices
from analysis.exploring.names import Wanted, find_authority, find_themes
from analysis.project import Project
from analysis.report.parameters import Parameters


def load(
    authority: str,
    start: str = "",
    end: str = "",
    themes: Wanted = "",
    include_secondary: bool = False,
) -> Authority:
    """Load an authority and compute everything about it.

    Parameters
    ----------
    authority
        Slug or name: `knowsley`, `North Tyneside`. `authorities()` lists them.
    start, end, themes, include_secondary
        As in `Authority.subset`, and as the parameters of a report.

    Raises
    ------
    FindingsError
        If there is no such authority (says the nearest), nothing is held about it, or its files are
        wrong.

    Examples
    --------
    >>> load("Knowsley").visits["kind"].value_counts()["focused visit"]
    np.int64(4)
    >>> load("knowsly")
    Traceback (most recent call last):
    analysis.errors.UnknownNameError: There is no authority 'knowsly'. Did you mean 'knowsley' ...
    """
    text = (
        themes if isinstance(themes, str) or not isinstance(themes, Iterable) else ",".join(themes)
    )
    typed = Parameters.typed(authority, start, end, text, include_secondary)
    project = Project.find()
    slug = find_authority(authority, load_authorities(project))
    data = load_data(slug, project)
    asked = replace(typed, authority=slug, themes=find_themes(themes, data.codebook))
    return front(data, Choices(asked), project, {})


def authorities(project: Project | None = None) -> pd.DataFrame:
    """List the authorities of which anything is held.

    Returns
    -------
    pandas.DataFrame
        `name`, `region`, `read by` (machine readers, or the program alone) and `authority` (slug),
        by name.

    Examples
    --------
    >>> held = authorities()
    >>> held.loc[held["name"] == "Knowsley", "read by"].item()
    'machine readers'
    """
    project = project or Project.find()
    coders = dict.fromkeys(tagged_authorities(project), "the program alone")
    coders |= dict.fromkeys(held_authorities(project), "machine readers")
    known = load_authorities(project)
    held = known[known["authority"].isin(list(coders))]
    table = pd.DataFrame(
        {
            "name": held["name"],
            "region": held["region_name"],
            "read by": held["authority"].map(coders),
            "authority": held["authority"],
        }
    )
    return table.sort_values("name").reset_index(drop=True)
