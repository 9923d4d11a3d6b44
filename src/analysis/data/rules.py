"""What the tables of an authority demand of each other, and what they are warned of.

Each rule names the cells that break it. What is possible in each table and nonsense in all of them
together is told by `plausible`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from analysis.data import schemas
from analysis.data.authority import AuthorityData
from analysis.data.plausible import PLAUSIBLE, Rule, at, lies_before, lookup
from analysis.english import plural
from analysis.errors import Problem, asking
from analysis.ids import names_document
from analysis.vocabulary import BASES, COHORTS, DIRECTIONS, NO_THEME, OTHER_ASPECT

_TITLED_NAME: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Councillor|Sir|Dame)\.?\s+[A-Z]\w+")
_OFFICES: Final = (
    "Assistant|Cabinet|Chief|Corporate|Deputy|Designated|Executive|Head|Lead|Principal"
)
"""With these an office begins, and no name: `Director, Chief Executive`."""
_ROLE_NAME: Final = re.compile(
    r"\b(?:[Dd]irector|[Cc]hair|[Ll]eader|[Ii]nspector|[Mm]ember|[Oo]fficer),?\s+"
    rf"(?!(?:{_OFFICES})\b)[A-Z]\w+\s+[A-Z]\w+"
)


def broken_rules(
    data: AuthorityData, problems: list[Problem], refused: set[str]
) -> Iterator[Problem]:
    """Say what the tables demand of each other, beside what was found in each alone.

    Nothing is looked up in a table of which a file could not be read, and no cell is blamed twice.
    """
    blamed = {(p.file, p.row, p.column) for p in problems}
    for rule, table in _RULES.items():
        if table not in refused:
            yield from (p for p in rule(data) if (p.file, p.row, p.column) not in blamed)


def _visits_are_named_by_content(data: AuthorityData) -> Iterator[Problem]:
    visits = data.visits
    expected = data.authority + "-" + visits["kind"] + "-" + visits["start"]
    yield from at(
        visits,
        visits["visit"] != expected,
        "visit",
        "is not named by its kind and start",
        "<authority>-<kind>-<start>",
    )
    backwards = [
        lies_before(end, start) for start, end in zip(visits["start"], visits["end"], strict=True)
    ]
    yield from at(visits, backwards, "end", "lies before the start")


def _documents_belong_to_visits(data: AuthorityData) -> Iterator[Problem]:
    documents, visits = data.documents, data.visits
    known = documents["visit"].isin(visits["visit"])
    yield from at(documents, ~known, "visit", "there is no such visit in visits.csv")
    documents = documents[known]
    kinds = documents["visit"].map(lookup(visits, "visit", "kind"))
    named = [
        names_document(name, data.authority, str(kind), published)
        for name, kind, published in zip(
            documents["document"], kinds, documents["published"], strict=True
        )
    ]
    yield from at(
        documents, [not right for right in named], "document",
        "is not named by its visit's kind and its publication", schemas.DOCUMENT_NAME,
    )  # fmt: skip
    uneven = documents["files"].str.count(";") != documents["sha256"].str.count(";")
    yield from at(documents, uneven, "sha256", "needs one checksum for each file")


def _judgements_belong_to_documents(data: AuthorityData) -> Iterator[Problem]:
    unknown = ~data.judgements["document"].isin(data.documents["document"])
    yield from at(
        data.judgements, unknown, "document", "there is no such document in documents.csv"
    )


def _findings_belong_to_documents(data: AuthorityData) -> Iterator[Problem]:
    findings = data.findings
    known = findings["document"].isin(data.documents["document"])
    yield from at(findings, ~known, "document", "the file's name is no document of documents.csv")
    prefix = findings["finding"].str.rsplit("/", n=1).str[0]
    yield from at(
        findings,
        prefix != findings["document"],
        "finding",
        "belongs to another document than this file",
        "<document>/<running number>",
    )


def _findings_are_known(data: AuthorityData) -> Iterator[Problem]:
    of_codes = (data.codes, data.checks, data.roles)
    for table in (*of_codes, data.area_statements, data.need_links, data.new_faults):
        unknown = ~table["finding"].isin(data.findings["finding"])
        yield from at(table, unknown, "finding", "there is no such finding")


def _themes_are_known(data: AuthorityData) -> Iterator[Problem]:
    themes = data.codebook.names
    coded = themes | {NO_THEME: NO_THEME}
    of_codes, of_themes = (data.codes, data.checks), (data.needs, data.levels, data.new_faults)
    for table, known in [(t, coded) for t in of_codes] + [(t, themes) for t in of_themes]:
        for theme in table.loc[~table["theme"].isin(known), "theme"].unique():
            message = asking("is not in the codebook", theme, known)
            yield from at(table, table["theme"] == theme, "theme", message, ", ".join(known))


def _codes_are_whole(data: AuthorityData) -> Iterator[Problem]:
    codes = data.codes
    none = codes["theme"] == NO_THEME
    for column, allowed in (("cohort", COHORTS), ("direction", DIRECTIONS), ("basis", BASES)):
        yield from at(codes, none & (codes[column] != ""), column, "must be blank for theme none")
        blank = ~none & (codes[column] == "")
        yield from at(codes, blank, column, "is blank", ", ".join(allowed))
    themes = codes.groupby(["coder", "finding"])["theme"].transform("nunique")
    yield from at(
        codes, none & (themes > 1), "theme", "the finding is also coded with a theme; remove one"
    )
    leans = (codes["lean"] != "") & (codes["direction"] != "mixed")
    yield from at(codes, leans, "lean", "only a mixed judgement leans", "blank")
    grave = (codes["direction"] == "weakness") | (
        (codes["direction"] == "mixed") & codes["lean"].isin(["weakness", ""])
    )
    harmless = (codes["harm"] != "") & codes["direction"].isin(DIRECTIONS) & ~grave
    yield from at(codes, harmless, "harm", "only a weakness, or a mixed leaning to one, tells harm")


def _changes_have_a_visit(data: AuthorityData) -> Iterator[Problem]:
    for table in (data.codes, data.area_statements):
        said = table["change_said"] != ""
        yield from at(
            table, said & (table["since"] == ""), "since", "say since which visit, or unknown"
        )
        yield from at(
            table, ~said & (table["since"] != ""), "since", "must be blank where no change is said"
        )


def _since_is_a_visit(data: AuthorityData) -> Iterator[Problem]:
    for table in (data.codes, data.area_statements):
        known = table["since"].isin([*data.visits["visit"], "unknown", ""])
        message = "there is no such visit in visits.csv"
        yield from at(table, ~known, "since", message, "a visit's id, or unknown")


def _statements_say_something(data: AuthorityData) -> Iterator[Problem]:
    said = data.area_statements
    empty = (said["level"] == "") & (said["change_said"] == "")
    yield from at(said, empty, "level", "neither a level nor a change is said; remove the row")


def _repeats_are_of_the_document(data: AuthorityData) -> Iterator[Problem]:
    findings = data.findings
    for table in (findings, data.roles):
        own = table["finding"].str.rsplit("/", n=1)
        other = own.str[0] + "/" + table["repeats"]
        known = other.isin(findings["finding"]) & (other != table["finding"])
        wrong = (table["repeats"] != "") & ~known
        message = "is no other paragraph of this document"
        yield from at(table, wrong, "repeats", message, "a running number of this file, or blank")


def _aspects_are_known(data: AuthorityData) -> Iterator[Problem]:
    needs = data.needs
    given = list(zip(needs["theme"], needs["aspect"], strict=True))
    for theme in sorted(set(needs["theme"]) & set(data.codebook.ids)):
        known = [*data.codebook.theme(theme).aspects, OTHER_ASPECT]
        wrong = [of == theme and aspect not in known for of, aspect in given]
        message = f"is no aspect of {theme} in the codebook"
        yield from at(needs, wrong, "aspect", message, ", ".join(known))


def _readings_are_of_documents(data: AuthorityData) -> Iterator[Problem]:
    for table in (data.readings, data.levels):
        unknown = ~table["document"].isin(data.documents["document"])
        yield from at(table, unknown, "document", "there is no such document in documents.csv")


def _levels_name_paragraphs(data: AuthorityData) -> Iterator[Problem]:
    held = set(data.findings["finding"])
    levels = data.levels[data.levels["document"].isin(data.documents["document"])]
    wrong = [
        any(f"{document}/{number}" not in held for number in str(numbers).split())
        for document, numbers in zip(levels["document"], levels["paragraphs"], strict=True)
    ]
    message = "names a paragraph that this document has not"
    yield from at(levels, wrong, "paragraphs", message, "running numbers of its findings")


def _links_belong_to_needs(data: AuthorityData) -> Iterator[Problem]:
    unknown = ~data.need_links["need"].isin(data.needs["need"])
    yield from at(data.need_links, unknown, "need", "there is no such need in needs.csv")


_RULES: Final[dict[Rule, str]] = {
    _visits_are_named_by_content: "",
    _documents_belong_to_visits: "visits",
    _judgements_belong_to_documents: "documents",
    _findings_belong_to_documents: "documents",
    _findings_are_known: "findings",
    _themes_are_known: "",
    _codes_are_whole: "",
    _changes_have_a_visit: "",
    _since_is_a_visit: "visits",
    _statements_say_something: "",
    _repeats_are_of_the_document: "findings",
    _aspects_are_known: "",
    _readings_are_of_documents: "documents",
    _levels_name_paragraphs: "findings",
    _links_belong_to_needs: "needs",
} | PLAUSIBLE
"""Each rule with the table in which it looks things up."""


def unsummarised(data: AuthorityData) -> Iterator[Problem]:
    """Say of each file how many findings nobody has summarised yet."""
    if "summary" in data.findings:
        blank = data.findings.loc[data.findings["summary"] == "", "_file"]
        for file, count in blank.value_counts().items():
            yield Problem(
                str(file),
                0,
                "summary",
                "",
                f"{plural(count, 'finding has', 'findings have')} no summary yet",
            )


def likely_names(data: AuthorityData) -> Iterator[Problem]:
    """Warn of what looks like a person's name in a summary, which names roles only."""
    if "summary" not in data.findings:
        return
    for line, file, text in zip(
        data.findings.index, data.findings["_file"], data.findings["summary"], strict=True
    ):
        if found := _TITLED_NAME.search(text) or _ROLE_NAME.search(text):
            yield Problem(
                file,
                int(line),
                "summary",
                found.group(),
                "looks like a person's name; name the role only",
            )
