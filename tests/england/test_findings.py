"""What is said of England is what the gathered tables say, where they are gathered."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from shared import ROOT

from analysis.england.frames import Frames
from analysis.england.ledger import spans
from analysis.england.over_time import go_together, inspections, new_aspects, next_grades, shares
from analysis.england.state import is_current
from analysis.england.way_out import AGAIN, KEY, OUT, PROGRESS, SILENT, UNSEEN
from analysis.project import Project
from analysis.vocabulary import INSPECTIONS, LEVELS

SAID = " ".join((ROOT / "docs" / "found-in-england.md").read_text("utf-8").split())
README = " ".join((ROOT / "README.md").read_text("utf-8").split())
IN_SHORT = README.partition("## What was found: England")[2].partition(" ## ")[0]
ORDER = list(LEVELS)
"""Levels, the weakest first."""


def bullets(text: str) -> dict[str, list[str]]:
    """The sentence of each finding, and the numbers that stand after it."""
    found = re.findall(r"- \*\*(.+?)\*\*(.*?)(?=- \*\*|$)", text)
    return {head: re.findall(r"\d[\d,]*", rest) for head, rest in found}


@pytest.mark.promise("findings-in-short")
def test_the_readme_says_of_england_what_stands_there_at_length():
    short, long = bullets(IN_SHORT.partition("Each with")[0]), bullets(SAID)
    assert list(short) == list(long)
    assert len(short) == 5
    for head, numbers in short.items():
        assert set(numbers) <= set(long[head]), head


@pytest.fixture(scope="module")
def frames() -> Frames:
    project = Project(ROOT)
    if not is_current(project):
        pytest.skip("the tables of England are not gathered: run `findings england`")
    return Frames(project.england)


@pytest.fixture(scope="module")
def every(frames):
    return inspections(frames.frame("statuses"), frames.frame("judgements"))


@pytest.fixture(scope="module")
def visits(frames):
    return (
        frames.read("visits")
        .query("held == 'primary'")
        .assign(year=lambda rows: rows["start"].str[:4].astype(int))
    )


def interval(authorities, values) -> str:
    """The interval of a share by which authorities there are, as it is said."""
    part = pd.DataFrame({"authority": authorities, "found": np.where(values, "weakness", "")})
    (row,) = shares(part.assign(of=1), ["of"]).to_dict("records")
    low, share, high = (round(100 * row[name]) for name in ("low", "share", "high"))
    return f"{share} % ({low} to {high} %)"


@pytest.mark.promise("findings-about-england")
def test_where_the_record_ends(visits):
    full = visits[visits["kind"].isin(INSPECTIONS)]
    assert full["start"].max().startswith("2025-01")
    assert all("2013 to January 2025" in text for text in (SAID, README))
    assert not (visits["kind"] == "monitoring-visit").any()


@pytest.mark.promise("findings-about-england")
def test_how_often_supervision_was_found_weak(frames, every):
    under = every[every["framework"] == "ILACS"]
    row, second, *_ = (
        shares(under, ["theme"]).sort_values("share", ascending=False).to_dict("records")
    )
    assert (row["theme"], second["theme"]) == ("supervision", "homelessness")
    said = [
        100 * (part["found"] == "weakness").sum() / (part["found"] != "nothing judged").sum()
        for part in (under[under["theme"] == each["theme"]] for each in (row, second))
    ]
    beside = f"({second['weak']}; of those that judged the theme {said[0]:.0f} and {said[1]:.0f} %)"
    assert f"before homelessness {beside}" in SAID
    own = under[under["theme"] == "supervision"]
    said = interval(own["authority"], own["found"] == "weakness")
    assert f"{row['weak']} of {row['inspections']} under the rules of 2018, {said}" in SAID
    early = own["date"].dt.year <= 2023
    weak, count = own["found"] == "weakness", own["found"].value_counts()
    assert f"{(weak & early).sum()} of {early.sum()} begun by 2023, and" in SAID
    assert f"and {(weak & ~early).sum()} of {(~early).sum()} since" in SAID
    assert f"strong at {count['strength']}, and was not judged at {count['nothing judged']}" in SAID
    assert all(
        part["found"].eq("weakness").mean() < every["found"].eq("weakness").mean()
        for _, part in under[under["date"].dt.year >= 2024].groupby("year")
    )
    before = shares(every[every["framework"] == "SIF"], ["theme"])
    first, second, third = before.sort_values("share", ascending=False).head(3).to_dict("records")
    ranked = [row["theme"] for row in (first, second, third)]
    assert ranked == ["pathway-plans", "case-recording", "supervision"]
    assert f"did, {first['weak']} of {first['inspections']}, then case recording" in SAID
    alike = f"alike, {second['weak']} of {second['inspections']} and {third['weak']} of"
    assert f"case recording and supervision {alike} {third['inspections']}, one of these" in SAID
    board = frames.read("visits").set_index("visit").loc["surrey-inspection-2015-06-15"]
    assert board["areas"] == "safeguarding-board"
    own = frames.read("statuses").query("cohort != 'all' and status == 'weakness'")
    any_group = own[own["visit"].isin(under["visit"])].groupby("theme")["visit"].nunique()
    said = f"case recording ({any_group['case-recording']}) and management oversight ("
    assert f"{said}{any_group['management-oversight']}) come before" in SAID
    assert f"it ({any_group['supervision']})" in SAID
    assert any_group["management-oversight"] > any_group["supervision"]


@pytest.mark.promise("findings-about-england")
def test_what_speaks_against_how_often_supervision_was_weak(frames, every):
    under = every[every["framework"] == "ILACS"]
    statuses = frames.read("statuses").query("theme == 'supervision' and status == 'weakness'")
    here = statuses[statuses["visit"].isin(under["visit"])]
    weak = here[here["cohort"] == "all"]
    on_one = weak["paragraphs"] == 1
    assert f"{on_one.sum()} of the {len(weak)} rest" in SAID
    assert f"{(on_one & weak['needed']).sum()} of these with a recommendation beside it" in SAID
    assert f"at {(weak['weaknesses'] == 0).sum()} no finding that votes is coded weak" in SAID
    alone = frames.read("statuses").query("cohort != 'all'")
    alone = alone[alone["visit"].isin(under["visit"]) & alone["level_by_codes"].isin(ORDER)]
    by_codes = alone[alone["theme"] == "supervision"].groupby("visit")["level_by_codes"].agg(set)
    assert f"by codes alone it would be {(by_codes == {'weakness'}).sum()}" in SAID
    levels = frames.read("levels").query("coder == 'reader-3'")
    documents = frames.read("documents")
    visit_of = dict(zip(documents["document"], documents["visit"], strict=True))
    levels = levels.assign(visit=levels["document"].map(visit_of)).astype({"theme": str})
    levels = levels[levels["visit"].isin(under["visit"])]
    called = levels.groupby(["theme", "visit"])["level"].agg(set)
    all_weak = (called == {"weakness"}).groupby(level="theme").sum().sort_values(ascending=False)
    assert all_weak.index[0] == "homelessness"
    assert f"homelessness is first ({all_weak.iloc[0]})" in SAID
    assert f"weak at {all_weak['supervision']} of all {under['visit'].nunique()}" in SAID
    of_them = called["supervision"].reindex(weak["visit"])
    named = of_them.dropna()
    mixed = sum("weakness" not in held and "mixed" in held for held in named)
    assert (
        f"at {(named == {'weakness'}).sum()} of the {len(weak)} ({mixed} mixed, "
        f"{of_them.isna().sum()} not named;"
    ) in SAID
    assert "by their levels homelessness is first" in SAID


@pytest.mark.promise("findings-about-england")
def test_how_many_found_a_way_out(frames):
    had = frames.read("followed").query("had")
    looked = had[had["outcome"] != UNSEEN]
    out = looked["outcome"] == OUT
    count = had["outcome"].value_counts()
    where = f"in {looked['authority'].nunique()} authorities"
    assert f"Of {len(looked):,} needs (theme, group and aspect) {where}" in SAID
    assert f"{count[UNSEEN]} more were not looked at again" in SAID
    assert f"{out.sum()} were found met and not raised after" in SAID
    assert interval(looked["authority"], out) in SAID
    assert f"one in {({10: 'ten'})[round(1 / out.mean())]} was found met and not raised" in SAID
    again = looked["raised_since"] > 0
    assert f"{again.sum():,} were raised again at least once" in SAID
    assert 0.4 < again.mean() < 0.5
    assert f"{count[PROGRESS]:,} were better or met in part, {count[AGAIN]} raised again" in SAID
    assert f"{count[SILENT]} not mentioned" in SAID
    others = 100 * out.sum() / (len(looked) - count[AGAIN])
    assert f"the {count[AGAIN]} that were raised again were not looked at since" in SAID
    assert f"(of the others {others:.0f} % were)" in SAID
    assert (
        f"silent ones it would be {100 * (out.sum() + count[SILENT]) / len(looked):.0f} %" in SAID
    )
    after = looked[out]["looked_after"]
    assert f"at {(after == 0).sum()} of the {out.sum()} no later visit" in SAID
    order = dict(zip(*(frames.read("visits")[name] for name in ("visit", "order")), strict=True))
    needs = frames.read("needs")[["authority", "need", *KEY]].drop_duplicates()
    events = looked[out].merge(needs).merge(frames.read("need_events"), on=["authority", "need"])
    later = events[events["visit"].map(order) > events["out"].map(order)]
    better = later.loc[later["relation"] == "progress", ["authority", *KEY]].drop_duplicates()
    assert f"at {len(better)} of the {out.sum()} a later visit speaks of it as better only" in SAID


@pytest.mark.promise("findings-about-england")
def test_what_nobody_was_found_to_have_got_out_of(frames):
    had = frames.read("followed").query("had")
    looked = had[had["outcome"] != UNSEEN]
    needs = looked.assign(out=looked["outcome"] == OUT).groupby(KEY, observed=True)["out"]
    needs = needs.agg(["size", "sum"])
    none = needs[(needs["sum"] == 0) & (needs["size"] >= 15)]["size"].sort_values(ascending=False)
    assert none.index[0] == ("placements", "children-in-care", "sufficiency")
    common = needs.sort_values("size", ascending=False).head(2)
    assert [name[2] for name in common.index] == ["measurable", "quality"]
    (one, two) = common[["sum", "size"]].to_numpy().tolist()
    assert f"at {one[0]} of {one[1]}, the quality of supervision at {two[0]} of {two[1]})" in SAID
    commoner = needs[needs["size"] >= needs.loc[none.index[0], "size"]].drop(none.index[0])
    met, seen = commoner["sum"].sum(), commoner["size"].sum()
    shares = (commoner["sum"] / commoner["size"]).sort_values().iloc[2:]
    low, high = (round(100 * share) for share in (shares.min(), shares.max()))
    assert len(commoner) == 5
    assert f"three at {low} to {high} %, all five together at {met} of {seen}, as all" in SAID
    assert len(none) == 13 and "Twelve other needs that were looked at again 15 times" in SAID
    boards = ("multi-agency", "not-stated", "board")
    assert boards in none.index
    board = looked[(looked[KEY] == pd.Series(dict(zip(KEY, boards, strict=True)))).all(axis=1)]
    better = (board["outcome"] == PROGRESS).sum()
    assert f"later visits call it better at {better} of the {len(board)}" in SAID
    large = needs.loc[needs["size"] >= 15, "size"]
    chance = ((1 - (looked["outcome"] == OUT).mean()) ** large).sum()
    assert f"of {len(large)} needs so common about {({5: 'five'})[round(chance)]} would" in SAID
    assert f"the commonest {none.iloc[1]} times" in SAID
    keys = dict(zip(KEY, none.index[0], strict=True))
    own = had[(had[list(keys)] == pd.Series(keys)).all(axis=1)]["outcome"].value_counts()
    followed = frames.read("followed")
    asked = followed[(followed[list(keys)] == pd.Series(keys)).all(axis=1)]["authority"].nunique()
    had_it = f"{own.sum()} authorities had that need ({asked} were asked for it)"
    assert f"{had_it}; {own.sum() - own[UNSEEN]} were looked" in SAID
    kept = had[(had[list(keys)] == pd.Series(keys)).all(axis=1)]
    ever = ((kept["raised_since"] > 0) & (kept["outcome"] != UNSEEN)).sum()
    assert f"at {own[AGAIN]} it was raised again (at some time since at {ever})" in SAID
    assert f"{own[PROGRESS]} were better" in SAID
    assert f"{own[SILENT]} silent" in SAID


@pytest.mark.promise("findings-about-england")
def test_what_is_new(frames, visits):
    names = ("needs", "need_events", "visits", "judgements")
    needs = spans(*(frames.read(name) for name in names))
    table = new_aspects(needs, (2013, 2017), 2022).set_index("aspect")
    assert table.loc["over-21", "before"] == 1
    own = needs[needs["aspect"] == "over-21"]
    assert own.loc[own["year"].between(2018, 2021), "authority"].nunique() == 2
    assert own["year"].between(2018, 2020).sum() == 0
    assert f"{table.loc['over-21', 'now']} since 2022" in SAID
    assert own["authority"].nunique() == 22
    raised = frames.read("needs").query("aspect == 'over-21'")[["authority", "first_raised"]]
    raised = raised.merge(visits, left_on="first_raised", right_on="visit").sort_values("start")
    late = raised[raised["start"] >= "2022"].drop_duplicates("first_raised")
    late = late.drop_duplicates("authority_x")
    graded = (late["start"] >= "2023").sum()
    assert f"{graded} of the {len(late)} were first asked, three in 2022" in SAID
    assert len(late) - graded == 3
    short = (~late["kind"].isin(INSPECTIONS)).sum()
    assert f"three of these {len(late)} first asked at a focused visit" in SAID and short == 3
    full = visits[visits["kind"].isin(INSPECTIONS)]
    early, then, now = (
        full.loc[full["year"].between(*years), "authority"].nunique()
        for years in ((0, 2017), (2018, 2021), (2022, 2100))
    )
    assert f"One of {early} authorities" in SAID
    assert f"it is one of {early}, two of {then}, and 19 of {now}" in SAID


@pytest.mark.promise("findings-about-england")
def test_what_follows_an_inadequate_judgement(every):
    table = next_grades(every)
    read = table[table["next_grade"] != ""]
    early = table["date"].dt.year < 2022
    count = read["next_grade"].value_counts()
    assert f"Of {early.sum()} such judgements before 2022, {len(read)} have" in SAID
    assert set(read.index) <= set(table.index[early])
    assert f"of {(~early).sum()} judged since 2022 none" in SAID
    assert f"within {read['years'].median():.1f} years" in SAID
    better = read["next_grade"].isin(["good", "outstanding"])
    assert f"{better.sum()} good or outstanding, {interval(read['authority'], better)}" in SAID
    assert f"{count['requires improvement']} requires improvement" in SAID
    assert f"{count['inadequate']} inadequate again" in SAID
    rules = dict(zip(every["visit"], every["framework"], strict=True))
    pairs = list(zip(read["visit"].map(rules), read["next"].map(rules), better, strict=True))
    for ends, words in (
        (("SIF", "SIF"), "where both are under the rules of 2013"),
        (("SIF", "ILACS"), "across the change of rules"),
        (("ILACS", "ILACS"), "where both are under those of 2018"),
    ):
        found = [good for one, two, good in pairs if (one, two) == ends]
        assert f"{sum(found)} of {len(found)} {words}" in SAID
    again = [grade == "inadequate" for grade in read["next_grade"]]
    both_old = [pair[:2] == ("SIF", "SIF") for pair in pairs]
    old = sum(bad for bad, early_rules in zip(again, both_old, strict=True) if early_rules)
    late, rest = sum(again) - old, both_old.count(False)
    assert f"again lie within the rules of 2013 ({old} of {sum(both_old)}, then {late} of" in SAID
    assert f"then {late} of {rest}), which hold" in SAID
    docs = " ".join((ROOT / "docs" / "england.md").read_text("utf-8").split())
    rose = f"Here {sum(both_old) - old} of {sum(both_old)} did better"
    assert rose in docs and f"and {rest - late} of {rest} where the next" in docs
    beside = next_grades(every, "requires improvement")
    beside = beside[beside["next_grade"] != ""]
    good = beside["next_grade"].isin(["good", "outstanding"]).sum()
    assert f"After requires improvement it was {good} of {len(beside)}" in SAID
    kinds = [
        (rules[one], rules[two]) for one, two in zip(beside["visit"], beside["next"], strict=True)
    ]
    assert ("SIF", "SIF") not in kinds
    alike = sum(good for one, two, good in pairs if (one, two) != ("SIF", "SIF"))
    like = f"like beside like it is {alike} of {rest} and {good} of {len(beside)}"
    assert f"(none of these within the rules of 2013; {like})" in SAID
    assert f"{(beside['next_grade'] == 'inadequate').sum()} were inadequate" in SAID
    assert f"after {beside['years'].median():.1f} years" in SAID


def test_it_says_what_each_rests_on():
    found = re.findall(r"- \*\*(.*?)\*\*(.*?)(?= - \*\*| Ask on)", SAID)
    assert len(found) == 5
    assert all("Doubts:" in text and re.search(r"\d", text) for _, text in found)


def test_how_many_themes_go_together(every):
    pairs = go_together(every[every["framework"] == "ILACS"])
    docs = " ".join((ROOT / "docs" / "england.md").read_text("utf-8").split())
    assert f"of {len(pairs)} pairs {pairs['holds'].sum()} go together beyond chance" in docs


@pytest.mark.promise("findings-about-england")
def test_what_came_of_the_cases_that_were_read():
    held = pd.read_csv(ROOT / "benchmarks" / "england_read.csv", dtype=str)
    assert (held["finding"].value_counts() >= 30).all()
    assert held["finding"].nunique() == 5
    count = held["verdict"].value_counts()
    said = f"of {len(held)}, {count['holds']} hold, {count['arguable']} can be argued"
    assert said in SAID
    assert count["fails"] == 3 and "three do not" in SAID
