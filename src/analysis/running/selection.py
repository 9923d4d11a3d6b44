"""Which reports are asked for: by name, all, by region, as neighbours, or from a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from analysis.data.authority_list import read_authorities
from analysis.data.nodes import read_nodes
from analysis.data.rows import Rows
from analysis.english import cut, short
from analysis.errors import FindingsError, UnknownNameError, require_known
from analysis.project import Project
from analysis.report.parameters import Parameters
from analysis.running.index import Place


@dataclass(frozen=True)
class Authorities:
    """The authorities of England, as far as choosing among them goes.

    Attributes
    ----------
    rows
        As `analysis.data.authority_list.read_authorities` gives them.
    """

    rows: Rows

    @classmethod
    def read(cls, project: Project) -> Authorities:
        """Read `data/raw/authorities.csv`.

        Raises
        ------
        DataError
            If it cannot be read.
        """
        return cls(read_authorities(project))

    @property
    def slugs(self) -> list[str]:
        """Slugs of all, in the order of the file."""
        return [row["authority"] for row in self.rows]

    def places(self) -> list[Place]:
        """Return all as the index lists them, by name."""
        found = [Place(r["authority"], r["name"], r["region_name"]) for r in self.rows]
        return sorted(found, key=lambda place: place.name)

    def named(self, name: str) -> str:
        """Return a slug that is known.

        Raises
        ------
        UnknownNameError
            If it is not; names the nearest.
        """
        if name not in self.slugs:
            raise UnknownNameError("authority", cut(name), self.slugs)
        return name

    def in_region(self, region: str) -> list[str]:
        """Return the slugs of a region, given by its name or its code.

        Raises
        ------
        UnknownNameError
            If there is no such region.
        """
        wanted = region.strip().lower()
        found = [
            row["authority"]
            for row in self.rows
            if wanted in (row["region_name"].lower(), row["region_code"].lower())
        ]
        if not found:
            known = {row["region_name"] for row in self.rows}
            lower = {name.lower(): name for name in known}
            raise UnknownNameError("region", cut(region), lower.values())
        return found

    def neighbours_of(self, name: str) -> list[str]:
        """Return the slugs of an authority's statistical neighbours, the nearest first.

        Raises
        ------
        UnknownNameError
            If there is no such authority.
        FindingsError
            If no neighbours are listed.
        """
        rows = {row["authority"]: row for row in self.rows}
        by_code = {row["la_code"]: row["authority"] for row in self.rows}
        codes = rows[self.named(name)]["statistical_neighbours"].split(";")
        found = [by_code[code] for code in codes if code in by_code]
        if not found:
            raise FindingsError(f"No statistical neighbours of {name} are listed.")
        return found


def read_sets(path: Path) -> list[Parameters]:
    """Read sets of parameters from a YAML file: a list, one set of `name: value` for each report.

    Every value stays the text that was typed: `007` is not seven. Themes may be a list.

    Raises
    ------
    DataError
        If the file cannot be read.
    FindingsError
        If a set is not as it should be; says which.
    """
    read = read_nodes(path, str(path))
    if not isinstance(read, yaml.SequenceNode) or not read.value:
        raise FindingsError(f"{path} must hold a list of sets, each beginning `- authority: ...`.")
    return [_set(node, f"{path}, set {place}") for place, node in enumerate(read.value, start=1)]


def _set(node: yaml.Node, where: str) -> Parameters:
    if not isinstance(node, yaml.MappingNode):
        raise FindingsError(f"{where}: {short(_text(node))} is not a set of `name: value`.")
    flat: dict[str, str] = {}
    for key, value in node.value:
        name = _text(key)
        if name in flat:
            raise FindingsError(f"{where}: {short(name)} stands twice; remove one.")
        parts = (
            value.value if name == "themes" and isinstance(value, yaml.SequenceNode) else [value]
        )
        if not all(isinstance(part, yaml.ScalarNode) for part in (key, *parts)):
            raise FindingsError(f"{where}: {short(name)} must be text.")
        flat[name] = ",".join(map(_text, parts))
    return Parameters.read(flat, where)


def _text(node: yaml.Node) -> str:
    return node.value if isinstance(node, yaml.ScalarNode) else "a list or keys"


def choose(
    authorities: Authorities,
    names: Iterable[str] = (),
    *,
    every: bool = False,
    region: str = "",
    neighbours_of: str = "",
) -> list[str]:
    """Return the slugs that are asked for, each once: named, then all, of a region, neighbours.

    Raises
    ------
    UnknownNameError, FindingsError
        If a name is unknown.
    """
    chosen = [authorities.named(name) for name in names]
    if region:
        chosen += authorities.in_region(region)
    if neighbours_of:
        chosen += authorities.neighbours_of(neighbours_of)
    if every:
        chosen += authorities.slugs
    return list(dict.fromkeys(chosen))


def refuse_odd(wanted: Sequence[Parameters], authorities: Authorities, project: Project) -> None:
    """Refuse a run in which any report could not be made as asked, before anything runs.

    Raises
    ------
    FindingsError
        If a parameter is not as it should be, or two sets would have one name.
    """
    themes: dict[str, str] = {}
    if any(asked.themes for asked in wanted):
        from analysis.data.codebook import load_codebook

        themes = load_codebook(project.raw("codebook.yml")).names
    for asked in wanted:
        authorities.named(asked.authority)
        asked.refuse_odd(themes)
        if asked.codes and project.raw(asked.authority).is_dir():
            require_known("coder", asked.codes, project.coders(asked.authority))
