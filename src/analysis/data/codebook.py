"""The codebook: which themes there are, what they mean and where they can be expected.

The file `data/raw/codebook.yml` is edited by people, so it is read in two steps: into text with its
lines (`nodes`), then each part is held against what it must be, and all that is wrong is said at
once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import pandas as pd
import yaml

from analysis import vocabulary as words
from analysis.data.nodes import parse_nodes, row_of
from analysis.data.patterns import Patterns
from analysis.data.text import read_text
from analysis.errors import DataError, Problem, require_known
from analysis.ids import SLUG_SAID, is_slug

EVERYWHERE: Final = "everywhere"
"""The areas of a theme of which any visit could be expected to speak."""
_TOP_KEYS: Final = ("version", "groups", "themes")
_GROUP_KEYS: Final = ("id", "name")
_ASPECT_KEYS: Final = ("id", "name")
_TEXT_KEYS: Final = ("id", "group", "name", "definition")
_LIST_KEYS: Final = ("include", "exclude", "areas", "patterns", "examples", "aspects")
_SHORT: Final = "short"
_OPTIONAL_KEYS: Final = (_SHORT, "include", "exclude", "patterns", "aspects")


@dataclass(frozen=True)
class Group:
    """Themes that belong together."""

    id: str
    name: str


@dataclass(frozen=True)
class Theme:
    """What a finding can be about.

    Attributes
    ----------
    id, group
        Slugs of the theme and of its group.
    name, definition, include, exclude, examples
        For readers and coders.
    areas
        Areas of `vocabulary.AREAS` in which a visit could be expected to speak of the theme, or
        `("everywhere",)`.
    patterns
        What the tagger looks for, in text with straight apostrophes; where the codebook gives none,
        they are made from name and examples (`analysis.data.phrases`).
    aspects
        What can need improving: id to name, the closed list from which a need takes its aspect.
    short
        A name for where room is scarce; blank where the name is short enough.
    """

    id: str
    group: str
    name: str
    definition: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    areas: tuple[str, ...]
    patterns: Patterns
    examples: tuple[str, ...]
    aspects: Mapping[str, str] = field(default_factory=dict, hash=False)
    short: str = ""

    @property
    def label(self) -> str:
        """Its short name, or its name."""
        return self.short or self.name

    @property
    def fingerprint(self) -> str:
        """Fingerprint of what the theme means: its definition, in the codebook's words."""
        return sha256(self.definition.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Codebook:
    """All themes, in the order in which reports show them.

    Examples
    --------
    >>> workload = Theme("caseloads", "workforce", "Caseloads", "Work per worker.",
    ...                  (), (), ("everywhere",), Patterns(("caseload",)), ())
    >>> plans = Theme("pathway-plans", "care", "Pathway plans", "Plans for leaving care.",
    ...               (), (), ("care-leavers",), Patterns(("pathway plan",)), ())
    >>> book = Codebook("1.0", (Group("workforce", "Workforce"), Group("care", "Care")),
    ...                 (workload, plans))
    >>> book.ids
    ('caseloads', 'pathway-plans')
    >>> book.group_of("pathway-plans").name
    'Care'
    >>> book.expects("caseloads", {"front-door"}), book.expects("pathway-plans", {"front-door"})
    (True, False)
    >>> book.theme("pathway")
    Traceback (most recent call last):
    analysis.errors.UnknownNameError: There is no theme 'pathway'. Did you mean 'pathway-plans'?
    """

    version: str
    groups: tuple[Group, ...]
    themes: tuple[Theme, ...]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of the themes, in order."""
        return tuple(theme.id for theme in self.themes)

    @property
    def names(self) -> dict[str, str]:
        """What reports call each theme, by its id, in order."""
        return {theme.id: theme.name for theme in self.themes}

    def theme(self, theme_id: str) -> Theme:
        """Return the theme of that id.

        Raises
        ------
        UnknownNameError
            If there is none, with the nearest ids.
        """
        require_known("theme", theme_id, self._by_id)
        return self._by_id[theme_id]

    @cached_property
    def _by_id(self) -> dict[str, Theme]:
        return {theme.id: theme for theme in self.themes}

    def group_of(self, theme_id: str) -> Group:
        """Return the group of a theme.

        Raises
        ------
        UnknownNameError
            If there is no such theme.
        """
        group_id = self.theme(theme_id).group
        return next(group for group in self.groups if group.id == group_id)

    def expects(self, theme_id: str, areas: Collection[str]) -> bool:
        """Whether a visit that looked at `areas` could be expected to speak of the theme.

        Only then does silence mean anything. `areas` are those of the visit after
        `vocabulary.expand_areas`; everywhere means everywhere in children's services, so that a
        visit to a whole partnership is expected to speak only of themes that name its area.

        Raises
        ------
        UnknownNameError
            If there is no such theme.
        """
        theme = self.theme(theme_id)
        services = not areas or not frozenset(words.PARTNERSHIPS.values()).issuperset(areas)
        if EVERYWHERE in theme.areas and services:
            return True
        return not words.expand_areas(list(theme.areas)).isdisjoint(areas)

    def table(self) -> pd.DataFrame:
        """Return one row a theme: theme, name, group, group_name, definition, areas (`;`)."""
        names = {group.id: group.name for group in self.groups}
        return pd.DataFrame(
            [
                {
                    "theme": theme.id,
                    "name": theme.name,
                    "group": theme.group,
                    "group_name": names[theme.group],
                    "definition": theme.definition,
                    "areas": ";".join(theme.areas),
                }
                for theme in self.themes
            ],
            columns=["theme", "name", "group", "group_name", "definition", "areas"],
            dtype=str,
        )


def load_codebook(path: Path, *, to_tag: bool = True) -> Codebook:
    """Read the codebook.

    Parameters
    ----------
    to_tag
        Look through the patterns too; else the first who asks for one is told what is wrong.

    Raises
    ------
    DataError
        If the file is missing or anything in it is wrong: every problem, each with its line.
    """
    return _parsed(read_text(path, path.name), path.name, to_tag=to_tag)


def parse_codebook(text: str, file: str = "codebook.yml") -> Codebook:
    r"""Read the text of a codebook; `file` is its name in messages.

    Raises
    ------
    DataError
        Every problem in the text, each with its line.

    Examples
    --------
    >>> parse_codebook("version: '1'\ngroups: []", "x.yml")
    Traceback (most recent call last):
    analysis.errors.DataError: 1 problem in the data:
      x.yml, row 1, themes = '': this key is missing; add it. Allowed: version, groups, themes
    """
    return _parsed(text, file, to_tag=True)


@lru_cache(maxsize=4)
def _parsed(text: str, file: str, *, to_tag: bool) -> Codebook:
    """Parse a text, which many authorities share, once; what is wrong is said each time."""
    reader = _Reader(file)
    book = reader.codebook(parse_nodes(text, file))
    tagging = book.themes if to_tag else ()
    of_patterns = (problem for theme in tagging for problem in theme.patterns.problems)
    if problems := {*reader.problems, *of_patterns}:
        raise DataError(problems)
    return book


class _Reader:
    """Turns nodes into a codebook and notes what is wrong on the way, so that all is said at once.

    A part that is wrong is read as empty text or an empty list: the codebook that results is only
    used if there are no problems.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def codebook(self, node: yaml.Node | None) -> Codebook:
        if not isinstance(node, yaml.MappingNode):
            self.note(node, "", "the file must hold these keys at its top", ", ".join(_TOP_KEYS))
            return Codebook("", (), ())
        parts = self.mapping(node, _TOP_KEYS)
        group_nodes = self.sequence(parts.get("groups"), "groups")
        theme_nodes = self.sequence(parts.get("themes"), "themes")
        groups = tuple(self.group(part) for part in group_nodes)
        known = [group.id for group in groups]
        themes = tuple(self.theme(part, known) for part in theme_nodes)
        self.distinct(groups, group_nodes, "group")
        self.distinct(themes, theme_nodes, "theme")
        return Codebook(self.text(parts.get("version"), "version"), groups, themes)

    def group(self, node: yaml.Node) -> Group:
        parts = self.mapping(node, _GROUP_KEYS)
        return Group(self.slug(parts.get("id")), self.text(parts.get("name"), "name"))

    def theme(self, node: yaml.Node, groups: Sequence[str]) -> Theme:
        parts = self.mapping(node, (*_TEXT_KEYS, _SHORT, *_LIST_KEYS))
        theme_id = self.slug(parts.get("id"))
        if theme_id == words.NO_THEME:
            self.note(parts["id"], "id", "is reserved for: read, and no theme found; rename it")
        group = self.text(parts.get("group"), "group")
        if group and group not in groups:
            self.note(parts["group"], "group", "there is no such group", ", ".join(groups))
        name = self.text(parts.get("name"), "name")
        examples = tuple(self.texts(parts.get("examples"), "examples"))
        written = self.sequence(parts.get("patterns"), "patterns")
        patterns = Patterns(
            tuple(self.text(part, "patterns") for part in written),
            name,
            examples,
            self.file,
            tuple(map(row_of, written)),
        )
        return Theme(
            id=theme_id,
            group=group,
            name=name,
            definition=self.text(parts.get("definition"), "definition"),
            include=tuple(self.texts(parts.get("include"), "include")),
            exclude=tuple(self.texts(parts.get("exclude"), "exclude")),
            areas=self.areas(parts.get("areas")),
            patterns=patterns,
            examples=examples,
            aspects=self.aspects(parts.get("aspects")),
            short=self.text(parts[_SHORT], _SHORT) if _SHORT in parts else "",
        )

    def aspects(self, node: yaml.Node | None) -> dict[str, str]:
        found: dict[str, str] = {}
        for part in self.sequence(node, "aspects"):
            cells = self.mapping(part, _ASPECT_KEYS)
            name = self.slug(cells.get("id"))
            if name == words.OTHER_ASPECT:
                self.note(cells["id"], "id", "is reserved for what no aspect holds; rename it")
            elif name and name in found:
                self.note(cells["id"], "id", "another aspect of this theme has this id; rename it")
            found[name] = self.text(cells.get("name"), "name")
        return found

    def mapping(self, node: yaml.Node, keys: Sequence[str]) -> dict[str, yaml.Node]:
        """Values by key; keys that are missing, unknown or there twice are noted."""
        allowed = ", ".join(keys)
        if not isinstance(node, yaml.MappingNode):
            self.note(node, "", "must be keys with values", allowed)
            return {}
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name not in keys:
                self.note(key, name, "there is no such key; rename or remove it", allowed)
            elif name in found:
                self.note(key, name, "this key stands twice; remove one")
            found.setdefault(name, value)
        for name in keys:
            if name not in found and name not in _OPTIONAL_KEYS:
                self.note(node, name, "this key is missing; add it", allowed)
        return found

    def sequence(self, node: yaml.Node | None, column: str) -> list[yaml.Node]:
        if node is None:
            return []
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self.note(node, column, "must be a list: [first, second], or one line each after a hyphen")
        return []

    def text(self, node: yaml.Node | None, column: str) -> str:
        if node is None:
            return ""
        text = node.value.strip() if isinstance(node, yaml.ScalarNode) else ""
        if not text:
            self.note(node, column, "must be some text")
        return text

    def texts(self, node: yaml.Node | None, column: str) -> Iterator[str]:
        return (self.text(part, column) for part in self.sequence(node, column))

    def slug(self, node: yaml.Node | None) -> str:
        text = self.text(node, "id")
        if text and not is_slug(text):
            self.note(node, "id", "is not an id", SLUG_SAID)
        return text

    def areas(self, node: yaml.Node | None) -> tuple[str, ...]:
        if isinstance(node, yaml.ScalarNode) and node.value == EVERYWHERE:
            return (EVERYWHERE,)
        parts = self.sequence(node, "areas")
        if isinstance(node, yaml.SequenceNode) and not parts:
            self.note(node, "areas", "a theme must be expected somewhere", f"{EVERYWHERE} or areas")
        areas = tuple(self.text(part, "areas") for part in parts)
        for part, area in zip(parts, areas, strict=True):
            if area and area not in words.AREAS:
                self.note(part, "areas", "there is no such area", ", ".join(words.AREAS))
        return areas

    def distinct(
        self, things: Sequence[Group | Theme], nodes: Sequence[yaml.Node], what: str
    ) -> None:
        counts = Counter(thing.id for thing in things if thing.id)
        for part, thing in zip(nodes, things, strict=True):
            if counts[thing.id] > 1:
                message = f"more than one {what} has this id; give each its own"
                self.problems.append(Problem(self.file, row_of(part), "id", thing.id, message))

    def note(self, node: yaml.Node | None, column: str, message: str, allowed: str = "") -> None:
        value = node.value if isinstance(node, yaml.ScalarNode) else ""
        self.problems.append(Problem(self.file, row_of(node), column, value, message, allowed))
