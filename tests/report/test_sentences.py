"""Sentences: each template exactly right for its data; every number in the real ones recomputed."""

from __future__ import annotations

import csv
import re
from calendar import month_name
from collections import Counter, defaultdict
from pathlib import Path
from statistics import fmean

import pytest
from builders import authority, coded, links, needs, says, statements, visit, visits, votes

from analysis.anchors import finding_anchor, visit_anchor, within
from analysis.report.sentences.read import Sentence, opening
from analysis.report.tables.evidence import by_theme
from analysis.results.results import analyse

TWO = visits(
    visit("a", start="2014-04", framework="SIF"),
    visit("b", start="2018-10"),
)
SAME = visits(visit("a", start="2018-10"), visit("b", start="2021-10"))


def say(rows=(), of=TWO, *, topic="", **more) -> list[str]:
    """Texts of one topic of the opening."""
    rows = list(rows) or votes("a", "S", theme="plans")
    asked = {"include_secondary": more.pop("include_secondary", False)}
    sentences = opening(analyse(authority(of, coded(*rows), **more), **asked))
    return [sentence.text for sentence in sentences if sentence.topic == topic]


def test_grades_with_their_visits_and_frameworks():
    grades = [("b", "good"), ("a", "inadequate")]
    assert say(topic="grades", grades=grades) == [
        "Ofsted graded children's services in Anyshire overall inadequate (inspection of 2014-04, "
        "SIF) and good (inspection of 2018-10, ILACS)."
    ]


def test_no_grades():
    assert say(topic="grades") == ["No overall grade is held for Anyshire in this period."]


def test_what_was_read_counts_documents_visits_and_findings():
    rows = [*votes("a", "SW"), says("b", "mixed", source="secondary"), says("a", "", theme="none")]
    assert say(rows, topic="read") == [
        "3 documents (1 of them from secondary sources) were read, on 2 of at least 2 visits: 4 "
        "findings, 3 of them on at least one of 3 themes."
    ]


def test_one_is_singular():
    rows = [says("a", "", theme="none")]
    assert say(rows, visits(visit("a")), topic="read") == [
        "1 document was read, on 1 of at least 1 visit: 1 finding, 0 of them on at least one of "
        "3 themes."
    ]


def test_a_notice_is_no_visit_by_inspectors():
    of = visits(visit("a"), visit("n", start="2014-09", kind="improvement-notice"))
    (text,) = say([*votes("a", "S"), says("n", "weakness", role="requirement")], of, topic="read")
    assert "on 1 of at least 1 visit and 1 improvement notice: 2 findings" in text


@pytest.mark.parametrize(
    ("levels", "topic", "text"),
    [
        ("WMS", "improved", "better and stayed so. Inspectors found it weak in April 2014, then "
         "mixed in October 2018, then strong in October 2021."),
        ("SSW", "declined", "worse. Inspectors found it strong in April 2014 and October 2018, "
         "then weak in October 2021."),
        ("WWW", "held", "weak throughout. Inspectors found it weak in April 2014, October 2018 and "
         "October 2021."),
        ("WSW", "held", "rose and fell back. Inspectors found it weak in April 2014, then strong "
         "in October 2018, then weak in October 2021."),
    ],
)  # fmt: skip
def test_a_whole_path_is_told_with_all_its_levels(levels, topic, text):
    rows = [row for v, level in zip("abc", levels, strict=True) for row in votes(v, level * 2)]
    assert say(rows, FULL, topic=topic) == [f"Audit (social workers): {text}"]


FULL = visits(
    visit("a"), visit("b", start="2018-10"), visit("c", start="2021-10"),
    visit("letter", kind="focused-visit", start="2022-10"),
)  # fmt: skip


def test_a_path_says_what_it_rests_on_and_how_grave_its_end_is():
    one = [*votes("a", "S"), says("b", "weakness", harm="risk"), *votes("letter", "S")]
    assert say(one, FULL, topic="declined") == [
        "Audit (social workers): worse. Inspectors found it strong in April 2014, then weak in "
        "October 2018, at both ends on one paragraph, with children left at risk; not judged in "
        "October 2021."
    ]
    needed = [*votes("a", "W"), *votes("b", "SSSSS"), says("b", "weakness", role="need")]
    (text,) = say(needed, FULL, topic="improved")
    assert text.endswith(
        "then strong in October 2018, with something to improve; not judged in October 2021."
    )


