"""Archives of files of our own making, the same bytes for the same files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a ZIP archive can name."""


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of parts, in their order, that says nothing of when and where it was made.

    Examples
    --------
    >>> parts = unpacked(packed({"b.xml": b"<b/>", "a.xml": b"<a/>"}))
    >>> list(parts.items())
    [('b.xml', b'<b/>'), ('a.xml', b'<a/>')]
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 3  # as on Unix, on every system
            archive.writestr(info, content, compresslevel=9)
    return buffer.getvalue()


def unpacked(raw: bytes) -> dict[str, bytes]:
    """Return the parts of an archive that was made here; others are looked at before."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {part.filename: archive.read(part) for part in archive.infolist()}
