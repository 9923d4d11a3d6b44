"""What every chart of an authority offers: a module of a chart states only what differs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar

import pandas as pd
from matplotlib.figure import Figure

from analysis.charts.parts.chart import Chart, Hotspot
from analysis.charts.parts.drawing import say
from analysis.charts.parts.style import house_style
from analysis.results.results import Results


class Kind(ABC):
    """A kind of chart, of one authority.

    Attributes
    ----------
    name
        Slug, for file names and anchors.
    label, question
        What a button says, and the question that the chart answers.
    nothing
        What stands in place of a picture where there is nothing to draw.
    coded
        Whether it rests on codes.
    results, themes
        Tables of the authority, and the ids of the themes that were asked for, if any.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    question: ClassVar[str]
    nothing: ClassVar[str]
    coded: ClassVar[bool] = True

    def __init__(self, results: Results, themes: Sequence[str] = ()) -> None:
        self.results = results
        self.themes = tuple(themes)

    @property
    def authority(self) -> str:
        """Name of the authority."""
        return self.results.data.name

    @property
    @abstractmethod
    def empty(self) -> bool:
        """Whether there is nothing to draw."""

    @abstractmethod
    def draw(self) -> tuple[Figure, Iterable[Hotspot]]:
        """Draw it, in the house style, where there is something to draw."""

    @abstractmethod
    def alt(self) -> str:
        """Return words for who cannot see it: measure, authority, period and the main change."""

    @abstractmethod
    def caption(self) -> str:
        """Return what it shows and how to read it, in few sentences."""

    @abstractmethod
    def data(self) -> pd.DataFrame:
        """Return what is drawn as a table, labels as a reader would write them."""

    def chart(self) -> Chart:
        """Return the chart, or one that says why there is none."""
        with house_style():
            figure, spots = (say(self.nothing), ()) if self.empty else self.draw()
            spots = tuple(spots)
        return Chart(
            figure=figure,
            alt=self.alt(),
            caption=self.caption(),
            data=self.data(),
            hotspots=spots,
            name=self.name,
            title=f"{self.authority}: {self.question[0].lower()}{self.question[1:]}",
        )