def test_a_path_names_the_full_inspections_that_did_not_judge_it():
    rows = [*votes("a", "SS"), *votes("c", "SS"), *votes("letter", "WW")]
    (text,) = say(rows, FULL, topic="held")
    assert text.endswith("strong in April 2014 and October 2021; not judged in October 2018.")


def test_a_cohort_that_is_not_stated_does_not_speak_beside_one_that_is():
    rows = [*votes("a", "SS", cohort="not-stated"), *votes("b", "WW", cohort="not-stated")]
    assert say(rows, FULL, topic="declined")[0].startswith("Audit: worse.")
    named = [*votes("a", "WW"), *votes("b", "WW")]
    assert say([*rows, *named], FULL, topic="declined") == []


def test_what_the_program_coded_is_not_said_by_inspectors():
    rows = [*votes("a", "SS", coder="tagger"), *votes("b", "WW", coder="tagger"),
            says("b", "weakness", change_said="declined", coder="tagger")]  # fmt: skip
    sentences = opening(analyse(authority(FULL, coded(*rows))))
    assert [s.text for s in sentences if re.search("inspectors (said:|found)", s.text, re.I)] == []
    assert [s.text for s in sentences if s.topic == "declined"] == [
        "Audit (social workers): at the inspection of 2018-10, as the program read it: worsened "
        "(n = 1); judged weak there. Something is said.",
        "Audit (social workers): worse. The program read it as strong in April 2014, then weak in "
        "October 2018; not judged in October 2021.",
    ]


def told(word, since="unknown", direction="neutral", **more):
    return says("b", direction, change_said=word, since=since, **more)


def test_what_was_said_comes_with_its_n_the_level_beside_it_and_what_was_found():
    rows = [*votes("a", "WW"), told("improved", "a", "weakness"), told("improved", "a")]
    assert say(rows, TWO, topic="improved") == [
        "Audit (social workers): at the inspection of 2018-10 inspectors said: improved since the "
        "inspection of 2014-04 (n = 2); judged weak there. Something is said."
    ]
    found = told("declined") | {"found": "Audits are rare"}
    assert say([found], TWO, topic="declined") == [
        "Audit (social workers): at the inspection of 2018-10 inspectors said: worsened (n = 1). "
        "Audits are rare."
    ]


def test_what_inspectors_overrule_is_listed_and_told_by_no_path():
    rows = [*votes("a", "SS"), *votes("b", "WW"), told("improved", "a")]
    assert say(rows, SAME, topic="overruled") == [
        "Audit (social workers): the levels read strong at the inspection of 2018-10, then weak at "
        "the inspection of 2021-10; inspectors there said improved. The step is in no count."
    ]
    assert say(rows, SAME, topic="declined") == []
    assert say(rows, SAME, topic="moved") == [
        "At the inspection of 2021-10, 1 comparison with full inspections before could be made: 0 "
        "better, 0 the same, 0 worse; 1 counted as neither, since inspectors said otherwise of the "
        "theme or its area, or harm was found."
    ]


def test_what_inspectors_say_of_the_area_overrules_too():
    of_care = {"theme": "pathway-plans", "cohort": "care-leavers"}
    rows = [*votes("a", "WW", **of_care), *votes("b", "SS", **of_care)]
    said = statements(("b", "care-leavers", "", "declined", "a"))
    (text,) = say(rows, SAME, topic="overruled", areas=said.assign(finding="b-letter/3"))
    assert "the levels read weak" in text
    assert "inspectors there said of care leavers as a whole: worsened." in text


def test_several_things_said_are_all_said_the_gravest_first():
    rows = [told("improved"), told("not improved", "a"), told("not improved", "a"),
            told("declined", "a"), *votes("b", "WW")]  # fmt: skip
    (text,) = say(rows, TWO, topic="declined")
    assert text == (
        "Audit (social workers): at the inspection of 2018-10 inspectors said: worsened since the "
        "inspection of 2014-04 (n = 1), not improved since the inspection of 2014-04 (n = 2) and "
        "improved (n = 1); judged weak there. Something is said."
    )


def test_what_was_only_said_to_be_sustained_is_told_by_the_path():
    rows = [*votes("a", "SS"), *votes("b", "WW"), told("sustained")]
    (text,) = say(rows, SAME, topic="declined")
    assert text.startswith("Audit (social workers): worse.")


