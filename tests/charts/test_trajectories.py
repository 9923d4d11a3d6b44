"""Trajectories: each cohort's level by height, visit by visit, and what inspectors said."""

from collections.abc import Sequence

import pandas as pd
import pytest
from builders import results_with
from matplotlib.colors import to_hex
from matplotlib.transforms import Bbox
from pandas.testing import assert_frame_equal

from analysis.charts.parts.arrows import draw_arrows
from analysis.charts.parts.chart import Chart
from analysis.charts.parts.panels import ROW
from analysis.charts.parts.style import HOLE, INK, MARKS, inch_axes, new_figure
from analysis.charts.trajectories import Trajectories, marks_of
from analysis.data.codebook import Codebook, Group, Theme
from analysis.results.absences import absence
from analysis.results.schemas import SCHEMAS
from analysis.vocabulary import COMPARISONS

VISITS = pd.DataFrame(
    [
        ("v1", "inspection", "SIF", "2014-04-29", "primary", "April 2014", "Apr 2014"),
        ("v2", "improvement-notice", "", "2014-09-16", "primary", "September 2014", "Sep 2014"),
        ("v3", "monitoring-visit", "SIF", "2016-08", "none", "August 2016", "Aug 2016"),
        ("v4", "focused-visit", "ILACS", "2020-01-21", "primary", "January 2020", "Jan 2020"),
        ("v5", "focused-visit", "ILACS", "2022-10-11", "primary", "October 2022", "Oct 2022"),
        ("v6", "inspection", "ILACS", "2024-11-18", "primary", "November 2024", "Nov 2024"),
    ],
    columns=["visit", "kind", "framework", "start", "held", "label", "short"],
).assign(areas="", order=range(6))
BOOK = Codebook(
    "1",
    (Group("workforce", "Workforce"),),
    tuple(
        Theme(theme, "workforce", name, "", (), (), ("everywhere",), (), ())
        for theme, name in (("supervision", "Supervision"), ("audit", "Audit"))
    ),
)
PLAIN = {
    **dict.fromkeys(["paragraphs", "strengths", "mixed", "weaknesses", "neutral", "votes"], 0),
    **dict.fromkeys(["needed", "secondary"], False),
    **dict.fromkeys(["harm", "reasons", "how", "findings"], ""),
    "confidence": "moderate",
}
NOTHING_SAID = pd.DataFrame(
    columns=["visit", "theme", "cohort", "change_said", "since", "finding"], dtype=str
)
NOTHING_CHANGED = pd.DataFrame(columns=list(SCHEMAS["changes"].columns))


def status(visit: str, cohort: str, word: str, theme: str = "supervision", **more: object):
    return PLAIN | {"visit": visit, "theme": theme, "cohort": cohort, "status": word} | more


def table(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(SCHEMAS["statuses"].columns))


def change(visit: str, before: str, word: str, steps: int, **more: object) -> dict[str, object]:
    """A comparison of social workers' supervision, of both kinds unless one is named."""
    return {
        "visit": visit, "theme": "supervision", "cohort": "social-workers", "before": before,
        "change": word, "steps": steps, "harm": "", "overruled": False, "said": "",
        "said_of_area": "",
    } | more  # fmt: skip


def changed(*rows: dict[str, object]) -> pd.DataFrame:
    both = [{"comparison": name} | row for name in COMPARISONS for row in rows]
    return pd.DataFrame(both, columns=list(SCHEMAS["changes"].columns))


STATUSES = table(
    status("v1", "all", "differs by cohort", findings="d/1 d/2"),
    status("v1", "social-workers", "weakness", paragraphs=2, findings="d/1 d/2"),
    status("v1", "care-leavers", "strength", paragraphs=2, findings="d/2"),
    status("v3", "all", "no document"),
    status("v4", "all", "not in scope"),
    status("v5", "all", "silent"),
    status("v6", "all", "mixed", findings="e/1 e/2"),
    status("v6", "social-workers", "mixed", paragraphs=1, findings="e/1", confidence="low",
           reasons="on one paragraph"),
    status("v6", "not-stated", "reported, not judged", findings="e/2", confidence=""),
)  # fmt: skip
CHANGES = changed(change("v6", "v1", "partly improved", 1))
SAID = pd.DataFrame(
    [
        ("v6", "supervision", "social-workers", "improved", "v1", "e/1"),
        ("v6", "supervision", "social-workers", "improved", "v1", "e/3"),
        ("v6", "supervision", "not-stated", "declined", "unknown", "e/2"),
        ("v6", "caseloads", "not-stated", "declined", "unknown", "e/2"),
    ],
    columns=["visit", "theme", "cohort", "change_said", "since", "finding"],
)


