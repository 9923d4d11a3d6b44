"""Is it only here? Every number of the block, asked of the SQLite file by a way of its own."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from shared import NEAR, ROOT, results_of

from analysis.anchors import theme_anchor
from analysis.england.compare import LEAST, wilson
from analysis.england.others import Others, others
from analysis.england.state import SQLITE, is_current
from analysis.project import ROOT_VARIABLE, Project
from analysis.report.report import Report
from analysis.report.tables.beside import (
    NOT_GATHERED,
    NOT_INSPECTED,
    SHOWN,
    Beside,
    set_beside,
)


def held(project: Project) -> Others:
    found = others(project)
    assert found is not None
    return found


def told_of(project: Project, slug: str) -> Beside:
    with results_of(slug).lent() as results:
        return set_beside(results, held(project), results.data.codebook.ids)


LATEST = """
WITH read AS (
  SELECT v.authority, v.framework, v.visit, v."order" AS at, v.start FROM visits v
  WHERE v.kind IN ('inspection', 're-inspection') AND v.framework <> '' AND EXISTS (
    SELECT 1 FROM statuses s WHERE s.visit = v.visit AND s.status <> 'no document')),
latest AS (
  SELECT * FROM read r WHERE at = (
    SELECT max(at) FROM read o WHERE o.authority = r.authority AND o.framework = r.framework)),
own AS (SELECT * FROM latest WHERE authority = :slug ORDER BY at DESC LIMIT 1),
found AS (
  SELECT l.authority, s.theme, s.status FROM latest l JOIN statuses s USING (visit)
  WHERE s.cohort = 'all' AND s.status <> 'not in scope'
    AND l.framework = (SELECT framework FROM own))
"""
SAME = (
    LATEST
    + """
SELECT count(*) FILTER (WHERE f.status = :status), count(*) FROM found f
WHERE f.theme = :theme AND f.authority <> :slug AND ({among})
"""
)
AMONG = {
    "neighbours": """f.authority IN (SELECT b.authority FROM authorities a, authorities b
      WHERE a.authority = :slug
        AND ';' || a.statistical_neighbours || ';' LIKE '%;' || b.la_code || ';%')""",
    "region": """f.authority IN (SELECT b.authority FROM authorities a
      JOIN authorities b USING (region_code) WHERE a.authority = :slug)""",
    "england": "1",
}
WEAK = (
    LATEST
    + """
SELECT theme FROM found WHERE authority = :slug AND status = 'weakness'
"""
)
OTHERS = LATEST + (  # noqa: S608 - ours
    "SELECT count(DISTINCT authority) FROM latest "
    "WHERE authority <> :slug AND framework = (SELECT framework FROM own)"
)
STILL = """
SELECT theme, cohort, aspect FROM followed WHERE authority = ?
  AND outcome IN ('raised again', 'not looked at again')
"""
RISK = """
SELECT count(*), count(*) FILTER (WHERE outcome <> 'not looked at again'),
  count(*) FILTER (WHERE outcome = 'found a way out')
