"""What the England tables hold about one authority."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.codebook import Codebook
from analysis.england import tables
from analysis.england.provenance import Provenance, read_provenance


@dataclass(frozen=True)
class Tagged:
    """Tables of one authority, made by the program from its documents.

    Attributes
    ----------
    provenance
        How the England tables were made.
    tables
        Name to table, columns as in `analysis.england.tables.SCHEMAS` without the authority.
    """

    provenance: Provenance
    tables: dict[str, pd.DataFrame]

    def new_themes(self, codebook: Codebook) -> list[str]:
        """Themes of the codebook that nobody has looked for in these findings."""
        return [theme for theme in codebook.ids if theme not in self.provenance.themes]

    def changed_themes(self, codebook: Codebook) -> list[str]:
        """Themes that were looked for under another definition."""
        from analysis.tagger.model import fingerprint

        known = self.provenance.themes
        return [t.id for t in codebook.themes if known.get(t.id, fingerprint(t)) != fingerprint(t)]


def authorities_held(folder: Path) -> list[str]:
    """Return the slugs of the authorities in the tables of a folder; none where there are none."""
    provenance = read_provenance(folder)
    if provenance is None:
        return []
    return sorted(set(_read(folder, "visits", provenance)["authority"]))


def load_tagged(folder: Path, authority: str) -> Tagged | None:
    """Read what the tables of a folder hold about an authority; None if nothing.

    Raises
    ------
    FindingsError
        If a table is missing or is another than the one that was built.
    """
    provenance = read_provenance(folder)
    if provenance is None:
        return None
    visits = _read(folder, "visits", provenance, authority)
    if visits.empty:
        return None
    held = {
        name: _read(folder, name, provenance, authority)
        for name in tables.SCHEMAS
        if name != "visits"
    }
    parts = {"visits": visits} | held
    return Tagged(
        provenance, {name: table.drop(columns="authority") for name, table in parts.items()}
    )


def _read(folder: Path, name: str, provenance: Provenance, authority: str = "") -> pd.DataFrame:
    return tables.read(folder, name, provenance.tables.get(name, ""), authority)
