"""Writing files so that a reader never sees half of one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

TEMPORARY: Final = ".tmp"
"""Ending of a file that is being written; its name begins with a dot."""


def write_text(path: Path, text: str) -> Path:
    """Write a text file whole or not at all (UTF-8, LF); returns its path.

    Raises
    ------
    OSError
        If it cannot be written; the old file is then unchanged.
    """
    return write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> Path:
    """Write a file whole or not at all; returns its path.

    The content goes to a temporary file beside it, which then takes its place in one step: a crash,
    a full disk or a second writer leaves the old file or the new one, never a mixture.

    Raises
    ------
    OSError
        If it cannot be written; the old file is then unchanged.
    """
    write_all({path: content})
    return path


def write_texts(texts: Mapping[Path, str]) -> None:
    """Write several text files as `write_all` does (UTF-8, LF)."""
    write_all({path: text.encode("utf-8") for path, text in texts.items()})


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write several files that belong together, each whole or not at all.

    None takes its place before all are written, so that a full disk leaves all the old ones.

    Raises
    ------
    OSError
        If one cannot be written; the old files are then unchanged.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(
                dir=path.parent, prefix=f".{path.name}.", suffix=TEMPORARY
            )
            staged.append((Path(name), path))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
        while staged:
            temporary, path = staged[0]
            temporary.replace(path)
            staged.pop(0)
    finally:
        for temporary, _path in staged:
            temporary.unlink(missing_ok=True)
