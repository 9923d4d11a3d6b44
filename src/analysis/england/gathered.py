"""The tables of all authorities in one set: which there are, their columns, keys and links.

Each is the table of one authority, as `analysis.results.results.analyse` leaves it, with the
authority in front. What a table holds of another is not repeated in it: `key` and `links` say how
they are joined, here, in the SQLite file and in the `datapackage.json`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import pandas as pd
import pandera.pandas as pa

from analysis.data import schemas
from analysis.data.codebook import Codebook
from analysis.data.shapes import table
from analysis.england import compare, way_out
from analysis.results import schemas as computed
from analysis.results.agreement import both_read
from analysis.results.results import Results
from analysis.results.schemas import count, filled, listed, text, typed
from analysis.tables import Row
from analysis.vocabulary import HELD, NO_THEME, READERS, SOURCES

AUTHORITY: Final = text("The authority")
_VISIT: Final = computed.VISIT
_DOCUMENT: Final = text("The document it stands in")
_SOURCE: Final = listed("`primary` or `secondary`, as its document", SOURCES)


@dataclass(frozen=True)
class Gathered:
    """A table of all authorities.

    Attributes
    ----------
    schema
        Its columns, the authority in front.
    key
        What no two rows have alike.
    links
        Column to the table that it leads to, in which it is the key.
    of
        Takes it, without the authority, from the results of one authority.
    """

    schema: pa.DataFrameSchema
    key: tuple[str, ...]
    links: Mapping[str, str] = field(default_factory=dict)
    of: Callable[[Results], pd.DataFrame] | None = None

    def rows(self, results: Results) -> pd.DataFrame:
        """Return its rows of one authority."""
        if self.of is None:
            return filled(self.schema, [])
        made = self.of(results)
        return filled(self.schema, made.assign(authority=results.data.authority))


def _table(
    schema: pa.DataFrameSchema,
    key: tuple[str, ...],
    of: Callable[[Results], pd.DataFrame] | None,
    *,
    links: Mapping[str, str] | None = None,
    more: Mapping[str, pa.Column] | None = None,
    without: tuple[str, ...] = (),
    said: str = "",
) -> Gathered:
    authored = schema in schemas.SCHEMAS.values()
    columns = typed(schema) if authored else dict(schema.columns)
    kept = {name: column for name, column in columns.items() if name not in without}
    held = {"authority": AUTHORITY} | kept | dict(more or {})
    description = said or str(schema.description)
    return Gathered(
        table(description, held, unique=list(key)),
        key,
        {"authority": "authorities"} | dict(links or {}),
        of,
    )


TABLES: Final[dict[str, Gathered]] = {
    "authorities": Gathered(
        table(str(schemas.AUTHORITIES.description), typed(schemas.AUTHORITIES)), ("authority",)
    ),
    "themes": Gathered(
        table(
            "The themes of the codebook, in its order.",
            {
                "theme": text("Id"),
                "name": text("Name"),
                "group": text("Id of its group"),
                "group_name": text("Name of its group"),
                "definition": text("What it means"),
            },
        ),
        ("theme",),
    ),
    "aspects": Gathered(
        table(
            "What of a theme can need improving: the closed list of each theme.",
            {
                "theme": text("The theme"),
                "aspect": text("Id, of one theme"),
                "meaning": text("What it means"),
            },
        ),
        ("theme", "aspect"),
        {"theme": "themes"},
    ),
    "visits": _table(
        schemas.VISITS,
        ("visit",),
        lambda r: r.data.visits,
        more={
            "order": count("Place among the visits of the authority by date, 0 first"),
            "label": text("Its days, as `18 to 29 November 2024`"),
            "title": text("What it is called, as `inspection of November 2024`"),
            "held": listed("What is held of it", HELD),
        },
    ),
    "documents": _table(
        schemas.DOCUMENTS,
        ("document",),
        lambda r: r.data.documents,
        links={"visit": "visits"},
        more={"link": text("`address`, else the publisher's page of the authority, else blank")},
        without=("files",),
    ),
    "judgements": _table(
        schemas.JUDGEMENTS,
        ("document", "area"),
        lambda r: r.data.judgements,
        links={"document": "documents", "visit": "visits"},
        more={"visit": _VISIT},
    ),
    "findings": _table(
        schemas.FINDINGS,
        ("finding",),
        lambda r: r.data.findings,
        links={"document": "documents", "visit": "visits"},
        more={"document": _DOCUMENT, "visit": _VISIT, "source": _SOURCE},
        said="One row per numbered paragraph, bullet or finding paragraph.",
    ),
    "codes": _table(
        schemas.CODES,
        ("finding", "theme", "cohort"),
        lambda r: r.coded,
        links={"finding": "findings", "visit": "visits"},
        more={
            "coder": text("Whose code it is"),
            "score": pa.Column(
                "float64",
                nullable=True,
                description="How likely a reader would give the theme, where the tagger coded; "
                "else missing",
            ),
            "visit": _VISIT,
        },
        said="The codes that count, one row per finding, theme and cohort; of several coders of a "
        f"finding one counts. Theme `{NO_THEME}`: read, and no theme found.",
    ),
    "area_statements": _table(
        computed.AREA_STATEMENTS,
        ("finding", "area"),
        lambda r: r.areas,
        links={"finding": "findings", "visit": "visits"},
    ),
    "statuses": _table(
        computed.STATUSES,
        ("visit", "theme", "cohort"),
        lambda r: r.statuses,
        links={"visit": "visits"},
    ),
    "changes": _table(
        computed.CHANGES,
        ("visit", "theme", "cohort", "comparison"),
        lambda r: r.changes,
        links={"visit": "visits"},
    ),
    "paths": _table(computed.PATHS, ("authority", "theme", "cohort"), lambda r: r.paths),
    "needs": _table(computed.LEDGER, ("authority", "need", "spell"), lambda r: r.ledger),
    "need_events": _table(
        computed.EVENTS,
        ("authority", "need", "visit"),
        lambda r: r.events,
        links={"visit": "visits"},
    ),
    "recommendations": _table(
        computed.RECOMMENDATIONS,
        ("finding", "need"),
        lambda r: r.recommendations,
        links={"finding": "findings", "visit": "visits"},
    ),
    "latest": _table(
        compare.FOUND_LATEST,
        ("authority", "framework", "theme"),
        lambda r: compare.found_latest(r.statuses, r.data.visits),
        links={"visit": "visits"},
    ),
    "followed": _table(
        way_out.FOLLOWED, ("authority", "theme", "cohort", "aspect"), way_out.followed
    ),
    "second_readings": _table(
        computed.BOTH_READ,
        ("finding", "theme"),
        lambda r: both_read(r.data, *READERS),
        links={"finding": "findings", "visit": "visits"},
    ),
    "readings": _table(
        schemas.READINGS,
        ("document", "coder", "run"),
        lambda r: r.data.readings,
        links={"document": "documents"},
    ),
    "new_faults": _table(
        schemas.NEW_FAULTS,
        ("finding", "fault"),
        lambda r: r.data.new_faults,
        links={"finding": "findings"},
    ),
    "levels": _table(
        schemas.LEVELS,
        ("document", "theme", "cohort", "coder"),
        lambda r: r.data.levels,
        links={"document": "documents"},
    ),
}
"""The tables by name, those first that others lead to."""


def codebook_tables(codebook: Codebook) -> dict[str, pd.DataFrame]:
    """Return the tables that the codebook holds: `themes` and `aspects`."""
    groups = {group.id: group.name for group in codebook.groups}
    themes: list[Row] = [
        {
            "theme": theme.id,
            "name": theme.name,
            "group": theme.group,
            "group_name": groups[theme.group],
            "definition": theme.definition,
        }
        for theme in codebook.themes
    ]
    aspects: list[Row] = [
        {"theme": theme.id, "aspect": aspect, "meaning": meaning}
        for theme in codebook.themes
        for aspect, meaning in theme.aspects.items()
    ]
    return {
        "themes": filled(TABLES["themes"].schema, themes),
        "aspects": filled(TABLES["aspects"].schema, aspects),
    }
