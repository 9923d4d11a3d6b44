"""The whole flow over the fixture: from what is held to the tables that a report shows."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis.data.loading import load_data
from analysis.data.table import parse_table
from analysis.errors import FindingsError, UnknownNameError
from analysis.report.parameters import Parameters
from analysis.report.report import Report
from analysis.results.changes import of_latest
from analysis.results.results import analyse

FIRST = "exampleshire-inspection-2014-03-10"
NEWS = "exampleshire-monitoring-visit-2016-05"
UNSEEN = "exampleshire-monitoring-visit-2017-02"
FOCUSED = "exampleshire-focused-visit-2019-06-04"
LATEST = "exampleshire-inspection-2022-10-03"
LETTER = "exampleshire-focused-visit-2019-06-28"
ROUND_AGAIN = "exampleshire-inspection-2022-11-21"


def status(results, visit: str, theme: str) -> str:
    whole = results.whole().set_index(["visit", "theme"])
    return whole.loc[(visit, theme), "status"]


def test_no_finding_is_lost(results):
    assert set(results.coded["finding"]) == set(results.data.findings["finding"])


def test_the_resolved_code_counts(results):
    coded = results.coded.set_index("finding")

    assert coded.loc[f"{LETTER}/3", ["coder", "direction"]].tolist() == ["resolved", "weakness"]
    assert "reader-2" not in set(results.coded["coder"])


def test_a_finding_that_nobody_coded_is_tagged_and_says_so(results):
    tagged = results.coded[results.coded["coder"] == "tagger"]

    assert tagged[["finding", "theme", "cohort"]].to_numpy().tolist() == [
        [f"{LETTER}/4", "caseloads", "personal-advisers"]
    ]


@pytest.mark.parametrize(
    ("visit", "theme", "expected"),
    [
        (FIRST, "plans", "weakness"),
        (NEWS, "supervision", "no document"),
        (UNSEEN, "pathway-plans", "no document"),
        (FOCUSED, "plans", "not in scope"),
        (FOCUSED, "pathway-plans", "mixed"),
        (LATEST, "private-fostering", "silent"),
        (LATEST, "supervision", "differs by cohort"),
        (LATEST, "plans", "strength"),
    ],
)
def test_every_way_of_not_knowing_is_told_apart(results, visit, theme, expected):
    assert status(results, visit, theme) == expected


def test_every_visit_but_the_notice_has_every_theme_once(results):
    whole = results.whole()

    assert len(whole) == 5 * 6
    assert not whole.duplicated(["visit", "theme"]).any()


def test_judged_are_single_cohorts_with_a_direction(results):
    judged = results.judged()

    assert set(judged["status"]) == {"strength", "mixed", "weakness"}
    assert "all" not in set(judged["cohort"])


def test_a_change_names_both_visits_and_those_that_did_not_look(results):
    change = of_latest(results.changes).set_index(["visit", "theme", "cohort"])
    change = change.loc[(LATEST, "plans", "children-in-need-of-help-or-protection")]

    assert change[["before", "change", "steps", "differ"]].tolist() == [
        FIRST, "improved", 2, "another framework",
    ]  # fmt: skip
    assert [part.split("=")[0] for part in change["not_looked"].split()] == [NEWS, UNSEEN, FOCUSED]


def test_a_change_stands_beside_what_inspectors_said(results):
    of = of_latest(results.changes)
    shown = of[(of["theme"] == "pathway-plans") & (of["visit"] == LATEST)]

    assert shown[["before", "change", "said", "overruled"]].to_numpy().tolist() == [
        [FOCUSED, "partly improved", "improved", False]
    ]


def test_needs_raised_twice_are_told_from_those_raised_once(results):
    ledger = results.ledger.set_index("need")

    assert ledger["raised_again"].to_dict() == {
        "supervision-quality": True,
        "caseload-size": False,
        "plan-quality": False,
        "supervision-frequency": False,
    }
    assert ledger.loc["supervision-quality", "visits_raised"] == 2


def test_secondary_documents_set_a_status_only_if_asked(data, results):
    asked = analyse(data, include_secondary=True)

    assert status(results, NEWS, "supervision") == "no document"
    assert status(asked, NEWS, "supervision") == "reported, not judged"
    assert set(results.secondary["visit"]) == {NEWS}


def test_counts_follow_the_visits_and_count_each_finding_once(results):
    counts = results.counts()

    assert counts.drop(columns=["visit", "source"]).to_numpy().tolist() == [
        ["exampleshire-inspection-2014-05-20", 11, 11, 11],
        ["exampleshire-improvement-notice-2014-09-01", 2, 2, 2],
        ["exampleshire-monitoring-visit-2016-06", 2, 2, 2],
        [LETTER, 5, 4, 4],
        [ROUND_AGAIN, 10, 9, 11],
    ]


def test_movers_are_followed_beside_the_usual_themes(results):
    usual = ["caseloads", "supervision", "audit", "pathway-plans"]

    assert results.moved_most() == ["plans"]
    assert results.followed() == [*usual, "plans"]


def test_movers_are_ranked_by_steps_and_those_of_low_confidence_left_out(results):
    moved = pd.DataFrame(
        [
            ("plans", "like with like", 1, "moderate"),
            ("private-fostering", "like with like", -2, "high"),
            ("plans", "like with like", 2, "low"),
            ("plans", "latest", 2, "high"),
            ("audit", "like with like", 2, "high"),  # always followed, so no mover
        ],
        columns=["theme", "comparison", "steps", "confidence"],
    ).astype({"steps": "Int64"})
    some = replace(results, changes=moved)

    assert some.moved_most() == ["private-fostering", "plans"]
    assert some.moved_most(1) == ["private-fostering"]


def test_named_themes_are_followed_in_their_order_once(results):
    assert results.followed(("plans", "audit")) == ["plans", "audit"]


def test_an_unknown_theme_is_refused(results):
    with pytest.raises(UnknownNameError, match=r"'plan'\. Did you mean 'plans'"):
        results.followed(("audit", "plan"))


def test_nothing_to_analyse_is_said(data):
    with pytest.raises(FindingsError, match="No finding is held about Exampleshire"):
        analyse(replace(data, findings=data.findings.iloc[:0]))


def test_a_period_without_a_document_is_said(data):
    with pytest.raises(FindingsError, match="No finding is held about Exampleshire"):
        analyse(data.between("2017", "2017"))


def test_saved_tables_are_whole_and_harmless(results, project):
    Report(results, project, Parameters("exampleshire")).save()

    folder = project.root / "data" / "processed" / "exampleshire"
    assert sorted(path.name for path in folder.iterdir()) == [
        "areas.csv", "changes.csv", "findings.csv", "needs.csv", "paths.csv", "recommendations.csv",
        "statuses.csv", "summary.json",
    ]  # fmt: skip
    text = (folder / "findings.csv").read_text(encoding="utf-8-sig")
    assert "\n=SUM" not in text
    assert ",=SUM" not in text
    assert "'=SUM(1) is all that some pathway plans hold" in text
    table, problems = parse_table(text, list(results.coded.columns), "findings.csv")
    assert problems == []
    for column in ("finding", "summary"):  # one summary begins as a formula does
        assert table[column].tolist() == results.coded[column].tolist()


def test_the_same_data_give_the_same_bytes(results, project):
    folder, parameters = project.tables("exampleshire"), Parameters("exampleshire")
    Report(results, project, parameters).save()
    first = {p.name: p.read_bytes() for p in folder.iterdir()}
    Report(analyse(load_data("exampleshire", project)), project, parameters).save()

    assert {p.name: p.read_bytes() for p in folder.iterdir()} == first


def test_the_order_of_rows_in_the_files_changes_no_result(results, project):
    for name in ("visits", "documents", "need_links", "codes/reader-1"):
        path = project.raw("exampleshire", f"{name}.csv")
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")

    again = analyse(load_data("exampleshire", project))

    assert_frame_equal(again.changes, results.changes)
    assert_frame_equal(again.ledger, results.ledger)
    statuses = results.statuses.drop(columns="findings")
    assert_frame_equal(again.statuses.drop(columns="findings"), statuses)


def test_analysing_changes_nothing_that_was_loaded(data, project):
    analyse(data)

    again = load_data("exampleshire", project)
    for name, table in vars(again).items():
        if isinstance(table, pd.DataFrame):
            assert_frame_equal(getattr(data, name), table)
