"""Sentences: each template exactly right for its data; every number in the real ones recomputed."""

from __future__ import annotations

import csv
import re
from calendar import month_name
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from builders import authority, coded, links, needs, says, visit, visits, votes

from analysis.anchors import visit_anchor, within
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


def test_a_firm_change_names_both_visits_and_both_numbers():
    assert say([*votes("a", "SSS"), *votes("b", "WW")], SAME, topic="declined") == [
        "Inspectors' findings on audit (social workers) moved from a strength at the inspection of "
        "2018-10 (n = 3) to a weakness at the inspection of 2021-10 (n = 2)."
    ]


def test_a_firm_change_counts_the_visits_between():
    of = visits(visit("a"), visit("x"), visit("y"), visit("b", start="2021-10"))
    assert say([*votes("a", "WW"), *votes("b", "MM")], of, topic="improved") == [
        "Inspectors' findings on audit (social workers) moved from a weakness at the inspection of "
        "2014-04 (n = 2) to mixed at the inspection of 2021-10 (n = 2); 2 visits between did not "
        "judge it."
    ]


def test_a_weakness_that_stays():
    assert say([*votes("a", "WW"), *votes("b", "WWW")], SAME, topic="not improved") == [
        "Inspectors' findings on audit (social workers) came out as a weakness at the inspection "
        "of 2018-10 (n = 2) and at the inspection of 2021-10 (n = 3)."
    ]


@pytest.mark.parametrize("now", ["S", "SSSSW"])
def test_a_flagged_change_makes_no_headline(now):
    rows = [*votes("a", "WW"), *votes("b", now)]
    assert not [t for topic in ("improved", "declined", "not improved")
                for t in say(rows, SAME, topic=topic)]  # fmt: skip


def test_another_framework_makes_no_headline():
    assert say([*votes("a", "WW"), *votes("b", "SS")], TWO, topic="improved") == []


def told(word, since="unknown", direction="neutral"):
    return says("b", direction, change_said=word, since=since)


def test_what_was_said_comes_with_its_n_and_the_level_beside_it():
    rows = [*votes("a", "WW"), told("improved", "a", "weakness"), told("improved", "a")]
    assert say(rows, TWO, topic="improved") == [
        "At the inspection of 2018-10, inspectors said in their findings on audit (social "
        "workers): improved since the inspection of 2014-04 (n = 2). What they found there came "
        "out as a weakness (n = 1, thin). The change computed from the findings since the "
        "inspection of 2014-04 is persistent weakness (indicative), which does not fit “improved”."
    ]


def test_what_was_said_stands_before_a_firm_change():
    rows = [*votes("a", "WW"), *votes("b", "SS"), told("improved")]
    assert say(rows, SAME, topic="improved") == [
        "At the inspection of 2021-10, inspectors said in their findings on audit (social "
        "workers): improved (n = 1). Their findings moved from a weakness at the inspection of "
        "2018-10 (n = 2) to a strength at the inspection of 2021-10 (n = 2)."
    ]


def test_a_disagreement_is_listed_and_the_inspectors_word_decides_the_place():
    rows = [*votes("a", "WW"), *votes("b", "SS"), told("declined")]
    assert say(rows, SAME, topic="declined")[0].endswith(
        "The change computed from the findings since the inspection of 2018-10 is improved (firm), "
        "which does not fit “worsened”."
    )
    assert say(rows, SAME, topic="improved") == []


def test_several_things_said_are_all_said_the_gravest_first():
    rows = [told("improved"), told("not improved", "a"), told("not improved", "a"),
            told("declined", "a"), *votes("b", "WW")]  # fmt: skip
    (text,) = say(rows, TWO, topic="declined")
    assert text == (
        "At the inspection of 2018-10, inspectors said in their findings on audit (social "
        "workers): worsened since the inspection of 2014-04 (n = 1), not improved since the "
        "inspection of 2014-04 (n = 2) and improved (n = 1). What they found there came out as a "
        "weakness (n = 2)."
    )


def test_what_was_said_without_a_level_is_said_so():
    row = says("b", "strength", basis="change only", change_said="improved")
    assert say([*votes("a", "WW"), row], TWO, topic="improved") == [
        "At the inspection of 2018-10, inspectors said in their findings on audit (social "
        "workers): improved (n = 1). No finding there states a level for this cohort."
    ]


def test_a_sustained_word_hides_no_decline():
    rows = [*votes("a", "SS"), *votes("b", "WW"), told("sustained")]
    (text,) = say(rows, SAME, topic="declined")
    assert "sustained (n = 1)" in text
    assert "does not fit “sustained”" in text


