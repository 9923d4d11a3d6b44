"""Menus for what is looked at. They know names and dates, and nothing of how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import ipywidgets as widgets
import pandas as pd

from analysis.data.authority import AuthorityData
from analysis.data.codebook import Codebook
from analysis.errors import FindingsError, UnknownNameError
from analysis.exploring.choices import Choices
from analysis.exploring.names import find_authority
from analysis.report.parameters import Parameters

DIRECTION_LABELS: Final = {
    "any direction": "",
    "▲ strength": "strength",
    "◆ mixed": "mixed",
    "▼ weakness": "weakness",
    "○ neutral": "neutral",
}
SOURCE_LABELS: Final = {
    "any source": "",
    "inspectors and departments": "primary",
    "others": "secondary",
}
_LABEL: Final = {"description_width": "6em"}
_WIDE: Final = "23em"


class Chooser:
    """Menus of one authority, in the order of a question: whom, what, when.

    Attributes
    ----------
    box
        All of it.
    choices
        What is chosen now.
    """

    def __init__(
        self, held: pd.DataFrame, data: AuthorityData, choices: Choices, follow: Callable[[], None]
    ) -> None:
        """Begin with these choices, and call `follow` after each change."""
        self._held = held
        self._follow = follow
        self._quiet = False
        self.authority = _typed(held, data.name)
        self.start, self.end = (
            widgets.Dropdown(description=name, style=_LABEL, layout={"width": _WIDE})
            for name in ("First visit", "Latest visit")
        )
        self.direction = widgets.Dropdown(
            options=DIRECTION_LABELS, description="Direction", style=_LABEL,
            layout={"width": "17em"},
        )  # fmt: skip
        self.source = widgets.Dropdown(
            options=SOURCE_LABELS, description="Source", style=_LABEL, layout={"width": "20em"}
        )
        self.secondary = widgets.Checkbox(
            description="Where no inspectors' document is held, let what others wrote count",
            indent=False, layout={"width": "auto"},
        )  # fmt: skip
        self.codes = widgets.Dropdown(
            description="Codes", style=_LABEL, layout={"width": "17em"},
            tooltip="A coder whose codes count first, and no other user's",
        )  # fmt: skip
        self.everything = widgets.Button(
            description="All themes", tooltip="Take every tick away: all themes are shown"
        )
        self.themes: dict[str, Any] = {}
        self.groups: dict[str, Any] = {}
        self._grid = widgets.Box(layout={"flex_flow": "row wrap", "width": "100%"})
        self._ticks = widgets.VBox([self.everything, self._grid], layout={"display": "none"})
        self.open = widgets.ToggleButton(layout={"flex": "1 1 34em"})
        self.box = widgets.VBox(list(self._rows()))
        self.offer(data, choices)
        self._listen()

    def _rows(self) -> Iterator[Any]:
        """What is chosen, in the order of a person's question."""
        yield self._row("Whom", self.authority)
        yield self._row("What", self.direction, self.open)
        yield self._ticks
        yield self._row("When", self.start, self.end)
        yield self._row("Whose word", self.source, self.codes, self.secondary)

    def _listen(self) -> None:
        menus = (self.start, self.end, self.direction, self.source, self.codes, self.secondary)
        for menu in (*menus, self.authority):
            menu.observe(self._changed, names="value")
        self.everything.on_click(self._untick)
        self.open.observe(self._opened, names="value")

    def _row(self, question: str, *menus: Any) -> Any:
        head = widgets.HTML(f"<b>{question}</b>", layout={"width": "7.5em"})
        return widgets.HBox([head, *menus], layout=_WRAPPED)

    @property
    def choices(self) -> Choices:
        """What is chosen now.

        Raises
        ------
        UnknownNameError
            If no authority is so called.
        """
        name = str(self.authority.value)
        slug = find_authority(name, self._held)
        if slug not in set(self._held["authority"]):
            raise UnknownNameError("authority", name, self._held["name"])
        if self.start.value and self.end.value and self.start.value > self.end.value:
            raise FindingsError("The first visit lies after the latest; choose another.")
        asked = Parameters(
            slug,
            str(self.start.value),
            str(self.end.value),
            tuple(theme for theme, box in self.themes.items() if box.value),
            bool(self.secondary.value),
            str(self.codes.value),
        )
        return Choices(asked, str(self.direction.value), str(self.source.value))

    def offer(self, data: AuthorityData, choices: Choices) -> None:
        """Offer what an authority has, keeping the choices that it has too."""
        with self._silence():
            self.authority.value = data.name
            self._offer_visits(data, choices.parameters)
            self._offer_themes(data.codebook, choices.parameters.themes)
            coders = sorted(set(data.codes["coder"]))
            self.codes.options = [("those that count", ""), *((coder, coder) for coder in coders)]
            self.codes.value = choices.parameters.codes
            self.direction.value = choices.direction
            self.source.value = choices.source
            self.secondary.value = choices.parameters.include_secondary

    def _offer_visits(self, data: AuthorityData, asked: Parameters) -> None:
        titles = list(zip(data.visits["title"], data.visits["start"], strict=True))
        for menu, blank, value in (
            (self.start, "the first held", asked.start),
            (self.end, "the latest held", asked.end),
        ):
            typed = [] if value in ("", *data.visits["start"]) else [(value, value)]
            menu.options = [(blank, ""), *titles, *typed]
            menu.value = value

    def _offer_themes(self, book: Codebook, chosen: tuple[str, ...]) -> None:
        if list(self.themes) != list(book.ids):
            self._build_themes(book)
        for theme, box in self.themes.items():
            box.value = theme in chosen
        self._tell_themes()

    def _build_themes(self, book: Codebook) -> None:
        plain = {"indent": False, "layout": _TIGHT}
        self.themes = {t.id: widgets.Checkbox(description=t.name, **plain) for t in book.themes}
        self.groups = {
            group.id: widgets.ToggleButton(
                description=group.name, tooltip=f"All themes of {group.name}",
                layout={"width": "auto"},
            )
            for group in book.groups
        }  # fmt: skip
        columns: list[list[Any]] = [[]]
        for group in book.groups:
            own = [self.themes[t.id] for t in book.themes if t.group == group.id]
            if own:
                self.groups[group.id].observe(_ticker(self, own), names="value")
                if columns[-1] and len(columns[-1]) + len(own) >= _TALLEST:
                    columns.append([])
                columns[-1] += [self.groups[group.id], *own]
        self._grid.children = [
            widgets.VBox(column, layout={"margin": "0 1.2em 0 0"}) for column in columns
        ]
        for box in self.themes.values():
            box.observe(self._changed, names="value")

    def tick(self, boxes: list[Any], *, value: bool) -> None:
        """Tick several themes, or take their ticks away, as one change."""
        with self._silence():
            for box in boxes:
                box.value = value
        self._changed(None)

    def _untick(self, _button: object) -> None:
        with self._silence():
            for group in self.groups.values():
                group.value = False
        self.tick(list(self.themes.values()), value=False)

    def _opened(self, _change: object) -> None:
        self._ticks.layout.display = "" if self.open.value else "none"
        self._tell_themes()

    def _changed(self, _change: object) -> None:
        if not self._quiet:
            self._tell_themes()
            self._follow()

    def _tell_themes(self) -> None:
        chosen = [box.description for box in self.themes.values() if box.value]
        said = f"{len(chosen)} of {len(self.themes)}: {', '.join(chosen)}" if chosen else (
            f"all {len(self.themes)}; {'tick' if self.open.value else 'open'} to choose"
        )  # fmt: skip
        self.open.description = f"{'▾' if self.open.value else '▸'} Themes: {said}"
        self.open.tooltip = f"Themes: {said}"

    @contextmanager
    def _silence(self) -> Iterator[None]:
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before


_TALLEST: Final = 12
"""Groups stand one below the other as long as a column has no more rows."""
_TIGHT: Final = {"width": "auto", "height": "22px", "margin": "0"}
_WRAPPED: Final = {"flex_flow": "row wrap"}


def _ticker(chooser: Chooser, boxes: list[Any]) -> Callable[[Any], None]:
    def tick(change: Any) -> None:
        if not chooser._quiet:
            chooser.tick(boxes, value=bool(change["new"]))

    return tick


def _typed(held: pd.DataFrame, name: str) -> Any:
    """The box in which an authority is typed."""
    return widgets.Combobox(
        options=list(held["name"]), value=name, description="Authority", style=_LABEL,
        placeholder="Type a name", continuous_update=False, layout={"width": _WIDE},
        tooltip=f"One of {len(held)} authorities; type part of a name",
    )  # fmt: skip
