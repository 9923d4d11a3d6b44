"""The notebooks over all authorities run with papermill, on three that are gathered."""

from __future__ import annotations

import json

import pytest
from commands import papermill
from shared import ROOT

from analysis.project import ROOT_VARIABLE


@pytest.mark.notebook
@pytest.mark.parametrize(
    ("name", "asked"),
    [("compare", ("-p", "group", "region")), ("england", ("-p", "framework", "SIF"))],
)
def test_runs_top_to_bottom_with_plain_papermill(gathered, tmp_path, name, asked):
    out = tmp_path / "out.ipynb"
    path = ROOT / "notebooks" / f"{name}.ipynb"
    ran = papermill(path, out, *asked, cwd=ROOT, **{ROOT_VARIABLE: str(gathered.root)})
    assert ran.status == 0, ran.err
    outputs = [o for c in json.loads(out.read_text())["cells"] for o in c.get("outputs", [])]
    assert len(outputs) >= 6
    assert not [o for o in outputs if o["output_type"] == "error"]
