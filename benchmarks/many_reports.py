"""How long many reports take, beside papermill and nbconvert on the same notebook.

Three ways take turns in one run over the same authorities: A, `papermill` then `jupyter nbconvert`
for one authority after another; B, the same, two at a time; C, `findings report --jobs 2`. The
authorities are copies of Knowsley's data under the names of others, in a project of their own, so
that every report is as large as Knowsley's; or, with `--real`, other authorities' own data. Then:
what one report, ten, 24 and 153 cost each with C, with the memory that all its processes held
together, and how long a second run takes in which nothing has changed.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

from machine import MB, Memory, say_where

ROOT: Final = Path(__file__).resolve().parents[1]
BIN: Final = Path(sys.executable).parent
MODEL: Final = "knowsley"
PACKAGES: Final = (
    "inspection-findings", "papermill", "nbconvert", "ipykernel", "matplotlib", "pandas",
)  # fmt: skip
SCALES: Final = (1, 10, 24, 153)
FEWEST: Final = 24
BARS: Final = {False: (("A", 6.0), ("B", 3.0)), True: (("A", 8.0), ("B", 4.0))}
"""How many times as fast `findings report` is to be, by whether the data are authorities' own."""
SEED: Final = 24
"""Draws the authorities of `--real`."""


@dataclass
class Way:
    """One way of making the reports, and what each repeat of it took.

    Attributes
    ----------
    name, what
        Letter and commands.
    run
        Makes every report once; returns the most memory held, bytes (0 where not sampled).
    seconds, cpu, peaks
        Of each repeat: on the clock; of processors, child processes included; memory.
    """

    name: str
    what: str
    run: Callable[[], int]
    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peaks: list[int] = field(default_factory=list)

    def measure(self) -> None:
        """Run once and keep what it took."""
        before, start = _cpu(), time.perf_counter()
        self.peaks.append(self.run())
        self.seconds.append(time.perf_counter() - start)
        self.cpu.append(_cpu() - before)


def _cpu() -> float:
    used = os.times()
    return used.children_user + used.children_system


def compose(folder: Path, count: int) -> list[str]:
    """Make a project in which so many authorities have Knowsley's data; return their slugs."""
    raw = folder / "data" / "raw"
    raw.mkdir(parents=True)
    for name in ("authorities.csv", "codebook.yml"):
        shutil.copy(ROOT / "data" / "raw" / name, raw / name)
    england = ROOT / "data" / "processed" / "england"
    if england.is_dir():
        shutil.copytree(england, folder / "data" / "processed" / "england")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    with (raw / "authorities.csv").open(encoding="utf-8-sig", newline="") as file:
        slugs = [row["authority"] for row in csv.DictReader(file)][:count]
    for slug in slugs:
        for path in sorted((ROOT / "data" / "raw" / MODEL).rglob("*.csv")):
            place = path.relative_to(ROOT / "data" / "raw" / MODEL)
            copy = raw / slug / place.with_name(place.name.replace(MODEL, slug))
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(path.read_text("utf-8").replace(f"{MODEL}-", f"{slug}-"), "utf-8")
    return slugs


def copy_real(folder: Path) -> list[str]:
    """Copy the data of every authority, with its times; return the slugs in random order."""
    for part in ("data/raw", "data/processed/england", "notebooks"):
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part)
    slugs = sorted(path.name for path in (folder / "data" / "raw").iterdir() if path.is_dir())
    return random.Random(SEED).sample(slugs, len(slugs))  # noqa: S311 - no secret


