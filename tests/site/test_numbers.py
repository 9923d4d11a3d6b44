"""Every number on a theme's page, worked out again by SQL over the gathered file."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from lxml import html as lxml_html

from analysis.data.codebook import load_codebook
from analysis.data.loading import load_data
from analysis.dates import PartialDate
from analysis.england.state import SQLITE
from analysis.report.report import since_before
from analysis.report.tables.needs import follow
from analysis.report.tables.news import new_faults, news
from analysis.report.tables.places import places
from analysis.results.results import analyse, latest_read
from analysis.site.news import AGAIN, FAULTS, FIRST, PARTLY, RIGHT, SILENT, latest_news
from analysis.site.tables import Tables

THEMES = load_codebook(Path(__file__).parents[2] / "data" / "raw" / "codebook.yml").ids
LEVELS = ("strength", "mixed", "differs by cohort", "weakness")
JUDGED = """
CREATE TEMP VIEW judged AS
SELECT s.authority, s.theme, s.status, v.start, substr(v.start, 1, 4) AS year, v.kind,
  v."order" AS place,
  v.framework = 'ILACS' OR (v.framework = '' AND v.start >= '2018') AS new
FROM statuses s JOIN visits v USING (visit)
WHERE s.cohort = 'all' AND v.kind <> 'improvement-notice'
  AND s.status IN ('strength', 'mixed', 'weakness', 'differs by cohort')
"""
LATEST = """
SELECT status, count(*) FROM (
  SELECT status, row_number() OVER (PARTITION BY authority ORDER BY place DESC) AS back
  FROM judged WHERE theme = ?)
WHERE back = 1 GROUP BY status
"""
BY_YEAR = """
SELECT year || CASE WHEN year >= '2018' AND NOT new THEN ', old rules' ELSE '' END, status, count(*)
FROM (
  SELECT *, row_number() OVER (PARTITION BY authority, year, new ORDER BY place DESC) AS back
  FROM judged WHERE theme = ? AND kind NOT IN ('joint-inspection', 'send-inspection'))
WHERE back = 1 GROUP BY 1, 2
"""
ASKING = """
CREATE TEMP VIEW asking AS
SELECT n.theme, coalesce(a.meaning, 'Something else') AS meaning, substr(v.start, 1, 4) AS year,
  e.authority
FROM need_events e JOIN visits v USING (visit)
  JOIN (SELECT DISTINCT authority, need, theme, aspect FROM needs) n USING (authority, need)
  LEFT JOIN aspects a ON a.theme = n.theme AND a.aspect = n.aspect
WHERE e.relation IN ('raised', 'not addressed') AND v.start >= '2018'
  AND v.kind <> 'improvement-notice'
"""
ASKED = """
SELECT meaning, year, count(DISTINCT authority) FROM asking WHERE theme = ?1 GROUP BY 1, 2
UNION ALL
SELECT meaning, 'any year', count(DISTINCT authority) FROM asking WHERE theme = ?1 GROUP BY 1
UNION ALL
SELECT 'any of these', year, count(DISTINCT authority) FROM asking WHERE theme = ?1 GROUP BY 2
UNION ALL
SELECT 'any of these', 'any year', count(DISTINCT authority) FROM asking WHERE theme = ?1
HAVING count(*)
"""
WEAK = """
SELECT DISTINCT s.authority, s.cohort, substr(v.start, 1, 4)
FROM statuses s JOIN visits v USING (visit)
WHERE s.theme = ? AND s.cohort <> 'all' AND s.status = 'weakness' AND v.kind NOT IN
  ('improvement-notice', 'joint-inspection', 'send-inspection')
"""
FULL = """
SELECT count(*), sum(s.status = 'weakness') FROM statuses s JOIN visits v USING (visit)
WHERE s.theme = ? AND s.cohort = 'all' AND v.kind IN ('inspection', 're-inspection')
  AND (v.framework = 'ILACS' OR (v.framework = '' AND v.start >= '2018'))
  AND s.status NOT IN ('no document', 'not in scope')
"""
BY_VISIT = """
SELECT status, count(*) FROM judged j JOIN visits v
  ON v.authority = j.authority AND v."order" = j.place
