"""What tables may say one by one and cannot mean together: nonsense that `findings check` names.

A grade that is not the printed one, a page beyond the last, a visit after its own report, a
framework before it was made, a change since a visit that came later, one file for two documents.
Where a date is known in part only, nothing is said that some day of it would make right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.data.authority import AuthorityData
from analysis.dates import PartialDate
from analysis.errors import Problem
from analysis.ids import SLUG_SAID, is_slug
from analysis.vocabulary import FRAMEWORK_YEARS, GRADES, grade_of

_TABLE_LIKE: Final = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")
_OF_CODERS: Final = ("codes/", "checks/", "roles/")
_READ: Final = (
    "visits.csv", "documents.csv", "judgements.csv", "area_statements.csv", "needs.csv",
    "need_links.csv", "readings.csv", "levels.csv", "new_faults.csv", "findings/", *_OF_CODERS,
)  # fmt: skip
"""Files and folders of tables in an authority's folder."""
_SAID: Final = ", ".join(f"{name}<name>.csv" if name.endswith("/") else name for name in _READ)

Rule = Callable[[AuthorityData], Iterator[Problem]]
"""What one table demands of another; tables may still hold values that their schema refuses."""


def lies_before(first: str, second: str) -> bool:
    """Whether one date is certainly before another; not where either cannot be read."""
    try:
        return PartialDate.parse(first).latest < PartialDate.parse(second).earliest
    except ValueError:
        return False


def lookup(table: pd.DataFrame, key: str, column: str) -> pd.Series[str]:
    """Return a column by another."""
    return table.drop_duplicates(key).set_index(key)[column]


def at(
    table: pd.DataFrame, wrong: Iterable[bool], column: str, message: str, allowed: str = ""
) -> Iterator[Problem]:
    """Name the cells of a column in the rows that are wrong; `_file` says whose they are."""
    marked = list(wrong)
    if not any(marked):
        return
    rows = table[pd.Series(marked, index=table.index, dtype=bool)]
    for line, file, value in zip(rows.index, rows["_file"], rows[column], strict=True):
        yield Problem(file, int(line), column, value, message, allowed)


def _grades_are_those_printed(data: AuthorityData) -> Iterator[Problem]:
    judgements = data.judgements
    printed = judgements["grade_printed"].map(grade_of)
    for grade in GRADES:
        wrong = (judgements["grade"] != grade) & (printed == grade)
        yield from at(judgements, wrong, "grade", f"is not the grade printed: {grade}", grade)
    unknown = ~printed.isin(GRADES) & (judgements["grade_printed"] != "")
    yield from at(judgements, unknown, "grade_printed", "prints no grade", ", ".join(GRADES))


def _pages_are_in_the_document(data: AuthorityData) -> Iterator[Problem]:
    for table in (data.findings, data.judgements):
        pages = table["document"].map(lookup(data.documents, "document", "pages")).fillna("")
        beyond = [
            page.isdecimal() and (int(page) < 1 or (last.isdecimal() and int(page) > int(last)))
            for page, last in zip(table["page"], pages, strict=True)
        ]
        yield from at(table, beyond, "page", "the document has no such page; see documents.csv")


def _documents_follow_their_visits(data: AuthorityData) -> Iterator[Problem]:
    documents = data.documents
    day = {}
    for column in ("start", "end"):
        known = lookup(data.visits, "visit", column)
        day[column] = documents["visit"].map(known).fillna("")
    early = [lies_before(*days) for days in zip(documents["published"], day["start"], strict=True)]
    yield from at(documents, early, "published", "lies before the visit")
    during = [
        source == "primary" and lies_before(published, end) and not before
        for source, published, end, before in zip(
            documents["source"], documents["published"], day["end"], early, strict=True
        )
    ]
    yield from at(documents, during, "published", "lies before the last day of the visit")


def _frameworks_are_of_their_time(data: AuthorityData) -> Iterator[Problem]:
    visits = data.visits
    for framework, (first, last) in FRAMEWORK_YEARS.items():
        years = f"{first} to {last}" if last else f"{first} onwards"
        outside = [
            lies_before(start, str(first)) or bool(last and lies_before(str(last), start))
            for start in visits["start"]
        ]
        wrong = [a and b == framework for a, b in zip(outside, visits["framework"], strict=True)]
        yield from at(visits, wrong, "framework", f"was not in use at that time: {years}")


