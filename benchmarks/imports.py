"""How long somebody else's coding takes to come in, and how much memory, beside writing the same.

A REFI-QDA project is composed of the texts that Knowsley's export holds, with as many selections as
are asked for, spread over coders, themes and paragraphs. In a copy of the project `findings import`
writes first what the codes are taken to mean, then takes them; `findings export` then writes all of
them again. Each command is a process of its own, from its start to its end.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np
from machine import MB, Memory, say_where

from analysis.codes.exchange.model import Coded, Coding, Selection, Source, guid
from analysis.codes.exchange.ours import as_project, theme_code
from analysis.codes.exchange.writing import to_qdpx
from analysis.data import load_data
from analysis.project import Project
from analysis.vocabulary import DIRECTIONS

ROOT: Final = Path(__file__).resolve().parents[1]
AUTHORITY: Final = "knowsley"
BARS: Final = {"seconds": 30.0, "MB": 500.0}
"""For 100,000 selections: so long and so much memory, at most."""
PACKAGES: Final = ("inspection-findings", "pandas", "lxml", "pandera")
MEMO: Final = "in words of their own, "
"""Of which a memo has up to four, so that 100,000 selections are about 50 MB."""


@dataclass(frozen=True)
class Cost:
    """What a command cost: seconds, processor seconds, and MB at most."""

    seconds: float
    processor: float
    memory: float

    def __str__(self) -> str:
        return (
            f"{self.seconds:6.1f} s, {self.processor:6.1f} processor seconds, {self.memory:4.0f} MB"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--selections", type=int, default=100_000)
    parser.add_argument("--coders", type=int, default=20)
    asked = parser.parse_args()
    say_where(PACKAGES)
    with tempfile.TemporaryDirectory(prefix="imports-") as name:
        project, file = Path(name) / "project", Path(name) / "theirs.qdpx"
        shutil.copytree(ROOT / "data" / "raw", project / "data" / "raw")
        file.write_bytes(to_qdpx(composed(asked.selections, asked.coders)))
        with zipfile.ZipFile(file) as archive:
            inside = sum(entry.file_size for entry in archive.infolist())
        print(
            f"project              {asked.selections:,} selections of {asked.coders} coders, "
            f"{file.stat().st_size / MB:.0f} MB, {inside / MB:.0f} MB unpacked"
        )
        say("their codes, guessed", ran(project, "import", AUTHORITY, str(file)))
        taken = ran(project, "import", AUTHORITY, str(file))
        say("import", taken)
        print(f"  of {BARS['seconds']:.0f} s and {BARS['MB']:.0f} MB for 100,000")
        again = ("export", AUTHORITY, "--to", "qdpx", "--out", str(Path(name) / "ours.qdpx"))
        written = ran(project, *again)
        say("export of the same", written)
        print(f"import / export      {taken.processor / written.processor:.1f}, processor seconds")


def composed(count: int, coders: int) -> Coded:
    """Compose a project of so many selections, the same each time: each another paragraph or theme.

    A paragraph or a theme may be coded by several coders, by each once.
    """
    data = load_data(AUTHORITY, Project(ROOT))
    own = as_project(data)
    places = [
        (source.guid, selection.start, selection.end)
        for source in own.sources
        for selection in {(s.start, s.end): s for s in source.selections}.values()
    ]
    every = list(product(range(coders), range(len(places)), data.codebook.ids))
    draw = np.random.default_rng(0)
    if count > len(every):
        sys.exit(f"{coders} coders can give {len(every):,} codes; ask for more coders.")
    chosen = draw.choice(len(every), count, replace=False)
    found: dict[str, list[Selection]] = {source.guid: [] for source in own.sources}
    for at in chosen.tolist():
        coder, place, theme = every[at]
        source, start, end = places[place]
        who, target = guid("coder", str(coder)), theme_code(theme, DIRECTIONS[at % len(DIRECTIONS)])
        coding = Coding(guid("coding", str(at)), target, who)
        memo = MEMO * (at % 5)
        found[source].append(Selection(guid("s", str(at)), start, end, (coding,), "", memo, who))
    sources: tuple[Source, ...] = tuple(
        replace(source, selections=tuple(found[source.guid])) for source in own.sources
    )
    names = {guid("coder", str(coder)): f"coder-{coder:02}" for coder in range(coders)}
    return replace(own, coders=names, sources=sources)


def ran(project: Path, *arguments: str) -> Cost:
    """Run a command of the project; return what it cost."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "analysis", *arguments], stdout=said, stderr=said,
            env=os.environ | {"FINDINGS_ROOT": str(project)},
        )  # fmt: skip
        memory = Memory(process.pid)
        _pid, status, used = os.wait4(process.pid, 0)
        seconds, most = time.monotonic() - began, memory.stop()
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        if process.returncode:
            sys.exit(f"findings {' '.join(arguments)} failed:\n{said.read().decode()[-2000:]}")
    return Cost(seconds, used.ru_utime + used.ru_stime, most / MB)


def say(what: str, cost: Cost) -> None:
    """Print what a command cost."""
    print(f"{what:<20} {cost}", flush=True)


if __name__ == "__main__":
    main()
