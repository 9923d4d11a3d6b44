"""The file of a Word document, the same bytes for the same document."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Final

from docx.document import Document

EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a ZIP archive can name."""
_THUMBNAIL: Final = "/thumbnail"


def to_bytes(document: Document) -> bytes:
    """Return a document's file without dates of its own and without the template's thumbnail."""
    relations = document.part.package.rels
    for name in [n for n, relation in relations.items() if relation.reltype.endswith(_THUMBNAIL)]:
        del relations[name]
    written, pinned = BytesIO(), BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(pinned, "w") as new:
        for part in old.infolist():
            info = zipfile.ZipInfo(part.filename, EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 3  # as on Unix, on every system
            new.writestr(info, old.read(part), compresslevel=9)
    return pinned.getvalue()
