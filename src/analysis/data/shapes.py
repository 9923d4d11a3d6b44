"""What a column may hold: the demands of which schemas are made, and what they say of a value.

A demand keeps behind the bar in its message what is allowed, for problems and for the data
dictionary. It is made of one cell, so that whether a whole column is in order is told from the
values that differ; the schema's checks, made of the demands, name each cell that is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

import pandas as pd
import pandera.pandas as pa

from analysis.dates import ALLOWED, PartialDate
from analysis.errors import asking
from analysis.ids import SLUG, SLUG_SAID

_OPTIONAL: Final = "optional"
_DEMANDS: Final = "demands"
_LISTS: Final[dict[str, tuple[str, ...]]] = {}
"""The closed lists, by what a problem says is allowed."""


class Demand(NamedTuple):
    """What a column asks of each cell, and what is said of one that does not meet it."""

    met: Callable[[str], bool]
    message: str

    @property
    def check(self) -> pa.Check:
        """The same for a schema."""
        return pa.Check(self.met, element_wise=True, error=self.message)


def _is_date(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True


def asking_which(message: str, value: str, allowed: str) -> str:
    """Add to a message about a value outside a closed list which one may be meant.

    Parameters
    ----------
    message, allowed
        As a problem says them.
    value
        What stands in the cell; of several, the first that is not in the list is asked about.
    """
    closed = _LISTS.get(allowed, ())
    wrong = [part.strip() for part in value.split(";") if part.strip() not in closed]
    return asking(message, wrong[0], closed) if wrong else message


def one_of(allowed: Iterable[str], *, blank: bool = False) -> Demand:
    """Ask for a value of a closed list."""
    values = [*allowed, *([""] if blank else [])]
    shown = ", ".join("or blank" if v == "" else v for v in values)
    _LISTS[shown] = tuple(values)
    return Demand(frozenset(values).__contains__, f"not in the list|{shown}")


def many_of(allowed: Iterable[str]) -> Demand:
    """Ask for values of a closed list, separated by `;`."""
    values = set(allowed)

    def each(text: str) -> bool:
        return all(part.strip() in values for part in text.split(";") if part.strip())

    shown = f"any of, separated by ; : {'; '.join(sorted(values))}"
    _LISTS[shown] = tuple(values)
    return Demand(each, f"not in the list|{shown}")


def matches(pattern: str, shown: str, *, blank: bool = False) -> Demand:
    """Ask for a pattern, which a message says in words."""
    whole = re.compile(rf"^(?:{pattern})\Z")

    def fits(text: str) -> bool:
        return whole.match(text) is not None or (blank and not text)

    return Demand(fits, f"not in the expected form|{shown}")


DATE: Final = Demand(_is_date, f"not a date|{ALLOWED}")
DATE_OR_BLANK: Final = Demand(
    lambda text: not text or _is_date(text), f"not a date|{ALLOWED}, or blank"
)
FILLED: Final = Demand(bool, "is blank|some text")
THEME: Final = Demand(bool, "is blank|an id of the codebook")
"""Only the codebook can say more, and does so when the tables are held against it."""
MAX_SUMMARY_WORDS: Final = 30
"""A summary is a pointer to the published paragraph, not a substitute for it."""
MAX_FOUND_WORDS: Final = 15
"""What was found on one theme is a part of that."""
SHORT: Final = Demand(
    lambda text: len(text.split()) <= MAX_SUMMARY_WORDS,
    f"is too long|at most {MAX_SUMMARY_WORDS} words",
)
BRIEF: Final = Demand(
    lambda text: len(text.split()) <= MAX_FOUND_WORDS,
    f"is too long|at most {MAX_FOUND_WORDS} words",
)
SLUG_FORM: Final = matches(SLUG, SLUG_SAID)
TIME: Final = matches(r"(?:[01]\d|2[0-3]):[0-5]\d", "a time of day as 14:05, or blank", blank=True)
WHOLE: Final = matches(r"\d+", "a whole number, or blank", blank=True)


def column(
    description: str, *demands: Demand, unique: bool = False, optional: bool = False
) -> pa.Column:
    """Describe a column; an optional one may be missing in a file, and is then read as blank.

    Its type is not asked for, since what is read from a file is text.
    """
    held = {_OPTIONAL: optional, _DEMANDS: demands}
    checks = [demand.check for demand in demands]
    return pa.Column(None, checks, unique=unique, description=description, metadata=held)


def optional_columns(schema: pa.DataFrameSchema) -> list[str]:
    """Return the columns that may be missing in a file: older codes do not know them."""
    return [
        name for name, column in schema.columns.items() if (column.metadata or {}).get(_OPTIONAL)
    ]


def in_order(tables: Sequence[pd.DataFrame], schema: pa.DataFrameSchema) -> bool:
    """Whether tables of text with the columns of a schema are all that it asks for.

    A key may stand in several of them, and once in each. What is wrong is told by the schema's own
    `validate`, which costs more than looking at each value that differs once.
    """
    keys = [[name] for name, column in schema.columns.items() if column.unique]
    keys += [schema.unique] if schema.unique else []
    if any(table.duplicated(key).any() for table in tables for key in keys):
        return False
    return all(
        demand.met(text)
        for name, column in schema.columns.items()
        if (demands := (column.metadata or {})[_DEMANDS])
        for text in {text for table in tables for text in table[name].tolist()}
        for demand in demands
    )


def table(
    description: str, columns: dict[str, pa.Column], unique: list[str] | None = None
) -> pa.DataFrameSchema:
    """Describe a table of these columns and no others."""
    return pa.DataFrameSchema(columns, strict=True, unique=unique, description=description)


def empty(schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Return a table of that schema without rows."""
    return pd.DataFrame({name: pd.Series(dtype=str) for name in schema.columns})
