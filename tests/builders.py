"""Small tables for tests: each names only what matters, the rest is filled in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.data import schemas
from analysis.data.authority import AuthorityData
from analysis.data.codebook import EVERYWHERE, Codebook, Group, Theme
from analysis.vocabulary import EXTENTS, KINDS

FIXTURE = Path(__file__).parent / "fixtures" / "project"
"""A whole project, all of it invented."""
ALL_AREAS = "help-and-protection;children-in-care;care-leavers;leadership"
STATUS_FLAGS = ["thin", "fragile", "incidental", "secondary", "capped", "headline_only"]


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
    extent: str = "",
    harm: str = "no",
    basis: str = "level",
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
        "said_by": said_by, "area": "overall", "extent": extent, "harm": harm,
        "fingerprint": "", "summary": "Something is said.", "words": "", "document": document,
        "visit": visit, "source": source,
        "theme": theme, "cohort": cohort, "direction": direction, "basis": basis,
        "change_said": change_said, "since": since or ("unknown" if change_said else ""),
        "note": "", "coder": coder,
    }  # fmt: skip


def coded(*rows: dict[str, Any]) -> pd.DataFrame:
    """Make `coded_findings`, numbering the findings in the order given."""
    named = [
        row | {"finding": row["finding"] or f"{row['document']}/{i}"}
        for i, row in enumerate(rows, start=1)
    ]
    table = pd.DataFrame(named, columns=list(says("v", "mixed")))
    extent = table["extent"].where(table["extent"] != "")
    return table.assign(extent=pd.Categorical(extent, EXTENTS, ordered=True))


def votes(visit: str, text: str, **more: Any) -> list[dict[str, Any]]:
    """Findings by initials: `votes("v", "SSMW")` are two strengths, a mixed and a weakness."""
    full = {"S": "strength", "M": "mixed", "W": "weakness", "N": "neutral"}
    return [says(visit, full[initial], **more) for initial in text]


def links(*rows: tuple[str, str, str] | tuple[str, str, str, str, str]) -> pd.DataFrame:
    """Make need links of (need, finding, relation) or of these with basis and coder."""
    full = [(*row, "coder", "reader-1")[:5] if len(row) == 3 else row for row in rows]
    names = ["need", "finding", "relation", "basis", "coder"]
    return pd.DataFrame(full, columns=names).assign(note="")


def needs(*names: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"need": n, "theme": "audit", "cohort": "social-workers", "aspect": f"Want of {n}"}
            for n in names
        ],
        columns=["need", "theme", "cohort", "aspect"],
    )


def authority(
    visits: pd.DataFrame,
    coded: pd.DataFrame,
    *,
    needs: pd.DataFrame | None = None,
    links: pd.DataFrame | None = None,
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
        checks=schemas.empty(schemas.CHECKS).assign(coder=""),
        needs=schemas.empty(schemas.NEEDS) if needs is None else needs,
        need_links=schemas.empty(schemas.NEED_LINKS) if links is None else links,
    )  # fmt: skip
