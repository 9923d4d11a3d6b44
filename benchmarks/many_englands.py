"""How three questions of the guide go at many times England, beside one England.

The gathered tables are copied under other names, so many times, each copy a parquet file of its
own. Each question is asked in DuckDB and in Dask, in a process of its own and on one core; every
count must be so many times that of one England, or the run fails. Printed are seconds and the most
memory held, and how both grow.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Final

import pandas as pd
from machine import MB, PROC, say_where

from analysis.project import Project

PACKAGES: Final = ("inspection-findings", "duckdb", "dask", "pandas", "pyarrow")
IDS: Final = {"authorities": ("authority",), "visits": ("authority", "visit"),
              "statuses": ("authority", "visit"), "codes": ("authority", "visit", "finding"),
              "needs": ("authority", "need")}  # fmt: skip
"""Tables that are asked, and their columns that name something of one England."""
QUESTIONS: Final = {
    "weak": "In how many authorities of each region did full inspections find caseloads weak?",
    "found": "How many weaknesses, strengths … did each year's visits find on each theme?",
    "again": "In how many authorities was each aspect raised at two visits or more?",
}
TIMES: Final = 10
MOST: Final = 4_000 * MB
"""Memory that so many Englands may take."""
FULL: Final = ("inspection", "re-inspection")
Answer = dict[str, int]

SQL: Final = {
    "weak": """
        SELECT a.region_name, count(DISTINCT s.authority)
        FROM '{0}/statuses/*.parquet' s JOIN '{0}/visits/*.parquet' v ON v.visit = s.visit
        JOIN '{0}/authorities/*.parquet' a ON a.authority = s.authority
        WHERE s.theme = 'caseloads' AND s.cohort = 'all' AND s.status = 'weakness'
          AND v.start >= '2018' AND v.kind IN ('inspection', 're-inspection')
        GROUP BY 1""",
    "found": """
        SELECT substr(v.start, 1, 4) || ' ' || c.theme || ' ' || c.direction, count(*)
        FROM '{0}/codes/*.parquet' c JOIN '{0}/visits/*.parquet' v ON v.visit = c.visit
        WHERE c.direction <> '' GROUP BY 1""",
    "again": """
        SELECT theme || ' ' || aspect, count(DISTINCT authority)
        FROM '{0}/needs/*.parquet' WHERE visits_raised > 1 GROUP BY 1""",
}


def by_duckdb(folder: Path, question: str) -> Answer:
    """Ask in SQL."""
    import duckdb

    with duckdb.connect(config={"threads": 1}) as base:
        return dict(base.execute(SQL[question].format(folder)).fetchall())


def by_dask(folder: Path, question: str) -> Answer:
    """Ask in data frames, of which no more is held than is needed."""
    import dask
    import dask.dataframe as dd

    def read(name: str, *columns: str) -> dd.DataFrame:
        return dd.read_parquet(folder / name, columns=list(columns))

    with dask.config.set(scheduler="synchronous"):
        if question == "again":
            needs = read("needs", "authority", "theme", "aspect", "visits_raised")
            needs = needs[needs["visits_raised"] > 1]
            pairs = needs[["authority", "theme", "aspect"]].drop_duplicates()
            return _counts(pairs, ["theme", "aspect"])
        visits = read("visits", "visit", "kind", "start")
        if question == "found":
            visits = visits.assign(year=visits["start"].str[:4])[["visit", "year"]]
            codes = read("codes", "visit", "theme", "direction")
            rows = codes[codes["direction"] != ""].merge(visits, on="visit")
            return _counts(rows, ["year", "theme", "direction"])
        full = visits[visits["kind"].isin(FULL) & (visits["start"] >= "2018")][["visit"]]
        statuses = read("statuses", "authority", "visit", "theme", "cohort", "status")
        asked = (statuses["theme"] == "caseloads") & (statuses["cohort"] == "all")
        weak = statuses[asked & (statuses["status"] == "weakness")].merge(full, on="visit")
        regions = read("authorities", "authority", "region_name")
        rows = weak[["authority"]].drop_duplicates().merge(regions, on="authority")
        return _counts(rows, ["region_name"])


def _counts(rows: object, by: list[str]) -> Answer:
    counts = rows.groupby(by).size().compute()  # type: ignore[attr-defined]
    keys: Iterable[object] = counts.index
    told = [" ".join(map(str, key)) if isinstance(key, tuple) else str(key) for key in keys]
    return dict(zip(told, map(int, counts), strict=True))


WAYS: Final[dict[str, Callable[[Path, str], Answer]]] = {"DuckDB": by_duckdb, "Dask": by_dask}


def copy(england: Path, folder: Path, times: int) -> int:
    """Write so many Englands; return the bytes of all files."""
    size = 0
    for name, ids in IDS.items():
        place = folder / name
        place.mkdir(parents=True)
        table = pd.read_parquet(england / f"{name}.parquet")
        for number in range(times):
            other = table.assign(**{column: f"{number}~" + table[column] for column in ids})
            path = place / f"{number:04d}.parquet"
            other.to_parquet(path, index=False, compression="zstd")
            size += path.stat().st_size
    return size


def asked(way: str, folder: Path, question: str) -> tuple[Answer, float, int]:
    """Ask in a process of its own; return the answer, seconds and bytes of memory."""
    command = [sys.executable, __file__, "--one", way, str(folder), question]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(ran.stdout)
    return told["answer"], told["seconds"], told["memory"]


def one(way: str, folder: str, question: str) -> None:
    """Ask once, what is imported aside, and print what came of it."""
    for name in ("dask.dataframe", "duckdb"):
        import_module(name)
    start = time.process_time()
    answer = WAYS[way](Path(folder), question)
    seconds = time.process_time() - start
    print(json.dumps({"answer": answer, "seconds": seconds, "memory": most_held()}))


def most_held() -> int:
    """Most memory that this process has held, in bytes; 0 where there is no `/proc`."""
    with suppress(OSError):
        for line in (PROC / "self" / "status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0


def compare(england: Path, times: int) -> Sequence[str]:
    """Measure and print; return what is wrong."""
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        few, many = Path(name) / "one", Path(name) / "many"
        copy(england, few, 1)
        size = copy(england, many, times)
        print(f"{times} times England: {size / MB:.0f} MB of parquet")
        print(f"{'':8}{'':8}{'1 England':>20}{f'{times} times':>20}{'grows':>8}")
        for question, said in QUESTIONS.items():
            print(said)
            for way in WAYS:
                answer, seconds, memory = asked(way, few, question)
                more, longer, largest = asked(way, many, question)
                if more != {key: times * count for key, count in answer.items()} or not answer:
                    wrong.append(f"{way}, {question}: not {times} times one England")
                if times <= TIMES and largest > MOST:
                    wrong.append(f"{way}, {question}: {largest / MB:.0f} MB")
                print(
                    f"{'':8}{way:8}{seconds:8.2f} s {memory / MB:6.0f} MB"
                    f"{longer:10.2f} s {largest / MB:6.0f} MB{longer / seconds:7.1f}x"
                )
    return wrong


def main() -> int:
    """Measure and print; 1 if a count is not what it must be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=TIMES, help="so many Englands")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.one:
        one(*told.one)
        return 0
    england = Project.find().england
    if not (england / "codes.parquet").is_file():
        print("The tables of England are not gathered: run `findings england`.")
        return 2
    say_where(PACKAGES)
    wrong = compare(england, told.times)
    print(*wrong, sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
