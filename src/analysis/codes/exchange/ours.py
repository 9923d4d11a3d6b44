"""What is held about an authority as a project that other programs read.

A source for each document: its paragraphs as published where this machine holds them, else our
summaries. A selection for each code that a coder gave to a finding, with the codes of its theme and
direction, of whom it is about, and of what else it says; the rest stands in the selection's memo,
as in a reader's sheet (`analysis.codes.sheets.cells`). A case for each visit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd

from analysis.codes.exchange.model import Case, Code, Coded, Coding, Selection, Source, guid
from analysis.codes.exchange.positions import label
from analysis.codes.sheets.cells import SHORT
from analysis.data.authority import AuthorityData
from analysis.data.codebook import Codebook
from analysis.data.growing import Row
from analysis.english import plural, sentence_case
from analysis.errors import FindingsError, require_known
from analysis.tables import records
from analysis.vocabulary import (
    CHANGES_SAID,
    COHORTS,
    DIRECTIONS,
    EXTENTS,
    FRAMEWORKS,
    KINDS,
    NO_THEME,
)

THEMES: Final = "Themes"
NONE: Final = "Read, no theme"
FACETS: Final[dict[str, tuple[str, Mapping[str, str]]]] = {
    "cohort": ("About whom", COHORTS),
    "extent": ("How many", {name: name for name in EXTENTS}),
    "change_said": ("Change said", {name: name for name in CHANGES_SAID}),
}
"""What a code says beside its theme and direction: column, code above, and names."""
IN_MEMO: Final = (
    "lean", "extent_printed", "basis", "harm", "part", "since", "found", "note",
)  # fmt: skip
_COLOURS: Final = {
    "strength": "#2E7D32", "mixed": "#F9A825", "weakness": "#C62828", "neutral": "#757575",
}  # fmt: skip
_MEMO: Final = (
    "Codes are of paragraphs. Each selection is one code of one coder; its memo holds what else "
    "that code says."
)
_TEXT: Final = "The text is "
"""How it is said what a source's text is."""
_USUAL_BASIS: Final = "level"


def as_project(data: AuthorityData, coder: str = "") -> Coded:
    """Return an authority's findings and everybody's codes of them as a project.

    Parameters
    ----------
    coder
        Whose codes alone are taken; blank for everybody's.

    Raises
    ------
    FindingsError
        If nobody of that name coded anything.
    """
    codes = data.codes
    if coder:
        require_known("coder", coder, set(codes["coder"]))
        codes = codes[codes["coder"] == coder]
    if codes.empty:
        raise FindingsError(
            f"Nobody has coded anything of {data.name} yet, so there are no codes to take along. "
            f"`findings sheet {data.authority} --to FILE.xlsx` lays its paragraphs out."
        )
    rows = [{str(k): str(v) for k, v in row.items()} for row in records(codes)]
    by_finding: dict[str, list[Row]] = {}
    for row in rows:
        by_finding.setdefault(row["finding"], []).append(row)
    sources = tuple(_source(about, part, by_finding) for about, part in _documents(data))
    return Coded(
        f"{data.name}: what inspectors found",
        {guid("coder", name): name for name in sorted(set(codes["coder"]))},
        tuple(codes_of(data.codebook)),
        sources,
        tuple(_cases(data)),
        _MEMO,
    )


def own_memos(data: AuthorityData) -> tuple[str, ...]:
    """Return how memos begin that our own exports write of a project and of its sources."""
    return (_MEMO, *(f"{title}. {_TEXT}" for title in data.documents["title"]))


def codes_of(book: Codebook) -> Iterator[Code]:
    """Give the codebook as a tree: themes in groups, a code for each direction, and so on.

    Examples
    --------
    >>> [code.name for code in codes_of(Codebook("1", (), ()))][:4]
    ['Themes', 'Read, no theme', 'About whom', 'social workers']
    """
    top = guid(THEMES)
    yield Code(top, THEMES, codable=False)
    for group in book.groups:
        above = guid("group", group.id)
        yield Code(above, group.name, top, codable=False)
        for theme in book.themes:
            if theme.group == group.id:
                said = [theme.definition, *(f"Also: {text}." for text in theme.include),
                        *(f"Not: {text}." for text in theme.exclude)]  # fmt: skip
                yield Code(theme_code(theme.id), theme.name, above, " ".join(said))
                for name in DIRECTIONS:
                    key = theme_code(theme.id, name)
                    own = f"{theme.name}: {name}"  # alone it tells, where a program drops the tree
                    yield Code(key, own, theme_code(theme.id), "", _COLOURS[name])
    yield Code(theme_code(NO_THEME), NONE, top, "The paragraph was read, and no theme was found.")
    for column, (head, names) in FACETS.items():
        above = guid("facet", column)
        yield Code(above, head, codable=False)
        for name, words in names.items():
            yield Code(guid("facet", column, name), words, above)