WHERE v.visit = ? GROUP BY 1
"""
GRADED = """
SELECT grade FROM judgements JOIN documents USING (document)
WHERE judgements.visit = ? AND area = 'overall' AND source = 'primary'
"""
UNLOOKED = """
SELECT count(*) FROM followed
WHERE theme = ? AND outcome = 'found a way out' AND looked_after = 0
"""
ANY = ("any of these", "any year")
PATHS = "SELECT count(*) FROM paths WHERE theme = ? AND cohort = 'all' AND word LIKE ?"
FOLLOWED = """
SELECT a.meaning, f.outcome, count(*)
FROM followed f JOIN aspects a ON a.theme = f.theme AND a.aspect = f.aspect
WHERE f.theme = ? GROUP BY 1, 2
"""
HAD = """
SELECT count(DISTINCT authority),
  count(DISTINCT CASE WHEN outcome = 'found a way out' THEN authority END)
FROM followed WHERE theme = ?
"""
UNSEEN = """
SELECT count(*) FROM authorities
WHERE authority NOT IN (SELECT authority FROM judged WHERE theme = ? AND new)
"""
TURNED = """
WITH each AS (
  SELECT s.authority, s.cohort, s.status, v.start, v."order" AS place
  FROM statuses s JOIN visits v USING (visit)
  WHERE s.theme = ? AND v.kind <> 'improvement-notice'
    AND s.status IN ('strength', 'mixed', 'weakness', 'differs by cohort')),
ends AS (
  SELECT authority, cohort, max(place) AS latest,
    max(CASE WHEN status = 'weakness' THEN place END) AS weak,
    max(CASE WHEN status <> 'strength' THEN place END) AS other
  FROM each GROUP BY 1, 2)
SELECT authority, cohort,
  (SELECT start FROM each e WHERE (e.authority, e.cohort, e.place) = (n.authority, n.cohort, weak)),
  (SELECT start FROM each e WHERE (e.authority, e.cohort) = (n.authority, n.cohort)
    AND e.place > other ORDER BY e.place LIMIT 1)
FROM ends n WHERE weak IS NOT NULL AND latest > other AND (cohort <> 'all' OR EXISTS (
  SELECT 1 FROM each w JOIN each s USING (authority)
  WHERE w.authority = n.authority AND 'all' NOT IN (w.cohort, s.cohort)
    AND w.place = weak AND s.place > other
    AND (w.cohort = s.cohort OR 'not-stated' IN (w.cohort, s.cohort))))
"""
"""Of whom a theme was weak and is strong: since when, by cohort and over all."""
OTHER_RULES = """
SELECT authority, sum(new) FROM (
  SELECT *, row_number() OVER (PARTITION BY authority ORDER BY place DESC) AS back
  FROM judged WHERE theme = ?)
