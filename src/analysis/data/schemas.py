"""The shape of every table that people edit, as pandera schemas.

Each schema is for one kind of file under `data/raw/`. Every column is text as a person typed it;
closed lists come from `analysis.vocabulary`. `description` of a schema and of each column is what
the data dictionary in `data/raw/README.md` says, which a test compares.
"""

from __future__ import annotations

from typing import Final

import pandera.pandas as pa

from analysis import vocabulary as words
from analysis.data.shapes import (
    BRIEF,
    DATE,
    DATE_OR_BLANK,
    FILLED,
    MAX_FOUND_WORDS,
    MAX_SUMMARY_WORDS,
    SHORT,
    SLUG_FORM,
    THEME,
    TIME,
    WHOLE,
    column,
    many_of,
    matches,
    one_of,
    table,
)
from analysis.ids import FINGERPRINT, SLUG

DOCUMENT_NAME: Final = (
    "<authority>-<kind>[-safeguarding-board]-<published>[-secondary][-<n>], with "
    "visited-<last day of the visit> for <published> where that is blank"
)
"""How documents are named; parts in brackets only where needed."""
_FRAMEWORKS: Final = tuple(name for name in words.FRAMEWORKS if name)


def _areas(mark: str) -> list[str]:
    """Areas that are marked: `looked_at`, `graded` or `stated`."""
    return [name for name, area in words.MARKED_AREAS.items() if getattr(area, mark)]


AUTHORITIES: Final = table(
    "English local authorities with children's services duties, one row each.",
    {
        "authority": column("Slug, the key everywhere", SLUG_FORM, unique=True),
        "name": column("Name as the authority writes it", FILLED),
        "urn": column("The inspectorate's number of the authority", WHOLE),
        "la_code": column("The Department for Education's three-digit code", FILLED),
        "ons_code": column("The Office for National Statistics' nine-character code", FILLED),
        "type": column("Type of authority", FILLED),
        "region_code": column("Code of the region", FILLED),
        "region_name": column("Name of the region", FILLED),
        "statistical_neighbours": column(
            "`la_code`s of the ten statistical neighbours, nearest first, separated by `;`"
        ),
    },
)

PUBLISHED: Final = table(
    "When documents were published, as their publisher dates the files: for those that print no "
    "date.",
    {
        "sha256": column(
            "Checksum of the file", matches(r"[0-9a-f]{64}", "a SHA-256"), unique=True
        ),
        "published": column("Date that the publisher gives the file", DATE),
        "address": column(
            "Address from which it can be had, where it is known",
            matches(r"https?://\S+", "an http(s) address, or blank", blank=True),
        ),
    },
)

AUTHORITY_NAMES: Final = table(
    "Other names by which documents call an authority, and names of other places that hold one.",
    {
        "name": column("As it is written in titles and letterheads", FILLED, unique=True),
        "authority": column(
            "The authority; blank for another place",
            matches(SLUG, "a slug of `authorities.csv`, or blank", blank=True),
        ),
        "what": column(
            "`spelling` of its own name, `trust` that runs its services, `former` council whose "
            "services it took over, `other` place, or `word`: its own name, which is a common word "
            "too and counts only beside a council's",
            one_of(words.NAMES),
        ),
    },
)

VISITS: Final = table(
    "Every visit known of, whether or not a document is held.",
    {
        "visit": column("Id: `<authority>-<kind>-<start>`", SLUG_FORM, unique=True),
        "kind": column("Kind of visit", one_of(words.KINDS)),
        "framework": column(
            "Inspection framework; blank where there is none", one_of(_FRAMEWORKS, blank=True)
        ),
        "start": column("First day, as far as it is known", DATE),
        "end": column("Last day; blank where it is not known or the same", DATE_OR_BLANK),
        "scope": column("What the visit looked at, in our words", FILLED),
        "areas": column(
            "Areas looked at, separated by `;`; blank where unknown", many_of(_areas("looked_at"))
        ),
        "note": column("Anything a reader of the table must know"),
    },
)

