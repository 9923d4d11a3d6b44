"""From reports and gathered tables to a site; what is unchanged is not made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from analysis.data.codebook import load_codebook
from analysis.errors import FindingsError
from analysis.project import Project
from analysis.site.contents import Contents, contents
from analysis.site.folder import SiteFolder
from analysis.site.places import ABOUT, FRONT, NEW, files_of, page_of, theme_page
from analysis.site.state import State, moved, read_state, state_now, whys


@dataclass(frozen=True)
class Built:
    """What came of building a site.

    Attributes
    ----------
    pages
        How many it has.
    why
        Page to why it had to be made again.
    new
        Files whose bytes are new.
    moved
        Page to what moved on it: numbers, and words on authorities.
    """

    pages: int
    why: Mapping[str, str]
    new: list[str] = field(default_factory=list)
    moved: Mapping[str, list[str]] = field(default_factory=dict)


def pages_of_england(project: Project) -> list[str]:
    """Return the files of the pages that are made from all authorities."""
    themes = load_codebook(project.raw("codebook.yml")).ids
    return [FRONT, *map(theme_page, themes), NEW, ABOUT]


def plan(project: Project, place: Path, base_url: str) -> dict[str, str]:
    """Say which pages would be made and why, by the reports that lie in `reports/`."""
    now = state_now(project, base_url)
    return whys(read_state(place), now, place, pages_of_england(project))


def build(project: Project, place: Path, base_url: str) -> Built:
    """Make what has changed of a site and put it in its place.

    The tables have been gathered and the reports made already; these lie in `reports/`.

    Raises
    ------
    FindingsError
        If nothing can be made or written; the site that lies there then stays.
    """
    with SiteFolder(place) as folder:
        now, england = state_now(project, base_url), pages_of_england(project)
        if not now.reports:
            raise FindingsError(f"No report lies in {project.relative(project.reports)}/.")
        why = whys(folder.before, now, folder.place, england)
        pages = len(england) + len(now.reports)
        if not why and folder.before and set(folder.before.reports) == set(now.reports):
            return Built(pages, {})
        before = folder.before or State()
        authorities = [slug for slug in now.reports if page_of(slug) in why]
        whole = any(page in why for page in england)
        made = contents(project, base_url, authorities, england=whole)
        kept = _kept(before, made, set(now.reports) - set(authorities))
        facts, words = made.facts or before.facts, made.words or before.words
        state = replace(now, facts=facts, words=words)
        state, new = folder.publish(state, made.files, kept)
        return Built(pages, why, new, moved(folder.before, state))


def _kept(before: State, made: Contents, authorities: set[str]) -> list[str]:
    """Name the files that stay: those of the authorities given, and of England unless made."""
    own = {name for slug in before.reports for name in files_of(slug)}
    stay = {name for slug in authorities for name in files_of(slug)}
    return [
        name
        for name in before.files
        if name not in made.files and (name in stay if name in own else not made.england)
    ]