GROUP BY 1 HAVING NOT sum(CASE WHEN back = 1 THEN new END)
"""
"""Authorities whose latest judgement follows other rules than those from 2018: how many do."""


@pytest.fixture(scope="module")
def base(kit) -> Iterator[sqlite3.Connection]:
    """The gathered file, with what the questions share as views."""
    with closing(sqlite3.connect(kit.england / SQLITE)) as opened:
        opened.execute(JUDGED)
        opened.execute(ASKING)
        yield opened


def numbers(table: lxml_html.HtmlElement) -> dict[tuple[str, str], int]:
    """Cells of a table by head of row and column, where they are not 0."""
    heads = [head.text_content() for head in table.xpath("thead//th")][1:]
    return {
        (row.find("th").text_content(), head): int(cell.text)
        for row in table.xpath("tbody/tr")
        for head, cell in zip(heads, row.xpath("td"), strict=True)
        if int(cell.text)
    }


def check(page: Path, theme: str, base: sqlite3.Connection) -> int:
    """Hold the numbers of a theme's page against those of SQL; return how many there are."""
    tree = lxml_html.parse(str(page)).getroot()
    words = {level: level for level in LEVELS} | {"differs by cohort": "groups differ"}
    latest = dict(base.execute(LATEST, (theme,)).fetchall())
    title = tree.findtext(".//h1")
    if latest:
        found = r"strong at (\d+) of (\d+) authorities .*, (\d+|none) of these .*; weak at (\d+)"
        strong, of, turned, weak = (
            0 if n == "none" else int(n) for n in re.search(found, title).groups()
        )
        turns = base.execute(TURNED, (theme,)).fetchall()
        assert turned == sum(cohort == "all" for _, cohort, *_ in turns)
        assert (strong, of) == (latest.get("strength", 0), sum(latest.values()))
        assert weak == latest.get("weakness", 0)
    shown = tree.xpath("//section[@aria-labelledby='years']//table[@class='num']")
    by_year = {(year, words[level]): n for year, level, n in base.execute(BY_YEAR, (theme,))}
    totals: dict[tuple[str, str], int] = {}
    for (year, _level), n in by_year.items():
        totals[year, "judged"] = totals.get((year, "judged"), 0) + n
    years = numbers(shown[0]) if shown else {}
    assert years == by_year | totals
    squares = "".join(tree.xpath("//div[@class='years']//path/@d")).count("M")
    assert squares == sum(by_year.values())
    weak = {
        (row.get("id").removeprefix("a-"), cohort, said.get("data-wy"))
        for row in tree.xpath("//table[@class='list']/tbody/tr")
        for said in row.xpath(".//p[@data-wy]")
        for cohort in (said.get("data-wc") or said.get("data-c")).split()
    }
    assert weak == set(base.execute(WEAK, (theme,)))
    asked = {(meaning, year): n for meaning, year, n in base.execute(ASKED, (theme,))}
    table = tree.xpath("//section[@aria-labelledby='asked']//table")
    told = numbers(table[0]) if table else {}
    assert told == asked
    lead = tree.xpath("string(//section[@aria-labelledby='asked']/p[1])")
    said = [int(n) for n in re.findall(r"^(\d+) authorit", lead)]
    assert said == [n for (what, year), n in asked.items() if (what, year) == ANY]
    for bar in tree.xpath("//ol[@class='bars']/li"):
        count = int(bar.findtext("div/span"))
        assert count == asked[bar.text, "any year"] == len(bar.xpath(".//li"))
    followed = base.execute(FOLLOWED, (theme,)).fetchall()
    table = tree.xpath("//section[@aria-labelledby='out']//table[@class='num']")
    ways = numbers(table[0]) if table else {}
    assert ways == {(meaning, outcome): n for meaning, outcome, n in followed}
    assert len(tree.xpath("//ul[@class='ways']/li")) == sum(
        n for _meaning, outcome, n in followed if outcome == "found a way out"
    )
    had, got_out = base.execute(HAD, (theme,)).fetchone()
    lead = tree.xpath("string(//section[@aria-labelledby='out']/p[starts-with(., 'In ')])")
    told_out = [int(n) for n in re.findall(r"(?<=In )\d+", lead)]
    assert told_out == ([had, got_out] if had else [])
    unseen = base.execute(UNSEEN, (theme,)).fetchone()[0]
    said = tree.xpath("//div[@class='nobody']/p[starts-with(., 'Of ')]/text()")
    assert sum(int(re.search(r"\d+", line)[0]) for line in said) == unseen
    return len(years) + len(told) + len(ways) + 7


def check_sentences(page: Path, theme: str, base: sqlite3.Connection) -> None:
    """Hold the share of full inspections, and what a path is beside a way out, against SQL."""
    tree = lxml_html.parse(str(page)).getroot()
    looked, weak = base.execute(FULL, (theme,)).fetchone()
    lead = tree.xpath("string(//section[@aria-labelledby='years']/p[1])")
    share = re.findall(r"Of the (\d+) full inspections? .*, (\d+) \((\d+)%\)", lead)
    assert share == ([(str(looked), str(weak), f"{100 * weak / looked:.0f}")] if looked else [])
    meant = tree.xpath("string(//section[@aria-labelledby='list']/ul[@class='meant'])")
    better = base.execute(PATHS, (theme, "better%")).fetchone()[0]
    got_out = base.execute(HAD, (theme,)).fetchone()[1]
    turned = [turn for turn in base.execute(TURNED, (theme,)) if turn[1] == "all"]
    assert [int(n) for n in re.findall(r"\((\d+)\):", meant)] == [len(turned), got_out, better]
    link = tree.xpath("string(//section[@aria-labelledby='out']/p[1]/a)")
    assert int(link.split()[0]) == len(turned)
    (unseen,) = base.execute(UNLOOKED, (theme,)).fetchone()
    listed = tree.xpath("//ul[@class='ways']/li[contains(., 'No visit has looked at all of it')]")
    assert len(listed) == unseen


