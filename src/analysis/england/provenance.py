"""What the England tables were made from and with: `provenance.json` beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

from analysis.data.codebook import Codebook
from analysis.england.tables import BUILD
from analysis.errors import FindingsError
from analysis.project import PACKAGE, VERSION

NAME: Final = "provenance.json"
PACKAGES: Final = ("lxml", "numpy", "pandas", "pyarrow", "pypdfium2", "python-docx", "scikit-learn")
"""What decides, beside our code, which findings are read and how they are tagged."""
READER: Final = (
    "documents/*.py", "documents/files/*.py", "documents/printed/*.py", "vocabulary.py",
    "dates.py", "files.py", "england/keeping.py",
)  # fmt: skip
RULES: Final = ("codes/tagger/*.py", "data/codebook.py", "england/tagging.py")
MODEL: Final = ("codes/tagger/*.npz",)
"""Files of the package that read, that tag, and what the tagger learned."""
_NO_RULES: Final = frozenset({"scores.py"})
"""Modules that have no say in how a finding is tagged."""


@dataclass(frozen=True)
class Versions:
    """What the findings were read and tagged with; checksums are SHA-256.

    Attributes
    ----------
    package
        Version of this package.
    reader
        Checksum of the program that reads documents.
    model, rules
        Checksums of what the tagger learned, and of the program around it.
    codebook, codebook_sha256
        Version of the codebook, as it says, and checksum of its bytes.
    authorities_sha256
        Checksum of `authorities.csv` and `authority_names.csv`, by which documents are told apart.
    packages
        Versions of the packages that have a say.
    """

    package: str
    reader: str
    model: str
    rules: str
    codebook: str
    codebook_sha256: str
    authorities_sha256: str
    packages: dict[str, str]

    @property
    def key(self) -> str:
        """One short text for all of it."""
        return checksum([json.dumps(asdict(self), sort_keys=True).encode()])[:16]


@dataclass(frozen=True)
class Provenance:
    """How the England tables were made.

    Attributes
    ----------
    versions
        With what.
    themes
        Theme ids with the fingerprint of what each meant when the findings were tagged.
    counts
        Files read and refused, documents left out, and rows of each table.
    tables
        Name of each table to the SHA-256 of its file.
    """

    versions: Versions
    themes: dict[str, str]
    counts: dict[str, int]
    tables: dict[str, str]

    def to_json(self) -> str:
        """Return it as JSON text, the same for the same values."""
        return json.dumps(asdict(self), indent=1, sort_keys=True) + "\n"


def of_now(codebook: Codebook, codebook_file: Path, name_files: Iterable[Path]) -> Versions:
    """Return the versions of what would read and tag now."""
    return Versions(
        package=VERSION,
        reader=_checksum_of(READER),
        model=model_checksum(),
        rules=_checksum_of(RULES),
        codebook=codebook.version,
        codebook_sha256=checksum([codebook_file.read_bytes()]),
        authorities_sha256=checksum(path.read_bytes() for path in name_files if path.is_file()),
        packages={name: version(name) for name in PACKAGES},
    )


def model_checksum() -> str:
    """Checksum of what the tagger that comes with the package has learned."""
    return _checksum_of(MODEL)


def checksum(contents: Iterable[bytes]) -> str:
    """SHA-256 over contents, each with its length."""
    digest = sha256()
    for content in contents:
        digest.update(f"{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _checksum_of(patterns: Iterable[str]) -> str:
    """Checksum of files, each with its name and its folder's, wherever that folder stands."""
    found = {path for pattern in patterns for path in PACKAGE.glob(pattern)}
    files = sorted(path for path in found if path.name not in _NO_RULES)
    return checksum(
        part
        for path in files
        for part in (path.relative_to(path.parents[1]).as_posix().encode(), path.read_bytes())
    )


def read_provenance(folder: Path) -> Provenance | None:
    """Read how the tables of a folder were made; None if there are none.

    Raises
    ------
    FindingsError
        If the file is there but is none of ours.
    """
    path = folder / NAME
    if not path.is_file():
        return None
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        versions = Versions(**held.pop("versions"))
        return Provenance(versions=versions, **held)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise FindingsError(f"{path} cannot be read ({error}); {BUILD}.") from error
