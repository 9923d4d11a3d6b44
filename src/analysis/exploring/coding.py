"""Coding by hand: paragraph by paragraph, what it says, the codes that there are, and your own.

What is filled in is looked through and written as a coder's workbook is: a user's codes of a
paragraph count before all others, and what is left blank stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from analysis.codes.own import require_coder
from analysis.codes.sheets import book
from analysis.codes.sheets.correcting import Corrected, corrections_in, take_corrections
from analysis.codes.sheets.reading import Line
from analysis.codes.sheets.writing import where
from analysis.data.growing import Row
from analysis.english import plural
from analysis.errors import FindingsError, Problem
from analysis.exploring.authority import Authority
from analysis.exploring.names import Wanted
from analysis.report.moved import Moved
from analysis.report.report import Report
from analysis.tables import records

Said = Mapping[str, str]
"""What is filled in for one code: columns of the data and `note`; blank stays as it is."""


class Coding:
    """One coder's way through paragraphs of an authority.

    Attributes
    ----------
    coder
        Under whose name codes are written.
    todo
        Ids of the paragraphs to look through, in order.
    at
        Place in `todo` of the one that is looked at.

    Raises
    ------
    FindingsError
        If the name cannot be a user's, or nothing is left to look through.
    """

    def __init__(
        self, authority: Authority, coder: str, theme: Wanted = "", visit: Wanted = ""
    ) -> None:
        require_coder(coder, user=True)
        self.authority, self.coder = authority, coder
        asked = {"visit": visit} if visit else {}
        found = authority.findings(theme, visit) if theme else authority.paragraphs(**asked)
        self.todo: list[str] = list(dict.fromkeys(found["finding"]))
        if not self.todo:
            raise FindingsError(str(found.attrs["why"]))
        self.data = authority.whole
        self.known = book.choices(self.data.codebook)
        self._findings = self.data.findings.set_index("finding", drop=False)
        self._counting: dict[str, list[Row]] = {}
        for row in records(authority.results.coded):
            self._counting.setdefault(str(row["finding"]), []).append(_texts(row))
        own = self.data.codes[self.data.codes["coder"] == coder]
        self._own: dict[str, list[Row]] = {}
        for row in records(own):
            self._own.setdefault(str(row["finding"]), []).append(_texts(row))
        self._before: list[tuple[str, list[Row]]] = []
        self.at = next((at for at, name in enumerate(self.todo) if name not in self._own), 0)

    @property
    def finding(self) -> str:
        """The paragraph that is looked at."""
        return self.todo[self.at]

    @property
    def place(self) -> str:
        """Where it stands."""
        row = self._findings.loc[self.finding]
        titles = dict(zip(self.data.visits["visit"], self.data.visits["title"], strict=True))
        return f"{titles[str(row['visit'])]}: {where(_texts(row.to_dict()))}"

    @property
    def words(self) -> str:
        """What was published, where this machine holds it; else blank."""
        return str(self._findings.loc[self.finding, "words"])

    @property
    def summary(self) -> str:
        """What it says, in our words."""
        return str(self._findings.loc[self.finding, "summary"])

    @property
    def codes(self) -> list[Row]:
        """The codes that count now, `coder` with each; none where it was read and has no theme."""
        own = self._own.get(self.finding)
        rows = self._counting.get(self.finding, []) if own is None else own
        return [row | {"coder": self.coder} if own is not None else row for row in rows]

    @property
    def progress(self) -> str:
        """How far this coder is."""
        done = sum(name in self._own for name in self.todo)
        return (
            f"{self.at + 1} of {plural(len(self.todo), 'paragraph')}; {done} coded by {self.coder}"
        )

    def said(self, code: Mapping[str, str]) -> str:
        """Say a code in one line."""
        return book.say_code(code, self.known)

    def go(self, steps: int) -> None:
        """Go on or back; at either end nothing happens."""
        self.at = min(max(self.at + steps, 0), len(self.todo) - 1)

    def save(self, changed: Sequence[Said], added: Sequence[Said] = ()) -> Corrected:
        """Write this coder's codes of the paragraph; without any change, agree with those there.

        Parameters
        ----------
        changed
            For each of `codes`, what is given otherwise; empty where nothing is.
        added
            Codes that are missing: a theme and a direction at least.

        Raises
        ------
        FindingsError
            If it does not fit; nothing is written.
        """
        given = {at: dict(said) for at, said in enumerate(changed) if said}
        base = [code for code in self.codes if code["theme"]]
        lines = [
            Line(
                _SHEET, at + 1, self.finding, self._kept(code, len(base)), not at, given.get(at, {})
            )
            for at, code in enumerate(base)
        ]
        lines += [
            Line(_SHEET, len(base) + 1 + at, self.finding, {}, said=dict(said))
            for at, said in enumerate(added)
            if said
        ]
        corrected = corrections_in(self.data, lines, self.coder, _SHEET)
        if corrected.problems:
            raise FindingsError(" ".join(map(_in_words, corrected.problems)))
        self._before.append((self.finding, self._own.get(self.finding, [])))
        self._write(corrected)
        return corrected

    def undo(self) -> str:
        """Take back what was saved last, and return which paragraph it was of; blank if nothing."""
        if not self._before:
            return ""
        finding, rows = self._before.pop()
        own = [{column: row[column] for column in book.CODE} for row in rows]
        self._write(Corrected(self.coder, codes={finding: own}))
        self.at = self.todo.index(finding)
        return finding

    def moved(self) -> list[Moved]:
        """Return the sentences of the report that users' codes move, with and without them."""
        return Report.of(self.authority.slug).moved

    def _kept(self, code: Row, count: int) -> Row:
        prints = str(self._findings.loc[self.finding, "fingerprint"])
        own = {column: code.get(column, "") for column in book.CODE}
        return own | {"coder": code["coder"], "codes": str(count), "fingerprint": prints}

    def _write(self, corrected: Corrected) -> None:
        take_corrections(self.authority.project, self.data, corrected)
        for finding, rows in corrected.codes.items():
            if rows:
                self._own[finding] = list(rows)
            else:
                self._own.pop(finding, None)


_SHEET: Final = "paragraph"


def _in_words(problem: Problem) -> str:
    """Say what is wrong with a code, by the menu that it is in."""
    menu = re.search(r"\(([^()]+)\)$", problem.column)
    return f"{menu[1] if menu else 'This paragraph'}: {problem.message}."


def _texts(row: Mapping[Any, Any]) -> Row:
    return {str(name): "" if pd.isna(value) else str(value) for name, value in row.items()}