def test_only_the_latest_word_speaks():
    of = visits(visit("a"), visit("b", start="2018-10"), visit("c", start="2021-10"))
    rows = [told("improved"), *votes("c", "S")]
    assert say(rows, of, topic="improved") == []
    assert len(say(rows[:1], of, topic="improved")) == 1


def test_an_unstated_cohort_does_not_speak_once_a_later_visit_judged_the_theme():
    old = says("a", "strength", cohort="not-stated", change_said="improved")
    assert len(say([old], TWO, topic="improved")) == 1
    assert say([old, *votes("b", "WW")], TWO, topic="improved") == []
    assert (
        len(say([old | {"cohort": "care-leavers"}, *votes("b", "WW")], TWO, topic="improved")) == 1
    )


def test_the_latest_visit_comes_first():
    rows = [
        says("a", "weakness", cohort="care-leavers", change_said="declined"),
        says("b", "weakness", theme="plans", change_said="declined"),
    ]
    dates = [re.search(r"of (\d{4})", text).group(1) for text in say(rows, topic="declined")]
    assert dates == ["2018", "2014"]


@pytest.mark.parametrize(
    ("level", "change", "since", "said"),
    [
        ("weakness", "declined", "a", "worsened since the inspection of 2014-04; weak"),
        ("", "improved", "unknown", "improved"),
        ("strength", "", "", "strong"),
    ],
)
def test_what_was_said_of_an_area_is_told_with_its_summary(level, change, since, said):
    area = statements(("b", "care-leavers", level, change, since)).assign(finding="b-letter/1")
    assert say(votes("b", "S"), TWO, topic="areas", areas=area) == [
        f"Care leavers: at the inspection of 2018-10 inspectors said: {said}. The area is spoken "
        "of."
    ]


def test_that_nobody_coded_statements_on_areas_is_said():
    assert say(topic="areas") == [
        "What inspectors said of whole areas has not been coded for these documents."
    ]


def test_what_leaders_say_of_an_area_is_no_word_of_inspectors():
    area = statements(("b", "leadership", "strength", "", "")).assign(finding="b-letter/1")
    (text,) = say([says("b", "strength", said_by="leaders")], TWO, topic="areas", areas=area)
    assert text.startswith("What inspectors said of whole areas has not been coded")


@pytest.mark.parametrize(
    ("rows", "grades", "area", "better"),
    [
        ([], [], ("declined",), ""),
        ([], [], ("improved",), "Whole areas, in inspectors' words: care leavers (October 2021)."),
        ([], [("a", "inadequate"), ("b", "good")], (), "By grade: overall (October 2021)."),
        ([told("improved")], [], (), "In inspectors' words: audit."),
        ([told("improved", coder="tagger")], [], (), "As the program read it: audit."),
        ([*votes("a", "WW"), *votes("b", "SS")], [], (),
         "From the first full inspection to the latest: audit."),
        ([*votes("a", "W"), *votes("letter", "S")], [], (),
         "Between two visits, if not over all: audit."),
    ],
)  # fmt: skip
def test_nothing_got_better_only_where_nothing_says_so(rows, grades, area, better):
    of = visits(*SAME.drop(columns="order").to_dict("records"),
                visit("letter", kind="focused-visit", start="2022-10"))  # fmt: skip
    said = statements(*[("b", "care-leavers", "", change, "a") for change in area])
    (first, _) = say(
        [says("b", "neutral", theme="plans"), *rows], of, topic="ways", grades=grades,
        areas=said.assign(finding="b-letter/1"),
    )  # fmt: skip
    if better:
        assert first == f"Said or found to be better, at one visit or more. {better}"
    else:
        assert first.startswith("Nothing in these documents says that anything got better")


def test_the_program_found_nothing_is_not_that_nothing_is():
    (better, worse) = say([says("b", "strength", coder="tagger")], TWO, topic="ways")
    assert better.startswith("The program found nothing here that says that anything got better.")
    assert worse.endswith("What inspectors themselves said about change has not been tagged.")


RAISED = coded(*[says(v, "weakness", finding=f"{v}-letter/1") for v in "abcd"])