DOCUMENTS: Final = table(
    "Publications about visits; several files that hold one document are one row.",
    {
        "document": column(
            "Id: `<authority>-<kind>-<published>`, or where that is blank `<authority>-<kind>-"
            "visited-<last day of the visit>`; after the kind `-safeguarding-board` where it is "
            "about the board, at the end `-secondary` for a secondary source and `-2`, `-3` where "
            "there are others of that date",
            SLUG_FORM,
            unique=True,
        ),
        "visit": column("The visit it is about", SLUG_FORM),
        "kind": column("Kind of document", one_of(words.DOCUMENT_KINDS)),
        "source": column(
            "`primary` (the inspectorate or the department) or `secondary` (anyone else)",
            one_of(words.SOURCES),
        ),
        "publisher": column("Body that published it", FILLED),
        "title": column("Title, shortened where it is long", FILLED),
        "published": column(
            "Date of publication or of the letter, as printed, else as the publisher says; blank "
            "where neither is known",
            DATE_OR_BLANK,
        ),
        "address": column(
            "Web address where it is known; never guessed",
            matches(r"https?://\S+", "an http(s) address, or blank", blank=True),
        ),
        "pages": column("Number of pages; blank where the document has none", WHOLE),
        "files": column("Names of the files that hold it, separated by `;`"),
        "sha256": column(
            "Checksums of those files, in the same order, separated by `;`",
            matches(
                r"[0-9a-f]{64}(?:; *[0-9a-f]{64})*", "a SHA-256 for each file, or blank", blank=True
            ),
        ),
        "left_out": column("Parts that hold no finding and were not coded, with the reason"),
        "note": column("Anything a reader of the table must know"),
    },
)

JUDGEMENTS: Final = table(
    "Grades, as printed and normalised.",
    {
        "document": column("The document that prints it", SLUG_FORM),
        "area": column("Area that is graded", one_of(_areas("graded"))),
        "grade": column("Normalised grade", one_of(words.GRADES)),
        "grade_printed": column("Grade as printed", FILLED),
        "page": column("Page on which it is printed", WHOLE),
    },
    unique=["document", "area"],
)

FINDINGS: Final = table(
    "One file per document, one row per numbered paragraph, bullet or finding paragraph.",
    {
        "finding": column(
            "Id: `<document>/<running number>`",
            matches(rf"{SLUG}/\d+", "document/number"),
            unique=True,
        ),
        "section": column("Section of the document it stands in", FILLED),
        "printed_number": column(
            "Number printed at the paragraph; blank where none is",
            matches(r"\d+[a-z]?", "a number as printed (12, 12a), or blank", blank=True),
        ),
        "page": column("Page on which it begins; blank where there are no pages", WHOLE),
        "role": column("Part it plays in the document", one_of(words.ROLES)),
        "said_by": column("Who makes the claim", one_of(words.SPEAKERS)),
        "area": column("Part of the service it is about", one_of(words.AREAS)),
        "repeats": column(
            "Running number of the paragraph of the same document that it only says again; it then "
            "has no vote; blank where it says something itself",
            WHOLE,
        ),
        "fingerprint": column(
            "Fingerprint of the paragraph's letters and digits, by which it is found again; blank "
            "until `findings add` has read the document",
            matches(FINGERPRINT, "sixteen hexadecimal digits, or blank", blank=True),
        ),
        "summary": column(
            f"What it says, in our words, at most {MAX_SUMMARY_WORDS} words, no names of people; "
            "blank until somebody has written it",
            SHORT,
        ),
    },
)

CODES: Final = table(
    "One file per coder, one row per finding, theme and cohort.",
    {
        "finding": column("The finding", matches(rf"{SLUG}/\d+", "document/number")),
        "theme": column("Theme of the codebook, or `none`: read, and no theme found", THEME),
        "cohort": column(
            "Whose work or lives it is about; blank for theme `none`",
            one_of(words.COHORTS, blank=True),
        ),
        "direction": column(
            "Direction of the judgement; blank for theme `none`",
            one_of(words.DIRECTIONS, blank=True),
        ),
        "lean": column(
            "Which way a mixed judgement leans; blank for other directions, and where the coder "
            "did not say, which counts as `even`",
            one_of(words.LEANS, blank=True),
            optional=True,
        ),
        "extent": column(
            "The inspectors' quantity word that governs this judgement; blank where there is none",
            one_of(words.EXTENTS, blank=True),
            optional=True,
        ),
        "extent_printed": column("That word as it is printed", optional=True),
        "basis": column(
            "Whether it states a level or only a change; blank for theme `none`",
            one_of(words.BASES, blank=True),
        ),
        "harm": column(
            "`harm` where it states that children were harmed, `risk` that they are unsafe, `duty` "
            "that a legal duty is not met; only of a weakness, or of a mixed leaning to one",
            one_of(words.HARMS, blank=True),
            optional=True,
        ),
        "part": column(
            "`yes` where it speaks of one team, one service, a sub-group or a small number of "
            "those whom the theme is about",
            one_of(["yes"], blank=True),
            optional=True,
        ),
        "change_said": column(
            "What the finding itself says about change", one_of(words.CHANGES_SAID, blank=True)
        ),
        "since": column(
            "The visit since which, or `unknown`; blank where no change is said",
            matches(SLUG, "a visit's id, unknown, or blank", blank=True),
        ),
        "found": column(
            f"What was found on this theme, at most {MAX_FOUND_WORDS} words, where the finding's "
            "themes differ in direction; else its summary serves",
            BRIEF,
            optional=True,
        ),
        "note": column("The coder's reason, where the decision was hard"),
    },
    unique=["finding", "theme", "cohort"],
)