def trajectories(
    statuses: pd.DataFrame, visits: pd.DataFrame, said: pd.DataFrame, changes: pd.DataFrame,
    themes: Sequence[str],
) -> Chart:  # fmt: skip
    tables = {"statuses": statuses, "said": said, "changes": changes}
    return Trajectories(results_with(visits, codebook=BOOK, **tables), themes).chart()


def draw(
    themes: tuple[str, ...] = ("supervision", "audit"), changes: pd.DataFrame = CHANGES
) -> Chart:
    return trajectories(STATUSES, VISITS, SAID, changes, themes)


def test_marks_are_the_levels_of_single_cohorts():
    marks = marks_of(STATUSES, VISITS, ["supervision"])
    found = marks[["visit", "cohort", "status"]].to_numpy().tolist()
    assert found == [
        ["v1", "social-workers", "weakness"],
        ["v1", "care-leavers", "strength"],
        ["v6", "social-workers", "mixed"],
    ]


def test_data_hold_every_judgement_and_every_statement():
    data = draw(("supervision",)).data
    columns = ["Cohort", "Visit", "Status", "Confidence", "Change", "Said of change"]
    assert data[columns].to_numpy().tolist() == [
        ["social workers", "Apr 2014", "weakness", "moderate", "", ""],
        ["care leavers", "Apr 2014", "strength", "moderate", "", ""],
        ["social workers", "Nov 2024", "mixed", "low", "partly improved", "improved"],
        ["no group named", "Nov 2024", "no level judged", "", "", "declined"],
    ]
    last = data[(data["Cohort"] == "social workers") & (data["Visit"] == "Nov 2024")].iloc[0]
    assert last[["Reasons", "Compared with"]].tolist() == ["on one paragraph", "Apr 2014"]


def test_only_visits_out_of_scope_are_grey():
    (hole,) = boxes(draw(("supervision",)), HOLE)
    assert hole.height == pytest.approx(3 * ROW)  # January 2020 in the rows of three cohorts


def test_a_theme_without_any_judgement_says_so():
    words = [text.get_text() for text in draw(("audit",)).figure.axes[0].texts]
    assert "not judged at any visit" in words


def words_of(chart: Chart) -> list[str]:
    return [text.get_text() for text in chart.figure.axes[0].texts]


def test_every_row_says_in_a_word_what_the_latest_visit_found():
    words = words_of(draw(("supervision",)))
    for cohort, word in (
        ("social workers", "mixed"), ("care leavers", "not said"), ("no group named", "not said")
    ):  # fmt: skip
        assert words[words.index(cohort) + 1] == word


def test_hotspots_lead_to_the_findings_of_a_visit():
    chart = draw()
    assert [spot.href for spot in chart.hotspots] == ["#e-supervision--v1", "#e-supervision--v6"]
    assert chart.hotspots[0].label == (
        "Supervision, April 2014: social workers weakness, 2 findings; "
        "care leavers strength, 1 finding"
    )
    assert (
        "social workers mixed, 1 finding, on little (on one paragraph)" in chart.hotspots[1].label
    )
    for spot in chart.hotspots:
        assert 0 <= spot.left < spot.left + spot.width <= 100
        assert 0 <= spot.top < spot.top + spot.height <= 100


def test_alt_counts_the_latest_of_the_comparisons_like_with_like():
    alt = draw().alt
    assert "Exampleshire" in alt
    assert "April 2014 to November 2024" in alt
    assert "Of 1 pair of theme and cohort judged at two full inspections" in alt
    assert "better than the one before in 1, worse in 0 and neither in 0" in alt
    letters = CHANGES[CHANGES["comparison"] == "latest"]
    assert "No cohort was judged at two full inspections" in draw(changes=letters).alt


@pytest.mark.parametrize(
    ("row", "counted"),
    [
        (change("v6", "v1", "declined", -2), (0, 1, 0)),
        (change("v6", "v1", "still mixed", 0), (0, 0, 1)),
        (change("v6", "v1", "partly improved", 1, harm="risk"), (0, 0, 1)),
        (change("v6", "v1", "partly improved", 1, overruled=True, said="declined"), (0, 0, 1)),
    ],
)
def test_what_ends_in_harm_or_is_overruled_is_neither_better_nor_worse(row, counted):
    words = "better than the one before in {}, worse in {} and neither in {}".format(*counted)
    assert words in draw(changes=changed(row)).alt


@pytest.mark.parametrize(
    ("said", "of_area", "told"),
    [
        ("declined", "", "said: declined"),
        ("", "care-leavers: declined", "said: of care leavers: declined"),
        ("declined", "care-leavers: improved", "said: declined"),
    ],
)
def test_data_say_what_inspectors_said_where_it_overrules_our_comparison(said, of_area, told):
    row = change("v6", "v1", "partly improved", 1, overruled=True, said=said, said_of_area=of_area)
    data = draw(changes=changed(row)).data
    assert [word for word in data["Change"] if word] == [told]


