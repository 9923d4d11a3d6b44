"""The ledger: needs raised again, as spans over visits."""

import pandas as pd
from builders import results_with
from matplotlib.colors import to_hex
from pandas.testing import assert_frame_equal

from analysis.charts.ledger import Ledger, needs_shown
from analysis.charts.parts.chart import Chart
from analysis.charts.parts.style import HOLE, INK, PAPER
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


STATUSES = pd.DataFrame(
    [
        (visit, theme, "all", "not in scope" if (visit, theme) == ("v4", "plans") else "silent")
        for visit in ("v1", "v4", "v5")
        for theme in NEEDS["theme"].unique()
    ],
    columns=["visit", "theme", "cohort", "status"],
)


def draw(
    ledger: pd.DataFrame = LEDGER, events: pd.DataFrame = EVENTS, visits: pd.DataFrame = VISITS
) -> Chart:
    tables = {"ledger": ledger, "events": events, "statuses": STATUSES}
    return Ledger(results_with(visits, **tables)).chart()


def words(chart: Chart) -> list[str]:
    return [text.get_text().replace("\n", " ") for text in chart.figure.axes[0].texts]


def test_needs_raised_at_the_latest_visit_come_first_and_of_these_the_oldest():
    shown = needs_shown(LEDGER, VISITS)
    assert shown[["need", "visits_raised", "run", "still", "opened"]].to_numpy().tolist() == [
        ["often", 3, 3, True, "v1"],
        ["again", 3, 1, True, "v5"],  # met in between
        ["done", 2, 2, False, "v1"],
    ]


def test_a_need_that_came_back_after_it_was_met_was_raised_again():
    events = pd.DataFrame(
        [event("done", "v1", "raised"), event("done", "v4", "met"),
         event("done", "v5", "raised", spell=2)],
        columns=EVENT_COLUMNS,
    )  # fmt: skip
    assert needs_shown(ledger(NEEDS, events), VISITS)["need"].tolist() == ["done"]


def test_age_counts_before_the_number_of_visits():
    more = pd.DataFrame(
        [event("old", "v1", "raised"), event("old", "v5", "raised")]
        + [event("young", visit, "raised") for visit in ("v3", "v4", "v5")],
        columns=EVENT_COLUMNS,
    )
    needs = NEEDS.iloc[:2].assign(need=["young", "old"])
    shown = needs_shown(ledger(needs, more), VISITS)
    assert shown["need"].tolist() == ["old", "young"]


def test_every_need_stands_under_the_area_whose_service_it_is_with_its_visits():
    found = words(draw())
    assert "Leaders, staff and the whole service" in found
    assert found.index("Care leavers and their advisers") < found.index("2 visits")
    assert {"2 visits", "3 visits"} <= set(found)


def test_years_stand_over_every_visit_that_is_read_or_spoke_of_a_need():
    years = [word for word in words(draw()) if word.strip("\u2019").isdigit()]
    assert years[:5] == ["2014", "\u201914", "\u201916", "\u201920", "2024"]


def dots(chart: Chart, colour: str) -> set[tuple[float, float]]:
    """Where round marks of a colour stand, those of the key aside."""
    axes = chart.figure.axes[0]
    marks = [p for p in axes.patches if p.get_capstyle() == "round"]
    ours = [p for p in marks if to_hex(p.get_edgecolor()) == colour.lower()]
    places = [place for p in ours for place in p.get_path().vertices[::2].round(2).tolist()]
    return {(x, y) for x, y in places if y > 0.5}


def test_each_visit_that_spoke_of_a_need_has_a_mark_under_its_year_and_in_its_row():
    chart = draw()
    texts = [(t.get_text(), *t.get_position()) for t in chart.figure.axes[0].texts]
    (_word, _x, top) = next(t for t in texts if t[0].startswith("Supervision"))
    across = sorted({round(x, 2) for word, x, _y in texts if word.strip("\u2019").isdigit()})
    leaders = across[5:]  # of its panel, the second
    often = {x for x, y in dots(chart, INK) if abs(y - top) < 0.1 and x > 5.5}
    assert often == {leaders[0], leaders[3], leaders[4]}
    (ring,) = [place for place in dots(chart, PAPER) if place[0] < 5.5]
    assert ring[0] == across[3]  # plans were met in 2020


