"""What the England tables hold about one authority."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.data.codebook import Codebook
from analysis.england import tables
from analysis.england.provenance import Provenance, read_provenance
from analysis.english import plural
from analysis.ids import BOARD
from analysis.vocabulary import NO_THEME, TAGGER


@dataclass(frozen=True)
class Tagged:
    """Tables of one authority, made by the program from its documents.

    Attributes
    ----------
    provenance
        How the England tables were made.
    tables
        Name to table, columns as in `analysis.england.tables.SCHEMAS` without the authority.
    cautions
        Where the tables and the codebook in force part, in sentences.
    """

    provenance: Provenance
    tables: dict[str, pd.DataFrame]
    cautions: tuple[str, ...] = ()

    def known(self, codebook: Codebook, more: Iterable[str]) -> Codebook:
        """Return the codebook without the themes that nobody has looked for in these findings.

        A theme that nobody looked for is not silent; `more` are those that people coded.
        """
        looked_for = {*self.provenance.themes, *more}
        return replace(codebook, themes=tuple(t for t in codebook.themes if t.id in looked_for))

    def under(self, codebook: Codebook, keep: Iterable[str] = ()) -> Tagged:
        """Leave out codes on themes that the codebook no longer holds, and say what differs.

        A finding that has no other code is then one without a theme. `keep` are the themes that
        people coded.
        """
        known, codes = self.provenance.themes, self.tables["codes"]
        gone = ~codes["theme"].isin([*codebook.ids, NO_THEME])
        new = [t.name for t in codebook.themes if t.id not in {*known, *keep}]
        changed = [
            t.name for t in codebook.themes if known.get(t.id, t.fingerprint) != t.fingerprint
        ]
        lost = ", ".join(dict.fromkeys(codes.loc[gone, "theme"]))
        left_out = plural(int(gone.sum()), "code is", "codes are")
        said = [
            (lost, f"{left_out} left out; their themes are no longer in the "),
            (", ".join(new), "Nobody has looked for these themes, which are new in the "),
            (", ".join(changed), "Tagged as defined before they were changed in the "),
        ]
        bare = codes[gone & ~codes["finding"].isin(codes.loc[~gone, "finding"])]
        bare = bare.drop_duplicates("finding").assign(theme=NO_THEME, score=float("nan"))
        blank = ["cohort", "direction", "basis", "change_said", "since", "extent"]
        left = pd.concat([codes[~gone], bare.assign(**dict.fromkeys(blank, ""))])
        return replace(
            self,
            tables=self.tables | {"codes": left.reset_index(drop=True)},
            cautions=tuple(f"{words}codebook: {names}." for names, words in said if names),
        )

    def beside(self, documents: pd.DataFrame, visits: pd.DataFrame) -> Tagged | None:
        """Keep what is held of documents that people do not hold; None if they hold them all.

        Parameters
        ----------
        documents
            Those that people hold: schema `DOCUMENTS`. A document of the tables is one of them if
            it bears the same id or checksum, or tells of the same visit as the same kind of
            document from the same side.
        visits
            Those that people hold, which are not held twice: schema `VISITS`.
        """
        own = self.tables["documents"]
        sums = set(documents["sha256"].str.split(";").explode()) - {""}
        named, events = set(documents["document"]), set(_events(documents))
        known = [
            document in named or event in events or not sums.isdisjoint(files.split(";"))
            for document, event, files in zip(
                own["document"], _events(own), own["sha256"], strict=True
            )
        ]
        left = own[~pd.Series(known, index=own.index, dtype=bool)]
        if left.empty:
            return None
        findings = self.tables["findings"]
        findings = findings[findings["document"].isin(left["document"])]
        kept: dict[str, tuple[str, Iterable[str]]] = {
            "visits": ("visit", set(left["visit"]) - set(visits["visit"])),
            "documents": ("document", left["document"]),
            "judgements": ("document", left["document"]),
            "findings": ("finding", findings["finding"]),
            "codes": ("finding", findings["finding"]),
        }
        tables = {name: self.tables[name] for name in self.tables}
        for name, (key, values) in kept.items():
            tables[name] = tables[name][tables[name][key].isin(values)].reset_index(drop=True)
        return replace(self, tables=tables)

    def as_authored(self) -> dict[str, pd.DataFrame]:
        """Return the tables that people would write, in their columns; no summary is there.

        Codes have `score` beside; their own quantity words stay in the table.
        """
        made = {name: self.tables[name] for name in ("visits", "documents", "judgements")}
        return made | {
            "findings": self.tables["findings"].assign(fingerprint="", summary=""),
            "codes": self.tables["codes"].drop(columns="extent").assign(note="", coder=TAGGER),
        }


def _events(documents: pd.DataFrame) -> list[tuple[str, ...]]:
    """What tells documents apart whatever their dates: visit, kind, side, and the board."""
    board = documents["document"].str.contains(f"-{BOARD}-", regex=False).map(str)
    columns = [documents[column] for column in ("visit", "kind", "source")]
    return list(zip(*columns, board, strict=True))


def authorities_held(folder: Path) -> list[str]:
    """Return the slugs of the authorities in the tables of a folder; none where there are none."""
    provenance = read_provenance(folder)
    if provenance is None:
        return []
    return sorted(set(_read(folder, "visits", provenance)["authority"]))


def documents_held(folder: Path) -> pd.DataFrame:
    """Return `authority`, `document` and `sha256` of every document in the tables of a folder."""
    provenance = read_provenance(folder)
    columns = ["authority", "document", "sha256"]
    if provenance is None:
        return pd.DataFrame(columns=columns, dtype=str)
    return _read(folder, "documents", provenance)[columns]


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
