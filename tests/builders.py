"""Small tables for tests: each names only what matters, the rest is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.data import schemas, shapes
from analysis.data.authority import AuthorityData
from analysis.data.codebook import EVERYWHERE, Codebook, Group, Theme
from analysis.results.results import Results
from analysis.results.schemas import SCHEMAS as RESULTS
from analysis.vocabulary import KINDS

FIXTURE = Path(__file__).parent / "fixtures" / "project"
"""A whole project, all of it invented."""
ALL_AREAS = "help-and-protection;children-in-care;care-leavers;leadership"


def theme(name: str, *areas: str) -> Theme:
    text = name.replace("-", " ").capitalize()
    return Theme(name, "group", text, f"About {name}.", (), (), areas or (EVERYWHERE,), (), ())


BOOK = Codebook(
    "1.0",
    (Group("group", "Group"),),
    (theme("audit"), theme("plans"), theme("pathway-plans", "care-leavers")),
)


def visit(
    name: str,
    kind: str = "inspection",
    start: str = "2014-04",
    areas: str = ALL_AREAS,
    framework: str = "ILACS",
    held: str = "primary",
) -> dict[str, str]:
    return {
        "visit": name, "kind": kind, "framework": framework, "start": start, "end": "",
        "scope": "Something", "areas": areas, "note": "", "label": start, "short": start,
        "title": f"{KINDS[kind]} of {start}", "held": held,
    }  # fmt: skip


def visits(*rows: dict[str, str]) -> pd.DataFrame:
    """Make `AuthorityData.visits`, in the order given."""
    return pd.DataFrame(rows).assign(order=range(len(rows)))


def says(
    visit: str,
    direction: str,
    *,
    theme: str = "audit",
    cohort: str = "social-workers",
    role: str = "body",
    said_by: str = "inspectors",
    repeats: str = "",
    lean: str = "",
    extent: str = "",
    basis: str = "level",
    harm: str = "",
    part: str = "",
    change_said: str = "",
    since: str = "",
    source: str = "primary",
    coder: str = "reader-1",
    finding: str = "",
) -> dict[str, Any]:
    """One code of one finding, whose id follows from its place unless it is given."""
    document = f"{visit}-{'letter' if source == 'primary' else 'press'}"
    return {
        "finding": finding, "section": "Findings", "printed_number": "", "page": "", "role": role,
        "said_by": said_by, "area": "overall", "repeats": repeats,
        "fingerprint": "", "summary": "Something is said.", "words": "", "document": document,
        "visit": visit, "source": source,
        "theme": theme, "cohort": cohort, "direction": direction, "lean": lean,
        "extent": extent, "extent_printed": extent, "basis": basis, "harm": harm, "part": part,
        "change_said": change_said, "since": since or ("unknown" if change_said else ""),
        "found": "", "note": "", "coder": coder,
    }  # fmt: skip


def coded(*rows: dict[str, Any]) -> pd.DataFrame:
    """Make `coded_findings`, numbering the findings in the order given."""
    named = [
        row | {"finding": row["finding"] or f"{row['document']}/{i}"}
        for i, row in enumerate(rows, start=1)
    ]
    return pd.DataFrame(named, columns=list(says("v", "mixed")))


def votes(visit: str, text: str, **more: Any) -> list[dict[str, Any]]:
    """Findings by initials: `votes("v", "SS+MW")` are two strengths, three mixed and a weakness.

    `+` is a mixed that leans to strength, `-` one to weakness, `M` one that does neither.
    """
    full = {
        "S": ("strength", ""), "+": ("mixed", "strength"), "M": ("mixed", "even"),
        "-": ("mixed", "weakness"), "W": ("weakness", ""), "N": ("neutral", ""),
    }  # fmt: skip
    return [
        says(visit, direction, lean=lean, **more)
        for direction, lean in (full[initial] for initial in text)
    ]


def statements(*rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    """Make `AuthorityData.area_statements` of (visit, area, level, change said, since)."""
    return pd.DataFrame(
        [
            {
                "finding": f"{v}-letter/{i}", "area": area, "level": level,
                "change_said": change, "since": since, "summary": "The area is spoken of.",
                "coder": "reader-1", "visit": v, "source": "primary",
            }
            for i, (v, area, level, change, since) in enumerate(rows, start=1)
        ],
        columns=[*schemas.AREA_STATEMENTS.columns, "visit", "source"],
    )  # fmt: skip


def links(*rows: tuple[str, str, str] | tuple[str, str, str, str, str]) -> pd.DataFrame:
    """Make need links of (need, finding, relation) or of these with basis and coder."""
    full = [(*row, "coder", "reader-1")[:5] if len(row) == 3 else row for row in rows]
    names = ["need", "finding", "relation", "basis", "coder"]
    return pd.DataFrame(full, columns=names).assign(note="")


def needs(*names: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "need": n, "theme": "audit", "cohort": "social-workers", "aspect": "other",
                "wording": f"Want of {n}",
            }
            for n in names
        ],
        columns=list(schemas.NEEDS.columns),
    )  # fmt: skip


def authority(
    visits: pd.DataFrame,
    coded: pd.DataFrame,
    *,
    needs: pd.DataFrame | None = None,
    links: pd.DataFrame | None = None,
    areas: pd.DataFrame | None = None,
    grades: Iterable[tuple[str, str]] = (),
    codebook: Codebook = BOOK,
) -> AuthorityData:
    """Make `AuthorityData`; `grades` are overall grades as (visit, grade)."""
    columns = [*schemas.FINDINGS.columns, "document", "visit", "source", "words"]
    findings = coded[columns].drop_duplicates("finding").reset_index(drop=True)
    held = visits[visits["held"] != "none"]
    letters = {f"{v}-letter": (v, "primary") for v in held.loc[held["held"] == "primary", "visit"]}
    spoken = dict(
        zip(coded["document"], zip(coded["visit"], coded["source"], strict=True), strict=True)
    )
    documents = pd.DataFrame(
        [
            {
                "document": name, "visit": v, "kind": "letter", "source": source,
                "publisher": "Ofsted" if source == "primary" else "Trade press",
                "title": "Letter", "published": "2024-03-06", "address": "", "pages": "",
                "files": "", "sha256": "", "left_out": "", "note": "", "link": "https://x.example/",
            }
            for name, (v, source) in (letters | spoken).items()
        ]
    )  # fmt: skip
    judgements = pd.DataFrame(
        [
            {"document": f"{v}-letter", "area": "overall", "grade": grade, "grade_printed": grade,
             "page": "1", "visit": v}
            for v, grade in grades
        ],
        columns=["document", "area", "grade", "grade_printed", "page", "visit"],
    )  # fmt: skip
    return AuthorityData(
        authority="anyshire", name="Anyshire", urn="1", codebook=codebook, visits=visits,
        documents=documents, judgements=judgements, findings=findings,
        codes=coded[[*schemas.CODES.columns, "coder"]],
        checks=shapes.empty(schemas.CHECKS).assign(coder=""),
        roles=shapes.empty(schemas.ROLES).assign(coder=""),
        area_statements=statements() if areas is None else areas,
        readings=shapes.empty(schemas.READINGS),
        levels=shapes.empty(schemas.LEVELS),
        new_faults=shapes.empty(schemas.NEW_FAULTS),
        needs=shapes.empty(schemas.NEEDS) if needs is None else needs,
        need_links=shapes.empty(schemas.NEED_LINKS) if links is None else links,
    )  # fmt: skip


def results_with(
    visits: pd.DataFrame,
    *,
    codebook: Codebook = BOOK,
    grades: pd.DataFrame | None = None,
    **tables: pd.DataFrame,
) -> Results:
    """Make `Results` of Exampleshire with these tables, the others without a row."""
    blank = {
        name: pd.DataFrame(columns=list(table.columns))
        for name, table in RESULTS.items()
        if name in {f.name for f in fields(Results)}
    } | {"coded": coded()}
    if grades is None:
        grades = pd.DataFrame(columns=[*schemas.JUDGEMENTS.columns, "visit"])
    held = dict.fromkeys((f.name for f in fields(AuthorityData)), pd.DataFrame())
    data = AuthorityData(
        **held
        | {"authority": "exampleshire", "name": "Exampleshire", "urn": "1", "codebook": codebook}
        | {"coded_by": ""}
        | {"visits": visits, "judgements": grades}
    )
    return Results(data=data, include_secondary=False, **blank | tables)


def asked_by(page: str) -> list[str]:
    """What an HTML page asks of the network as it opens; a link to follow is none."""
    plain = re.sub(r"data:[^\"')]*", "", page)
    tags = r"<(?:script|link|img|iframe)[^>]*(?:src|href)=[\"'](https?:[^\"']*)"
    return [
        *re.findall(tags, plain),
        *re.findall(r"[^\s\"']*cdn[^\s\"']*|import\(.http", plain, re.I),
    ]