def raised(of, *rows, **more):
    made = links(*[(need, f"{v}-letter/1", relation) for need, v, relation in rows])
    names = sorted({row[0] for row in rows})
    data = authority(of, RAISED[RAISED["visit"].isin(of["visit"])], needs=needs(*names), links=made)
    return [s.text for s in opening(analyse(data, **more)) if s.topic == "raised again"]


THREE = visits(
    visit("a"), visit("b", start="2018-10"), visit("c", start="2021-10", kind="focused-visit")
)


def test_needs_raised_again():
    texts = raised(
        THREE,
        ("x", "a", "raised"), ("x", "c", "not addressed"),
        ("y", "a", "raised"), ("y", "b", "raised"), ("y", "c", "met"),
        ("z", "a", "raised"),
    )  # fmt: skip
    assert texts == [
        "2 of 3 needs were raised at two visits or more, and no visit in between found them met in "
        "full. At the latest visit read, the focused visit of 2021-10, 1 of these was raised "
        "again.",
        "Want of x (social workers): first raised April 2014, latest October 2021, raised by 2 "
        "visits.",
        "Want of y (social workers): first raised April 2014, latest October 2018, raised by 2 "
        "visits. The focused visit of 2021-10 found it met in part; it looked at: something.",
    ]


def test_needs_are_counted_once_however_many_spells_they_have():
    texts = raised(
        THREE, ("x", "a", "raised"), ("x", "b", "met"), ("x", "c", "raised"), ("y", "a", "raised"),
        ("y", "b", "raised"),
    )  # fmt: skip
    assert texts[0].startswith("1 of 2 needs were raised")


def test_a_need_raised_anew_says_when_it_was_first_raised():
    four = visits(
        visit("a"), visit("b", start="2018-10"), visit("c", start="2021-10"),
        visit("d", start="2022-10"),
    )  # fmt: skip
    (_, text) = raised(
        four, ("x", "a", "raised"), ("x", "b", "met"), ("x", "c", "raised"), ("x", "d", "raised")
    )
    assert text == (
        "Want of x (social workers): first raised April 2014, found met since, raised "
        "anew October 2021, latest October 2022, in that spell by 2 visits."
    )


def test_each_full_inspection_says_how_many_comparisons_went_which_way():
    rows = [
        *votes("a", "WW"), *votes("b", "SS"), *votes("letter", "WW"),
        *votes("a", "SS", theme="plans"), *votes("b", "SS", theme="plans"),
        *votes("a", "S", cohort="care-leavers"), *votes("b", "W", cohort="care-leavers"),
        *votes("a", "W", cohort="children-in-care"),
        *votes("b", "S+", cohort="children-in-care", harm="duty"),
    ]  # fmt: skip
    assert say(rows, FULL, topic="moved") == [
        "At the inspection of 2018-10, 4 comparisons with full inspections before could be made: 1 "
        "better, 1 the same, 1 worse; 1 counted as neither, since inspectors said otherwise of the "
        "theme or its area, or harm was found."
    ]


def test_a_need_met_within_a_narrower_scope_is_told_with_it():
    of = visits(
        visit("a"), visit("b", start="2018-10"),
        visit("c", start="2021-10", kind="focused-visit", areas="front-door"),
        visit("d", start="2022-10"),
    )  # fmt: skip
    texts = raised(
        of, ("x", "a", "raised"), ("x", "b", "raised"), ("x", "c", "met"), ("x", "d", "met")
    )
    assert texts[1].endswith(
        "raised by 2 visits; found met in October 2022. The focused visit of 2021-10 found it met "
        "in part; it looked at: something."
    )


def test_at_least_where_a_visit_in_between_has_no_document_that_counts():
    for held in ("none", "secondary"):
        of = visits(visit("a"), visit("x", held=held), visit("c", start="2021-10"))
        (_, text) = raised(of, ("x", "a", "raised"), ("x", "c", "raised"))
        assert text.endswith("raised by at least 2 visits.")


def test_no_need_raised_again():
    assert raised(THREE, ("x", "a", "raised")) == [
        "No need was raised at more than one of these visits."
    ]


def test_the_latest_visit_is_one_that_was_read():
    of = visits(visit("a"), visit("b", start="2018-10"), visit("lost", start="2021", held="none"))
    (count, _) = raised(of, ("x", "a", "raised"), ("x", "b", "raised"))
    assert (
        "At the latest visit read, the inspection of 2018-10, 1 of these was raised again" in count
    )


