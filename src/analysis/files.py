"""Writing files so that a reader never sees half of one, and nothing is written over its own input.

Every file that the program leaves is written here. What cannot be written is told in a sentence
(`analysis.errors.MachineError`), and what a writer that was killed left half-written is taken away
by the next that writes to the same folder.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from analysis.errors import FindingsError, machine_error

_HOST: Final = sha256(platform.node().encode()).hexdigest()[:8]
_TEMPORARY: Final = re.compile(r"\.findings-(?P<host>[0-9a-f]{8})-(?P<pid>\d+)-\w+\.tmp")
"""Name of a file that is being written: by which machine and which process."""
_DAY: Final = 86_400
"""Seconds after which nobody writes a file any more, whoever began it."""
_swept: Final[set[Path]] = set()


def write_text(path: Path, text: str) -> Path:
    """Write a text file whole or not at all (UTF-8, line ends as they are); returns its path.

    Raises
    ------
    MachineError
        If it cannot be written; the old file is then unchanged.
    """
    write_all({path: text})
    return path


def write_bytes(path: Path, content: bytes) -> Path:
    """Write a file whole or not at all; returns its path.

    The content goes to a temporary file beside it, which then takes its place in one step: a crash,
    a full disk or a second writer leaves the old file or the new one, never a mixture.

    Raises
    ------
    MachineError
        If it cannot be written; the old file is then unchanged.
    """
    write_all({path: content})
    return path


def write_all(contents: Mapping[Path, str | bytes]) -> None:
    """Write files that belong together, all of them or none; text as UTF-8.

    None takes its place before all are written, so that a full disk leaves all the old ones; and if
    one cannot take its place, those that did are put back. Only a process that is killed while they
    take their places, which is the work of a moment, can leave some new and some old, each whole.

    Raises
    ------
    MachineError
        If one cannot be written; the old files are then unchanged.
    """
    staged: list[tuple[Path, Path]] = []
    path = Path()
    try:
        for path, content in contents.items():
            _require_ordinary(path)
            _make_folder(path.parent)
            staged.append((_temporary(path.parent), path))
            _fill(staged[-1][0], content.encode() if isinstance(content, str) else content)
        _exchange(staged)
    except OSError as error:
        raise machine_error(error, f"{error.filename2 or path} cannot be written") from error
    finally:
        for temporary, _path in staged:
            temporary.unlink(missing_ok=True)


def exchange_folders(new: Path, place: Path) -> None:
    """Let a folder take the place of another, which then stands where the first stood.

    In one step where the system can do so; elsewhere the other stands aside for a moment, under the
    name that `aside` gives. Where nothing stands in the place, the folder is moved there.

    Raises
    ------
    MachineError
        If it cannot be done; both then stand where they stood.
    """
    try:
        if not place.exists():
            new.rename(place)
        elif not _exchanged(new, place):
            place.rename(aside(place))
            try:
                new.rename(place)
            except OSError:
                aside(place).rename(place)
                raise
            aside(place).rename(new)
    except OSError as error:
        raise machine_error(error, f"{place} cannot be replaced") from error


def aside(folder: Path) -> Path:
    """Return where a folder stands while another takes its place."""
    return folder.with_name(f".{folder.name}.aside")


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where system or disk know no such step."""
    step = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    here, exchange = -100, 2
    names = os.fsencode(one), os.fsencode(other)
    return step is not None and step(here, names[0], here, names[1], exchange) == 0


def require_place(path: Path, *, inputs: Iterable[Path] = ()) -> None:
    """Refuse a file that could not be written, before any work is done for it.

    Parameters
    ----------
    path
        The file to be written.
    inputs
        Files that are read for it, none of which may be written over.

    Raises
    ------
    FindingsError
        If it is an input.
    MachineError
        If the place is one where no file can be written.
    """
    _refuse_inputs(path, inputs)
    try:
        _require_ordinary(path)
        _try(path.parent)
    except OSError as error:
        raise machine_error(error, f"{path} cannot be written") from error


def require_folder(folder: Path, *, inputs: Iterable[Path] = ()) -> None:
    """Refuse a folder in which nothing could be written, before any work is done for it.

    The folder need not be there. Errors are those of `require_place`.
    """
    _refuse_inputs(folder, inputs)
    try:
        _try(folder)
    except OSError as error:
        raise machine_error(error, f"Nothing can be written to {folder}") from error


def sweep(folder: Path) -> None:
    """Take away what writers that live no more left half-written in a folder."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = _TEMPORARY.fullmatch(entry.name)
            if found and _left(found, entry):
                with suppress(OSError):
                    Path(entry.path).unlink()


def _left(name: re.Match[str], entry: os.DirEntry[str]) -> bool:
    """Whether nobody writes the file any more."""
    if name["host"] == _HOST and not _lives(int(name["pid"])):
        return True
    with suppress(OSError):
        return time.time() - entry.stat().st_mtime > _DAY
    return False


def _lives(pid: int) -> bool:
    if os.name == "nt":  # where asking would end it
        return True
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _refuse_inputs(place: Path, inputs: Iterable[Path]) -> None:
    for file in inputs:
        with suppress(OSError):
            if place.samefile(file):
                raise FindingsError(
                    f"{place} is read here and would be written over. Name another place to write "
                    "to."
                )


def _require_ordinary(path: Path) -> None:
    """Refuse what may not be replaced: a folder, a device, and a link to anything.

    Raises
    ------
    OSError
        With the number that says which.
    """
    if path.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not path.is_file():
        raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), str(path))


def _nearest(folder: Path) -> Path:
    """Return the nearest folder upwards that is there.

    Raises
    ------
    NotADirectoryError
        If a file is where a folder has to be.
    """
    for place in (folder, *folder.parents):
        if place.is_dir():
            return place
        if place.exists():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(place))
    return Path(folder.anchor)


def _try(folder: Path) -> None:
    """Write, for a moment, where the folder is or would be made."""
    _temporary(_nearest(folder)).unlink()


def _make_folder(folder: Path) -> None:
    _nearest(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if (whole := folder.resolve()) not in _swept:
        _swept.add(whole)
        sweep(whole)


def _temporary(folder: Path) -> Path:
    """Make an empty file to be written; its name does not grow with that of the file it becomes."""
    prefix = f".findings-{_HOST}-{os.getpid()}-"
    handle, name = tempfile.mkstemp(dir=folder, prefix=prefix, suffix=".tmp")
    os.close(handle)
    return Path(name)


def _fill(temporary: Path, content: bytes) -> None:
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.chmod(0o644)


def _exchange(staged: Sequence[tuple[Path, Path]]) -> None:
    """Put files in their places; if one cannot be, those that were take theirs again."""
    before: list[tuple[Path, Path | None]] = []
    try:
        for temporary, path in staged:
            if len(staged) > 1:
                before.append((path, _kept(path)))
            temporary.replace(path)
    except BaseException:
        for path, old in reversed(before):
            with suppress(OSError):
                if old:
                    old.replace(path)
                else:
                    path.unlink(missing_ok=True)
        raise
    finally:
        for _path, old in before:
            if old:
                old.unlink(missing_ok=True)


def _kept(path: Path) -> Path | None:
    """Return a second name of a file that is about to be replaced; None if there is none."""
    if not path.exists():
        return None
    kept = _temporary(path.parent)
    kept.unlink()
    try:
        os.link(path, kept)
    except OSError:  # not every disk gives a file two names
        shutil.copy2(path, kept)
    return kept