def grey(chart: Chart) -> int:
    patches = chart.figure.axes[0].patches
    holes = [p for p in patches if to_hex(p.get_facecolor()) == HOLE.lower()]
    return sum(len(p.get_path().vertices) // 5 for p in holes)


def test_grey_is_where_nobody_looked():
    assert grey(draw()) == 1 + 1  # the sample in the key, and plans of care leavers in 2020


def test_as_many_needs_as_any_authority_has_are_all_drawn_and_fit_a_page_of_paper():
    needs = pd.DataFrame(
        [(f"need-{i}", "audit", "not-stated", f"Audit leads to better practice, part {i}")
         for i in range(50)],
        columns=["need", "theme", "cohort", "wording"],
    ).assign(aspect="other")  # fmt: skip
    events = pd.DataFrame(
        [event(need, visit, "raised") for need in needs["need"] for visit in ("v1", "v5")],
        columns=EVENT_COLUMNS,
    )
    chart = draw(ledger(needs, events), events)
    assert len(chart.hotspots) == len(chart.data) == 50
    width, height = chart.print_size()
    assert width / chart.figure.get_size_inches()[0] * 9.25 >= 6 and height <= 240 / 25.4


def test_data_hold_one_row_for_each_need_with_its_dates():
    data = draw().data.set_index("Need")
    assert list(data.index) == [
        "Supervision is regular", "Plans are written with young people",
        "Audit leads to better practice",
    ]  # fmt: skip
    assert data.loc["Supervision is regular"].to_dict() == {
        "Cohort": "social workers",
        "Visits that raised it": 3,
        "Raised at": "2014; 2020",
        "Not addressed at": "2024",
        "Progress at": "",
        "Met at": "",
        "Met in part at": "",
        "Required by notice": "September 2014",
        "Who links it": "inspectors 1, coder 3",
    }
    assert data.loc["Plans are written with young people", "Met at"] == "2020"


def test_what_a_narrower_visit_found_met_is_a_mark_of_its_own():
    part = EVENTS["relation"] == "met"
    narrow = EVENTS.assign(ends=EVENTS["ends"] & ~part)
    chart = draw(events=narrow)
    row = chart.data.set_index("Need").loc["Plans are written with young people"]
    assert row[["Met at", "Met in part at"]].tolist() == ["", "2020"]
    assert chart.svg() != draw().svg()
    assert "better, or met in part" in words(chart)


def test_hotspots_lead_to_the_needs():
    chart = draw()
    spots = {spot.href: spot for spot in chart.hotspots}
    assert list(spots) == ["#n-again", "#n-often", "#n-done"]
    assert spots["#n-often"].label == "Supervision is regular"
    assert spots["#n-often"].top < spots["#n-done"].top  # which is not raised any more
    assert all(0 <= s.top < s.top + s.height <= 100 for s in chart.hotspots)


def test_alt_names_the_oldest_need_still_raised():
    alt = draw().alt
    assert "Exampleshire" in alt
    assert "3 needs were raised at two visits or more, 2 of them at the latest one" in alt
    assert "Supervision is regular" in alt
    assert "first raised 2014, latest 2024" in alt


def test_caption_counts():
    assert "3 of 4 needs in all, 2 of them raised at the latest visit too" in draw().caption


def test_same_tables_give_the_same_bytes_and_are_left_alone():
    before = [t.copy() for t in (LEDGER, EVENTS, VISITS)]
    assert draw().svg() == draw().svg()
    for now, then in zip((LEDGER, EVENTS, VISITS), before, strict=True):
        assert_frame_equal(now, then)


def test_an_empty_ledger_gives_a_chart_that_says_so():
    chart = draw(pd.DataFrame(columns=LEDGER_COLUMNS), pd.DataFrame(columns=EVENT_COLUMNS))
    assert "No need was raised at more than one visit" in chart.alt
    assert "No need was raised at more than one visit." in words(chart)
    assert chart.data.empty
    assert chart.hotspots == ()
