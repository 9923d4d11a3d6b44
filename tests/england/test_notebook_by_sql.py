"""Every number that `england.ipynb` prints on twelve themes, asked of the SQLite file by itself.

The notebook's cells are run as they stand. Counts come from SQL; what is drawn by lot is drawn here
anew from those counts, with the same seed; half times come from intervals that SQL gives.
"""

from __future__ import annotations

import json
import math
import random
import sqlite3
from contextlib import closing

import numpy as np
import pandas as pd
import pytest
from shared import NEAR, ROOT

from analysis.data.codebook import load_codebook
from analysis.england import ledger
from analysis.england.frames import Frames
from analysis.england.second import as_second
from analysis.england.state import SQLITE, is_current
from analysis.exploring.england import England
from analysis.project import Project

BOOK = load_codebook(ROOT / "data" / "raw" / "codebook.yml")
ASKED = sorted(random.Random(20).sample(BOOK.ids, 12))  # noqa: S311
SEED, DRAWS, FEWER = 20, 1000, 200
FULL = """
CREATE TEMP TABLE inspected AS
SELECT s.authority, a.region_name AS region, s.visit, v.start, v.framework, s.theme,
  CAST(substr(v.start, 1, 4) AS INTEGER) AS year, s.status = 'weakness' AS weak,
  coalesce((SELECT j.grade FROM judgements j WHERE j.visit = s.visit AND j.area = 'overall'), '')
    AS grade
FROM statuses s JOIN visits v USING (visit) JOIN authorities a ON a.authority = s.authority
WHERE v.kind IN ('inspection', 're-inspection') AND v.framework <> '' AND s.cohort = 'all'
  AND s.status NOT IN ('no document', 'not in scope')
"""
SPANS = """
CREATE TEMP TABLE spans AS
WITH met AS (
  SELECT n.authority, n.need, n.spell, min(v."order") AS place FROM needs n JOIN visits v
  ON v.authority = n.authority AND instr(' ' || n.met || ' ', ' ' || v.visit || ' ')
  GROUP BY 1, 2, 3),
unmet AS (
  SELECT e.authority, e.need, e.spell, max(v."order") AS place FROM need_events e
  JOIN visits v USING (visit) LEFT JOIN met m
    ON m.authority = e.authority AND m.need = e.need AND m.spell = e.spell
  WHERE (e.relation IN ('raised', 'not addressed', 'progress')
      OR (e.relation = 'met' AND NOT e.ends))
    AND (m.place IS NULL OR v."order" < m.place)
  GROUP BY 1, 2, 3),
days AS (
  SELECT authority, visit, "order" AS place, start,
    julianday(substr(start || '-01-01', 1, 10)) AS day FROM visits)
SELECT n.authority, n.need, n.spell, n.theme, n.cohort, n.aspect, n.visits_raised,
  CAST(substr(f.start, 1, 4) AS INTEGER) AS year, CAST(substr(l.start, 1, 4) AS INTEGER) AS latest,
  u.day - f.day AS after, d.day - f.day AS by,
  coalesce((SELECT j.grade FROM judgements j JOIN visits v USING (visit)
    WHERE j.authority = n.authority AND j.area = 'overall' AND v."order" <= f.place
    ORDER BY v."order" DESC LIMIT 1), '') AS grade
FROM needs n JOIN days f ON f.visit = n.first_raised JOIN days l ON l.visit = n.latest_raised
  LEFT JOIN unmet USING (authority, need, spell)
  JOIN days u ON u.authority = n.authority AND u.place = unmet.place
  LEFT JOIN met USING (authority, need, spell)
  LEFT JOIN days d ON d.authority = n.authority AND d.place = met.place
"""


@pytest.fixture(scope="module", params=["near", "all"])
def place(request):
    """Gathered tables: of twelve authorities, and of all where they are gathered."""
    if request.param == "near":
        return request.getfixturevalue("many")
    if not is_current(Project(ROOT)):
        pytest.skip("the tables of England are not gathered: run `findings england`")
    return Project(ROOT)