def _changes_are_since_earlier_visits(data: AuthorityData) -> Iterator[Problem]:
    starts = lookup(data.visits, "visit", "start").to_dict()
    documents = data.codes["finding"].str.rsplit("/", n=1).str[0]
    visits = documents.map(lookup(data.documents, "document", "visit"))
    pairs = list(zip(visits, data.codes["since"], strict=True))
    late = {
        (visit, since): visit == since
        or (since in starts and lies_before(starts.get(visit, ""), starts[since]))
        for visit, since in set(pairs)
    }
    message = "is not earlier than the visit that the finding is about"
    wrong = [late[pair] for pair in pairs]
    yield from at(data.codes, wrong, "since", message, "an earlier visit's id, or unknown")


def _each_file_holds_one_document(data: AuthorityData) -> Iterator[Problem]:
    """No checksum stands twice; no name does in one table, while others may use it for theirs."""
    documents = data.documents
    message = "a file stands at more than one document or twice at one; keep it once"
    for column in ("sha256", "files"):
        shared = documents["_file"] if column == "files" else [""] * len(documents)
        parts = [
            [(table, part.strip()) for part in cell.split(";") if part.strip()]
            for table, cell in zip(shared, documents[column], strict=True)
        ]
        counts = Counter(part for own in parts for part in own)
        twice = [any(counts[part] > 1 for part in own) for own in parts]
        yield from at(documents, twice, column, message)


def told_and_held(data: AuthorityData) -> Iterator[Problem]:
    """Name visits without a document where one of their kind and time is held.

    It is no rule of the data: a document may come in after another told of its visit.
    """
    visits, held = data.visits, set(data.documents["visit"])
    starts: dict[str, list[str]] = {}
    for visit, kind, start in zip(visits["visit"], visits["kind"], visits["start"], strict=True):
        if visit in held:
            starts.setdefault(kind, []).append(start)
    same = [
        visit not in held and bool(start) and any(s.startswith(start) for s in starts.get(kind, ()))
        for visit, kind, start in zip(visits["visit"], visits["kind"], visits["start"], strict=True)
    ]
    message = "is told of only, and a visit of this kind and time is held; delete this row"
    yield from at(visits, same, "visit", message)


def odd_files(folder: Path, shown: Callable[[Path], str]) -> Iterator[Problem]:
    """Name what lies in an authority's folder as if it were a table, and is read by no name."""
    for name in (name for name in _READ if name.endswith("/")):
        if (path := folder / name).exists() and not path.is_dir():
            message = "a file stands in this folder's place; move it away"
            yield Problem(shown(path), 0, "", "", message, f"a folder of {name}<name>.csv")
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.suffix.lower() not in _TABLE_LIKE or path.name.startswith((".", "~")):
            continue
        kind = inside.name if len(inside.parts) == 1 else f"{inside.parent.as_posix()}/"
        if kind not in _READ or path.suffix != ".csv":
            message = "no table is read by this name; rename it, or move it away"
            yield Problem(shown(path), 0, "", "", message, _SAID)
        elif kind in _OF_CODERS and not is_slug(path.stem):
            message = "the name of a coder, by which this file is named, is none"
            yield Problem(shown(path), 0, "", path.stem, message, SLUG_SAID)


PLAUSIBLE: Final[dict[Rule, str]] = {
    _grades_are_those_printed: "",
    _pages_are_in_the_document: "documents",
    _documents_follow_their_visits: "visits",
    _frameworks_are_of_their_time: "",
    _changes_are_since_earlier_visits: "visits",
    _each_file_holds_one_document: "",
}
"""Each rule with the table in which it looks things up."""


def _lies_after(text: str, day: date) -> bool:
    try:
        return PartialDate.parse(text).earliest > day
    except ValueError:
        return False


def in_the_future(data: AuthorityData, today: date) -> Iterator[Problem]:
    """Name every date that has not come yet.

    It is no rule of the data: what was in order on one day is so on another, whatever day a report
    is pinned to.
    """
    message = f"lies in the future; today is {today.isoformat()}"
    for table, columns in ((data.visits, ("start", "end")), (data.documents, ("published",))):
        for column in columns:
            ahead = [_lies_after(day, today) for day in table[column]]
            yield from at(table, ahead, column, message)