def test_what_was_last_looked_at_when():
    of = visits(
        visit("a"), visit("door", areas="front-door"), visit("lost", held="none"),
        visit("b", start="2021-10"),
    )  # fmt: skip
    rows = [
        *votes("a", "SS", theme="pathway-plans"), *votes("b", "SS"),
        *votes("b", "N", theme="pathway-plans"),
    ]  # fmt: skip
    assert say(rows, of, topic="latest look") == [
        "1 of 3 themes was judged, for at least one cohort, at the latest visit read, the "
        "inspection of 2021-10.",
        "Plans: judged at none of these visits; nothing can be said about its level.",
        "Pathway plans: last judged for any cohort at the inspection of 2014-04; of 3 later "
        "visits, 1 did not look at it, 1 reported on it without a judgement and 1 has no document "
        "that counts here.",
    ]


def test_silence_is_not_reported_and_no_more():
    assert say([*votes("a", "S"), *votes("b", "S", theme="plans")], topic="latest look")[1] == (
        "Audit: last judged for any cohort at the inspection of 2014-04; of 1 later visit, 1 did "
        "not mention it."
    )


def test_a_secondary_source_is_compared_with_the_primary_and_sets_nothing():
    rows = [
        *votes("a", "SS"), says("a", "strength", source="secondary"),
        *votes("a", "WW", theme="plans"),
        says("a", "strength", theme="plans", source="secondary"),
    ]  # fmt: skip
    (text,) = say(rows, visits(visit("a")), topic="sources")
    assert "of 2 themes that both judge, 1 came out the same. It sets no status." in text
    assert "inspection of 2014-04" in text


def test_how_far_comparisons_can_be_leaned_on():
    rows = [
        *votes("a", "WWW"), *votes("b", "SSS"),
        *votes("a", "WW", theme="plans"), *votes("b", "S", theme="plans"),
    ]  # fmt: skip
    assert say(rows, SAME, topic="confidence") == [
        "Over all full inspections, 2 comparisons could be made: 1 with high confidence, 0 with "
        "moderate and 1 with low."
    ]


def test_nothing_comparable():
    assert say(votes("a", "S"), topic="confidence") == [
        "No two full inspections judged the same theme for the same cohort: change cannot be said "
        "from them."
    ]


UNREAD = visits(visit("a"), visit("p", start="2016-08", held="secondary"), visit("x", held="none"))


@pytest.mark.parametrize(
    ("asked", "what"), [(False, "they set no status here"), (True, "as asked, they set statuses")]
)
def test_visits_known_from_others_or_not_at_all(asked, what):
    rows = [*votes("a", "S"), *votes("p", "W", source="secondary")]
    assert say(rows, UNREAD, topic="sources", include_secondary=asked) == [
        f"About the inspection of 2016-08 only secondary sources are held (Trade press); {what}.",
        "Of the inspection of 2014-04 no document is held. What is known of it: Something.",
    ]


def test_what_a_later_document_tells_of_a_visit_is_counted_and_shown_with_its_place():
    lost = visit("x", kind="monitoring-visit", start="2016-08", held="none")
    lost |= {"scope": "Child protection", "note": "told in a-letter/1: one of six visits"}
    of = visits(visit("a"), lost)
    (said,) = say(votes("a", "S"), of, topic="sources")
    assert said == (
        "Of the monitoring visit of 2016-08 no document is held. What is known of it: Child "
        "protection. Told in the inspection of 2014-04, paragraph 1 in our count: one of six "
        "visits."
    )
    (read,) = say(votes("a", "S"), of, topic="read")
    assert read.endswith("Of 1 visit no document is held.")


# The real data, recomputed from the files with the standard library alone.

RAW = Path(__file__).parents[2] / "data" / "raw" / "knowsley"
LEVEL_WORDS = {"strong": "strength", "weak": "weakness", "mixed": "mixed"}


