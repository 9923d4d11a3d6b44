"""The folder of a site: one writer, built aside, and in its place whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from filelock import FileLock, Timeout

from analysis.english import few_of
from analysis.errors import FindingsError, machine_error
from analysis.files import aside, exchange_folders, require_folder, write_all
from analysis.site.state import FILE, State, read_state

_NAMED: Final = 3


class SiteFolder:
    """The one writer of a site, from its opening to its closing.

    Parameters
    ----------
    place
        Where the site lies, or will.

    Attributes
    ----------
    before
        What is known of the site that lies there, or None.

    Raises
    ------
    FindingsError
        If nothing can be written there, another run is writing, or it holds what is not the site's.
    """

    def __init__(self, place: Path) -> None:
        self.place = Path(os.path.realpath(place))
        self._aside = self.place.with_name(f".{self.place.name}.making")
        self._lock = FileLock(self.place.with_name(f".{self.place.name}.lock"), timeout=0)
        self.before: State | None = None

    def __enter__(self) -> Self:
        require_folder(self.place.parent)
        try:
            self.place.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout as error:
            raise FindingsError(
                f"Another run is writing to {self.place}. Wait until it has ended, or choose "
                "another folder with --out."
            ) from error
        except OSError as error:
            raise machine_error(error, f"Nothing can be written beside {self.place}") from error
        try:
            self._recover()
            self.before = read_state(self.place)
            self._refuse_foreign()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self._aside, ignore_errors=True)
        self._lock.release()

    def _recover(self) -> None:
        """Put back what a run that was killed left aside, and take away what it had begun."""
        if aside(self.place).is_dir():
            if self.place.exists():
                shutil.rmtree(aside(self.place), ignore_errors=True)
            else:
                aside(self.place).rename(self.place)
        shutil.rmtree(self._aside, ignore_errors=True)

    def _refuse_foreign(self) -> None:
        """Refuse a folder with files that are not the site's: they would be gone with the old."""
        if self.place.exists() and not self.place.is_dir():
            raise FindingsError(f"{self.place} is a file. Name a folder with --out.")
        own = {FILE, *(self.before.files if self.before else ())}
        foreign = sorted(
            path.relative_to(self.place).as_posix()
            for path in self.place.rglob("*")
            if path.is_dir() or path.relative_to(self.place).as_posix() not in own
        )
        if foreign:
            raise FindingsError(
                f"{self.place} holds what is not the site's: {few_of(foreign, _NAMED)}. The site "
                "replaces its whole folder. Move that away, or name another folder with --out."
            )

    def publish(
        self, state: State, contents: Mapping[str, bytes], kept: Iterable[str]
    ) -> tuple[State, list[str]]:
        """Put a whole site in its place.

        Parameters
        ----------
        state
            What it was made from and what it states.
        contents
            Files that were made, by name.
        kept
            Names of files of the site that lies there which stay as they are.

        Returns
        -------
        State, list of str
            With the checksums of all files; names of those whose bytes are new.

        Raises
        ------
        MachineError
            If it cannot be written; the site that lies there then stays.
        """
        held = self.before.files if self.before else {}
        made = {name: hashlib.sha256(raw).hexdigest() for name, raw in contents.items()}
        new = [name for name, digest in made.items() if held.get(name) != digest]
        whole = replace(state, files=made | {name: held[name] for name in kept})
        try:
            self._aside.mkdir()
            for name in kept:
                _link(self.place / name, self._aside / name)
        except OSError as error:
            raise machine_error(error, f"{self._aside} cannot be written") from error
        texts: dict[str, str | bytes] = dict(contents) | {FILE: whole.text()}
        write_all({self._aside / name: content for name, content in texts.items()})
        exchange_folders(self._aside, self.place)
        return whole, new


def _link(old: Path, new: Path) -> None:
    """Give a file a second name; not every disk can, and there it is copied."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
