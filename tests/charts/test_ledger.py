"""The ledger: needs raised again, as spans over visits."""

import pandas as pd
from pandas.testing import assert_frame_equal

from analysis.charts.ledger import ledger_spans, needs_shown
from analysis.charts.parts.chart import Chart
from analysis.results.needs import ledger
from analysis.results.schemas import SCHEMAS

EVENT_COLUMNS, LEDGER_COLUMNS = (list(SCHEMAS[name].columns) for name in ("events", "ledger"))
VISITS = pd.DataFrame(
    [
        ("v1", "inspection", "SIF", "2014-04-29", "primary", "April 2014", "Apr 2014"),
        ("v2", "improvement-notice", "", "2014-09-16", "primary", "September 2014", "Sep 2014"),
        ("v3", "monitoring-visit", "SIF", "2016-08", "none", "August 2016", "Aug 2016"),
        ("v4", "focused-visit", "ILACS", "2020-01-21", "primary", "January 2020", "Jan 2020"),
        ("v5", "inspection", "ILACS", "2024-11-18", "primary", "November 2024", "Nov 2024"),
    ],
    columns=["visit", "kind", "framework", "start", "held", "label", "short"],
).assign(areas="", order=range(5))
NEEDS = pd.DataFrame(
    [
        ("often", "supervision", "social-workers", "Supervision is regular"),
        ("again", "plans", "care-leavers", "Plans are written with young people"),
        ("done", "audit", "not-stated", "Audit leads to better practice"),
        ("once", "caseloads", "not-stated", "Caseloads allow good practice"),
    ],
    columns=["need", "theme", "cohort", "wording"],
).assign(aspect="other")


def event(
    need: str, visit: str, relation: str, spell: int = 1, basis: str = "coder", *, ends: bool = True
):
    return {
        "need": need, "visit": visit, "order": int(visit[1]) - 1, "relation": relation,
        "basis": basis, "ends": ends and relation == "met", "spell": spell,
        "findings": f"{visit}/1", "relations": f"{visit}/1={relation.replace(' ', '-')}",
    }  # fmt: skip


EVENTS = pd.DataFrame(
    [
        event("often", "v1", "raised"),
        event("often", "v2", "required"),
        event("often", "v4", "raised"),
        event("often", "v5", "not addressed", basis="inspectors"),
        event("again", "v1", "raised"),
        event("again", "v3", "raised"),
        event("again", "v4", "met"),
        event("again", "v5", "raised", spell=2),
        event("done", "v1", "raised"),
        event("done", "v4", "raised"),
        event("done", "v5", "met"),
        event("once", "v5", "raised"),
    ],
    columns=EVENT_COLUMNS,
)
LEDGER = ledger(NEEDS, EVENTS)


def draw(**more: int) -> Chart:
    return ledger_spans(LEDGER, EVENTS, VISITS, authority="Exampleshire", **more)


def words(chart: Chart) -> list[str]:
    return [text.get_text().replace("\n", " ") for text in chart.figure.axes[0].texts]


def test_needs_raised_at_the_latest_visit_come_first_and_of_these_the_oldest():
    shown = needs_shown(LEDGER, VISITS)
    assert shown[["need", "visits_raised", "run", "still", "opened"]].to_numpy().tolist() == [
        ["often", 3, 3, True, "v1"],
        ["again", 3, 1, True, "v5"],  # met in between
        ["done", 2, 2, False, "v1"],
    ]


def test_age_counts_before_the_number_of_visits():
    more = pd.DataFrame(
        [event("old", "v1", "raised"), event("old", "v5", "raised")]
        + [event("young", visit, "raised") for visit in ("v3", "v4", "v5")],
        columns=EVENT_COLUMNS,
    )
    needs = NEEDS.iloc[:2].assign(need=["young", "old"])
    shown = needs_shown(ledger(needs, more), VISITS)
    assert shown["need"].tolist() == ["old", "young"]


