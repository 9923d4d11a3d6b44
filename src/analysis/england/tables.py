"""The England tables: their shape, and writing and reading them.

One parquet file a table, under `data/processed/england/`, in the words and columns of
`analysis.data.schemas` with the authority in front. They hold places and codes and no published
text: nobody needs the documents to use them. `provenance.json` beside them says how they were made
and which bytes each file has.
"""

from __future__ import annotations

import io
from hashlib import sha256
from pathlib import Path
from typing import Final

import pandas as pd
import pandera.pandas as pa

from analysis.data import schemas
from analysis.errors import FindingsError
from analysis.files import write_all

BUILD: Final = "build it anew with `findings england FOLDER`, or restore it from the repository"
SUFFIX: Final = ".parquet"
_AUTHORITY: Final = schemas.AUTHORITIES.columns["authority"]
_SCORE: Final = pa.Column(
    "float32",
    pa.Check.in_range(0, 1, error="out of range|0 to 1; missing for theme `none`"),
    nullable=True,
    description="How likely a reader would give the theme, as the tagger reckons",
)
_EXTENT: Final = pa.Column(
    str,
    schemas.CODES.columns["extent"].checks,
    description="The inspectors' quantity word beside the theme, where the tagger tells one",
)
_DOCUMENT: Final = pa.Column(
    str, schemas.JUDGEMENTS.columns["document"].checks, description="The document it stands in"
)
_PROBLEMS: Final = pa.DataFrameSchema(
    {
        "authority": pa.Column(str, description="The authority; blank where it is not known"),
        "file": pa.Column(str, description="The file, by its path in the folder that was read"),
        "document": pa.Column(str, description="The document; blank for a file that was refused"),
        "severity": pa.Column(
            str,
            pa.Check.isin(["refused", "oddity"], error="not in the list|refused, oddity"),
            description="`refused`: nothing of the file is in these tables; `oddity`: look at it",
        ),
        "problem": pa.Column(str, description="What is wrong or odd, and for a refusal what to do"),
    },
    strict=True,
    description="Every file that was refused, and everything odd inside a document.",
)


def _of_all(
    schema: pa.DataFrameSchema,
    description: str,
    *,
    without: tuple[str, ...] = (),
    more: dict[str, pa.Column] | None = None,
) -> pa.DataFrameSchema:
    """Schema of one authority's table, with the authority in front."""
    authority = pa.Column(str, _AUTHORITY.checks, description="The authority")
    typed = schema.update_columns({name: {"dtype": str} for name in schema.columns})
    kept = {name: column for name, column in typed.columns.items() if name not in without}
    columns = {"authority": authority} | kept | (more or {})
    return pa.DataFrameSchema(columns, strict=True, unique=schema.unique, description=description)


SCHEMAS: Final[dict[str, pa.DataFrameSchema]] = {
    "visits": _of_all(schemas.VISITS, "Every visit of which a document was read."),
    "documents": _of_all(
        schemas.DOCUMENTS, "Publications about visits, with the checksum of each file read."
    ),
    "judgements": _of_all(schemas.JUDGEMENTS, "Grades, as printed and normalised."),
    "findings": _of_all(
        schemas.FINDINGS,
        "One row per numbered paragraph, bullet or finding paragraph: where it stands.",
        without=("repeats", "fingerprint", "summary"),
        more={"document": _DOCUMENT},
    ),
    "codes": _of_all(
        schemas.CODES,
        "The tagger's codes, one row per finding, theme and cohort. Nobody has read behind them.",
        without=("note", "lean", "extent", "extent_printed", "harm", "part", "found"),
        more={"score": _SCORE, "extent": _EXTENT},
    ),
    "problems": _PROBLEMS,
}
"""Schema of each table."""
ORDER: Final[dict[str, tuple[str, ...]]] = {
    "visits": ("authority", "start", "visit"),
    "documents": ("authority", "published", "document"),
    "judgements": ("authority", "document"),
    "findings": ("authority", "document"),
    "codes": ("authority",),
    "problems": ("severity", "authority", "document", "file", "problem"),
}
"""What rows are sorted by; those that are alike in it keep the order of the document."""


def empty(name: str) -> pd.DataFrame:
    """Return a table of that name without rows."""
    types = {column: held.dtype.type for column, held in SCHEMAS[name].columns.items()}
    return pd.DataFrame({column: pd.Series(dtype=str(kind)) for column, kind in types.items()})


def to_parquet(table: pd.DataFrame, name: str) -> bytes:
    """Return a table as the bytes of a parquet file: the same bytes for the same rows.

    Columns of text are dictionary-encoded, all is compressed with zstd.
    """
    import pyarrow
    import pyarrow.parquet

    schema = pyarrow.schema(
        [
            (column, pyarrow.float32() if column == "score" else pyarrow.string())
            for column in SCHEMAS[name].columns
        ]
    )
    ordered = table.sort_values(list(ORDER[name]), kind="stable")
    arrays = [
        pyarrow.array(ordered[field.name].to_numpy(dtype=object), field.type, from_pandas=True)
        for field in schema
    ]
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(
        pyarrow.table(arrays, schema=schema),
        buffer,
        compression="zstd",
        compression_level=19,
        use_dictionary=True,
        data_page_version="2.0",
        store_schema=False,
    )
    return buffer.getvalue()


def write(folder: Path, contents: dict[str, bytes]) -> list[Path]:
    """Write files into a folder, all or none; return their paths."""
    places = {folder / name: content for name, content in contents.items()}
    write_all(places)
    return list(places)


def read(folder: Path, name: str, checksum: str, authority: str = "") -> pd.DataFrame:
    """Read a table, of one authority if one is named.

    Parameters
    ----------
    folder
        `data/processed/england/`.
    name
        A key of `SCHEMAS`.
    checksum
        SHA-256 that the file must have, by `provenance.json`.
    authority
        Slug; blank for all.

    Returns
    -------
    pandas.DataFrame
        The columns of its schema: text (blank, never missing), and `score` as float.

    Raises
    ------
    FindingsError
        If the file is missing or is another than the one that was built.
    """
    import pyarrow
    import pyarrow.parquet

    path = folder / f"{name}{SUFFIX}"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FindingsError(f"{path} cannot be read ({error.strerror}); {BUILD}.") from error
    if sha256(content).hexdigest() != checksum:
        raise FindingsError(f"{path} is not the file that provenance.json tells of; {BUILD}.")
    filters = [("authority", "=", authority)] if authority else None
    table = pyarrow.parquet.read_table(pyarrow.BufferReader(content), filters=filters)
    frame: pd.DataFrame = table.to_pandas()
    return frame.astype({c: float if c == "score" else str for c in frame.columns})