FROM followed WHERE had AND authority <> ? AND theme = ? AND cohort = ? AND aspect = ?
"""


ANY = random.Random(20).sample(  # noqa: S311 - no secret
    sorted(path.name for path in (ROOT / "data" / "raw").iterdir() if path.is_dir()), 12
)


@pytest.mark.promise("beside-by-sql")
@pytest.mark.parametrize("slug", NEAR)
def test_every_number_is_what_sql_says(many, slug):
    check(many, slug)


@pytest.mark.promise("beside-by-sql")
@pytest.mark.parametrize("slug", ANY)
def test_so_it_is_for_twelve_drawn_from_all_of_england(slug):
    if not is_current(Project(ROOT)):
        pytest.skip("the tables of England are not gathered: run `findings england`")
    check(Project(ROOT), slug)


def check(project: Project, slug: str) -> None:
    """Hold every number of the block on an authority against SQL."""
    told = told_of(project, slug)
    themes = {theme_anchor(t.id): t.id for t in book()}
    with closing(sqlite3.connect(project.england / SQLITE)) as base:

        def same(theme: str, status: str, group: str) -> tuple[int, int]:
            asked = {"slug": slug, "theme": theme, "status": status}
            (row,) = base.execute(SAME.format(among=AMONG[group]), asked).fetchall()
            return row

        for chart in told.charts:
            status = {"weak": "weakness", "strong": "strength"}[chart.level]
            for row in chart.rows:
                theme = themes[row.href.removeprefix("#")]
                for share, group in zip(row.shares, AMONG, strict=True):
                    part, whole = same(theme, status, group)
                    if whole < LEAST:
                        assert share.said == "too few"
                        continue
                    low, high = wilson(part, whole)
                    assert share.said == f"{part} of {whole}"
                    assert (share.low, share.high) == (round(100 * low), round(100 * high))
        weak = [theme for (theme,) in base.execute(WEAK, {"slug": slug})]
        first = told.sentences[0]
        ends = [wilson(*same(theme, "weakness", "england")) for theme in weak]
        few, most = sum(high < 1 / 3 for _, high in ends), sum(low > 1 / 2 for low, _ in ends)
        numbers = [int(n) for n in re.findall(r"\d+", first.partition(",")[2] or first)]
        if weak:
            assert f" {len(weak)} theme" in first
            words = {0: "none", len(weak): "all"}
            assert f"weak on {words.get(few, few)} of them" in first
            assert f"half on {words.get(most, most)}." in first
            (others_inspected,) = base.execute(OTHERS, {"slug": slug}).fetchone()
            assert others_inspected in numbers
        else:
            assert "no theme was found weak" in first
        still = base.execute(STILL, (slug,)).fetchall()
        risks = {key: base.execute(RISK, (slug, *key)).fetchone() for key in still}
        out = sum(met > 0 for _, _, met in risks.values())
        if still:
            said = rf"Of {len(still)} needs? still raised here, {out or 'none'} "
            assert re.search(said, told.sentences[-1])
        for way in told.ways:
            had, looked, met = map(int, re.findall(r"\d+", way.risk))
            assert (had, looked, met) in risks.values()
            assert 0 < len(way.latest) <= met


def book():
    with results_of("knowsley").lent() as results:
        return results.data.codebook.themes


def test_those_that_fewest_share_stand_first(many):
    told = told_of(many, "knowsley")
    assert [chart.level for chart in told.charts] == ["weak", "strong"]
    for chart in told.charts:
        shares = [row.shares[-1].at for row in chart.rows]
        assert shares == sorted(shares)
        assert len(shares) <= SHOWN


def test_only_the_themes_that_the_report_is_about_are_set_beside(many):
    with results_of("knowsley").lent() as results:
        told = set_beside(results, held(many), ["plans"])
    assert {row.href for chart in told.charts for row in chart.rows} == {
        "#" + theme_anchor("plans")
    }
    assert {way.href for way in told.ways} <= {"#" + theme_anchor("plans")}


def test_without_the_tables_it_says_what_to_do(tmp_path):
    project = Project(tmp_path)
    assert others(project) is None
    with results_of("knowsley").lent() as results:
        assert set_beside(results, None, ["plans"]) == Beside((NOT_GATHERED,))
    assert "findings england" in NOT_GATHERED


@pytest.mark.parametrize("damage", [b"", b"no parquet"])
def test_tables_that_cannot_be_read_count_as_none(many, tmp_path, damage):
    shutil.copytree(many.england, tmp_path / "data" / "processed" / "england")
    project = Project(tmp_path)
    assert others(project) is not None
    (project.england / "latest.parquet").write_bytes(damage)
    assert others(project) is None


def test_without_a_full_inspection_nothing_is_set_beside(many):
    with results_of("knowsley").lent() as results:
        kinds = results.data.visits.assign(kind="focused-visit")
        short = replace(results, data=replace(results.data, visits=kinds))
        told = set_beside(short, held(many), results.data.codebook.ids)
    assert told.sentences[0] == NOT_INSPECTED
    assert told.charts == ()


def test_of_fewer_than_ten_nothing_is_said(many):
    gathered = held(many)
    nine = [*NEAR[: LEAST - 1], "knowsley"]
    few = Others(
        gathered.authorities,
        gathered.latest[gathered.latest["authority"].isin(nine)],
        gathered.followed,
    )
    with results_of("knowsley").lent() as results:
        told = set_beside(results, few, results.data.codebook.ids)
    assert "fewer than ten" in told.sentences[0]
    assert {s.said for c in told.charts for row in c.rows for s in row.shares} == {"too few"}


def test_the_block_stands_in_the_report(many, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(many.root))
    block = Report.of("knowsley").beside().html
    assert block.count("<table") == 2
    assert "Who found a way out" in block
    links = re.findall(r'<a href="(http[^"]+)">\d{4}</a>', block)
    assert len(links) >= 2
    assert not re.search(r"\brank|\bscore|\bbest\b|\bworst\b", block)