@pytest.fixture(scope="module")
def base(place):
    with closing(sqlite3.connect(place.england / SQLITE)) as base:
        base.execute(FULL)
        base.execute(SPANS)
        base.execute("CREATE INDEX temp.visits_of ON inspected (visit)")
        yield base


@pytest.fixture(scope="module")
def printed(place):
    """What each cell of the notebook shows, by the heading above it."""
    frames = Frames(place.england)
    slugs = tuple(frames.frame("authorities")["authority"])
    space = {"given": England(frames, BOOK, slugs)}
    shown: dict[str, list[pd.DataFrame]] = {}
    heading = ""
    for cell in json.loads((ROOT / "notebooks" / "england.ipynb").read_text("utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            heading = source.partition("\n")[0].lstrip("# ")
            continue
        source = source.replace("load.england()", "given").replace("refuse_unknown(In)", "")
        *lines, last = source.rstrip().splitlines()
        exec("\n".join(lines), space)  # noqa: S102 our own notebook
        if "=" in last.partition("(")[0]:
            exec(last, space)  # noqa: S102
            continue
        for theme in ASKED if "== theme]" in last else [space["theme"]]:
            shown.setdefault(heading, []).append(eval(last, space | {"theme": theme}))  # noqa: S307
    return shown


def ends(drawn):
    return tuple(np.nanpercentile(drawn, (2.5, 97.5)))


def times(authorities):
    """How often each authority counts in each draw."""
    return np.random.default_rng(SEED).multinomial(
        authorities, np.full(authorities, 1 / authorities), size=DRAWS
    )


def check_shares(base, table, by, where, *values):
    asked = f"""SELECT {", ".join(by)}, authority, sum(weak), count(*) FROM inspected
      WHERE {where} GROUP BY {", ".join(by)}, authority ORDER BY authority"""  # noqa: S608 ours
    counts: dict[tuple, list[tuple[int, int]]] = {}
    for *key, _authority, weak, of in base.execute(asked, values):
        counts.setdefault(tuple(key), []).append((weak, of))
    assert len(table) == len(counts) > 0
    for row in table.to_dict("records"):
        weak, of = np.array(counts[tuple(row[name] for name in by)]).T
        assert (row["weak"], row["inspections"]) == (weak.sum(), of.sum())
        assert row["authorities"] == len(of)
        if len(of) < 10:
            assert math.isnan(row["share"])
            continue
        drawn = times(len(of))
        assert row["share"] == pytest.approx(weak.sum() / of.sum())
        assert (row["low"], row["high"]) == pytest.approx(ends(drawn @ weak / (drawn @ of)))


@pytest.mark.promise("england-by-sql")
def test_how_often_each_theme_is_found_weak(base, printed):
    (table,) = printed["How often is each theme found weak?"]
    check_shares(base, table, ["theme"], "framework = 'ILACS'")
    assert table["share"].is_monotonic_decreasing


@pytest.mark.promise("england-by-sql")
def test_what_second_readers_would_find(base, printed):
    (table,) = printed["How often is each theme found weak?"]
    names = ("codes", "findings", "second_readings", "statuses")
    tables = [pd.read_sql_query(f'SELECT * FROM "{name}"', base) for name in names]  # noqa: S608
    rows = pd.read_sql_query("SELECT * FROM inspected", base)
    drawn = as_second(rows, *tables)
    under = rows[rows["framework"] == "ILACS"]
    for theme in ASKED:
        (row,) = table[table["theme"] == theme].to_dict("records")
        check_second(row, under[under["theme"] == theme], drawn)
    for heading, by, of in (
        ("How did a theme go, year by year?", ["framework", "year"], rows),
        ("Does it differ by region?", ["region"], under),
        ("And by grade?", ["grade"], under),
    ):
        for theme, held in zip(ASKED, printed[heading], strict=True):
            parts = dict(list(of[of["theme"] == theme].groupby(by)))
            for row in held.to_dict("records"):
                check_second(row, parts[tuple(row[name] for name in by)], drawn)


def check_second(row, inspected, drawn):
    """Hold what second readers would find against what is drawn of these inspections."""
    part = drawn.loc[list(zip(inspected["visit"], inspected["theme"], strict=True))]
    own = part.groupby(inspected["authority"].to_numpy())
    weak, of = own.sum().to_numpy(), own.size().to_numpy()
    if len(of) < ledger.LEAST:
        assert math.isnan(row["second"])
        return
    weights = times(len(of))[:FEWER]
    low, high = ends((weights.T * weak).sum(axis=0) / (weights @ of))
    found = (row["second"], row["second_low"], row["second_high"])
    assert found == pytest.approx((part.to_numpy().mean(), low, high))


@pytest.mark.promise("england-by-sql")
def test_how_it_differs_by_kind_of_visit(base, printed):
    asked = """SELECT v.framework, v.kind, count(*), sum(s.status = 'weakness')
    FROM statuses s JOIN visits v USING (visit)
    WHERE s.theme = ? AND s.cohort = 'all' AND v.framework <> '' AND s.status IN
      ('strength', 'mixed', 'differs by cohort', 'weakness',
       iif(v.kind IN ('inspection', 're-inspection'), 'silent', ''),
       iif(v.kind IN ('inspection', 're-inspection'), 'reported, not judged', ''))
    GROUP BY 1, 2"""
    for theme, table in zip(ASKED, printed["And by kind of visit?"], strict=True):
        told = table[["framework", "kind", "inspections", "weak"]].to_numpy().tolist()
        assert told == [list(row) for row in base.execute(asked, (theme,))]


@pytest.mark.promise("england-by-sql")
@pytest.mark.parametrize(
    ("heading", "by", "where"),
    [
        ("How did a theme go, year by year?", ["framework", "year"], "theme = ?"),
        ("Does it differ by region?", ["region"], "framework = 'ILACS' AND theme = ?"),
        ("And by grade?", ["grade"], "framework = 'ILACS' AND theme = ?"),
    ],
)
def test_how_a_theme_goes(base, printed, heading, by, where):
    assert len(printed[heading]) == len(ASKED)
    for theme, table in zip(ASKED, printed[heading], strict=True):
        check_shares(base, table, by, where, theme)


def chance(size, spread):
    return math.erfc(abs(size) / spread / math.sqrt(2)) if spread > 0 else float(size == 0)


def hold(chances):
    """Benjamini and Hochberg: which of so many chances, by name."""
    ranked = sorted(chances, key=lambda name: chances[name])
    passed = [n for n, name in enumerate(ranked, 1) if chances[name] <= 0.05 * n / len(ranked)]
    return set(ranked[: max(passed, default=0)])


@pytest.mark.promise("england-by-sql")
def test_which_themes_tell_inadequate_from_good(base, printed):
    (table,) = printed["Which themes tell inadequate from good?"]
    asked = """SELECT theme, authority, sum(weak AND grade = 'inadequate'),
      sum(grade = 'inadequate'), sum(weak AND grade = 'good'), sum(grade = 'good')
    FROM inspected WHERE framework = 'ILACS' AND grade IN ('inadequate', 'good')
    GROUP BY theme, authority ORDER BY authority"""
    counts: dict[str, list[tuple[int, ...]]] = {}
    for theme, _authority, *numbers in base.execute(asked):
        counts.setdefault(theme, []).append(tuple(numbers))
    told = {}
    for theme, rows in counts.items():
        weak_bad, bad, weak_good, good = np.array(rows).T
        if (bad > 0).sum() < 10 or (good > 0).sum() < 10:
            continue
        with np.errstate(invalid="ignore"):
            drawn = times(len(rows))
            differences = drawn @ weak_bad / (drawn @ bad) - drawn @ weak_good / (drawn @ good)
        size = weak_bad.sum() / bad.sum() - weak_good.sum() / good.sum()
        told[theme] = (
            [weak_bad.sum(), bad.sum(), weak_good.sum(), good.sum()],
            [size, *ends(differences), chance(size, np.nanstd(differences))],
        )
    assert set(table["theme"]) == set(told)
    held = hold({theme: numbers[-1] for theme, (_, numbers) in told.items()})
    for row in table[table["theme"].isin(ASKED)].to_dict("records"):
        counted, numbers = told[row["theme"]]
        names = ("weak_worse", "of_worse", "weak_better", "of_better")
        assert [row[name] for name in names] == counted
        found = [row[name] for name in ("difference", "low", "high", "p")]
        assert found == pytest.approx(numbers, abs=1e-9)
        assert row["holds"] == (row["theme"] in held)


def phi(one, two, both, of):
    with np.errstate(invalid="ignore", divide="ignore"):
        share = both / of - one * two / of**2
        return share / np.sqrt((one / of - (one / of) ** 2) * (two / of - (two / of) ** 2))


@pytest.mark.promise("england-by-sql")
def test_which_themes_are_found_weak_together(base, printed):
    (table,) = printed["Which themes are found weak together?"]
    asked = """SELECT p.theme, q.theme, p.authority, sum(p.weak AND q.weak) FROM inspected p
      JOIN inspected q USING (visit) WHERE p.framework = 'ILACS' GROUP BY 1, 2, 3"""
    visits = dict(
        base.execute(
            """SELECT authority, count(DISTINCT visit) FROM inspected
            WHERE framework = 'ILACS' GROUP BY 1 ORDER BY 1"""
        )
    )
    slugs = {slug: n for n, slug in enumerate(visits)}
    themes = sorted({theme for (theme,) in base.execute("SELECT theme FROM inspected")})
    at = {theme: n for n, theme in enumerate(themes)}
    weak = np.zeros((len(slugs), len(themes), len(themes)))
    for one, two, slug, both in base.execute(asked):
        weak[slugs[slug], at[one], at[two]] = both
    weights = np.vstack([np.ones(len(slugs)), times(len(slugs))[:FEWER]])
    sums, of = np.tensordot(weights, weak, axes=1), weights @ np.array([*visits.values()])
    alone = np.diagonal(sums, axis1=1, axis2=2)
    all_phi = phi(alone[:, :, None], alone[:, None, :], sums, of[:, None, None])
    pairs = {
        (one, two): (all_phi[0, i, j], np.nanstd(all_phi[1:, i, j]))
        for one, i in at.items()
        for two, j in at.items()
        if i < j and np.isfinite(all_phi[0, i, j])
    }
    held = hold({pair: chance(*numbers) for pair, numbers in pairs.items()})
    assert table["phi"].tolist() == pytest.approx(sorted((p for p, _ in pairs.values()))[:-21:-1])
    for row in table.to_dict("records"):
        pair = (row["first"], row["second"])
        i, j = (at[theme] for theme in pair)
        both = sums[0, i, j]
        assert (row["both"], row["either"]) == (both, sums[0, i, i] + sums[0, j, j] - both)
        assert (row["phi"], row["p"]) == pytest.approx(
            (pairs[pair][0], chance(*pairs[pair])), abs=1e-9
        )
        assert row["holds"] == (pair in held)


@pytest.mark.promise("england-by-sql")
def test_what_follows_an_inadequate_judgement(base, printed):
    (table,) = printed["What follows an inadequate judgement?"]
    asked = """WITH graded AS (SELECT DISTINCT authority, visit, start, grade FROM inspected
        WHERE grade <> ''),
      followed AS (SELECT grade, lead(grade, 1, '') OVER (
        PARTITION BY authority ORDER BY start) AS later FROM graded)
      SELECT later, count(*) FROM followed WHERE grade = 'inadequate' GROUP BY later"""
    assert table["inspections"].to_dict() == dict(base.execute(asked))


def months(days, up):
    return (math.ceil if up else math.floor)(days / (365.25 / 12)) / 12


def check_ledger(base, table, by):
    asked = f"""SELECT {", ".join(by)}, authority, year, latest, visits_raised, after, by
      FROM spans"""  # noqa: S608 ours
    parts: dict[tuple, list[tuple]] = {}
    for row in base.execute(asked):
        parts.setdefault(row[: len(by)], []).append(row[len(by) :])
    for row in table.to_dict("records"):
        part = parts[tuple(row[name] for name in by)]
        slugs, years, latest, raised, after, until = zip(*part, strict=True)
        had = len(set(slugs))
        assert (row["authorities"], row["needs"]) == (had, len(part))
        assert (row["first_year"], row["latest_year"]) == (min(years), max(latest))
        again = {slug for slug, often in zip(slugs, raised, strict=True) if often > 1}
        met = {slug for slug, day in zip(slugs, until, strict=True) if day is not None}
        assert (row["raised_again"], row["met"]) == (len(again), len(met))
        assert row["needs_again"] == sum(often > 1 for often in raised)
        assert row["needs_met"] == sum(day is not None for day in until)
        if had < ledger.LEAST:
            assert math.isnan(row["half_after"])
            continue
        low = pd.Series([months(day, up=False) for day in after])
        high = pd.Series([math.inf if day is None else months(day, up=True) for day in until])
        assert (row["half_after"], row["half_by"]) == ledger.half(ledger.turnbull(low, high))
    return parts


@pytest.mark.promise("england-by-sql")
def test_which_needs_last(base, printed):
    (table,) = printed["Which needs are raised most, and how long do they last?"]
    parts = check_ledger(base, table, ["theme", "cohort", "aspect"])
    most = sorted((len({row[0] for row in part}) for part in parts.values()), reverse=True)
    assert table["authorities"].tolist() == most[:20]
    heading = "How sure is that, for the theme looked at and by the grade at the start?"
    of_theme, by_grade = printed[heading]
    assert len(check_ledger(base, by_grade, ["grade"])) == len(by_grade)
    check_ledger(base, of_theme, ["theme", "cohort", "aspect"])
    timed = by_grade[by_grade["authorities"] >= ledger.LEAST]
    assert (timed["half_low"] <= timed["half_after"]).all()
    assert (timed["half_by"] <= timed["half_high"]).all()


@pytest.mark.promise("england-by-sql")
def test_every_need_of_the_twelve_themes(base, place):
    frames = Frames(place.england)
    slugs = tuple(frames.frame("authorities")["authority"])
    table = England(frames, BOOK, slugs).ledger(theme=ASKED)
    assert set(table["theme"]) <= set(ASKED)
    assert len(table) > 50
    check_ledger(base, table, ["theme", "cohort", "aspect"])


@pytest.mark.promise("england-by-sql")
def test_how_many_needs_were_first_raised(base, printed):
    (table,) = printed["How many needs were first raised, year by year?"]
    asked = """SELECT year, count(*), count(DISTINCT authority) FROM spans
      WHERE spell = 1 GROUP BY 1 ORDER BY 1"""
    assert table.reset_index().to_numpy().tolist() == [list(row) for row in base.execute(asked)]


@pytest.mark.promise("england-by-sql")
def test_what_is_new(base, printed):
    (table,) = printed["Which aspects are asked for now that were not before?"]
    asked = """SELECT theme, aspect,
      count(DISTINCT CASE WHEN year BETWEEN 2013 AND 2017 THEN authority END) AS before,
      count(DISTINCT CASE WHEN year >= 2022 THEN authority END) AS now
    FROM spans WHERE spell = 1 GROUP BY 1, 2"""
    found = {(theme, aspect): counts for theme, aspect, *counts in base.execute(asked)}
    for row in table.to_dict("records"):
        assert found[row["theme"], row["aspect"]] == [row["before"], row["now"]]
    kept = [counts for (_, aspect), counts in found.items() if any(counts) and aspect != "other"]
    ranked = sorted(kept, key=lambda c: (c[0] - c[1], -c[1]))
    assert table[["before", "now"]].to_numpy().tolist() == ranked[:15]


def test_the_twelve_are_twelve():
    assert len(set(ASKED)) == 12 == len(NEAR)
