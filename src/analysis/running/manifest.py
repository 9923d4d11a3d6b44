"""What the reports in a folder were made from: `manifest.json` beside them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from analysis.errors import FindingsError
from analysis.exporting.forms import form_of, in_order
from analysis.report.parameters import Parameters
from analysis.running.tasks import Failed, Made, Task, as_bytes, report_path

FILE: Final = "manifest.json"
FORMAT: Final = 2
OK: Final = "ok"
FAILED: Final = "failed"
NO_DATA: Final = "no data"


@dataclass(frozen=True)
class Entry:
    """What is known of one report.

    Attributes
    ----------
    asked
        Its parameters.
    status
        `ok`, `failed` or `no data`, at the last run.
    inputs
        Digests of what the report in the folder was made from; empty if there is none.
    made
        Date of the report in the folder, ISO; blank if there is none.
    checksums
        SHA-256 of its files by ending or place (`Made.files`).
    summary
        What the index says of it.
    failed
        Why the last run failed, or None.
    """

    asked: Parameters
    status: str
    inputs: dict[str, str] = field(default_factory=dict)
    made: str = ""
    checksums: dict[str, str] = field(default_factory=dict)
    summary: dict[str, str] = field(default_factory=dict)
    failed: Failed | None = None

    @property
    def forms(self) -> tuple[str, ...]:
        """Forms in which the report in the folder was made."""
        return in_order(form_of(part) for part in self.checksums)

    def after(self, task: Task, outcome: Made | Failed, day: str) -> Entry:
        """Return what is known after another run; a failure leaves what was known before."""
        if isinstance(outcome, Failed):
            return replace(self, status=FAILED, failed=outcome)
        checksums = {
            part: hashlib.sha256(as_bytes(content)).hexdigest()
            for part, content in outcome.files.items()
        }
        return Entry(self.asked, OK, task.inputs, day, checksums, outcome.summary)


class Manifest:
    """The reports of a folder by name.

    Parameters
    ----------
    folder
        Where the reports lie. It need not be there; a manifest that cannot be read counts as none,
        so that everything is made again.

    Attributes
    ----------
    read
        The file's bytes as they were read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / FILE
        self.entries: dict[str, Entry] = {}
        self.read = b""
        try:
            self.read = self.path.read_bytes()
            stored = json.loads(self.read)
            if stored.get("format") == FORMAT:
                self.entries = {name: _entry(one) for name, one in stored["reports"].items()}
        except (FindingsError, OSError, ValueError, KeyError, TypeError, AttributeError):
            return

    def of(self, asked: Parameters) -> Entry:
        """Return what is known of a report; an empty entry if nothing is."""
        return self.entries.get(asked.name) or Entry(asked, "")

    def forms(self, entry: Entry, asked: Iterable[str]) -> tuple[str, ...]:
        """Return the forms in which a report is to be had: those asked for and those it has.

        A form all of whose files were deleted is not had any more.
        """
        had = (
            form_of(part)
            for part in entry.checksums
            if form_of(part) and self._place(entry, part).is_file()
        )
        return in_order([*asked, *had])

    def whole(self, entry: Entry, forms: Iterable[str]) -> bool:
        """Whether a report is there in these forms, byte for byte as it was published."""
        wanted = set(forms)
        return (
            entry.status == OK
            and wanted <= set(entry.forms)
            and all(
                _checksum(self._place(entry, part)) == checksum
                for part, checksum in entry.checksums.items()
                if form_of(part) in wanted
            )
        )

    def forget(self) -> None:
        """Forget the forms all of whose files were deleted."""
        for name, entry in self.entries.items():
            had = self.forms(entry, ())
            kept = {part: held for part, held in entry.checksums.items() if form_of(part) in had}
            self.entries[name] = replace(entry, checksums=kept)

    def no_longer(self, before: Entry, now: Entry) -> list[Path]:
        """Return the files that a report had and, made anew, has no more."""
        return [
            self._place(before, part)
            for part in before.checksums
            if part not in now.checksums and form_of(part)
        ]

    def _place(self, entry: Entry, part: str) -> Path:
        return report_path(self.folder, entry.asked.name, part)

    def text(self) -> str:
        """Return the file's text."""
        reports = {name: _plain(self.entries[name]) for name in sorted(self.entries)}
        stored = {"format": FORMAT, "reports": reports}
        return json.dumps(stored, ensure_ascii=False, indent=1) + "\n"


def _checksum(path: Path) -> str:
    """SHA-256 of a file, blank where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _plain(entry: Entry) -> dict[str, Any]:
    told = asdict(entry) | {"asked": entry.asked.values()}
    return {name: value for name, value in told.items() if value}


def _entry(stored: dict[str, Any]) -> Entry:
    failed = stored.get("failed")
    known = stored | {
        "asked": Parameters.typed(**stored["asked"]),
        "failed": Failed(**failed) if failed else None,
    }
    return Entry(**known)
