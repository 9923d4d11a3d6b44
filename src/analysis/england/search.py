"""Looking for findings over all authorities: one question to the SQLite file, in under a second.

It asks the file and no data frame, so that a command need not import what reads tables.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from analysis.addresses import paged
from analysis.dates import PartialDate
from analysis.errors import FindingsError, require_known
from analysis.tables import Row
from analysis.vocabulary import COHORTS, DIRECTIONS, GRADES, KINDS, PATH_WORDS

COLUMNS: Final = (
    "authority", "name", "region", "visit", "start", "kind", "theme", "cohort", "direction",
    "extent", "harm", "summary", "document", "section", "paragraph", "page", "address", "link",
    "finding", "coder",
)  # fmt: skip
"""Columns of what is found."""


@dataclass(frozen=True)
class Question:
    """What is looked for; blank for all. Several of one kind are separated by commas.

    Attributes
    ----------
    authority, theme, aspect, cohort, direction, path, region, grade, kind
        Ids, or words of the closed lists. `aspect`: of a need that the finding speaks of; `path`:
        the word for the theme's path there; `grade`: the overall one of the finding's document;
        `kind`: of the visit.
    start, end
        First and last visit, as `2018` or `2018-04`.
    words
        Words that the summary holds, in this order, in any case.
    """

    authority: str = ""
    theme: str = ""
    aspect: str = ""
    cohort: str = ""
    direction: str = ""
    path: str = ""
    region: str = ""
    grade: str = ""
    kind: str = ""
    start: str = ""
    end: str = ""
    words: str = ""

    def asked(self) -> dict[str, str]:
        """Return what is asked for, by name."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name).strip())}


def find(question: Question, sqlite: Path) -> list[Row]:
    """Return the findings that are looked for, one row per finding, theme and cohort.

    Parameters
    ----------
    sqlite
        The file that `findings england` writes.

    Returns
    -------
    list of dict
        `COLUMNS`, the latest first. Without a question, all that carry a theme.

    Raises
    ------
    FindingsError
        If a word is not in its list; says the nearest.
    """
    with closing(sqlite3.connect(f"file:{sqlite}?mode=ro", uri=True)) as base:
        base.row_factory = sqlite3.Row
        base.create_function("paged", 2, paged, deterministic=True)
        where, values = _where(question, base)
        rows = base.execute(f"{_FROM} WHERE {where} {_ORDER}", values)
        return [dict(row) for row in rows]


_FROM: Final = """
SELECT f.authority, a.name, a.region_name AS region, f.visit, v.start, v.kind, c.theme, c.cohort,
  c.direction, c.extent, c.harm, CASE c.found WHEN '' THEN f.summary ELSE c.found END AS summary,
  f.document, f.section, f.printed_number AS paragraph, f.page,
  COALESCE(NULLIF(paged(d.address, f.page), ''), d.address) AS address,
  COALESCE(NULLIF(paged(d.address, f.page), ''), d.link) AS link, f.finding, c.coder
FROM codes c JOIN findings f USING (finding) JOIN documents d USING (document)
  JOIN visits v ON v.visit = f.visit JOIN authorities a ON a.authority = f.authority
"""
_ORDER: Final = """
ORDER BY v.start DESC, f.authority, f.document,
  CAST(substr(f.finding, instr(f.finding, '/') + 1) AS INTEGER), c.theme, c.cohort
"""
_IN: Final = {
    "authority": "f.authority IN ({})",
    "theme": "c.theme IN ({})",
    "cohort": "c.cohort IN ({})",
    "direction": "c.direction IN ({})",
    "region": "a.region_name IN ({})",
    "kind": "v.kind IN ({})",
    "path": "EXISTS (SELECT 1 FROM paths p WHERE p.authority = f.authority AND p.theme = c.theme "
    "AND p.cohort IN (c.cohort, 'all') AND p.word IN ({}))",
    "grade": "EXISTS (SELECT 1 FROM judgements j WHERE j.document = f.document "
    "AND j.area = 'overall' AND j.grade IN ({}))",
    "aspect": "EXISTS (SELECT 1 FROM need_events e JOIN needs n USING (authority, need) "
    "WHERE e.authority = f.authority AND n.theme = c.theme AND n.aspect IN ({}) "
    "AND ' ' || e.findings || ' ' LIKE '% ' || f.finding || ' %')",
}
"""What a finding must be, for each kind of what is asked for."""


def _where(question: Question, base: sqlite3.Connection) -> tuple[str, list[str]]:
    known = _known(base)
    parts, values = ["c.theme <> 'none'"], []
    for name, text in question.asked().items():
        if name in _IN:
            chosen = _chosen(name, text, known[name])
            parts.append(_IN[name].format(", ".join("?" * len(chosen))))
            values += chosen
    for name, sign in (("start", ">="), ("end", "<=")):
        if text := getattr(question, name).strip():
            parts.append(f"substr(v.start, 1, {len(text)}) {sign} ?")
            values.append(_day(name, text))
    if text := question.words.strip():
        told = "f.summary || ' ' || c.found"
        parts.append(f"{told} LIKE ? ESCAPE '!'")
        values.append("%" + "%".join(_escaped(word) for word in text.split()) + "%")
    return " AND ".join(parts), values


def _known(base: sqlite3.Connection) -> Mapping[str, Iterable[str]]:
    def column(query: str) -> list[str]:
        return [row[0] for row in base.execute(query)]

    return {
        "authority": column("SELECT authority FROM authorities"),
        "theme": column("SELECT theme FROM themes"),
        "aspect": column("SELECT DISTINCT aspect FROM aspects ORDER BY aspect"),
        "region": column("SELECT DISTINCT region_name FROM authorities ORDER BY region_name"),
        "cohort": COHORTS,
        "direction": DIRECTIONS,
        "path": PATH_WORDS,
        "grade": GRADES,
        "kind": KINDS,
    }


def _chosen(name: str, text: str, known: Iterable[str]) -> list[str]:
    """Values as they stand in the tables: paths with a comma in them are one."""
    folded = {value.casefold(): value for value in known}
    if text.casefold() in folded:
        return [folded[text.casefold()]]
    typed: Sequence[str] = [part.strip() for part in text.split(",") if part.strip()]
    return [require_known(name, folded.get(part.casefold(), part), known) for part in typed]


def _day(name: str, text: str) -> str:
    try:
        PartialDate.parse(text)
    except ValueError as error:
        allowed = "Write it as 2014, 2014-04 or 2014-04-29."
        raise FindingsError(f"--{name}: {error}. {allowed}") from error
    return text


def _escaped(word: str) -> str:
    for sign in "!%_":
        word = word.replace(sign, f"!{sign}")
    return word