def _quiet(folder: Path, *command: object) -> None:
    subprocess.run(
        [str(part) for part in command], check=True, env=_environment(folder), cwd=folder,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _environment(folder: Path) -> dict[str, str]:
    return dict(os.environ) | {"FINDINGS_ROOT": str(folder), "SOURCE_DATE_EPOCH": "1767225600"}


def one_by_hand(folder: Path, out: Path, slug: str) -> None:
    """Make a report as one would without this project's command."""
    out.mkdir(exist_ok=True)
    notebook = out / f"{slug}.ipynb"
    source = folder / "notebooks" / "report.ipynb"
    _quiet(folder, BIN / "papermill", source, notebook, "-p", "authority", slug)
    _quiet(folder, BIN / "jupyter", "nbconvert", "--to", "html", notebook)


def by_hand(folder: Path, out: Path, slugs: Sequence[str], at_a_time: int) -> int:
    """Make reports one after another, or some at a time."""
    with ThreadPoolExecutor(at_a_time) as pool:
        list(pool.map(lambda slug: one_by_hand(folder, out, slug), slugs))
    return 0


def by_command(folder: Path, out: Path, slugs: Sequence[str], jobs: int) -> int:
    """Make reports with `findings report`; return the most memory that it held."""
    command = [BIN / "findings", "report", *slugs, "--out", out, "--jobs", jobs, "--force"]
    with subprocess.Popen(
        [str(part) for part in command], env=_environment(folder), cwd=folder,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        memory = Memory(process.pid)
        _, said = process.communicate()
        peak = memory.stop()
    if process.returncode:
        raise SystemExit(f"findings report ended with status {process.returncode}: {said}")
    return peak


def say_ways(ways: Sequence[Way], count: int, bars: Sequence[tuple[str, float]]) -> None:
    """Print what each way took, and the ratios."""
    print(f"\nReports: {count}; repeats, taking turns: {len(ways[0].seconds)}; medians\n")
    print("                                               s a report   CPU s a report")
    for way in ways:
        wall, cpu = (median(taken) / count for taken in (way.seconds, way.cpu))
        print(f"{way.name}  {way.what:42}  {wall:10.2f}   {cpu:14.2f}")
    mine = median(ways[-1].seconds)
    print()
    for way, (_name, bar) in zip(ways, bars, strict=False):
        ratio = median(way.seconds) / mine
        met = "met" if ratio >= bar else "NOT met"
        print(f"C is {ratio:.1f} times as fast as {way.name} (bar: {bar:g}, {met})")


def say_scales(folder: Path, slugs: Sequence[str], scales: Sequence[int], jobs: int) -> None:
    """Print what a report costs in runs of several sizes, and what an unchanged run takes."""
    print("\nreports   s a report   all s   peak MB (all processes)")
    for count in scales:
        out = folder / f"scale-{count}"
        start = time.perf_counter()
        peak = by_command(folder, out, slugs[:count], jobs)
        taken = time.perf_counter() - start
        print(f"{count:7}   {taken / count:10.2f}   {taken:5.0f}   {peak / MB:7.0f}", flush=True)
    out = folder / f"scale-{scales[-1]}"
    command = [str(BIN / "findings"), "report", *slugs[: scales[-1]], "--out", str(out)]
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        ran = subprocess.run(
            command, env=_environment(folder), cwd=folder, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        taken.append(time.perf_counter() - start)
        if f"{scales[-1]} unchanged" not in ran.stderr:
            raise SystemExit(f"something was made again: {ran.stderr}")
    print(f"\nUnchanged second run over {scales[-1]}: {median(taken):.2f} s (median of 3)")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--reports", type=int, default=FEWEST, help=f"{FEWEST} if not given")
    parser.add_argument("--repeats", type=int, default=1, help="1 if not given")
    parser.add_argument("--jobs", type=int, default=2, help="of C and B; 2 if not given")
    parser.add_argument("--scales", default=",".join(map(str, SCALES)), help="of runs of C")
    parser.add_argument("--only-scales", action="store_true", help="leave A and B out")
    parser.add_argument("--real", action="store_true", help="authorities' own data")
    given = parser.parse_args()
    scales = sorted(int(part) for part in given.scales.split(",") if part)
    say_where(PACKAGES)
    with tempfile.TemporaryDirectory(prefix="findings-benchmark-") as name:
        folder = Path(name)
        most = max([given.reports, *scales])
        slugs = copy_real(folder) if given.real else compose(folder, most)
        some = slugs[: given.reports]
        ways = [
            Way("A", "papermill, then jupyter nbconvert",
                lambda: by_hand(folder, folder / "a", some, 1)),
            Way("B", f"the same, {given.jobs} at a time",
                lambda: by_hand(folder, folder / "b", some, given.jobs)),
            Way("C", f"findings report --jobs {given.jobs}",
                lambda: by_command(folder, folder / "c", some, given.jobs)),
        ]  # fmt: skip
        if not given.only_scales:
            for repeat in range(given.repeats):
                turn = repeat % len(ways)
                for way in [*ways[turn:], *ways[:turn]]:
                    way.measure()
                    print(f"{way.name}: {way.seconds[-1]:.0f} s", file=sys.stderr, flush=True)
            say_ways(ways, len(some), BARS[given.real])
        if scales:
            say_scales(folder, slugs, scales, given.jobs)


if __name__ == "__main__":
    main()
