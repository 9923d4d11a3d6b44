"""Hold the statuses against blind labels: what readers called the paragraphs who saw no code.

Run by hand from the project's root: `python benchmarks/blind_labels.py`. Two readers each labelled
160 cells (theme, cohort, visit) of seven authorities, half of them contested; they saw the texts of
a cell's paragraphs in random order and no code, grade, authority or date. Where another label was
as defensible they gave it too, in at most a quarter. Two others labelled 80 cells of other
authorities in the same way, of which codes and a reader of the whole document had said another
level: at 50 a second such reader moved what stands, at 30 not.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from analysis.data import held_authorities, load_data
from analysis.project import Project
from analysis.results import analyse
from analysis.vocabulary import LEVELS

LABELS: Final = Path(__file__).with_name("blind_labels.csv")
DISPUTED: Final = Path(__file__).with_name("disputed_labels.csv")
KEY: Final = ["visit", "theme", "cohort"]


def labelled(project: Project, labels_of: Path = LABELS) -> pd.DataFrame:
    """Join the labels with the statuses as they are now.

    Parameters
    ----------
    project
        Whose data.
    labels_of
        `LABELS` or `DISPUTED`.

    Returns
    -------
    pandas.DataFrame
        Columns of the labels, `status`, `level_by_codes`, and `contested`: harm, a need beside, or
        paragraphs that point different ways.
    """
    labels = pd.read_csv(labels_of, dtype=str, keep_default_na=False)
    tables = [
        analyse(load_data(name, project)).judged()
        for name in held_authorities(project)
        if labels["visit"].str.startswith(f"{name}-").any()
    ]
    statuses = pd.concat(tables, ignore_index=True)
    ways = (statuses[["strengths", "weaknesses"]] > 0).sum(axis=1) + (statuses["mixed"] > 0) * 2
    statuses["contested"] = (statuses["harm"] != "") | statuses["needed"] | (ways > 1)
    kept = [*KEY, "status", "level_by_codes", "contested"]
    return labels.merge(statuses[kept], on=KEY)


def figures(table: pd.DataFrame, of: str = "status") -> pd.DataFrame:
    """Say how often the statuses are the label, where both readers gave the same first label.

    Parameters
    ----------
    table
        `labelled`.
    of
        `status`, or `level_by_codes`: before readers of whole documents are asked.

    Returns
    -------
    pandas.DataFrame
        A row for all cells and one for the contested: `n`, `label` (share with that label),
        `either` (with it or one that was as defensible), `opposite` (strength for weakness).
    """
    agreed = table[table["first"] == table["second"]].assign(status=table[of])
    rows = {"all": agreed, "contested": agreed[agreed["contested"]]}
    return pd.DataFrame([{"cells": name, **_shares(part)} for name, part in rows.items()])


def _shares(part: pd.DataFrame) -> dict[str, float]:
    same = part["status"] == part["first"]
    other = (part["status"] == part["first_or"]) | (part["status"] == part["second_or"])
    apart = part["status"].map(LEVELS) - part["first"].map(LEVELS)
    return {
        "n": len(part),
        "label": round(float(same.mean()), 3),
        "either": round(float((same | other).mean()), 3),
        "opposite": int((apart.abs().eq(2) & ~other).sum()),
    }


def moved(table: pd.DataFrame) -> pd.DataFrame:
    """Say how many cells that readers of whole documents moved came to the label, or left it.

    Returns
    -------
    pandas.DataFrame
        One row, of cells with one first label: `moved`, `to_label`, `from_label`; `to_either`,
        `from_either` with the labels that were as defensible.
    """
    agreed = table[table["first"] == table["second"]]
    apart = agreed[agreed["status"] != agreed["level_by_codes"]]
    row = {"moved": len(apart)}
    labels = {"label": ["first"], "either": ["first", "first_or", "second_or"]}
    for name, columns in labels.items():
        now, before = (
            apart[columns].eq(apart[level], axis=0).any(axis=1)
            for level in ("status", "level_by_codes")
        )
        row |= {f"to_{name}": int((now & ~before).sum())}
        row |= {f"from_{name}": int((before & ~now).sum())}
    return pd.DataFrame([row])


if __name__ == "__main__":
    for file in (LABELS, DISPUTED):
        cells = labelled(Project.find(), file)
        for level in ("level_by_codes", "status"):
            print(file.stem, level, figures(cells, level).to_string(index=False), sep="\n")
        print(moved(cells).to_string(index=False))
