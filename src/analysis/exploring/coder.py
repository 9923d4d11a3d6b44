"""Menus to code by hand: read, choose, save, go on; nothing is typed but a reason."""

from __future__ import annotations

from html import escape
from typing import Any, Final

import ipywidgets as widgets

from analysis.codes.sheets.book import FIELDS, NOTHING
from analysis.english import plural
from analysis.errors import FindingsError
from analysis.exploring.coding import Coding
from analysis.exploring.keyboard import by_keyboard
from analysis.exploring.loading import load
from analysis.exploring.names import Wanted
from analysis.exploring.picture import shown

STAYS: Final = "as it is"
_LABEL: Final = {"description_width": "7em"}
_ROW: Final = {"flex_flow": "row wrap", "align_items": "center"}
_MENU: Final = {"width": "20em"}


class Coder:
    """Menus over a `Coding`.

    Attributes
    ----------
    coding
        What is looked through.
    box
        All of it.
    """

    def __init__(self, coding: Coding) -> None:
        self.coding = coding
        self.text, self.said, self.told = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.rows = widgets.VBox()
        self.note = widgets.Text(
            description="Why", placeholder="a reason in a few words of your own", style=_LABEL,
            layout={"width": "40em"},
        )  # fmt: skip
        acts = {
            "Save and go on": self._save, "Back": lambda: self._go(-1), "Pass over":
            lambda: self._go(1), "Undo": self._undo, "What do my codes move?": self._moved,
        }  # fmt: skip
        self.buttons = {name: widgets.Button(description=name, layout={"width": "auto"})
                        for name in acts}  # fmt: skip
        for name, act in acts.items():
            self.buttons[name].on_click(self._guarded(act))
        self.box = by_keyboard(
            [
                self.said,
                self.text,
                self.rows,
                self.note,
                widgets.HBox(list(self.buttons.values()), layout=_ROW),
                self.told,
            ],
            "1100px",
        )
        self.menus: list[dict[str, Any]] = []
        self.show()

    def __repr__(self) -> str:
        return f"Menus to code {self.coding.authority.name} as {self.coding.coder}"

    def _repr_mimebundle_(self, **_more: Any) -> dict[str, Any]:
        return dict(self.box._repr_mimebundle_() or {}) | {"text/plain": repr(self)}

    def show(self) -> None:
        """Show the paragraph that is looked at, with menus as if nothing was chosen."""
        coding = self.coding
        codes = [code for code in coding.codes if code["theme"]]
        self.said.value = shown("coding", progress=coding.progress, place="", words="",
                                summary="", none=False).html  # fmt: skip
        self.text.value = shown(
            "coding", progress="", place=coding.place, words=coding.words, summary=coding.summary,
            none=not codes,
        ).html  # fmt: skip
        heads = [f"{escape(coding.said(code))} <i>({escape(code['coder'])})</i>" for code in codes]
        self.menus = [self._menus(given=True) for _ in codes] + [self._menus(given=False)]
        self.rows.children = [
            widgets.VBox([widgets.HTML(head), widgets.HBox(list(menus.values()), layout=_ROW)])
            for head, menus in zip([*heads, "<b>Missing?</b> Add one:"], self.menus, strict=True)
        ]
        self.note.value = ""

    def _menus(self, *, given: bool) -> dict[str, Any]:
        made = {}
        for field in FIELDS:
            known = self.coding.known[field.column]
            options = [
                (label, value) for label, value in known.items() if given or label != NOTHING
            ]
            made[field.column] = widgets.Dropdown(
                options=[(STAYS if given else "", None), *options], description=field.head,
                style=_LABEL, layout=_MENU,
            )  # fmt: skip
        return made

    def _chosen(self) -> list[dict[str, str]]:
        return [
            {column: menu.value for column, menu in menus.items() if menu.value is not None}
            for menus in self.menus
        ]

    def _save(self) -> None:
        *changed, added = self._chosen()
        if note := self.note.value.strip():
            changed = [said | {"note": note} if said else said for said in changed]
            added |= {"note": note} if added else {}
        corrected = self.coding.save(changed, [added])
        lines = [*corrected.changes, *corrected.dropped] or ["Agreed with the codes as they stand."]
        self._tell([f"Saved as {self.coding.coder}.", *lines])
        self._go(1)

    def _go(self, steps: int) -> None:
        self.coding.go(steps)
        self.show()

    def _undo(self) -> None:
        finding = self.coding.undo()
        self.show()
        self._tell([f"Taken back: {finding}." if finding else "There is nothing to take back."])

    def _moved(self) -> None:
        self._tell(["Counting anew …"])
        moved = self.coding.moved()
        said = [
            f"{m.where}: {m.after or 'nothing'} (without users' codes: {m.before or 'nothing'})"
            for m in moved
        ]
        self._tell(
            [f"{plural(len(moved), 'sentence')} of the report moved by users' codes.", *said]
        )

    def _tell(self, lines: list[str]) -> None:
        self.told.value = shown("told", lines=lines).html

    def _guarded(self, act: Any) -> Any:
        def pressed(_button: object) -> None:
            try:
                act()
            except FindingsError as error:
                self.told.value = shown("refused", said=str(error)).html

        return pressed


def code_by_hand(authority: str, coder: str, theme: Wanted = "", visit: Wanted = "latest") -> Coder:
    """Show menus to code the paragraphs of an authority, under a name of yours.

    Parameters
    ----------
    authority
        Slug or name.
    coder
        A role or a pseudonym in small letters, not a person's name.
    theme, visit
        Which paragraphs, as in `Authority.findings`; those of the latest visit if nothing is named.

    Returns
    -------
    Coder
        Begins with the first paragraph that this coder has not coded. Your codes of a paragraph
        count before all others once it is saved, in `data/raw/<authority>/codes/<coder>.csv`.

    Raises
    ------
    FindingsError
        If a name is unknown or cannot be a coder's, or no paragraph is there.
    """
    return Coder(Coding(load(authority), coder, theme, visit))