def theme_code(theme: str, direction: str = "") -> str:
    """Return the id of a theme's code, or of one of its directions."""
    return guid("theme", theme, direction) if direction else guid("theme", theme)


def _documents(data: AuthorityData) -> Iterator[tuple[Row, pd.DataFrame]]:
    order = data.visits.set_index("visit")["order"]
    table = data.documents.assign(_o=data.documents["visit"].map(order))
    for about in records(table.sort_values(["_o", "document"])):
        part = data.findings[data.findings["document"] == about["document"]]
        if len(part):
            yield {str(k): str(v) for k, v in about.items()}, part


def _source(about: Row, findings: pd.DataFrame, codes: Mapping[str, list[Row]]) -> Source:
    parts: list[str] = []
    selections: list[Selection] = []
    at, line, section, published = 0, 0, "", 0
    for row in records(findings):
        if row["section"] != section:
            section = str(row["section"])
            parts.append(section)
            at += len(section) + 2
            line += 2
        published += bool(row["words"])
        text = " ".join((row["words"] or row["summary"] or "(no words held)").split())
        for code in codes.get(str(row["finding"]), []):
            selections.append(_selection(code, at, at + len(text), line))
        parts.append(text)
        at += len(text) + 2
        line += 2
    return Source(
        guid("document", about["document"]),
        about["document"],
        "\n\n".join(parts) + "\n",
        tuple(selections),
        f"{about['title']}. {_held(published, len(findings))}",
    )


def _held(published: int, count: int) -> str:
    if published == count:
        return f"{_TEXT}as published."
    if not published:
        return f"{_TEXT}composed of our summaries, one for each paragraph; it is not published."
    return (
        f"{_TEXT}as published in {published} of {plural(count, 'paragraph')}; of the others "
        "it is our summary."
    )


def _selection(code: Row, start: int, end: int, line: int) -> Selection:
    key = (code["coder"], code["finding"], code["theme"], code["cohort"])
    who = guid("coder", code["coder"])
    targets = [theme_code(code["theme"], code["direction"])]
    targets += [guid("facet", column, code[column]) for column in FACETS if code[column]]
    codings = tuple(Coding(guid("coding", *key, target), target, who) for target in targets)
    number = code["finding"].rpartition("/")[2]
    return Selection(guid("code", *key), start, end, codings, label(line, number), memo(code), who)


def memo(code: Row) -> str:
    """Say what a code says besides, as the cell `more` of a sheet does.

    Examples
    --------
    >>> memo(dict.fromkeys(IN_MEMO, "") | {"lean": "even", "basis": "level", "note": "hard"})
    'lean=even;note=hard'
    """
    said = {name: code[name] for name in IN_MEMO if code[name]}
    if said.get("basis") == _USUAL_BASIS:
        del said["basis"]
    return ";".join(f"{SHORT[name]}={value}" for name, value in said.items())


def _cases(data: AuthorityData) -> Iterator[Case]:
    for visit in records(data.visits):
        key = str(visit["visit"])
        own = data.documents.loc[data.documents["visit"] == key, "document"]
        held = own[own.isin(data.findings["document"])]
        values = {
            "Began": visit["start"], "Ended": visit["end"], "Kind": KINDS[visit["kind"]],
            "Framework": FRAMEWORKS[visit["framework"]] if visit["framework"] else "",
        }  # fmt: skip
        grades = data.judgements[data.judgements["visit"] == key]
        for area, grade in zip(grades["area"], grades["grade"], strict=True):
            values[f"Grade: {area.replace('-', ' ')}"] = grade
        yield Case(
            guid("visit", key),
            sentence_case(str(visit["title"])),
            {name: str(value) for name, value in values.items() if value},
            tuple(guid("document", name) for name in held),
            str(visit["scope"]),
        )
