"""The files that somebody named, each once, with the name by which it is shown."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from analysis.documents.files.opening import SUFFIXES
from analysis.documents.publication import is_manifest
from analysis.errors import FindingsError


def gather(paths: Iterable[Path]) -> dict[str, str]:
    """List the files named and those in the folders named, with the name to show for each.

    A folder gives all its files, at any depth, but for hidden ones and the manifest of what
    `findings fetch` left there: what is no document is refused when it is opened, and so is a link
    that leads out of the folder. A file is taken once, however its path is spelled, and shown by
    its path inside its folder; where two would be shown alike, by as much more of their paths as
    tells them apart.

    Raises
    ------
    FindingsError
        If a path does not exist, or there is no file to read.
    """
    files: dict[Path, tuple[str, int]] = {}
    targets: set[Path] = set()
    for path in paths:
        for file, spelled, depth in _files(path):
            target = _led_to(Path(spelled))
            if target not in targets:
                targets.add(target)
                files[file.parent.resolve() / file.name] = (spelled, depth)
    if not files:
        endings = ", ".join(SUFFIXES)
        raise FindingsError(f"No file to read: documents are files that end in {endings}.")
    shown = _shown({place: depth for place, (_, depth) in files.items()})
    return {spelled: shown[place] for place, (spelled, _) in files.items()}


def _files(path: Path) -> Iterator[tuple[Path, str, int]]:
    """Files that a path gives, where to open each, and how many parts of its path lie inside.

    A link is opened where it leads to, except one that leads out of a folder.
    """
    if path.is_dir():
        root = path.resolve()
        for file in sorted(path.rglob("*")):
            parts = file.relative_to(path).parts
            if any(part.startswith(".") for part in parts) or file.is_dir() or is_manifest(file):
                continue
            target = _led_to(file)
            inside = file.is_symlink() and target.is_file() and target.is_relative_to(root)
            yield file, str(target if inside else file), len(parts)
    elif path.exists():
        yield path, str(path.resolve() if path.is_symlink() else path), 1
    else:
        raise FindingsError(f"There is no file or folder {str(path)!r}.")


def _led_to(path: Path) -> Path:
    """Return where links lead in the end; of links that lead in a circle, a place in it."""
    return Path(os.path.realpath(path))


def _shown(depths: dict[Path, int]) -> dict[Path, str]:
    """Show each file by the last parts of its path, as many as tell it from the others."""
    while True:
        names = {place: _printable(place.parts[-depth:]) for place, depth in depths.items()}
        counts = Counter(names.values())
        alike = [p for p in names if counts[names[p]] > 1 and depths[p] < len(p.parts)]
        if not alike:
            return names
        depths = depths | {place: depths[place] + 1 for place in alike}


def _printable(parts: Iterable[str]) -> str:
    r"""Join the parts of a path; bytes that are no UTF-8 are shown as `\xe9`."""
    return os.fsencode("/".join(parts)).decode("utf-8", "backslashreplace")