def table(name: str) -> list[dict[str, str]]:
    with (RAW / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Raw:
    """What the files say, counted by hand."""

    def __init__(self) -> None:
        self.visits = sorted(table("visits.csv"), key=lambda v: v["start"])
        for visit_ in self.visits:
            year, month = visit_["start"].split("-")[:2]
            kind = re.sub("-(visit|notice)", r" \1", visit_["kind"])
            date = f"{month_name[int(month)]} {year}"
            visit_["title"] = f"{kind} of {date}"
            visit_["date"] = date
        self.title = {v["title"]: v["visit"] for v in self.visits}
        self.order = {v["visit"]: i for i, v in enumerate(self.visits)}
        self.documents = {d["document"]: d for d in table("documents.csv")}
        self.findings = {
            row["finding"]: row | self.documents[path.stem]
            for path in sorted((RAW / "findings").glob("*.csv"))
            for row in table(f"findings/{path.name}")
        }
        resolved = table("codes/resolved.csv")
        done = {row["finding"] for row in resolved}
        self.codes = [r for r in table("codes/reader-1.csv") if r["finding"] not in done] + resolved

    def level(self, theme: str, cohort: str, visit_: str) -> str:
        rows = [
            (code, self.findings[code["finding"]])
            for code in self.codes
            if code["theme"] == theme and code["cohort"] in (cohort, "not-stated")
        ]
        rows = [
            (c, f) for c, f in rows
            if f["visit"] == visit_ and f["source"] == "primary"
            and c["basis"] == "level" and c["direction"] != "neutral" and not f["repeats"]
            and f["said_by"] not in ("leaders", "staff")
            and f["role"] not in ("context", "requirement")
        ]  # fmt: skip
        needed = any(f["role"] == "need" for _, f in rows)
        own = [(c, f) for c, f in rows if c["cohort"] == cohort]
        body = [c for c, f in own if f["role"] == "body" and (not c["part"] or c["harm"])]
        summaries = [c for c, f in own if f["role"] == "summary"]
        parts = [c for c, f in own if f["role"] == "body"]
        weights = [self.weight(c) for c in body or (not summaries and parts) or []]
        if summaries:
            weights.append(fmean(map(self.weight, summaries)))
        if not weights:
            return "weakness" if needed and own else ""
        balance = round(fmean(weights) - 0.15 * needed, 9)
        return "strength" if balance > 0.65 else "weakness" if balance < 0.4 else "mixed"

    @staticmethod
    def weight(code: dict[str, str]) -> float:
        leans = {"strength": 0.75, "weakness": 0.25}
        mixed = leans.get(code["lean"], 0.5)
        return {"strength": 1.0, "weakness": 0.0}.get(code["direction"], mixed)

    def said(self, theme: str, cohort: str, visit_: str) -> Counter[tuple[str, str]]:
        return Counter(
            (code["change_said"], code["since"])
            for code in self.codes
            if (code["theme"], code["cohort"]) == (theme, cohort) and code["change_said"]
            and self.findings[code["finding"]]["visit"] == visit_
            and self.findings[code["finding"]]["source"] == "primary"
            and self.findings[code["finding"]]["said_by"] == "inspectors"
            and self.findings[code["finding"]]["role"] not in ("need", "requirement")
        )  # fmt: skip


VISIT = {within(row["visit"]): row["visit"] for row in table("visits.csv")}


def place(sentence: Sentence) -> tuple[str, str]:
    """Theme and visit of the evidence that a sentence leads to."""
    theme, visit_ = re.fullmatch(r"#e-(.+)--(.+)", sentence.href).groups()
    return theme, VISIT[visit_]


@pytest.fixture(scope="module")
def raw() -> Raw:
    return Raw()


@pytest.fixture(scope="module")
def results(knowsley):
    return knowsley


@pytest.fixture(scope="module")
def said(results) -> list[Sentence]:
    return opening(results)


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def test_real_grades(said, raw):
    (sentence,) = [s for s in said if s.topic == "grades"]
    overall = [j for j in table("judgements.csv") if j["area"] == "overall"]
    by_visit = {raw.documents[j["document"]]["visit"]: j["grade"] for j in overall}
    expected = [
        f"{by_visit[v['visit']]} ({v['title']}, {v['framework']})"
        for v in raw.visits
        if v["visit"] in by_visit
    ]
    assert len(expected) == 4
    place = -1
    for part in expected:
        assert sentence.text.find(part) > place
        place = sentence.text.find(part)
    assert len(numbers(sentence.text)) == len(expected)


def test_real_counts_of_what_was_read(said, raw):
    (sentence,) = [s for s in said if s.topic == "read"]
    themed = {c["finding"] for c in raw.codes if c["theme"] != "none"}
    book = (RAW.parent / "codebook.yml").read_text(encoding="utf-8")
    notices = {v["visit"] for v in raw.visits if "notice" in v["visit"]}
    assert numbers(sentence.text) == [
        len(raw.documents),
        sum(d["source"] == "secondary" for d in raw.documents.values()),
        len({d["visit"] for d in raw.documents.values()} - notices),
        len(raw.visits) - len(notices),
        len(notices),
        len(raw.findings),
        len(themed),
        len(re.findall(r"(?m)^  - id: ", book)),
        len({v["visit"] for v in raw.visits} - {d["visit"] for d in raw.documents.values()}),
    ]


MOVED = ("improved", "declined", "not improved", "held")
COHORT = {
    "social workers": "social-workers", "personal advisers": "personal-advisers",
    "managers and reviewing officers": "managers-and-reviewing-officers",
    "children in need of help or protection": "children-in-need-of-help-or-protection",
    "children in care": "children-in-care", "care leavers": "care-leavers",
    "cohort not stated": "not-stated",
}  # fmt: skip


def cohort_of(text: str) -> str:
    named = re.match(r"[^(:]+ \(([^()]+)\):", text)
    return COHORT[named.group(1)] if named else "not-stated"


def test_real_paths_are_those_of_the_formula(said, raw):
    told = [s for s in said if s.topic in MOVED and "Inspectors found it" in s.text]
    assert len(told) > 30
    month = {v["date"]: v["visit"] for v in raw.visits}
    full = [v["visit"] for v in raw.visits if v["kind"] in ("inspection", "re-inspection")]
    for sentence in told:
        theme, latest = place(sentence)
        cohort = cohort_of(sentence.text)
        levels = {
            month[date]: LEVEL_WORDS[level]
            for level, dates in re.findall(
                r"(strong|weak|mixed) in ((?:\w+ \d{4}(?:, | and )?)+)", sentence.text
            )
            for date in re.findall(r"\w+ \d{4}", dates)
        }
        expected = {v: raw.level(theme, cohort, v) for v in full}
        assert levels == {v: level for v, level in expected.items() if level}, sentence.text
        assert list(levels)[-1] == latest


def test_real_words_of_inspectors_are_theirs(said, raw):
    spoken = [s for s in said if "inspectors said:" in s.text and s.href.startswith("#e-")]
    assert len(spoken) >= 5
    assert {s.topic for s in spoken} >= {"matters", "not improved"}
    words = {"worsened": "declined"}
    for sentence in spoken:
        theme, visit_ = place(sentence)
        told_ = re.search(r"inspectors said: (.+?\(n = \d+\))[.;] ", sentence.text).group(1)
        found = Counter()
        for word, since, n in re.findall(
            r"(not improved|improved|worsened|sustained)(?: since the (.+?))? \(n = (\d+)\)", told_
        ):
            found[(words.get(word, word), raw.title[since] if since else "unknown")] = int(n)
        assert found == raw.said(theme, cohort_of(sentence.text), visit_), sentence.text
        title = next(v["title"] for v in raw.visits if v["visit"] == visit_)
        assert f"at the {title}" in sentence.text


def test_real_needs_were_raised_by_the_visits_that_the_links_name(said, raw):
    rank = {"resolved": 0, "reader-1": 2}
    best: dict[tuple[str, str], dict[str, str]] = {}
    for link in sorted(table("need_links.csv"), key=lambda row: rank.get(row["coder"], 1)):
        if link["coder"] != "reader-2" and link["basis"] in ("inspectors", "coder"):
            best.setdefault((link["need"], link["finding"]), link)
    raising, meeting, better = defaultdict(set), defaultdict(set), defaultdict(set)
    for link in best.values():
        place = raw.findings[link["finding"]]
        if place["source"] == "primary" and place["role"] != "requirement":
            if link["relation"] in ("raised", "not addressed"):
                raising[link["need"]].add(place["visit"])
            if link["relation"] == "met":
                meeting[link["need"]].add(place["visit"])
            if link["relation"] == "progress":
                better[link["need"]].add(place["visit"])
    date = {v["visit"]: v["date"] for v in raw.visits}
    dates = {v: k for k, v in date.items()}
    count, *rest = [s for s in said if s.topic == "raised again"]
    latest = raw.visits[-1]["visit"]
    spans = []
    for sentence in rest:
        need = sentence.href.removeprefix("#n-")
        first, last, n = re.search(
            r"(?:first raised|raised anew) (\w+ \d{4}), latest (\w+ \d{4}), "
            r"(?:raised|in that spell) by (?:at least )?(\d+) visits",
            sentence.text,
        ).groups()
        between = [
            v for v in raising[need]
            if raw.order[dates[first]] <= raw.order[v] <= raw.order[dates[last]]
        ]  # fmt: skip
        assert len(between) == int(n), sentence.text
        assert {dates[first], dates[last]} <= set(between)
        later = sorted(
            (
                v
                for v in meeting[need] - raising[need] - better[need]
                if raw.order[v] > raw.order[dates[last]]
            ),
            key=raw.order.get,
        )
        shown = re.search(r"; found met in (.+?)\.", sentence.text)
        in_part = re.findall(r"The (\S[^.]+? \d{4}) found it met in part", sentence.text)
        assert {raw.title[title] for title in in_part} <= meeting[need], sentence.text
        named = re.findall(r"\w+ \d{4}", shown.group(1)) if shown else []
        later_raised = [v for v in raising[need] if raw.order[v] > raw.order[dates[last]]]
        if not later_raised:
            whole = [v for v in later if v not in {raw.title[title] for title in in_part}]
            assert named == [date[v] for v in whole], sentence.text
        spans.append((need, dates[last]))
    again = [int(n) for n in re.findall(r"\b(\d+) (?:of|needs)", count.text)]
    assert again == [
        len({need for need, _ in spans}),
        len(raising),
        len({need for need, _ in spans if latest in raising[need]}),
    ]


def test_real_latest_look_and_confidence(said, results):
    statuses = results.statuses.to_dict("records")
    judged = {
        (r["theme"], r["visit"]) for r in statuses
        if r["cohort"] != "all" and r["status"] in ("strength", "mixed", "weakness")
    }  # fmt: skip
    latest = results.data.visits["visit"].iloc[-1]
    now = {theme for theme, visit_ in judged if visit_ == latest}
    count, *rest = [s for s in said if s.topic == "latest look"]
    assert numbers(count.text)[:2] == [len(now), len(results.data.codebook.ids)]
    assert len(rest) == len(results.data.codebook.ids) - len(now)
    (leaned,) = [s for s in said if s.topic == "confidence"]
    records = [
        r for r in results.changes.to_dict("records")
        if r["before"] and r["comparison"] == "like with like"
    ]  # fmt: skip
    words = Counter(r["confidence"] for r in records)
    assert numbers(leaned.text) == [len(records), words["high"], words["moderate"], words["low"]]


FORBIDDEN = re.compile(
    r"\b(?:fixed|because|caused?|rank\w*|worst|(?<!below its )best|due to|score\w*)\b|%|\bnan\b"
    r"|\d\.\d",
    re.IGNORECASE,
)


@pytest.mark.promise("not-looked-at-is-not-improved")
def test_no_forbidden_word_is_ever_written(said):
    assert [s.text for s in said if FORBIDDEN.search(s.text)] == []


def test_sentences_are_whole_and_singular_where_one_is_meant(said):
    for sentence in said:
        assert sentence.text[0].isupper() or sentence.text[0].isdigit()
        assert sentence.text.endswith(".")
        assert not re.search(
            r"\b1 (?:visits|findings|needs|themes|documents|comparisons)\b", sentence.text
        )
        assert not re.search(r"  |\(\)|\bat at\b|\.\.| ,", sentence.text)


@pytest.mark.promise("all-leads-to-evidence")
def test_every_link_leads_to_its_anchor(said, results):
    anchors = {f"#{cell.anchor}" for theme in by_theme(results) for cell in theme.cells}
    again = results.ledger[results.ledger["raised_again"].astype(bool)]
    anchors |= {f"#n-{need}" for need in again["need"]}
    anchors |= {f"#{visit_anchor(visit_)}" for visit_ in results.data.visits["visit"]}
    anchors |= {f"#{finding_anchor(finding)}" for finding in results.data.findings["finding"]}
    figures = {"#fig-timeline", "#fig-matrix", "#fig-ledger", "#changes"}
    assert [s.href for s in said if s.href and s.href not in anchors | figures] == []
    assert all(s.href for s in said if s.topic in (*MOVED, "raised again"))
