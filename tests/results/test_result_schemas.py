"""Every computed table has the columns, types and words that its schema says."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.data.held import held_authorities
from analysis.data.loading import load_data
from analysis.project import Project
from analysis.results.results import Results, analyse
from analysis.results.schemas import SCHEMAS
from analysis.tables import to_csv

SOME = ("knowsley", *held_authorities(Project.find())[::20])
"""Knowsley, and a few that nobody chose."""


@pytest.mark.parametrize("authority", SOME)
def test_tables_are_as_their_schemas_say(authority):
    results = analyse(load_data(authority))
    for name, schema in SCHEMAS.items():
        table = getattr(results, name)
        schema.validate(table, lazy=True)
        assert list(table.columns) == list(schema.columns), name


@pytest.mark.parametrize("storage", ["python", "pyarrow"])
def test_tables_are_the_same_however_their_text_is_kept(storage, knowsley):
    with pd.option_context("mode.string_storage", storage):
        results = analyse(load_data("knowsley"))
    for name in SCHEMAS:
        assert to_csv(getattr(results, name)) == to_csv(getattr(knowsley, name))


def test_tables_without_rows_have_their_columns():
    results = analyse(load_data("knowsley").between("2018", "2018"))
    assert results.recommendations.empty
    assert list(results.recommendations.columns) == list(SCHEMAS["recommendations"].columns)


def test_every_computed_table_has_a_schema():
    tables = {name for name, kind in Results.__annotations__.items() if kind == "pd.DataFrame"}
    assert tables - {"coded"} == set(SCHEMAS)
