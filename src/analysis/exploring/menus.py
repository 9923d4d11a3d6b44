"""The menus of `explore.ipynb`: choose, and chart and evidence follow.

Each change of a menu makes the plain call beneath it; what was drawn is kept, so that going back is
at once. Nothing here knows a rule of the method: it asks an `Authority`.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import ipywidgets as widgets
import pandas as pd

from analysis.charts import Chart
from analysis.errors import FindingsError
from analysis.exploring.authority import Authority
from analysis.exploring.choices import Choices
from analysis.exploring.chooser import Chooser
from analysis.exploring.context import Concordance
from analysis.exploring.keyboard import by_keyboard
from analysis.exploring.loading import authorities, load
from analysis.exploring.marks import led_to
from analysis.exploring.page import link_to_page
from analysis.exploring.picture import BLANK, Picture, drawn, shown
from analysis.exploring.saving import FOLDER
from analysis.exploring.sortable import fill, sortable
from analysis.exploring.table import table
from analysis.exploring.views import BY_NAME, CARD, VIEWS, WORDS, Shown, View
from analysis.report.page.block import Block
from analysis.report.sentences import cautions

KEPT_AUTHORITIES: Final = 6
KEPT_VIEWS: Final = 24
"""So many are kept, those asked for last."""
ALL: Final = ""
_LABEL: Final = {"description_width": "7.5em"}
_SHORT: Final = {"description_width": "4em"}
_ROW: Final = {"flex_flow": "row wrap", "align_items": "center"}


class App:
    """Menus, a view, its evidence, and what to take away.

    Attributes
    ----------
    box
        All of it.
    authority
        What is looked at now.
    seconds
        How long the last change took to follow.

    Examples
    --------
    >>> app = App(load("knowsley"))
    >>> app.chooser.direction.value = "weakness"
    >>> app.authority.choices.direction, app.picture.chart["svg"][:5]
    ('weakness', '<svg ')
    """

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self.seconds = 0.0
        self._seen: OrderedDict[tuple[object, ...], Shown] = OrderedDict()
        self._drawn: OrderedDict[tuple[object, ...], dict[str, Any]] = OrderedDict()
        self._loaded = OrderedDict({authority.choices.parameters.authority: authority})
        self.chooser = Chooser(
            authorities(authority.project), authority.whole, authority.choices, self.follow
        )
        self.view = widgets.ToggleButtons(
            options=[(view.label, view.name) for view in VIEWS], style={"button_width": "auto"},
            tooltips=[view.question for view in VIEWS],
        )  # fmt: skip
        self.word = widgets.Text(
            description="Word", value="supervis*", style=_LABEL, continuous_update=False,
            placeholder="such as supervis*", tooltip="Whole words; * stands for any ending",
        )  # fmt: skip
        self.said = widgets.HTML()
        self.call = widgets.HTML()
        self.picture = Picture()
        self.table: Any = sortable()
        self.text = widgets.HTML()
        self.theme = widgets.Dropdown(description="Theme", style=_SHORT, layout={"width": "19em"})
        self.visit = widgets.Dropdown(description="Visit", style=_SHORT, layout={"width": "19em"})
        self._need = ""
        self._quiet = False
        self.folder = widgets.Text(
            description="Folder", value=FOLDER, style=_LABEL, layout={"width": "26em"}
        )
        self.save_figure = widgets.Button(description="Save figure (SVG, PNG)", layout=_BUTTON)
        self.save_data = widgets.Button(description="Save table (CSV, Excel)", layout=_BUTTON)
        self.saved = widgets.HTML()
        self.parameters = widgets.HTML()
        self.make = widgets.Button(description="Make this the report", layout=_BUTTON)
        self.made = widgets.HTML()
        self._observe()
        self.box = self._arranged()
        self.follow()

    def _arranged(self) -> Any:
        head = widgets.HTML
        self.press = head("Press a mark for its evidence, or choose:")
        self.beside = widgets.HBox([self.press, self.theme, self.visit], layout=_ROW)
        parts = [
            self.chooser.box,
            self.view,
            self.word,
            self.said,
            self.beside,
            self.picture,
            self.table,
            self.text,
            self.call,
            widgets.HBox([self.folder, self.save_figure, self.save_data], layout=_ROW),
            self.saved,
            head("<b>Report</b>: the same choices as parameters."),
            self.parameters,
            widgets.HBox([self.make, self.made], layout=_ROW),
        ]
        return by_keyboard(parts, "1240px")

    def _observe(self) -> None:
        self.view.observe(self._again, names="value")
        self.word.observe(self._again, names="value")
        for menu in (self.theme, self.visit):
            menu.observe(self._chosen, names="value")
        self.picture.observe(self._pressed, names="pressed")
        self.save_figure.on_click(self._guarded(self.saved, self._save_figure))
        self.save_data.on_click(self._guarded(self.saved, self._save_data))
        self.make.on_click(self._guarded(self.made, self._make))

    def __repr__(self) -> str:
        return f"Menus for {self.authority!r}; without them, call load(…) and its methods"

    def _repr_mimebundle_(self, **_more: Any) -> dict[str, Any]:
        bundle = dict(self.box._repr_mimebundle_() or {})
        return bundle | {"text/plain": repr(self), "text/html": self._still()}

    def _still(self) -> str:
        """Return what is shown now as HTML, for a page without menus."""
        try:
            seen = self._current()
        except FindingsError:
            return str(self.said.value)
        told = str(seen._repr_html_())  # type: ignore[operator]
        return f"{self.said.value}{told}{self.call.value}"

    # Following

    def follow(self) -> None:
        """Show what the menus say now."""
        began = time.perf_counter()
        try:
            self._look_at(self.chooser.choices)
        except FindingsError as error:
            self._refuse(error)
            return
        self._offer_evidence()
        self._show_evidence()
        self._show_view(began)
        self._show_parameters()
        self.seconds = time.perf_counter() - began

    def _look_at(self, choices: Choices) -> None:
        asked = choices.parameters
        slug = asked.authority
        if slug not in self._loaded:
            self.said.value = saying(f"Reading {slug} …")
            self._loaded[slug] = load(slug)
            while len(self._loaded) > KEPT_AUTHORITIES:
                self._loaded.popitem(last=False)
        self._loaded.move_to_end(slug)
        whole = self._loaded[slug]
        if (
            slug != self.authority.choices.parameters.authority
        ):  # its dates and themes are not those chosen
            themes = tuple(t for t in asked.themes if t in whole.whole.codebook.ids)
            codes = asked.codes if asked.codes in set(whole.whole.codes["coder"]) else ""
            asked = replace(asked, start="", end="", themes=themes, codes=codes)
            self.chooser.offer(whole.whole, replace(choices, parameters=asked))
        self.authority = whole.subset(
            asked.start, asked.end, asked.themes, choices.direction, choices.source,
            asked.include_secondary, asked.codes,
        )  # fmt: skip

    def _refuse(self, error: FindingsError) -> None:
        """Say what is wrong, and show nothing that was drawn for other choices."""
        self.said.value = _alert(str(error))
        self._show(None)
        self.call.value = self.picture.evidence = self.parameters.value = ""

    @property
    def _view(self) -> View:
        return BY_NAME[self.view.value]

    @property
    def _key(self) -> tuple[object, ...]:
        return (self.authority.choices, self._view.name, self._typed)

    def _current(self) -> Shown:
        """What is shown, computed anew unless it was lately."""
        seen: Shown = _kept(
            self._seen, self._key, lambda: self._view.show(self.authority, self._typed)
        )
        return seen

    @property
    def _typed(self) -> str:
        """The word or the theme, where the view takes one."""
        typed = {WORDS: self.word.value, CARD: self.theme.value}
        return str(typed.get(self._view.name, ""))

    def _again(self, _change: object) -> None:
        self.follow()

    def _show_view(self, began: float) -> None:
        try:
            seen = self._current()
        except FindingsError as error:
            self.said.value = _alert(str(error))
            self._show(None)
        else:
            self._show(seen)
            took = time.perf_counter() - began
            self.said.value = shown(
                "looking", question=self._view.question, said=repr(self.authority), seconds=took,
                caution=cautions.caution(self.authority.results)[:2],
            ).html  # fmt: skip
        call = self._view.call.replace("{typed}", self._typed)
        self.call.value = shown("call", call=self.authority.choices.call() + call).html

    def _show(self, seen: Shown | None) -> None:
        self.picture.chart = (
            _kept(self._drawn, self._key, lambda: drawn(seen)) if isinstance(seen, Chart) else BLANK
        )
        if isinstance(seen, pd.DataFrame):
            fill(self.table, table(seen, tuple(seen.attrs.get("main", ()))))
        self.text.value = seen._repr_html_() if isinstance(seen, Concordance | Block) else ""
        self.save_figure.disabled = not isinstance(seen, Chart)
        self.save_data.disabled = seen is None
        for widget, kind in ((self.picture, Chart), (self.table, pd.DataFrame)):
            widget.layout.display = "" if isinstance(seen, kind) else "none"
        self.word.layout.display = "" if self._view.name == WORDS else "none"
        self.beside.layout.display = "" if isinstance(seen, Chart | Block) else "none"
        for menu in (self.press, self.visit):
            menu.layout.display = "" if isinstance(seen, Chart) else "none"

    # Evidence

    def _offer_evidence(self) -> None:
        book, visits = self.authority.results.data.codebook, self.authority.results.data.visits
        ids = self.authority.choices.parameters.themes or book.ids
        self._quiet = True
        theme, visit = self.theme.value, self.visit.value
        self.theme.options = [(book.theme(t).name, t) for t in ids]
        self.visit.options = [
            ("all visits", ALL), *zip(visits["title"], visits["visit"], strict=True)
        ]  # fmt: skip
        self.theme.value = theme if theme in ids else ids[0]
        self.visit.value = visit if visit in set(visits["visit"]) else ALL
        if self._need not in set(self.authority.results.ledger["need"]):
            self._need = ""
        self._quiet = False

    def _pressed(self, change: Any) -> None:
        led = led_to(str(change["new"]["href"]), self.authority.results)
        self._quiet = True
        if led.theme in [value for _name, value in self.theme.options]:
            self.theme.value = led.theme
        self.visit.value, self._need = led.visit or ALL, led.need
        self._quiet = False
        self._show_evidence()

    def _chosen(self, _change: object) -> None:
        if not self._quiet:
            self._need = ""
            self._show_evidence()
            if self._view.name == CARD:
                self._show_view(time.perf_counter())

    def _show_evidence(self) -> None:
        block = self.authority.evidence(self.theme.value, self.visit.value, need=self._need)
        self.picture.evidence = block.html

    # Taking away

    def _guarded(self, told: Any, act: Callable[[], None]) -> Callable[[Any], None]:
        """Say beside the button what cannot be done."""

        def pressed(_button: object) -> None:
            try:
                act()
            except FindingsError as error:
                told.value = _alert(str(error))

        return pressed

    def _save_figure(self) -> None:
        self._save(self._current())

    def _save_data(self) -> None:
        seen, rows = self._current(), self._view.rows
        if rows is not None:
            seen = rows(self.authority, self._typed)
        self._save(seen.data if isinstance(seen, Chart) else seen)

    def _save(self, seen: Shown) -> None:
        name = self._view.name
        if self._typed:
            name += f"-{''.join(c if c.isalnum() else '-' for c in self._typed).strip('-')}"
        saved = self.authority.save(seen, self.folder.value, name)
        self.saved.value = saying(saved.said)

    def _show_parameters(self) -> None:
        choices, view = self.authority.choices, self._view
        beyond = choices.beyond_report()
        if not view.in_report:
            beyond.append(f"The view “{view.label}”: a report does not hold it.")
        self.made.value = ""
        self.parameters.value = shown(
            "parameters",
            command=choices.command(),
            papermill=choices.papermill(),
            call=f"{choices.call()}.make_report()",
            beyond=beyond,
        ).html

    def _make(self) -> None:
        self.make.disabled = True
        self.made.value = "Making the report; this takes some ten seconds …"
        try:
            page = self.authority.make_report(self.authority.project.reports)
        finally:
            self.make.disabled = False
        where = self.authority.project.relative(page)
        self.made.value = f"Made: {link_to_page(page, where)}"


_BUTTON: Final = {"width": "auto"}


def _kept(store: OrderedDict[tuple[object, ...], Any], key: Any, make: Callable[[], Any]) -> Any:
    """Return what is kept under a key, or make it and keep it in place of the oldest."""
    if key not in store:
        store[key] = make()
        while len(store) > KEPT_VIEWS:
            store.popitem(last=False)
    store.move_to_end(key)
    return store[key]


def saying(said: str) -> str:
    """Return a line that says what is going on."""
    return shown("looking", question=said, said="", seconds=None, caution=[]).html


def _alert(said: str) -> str:
    return shown("refused", said=said).html