def test_what_a_partnership_was_told_last_hides_no_judgement_under_the_rules_from_2018(site, base):
    """A row says that it was not judged under them only where no visit under them judged it."""
    hidden = 0
    for theme in THEMES:
        tree = lxml_html.parse(str(site / f"theme-{theme}.html")).getroot()
        noted = tree.xpath("//tr[.//p[@class='off'][starts-with(., 'Not judged under')]]/@id")
        latest = dict(base.execute(OTHER_RULES, (theme,)).fetchall())
        assert {row.removeprefix("a-") for row in noted} == {a for a, n in latest.items() if not n}
        hidden += sum(bool(n) for n in latest.values())
    assert hidden


@pytest.mark.promise("site-numbers-by-sql")
def test_every_number_of_every_theme_is_that_of_sql(site, base):
    counted = [check(site / f"theme-{theme}.html", theme, base) for theme in THEMES]
    assert min(counted) > 6
    for theme in THEMES:
        check_sentences(site / f"theme-{theme}.html", theme, base)


def test_the_front_page_counts_as_sql_does(site, base):
    tree = lxml_html.parse(str(site / "index.html")).getroot()
    rows = numbers(tree.xpath("//table[@class='num']")[0])
    heads = dict(zip(LEVELS, ("Strength", "Mixed", "Groups differ", "Weakness"), strict=True))
    for theme, name in base.execute("SELECT theme, name FROM themes").fetchall():
        latest = dict(base.execute(LATEST, (theme,)).fetchall())
        assert rows.get((name, "Judged"), 0) == sum(latest.values())
        for level, head in heads.items():
            assert rows.get((name, head), 0) == latest.get(level, 0)
        for head, word in (("Path ends better", "better%"), ("Path ends worse", "worse")):
            assert rows.get((name, head), 0) == base.execute(PATHS, (theme, word)).fetchone()[0]
        assert rows.get((name, "Found a way out"), 0) == base.execute(HAD, (theme,)).fetchone()[1]
    told = {
        fact[0].tail: int(fact[0].text.replace(",", ""))
        for fact in tree.xpath("//ul[@class='facts']/li")
    }
    for what, table in (("authorities", "authorities"), ("paragraphs read", "findings")):
        assert told[what] == base.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608


def test_each_line_says_the_latest_level_of_its_groups(site, base):
    """The list, cohort by cohort, against the latest visit that judged each."""
    query = """
    SELECT s.authority, s.cohort, s.status, row_number() OVER (
      PARTITION BY s.authority, s.cohort ORDER BY v."order" DESC) AS back
    FROM statuses s JOIN visits v USING (visit)
    WHERE s.theme = ? AND s.cohort <> 'all' AND s.status IN ('strength', 'mixed', 'weakness')
      AND v.kind <> 'improvement-notice'
    """
    for theme in THEMES:
        tree = lxml_html.parse(str(site / f"theme-{theme}.html")).getroot()
        shown = {
            (row.get("id")[2:], cohort): said.get("data-l")
            for row in tree.xpath("//table[@class='list']/tbody/tr")
            for said in row.xpath(".//p[@data-c]")
            for cohort in said.get("data-c").split()
        }
        rows = base.execute(query, (theme,))
        assert shown == {(a, c): level for a, c, level, back in rows if back == 1}


