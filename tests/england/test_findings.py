"""What the README says of England is what the gathered tables say, where they are gathered."""

from __future__ import annotations

import re

import pytest
from shared import ROOT

from analysis.england.frames import Frames
from analysis.england.ledger import spans
from analysis.england.over_time import inspections, new_aspects, next_grades, shares
from analysis.england.state import is_current
from analysis.england.way_out import AGAIN, KEY, OUT, SILENT, UNSEEN
from analysis.project import Project

README = " ".join((ROOT / "README.md").read_text("utf-8").split())
SAID = README.partition("## What was found: England")[2].partition(" ## ")[0]


@pytest.fixture(scope="module")
def frames() -> Frames:
    project = Project(ROOT)
    if not is_current(project):
        pytest.skip("the tables of England are not gathered: run `findings england`")
    return Frames(project.england)


@pytest.fixture(scope="module")
def every(frames):
    return inspections(frames.frame("statuses"), frames.frame("judgements"))


@pytest.mark.promise("findings-about-england")
def test_how_often_supervision_was_found_weak(frames, every):
    under = every[every["framework"] == "ILACS"]
    table = shares(under, ["theme"]).sort_values("share", ascending=False)
    row = table.iloc[0]
    assert row["theme"] == "supervision"
    low, share, high = (round(100 * row[name]) for name in ("low", "share", "high"))
    said = f"{row['weak']} of {row['inspections']} full inspections, {share} % ({low} to {high} %)"
    assert said in SAID
    statuses = frames.read("statuses")
    weak = statuses[(statuses["theme"] == "supervision") & (statuses["cohort"] == "all")]
    weak = weak[weak["visit"].isin(under["visit"]) & (weak["status"] == "weakness")]
    assert f"{(weak['paragraphs'] == 1).sum()} of the {len(weak)} rest" in SAID


@pytest.mark.promise("findings-about-england")
def test_how_many_found_a_way_out(frames):
    had = frames.read("followed").query("had")
    looked = had[had["outcome"] != UNSEEN]
    out = looked["outcome"] == OUT
    assert f"Of {len(looked):,} needs in" in SAID
    assert f"{out.sum()} were found met and not raised after, {round(100 * out.mean())} %" in SAID
    assert f"one in {({7: 'seven'})[round(1 / out.mean())]} was found met" in SAID
    assert f"{(looked['outcome'] == AGAIN).sum()} were raised again" in SAID
    after = looked[out]["looked_after"]
    assert f"{(after == 0).sum()} of the {out.sum()} no later visit" in SAID
    assert f"silent, {(had['outcome'] == SILENT).sum()} times" in SAID
    needs = looked.assign(out=out).groupby(KEY, observed=True)["out"].agg(["size", "sum"])
    none = needs[(needs["sum"] == 0) & (needs["size"] >= 15)]["size"].sort_values(ascending=False)
    assert none.index[0] == ("placements", "children-in-care", "sufficiency")
    assert len(none) == 6 and f"the commonest {none.iloc[1]} times" in SAID
    for aspect, said in (
        (
            "sufficiency",
            "{had} authorities had that need; {looked} were looked at again, and none of them",
        ),
        ("attendance", "met by {out} of {looked}"),
    ):
        own = had[(had["aspect"] == aspect) & had["theme"].isin(["placements", "multi-agency"])]
        own = own[own["cohort"] == own["cohort"].value_counts().index[0]]
        seen = own[own["outcome"] != UNSEEN]
        out_of = (seen["outcome"] == OUT).sum()
        assert said.format(had=len(own), looked=len(seen), out=out_of) in SAID
        assert bool(out_of) == ("none" not in said)


@pytest.mark.promise("findings-about-england")
def test_what_is_new(frames):
    names = ("needs", "need_events", "visits", "judgements")
    needs = spans(*(frames.read(name) for name in names))
    table = new_aspects(needs, (2013, 2017), 2022).set_index("aspect")
    assert table.loc["over-21", "before"] == 1
    assert f"{table.loc['over-21', 'now']} since 2022" in SAID
    assert needs.query("aspect == 'over-21'")["authority"].nunique() == 22


@pytest.mark.promise("findings-about-england")
def test_what_follows_an_inadequate_judgement(every):
    table = next_grades(every)
    read = table[table["next_grade"] != ""]
    count = read["next_grade"].value_counts()
    assert f"Of {len(table)} such judgements, {len(read)} have" in SAID
    assert f"within {read['years'].median():.1f} years" in SAID
    good = count["good"] + count["outstanding"]
    assert f"{good} good or outstanding, {count['requires improvement']} requires" in SAID
    assert f"{count['inadequate']} inadequate again" in SAID


def test_it_says_what_each_rests_on():
    found = re.findall(r"- \*\*(.*?)\*\*(.*?)(?= - \*\*| Ask on)", SAID)
    assert len(found) == 5
    assert all("Doubts:" in text and re.search(r"\d", text) for _, text in found)
