"""What somebody else's codes mean here: a table that is written with best guesses, then read back.

A code may stand for a theme, for a direction, for both, or for whom, how many and what change a
theme that it stands beside is about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from analysis.codes.exchange.model import SEPARATOR, Coded
from analysis.codes.exchange.ours import FACETS, NONE
from analysis.data.codebook import Codebook
from analysis.data.rows import read_rows
from analysis.errors import DataError, Problem, asking
from analysis.tables import for_people, to_text
from analysis.vocabulary import CHANGES_SAID, COHORTS, DIRECTIONS, EXTENTS, NO_THEME

FIELDS: Final = ("theme", "cohort", "direction", "extent", "change_said")
COLUMNS: Final = ("code", "used", *FIELDS, "description")
LONG: Final = 200
"""Characters of a description that are shown."""
_NEAR: Final = 0.8
_SHORTEST: Final = 4
_DIRECTIONS: Final = {
    "strength": r"strengths?|strong|positive|good|effective|\+",
    "weakness": r"weakness(?:es)?|weak|negative|poor|inadequate|concerns?|-",
    "mixed": r"mixed|variable|inconsistent|both",
    "neutral": r"neutral|descriptive",
}
"""Words by which other codebooks name a direction."""

_ABOVE: Final = re.compile(rf"{SEPARATOR}|\.(?=\w)")
"""Between a code and those above it; Taguette writes a dot."""
_BOTH: Final = re.compile(r"(?P<first>.+?)\s*(?:[:/(\[\N{EN DASH}]|\s-)\s*(?P<last>[^:/]+)")
"""A theme with its direction in one name, such as `Plans: weak` or `Plans (weak)`."""

Meaning = dict[str, str]
"""Fields that a code fills, those that say something only."""


def allowed(book: Codebook) -> dict[str, dict[str, str]]:
    """Return what each field may hold: id to words."""
    return {
        "theme": {**book.names, NO_THEME: "read, no theme"},
        "cohort": dict(COHORTS),
        "direction": {name: name for name in DIRECTIONS},
        "extent": {name: name for name in EXTENTS},
        "change_said": {name: name for name in CHANGES_SAID},
    }


def guess(path: str, book: Codebook) -> Meaning:
    """Guess what a code means from its name and those above it.

    Examples
    --------
    >>> import re
    >>> from analysis.data.codebook import Theme
    >>> theme = Theme("caseloads", "w", "Caseloads", "Work.", (), (), ("everywhere",),
    ...               (re.compile("workload", re.I),), ())
    >>> book = Codebook("1", (), (theme,))
    >>> guess("Staff > Workload pressure", book), guess("Caseloads > weak", book)
    ({'theme': 'caseloads'}, {'theme': 'caseloads', 'direction': 'weakness'})
    >>> guess("Positive", book), guess("Weather", book)
    ({'direction': 'strength'}, {})
    >>> guess("caseloads.negative", book) == guess("Caseloads: weak", book)
    True
    """
    parts = _ABOVE.split(path)
    own, above = parts[-1], parts[-2] if parts[1:] else ""
    if own.casefold() == NONE.casefold():
        return {"theme": NO_THEME}
    for column, (head, names) in FACETS.items():
        if above.casefold() == head.casefold():
            known = {label.casefold(): name for name, label in names.items()}
            return {column: known[own.casefold()]} if own.casefold() in known else {}
    direction = _direction(own)
    theme = _theme(above if direction else own, book)
    if not direction and (both := _BOTH.fullmatch(own)) and (told := _direction(both["last"])):
        direction, theme = told, _theme(both["first"], book) or _theme(above, book)
    return {k: v for k, v in (("theme", theme), ("direction", direction)) if v}


def _direction(name: str) -> str:
    """The direction that a name means, if any."""
    return next(
        (
            direction
            for direction, words in _DIRECTIONS.items()
            if re.fullmatch(rf"\W*(?:{words})\W*", name, re.IGNORECASE)
        ),
        "",
    )


def _theme(name: str, book: Codebook) -> str:
    """The theme that a name means: its own name or id, a word of its patterns, or nearly that."""
    form = name.casefold().strip()
    known = {theme.name.casefold(): theme.id for theme in book.themes}
    known |= {theme.id.casefold().replace("-", " "): theme.id for theme in book.themes}
    known |= {theme.id.casefold(): theme.id for theme in book.themes}
    if form in known:
        return known[form]
    if len(form) < _SHORTEST:
        return ""
    for theme in book.themes:
        if any(pattern.search(name) for pattern in theme.patterns):
            return theme.id
    near = get_close_matches(form, known, n=1, cutoff=_NEAR)
    return known[near[0]] if near else ""


def to_mapping(coded: Coded, book: Codebook) -> str:
    """Return the table of all codes of a project, with best guesses, as CSV for people."""
    rows: dict[str, dict[str, str]] = {}
    counts = coded.counts()
    paths = coded.paths()
    for code in coded.codes:
        path = paths[code.guid]
        if path in rows:
            rows[path]["used"] = str(int(rows[path]["used"]) + counts[code.guid])
            continue
        told = " ".join(code.description.split())
        rows[path] = {
            **dict.fromkeys(COLUMNS, ""), "code": path, "used": str(counts[code.guid]),
            **(guess(path, book) if code.codable else {}),
            "description": told if len(told) <= LONG else f"{told[:LONG]} …",
        }  # fmt: skip
    return for_people(to_text(COLUMNS, rows.values()))


def read_mapping(path: Path, book: Codebook) -> dict[str, Meaning]:
    """Read the table as its user left it: code to meaning, empty where it has none.

    Raises
    ------
    DataError
        If it is no such table, or anything in it is wrong: every row that is.
    """
    rows = read_rows(path, path.name, ("code", *FIELDS), optional=("used", "description"),
                     closed=True, key="code")  # fmt: skip
    known = allowed(book)
    meanings: dict[str, Meaning] = {}
    problems: list[Problem] = []
    for line, row in zip(rows.lines, rows, strict=True):
        meaning = {}
        for name in FIELDS:
            if value := row[name]:
                chosen = _chosen(value, known[name])
                if chosen is None:
                    message = asking("is not in the list", value, known[name])
                    problems.append(
                        Problem(path.name, line, name, value, message, ", ".join(known[name]))
                    )
                else:
                    meaning[name] = chosen
        if meaning.get("theme") == NO_THEME and set(meaning) != {"theme"}:
            message = "a code that means no theme can mean nothing else"
            problems.append(Problem(path.name, line, "theme", NO_THEME, message))
        meanings[row["code"]] = meaning
    if problems:
        raise DataError(problems)
    return meanings


def _chosen(value: str, known: Mapping[str, str]) -> str | None:
    words = {label.casefold(): name for name, label in known.items()}
    return (words | {name.casefold(): name for name in known}).get(value.casefold())


def unmapped(coded: Coded, meanings: Mapping[str, Meaning]) -> tuple[list[str], list[str]]:
    """Name the codes that were given and mean nothing here, and those that were never given."""
    counts, paths = coded.counts(), coded.paths()
    used: dict[str, int] = {}
    for code in coded.codes:
        path = paths[code.guid]
        used[path] = used.get(path, 0) + counts[code.guid]
    none = [path for path, count in used.items() if count and not meanings.get(path)]
    unused = [path for path, count in used.items() if not count and meanings.get(path)]
    return [f"{path} ({used[path]})" for path in none], unused
