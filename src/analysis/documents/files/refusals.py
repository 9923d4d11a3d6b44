"""Why a file is not read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

MAX_BYTES: Final = 40_000_000
"""Largest file read. The largest published document seen has 3 MB."""
MAX_PAGES: Final = 300
"""Most pages read. The longest published document seen has 58."""
MAX_TEXT: Final = 5_000_000
"""Most characters read from one document."""
MAX_SECONDS: Final = 30.0
"""Longest time given to one document; the slowest published one takes under a second."""
MAX_MEMORY: Final = 2_000_000_000
"""Most address space, in bytes, that the process reading a document may take."""
_TOLD: Final = 200
"""Most characters of a library's error that are told."""
_NO_MEMORY: Final = "ERR_NO_MEMORY"


class UnreadableError(Exception):
    """A file that is not read, with the reason in words and what to do."""


@contextmanager
def broken(kind: str, advice: str) -> Iterator[None]:
    """Tell whatever a library raises on a file as what it is: the file is broken.

    Libraries that read foreign formats raise errors of every kind on a damaged or hostile file.
    Want of memory and of space are not the file's fault, and go on as they are.

    Parameters
    ----------
    kind
        What the file should be, such as `a Word document`.
    advice
        What to do with it.

    Raises
    ------
    UnreadableError
        In place of the library's error.
    """
    try:
        yield
    except (UnreadableError, MemoryError, RecursionError, OSError):
        raise
    except Exception as error:
        if out_of_memory(error):
            raise MemoryError from error
        told = " ".join(str(error).split())[:_TOLD] or type(error).__name__
        raise UnreadableError(f"it cannot be read as {kind} ({told}); {advice}") from error


def out_of_memory(error: Exception) -> bool:
    """Whether an error of the XML library, which may call itself unknown, is a lack of memory."""
    entries = getattr(error, "error_log", None) or ()
    return any(getattr(entry, "type_name", "") == _NO_MEMORY for entry in entries)
