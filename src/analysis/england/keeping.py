"""What was read and tagged of each document, kept on this machine so that a run can go on.

One file for each document's bytes, in a folder for each state of the program: a run that was killed
goes on where it stopped, and a second one over the same documents reads none again. The files hold
published words and so lie under `data/local/`; they are JSON, which executes nothing when read.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from analysis.documents.kind import Kind
from analysis.documents.printed.dates import Span
from analysis.documents.printed.grades import Grade
from analysis.documents.readings import Finding, Reading, Told
from analysis.documents.workers import Outcome
from analysis.errors import MachineError
from analysis.files import write_text

MARK: Final = "read-by-"
"""What the folders of this store begin with; no other is ever removed."""


class Store:
    """Outcomes by the checksum of the document.

    Parameters
    ----------
    folder
        Where stores lie, such as `data/local/england/`.
    key
        The state of reader, tagger, codebook and packages.

    Attributes
    ----------
    unkept
        Why nothing more is kept, where the folder cannot be written to, or None.
    """

    def __init__(self, folder: Path, key: str) -> None:
        self.root = folder
        self.unkept: MachineError | None = None
        self.folder = folder / f"{MARK}{key}"

    def put(self, outcome: Outcome) -> None:
        """Keep what was read; a refusal is not kept, since it may have been for want of time."""
        if outcome.reading and not self.unkept:
            try:
                write_text(self._path(outcome.sha256), to_json(outcome))
            except MachineError as error:
                self.unkept = error

    def get(self, path: str, sha256: str) -> Outcome | None:
        """Return what was read of a file with these bytes, if it is kept and whole."""
        try:
            return from_json(path, sha256, self._path(sha256).read_text(encoding="utf-8"))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def drop_others(self) -> None:
        """Remove what other states of the program left."""
        for other in self.root.glob(f"{MARK}*"):
            if other != self.folder:
                shutil.rmtree(other, ignore_errors=True)

    def _path(self, sha256: str) -> Path:
        return self.folder / f"{sha256}.json"


def to_json(outcome: Outcome) -> str:
    """Return what was read and made of a document as JSON text."""
    if outcome.reading is None:
        raise ValueError("nothing was read")
    return json.dumps({"reading": asdict(outcome.reading), "more": outcome.more})


def from_json(path: str, sha256: str, text: str) -> Outcome:
    """Return the outcome of which `to_json` made a text.

    Raises
    ------
    ValueError, TypeError, KeyError
        If the text is not such a one.
    """
    held = json.loads(text)
    return Outcome(path, sha256, _reading(held["reading"]), more=held["more"])


def _span(start: str, end: str, year_printed: bool, in_order: bool, parts: list[list[str]]) -> Span:
    days = tuple((first, last) for first, last in parts)
    return Span(start, end, year_printed, in_order, days)


def _reading(held: dict[str, Any]) -> Reading:
    grades = {
        name: [
            Grade(area, printed, page, tuple(lines)) for area, printed, page, lines in held[name]
        ]
        for name in ("grades", "heading_grades")
    }
    return Reading(
        **held
        | grades
        | {
            "kind": Kind(*held["kind"]),
            "visit": _span(*held["visit"]),
            "told": Told(*held["told"]),
            "findings": [Finding(**finding) for finding in held["findings"]],
            "left_out": {part: tuple(count) for part, count in held["left_out"].items()},
        }
    )
