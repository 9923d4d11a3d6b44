"""How long `findings ingest` takes, beside `pdftotext` on the same files.

Three ways take turns in one run: A, `pdftotext -layout FILE -` once for each file, one after
another; B, `findings ingest --jobs 1` over all of them; C, the same with `--jobs 2`. Every file is
read once before the clock starts, so that all three find it in memory. Memory is sampled while C
runs, over the command and all processes that it starts.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

from machine import MB, Memory, say_where

ROOT: Final = Path(__file__).resolve().parents[1]
FINDINGS: Final = Path(sys.executable).with_name("findings")
PACKAGES: Final = ("inspection-findings", "pypdfium2", "lxml", "python-docx", "typer", "rich")
PDF: Final = b"%PDF-"
SOME_REFUSED: Final = 3


@dataclass
class Way:
    """One way of reading the files, and what each repeat of it took.

    Attributes
    ----------
    name, what
        Letter and command.
    run
        Reads every file once.
    seconds, cpu
        Of each repeat: on the clock, and of processors, child processes included.
    """

    name: str
    what: str
    run: Callable[[], None]
    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def measure(self) -> None:
        """Run once and keep what it took."""
        before, start = _children_cpu(), time.perf_counter()
        self.run()
        self.seconds.append(time.perf_counter() - start)
        self.cpu.append(_children_cpu() - before)


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# The three ways


def _ways(files: Sequence[Path], folder: Path, peaks: list[int]) -> list[Way]:
    def pdftotext() -> None:
        for file in files:
            subprocess.run(
                ["pdftotext", "-layout", str(file), "-"],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=True,
            )

    def ingest(jobs: int) -> None:
        to = folder / f"jobs-{jobs}"
        command = [str(FINDINGS), "ingest", *map(str, files), "--to", str(to), "--jobs", str(jobs)]
        with subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            memory = Memory(process.pid) if jobs > 1 else None
            status = process.wait()
            if memory:
                peaks.append(memory.stop())
        if status not in (0, SOME_REFUSED):
            raise SystemExit(f"findings ingest ended with status {status}")

    return [
        Way("A", "pdftotext -layout", pdftotext),
        Way("B", "findings ingest --jobs 1", lambda: ingest(1)),
        Way("C", "findings ingest --jobs 2", lambda: ingest(2)),
    ]


def _choose(folder: Path, count: int | None) -> list[Path]:
    """Return the PDFs of a folder, or so many of them, evenly over the list of their names."""
    found = [path for path in sorted(folder.rglob("*.pdf")) if _begins_as_pdf(path)]
    if not found:
        raise SystemExit(f"There is no PDF in {folder}.")
    if count is None or count >= len(found):
        return found
    return [found[place * len(found) // count] for place in range(count)]


def _begins_as_pdf(path: Path) -> bool:
    return path.read_bytes().startswith(PDF)  # reads the whole: from now on it lies in memory


# What is printed


def _say_where(files: Sequence[Path]) -> None:
    said = subprocess.run(["pdftotext", "-v"], capture_output=True, text=True, check=False)
    say_where(PACKAGES)
    print(f"Poppler    {(said.stderr or said.stdout).splitlines()[0]}")
    size = sum(path.stat().st_size for path in files)
    print(f"Files      {len(files)} PDFs, {size / MB:.1f} MB", flush=True)


def _say_results(ways: Sequence[Way], files: int, folder: Path, peaks: Sequence[int]) -> None:
    tables = {
        name: [(folder / f"jobs-{jobs}" / f"{name}.csv").read_bytes() for jobs in (1, 2)]
        for name in ("documents", "judgements", "findings", "problems")
    }
    same = all(one == two for one, two in tables.values())
    documents = list(csv.DictReader(tables["documents"][0].decode().splitlines()))
    pages = sum(int(row["pages"] or 0) for row in documents)
    print(f"Read       {len(documents)} files with {pages} pages; B and C wrote the same bytes: "
          f"{'yes' if same else 'NO'}")  # fmt: skip
    print(f"\nRepeats: {len(ways[0].seconds)}, taking turns; median (smallest to largest)\n")
    print(f"{'':30}{'seconds a document':28}{'CPU seconds a document':28}times A")
    first = ways[0].seconds
    for way in ways:
        ratios = [mine / theirs for mine, theirs in zip(way.seconds, first, strict=True)]
        print(
            f"{way.name}  {way.what:27}"
            f"{_spread([s / files for s in way.seconds], 4):28}"
            f"{_spread([s / files for s in way.cpu], 4):28}"
            f"{_spread(ratios, 2)}"
        )
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    largest *= 1 if sys.platform == "darwin" else 1024
    print()
    if any(peaks):
        print(f"Peak memory of C with its processes: {_spread([p / MB for p in peaks], 0)} MB")
    print(f"Largest single process of the run: {largest / MB:.0f} MB")


def _spread(values: Sequence[float], digits: int) -> str:
    low, middle, high = (f"{v:.{digits}f}" for v in (min(values), median(values), max(values)))
    return f"{middle} ({low} to {high})"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=60, help="how many PDFs; 60 if not given")
    parser.add_argument("--all", action="store_true", help="every PDF of the folder")
    parser.add_argument("--repeats", type=int, default=3, help="3 if not given")
    parser.add_argument(
        "--sources",
        type=Path,
        default=os.environ.get("FINDINGS_SOURCES") or None,
        help="folder of published documents; FINDINGS_SOURCES if not given",
    )
    given = parser.parse_args()
    if given.sources is None or not given.sources.is_dir():
        parser.error("name a folder of documents with --sources or FINDINGS_SOURCES")
    if given.files < 1 or given.repeats < 1:
        parser.error("--files and --repeats begin at 1")
    files = [path.resolve() for path in _choose(given.sources, None if given.all else given.files)]
    _say_where(files)
    peaks: list[int] = []
    with tempfile.TemporaryDirectory() as name:
        ways = _ways(files, Path(name), peaks)
        for repeat in range(given.repeats):
            turn = repeat % len(ways)
            for way in [*ways[turn:], *ways[:turn]]:
                way.measure()
        _say_results(ways, len(files), Path(name), peaks)


if __name__ == "__main__":
    main()
