"""The gathered tables hold what each authority's own results hold, in every form alike."""

from __future__ import annotations

import io
import json
import re
import shutil
import sqlite3
from contextlib import closing

import pandas as pd
import pytest
from shared import ROOT, results_of

from analysis.data.authority import AuthorityData
from analysis.england import forms
from analysis.england.gather import current, gather
from analysis.england.gathered import TABLES
from analysis.england.state import PROVENANCE, SQLITE, is_current
from analysis.errors import FindingsError
from analysis.project import ROOT_VARIABLE, Project
from analysis.results.schemas import filled

SOME = ("bolton", "knowsley", "leeds")


def parquet(project: Project, name: str) -> pd.DataFrame:
    raw = (project.england / forms.parquet_name(name)).read_bytes()
    return forms.from_parquet(raw, TABLES[name].schema)


@pytest.mark.promise("england-equals-load")
@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if table.of])
def test_rows_are_those_of_each_authority_loaded_alone(gathered, name):
    whole = parquet(gathered, name)
    for slug in SOME:
        with results_of(slug).lent() as results:
            own = TABLES[name].rows(results).reset_index(drop=True)
        of_it = whole[whole["authority"] == slug].reset_index(drop=True)
        pd.testing.assert_frame_equal(of_it, own)
    assert set(whole["authority"]) <= set(SOME)


@pytest.mark.parametrize("name", TABLES)
def test_tables_fit_their_schemas_and_each_other(gathered, name):
    table, rules = parquet(gathered, name), TABLES[name]
    rules.schema.validate(table, lazy=True)
    assert not table.duplicated(list(rules.key)).any()
    for column, to in rules.links.items():
        known = parquet(gathered, to)[TABLES[to].key[0]]
        assert set(table[column]) <= set(known), column


@pytest.mark.parametrize("name", TABLES)
def test_every_form_holds_the_same(gathered, name):
    table = parquet(gathered, name)
    with closing(sqlite3.connect(gathered.england / SQLITE)) as base:
        read = pd.read_sql_query(f'SELECT * FROM "{name}"', base)  # noqa: S608 ours
        in_base = filled(TABLES[name].schema, read)
    raw = (gathered.england / forms.csv_name(name)).read_text("utf-8-sig")
    kinds = forms.kinds(TABLES[name].schema)
    missing = {column: [""] for column, kind in kinds.items() if kind != "str"}
    in_csv = pd.read_csv(io.StringIO(raw), dtype=kinds, keep_default_na=False, na_values=missing)
    key = list(TABLES[name].key)
    for other in (in_base, in_csv):
        one, two = (t.sort_values(key).reset_index(drop=True) for t in (table, other))
        text = [c for c, kind in kinds.items() if kind == "str"]
        two[text] = two[text].apply(lambda c: c.str.replace(r"^'(?=['=+\-@])", "", regex=True))
        pd.testing.assert_frame_equal(one, two)


def test_a_second_run_reads_nothing_and_writes_nothing(kit):
    again = gather(kit, kit.england)
    assert (again.made, again.kept, again.contents) == ((), SOME, {})
    for name, table in again.tables.items():
        pd.testing.assert_frame_equal(table, parquet(kit, name))


def test_only_what_changed_is_read_again(kit):
    place = kit.raw("leeds", "needs.csv")
    place.write_text(place.read_text("utf-8").replace("Supervision", "Steady supervision", 1))
    before = place.read_bytes()
    outcome = gather(kit, kit.england)
    assert (outcome.made, outcome.kept) == (("leeds",), ("bolton", "knowsley"))
    assert place.read_bytes() == before
    whole = gather(kit, kit.root / "elsewhere")
    assert whole.made == SOME
    assert {n: c for n, c in whole.contents.items() if n != PROVENANCE} == {
        n: c for n, c in outcome.contents.items() if n != PROVENANCE
    }


def test_two_processes_give_the_same_bytes(kit):
    one, two = (gather(kit, kit.root / "elsewhere", jobs=jobs) for jobs in (1, 2))
    assert dict(one.contents) == dict(two.contents)


def test_an_authority_that_cannot_be_read_is_named_and_the_rest_gathered(
    kit, findings, monkeypatch
):
    place = kit.raw("leeds", "visits.csv")
    place.write_text(place.read_text("utf-8").replace("inspection,", "inspektion,", 1))
    monkeypatch.setenv(ROOT_VARIABLE, str(kit.root))

    status, out, _ = findings("england", "--jobs", 1)

    assert status == 3
    assert "2 authorities" in out
    assert "Left out leeds:" in out
    assert "inspektion" in out
    assert set(parquet(kit, "visits")["authority"]) == {"bolton", "knowsley"}


def test_nothing_to_gather_is_an_error(kit, findings, monkeypatch):
    for name in SOME:
        shutil.rmtree(kit.raw(name))
    monkeypatch.setenv(ROOT_VARIABLE, str(kit.root))

    status, out, err = findings("england")

    assert (status, out) == (2, "")
    assert "Nothing could be gathered" in err


@pytest.mark.parametrize("damage", ["torn", "no json", "gone"])
def test_tables_that_are_not_whole_are_made_anew(kit, monkeypatch, damage):
    """Nobody is kept: where nobody can be read either, nothing can be gathered."""
    monkeypatch.setattr("analysis.england.gather.load_data", fails)
    assert gather(kit, kit.england).made == ()
    place = kit.england / forms.parquet_name("visits")
    if damage == "torn":
        place.write_bytes(place.read_bytes()[:-9])
    elif damage == "no json":
        (kit.england / PROVENANCE).write_text("[")
    else:
        place.unlink()
    with pytest.raises(FindingsError, match="Nothing could be gathered"):
        gather(kit, kit.england)


def fails(slug: str, project: Project) -> AuthorityData:
    raise FindingsError(f"{slug} is not read")


def test_what_is_up_to_date_is_not_gathered_again(kit):
    assert current(kit) == kit.england
    told: list[str] = []
    assert is_current(kit)
    current(kit, tell=told.append)
    assert told == []
    kit.raw("leeds", "needs.csv").touch()
    assert not is_current(kit)
    current(kit, tell=told.append)
    assert len(told) == 1
    assert is_current(kit)


def test_what_cannot_be_read_is_not_left_out_unseen(kit):
    kit.raw("leeds", "visits.csv").write_text("visit\n")
    with pytest.raises(FindingsError, match="leeds could not be read"):
        current(kit)


def test_the_package_describes_every_file_and_column(gathered):
    told = json.loads((gathered.england / forms.PACKAGE_NAME).read_text("utf-8"))
    for resource, (name, table) in zip(told["resources"], TABLES.items(), strict=True):
        assert (gathered.england / resource["path"]).is_file()
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == list(table.schema.columns)
        assert all(field["description"] for field in fields), name


def test_the_page_beside_says_how_it_was_read_and_what_it_is_not_for(gathered):
    page = (gathered.england / "README.md").read_text("utf-8")
    assert "3 English local authorities" in " ".join(page.split())
    assert "machine readers: large language models" in page
    assert "What it must not be used for" in page
    assert "Cite as:" in page
    for link in re.findall(r"\]\((\.\./[^)#]+)", page):
        assert (ROOT / "data" / "processed" / "england" / link).resolve().exists(), link
    for name in TABLES:
        assert f"### `{name}`" in page
