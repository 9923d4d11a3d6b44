"""From a coder's workbook to that coder's codes in `data/raw/`, every change named.

A finding that the coder did anything with is coded anew as a whole, since a user's codes of a
finding replace all others of it; what they left blank stays as it was. All other findings keep
their codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Final

from analysis.codes.own import Written, own_codes, problems_of, require_coder, whole
from analysis.codes.sheets import book
from analysis.codes.sheets.reading import Line, at_cell, read_workbook
from analysis.data.authority import AuthorityData
from analysis.data.growing import Row
from analysis.errors import DataError, Problem
from analysis.files import write_text
from analysis.project import Project
from analysis.vocabulary import NO_THEME

_THEME: Final = book.OWN + 1
"""Column of the theme that a coder fills in."""


@dataclass
class Corrected:
    """What a coder's workbook says.

    Attributes
    ----------
    coder
        Under whose name it counts.
    codes
        Finding to its codes as this coder has them, rows of schema `CODES`.
    places
        Finding to the sheet and row where it begins.
    changes
        In words: what was changed, added or taken away, and where.
    dropped
        In words: what a changed code said besides, and what no longer fits it.
    agreed
        Findings whose codes the coder left as they stand.
    problems
        All that is wrong.
    """

    coder: str
    codes: dict[str, list[Row]] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    agreed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def corrections(data: AuthorityData, path: Path, coder: str) -> Corrected:
    """Read a workbook and look it through; nothing is written.

    Raises
    ------
    FindingsError
        If the coder's name is none, or another kind of coder's.
    DataError
        If the file is no workbook of ours, or may be hostile.
    """
    require_coder(coder, user=True)
    known = book.choices(data.codebook)
    lines, problems = read_workbook(path, known)
    return corrections_in(data, lines, coder, path.name, problems)


def corrections_in(
    data: AuthorityData,
    lines: Sequence[Line],
    coder: str,
    file: str,
    problems: Sequence[Problem] = (),
) -> Corrected:
    """Look through what a coder filled in, wherever it was; nothing is written.

    Parameters
    ----------
    lines
        What was filled in, a row each; `code` and `said` as `read_workbook` gives them.
    file
        What it stands in, for messages.
    problems
        What is known to be wrong already.

    Raises
    ------
    FindingsError
        If the coder's name is none, or another kind of coder's.
    """
    require_coder(coder, user=True)
    known = book.choices(data.codebook)
    found = _Correcting(data, file, Corrected(coder, problems=list(problems)), known)
    for finding, rows in groupby(_together(lines), key=lambda line: line.finding):
        found.finding(finding, list(rows))
    found.check()
    return found.made


def _together(lines: Sequence[Line]) -> list[Line]:
    """All rows of a paragraph one after another, also those at the end of its sheet."""
    order = {finding: at for at, finding in enumerate(dict.fromkeys(x.finding for x in lines))}
    return sorted(lines, key=lambda line: order[line.finding])


class _Correcting:
    """Turns the rows of each paragraph into codes."""

    def __init__(
        self, data: AuthorityData, file: str, made: Corrected,
        known: Mapping[str, Mapping[str, str]],
    ) -> None:  # fmt: skip
        self.data, self.file, self.made, self.known = data, file, made, known
        self.prints = dict(zip(data.findings["finding"], data.findings["fingerprint"], strict=True))

    def finding(self, finding: str, lines: list[Line]) -> None:
        """Read the rows of one paragraph, if the coder did anything with it."""
        if not any(line.filled for line in lines):
            return
        self.made.places[finding] = (lines[0].sheet, lines[0].row)
        wrong = len(self.made.problems)
        self.made.problems += self._misplaced(finding, lines)
        if len(self.made.problems) == wrong:
            codes = self._codes(lines)
            self.made.problems += self._doubled(codes)
        if len(self.made.problems) == wrong:
            self.made.codes[finding] = [code for _, code in codes] or [_none(finding, lines)]

    def _misplaced(self, finding: str, lines: list[Line]) -> Iterator[Problem]:
        first = lines[0]
        base = [line.code for line in lines if line.code]
        if finding not in self.prints:
            message = f"there is no such paragraph of {self.data.name}"
            yield self._at(next(x for x in lines if x.filled), 1, finding, message)
        elif not base:
            message = "the rows of this paragraph are gone; lay the workbook out anew"
            yield self._at(first, 1, finding, message)
        elif str(len({_key(code) for code in base})) != base[0]["codes"] or len(base) != len(
            {_key(code) for code in base}
        ):
            message = (
                "this paragraph was laid out with other rows of codes than it has "
                "ones now; lay the workbook out anew"
            )
            yield self._at(first, 1, finding, message)
        elif self.prints[finding] and base[0]["fingerprint"] not in ("", self.prints[finding]):
            message = (
                "the document has since been cut otherwise: this number stands for other words "
                "now; lay the workbook out anew"
            )
            yield self._at(first, 1, finding, message)

    def _codes(self, lines: list[Line]) -> list[tuple[Line, Row]]:
        """The codes that the paragraph has for this coder, each with its row."""
        codes, changed = [], False
        for line in lines:
            before = self._before(line)
            after = self._after(line, before)
            if after and after["theme"] != NO_THEME:
                codes.append((line, after))
            if line.said:
                changed |= self._tell(line, before, after)
        if not changed:
            self.made.agreed.append(lines[0].finding)
        return codes

    def _before(self, line: Line) -> Row | None:
        """The code that stands in a row; another coder's reason is not this coder's."""
        if not line.code:
            return None
        code = {column: line.code[column] for column in book.CODE}
        return code if line.code["coder"] == self.made.coder else code | {"note": ""}

    def _after(self, line: Line, before: Row | None) -> Row | None:
        """The code of a row as the coder has it; None where there is none."""
        blank = dict.fromkeys(book.CODE, "") | {"finding": line.finding, "theme": NO_THEME}
        after = (before or blank) | line.said
        if after["theme"] == NO_THEME:
            if set(line.said) - {"theme", "note"}:
                self._wrong(line, "theme", "is blank: choose what this row is about")
            return None
        if not after["direction"]:
            self._wrong(line, "direction", "is blank: say in which direction it is judged")
        if before and before["theme"] not in (after["theme"], NO_THEME):
            after["found"] = ""
        if before and before["extent"] != after["extent"]:
            after["extent_printed"] = ""
        made, out = whole(after)
        self.made.dropped += [f"{_where(line)}: {said} no longer fits" for said in out]
        return made

    def _wrong(self, line: Line, column: str, message: str) -> None:
        place = _THEME + [field.column for field in book.FIELDS].index(column)
        self.made.problems.append(self._at(line, place, "", message))

    def _tell(self, line: Line, before: Row | None, after: Row | None) -> bool:
        """Say what a row changes; whether it changes anything but the reason."""
        had = before if before and before["theme"] != NO_THEME else None
        if after and had:
            pairs = zip(
                book.words_of(had, self.known), book.words_of(after, self.known), strict=True
            )
            parts = [f"{a or 'nothing'} → {b or 'nothing'}" for a, b in pairs if a != b]
            if not parts:
                return False
            text = f"{book.words_of(had, self.known)[0]}: {', '.join(parts)}"
        elif after:
            text = f"added: {book.say_code(after, self.known)}"
        elif had:
            text = f"taken away: {book.say_code(had, self.known)}"
        else:
            return False
        self.made.changes.append(f"{_where(line)}: {text}")
        return True

    def _doubled(self, codes: list[tuple[Line, Row]]) -> Iterator[Problem]:
        seen: set[tuple[str, ...]] = set()
        for line, code in codes:
            if (key := _key(code)) in seen:
                message = "another row of this paragraph has this theme for the same people"
                yield self._at(line, _THEME, book.say_code(code, self.known), message)
            seen.add(key)

    def _at(self, line: Line, column: int, value: str, message: str) -> Problem:
        return at_cell(self.file, line.sheet, line.row, column, value, message)

    def check(self) -> None:
        """Hold the codes against their schema and what the tables demand of each other."""
        rows = [row for codes in self.made.codes.values() for row in codes]
        for problem in problems_of(self.data, rows, self.made.coder, self.file):
            sheet, row = self.made.places[rows[problem.row]["finding"]]
            file = f"{self.file}, sheet {sheet!r}"
            self.made.problems.append(replace(problem, file=file, row=row))


def _where(line: Line) -> str:
    return f"{line.sheet}, row {line.row}"


def _key(code: Row) -> tuple[str, ...]:
    return code["finding"], code["theme"], code["cohort"]


def _none(finding: str, lines: list[Line]) -> Row:
    """The row that says: read, and no theme found."""
    notes = [line.said["note"] for line in lines if line.said.get("note")]
    blank = dict.fromkeys(book.CODE, "")
    return blank | {"finding": finding, "theme": NO_THEME, "note": " ".join(notes)}


def take_corrections(project: Project, data: AuthorityData, corrected: Corrected) -> Written:
    """Write a coder's codes: those of other findings stay, those of findings coded anew go.

    Raises
    ------
    DataError
        If anything is wrong, or the coder's file cannot be read.
    """
    if corrected.problems:
        raise DataError(corrected.problems)
    written = own_codes(project, data.authority, corrected.coder, corrected.codes)
    if written.content:
        write_text(written.path, written.content)
    return written