def test_headings_say_which_needs_were_raised_at_the_latest_visit():
    found = words(draw())
    heads = [word for word in found if "at the latest visit read, November 2024" in word]
    assert [word.split(" at ")[0] for word in heads] == ["Raised", "Not raised"]


def test_spells_are_counted_apart():
    found = words(draw())
    assert {"1 visit", "2 visits", "3 visits"} <= set(found)
    assert "raised 2014, 2016, then met;" in found
    assert "raised 2024" in found
    assert "first raised 2014, latest 2020" in found
    assert "first raised 2014, again 2020, latest 2024" in " ".join(found)


def test_data_hold_one_row_for_each_need_with_its_dates():
    data = draw().data.set_index("Need")
    assert list(data.index) == [
        "Supervision is regular", "Plans are written with young people",
        "Audit leads to better practice",
    ]  # fmt: skip
    assert data.loc["Supervision is regular"].to_dict() == {
        "Cohort": "social workers",
        "First raised": "Apr 2014",
        "Latest raised": "Nov 2024",
        "Visits that raised it": 3,
        "Raised at": "Apr 2014; Jan 2020",
        "Not addressed at": "Nov 2024",
        "Progress at": "",
        "Met at": "",
        "Met in part at": "",
        "Required by notice": "Sep 2014",
        "Who links it": "inspectors 1, coder 3",
    }
    assert data.loc["Plans are written with young people", "Met at"] == "Jan 2020"


def test_what_a_narrower_visit_found_met_is_a_mark_of_its_own():
    part = EVENTS["relation"] == "met"
    narrow = EVENTS.assign(ends=EVENTS["ends"] & ~part)
    chart = ledger_spans(LEDGER, narrow, VISITS, authority="Exampleshire")
    row = chart.data.set_index("Need").loc["Plans are written with young people"]
    assert row[["Met at", "Met in part at"]].tolist() == ["", "Jan 2020"]
    assert chart.svg() != draw().svg()
    assert "met, in part only" in words(chart)


def test_hotspots_lead_to_the_needs():
    chart = draw()
    assert [spot.href for spot in chart.hotspots] == ["#n-often", "#n-again", "#n-done"]
    assert chart.hotspots[0].label == (
        "Supervision is regular (social workers): raised at 3 visits"
    )
    tops = [spot.top for spot in chart.hotspots]
    assert tops == sorted(tops)
    assert all(0 <= s.top < s.top + s.height <= 100 for s in chart.hotspots)


def test_what_is_not_drawn_is_counted_and_stays_in_the_data():
    chart = draw(most=1)
    assert [spot.href for spot in chart.hotspots] == ["#n-often"]
    assert "The picture shows 1; 2 more are in the data." in chart.caption
    assert len(chart.data) == 3
    assert "more are in the data" not in draw().caption


def test_alt_names_the_oldest_need_still_raised():
    alt = draw().alt
    assert "Exampleshire" in alt
    assert "3 needs were raised at two visits or more, 2 of them at the latest one" in alt
    assert "Supervision is regular" in alt
    assert "first raised 2014, latest 2024" in alt


def test_caption_counts_and_the_head_names_visits_without_a_document():
    assert "3 of 4 needs, 2 of them raised at the latest visit too" in draw().caption
    assert "no document" in " ".join(words(draw()))


def test_same_tables_give_the_same_bytes_and_are_left_alone():
    before = [t.copy() for t in (LEDGER, EVENTS, VISITS)]
    assert draw().svg() == draw().svg()
    for now, then in zip((LEDGER, EVENTS, VISITS), before, strict=True):
        assert_frame_equal(now, then)


def test_an_empty_ledger_gives_a_chart_that_says_so():
    chart = ledger_spans(
        pd.DataFrame(columns=LEDGER_COLUMNS), pd.DataFrame(columns=EVENT_COLUMNS), VISITS,
        authority="Exampleshire",
    )  # fmt: skip
    assert "No need was raised at more than one visit" in chart.alt
    assert "No need was raised at more than one visit." in words(chart)
    assert chart.data.empty
    assert chart.hotspots == ()