def test_only_the_latest_word_speaks():
    of = visits(visit("a"), visit("b", start="2018-10"), visit("c", start="2021-10"))
    rows = [*votes("a", "WW"), *votes("b", "SS"), told("improved"), *votes("c", "S")]
    assert say(rows, of, topic="improved") == []


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
        "2 of 3 needs were raised at two visits or more with none in between that judged them a "
        "strength; 1 of these was raised again at the latest visit read, the focused visit of "
        "2021-10.",
        "Want of x (social workers): first raised April 2014, latest October 2021, raised by 2 "
        "visits.",
        "Want of y (social workers): first raised April 2014, latest October 2018, raised by 2 "
        "visits; judged a strength in October 2021.",
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
        "Want of x (social workers): first raised April 2014, judged a strength since, raised "
        "anew October 2021, latest October 2022, in that spell by 2 visits."
    )


def test_each_visit_says_how_many_comparisons_went_which_way():
    rows = [
        *votes("a", "WW"), *votes("b", "SS"),
        *votes("a", "SS", theme="plans"), *votes("b", "SS", theme="plans"),
        *votes("a", "S", cohort="care-leavers"), *votes("b", "W", cohort="care-leavers"),
    ]  # fmt: skip
    assert say(rows, SAME, topic="moved") == [
        "At the inspection of 2021-10, 2 comparisons with earlier visits could be made: 1 higher, "
        "1 the same, 0 lower. Without a flag: 2. Too thin to say, and not counted: 1."
    ]


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
        "1 of these was raised again at the latest visit read, the inspection of 2018-10" in count
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
        "Audit: last judged for any cohort at the inspection of 2014-04; of 1 later visit, 1 "
        "reported nothing on it."
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


def test_how_much_is_too_thin():
    rows = [
        *votes("a", "W"), *votes("b", "S"),
        *votes("a", "WW", theme="plans"), *votes("b", "S", theme="plans"),
    ]  # fmt: skip
    assert say(rows, SAME, topic="thin") == [
        "Over all visits, 2 comparisons could be made, counting those too thin to say: 1, with "
        "both visits resting on a single finding or on headlines only. Indicative only: 1."
    ]


def test_nothing_comparable():
    assert say(votes("a", "S"), topic="thin") == [
        "No two of these visits judged the same theme for the same cohort: change cannot be said."
    ]


UNREAD = visits(visit("a"), visit("p", start="2016-08", held="secondary"), visit("x", held="none"))


@pytest.mark.parametrize(
    ("asked", "what"), [(False, "they set no status here"), (True, "as asked, they set statuses")]
)
def test_visits_known_from_others_or_not_at_all(asked, what):
    rows = [*votes("a", "S"), *votes("p", "W", source="secondary")]
    assert say(rows, UNREAD, topic="sources", include_secondary=asked) == [
        f"About the inspection of 2016-08 only secondary sources are held (Trade press); {what}.",
        "Of the inspection of 2014-04 no document is held; nothing can be said about what it "
        "found.",
    ]


# The real data, recomputed from the files with the standard library alone.

RAW = Path(__file__).parents[2] / "data" / "raw" / "knowsley"
LEVEL_WORDS = {"a strength": "strength", "a weakness": "weakness", "mixed": "mixed"}


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

    def votes(self, theme: str, cohort: str, visit_: str) -> Counter[str]:
        rows = [
            (code, self.findings[code["finding"]])
            for code in self.codes
            if (code["theme"], code["cohort"]) == (theme, cohort)
        ]
        rows = [(c, f) for c, f in rows if f["visit"] == visit_ and f["source"] == "primary"]
        voting = [
            (c, f) for c, f in rows
            if c["basis"] == "level" and c["direction"] != "neutral"
            and f["said_by"] not in ("leaders", "staff")
            and f["role"] not in ("context", "requirement")
        ]  # fmt: skip
        body = [(c, f) for c, f in voting if f["role"] == "body"]
        small = ("a small number", "few", "very few")
        full = [(c, f) for c, f in body if f["extent"] not in small or f["harm"] == "yes"]
        return Counter(c["direction"] for c, _ in full or body or voting)

    def said(self, theme: str, cohort: str, visit_: str) -> Counter[tuple[str, str]]:
        return Counter(
            (code["change_said"], code["since"])
            for code in self.codes
            if (code["theme"], code["cohort"]) == (theme, cohort) and code["change_said"]
            and self.findings[code["finding"]]["visit"] == visit_
            and self.findings[code["finding"]]["source"] == "primary"
            and self.findings[code["finding"]]["said_by"] == "inspectors"
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
    ]


MOVED = ("improved", "declined", "not improved")
COHORT = {
    "social workers": "social-workers", "personal advisers": "personal-advisers",
    "managers and reviewing officers": "managers-and-reviewing-officers",
    "children in need of help or protection": "children-in-need-of-help-or-protection",
    "children in care": "children-in-care", "care leavers": "care-leavers",
    "cohort not stated": "not-stated",
}  # fmt: skip