AREA_STATEMENTS: Final = table(
    "What inspectors say of a whole area or the whole service; it stands with the grades, and no "
    "theme borrows it.",
    {
        "finding": column("The finding that says it", matches(rf"{SLUG}/\d+", "document/number")),
        "area": column(
            "The area it is about",
            one_of(_areas("stated")),
        ),
        "level": column(
            "How good it is said to be; blank where only a change is said",
            one_of(words.LEVELS, blank=True),
        ),
        "change_said": column(
            "What is said about change; blank where only a level is said",
            one_of(words.CHANGES_SAID, blank=True),
        ),
        "since": column(
            "The visit since which, or `unknown`; blank where no change is said",
            matches(SLUG, "a visit's id, unknown, or blank", blank=True),
        ),
        "summary": column(
            f"What it says, in our words, at most {MAX_SUMMARY_WORDS} words", FILLED, SHORT
        ),
        "coder": column("Who read it so", SLUG_FORM),
    },
    unique=["finding", "area", "coder"],
)

ROLES: Final = table(
    "One file per coder who read documents apart from the first: the part that each finding plays, "
    "as that coder has it. It serves the agreement only.",
    {
        "finding": column("The finding", matches(rf"{SLUG}/\d+", "document/number"), unique=True),
        "role": column("Part it plays in the document", one_of(words.ROLES)),
        "said_by": column("Who makes the claim", one_of(words.SPEAKERS)),
        "area": column("Part of the service it is about", one_of(words.AREAS)),
        "repeats": column("Running number of the paragraph that it only says again", WHOLE),
    },
)

CHECKS: Final = table(
    "One file per outside coder who checked a part of the findings, and `earlier` and `earlier-2` "
    "of codes given before the codebook had all of its themes: themes and directions only.",
    {
        "finding": column("The finding", matches(rf"{SLUG}/\d+", "document/number")),
        "theme": column("Theme of the codebook, or `none`: read, and no theme found", THEME),
        "direction": column(
            "Direction of the judgement; blank for theme `none`",
            one_of(words.DIRECTIONS, blank=True),
        ),
    },
    unique=["finding", "theme"],
)

LEVELS: Final = table(
    "What readers of a whole document, who saw no code, called themes and cohorts in it: the first "
    "each, a second those where that level and the codes' differ, and some others. One level is "
    "held beside that of the codes; of all three the middle one stands. What was settled with a "
    "reason (`resolved`) stands before all.",
    {
        "document": column("The document", SLUG_FORM),
        "theme": column("Theme of the codebook", THEME),
        "cohort": column("Whose work or lives it is about", one_of(words.COHORTS)),
        "level": column("How good it was found to be, all in all", one_of(words.LEVELS)),
        "paragraphs": column(
            "Running numbers of the paragraphs that say so, the weightiest first, separated by "
            "spaces",
            matches(r"\d+( \d+)*", "numbers separated by spaces"),
        ),
        "coder": column("Who read it so; `resolved` where it was settled", SLUG_FORM),
        "note": column("The reason, where it was settled", optional=True),
    },
    unique=["document", "theme", "cohort", "coder"],
)

