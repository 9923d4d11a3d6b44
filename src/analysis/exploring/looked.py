"""What all calls on one authority share: its results, what is chosen of them, and its names."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from analysis.data.authority import AuthorityData
from analysis.data.codebook import Codebook
from analysis.exploring.choices import Choices
from analysis.exploring.names import Wanted, find_themes
from analysis.project import Project
from analysis.results.results import Results


@dataclass(frozen=True, repr=False, eq=False)
class Looked:
    """One authority, and what of it is looked at.

    Attributes
    ----------
    results
        Every table behind the answers.
    choices
        What is looked at.
    whole
        All that is held, whatever is chosen.
    project
        Where it lies.
    """

    results: Results
    choices: Choices
    whole: AuthorityData
    project: Project
    _analysed: dict[tuple[str, str, bool, str], Results] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name of the authority."""
        return self.results.data.name

    @property
    def slug(self) -> str:
        """Id of the authority."""
        return self.results.data.authority

    @cached_property
    def codebook(self) -> Codebook:
        """The themes that are looked at."""
        return self._book("")

    def _book(self, themes: Wanted) -> Codebook:
        book = self.results.data.codebook
        ids = self._themes(themes)
        return replace(book, themes=tuple(theme for theme in book.themes if theme.id in ids))

    def _themes(self, themes: Wanted) -> tuple[str, ...]:
        """Return the ids that are named, else those chosen, else all."""
        book = self.results.data.codebook
        return find_themes(themes, book) or self.choices.parameters.themes or book.ids
