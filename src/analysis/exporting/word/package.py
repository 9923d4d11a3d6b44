"""The file of a Word document, the same bytes for the same document."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from docx.document import Document

from analysis.packing import packed, unpacked

_THUMBNAIL: Final = "/thumbnail"


def to_bytes(document: Document) -> bytes:
    """Return a document's file without dates of its own and without the template's thumbnail."""
    relations = document.part.package.rels
    for name in [n for n, relation in relations.items() if relation.reltype.endswith(_THUMBNAIL)]:
        del relations[name]
    written = BytesIO()
    document.save(written)
    return packed(unpacked(written.getvalue()))