NEW_FAULTS: Final = table(
    "Faults that an authority's latest visit found and of which no earlier document of that "
    "authority speaks, as a reader of all of them says.",
    {
        "finding": column(
            "The finding that says it best", matches(rf"{SLUG}/\d+", "document/number")
        ),
        "theme": column("Theme of the codebook", THEME),
        "cohort": column("Whose work or lives it is about", one_of(words.COHORTS)),
        "fault": column("What is wrong, in our words", FILLED, SHORT),
        "coder": column("Who read it so", SLUG_FORM),
        "note": column("Why it is new", optional=True),
    },
    unique=["finding", "fault"],
)

NEEDS: Final = table(
    "Things to be improved, each followed over visits.",
    {
        "need": column("Id", SLUG_FORM, unique=True),
        "theme": column("Theme of the codebook", THEME),
        "cohort": column("Whose work or lives it is about", one_of(words.COHORTS)),
        "aspect": column("Aspect of the theme in the codebook, or `other`", SLUG_FORM),
        "wording": column("What exactly is to be improved, in our words", FILLED, SHORT),
    },
)

NEED_LINKS: Final = table(
    "Findings that speak of a need.",
    {
        "need": column("The need", SLUG_FORM),
        "finding": column("The finding", matches(rf"{SLUG}/\d+", "document/number")),
        "relation": column(
            "What the finding says of the need; `none`: looked at, and it does not speak of it",
            one_of(words.RELATIONS),
        ),
        "basis": column("Who says so", one_of(words.LINK_BASES)),
        "coder": column("Who made the link", SLUG_FORM),
        "note": column("The reason, where the decision was hard"),
    },
    unique=["need", "finding", "coder"],
)

READINGS: Final = table(
    "Who read which document when, and how: one row for each time that a coder read one.",
    {
        "document": column("The document", SLUG_FORM),
        "coder": column("Who read it", SLUG_FORM),
        "run": column("Name of the run: one reader, who read one authority or a few documents"),
        "place": column("Which document of the run it was, 1 first", WHOLE),
        "guide": column("Version of the guide that was used", FILLED),
        "instruction": column("Version of the instruction that was used", FILLED),
        "date": column("Day", DATE),
        "pieces": column("Pieces in which it was read", WHOLE),
        "paragraphs": column("Paragraphs that were read", WHOLE),
        "begun": column("Time of day at which it was begun, as `14:05`", TIME),
        "ended": column("Time of day at which it was ended", TIME),
        "again": column("What was read again, and why; blank where nothing was"),
    },
    unique=["document", "coder", "run"],
)

TEXTS: Final = table(
    "The published words of findings, kept on the machine of whoever holds the documents.",
    {
        "finding": column("The finding", matches(rf"{SLUG}/\d+", "document/number"), unique=True),
        "text": column("Its words as published, lines re-joined"),
    },
)

SHEET: Final = table(
    "Disagreements of two coders, one row per finding and theme, to be resolved by reading again.",
    {
        "finding": column("The finding", FILLED),
        "document": column("The document it stands in"),
        "section": column("Section of the document"),
        "page": column("Page on which it begins"),
        "theme": column("Theme on which they disagree", THEME),
        "kind": column("What kind of disagreement", one_of(words.DISAGREEMENTS)),
        "first_coder": column("The first coder", FILLED),
        "first": column("The first coder's direction, or `absent`", FILLED),
        "first_cohort": column("The first coder's cohorts, separated by `;`"),
        "second_coder": column("The second coder", FILLED),
        "second": column("The second coder's direction, or `absent`", FILLED),
        "second_cohort": column("The second coder's cohorts, separated by `;`"),
        "summary": column("What the finding says, in our words"),
        "words": column("Its words as published, where they are held"),
        "resolved": column(
            "What counts: `first` or `second` (as that coder has it), a direction, or `none` (the "
            "theme is not given); blank while undecided",
            one_of(words.RESOLUTIONS, blank=True),
        ),
        "reason": column("Why; becomes the note of the code"),
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
    "levels.csv": LEVELS,
    "new_faults.csv": NEW_FAULTS,
    "needs.csv": NEEDS,
    "need_links.csv": NEED_LINKS,
    "readings.csv": READINGS,
    "data/local/<authority>/texts.csv": TEXTS,
}
"""Schema of each kind of file, by its name under `data/raw/` or `data/raw/<authority>/`, or by its
path where it lies elsewhere."""