def test_real_movements_rest_on_the_votes_they_name(said, raw):
    moved = [s for s in said if s.topic in MOVED]
    assert moved
    for sentence in moved:
        theme, visit_ = place(sentence)
        cohort = COHORT[re.search(r"\(([^()]+)\)(?::| moved| came)", sentence.text).group(1)]
        levels = re.findall(
            r"(a strength|a weakness|mixed) at the ([\w -]+? of \w+ \d{4}) \(n = (\d+)\)",
            sentence.text,
        )
        stays = re.search(
            r"came out as (a weakness) at .* and at the (.+? \d{4}) \(n = (\d+)\)", sentence.text
        )
        there = re.search(r"came out as (a strength|a weakness|mixed) \(n = (\d+)", sentence.text)
        found = [(LEVEL_WORDS[w], raw.title[t], int(n)) for w, t, n in levels]
        found += [(LEVEL_WORDS[stays[1]], raw.title[stays[2]], int(stays[3]))] if stays else []
        found += [(LEVEL_WORDS[there[1]], visit_, int(there[2]))] if there else []
        assert found or "No finding there states a level" in sentence.text
        for level, at, n in found:
            votes_ = raw.votes(theme, cohort, at)
            assert sum(votes_.values()) == n, sentence.text
            balance = (votes_["strength"] + votes_["mixed"] / 2) / n
            assert {"strength": balance > 0.75, "weakness": balance < 0.25}.get(level, True)


def test_real_words_of_inspectors_are_theirs(said, raw):
    spoken = [s for s in said if "inspectors said" in s.text]
    assert len(spoken) >= 5
    assert {s.topic for s in spoken} >= {"matters", "not improved"}
    words = {"worsened": "declined"}
    for sentence in spoken:
        theme, visit_ = place(sentence)
        cohort = COHORT[re.search(r"\(([^()]+)\): ", sentence.text).group(1)]
        said_ = r"(?:\): |said: )((?:not improved|improved|worsened|sustained).+?\(n = \d+\))[.;] "
        told_ = re.search(said_, sentence.text).group(1)
        found = Counter()
        for word, since, n in re.findall(
            r"(not improved|improved|worsened|sustained)(?: since the (.+?))? \(n = (\d+)\)", told_
        ):
            found[(words.get(word, word), raw.title[since] if since else "unknown")] = int(n)
        assert found == raw.said(theme, cohort, visit_), sentence.text
        assert (
            f"t the {next(v['title'] for v in raw.visits if v['visit'] == visit_)}" in sentence.text
        )


def test_real_needs_were_raised_by_the_visits_that_the_links_name(said, raw):
    rank = {"resolved": 0, "reader-1": 2}
    best: dict[tuple[str, str], dict[str, str]] = {}
    for link in sorted(table("need_links.csv"), key=lambda row: rank.get(row["coder"], 1)):
        if link["coder"] != "reader-2" and link["basis"] in ("inspectors", "coder"):
            best.setdefault((link["need"], link["finding"]), link)
    raising, meeting = defaultdict(set), defaultdict(set)
    for link in best.values():
        place = raw.findings[link["finding"]]
        if place["source"] == "primary" and place["role"] != "requirement":
            if link["relation"] in ("raised", "not addressed"):
                raising[link["need"]].add(place["visit"])
            if link["relation"] == "met":
                meeting[link["need"]].add(place["visit"])
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
            (v for v in meeting[need] - raising[need] if raw.order[v] > raw.order[dates[last]]),
            key=raw.order.get,
        )
        shown = re.search(r"judged a strength in (.+)\.", sentence.text)
        named = re.findall(r"\w+ \d{4}", shown.group(1)) if shown else []
        later_raised = [v for v in raising[need] if raw.order[v] > raw.order[dates[last]]]
        if not later_raised:
            assert named == [date[v] for v in later], sentence.text
        spans.append((need, dates[last]))
    again = numbers(count.text)
    assert again[:3] == [
        len({need for need, _ in spans}),
        len(raising),
        len({need for need, _ in spans if latest in raising[need]}),
    ]


def test_real_latest_look_and_thin(said, results):
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
    (thin,) = [s for s in said if s.topic == "thin"]
    records = results.changes.to_dict("records")
    assert numbers(thin.text) == [
        sum(r["before"] != "" for r in records),
        sum(r["certainty"] == "too thin to say" for r in records),
        sum(r["certainty"] == "indicative" for r in records),
    ]


def test_real_headlines_carry_no_flag_but_those_said(said, results):
    key = ["theme", "cohort", "visit"]
    certainty = results.changes.set_index(key)["certainty"].to_dict()
    for sentence in said:
        if sentence.topic in MOVED and "inspectors said" not in sentence.text:
            theme, visit_ = place(sentence)
            cohort = COHORT[re.search(r"\(([^()]+)\) (?:moved|came)", sentence.text).group(1)]
            assert certainty[(theme, cohort, visit_)] == "firm"


FORBIDDEN = re.compile(
    r"\b(?:fixed|because|caused?|rank\w*|worst|best|due to|score\w*)\b|%|\bnan\b|\d\.\d",
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
    figures = {"#fig-timeline", "#fig-matrix", "#fig-ledger", "#changes"}
    assert [s.href for s in said if s.href and s.href not in anchors | figures] == []
    assert all(s.href for s in said if s.topic in (*MOVED, "raised again"))
