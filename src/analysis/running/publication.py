"""Putting reports in their place: one writer for a folder, nothing half-written."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from filelock import FileLock, Timeout

from analysis.errors import FindingsError, MachineError, machine_error
from analysis.exporting.forms import FIGURES
from analysis.files import require_folder, sweep, write_all, write_text
from analysis.project import Project
from analysis.running.index import Place, failure_page, index_page
from analysis.running.manifest import Entry, Manifest
from analysis.running.tasks import Failed, Made, Task, report_path

LOCK: Final = ".lock"
FAILED_ENDING: Final = "failed.html"
INDEX: Final = "index.html"


class Publication:
    """The one writer of a folder of reports, from its opening to its closing.

    Parameters
    ----------
    folder
        Where the reports go; made if it is not there.
    project
        Where the tables behind them go, if they can be written there.
    places
        Every authority that the index lists.
    day
        Date of the run, ISO.

    Attributes
    ----------
    unkept
        Why tables behind the reports could not be written, or None: reports go on without them.

    Raises
    ------
    FindingsError
        If the folder cannot be written to, or another run is writing to it.
    """

    def __init__(self, folder: Path, project: Project, places: Sequence[Place], day: str) -> None:
        self.folder, self.project, self.places, self.day = folder, project, places, day
        self.unkept: MachineError | None = None
        self._lock = FileLock(folder / LOCK, timeout=0)

    def __enter__(self) -> Self:
        try:
            require_folder(self.folder)
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
            write_text(self.folder / f"{LOCK}.by", f"process {os.getpid()}\n")
        except Timeout as error:
            raise FindingsError(
                f"Another run ({self._by()}) is writing to {self.folder}. Wait until it has "
                "ended, or choose another folder with --out."
            ) from error
        except (OSError, MachineError) as error:
            self._lock.release()
            if isinstance(error, OSError):
                error = machine_error(error, f"Nothing can be written to {self.folder}")
            raise FindingsError(f"{error} Reports go elsewhere with --out.") from error
        self.manifest = Manifest(self.folder)
        self._clear()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError):
            (self.folder / f"{LOCK}.by").unlink(missing_ok=True)
        self._lock.release()

    def _by(self) -> str:
        try:
            return (self.folder / f"{LOCK}.by").read_text("utf-8").strip()
        except OSError:
            return "another process"

    def _clear(self) -> None:
        """Take away what a run that was killed left half-written, of every report."""
        for folder in (self.folder, *self.folder.glob(f"*-{FIGURES}")):
            sweep(folder)

    def publish(self, task: Task, outcome: Made | Failed) -> Failed | None:
        """Put a report, or the page that says why there is none, in its place.

        The last good report stays until the new one is whole, and with a failure.

        Returns
        -------
        Failed or None
            Why it could not be made or written, or None if all is well.
        """
        failed = outcome if isinstance(outcome, Failed) else self._put(task, outcome)
        before = self.manifest.of(task.asked)
        entry = before.after(task, failed or outcome, self.day)
        self.manifest.entries[task.name] = entry
        page = report_path(self.folder, task.name, FAILED_ENDING)
        if failed is None:
            for old in (page, *self.manifest.no_longer(before, entry)):
                with suppress(OSError):
                    old.unlink(missing_ok=True)
            failed = self._write({self.manifest.path: self.manifest.text()})
        else:
            said = failure_page(task.asked, failed, entry, self.places)
            self._write({page: said, self.manifest.path: self.manifest.text()})
        return failed

    def note(self, entry: Entry) -> None:
        """Keep what is known of a report that was not made."""
        self.manifest.entries[entry.asked.name] = entry

    def close(self) -> Failed | None:
        """Write manifest and index; say why that failed, or None."""
        self.manifest.forget()
        texts = {
            self.folder / INDEX: index_page(self.manifest.entries, self.places, self.day),
            self.manifest.path: self.manifest.text(),
        }
        return self._write({path: text for path, text in texts.items() if _differs(path, text)})

    def _put(self, task: Task, made: Made) -> Failed | None:
        tables = self.project.processed(task.asked.authority)
        failed = self._write(
            {
                report_path(self.folder, task.name, part): content
                for part, content in made.files.items()
            }
        )
        if failed is None:
            try:
                write_all({tables / name: text for name, text in made.tables.items()})
            except MachineError as error:
                self.unkept = error
        return failed

    def _write(self, contents: Mapping[Path, str | bytes]) -> Failed | None:
        try:
            write_all(contents)
        except MachineError as error:
            return Failed.by_machine(error)
        return None


def _differs(path: Path, text: str) -> bool:
    try:
        return path.read_text("utf-8") != text
    except (OSError, ValueError):
        return True
