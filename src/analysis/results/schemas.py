"""The shape of every table that is computed, as pandera schemas.

Unlike what people edit, these have types: text is blank where there is nothing to say, numbers are
missing. Every list of several things in one cell is separated by spaces, unless a column says
otherwise. A test holds the tables of authorities against them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pandas as pd
import pandera.pandas as pa

from analysis import vocabulary as words
from analysis.data import schemas
from analysis.data.shapes import one_of, table
from analysis.tables import Row

_RELATIONS: Final = tuple(name for name in words.RELATIONS if name != words.NO_LINK)
_COHORTS_TOO: Final = (*words.COHORTS, words.ALL_COHORTS)


def text(description: str, *checks: pa.Check) -> pa.Column:
    """Describe a column of text, blank where there is nothing to say."""
    return pa.Column(str, list(checks), description=description)


def listed(description: str, allowed: Iterable[str], *, blank: bool = False) -> pa.Column:
    """Describe a column of words of a closed list."""
    return text(description, one_of(allowed, blank=blank).check)


def count(description: str, *, missing: bool = False) -> pa.Column:
    """Describe a column of whole numbers, 0 or more; `missing` if there may be none."""
    return pa.Column("Int64" if missing else "int64", pa.Check.ge(0), nullable=missing,
                     description=description)  # fmt: skip


def flag(description: str) -> pa.Column:
    """Describe a column of truth values."""
    return pa.Column(bool, description=description)


def filled(schema: pa.DataFrameSchema, rows: Iterable[Row] | pd.DataFrame) -> pd.DataFrame:
    """Make a table of rows with the columns and types of its schema, also where there is no row."""
    types = {name: str(held.dtype.type) for name, held in schema.columns.items()}
    if isinstance(rows, pd.DataFrame):
        made = rows.reindex(columns=list(types)) if rows.empty else rows[[*types]]
        return made.astype(types)
    known = list(rows)
    columns = {name: [row[name] for row in known] for name in types}
    return pd.DataFrame({name: pd.Series(columns[name], dtype=types[name]) for name in types})


def typed(schema: pa.DataFrameSchema) -> dict[str, pa.Column]:
    """Columns of a table that people edit, as text that was checked when it was read."""
    return {name: text(str(held.description)) for name, held in schema.columns.items()}


VISIT: Final = text("The visit")
THEME: Final = text("Theme of the codebook")
COHORT: Final = listed("Whose work or lives it is about", words.COHORTS)
FINDINGS: Final = text("Ids of the findings that it rests on")

STATUSES: Final = table(
    "Status of every theme at every visit, and of each cohort that the visit speaks of.",
    {
        "visit": VISIT,
        "theme": THEME,
        "cohort": listed("Cohort, or `all` for the theme as a whole", _COHORTS_TOO),
        "status": listed("What the visit says, or why it says nothing", words.STATUSES),
        "paragraphs": count("Paragraphs that vote, each once"),
        "strengths": count("Of these, that tell of a strength"),
        "mixed": count("Of these, that tell of both, or point apart for two cohorts"),
        "weaknesses": count("Of these, that tell of a weakness"),
        "neutral": count("Paragraphs that report and judge nothing"),
        "votes": count("Votes: the paragraphs, with all summaries as one"),
        "balance": pa.Column(
            "float64",
            nullable=True,
            description="Mean of the votes, weakness 0 to strength 1, less what a need takes; "
            "missing where nothing votes, and for `all`",
        ),
        "needed": flag("Whether a need stands on it"),
        "harm": listed("The gravest harm that a vote states", words.HARMS, blank=True),
        "confidence": listed(
            "How far the level can be leaned on; blank where there is none",
            words.CONFIDENCE,
            blank=True,
        ),
        "reasons": text("Why it is not higher, separated by `; `"),
        "level_by_codes": listed("What the votes give; blank for `all`", words.LEVELS, blank=True),
        "document_level": listed(
            "What a reader of the whole document called it, who saw no code; blank if none did",
            words.LEVELS,
            blank=True,
        ),
        "second_document_level": listed(
            "What another such reader called it, asked where the two differed and at some others; "
            "`status` is then the middle one of the three",
            words.LEVELS,
            blank=True,
        ),
        "resolved_level": listed(
            "What was settled with a reason, by holding the page against the documents; it stands",
            words.LEVELS,
            blank=True,
        ),
        "document_findings": text(
            "Ids of the findings that were named where it was settled, then of those that the "
            "first such reader named, weightiest first"
        ),
        "secondary": flag("Whether it rests on a secondary source"),
        "how": text("How cohorts differ (`cohort: level`), separated by `; `"),
        "findings": FINDINGS,
    },
    unique=["visit", "theme", "cohort"],
)

CHANGES: Final = table(
    "Every comparison of a visit with an earlier one that judged the same theme and cohort.",
    {
        "visit": VISIT,
        "theme": THEME,
        "cohort": COHORT,
        "comparison": listed(
            "`like with like`: full inspections with one another; `latest`: with the latest before "
            "of any kind",
            words.COMPARISONS,
        ),
        "status": listed("Level at the visit", words.LEVELS),
        "paragraphs": count("Paragraphs behind it"),
        "harm": listed("The gravest harm that it states", words.HARMS, blank=True),
        "before": text("The visit compared with; blank if none"),
        "status_before": listed("Level at that visit", words.LEVELS, blank=True),
        "paragraphs_before": count("Paragraphs behind that", missing=True),
        "change": listed("The change in a word", words.CHANGE_WORDS),
        "steps": pa.Column(
            "Int64",
            pa.Check.in_range(-2, 2),
            nullable=True,
            description="Steps on the ladder weakness, mixed, strength; missing where not compared",
        ),
        "confidence": listed("The lower of both ends", words.CONFIDENCE),
        "differ": text("How the visits differ, separated by `; `"),
        "not_looked": text("Visits between that judged nothing (`visit=status`)"),
        "said": text("What inspectors themselves said of it, separated by `; `"),
        "said_since": text("The visits since which they said so"),
        "said_of_area": text(
            "What they said of the graded area (`area: change`), separated by `; `"
        ),
        "overruled": flag("Whether what they said points the other way, so that theirs counts"),
        "findings": FINDINGS,
        "findings_before": text("Ids of the findings behind the level before"),
    },
    unique=["visit", "theme", "cohort", "comparison"],
)

SAID: Final = table(
    "What inspectors themselves say about change of a theme, one row per code that says something.",
    {
        "visit": VISIT,
        "theme": THEME,
        "cohort": COHORT,
        "change_said": listed("What they say", words.CHANGES_SAID),
        "since": text("The visit since which, or `unknown`"),
        "finding": text("The finding"),
        "coder": text("Who read it so"),
    },
)

PATHS: Final = table(
    "All levels of a theme and cohort over the full inspections, and the word for them.",
    {
        "theme": THEME,
        "cohort": listed("Cohort, or `all` for the theme as a whole", _COHORTS_TOO),
        "word": listed("The path in a word", words.PATH_WORDS),
        "first": text("The first full inspection that judged it; blank where none did"),
        "latest": text("The latest one"),
        "level_first": listed("Level at the first", words.LEVELS, blank=True),
        "level_latest": listed("Level at the latest", words.LEVELS, blank=True),
        "levels": text("All levels (`visit=level`)"),
        "inspections": count("Inspections with a level"),
        "confidence": listed("The lower of both ends", words.CONFIDENCE, blank=True),
        "on_one_paragraph": flag("Whether both ends rest on one paragraph"),
        "harm": listed("The gravest harm that the latest states", words.HARMS, blank=True),
    },
    unique=["theme", "cohort"],
)

AREA_STATEMENTS: Final = table(
    "What inspectors say of a whole area or the whole service, by the coder who counts.",
    typed(schemas.AREA_STATEMENTS) | {"visit": VISIT, "source": text("Source of the document")},
    unique=["finding", "area"],
)

EVENTS: Final = table(
    "What each visit says of each need of which it speaks.",
    {
        "need": text("The need"),
        "visit": VISIT,
        "order": count("Place of the visit among those of the authority, 0 first"),
        "relation": listed("The weightiest that it says", _RELATIONS),
        "basis": text("`inspectors` if such a link is theirs, else `coder`"),
        "ends": flag("Whether it was met, on the whole, by a visit that looked at all of it"),
        "spell": count("1, and one more each time the need is raised after one that ended"),
        "findings": FINDINGS,
        "relations": text("What each finding says (`finding=relation`, blanks as hyphens)"),
    },
    unique=["need", "visit"],
)

LEDGER: Final = table(
    "Every need, once for each spell in which it was raised.",
    {
        "need": text("The need"),
        "theme": THEME,
        "cohort": COHORT,
        "aspect": text("Aspect of the theme in the codebook, or `other`"),
        "wording": text("What exactly is to be improved, in our words"),
        "spell": count("1, and one more each time the need is raised after one that ended"),
        "first_raised": text("The visit that raised it first"),
        "latest_raised": text("The visit that raised it last"),
        "visits_raised": count("Visits that raised it"),
        "raised_again": flag("Whether two visits or more did"),
        "required": flag("Whether a notice demanded it"),
        "progress": text("Visits that found it better, or a part of it met"),
        "met": text("Visits that found it met"),
        "met_in_part": text("Visits that found it met, and speak of less than the whole"),
        "basis": text("`inspectors` where they themselves linked a later raising, else `coder`"),
        "findings": text("Ids of the findings that raise it"),
    },
    unique=["need", "spell"],
)

RECOMMENDATIONS: Final = table(
    "What became of each recommendation of the full inspection before the latest.",
    {
        "finding": text("The recommendation"),
        "visit": VISIT,
        "need": text("The need that it raised; blank where nobody linked it to one"),
        "theme": text("Theme of the need; blank where there is none"),
        "cohort": text("Cohort of the need; blank where there is none"),
        "became": listed("What became of it", words.BECAME_WORDS),
        "at": text("The latest visit that speaks of it since"),
        "findings": text("Ids of the findings of that visit"),
        "later": text("What every later visit says (`visit=relation`, blanks as hyphens)"),
    },
)

BOTH_READ: Final = table(
    "What each of two readers gave the findings that both read: one row per finding and theme that "
    f"either gave, and one with theme `{words.NO_THEME}` where neither gave any.",
    {
        "finding": text("The finding"),
        "visit": VISIT,
        "theme": THEME,
        "first": listed(
            "Direction that the first gave; blank: not given", words.DIRECTIONS, blank=True
        ),
        "second": listed("Direction that the second gave", words.DIRECTIONS, blank=True),
    },
    unique=["finding", "theme"],
)

SCHEMAS: Final[dict[str, pa.DataFrameSchema]] = {
    "statuses": STATUSES,
    "secondary": STATUSES,
    "changes": CHANGES,
    "said": SAID,
    "paths": PATHS,
    "areas": AREA_STATEMENTS,
    "events": EVENTS,
    "ledger": LEDGER,
    "recommendations": RECOMMENDATIONS,
}
"""Schema of each computed table, by its name in `Results`."""
