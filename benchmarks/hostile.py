"""What it costs to refuse a file that may do harm, beside reading an honest one.

Each file that the tests hand over as hostile, workbooks and projects, is read by a process of its
own with everything imported. Told are its processor seconds and the memory that it took beyond what
it had. Files must be refused, or read as what they are, in under a second each.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from machine import MB, say_where

from analysis.codes.exchange.opening import is_workbook, read_coded
from analysis.codes.sheets import book
from analysis.codes.sheets.reading import read_workbook
from analysis.data.codebook import load_codebook
from analysis.errors import FindingsError
from analysis.project import Project

ROOT: Final = Path(__file__).resolve().parents[1]
BAR: Final = 1.0
"""Processor seconds, at most."""
PACKAGES: Final = ("inspection-findings", "openpyxl", "lxml")
HONEST: Final = "honest"


def main() -> None:
    """Measure and print; end with status 1 if a file costs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="files whose names hold these words")
    asked = parser.parse_args()
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "codes")]
    say_where(PACKAGES)
    print(f"{'file':<42} {'kB':>6} {'seconds':>8} {'MB':>5}")
    slow = []
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        for name, path in files(Path(folder)):
            if asked.only in name:
                with get_context("fork").Pool(1) as pool:
                    seconds, more, said = pool.apply(cost, (path,))
                kilobytes = path.stat().st_size / 1000
                print(f"{name:<42} {kilobytes:6.0f} {seconds:8.2f} {more:5.0f}  {said}", flush=True)
                slow += [name] * (seconds > BAR)
    if slow:
        sys.exit(f"over {BAR:.0f} processor second: {', '.join(slow)}")
    print(f"all within {BAR:.0f} processor second")


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Write what the tests hand over, honest files first; give each with its name."""
    import test_exchange as projects
    import test_workbook as workbooks
    from builders import FIXTURE

    laid = workbooks.Book(folder / "honest.xlsx", Project(FIXTURE), workbooks.laid_out())
    made = {
        f"workbook, {HONEST}": laid.path.read_bytes,
        f"project, {HONEST}": lambda: projects.packed(projects.qde(projects.CODE)),
    }
    made |= {f"workbook, {n}": partial(make, laid) for n, (make, _) in workbooks.HOSTILE.items()}
    made |= {f"project, {name}": make for name, (make, _) in projects.HOSTILE.items()}
    for place, (name, make) in enumerate(made.items()):
        path = folder / f"{place}.xlsx"
        path.write_bytes(make())
        yield name, path


def cost(path: Path) -> tuple[float, float, str]:
    """Read a file; return processor seconds, megabytes beyond those before, and what was said."""
    known = book.choices(load_codebook(ROOT / "data" / "raw" / "codebook.yml"))
    before, began = most(), time.process_time()
    try:
        if is_workbook(path):
            read_workbook(path, known)
        else:
            read_coded(path)
        said = "read"
    except FindingsError as error:
        said = "refused: " + " ".join(str(error).partition(path.name)[2].split())[1:60].strip()
    return time.process_time() - began, (most() - before) / MB, said


def most() -> int:
    """Return the most memory that this process has held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main()
