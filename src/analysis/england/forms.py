"""The gathered tables as files: parquet, SQLite, CSV, and the package that describes them."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import pandera.pandas as pa

from analysis.data.dictionary import dictionary
from analysis.dates import today
from analysis.england.gathered import TABLES, Gathered
from analysis.england.state import SQLITE
from analysis.project import TEMPLATES, VERSION, Project
from analysis.results.schemas import filled
from analysis.tables import to_csv

PACKAGE_NAME: Final = "datapackage.json"
_ZSTD: Final = 9
_SQL: Final = {"str": "TEXT", "int64": "INTEGER", "Int64": "INTEGER", "float64": "REAL",
               "bool": "INTEGER"}  # fmt: skip
_FRICTIONLESS: Final = {"str": "string", "int64": "integer", "Int64": "integer",
                        "float64": "number", "bool": "boolean"}  # fmt: skip


def contents(tables: Mapping[str, pd.DataFrame], project: Project) -> dict[str, bytes]:
    """Return every file of the package, but for its provenance, by its path in the folder."""
    made = {parquet_name(name): to_parquet(table, name) for name, table in tables.items()}
    made |= {csv_name(name): to_csv(table).encode() for name, table in tables.items()}
    return made | {
        SQLITE: to_sqlite(tables),
        PACKAGE_NAME: (json.dumps(package(), indent=1, ensure_ascii=False) + "\n").encode(),
        "README.md": readme(tables, project).encode(),
    }


def parquet_name(table: str) -> str:
    """Return the name of the parquet file of a table."""
    return f"{table}.parquet"


def csv_name(table: str) -> str:
    """Return the path of the CSV file of a table."""
    return f"csv/{table}.csv"


def kinds(schema: pa.DataFrameSchema) -> dict[str, str]:
    """Return the type of each column of a schema, as pandas calls it."""
    return {name: str(held.dtype.type) for name, held in schema.columns.items()}


def to_parquet(table: pd.DataFrame, name: str) -> bytes:
    """Return a table as the bytes of a parquet file: the same bytes for the same rows."""
    import pyarrow
    import pyarrow.parquet

    types = {"str": pyarrow.string(), "int64": pyarrow.int64(), "Int64": pyarrow.int64(),
             "float64": pyarrow.float64(), "bool": pyarrow.bool_()}  # fmt: skip
    schema = pyarrow.schema(
        [(column, types[kind]) for column, kind in kinds(TABLES[name].schema).items()]
    )
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(
        pyarrow.Table.from_pandas(table, schema, preserve_index=False).replace_schema_metadata(),
        buffer,
        compression="zstd",
        compression_level=_ZSTD,
        store_schema=False,
    )
    return buffer.getvalue()


def from_parquet(raw: bytes, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Read a table from the bytes of a parquet file, with the types of its schema."""
    import pyarrow
    import pyarrow.parquet

    return filled(schema, pyarrow.parquet.read_table(pyarrow.BufferReader(raw)).to_pandas())


def to_sqlite(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """Return the tables as the bytes of one SQLite file, each in the order of its key."""
    base = sqlite3.connect(":memory:")
    try:
        for name, table in tables.items():
            base.execute(_create(name, TABLES[name]))
            marks = ", ".join("?" * len(table.columns))
            columns = [table[column].astype(object) for column in table.columns]
            rows = zip(*(c.where(c.notna(), None).tolist() for c in columns), strict=True)
            base.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)  # noqa: S608
        base.commit()
        return base.serialize()
    finally:
        base.close()


def _create(name: str, table: Gathered) -> str:
    columns = [f'"{column}" {_SQL[kind]}' for column, kind in kinds(table.schema).items()]
    key = ", ".join(f'"{column}"' for column in table.key)
    links = [
        f'FOREIGN KEY ("{column}") REFERENCES "{to}" ("{TABLES[to].key[0]}")'
        for column, to in table.links.items()
    ]
    body = ", ".join([*columns, f"PRIMARY KEY ({key})", *links])
    return f'CREATE TABLE "{name}" ({body}) WITHOUT ROWID'


def package() -> dict[str, Any]:
    """Return the description of the CSV files as a Frictionless tabular data package."""
    return {
        "profile": "tabular-data-package",
        "name": "inspection-findings-england",
        "title": "What inspectors found in children's services in England",
        "version": VERSION,
        "licenses": [{"name": "MIT", "title": "MIT License"}],
        "resources": [_resource(name, table) for name, table in TABLES.items()],
    }


def _resource(name: str, table: Gathered) -> dict[str, Any]:
    typed = kinds(table.schema)
    fields = [
        {
            "name": column,
            "type": _FRICTIONLESS[typed[column]],
            "description": str(held.description),
        }
        | ({"trueValues": ["True"], "falseValues": ["False"]} if typed[column] == "bool" else {})
        for column, held in table.schema.columns.items()
    ]
    links = [
        {"fields": column, "reference": {"resource": to, "fields": TABLES[to].key[0]}}
        for column, to in table.links.items()
    ]
    schema = {"fields": fields, "primaryKey": list(table.key), "missingValues": [""]}
    return {
        "profile": "tabular-data-resource",
        "name": name.replace("_", "-"),
        "path": csv_name(name),
        "description": str(table.schema.description),
        "encoding": "utf-8-sig",
        "schema": schema | ({"foreignKeys": links} if links else {}),
    }


def readme(tables: Mapping[str, pd.DataFrame], project: Project) -> str:
    """Return the page that says what is in the files, how it was read and how to cite it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    pages = Environment(
        loader=FileSystemLoader(TEMPLATES / "england"), undefined=StrictUndefined,
        keep_trailing_newline=True, autoescape=False,  # noqa: S701 Markdown
    )  # fmt: skip
    visits, findings = tables["visits"], tables["findings"]
    read = visits[visits["held"] != "none"]
    return pages.get_template("readme.md.j2").render(
        rows={name: len(table) for name, table in tables.items()},
        about={name: str(TABLES[name].schema.description) for name in tables},
        authorities=tables["authorities"]["authority"].nunique(),
        documents=len(tables["documents"]),
        findings=len(findings),
        years=(read["start"].min()[:4], read["start"].max()[:4]),
        coders=tables["codes"].groupby("coder")["finding"].nunique().to_dict(),
        read=section(project, "Who read, and how far readers agree"),
        dictionary=dictionary({name: table.schema for name, table in TABLES.items()}),
        year=today().year,
        version=VERSION,
    )


def section(project: Project, heading: str) -> str:
    """Return what the data's own page says under a heading, its links from one folder deeper."""
    page = project.raw("README.md")
    text = page.read_text("utf-8") if page.is_file() else ""
    _, found, rest = text.partition(f"## {heading}\n")
    own = rest.partition("\n## ")[0].strip() if found else ""
    return own.replace("](../../", "](../../../")
