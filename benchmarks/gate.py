"""How far two readers agree who read the same documents by one instruction, apart from each other.

Run by hand from the project's root: `python benchmarks/gate.py`. The readings (by instruction 4)
lie beside it: what each gave of codes, roles, statements on whole areas, and links of needs.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.project import Project
from analysis.vocabulary import NO_THEME

HERE: Final = Path(__file__).parent
READERS: Final = ("first", "second")
GIVEN: Final = ["finding", "theme"]
"""What a code is of; one that a reader gave for several cohorts counts once."""


def read(name: str) -> pd.DataFrame:
    """Return what both readers gave: `codes`, `links`, `roles` or `areas`."""
    return pd.read_csv(HERE / f"gate_{name}.csv", dtype=str, keep_default_na=False)


def f1(table: pd.DataFrame, columns: Iterable[str]) -> tuple[float, int, int]:
    """Return F1 of what both gave, told by some columns, and how much each gave."""
    first, second = (
        set(table.loc[table["reader"] == reader, list(columns)].itertuples(index=False, name=None))
        for reader in READERS
    )
    return 2 * len(first & second) / (len(first) + len(second)), len(first), len(second)


def equal(table: pd.DataFrame, column: str, *, either: bool = False) -> tuple[float, int]:
    """Return how often both say the same in a column of the codes that both gave, and of how many.

    Parameters
    ----------
    either
        Count only where one of them says something.
    """
    said = table.groupby([*GIVEN, "reader"])[column].agg(lambda held: frozenset(held) - {""})
    both = said.unstack("reader").dropna()
    if either:
        both = both[both["first"].map(bool) | both["second"].map(bool)]
    return float((both["first"] == both["second"]).mean()), len(both)


def mixed(codes: pd.DataFrame) -> pd.DataFrame:
    """Keep the codes that both call mixed."""
    ways = codes.groupby(GIVEN)["direction"].agg(set)
    kept = ways[ways == {"mixed"}].index
    return codes.set_index(GIVEN).loc[kept].reset_index()


def against(project: Project, codes: pd.DataFrame) -> dict[str, tuple[float, float, int]]:
    """Return each reader's precision and recall against older codes of others, and their number.

    Themes that those codes did not know are no mistakes.
    """
    earlier = []
    for slug in sorted({finding.split("-inspection-")[0].split("-focused-visit-")[0]
                        for finding in codes["finding"]}):  # fmt: skip
        for path in project.raw(slug, "checks").glob("earlier*.csv"):
            earlier.append(pd.read_csv(path, dtype=str, keep_default_na=False))
    old = pd.concat(earlier)
    known, read_by_them = set(old["theme"]) - {NO_THEME}, set(old["finding"])
    theirs = {pair for pair in old[GIVEN].itertuples(index=False, name=None) if pair[1] in known}
    told = {}
    for reader in READERS:
        own = codes[(codes["reader"] == reader) & codes["finding"].isin(read_by_them)]
        mine = {p for p in own[GIVEN].itertuples(index=False, name=None) if p[1] in known}
        hit = len(mine & theirs)
        told[reader] = (hit / len(mine), hit / len(theirs), len(theirs))
    return told


def figures(project: Project) -> dict[str, tuple[float, ...]]:
    """Return every figure of the gate with its numbers."""
    whole, links, roles, areas = (read(name) for name in ("codes", "links", "roles", "areas"))
    codes = whole[whole["theme"] != NO_THEME]
    role = roles.groupby("finding")["role"].nunique()
    level = areas.groupby(["finding", "area"])["level"].agg(["nunique", "size"])
    level = level[level["size"] == len(READERS)]
    found: dict[str, tuple[float, ...]] = {
        "themes, F1": f1(codes, GIVEN),
        "direction equal": equal(codes, "direction"),
        "cohorts equal": equal(codes, "cohort"),
        "role equal": (float((role == 1).mean()), len(role)),
        "change said, F1": f1(codes[codes["change_said"] != ""], [*GIVEN, "change_said"]),
        "harm, F1": f1(codes[codes["harm"] != ""], GIVEN),
        "part, F1": f1(codes[codes["part"] != ""], GIVEN),
        "lean equal, both mixed": equal(mixed(codes), "lean"),
        "extent equal, either gave one": equal(codes, "extent", either=True),
        "links of needs, F1": f1(links, ["theme", "cohort", "aspect", "finding"]),
        "links without cohort and aspect, F1": f1(links, ["theme", "finding"]),
        "area statements, F1": f1(areas, ["finding", "area"]),
        "level equal": (float((level["nunique"] == 1).mean()), len(level)),
    }
    for reader, (precision, recall, count) in against(project, codes).items():
        found[f"{reader} reader against older codes: precision, recall"] = precision, recall, count
    return found


if __name__ == "__main__":
    for name, (share, *more) in figures(Project.find()).items():
        said = ", ".join(f"{each:.3f}" if each < 1 else str(each) for each in more)
        print(f"{name}: {share:.3f} ({said})")
