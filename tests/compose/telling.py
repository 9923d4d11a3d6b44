"""Paragraphs in a run of printed numbers, or with bullets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from compose import words
from compose.pages import Sheets

BULLET: Final = "\uf06e"


@dataclass
class Run:
    """The run of printed numbers."""

    skip: int | None = None
    last: int = 0

    def peek(self) -> int:
        return self.last + (2 if self.last + 1 == self.skip else 1)

    def next(self) -> int:
        self.last = self.peek()
        return self.last


@dataclass
class Teller:
    """Sets paragraphs with their numbers, or with bullets."""

    sheets: Sheets
    run: Run
    x: float = 100
    numbered: bool = True
    style: str = "12. Text"
    odd: Mapping[int, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    bullet: str = BULLET
    mark_x: float = 72
    gap: float = 12

    def count(self, key: str) -> int:
        self.counts[key] = self.counts.get(key, -1) + 1
        return self.counts[key]

    def say(self, text: str, role: str) -> None:
        if not self.numbered:
            at = self.mark_x
            self.sheets.item(text, role=role, mark=self.bullet, mark_x=at, x=at + 18, gap=8)
            return
        number = self.run.next()
        style = self.odd.get(number, self.style)
        mark = f"{number}" if style == "12 Text" else f"{number}."
        tight = style == "12.Text"
        self.sheets.item(
            text,
            role=role,
            mark=mark,
            number=f"{number}",
            mark_x=self.mark_x,
            x=self.x,
            tight=tight,
            gap=self.gap,
        )

    def findings(self, theme: str, role: str, how_many: int, sentences: int = 4) -> None:
        for _ in range(how_many):
            self.say(words.paragraph(theme, self.count(theme), sentences), role)

    def needs(self, theme: str, how_many: int, style: str = "imperative") -> None:
        for _ in range(how_many):
            self.say(words.need(theme, self.count(f"need {theme}"), style), "need")

    def wrapped_numbers(self, role: str = "body") -> None:
        """Set two paragraphs in which a wrapped line begins with the number that comes next."""
        after = self.run.peek() + 1 if self.numbered else 16
        self.say(
            "Nobody had told the group that help goes on, and the oldest of them had just turned\n"
            f"{after}. Many of the younger ones had been told twice.",
            role,
        )
        after = self.run.peek() + 1 if self.numbered else 34
        self.say(
            "Half of this work belongs to a scheme that the staff themselves have come to call\n"
            f"{after} Most Wanted Hours, after the length of its first timetable.",
            role,
        )