def test_same_tables_give_the_same_bytes_and_are_left_alone():
    before = [t.copy() for t in (STATUSES, VISITS, SAID, CHANGES)]
    assert draw().svg() == draw().svg()
    for now, then in zip((STATUSES, VISITS, SAID, CHANGES), before, strict=True):
        assert_frame_equal(now, then)


def test_nothing_judged_gives_a_chart_that_says_so():
    chart = trajectories(table(), VISITS, NOTHING_SAID, NOTHING_CHANGED, ["supervision"])
    assert Trajectories.nothing in words_of(chart)
    assert "No cohort was judged" in chart.alt
    assert chart.data.empty
    assert chart.hotspots == ()


@pytest.mark.parametrize("count", [1, 20])
def test_any_number_of_visits_fits(count: int):
    visits = pd.concat([VISITS.iloc[[0]].assign(visit=f"v{i}") for i in range(count)])
    rows = [
        status(f"v{i}", cohort, "mixed", findings="d/1")
        for i in range(count)
        for cohort in ("all", "social-workers")
    ]
    visits = visits.reset_index(drop=True)
    chart = trajectories(table(*rows), visits, NOTHING_SAID, NOTHING_CHANGED, ["supervision"])
    assert len(chart.hotspots) == count
    assert max(spot.left + spot.width for spot in chart.hotspots) <= 100


def test_a_visit_that_did_not_look_at_a_cohort_s_areas_is_told_from_silence():
    front, care = frozenset({"front-door"}), frozenset({"care-leavers"})
    assert absence("silent", "personal-advisers", "audit", front, BOOK) == "not in scope"
    assert absence("weakness", "personal-advisers", "audit", front, BOOK) == "not in scope"
    assert absence("silent", "personal-advisers", "audit", care, BOOK) == "silent"
    assert absence("weakness", "personal-advisers", "audit", care, BOOK) == ""
    assert absence("silent", "not-stated", "audit", front, BOOK) == "silent"
    assert absence("silent", "care-leavers", "audit", frozenset(), BOOK) == "silent"
    assert absence("no document", "care-leavers", "audit", front, BOOK) == "no document"


def test_each_statement_of_change_has_an_arrow_of_its_own():
    axes = inch_axes(new_figure(2, 2))
    for change in ("improved", "sustained", "not improved", "declined"):
        draw_arrows(axes, [(1, 1)], change)
    shapes = {str(marks.get_paths()[0].vertices.round(3).tolist()) for marks in axes.collections}
    assert len(shapes) == 4


def test_the_key_tells_what_was_said_and_what_marks_are():
    words = " ".join(words_of(draw()))
    for said in ("said: improved", "sustained", "not improved", "declined", "nobody looked",
                 "not mentioned", "on little"):  # fmt: skip
        assert said in words


def boxes(chart: Chart, colour: str) -> list[Bbox]:
    """Rectangles of one colour, those of the key aside."""
    found = []
    for patch in chart.figure.axes[0].patches:
        if to_hex(patch.get_facecolor()) == colour.lower():
            corners = patch.get_path().vertices.reshape(-1, 5, 2)
            found += [Bbox([box.min(axis=0), box.max(axis=0)]) for box in corners]
    return [box for box in found if box.y0 > 0.6]


def test_height_is_the_level_and_what_rests_on_little_is_thin():
    chart = draw(("supervision",))
    (weak,), (mixed,), (strong,) = (
        boxes(chart, MARKS[level].fill) for level in ("weakness", "mixed", "strength")
    )
    names = {text.get_text(): text.get_position()[1] for text in chart.figure.axes[0].texts}
    middle = weak.y1 - names["social workers"], strong.y1 - names["care leavers"]
    assert middle[0] > middle[1]  # the one low in its row, the other high
    assert mixed.height < weak.height == pytest.approx(strong.height)


def test_the_latest_visit_is_ruled_off_in_black():
    chart = draw(("supervision",))
    rule = max(boxes(chart, INK), key=lambda box: box.height)
    (mixed,) = boxes(chart, MARKS["mixed"].fill)
    assert rule.x0 < mixed.x0 < rule.x1 + 0.02 and rule.width < 0.05


def test_what_inspectors_said_is_an_arrow_beside_the_mark_it_speaks_of():
    chart = draw(("supervision",))
    arrows = [marks for marks in chart.figure.axes[0].collections if len(marks.get_offsets())]
    places = [tuple(place) for marks in arrows for place in marks.get_offsets() if place[1] > 0.7]
    (mixed,) = boxes(chart, MARKS["mixed"].fill)
    assert len(places) == 2  # of social workers and of no cohort; that of caseloads is not asked
    assert all(mixed.x0 < x < mixed.x1 for x, _y in places)
    assert places[1][1] < mixed.y0 or places[0][1] < mixed.y0
