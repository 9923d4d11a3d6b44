"""Tagging the findings of one document, in the process that read it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from analysis.documents.readings import Reading

_UNKEPT: Final = ("id", "evidence")
"""What of the tagger's table is not kept: the place stands for the id, and words stay out."""


@dataclass
class Tagging:
    """Tags the findings of a document, in the process that read it.

    Parameters
    ----------
    codebook
        Path of the codebook.
    """

    codebook: str

    def prepare(self) -> None:
        """Load codebook and model."""
        from analysis.codes.tagger.model import shipped_model
        from analysis.data.codebook import load_codebook

        self._book = load_codebook(Path(self.codebook))
        shipped_model()

    def __call__(self, read: Reading) -> dict[str, list[Any]]:
        """Return the tagger's table as columns; `place` is the finding's, counted from 0."""
        import pandas as pd

        from analysis.codes.tagged import narrowed
        from analysis.codes.tagger.tag import tag_fully

        texts = [finding.text for finding in read.findings]
        whole = narrowed(read.areas) or "overall"
        areas = [f.area if f.area != "overall" else whole for f in read.findings]
        findings = pd.DataFrame({"id": range(len(texts)), "text": texts, "area": areas})
        tagged = tag_fully(findings, self._book)
        kept = tagged.drop(columns=list(_UNKEPT)).astype(object)
        kept = kept.where(kept.notna(), None)
        return {"place": [int(i) for i in tagged["id"]]} | {
            str(column): list(kept[column]) for column in kept
        }
