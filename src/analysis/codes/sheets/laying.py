"""Laying out an authority's documents as text for a reader, one file a document.

The text is the witness of what was read: `laid_paragraphs` takes it apart again, so that each
paragraph can be held against the document's as it is cut when the sheet comes back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from analysis.codes.sheets.guide import guide
from analysis.data import schemas
from analysis.data.codebook import load_codebook
from analysis.data.growing import Row
from analysis.documents.sheet import Held
from analysis.errors import FindingsError, require_known
from analysis.files import write_all
from analysis.project import Project
from analysis.tables import to_text

GUIDE_FILE: Final = "guide.md"
REGISTER: Final = "register"
"""Folder beside the sheets with the rows of their documents, in the shape of `data/raw/`."""
LAID: Final = re.compile(r"(?P<place>\d{2,})-(?P<document>[a-z0-9-]+)")
"""Name of a laid-out text without its ending: place among the documents, and document."""
OF_THE_DOCUMENT: Final = ("section", "printed_number", "page", "fingerprint")
"""What a row of findings has from its document; all else is for the reader to say."""
_PARAGRAPH: Final = re.compile(
    r"^¶(?P<number>\d+) (?:\((?=[np])(?:no\. \d+[a-z]?)?(?: ?p\.\d+)?\) )?(?P<text>.*)$",
    re.MULTILINE,
)


def lay_out(
    project: Project, authority: str, held: Held, folder: Path, document: str = ""
) -> list[Path]:
    """Lay out the documents of an authority for a reader; `data/raw/` is left as it is.

    Parameters
    ----------
    held
        Its documents, with their words.
    folder
        Where the texts, the guide and the documents' rows go. Sheets in it stay as they are.
    document
        The one document to lay out, for a reader who is to see no other; blank for all.

    Returns
    -------
    list of Path
        The texts, in the order of the visits.

    Raises
    ------
    FindingsError
        If there is no such document, or none, or its words are not held, or the folder holds
        another layout already.
    """
    names = _ordered(held)
    if document:
        names = [require_known("document", document, names)]
    if not names:
        raise FindingsError(
            f"No document of {authority} can be laid out: none was read, and none was added "
            f"before. Name its files: `findings sheet {authority} FOLDER --to SHEETS`."
        )
    texts = {
        folder / f"{place:02d}-{name}.txt": laid_out(held, name)
        for place, name in enumerate(names, start=1)
    }
    _require_same(folder, texts)
    codebook = load_codebook(project.raw("codebook.yml"))
    register = {folder / REGISTER / file: text for file, text in _register(held, names).items()}
    write_all(texts | register | {folder / GUIDE_FILE: guide(authority, codebook)})
    return list(texts)


def _ordered(held: Held) -> list[str]:
    """The named documents in the order of their visits."""
    starts = {row["visit"]: row["start"] for row in held.visits}
    visits = {row["document"]: row["visit"] for row in held.documents}
    return sorted(held.named, key=lambda name: (starts.get(visits[name], ""), name))


def laid_out(held: Held, document: str) -> str:
    """Return the text of one document: what it is, then its paragraphs with section and place.

    Raises
    ------
    FindingsError
        If none of its words are held.
    """
    about = _row(held.documents, "document", document)
    visit = _row(held.visits, "visit", about["visit"])
    findings = held.findings[document]
    if findings and not any(held.texts.get(row["finding"]) for row in findings):
        raise FindingsError(
            f"The words of {document} are not held in data/local/. Name its file: "
            "`findings sheet AUTHORITY FILE --to FOLDER`."
        )
    lines, section = _head(held, about, visit), None
    for row in findings:
        if row["section"] != section:
            section = row["section"]
            lines.append(f"[{section}]")
        lines.append(_paragraph(row, held.texts))
    return "\n".join(lines) + "\n"


def _row(rows: list[Row], key: str, name: str) -> Row:
    return next(row for row in rows if row[key] == name)


def _head(held: Held, about: Row, visit: Row) -> list[str]:
    """Lines before the paragraphs: the document, its visit and its grades."""
    grades = "; ".join(
        f"{row['area']}: {row['grade_printed']}"
        for row in held.judgements
        if row["document"] == about["document"]
    )
    published = about["published"] or "not known"
    days = f"{visit['start']} to {visit['end'] or visit['start']}"
    return [
        f"document: {about['document']} ({about['kind']}, {about['source']}, published "
        f"{published})",
        f"title: {about['title']}",
        f"visit id: {visit['visit']}",
        f"visit: {visit['kind']}, {visit['framework'] or 'no framework'}, {days}; looked at: "
        f"{visit['areas'] or 'not known'}; scope: {visit['scope']}",
        f"grades printed: {grades or 'none'}",
        "",
    ]


def _paragraph(row: Row, texts: Mapping[str, str]) -> str:
    number = row["finding"].rpartition("/")[2]
    places = [
        f"no. {row['printed_number']}" if row["printed_number"] else "",
        f"p.{row['page']}" if row["page"] else "",
    ]
    place = " ".join(filter(None, places))
    words = " ".join(texts.get(row["finding"], "").split())
    return f"¶{number} {f'({place}) ' if place else ''}{words}"


def laid_paragraphs(text: str) -> dict[int, str]:
    r"""Return the paragraphs of a laid-out text, by running number.

    Examples
    --------
    >>> laid_paragraphs("[Findings]\n¶1 (no. 3 p.2) Plans are late.\n¶2 Visits are kept.")
    {1: 'Plans are late.', 2: 'Visits are kept.'}
    """
    return {int(found["number"]): found["text"] for found in _PARAGRAPH.finditer(text)}


def _require_same(folder: Path, texts: Mapping[Path, str]) -> None:
    """Refuse a folder that holds another layout: its sheets would then be of other paragraphs."""
    for path in sorted(folder.glob("*.txt")):
        if LAID.fullmatch(path.stem) and (
            path not in texts or path.read_bytes() != texts[path].encode()
        ):
            raise FindingsError(
                f"{path} was laid out otherwise, and sheets beside it would no longer fit. "
                "Name another folder."
            )


def _register(held: Held, names: list[str]) -> dict[str, str]:
    """Rows of the documents laid out, as files in the shape of `data/raw/<authority>/`.

    What anybody else made of a finding is left out: a reader is to be alone with the documents.
    """
    documents = [row for row in held.documents if row["document"] in names]
    visits = {row["visit"] for row in documents}
    tables = {
        "visits.csv": (schemas.VISITS, [row for row in held.visits if row["visit"] in visits]),
        "documents.csv": (schemas.DOCUMENTS, documents),
        "judgements.csv": (
            schemas.JUDGEMENTS,
            [row for row in held.judgements if row["document"] in names],
        ),
    }
    for name in names:
        rows = [
            {
                column: text if column in ("finding", *OF_THE_DOCUMENT) else ""
                for column, text in row.items()
            }
            for row in held.findings[name]
        ]
        tables[f"findings/{name}.csv"] = (schemas.FINDINGS, rows)
    return {file: to_text(list(schema.columns), rows) for file, (schema, rows) in tables.items()}
