"""The shape of every table that people edit, as pandera schemas.

Each schema is for one kind of file under `data/raw/`. Every column is text as a person typed it;
closed lists come from `analysis.vocabulary`. `description` of a schema and of each column is what
the data dictionary in `data/raw/README.md` says, which a test compares.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pandas as pd
import pandera.pandas as pa

from analysis import vocabulary as words
from analysis.dates import ALLOWED, PartialDate
from analysis.errors import asking
from analysis.ids import FINGERPRINT, SLUG, SLUG_SAID

MAX_SUMMARY_WORDS: Final = 30
"""A summary is a pointer to the published paragraph, not a substitute for it."""
MAX_FOUND_WORDS: Final = 15
"""What was found on one theme is a part of that."""

DOCUMENT_NAME: Final = (
    "<authority>-<kind>[-safeguarding-board]-<published>[-secondary][-<n>], with "
    "visited-<last day of the visit> for <published> where that is blank"
)
"""How documents are named; parts in brackets only where needed."""


OPTIONAL: Final = "optional"
_LISTS: Final[dict[str, tuple[str, ...]]] = {}
"""The closed lists, by what a problem says is allowed."""
_FRAMEWORKS: Final = tuple(name for name in words.FRAMEWORKS if name)


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


def _one_of(allowed: Iterable[str], *, blank: bool = False) -> pa.Check:
    values = [*allowed, *([""] if blank else [])]
    shown = ", ".join("or blank" if v == "" else v for v in values)
    _LISTS[shown] = tuple(values)
    return pa.Check.isin(values, error=f"not in the list|{shown}")


def _many_of(allowed: Iterable[str]) -> pa.Check:
    values = set(allowed)

    def each(text: str) -> bool:
        return all(part.strip() in values for part in text.split(";") if part.strip())

    shown = f"any of, separated by ; : {'; '.join(sorted(values))}"
    _LISTS[shown] = tuple(values)
    return pa.Check(each, element_wise=True, error=f"not in the list|{shown}")


def _matches(pattern: str, shown: str, *, blank: bool = False) -> pa.Check:
    full = rf"(?:{pattern})?" if blank else pattern
    return pa.Check.str_matches(rf"^{full}\Z", error=f"not in the expected form|{shown}")


def _areas(mark: str) -> list[str]:
    """Areas that are marked: `looked_at`, `graded` or `stated`."""
    return [name for name, area in words.MARKED_AREAS.items() if getattr(area, mark)]


_date = pa.Check(_is_date, element_wise=True, error=f"not a date|{ALLOWED}")
_date_or_blank = pa.Check(
    lambda text: not text or _is_date(text),
    element_wise=True,
    error=f"not a date|{ALLOWED}, or blank",
)
_filled = pa.Check.str_length(min_value=1, error="is blank|some text")
_theme = pa.Check.str_length(min_value=1, error="is blank|an id of the codebook")
"""Only the codebook can say more, and does so when the tables are held against it."""
_short = pa.Check(
    lambda text: len(text.split()) <= MAX_SUMMARY_WORDS,
    element_wise=True,
    error=f"is too long|at most {MAX_SUMMARY_WORDS} words",
)
_brief = pa.Check(
    lambda text: len(text.split()) <= MAX_FOUND_WORDS,
    element_wise=True,
    error=f"is too long|at most {MAX_FOUND_WORDS} words",
)
_slug = _matches(SLUG, SLUG_SAID)
_time = _matches(r"(?:[01]\d|2[0-3]):[0-5]\d", "a time of day as 14:05, or blank", blank=True)
_whole = _matches(r"\d+", "a whole number, or blank", blank=True)


def _column(
    description: str, *checks: pa.Check, unique: bool = False, optional: bool = False
) -> pa.Column:
    """Describe a column; an optional one may be missing in a file, and is then read as blank.

    Its type is not asked for, since what is read from a file is text.
    """
    held = {OPTIONAL: True} if optional else None
    return pa.Column(None, list(checks), unique=unique, description=description, metadata=held)


def optional_columns(schema: pa.DataFrameSchema) -> list[str]:
    """Return the columns that may be missing in a file: older codes do not know them."""
    return [
        name for name, column in schema.columns.items() if (column.metadata or {}).get(OPTIONAL)
    ]


def _table(
    description: str, columns: dict[str, pa.Column], unique: list[str] | None = None
) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(columns, strict=True, unique=unique, description=description)


AUTHORITIES: Final = _table(
    "English local authorities with children's services duties, one row each.",
    {
        "authority": _column("Slug, the key everywhere", _slug, unique=True),
        "name": _column("Name as the authority writes it", _filled),
        "urn": _column("The inspectorate's number of the authority", _whole),
        "la_code": _column("The Department for Education's three-digit code", _filled),
        "ons_code": _column("The Office for National Statistics' nine-character code", _filled),
        "type": _column("Type of authority", _filled),
        "region_code": _column("Code of the region", _filled),
        "region_name": _column("Name of the region", _filled),
        "statistical_neighbours": _column(
            "`la_code`s of the ten statistical neighbours, nearest first, separated by `;`"
        ),
    },
)

PUBLISHED: Final = _table(
    "When documents were published, as their publisher dates the files: for those that print no "
    "date.",
    {
        "sha256": _column(
            "Checksum of the file", _matches(r"[0-9a-f]{64}", "a SHA-256"), unique=True
        ),
        "published": _column("Date that the publisher gives the file", _date),
        "address": _column(
            "Address from which it can be had, where it is known",
            _matches(r"https?://\S+", "an http(s) address, or blank", blank=True),
        ),
    },
)

AUTHORITY_NAMES: Final = _table(
    "Other names by which documents call an authority, and names of other places that hold one.",
    {
        "name": _column("As it is written in titles and letterheads", _filled, unique=True),
        "authority": _column(
            "The authority; blank for another place",
            _matches(SLUG, "a slug of `authorities.csv`, or blank", blank=True),
        ),
        "what": _column(
            "`spelling` of its own name, `trust` that runs its services, `former` council whose "
            "services it took over, `other` place, or `word`: its own name, which is a common word "
            "too and counts only beside a council's",
            _one_of(words.NAMES),
        ),
    },
)

VISITS: Final = _table(
    "Every visit known of, whether or not a document is held.",
    {
        "visit": _column("Id: `<authority>-<kind>-<start>`", _slug, unique=True),
        "kind": _column("Kind of visit", _one_of(words.KINDS)),
        "framework": _column(
            "Inspection framework; blank where there is none", _one_of(_FRAMEWORKS, blank=True)
        ),
        "start": _column("First day, as far as it is known", _date),
        "end": _column("Last day; blank where it is not known or the same", _date_or_blank),
        "scope": _column("What the visit looked at, in our words", _filled),
        "areas": _column(
            "Areas looked at, separated by `;`; blank where unknown", _many_of(_areas("looked_at"))
        ),
        "note": _column("Anything a reader of the table must know"),
    },
)

DOCUMENTS: Final = _table(
    "Publications about visits; several files that hold one document are one row.",
    {
        "document": _column(
            "Id: `<authority>-<kind>-<published>`, or where that is blank `<authority>-<kind>-"
            "visited-<last day of the visit>`; after the kind `-safeguarding-board` where it is "
            "about the board, at the end `-secondary` for a secondary source and `-2`, `-3` where "
            "there are others of that date",
            _slug,
            unique=True,
        ),
        "visit": _column("The visit it is about", _slug),
        "kind": _column("Kind of document", _one_of(words.DOCUMENT_KINDS)),
        "source": _column(
            "`primary` (the inspectorate or the department) or `secondary` (anyone else)",
            _one_of(words.SOURCES),
        ),
        "publisher": _column("Body that published it", _filled),
        "title": _column("Title, shortened where it is long", _filled),
        "published": _column(
            "Date of publication or of the letter, as printed, else as the publisher says; blank "
            "where neither is known",
            _date_or_blank,
        ),
        "address": _column(
            "Web address where it is known; never guessed",
            _matches(r"https?://\S+", "an http(s) address, or blank", blank=True),
        ),
        "pages": _column("Number of pages; blank where the document has none", _whole),
        "files": _column("Names of the files that hold it, separated by `;`"),
        "sha256": _column(
            "Checksums of those files, in the same order, separated by `;`",
            _matches(
                r"[0-9a-f]{64}(?:; *[0-9a-f]{64})*", "a SHA-256 for each file, or blank", blank=True
            ),
        ),
        "left_out": _column("Parts that hold no finding and were not coded, with the reason"),
        "note": _column("Anything a reader of the table must know"),
    },
)

JUDGEMENTS: Final = _table(
    "Grades, as printed and normalised.",
    {
        "document": _column("The document that prints it", _slug),
        "area": _column("Area that is graded", _one_of(_areas("graded"))),
        "grade": _column("Normalised grade", _one_of(words.GRADES)),
        "grade_printed": _column("Grade as printed", _filled),
        "page": _column("Page on which it is printed", _whole),
    },
    unique=["document", "area"],
)

FINDINGS: Final = _table(
    "One file per document, one row per numbered paragraph, bullet or finding paragraph.",
    {
        "finding": _column(
            "Id: `<document>/<running number>`",
            _matches(rf"{SLUG}/\d+", "document/number"),
            unique=True,
        ),
        "section": _column("Section of the document it stands in", _filled),
        "printed_number": _column(
            "Number printed at the paragraph; blank where none is",
            _matches(r"\d+[a-z]?", "a number as printed (12, 12a), or blank", blank=True),
        ),
        "page": _column("Page on which it begins; blank where there are no pages", _whole),
        "role": _column("Part it plays in the document", _one_of(words.ROLES)),
        "said_by": _column("Who makes the claim", _one_of(words.SPEAKERS)),
        "area": _column("Part of the service it is about", _one_of(words.AREAS)),
        "repeats": _column(
            "Running number of the paragraph of the same document that it only says again; it then "
            "has no vote; blank where it says something itself",
            _whole,
        ),
        "fingerprint": _column(
            "Fingerprint of the paragraph's letters and digits, by which it is found again; blank "
            "until `findings add` has read the document",
            _matches(FINGERPRINT, "sixteen hexadecimal digits, or blank", blank=True),
        ),
        "summary": _column(
            f"What it says, in our words, at most {MAX_SUMMARY_WORDS} words, no names of people; "
            "blank until somebody has written it",
            _short,
        ),
    },
)

CODES: Final = _table(
    "One file per coder, one row per finding, theme and cohort.",
    {
        "finding": _column("The finding", _matches(rf"{SLUG}/\d+", "document/number")),
        "theme": _column("Theme of the codebook, or `none`: read, and no theme found", _theme),
        "cohort": _column(
            "Whose work or lives it is about; blank for theme `none`",
            _one_of(words.COHORTS, blank=True),
        ),
        "direction": _column(
            "Direction of the judgement; blank for theme `none`",
            _one_of(words.DIRECTIONS, blank=True),
        ),
        "lean": _column(
            "Which way a mixed judgement leans; blank for other directions, and where the coder "
            "did not say, which counts as `even`",
            _one_of(words.LEANS, blank=True),
            optional=True,
        ),
        "extent": _column(
            "The inspectors' quantity word that governs this judgement; blank where there is none",
            _one_of(words.EXTENTS, blank=True),
            optional=True,
        ),
        "extent_printed": _column("That word as it is printed", optional=True),
        "basis": _column(
            "Whether it states a level or only a change; blank for theme `none`",
            _one_of(words.BASES, blank=True),
        ),
        "harm": _column(
            "`harm` where it states that children were harmed, `risk` that they are unsafe, `duty` "
            "that a legal duty is not met; only of a weakness, or of a mixed leaning to one",
            _one_of(words.HARMS, blank=True),
            optional=True,
        ),
        "part": _column(
            "`yes` where it speaks of one team, one service, a sub-group or a small number of "
            "those whom the theme is about",
            _one_of(["yes"], blank=True),
            optional=True,
        ),
        "change_said": _column(
            "What the finding itself says about change", _one_of(words.CHANGES_SAID, blank=True)
        ),
        "since": _column(
            "The visit since which, or `unknown`; blank where no change is said",
            _matches(SLUG, "a visit's id, unknown, or blank", blank=True),
        ),
        "found": _column(
            f"What was found on this theme, at most {MAX_FOUND_WORDS} words, where the finding's "
            "themes differ in direction; else its summary serves",
            _brief,
            optional=True,
        ),
        "note": _column("The coder's reason, where the decision was hard"),
    },
    unique=["finding", "theme", "cohort"],
)

AREA_STATEMENTS: Final = _table(
    "What inspectors say of a whole area or the whole service; it stands with the grades, and no "
    "theme borrows it.",
    {
        "finding": _column("The finding that says it", _matches(rf"{SLUG}/\d+", "document/number")),
        "area": _column(
            "The area it is about",
            _one_of(_areas("stated")),
        ),
        "level": _column(
            "How good it is said to be; blank where only a change is said",
            _one_of(words.LEVELS, blank=True),
        ),
        "change_said": _column(
            "What is said about change; blank where only a level is said",
            _one_of(words.CHANGES_SAID, blank=True),
        ),
        "since": _column(
            "The visit since which, or `unknown`; blank where no change is said",
            _matches(SLUG, "a visit's id, unknown, or blank", blank=True),
        ),
        "summary": _column(
            f"What it says, in our words, at most {MAX_SUMMARY_WORDS} words", _filled, _short
        ),
        "coder": _column("Who read it so", _slug),
    },
    unique=["finding", "area", "coder"],
)

ROLES: Final = _table(
    "One file per coder who read documents apart from the first: the part that each finding plays, "
    "as that coder has it. It serves the agreement only.",
    {
        "finding": _column("The finding", _matches(rf"{SLUG}/\d+", "document/number"), unique=True),
        "role": _column("Part it plays in the document", _one_of(words.ROLES)),
        "said_by": _column("Who makes the claim", _one_of(words.SPEAKERS)),
        "area": _column("Part of the service it is about", _one_of(words.AREAS)),
        "repeats": _column("Running number of the paragraph that it only says again", _whole),
    },
)

CHECKS: Final = _table(
    "One file per outside coder who checked a part of the findings, and one, `earlier`, of codes "
    "given before the codebook had all of its themes: themes and directions only.",
    {
        "finding": _column("The finding", _matches(rf"{SLUG}/\d+", "document/number")),
        "theme": _column("Theme of the codebook, or `none`: read, and no theme found", _theme),
        "direction": _column(
            "Direction of the judgement; blank for theme `none`",
            _one_of(words.DIRECTIONS, blank=True),
        ),
    },
    unique=["finding", "theme"],
)

NEEDS: Final = _table(
    "Things to be improved, each followed over visits.",
    {
        "need": _column("Id", _slug, unique=True),
        "theme": _column("Theme of the codebook", _theme),
        "cohort": _column("Whose work or lives it is about", _one_of(words.COHORTS)),
        "aspect": _column("Aspect of the theme in the codebook, or `other`", _slug),
        "wording": _column("What exactly is to be improved, in our words", _filled, _short),
    },
)

NEED_LINKS: Final = _table(
    "Findings that speak of a need.",
    {
        "need": _column("The need", _slug),
        "finding": _column("The finding", _matches(rf"{SLUG}/\d+", "document/number")),
        "relation": _column(
            "What the finding says of the need; `none`: looked at, and it does not speak of it",
            _one_of(words.RELATIONS),
        ),
        "basis": _column("Who says so", _one_of(words.LINK_BASES)),
        "coder": _column("Who made the link", _slug),
        "note": _column("The reason, where the decision was hard"),
    },
    unique=["need", "finding", "coder"],
)

READINGS: Final = _table(
    "Who read which document when, and how: one row for each time that a coder read one.",
    {
        "document": _column("The document", _slug),
        "coder": _column("Who read it", _slug),
        "run": _column("Name of the run: one reader, who read one authority or a few documents"),
        "place": _column("Which document of the run it was, 1 first", _whole),
        "guide": _column("Version of the guide that was used", _filled),
        "instruction": _column("Version of the instruction that was used", _filled),
        "date": _column("Day", _date),
        "pieces": _column("Pieces in which it was read", _whole),
        "paragraphs": _column("Paragraphs that were read", _whole),
        "begun": _column("Time of day at which it was begun, as `14:05`", _time),
        "ended": _column("Time of day at which it was ended", _time),
        "again": _column("What was read again, and why; blank where nothing was"),
    },
    unique=["document", "coder", "run"],
)

TEXTS: Final = _table(
    "The published words of findings, kept on the machine of whoever holds the documents.",
    {
        "finding": _column("The finding", _matches(rf"{SLUG}/\d+", "document/number"), unique=True),
        "text": _column("Its words as published, lines re-joined"),
    },
)

SHEET: Final = _table(
    "Disagreements of two coders, one row per finding and theme, to be resolved by reading again.",
    {
        "finding": _column("The finding", _filled),
        "document": _column("The document it stands in"),
        "section": _column("Section of the document"),
        "page": _column("Page on which it begins"),
        "theme": _column("Theme on which they disagree", _theme),
        "kind": _column("What kind of disagreement", _one_of(words.DISAGREEMENTS)),
        "first_coder": _column("The first coder", _filled),
        "first": _column("The first coder's direction, or `absent`", _filled),
        "first_cohort": _column("The first coder's cohorts, separated by `;`"),
        "second_coder": _column("The second coder", _filled),
        "second": _column("The second coder's direction, or `absent`", _filled),
        "second_cohort": _column("The second coder's cohorts, separated by `;`"),
        "summary": _column("What the finding says, in our words"),
        "words": _column("Its words as published, where they are held"),
        "resolved": _column(
            "What counts: `first` or `second` (as that coder has it), a direction, or `none` (the "
            "theme is not given); blank while undecided",
            _one_of(words.RESOLUTIONS, blank=True),
        ),
        "reason": _column("Why; becomes the note of the code"),
    },
    unique=["finding", "theme"],
)
"""What `findings agree --out` writes and `findings resolve` reads; it lies wherever its user puts
it."""

SCHEMAS: Final[dict[str, pa.DataFrameSchema]] = {
    "authorities.csv": AUTHORITIES,
    "published.csv": PUBLISHED,
    "authority_names.csv": AUTHORITY_NAMES,
    "visits.csv": VISITS,
    "documents.csv": DOCUMENTS,
    "judgements.csv": JUDGEMENTS,
    "findings/<document>.csv": FINDINGS,
    "area_statements.csv": AREA_STATEMENTS,
    "codes/<coder>.csv": CODES,
    "roles/<coder>.csv": ROLES,
    "checks/<coder>.csv": CHECKS,
    "needs.csv": NEEDS,
    "need_links.csv": NEED_LINKS,
    "readings.csv": READINGS,
    "data/local/<authority>/texts.csv": TEXTS,
}
"""Schema of each kind of file, by its name under `data/raw/` or `data/raw/<authority>/`, or by its
path where it lies elsewhere."""


def empty(schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Return a table of that schema without rows."""
    return pd.DataFrame({name: pd.Series(dtype=str) for name in schema.columns})