def test_each_line_says_who_was_weak_and_is_strong_and_since_when(site, base):
    """Over all groups and for each, against SQL over every visit that judged the theme."""
    whole = 0
    for theme in THEMES:
        tree = lxml_html.parse(str(site / f"theme-{theme}.html")).getroot()
        shown = set()
        for row in tree.xpath("//table[@class='list']/tbody/tr[.//*[@data-s]]"):
            (place,) = row.xpath(".//*[@data-s]")
            turns = dict(turn.split("|") for turn in place.get("data-s").split(";"))
            shown |= {(row.get("id")[2:], cohort, said) for cohort, said in turns.items()}
            assert (place.text or "").lower() == turns.get("all", "").lower()
            assert ("hidden" in place.attrib) == ("all" not in turns)
            whole += "all" in turns
        assert shown == {
            (a, cohort, f"weak to {_short(weak)}, strong since {_short(strong)}")
            for a, cohort, weak, strong in base.execute(TURNED, (theme,))
        }
    assert whole


def _short(start: str) -> str:
    return PartialDate.parse(start).short


def test_the_page_about_the_data_counts_levels_as_sql_does(site, base):
    text = lxml_html.parse(str(site / "about.html")).getroot().text_content().replace(",", "")
    judged = "cohort <> 'all' AND status IN ('strength', 'mixed', 'weakness')"
    asked = """SELECT count(*), sum(document_level <> ''), sum(document_level = level_by_codes),
      sum(document_level <> '' AND 'mixed' NOT IN (document_level, level_by_codes)
        AND document_level <> level_by_codes), sum(confidence = 'low')
    FROM statuses WHERE """
    every, both, alike, opposite, low = base.execute(asked + judged).fetchone()
    assert f"{low} of {every} levels do" in text
    assert both > 100
    assert f"{alike} of {both} levels are as that reader has them {opposite} the other" in text


def test_what_is_new_tells_a_visits_grade_and_levels(site, base):
    tree = lxml_html.parse(str(site / "new.html")).getroot()
    words = {"strength": "strong", "mixed": "mixed", "weakness": "weak",
             "differs by cohort": "where groups differ"}  # fmt: skip
    weak = (
        "SELECT name FROM judged JOIN themes USING (theme) JOIN visits v ON v.authority = "
        "judged.authority AND v.\"order\" = place WHERE v.visit = ? AND status = 'weakness'"
    )
    graded = 0
    for visit in tree.xpath("//article[@class='visit']"):
        said = visit.xpath("string(p[1])")
        told = {
            word: int(n)
            for n, word in re.findall(rf"(\d+) (?:themes? )?({'|'.join(words.values())})", said)
        }
        held = base.execute(BY_VISIT, (visit.get("id"),)).fetchall()
        assert told == {words[level]: n for level, n in held}
        named = [link.text for link in visit.xpath("p[1]/a")]
        assert {name.lower() for name in named} == {
            name.lower() for (name,) in base.execute(weak, (visit.get("id"),))
        }
        grade = base.execute(GRADED, (visit.get("id"),)).fetchone()
        assert (f"Graded {grade[0]} overall." if grade else "Graded") in said or not grade
        assert grade or "Graded" not in said
        graded += bool(grade)
    assert graded


def test_the_news_of_a_visit_are_those_of_the_report(kit):
    told = {each.visit.visit: each for each in latest_news(Tables(kit))}
    for slug in ("bolton", "knowsley"):
        results = analyse(load_data(slug, kit))
        own = news(follow(results), since_before(results))
        theirs = {AGAIN: own.again, FIRST: (*own.first, *own.other), RIGHT: own.right,
                  PARTLY: own.better, SILENT: own.silent}  # fmt: skip
        mine = dict(told[latest_read(results)].items)
        faults = new_faults(results, places(results))
        assert [(f"{i.wording}.", i.place) for i in mine.pop(FAULTS)] == [
            (said.text, said.places[0].text) for said in faults
        ]
        assert {head: {i.need for i in items} for head, items in mine.items()} == {
            head: {n.need for n in needs} for head, needs in theirs.items()
        }
        assert {i.need: i.place for items in mine.values() for i in items} == {
            n.need: n.latest.place.text for needs in theirs.values() for n in needs
        }
        raised = {n.need: n.latest.when for n in own.silent}
        assert all(item.when.endswith(raised[item.need]) for item in mine[SILENT])
        assert any(mine.values())
