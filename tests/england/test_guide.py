"""What docs/guide.md says of rows and words, done as it says."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from shared import ROOT

from analysis import load
from analysis.england.state import SQLITE
from analysis.project import ROOT_VARIABLE
from analysis.results.paths import path_word
from analysis.vocabulary import (
    DIFFERS,
    INSPECTIONS,
    JUDGED,
    NOT_JUDGED,
    PATH_WORDS,
    STATUSES,
    TOO_LITTLE,
)

PAGE = (ROOT / "docs" / "guide.md").read_text("utf-8")
ROWS = PAGE.partition("### What a row is\n")[2].partition("\n### ")[0]
BLOCKS = re.findall(r"```python\n(.*?)```", ROWS, re.S)

OTHERS = ("recommendations", "need_events", "followed", "new_faults")


@pytest.fixture
def here(gathered, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(gathered.root))
    return gathered


@pytest.mark.promise("latest-grades")
def test_the_latest_grades_are_what_sql_says(here):
    space: dict[str, object] = {"load": load}
    exec(BLOCKS[1], space)  # noqa: S102 what our own page says
    latest = space["latest"].set_index("name")["grade"].to_dict()
    with closing(sqlite3.connect(here.england / SQLITE)) as base:
        said = base.execute(
            "SELECT a.name, j.grade, max(v.start) FROM judgements j JOIN visits v USING (visit) "
            "JOIN authorities a ON a.authority = j.authority WHERE j.area = 'overall' "
            "GROUP BY a.name"
        ).fetchall()
    assert latest == {name: grade for name, grade, _start in said}
    assert len(latest) == 3


@pytest.mark.promise("rows-counted")
def test_rows_are_what_the_guide_says(here):
    knowsley = load("knowsley")
    *lines, last = BLOCKS[0].strip().splitlines()
    space: dict[str, object] = {"knowsley": knowsley}
    exec("\n".join(lines), space)  # noqa: S102
    counted = eval(last, space)  # noqa: S307
    visits = knowsley.visits()
    held = visits.loc[visits["held"] != "none", "year"]
    assert counted.index.to_list() == held.unique().tolist()
    assert 0 in counted.to_list()
    assert counted.sum() == space["found"]["finding"].nunique()

    found = knowsley.findings()
    assert not found.duplicated(["finding", "theme", "cohort"]).any()
    assert found["finding"].nunique() < len(found)
    assert {"summary", "need", "requirement"} <= set(found["role"])
    assert knowsley.paragraphs()["finding"].is_unique
    assert not knowsley.statuses(cohort="all").duplicated(["visit", "theme"]).any()
    assert not knowsley.paths(cohort="all").duplicated(["theme"]).any()
    assert not knowsley.needs().duplicated(["need", "spell"]).any()
    assert set(knowsley.grades(area="overall")["kind"]) <= {"inspection", "re-inspection"}

    tables = {"visits": visits, "statuses": knowsley.statuses(), "needs": knowsley.needs(),
              "findings": found, "paths": knowsley.paths(), "by_theme": knowsley.by_theme(),
              "compare": knowsley.compare("england", theme="supervision")}  # fmt: skip
    several = load.england()
    tables |= {
        "inspections": several.inspections(),
        "theme": several.theme("supervision"),
        "way_out": several.way_out(),
        **{name: getattr(knowsley, name)() for name in OTHERS},
    }
    columns = {column for table in tables.values() for column in table}
    words = {*STATUSES, NOT_JUDGED, "all", "summary", "need", "requirement", "groupby"}
    for name in ("inspections", "theme", "way_out", *OTHERS):
        (told,) = [line for line in ROWS.splitlines() if line.startswith(f"| `{name}(")]
        cells = re.findall(r"`([a-z_]+)`", told)
        assert cells and set(cells) <= set(tables[name].columns), name
    named = re.findall(r"`([a-z_]+)`", ROWS)
    assert [name for name in named if name not in columns | words] == []


@pytest.mark.promise("path-words")
def test_path_words_are_all_there_and_mean_what_is_said():
    assert sorted(re.findall(r"^- (.*?):", ROWS, re.M)) and set(
        re.findall(r"\*([a-z, ]+)\*", ROWS)
    ) == set(PATH_WORDS)
    weak, mixed, strong = "weakness", "mixed", "strength"
    assert path_word([weak, mixed]) == "better and stayed so"
    assert path_word([mixed, weak, strong]) == "better and stayed so"
    assert path_word([weak, strong, mixed]) == "better, below its best"
    assert path_word([weak, strong, weak, strong]) == "better, with a setback"
    assert path_word([mixed, strong, weak]) == "worse"
    assert path_word([mixed, strong, mixed]) == "rose and fell back"
    assert path_word([mixed, strong, weak, mixed]) == "up and down"
    assert path_word([strong]) == "too little to say"


@pytest.mark.promise("path-words")
@pytest.mark.parametrize("name", ["bolton", "knowsley", "leeds"])
def test_an_inspection_at_which_groups_differ_has_no_level_in_the_path(here, name):
    one = load(name)
    statuses = one.statuses(cohort="all")
    full = statuses[statuses["kind"].isin(INSPECTIONS) & statuses["status"].isin(JUDGED)]
    paths = one.paths(cohort="all").set_index("theme")
    differ = full[full["status"] == DIFFERS]
    assert len(differ) > 0
    for row in differ.itertuples():
        assert f"{row.visit}=" not in paths.loc[row.theme, "levels"]
    for theme, rows in full.groupby("theme", observed=True):
        if DIFFERS in (rows["status"].iloc[0], rows["status"].iloc[-1]):
            assert paths.loc[theme, "path"] == TOO_LITTLE
