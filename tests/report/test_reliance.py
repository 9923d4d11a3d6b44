"""Who coded is said, and what rests on the program is said before anything else."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest
from builders import BOOK, authority, coded, says, visit, visits, votes

from analysis.codes.tagger.scores import GROUP_COLUMNS, SCORES, THEME_COLUMNS, Scores, read_scores
from analysis.errors import FindingsError
from analysis.report.sentences import cautions
from analysis.report.sentences.raised import no_needs
from analysis.report.tables.evidence import NO_SUMMARY, by_theme, has_no_words, unthemed
from analysis.report.tables.views import needs_stated
from analysis.results import reliance
from analysis.results.results import analyse

TWO = visits(visit("a"), visit("b", start="2021-10"))
GROUP = {
    "n": 1200, "documents": 40, "micro_f1": 0.5, "micro_f1_low": 0.4, "micro_f1_high": 0.6,
    "macro_f1": 0.55, "direction": 0.7, "direction_low": 0.65, "direction_high": 0.75,
    "right_at_0.9": 0.9,
}  # fmt: skip
MEASURED = Scores(
    pd.DataFrame([GROUP], index=pd.Index(["all"], name="group")),
    pd.DataFrame(
        [{"n": 12, "f1": 0.61, "direction": 0.72}], index=pd.Index(["audit"], name="theme")
    ),
)


def tagged(*rows, words: str = "", summary: str = ""):
    """Results of findings that only the tagger coded."""
    table = coded(*(row | {"coder": "tagger", "summary": summary, "words": words} for row in rows))
    data = authority(TWO, table.assign(score=0.8))
    return analyse(replace(data, codes=data.codes.assign(score=0.8)))


def test_nothing_rests_on_the_tagger_where_readers_coded():
    assert cautions.caution(analyse(authority(TWO, coded(*votes("a", "SW"))))) == []


def test_all_of_it_rests_on_the_tagger():
    first, second, agreement, *rest = cautions.caution(
        tagged(*votes("a", "SW"), says("b", "", theme="none")), MEASURED
    )
    assert first == "Nobody has read behind the tagger here."
    assert second == "The codes of all 3 findings (2 codes) are its own, and it is a program."
    assert agreement == (
        "On 1,200 paragraphs that readers had coded, in 40 documents of authorities that it had "
        "not seen, its themes agreed with theirs with F1 0.50 (1 is full agreement; 95 % interval "
        "0.40 to 0.60). Where both gave a theme, its direction was theirs in 70% (95 % interval "
        "65% to 75%)."
    )
    assert rest == ["Read the paragraphs behind a statement before you use it."]


def test_a_part_of_it_rests_on_the_tagger():
    data = authority(TWO, coded(*votes("a", "SSS")))
    first, second, *_ = cautions.caution(analyse(replace(data, codes=data.codes.iloc[:1])))
    assert first == "Nobody has read behind the tagger in part of what follows."
    assert second.startswith("The codes of 2 of 3 findings")


def test_the_usual_coder_is_the_one_of_most_findings():
    results = analyse(authority(TWO, coded(says("a", "mixed"), *votes("a", "SS", coder="anna"))))
    assert reliance.usual_coder(results) == "anna"
    assert reliance.findings_of(results).to_dict() == {"anna": 2, "reader-1": 1}
    notes = [e.notes for t in by_theme(results) for c in t.cells for e in c.entries]
    assert sorted(notes) == ["", "", "coded by reader-1"]


def test_tables_name_every_theme_of_the_codebook():
    groups, themes = cautions.agreement_tables(BOOK, MEASURED)
    assert groups["Themes, F1"].tolist() == ["0.50 (0.40 to 0.60)"]
    assert themes.iloc[:, 1].tolist() == ["12", "not measured", "not measured"]
    assert cautions.theme_agreement("audit", MEASURED) == (
        "Tagger and readers elsewhere: F1 0.61, direction 0.72 (n = 12)."
    )


@pytest.mark.parametrize("damage", ["missing", "no figure", "no JSON"])
def test_scores_that_cannot_be_read_are_named(tmp_path, damage):
    path = tmp_path / "scores.json"
    if damage == "no figure":
        held = json.loads(SCORES.read_text(encoding="utf-8"))
        del held["groups"]["all"]
        path.write_text(json.dumps(held))
    elif damage == "no JSON":
        path.write_text("{")
    with pytest.raises(FindingsError, match=r"scores\.json cannot be read"):
        read_scores(path)


def test_the_shipped_scores_are_shares():
    scores = read_scores()
    assert list(scores.groups) == list(GROUP_COLUMNS)
    assert list(scores.themes) == list(THEME_COLUMNS)
    shares = scores.groups.drop(columns=["n", "documents"])
    assert ((shares > 0) & (shares <= 1)).all(axis=None)
    for name in ("micro_f1", "direction"):
        assert (scores.groups[f"{name}_low"] <= scores.groups[name]).all()
        assert (scores.groups[name] <= scores.groups[f"{name}_high"]).all()


# evidence without summaries


def test_places_stand_alone_where_no_finding_has_words():
    results = tagged(*votes("a", "SW"), says("a", "", theme="none"))
    assert has_no_words(results)
    entries = [e for t in by_theme(results) for c in t.cells for e in c.entries]
    assert [e.summary for e in entries] == ["", ""]
    assert all(e.place and "score 0.80" in e.notes for e in entries)
    (none,) = unthemed(results)
    assert (none["summary"], bool(none["locator"])) == ("", True)


def test_a_finding_without_words_is_named_where_others_have_them():
    table = coded(*votes("a", "SW"))
    table.loc[1, "summary"] = ""
    (theme, *_) = by_theme(analyse(authority(TWO, table)))
    assert sorted(e.summary for e in theme.cells[0].entries) == [NO_SUMMARY, "Something is said."]


def test_published_words_are_shown_where_they_are_held():
    results = tagged(*votes("a", "S"), words="Some words of our own making.")
    assert not has_no_words(results)
    (theme, *_) = by_theme(results)
    assert theme.cells[0].entries[0].words == "Some words of our own making."
    assert theme.agreement


# what cannot be said


def test_without_needs_nothing_is_said_of_what_was_raised_again():
    results = tagged(*votes("a", "W", role="need"), *votes("b", "WW", role="need"))
    said = no_needs(results)
    assert said.startswith("What was raised again cannot be said")
    assert said.endswith("3 paragraphs state what must improve, at 2 visits.")
    table = needs_stated(results)
    assert table.to_numpy().tolist() == [["Audit", 1, 2]]


def test_needs_of_secondary_sources_are_not_counted():
    results = tagged(*votes("a", "W", role="need", source="secondary"))
    assert needs_stated(results).empty


@pytest.mark.promise("caution-first")
def test_a_page_of_the_program_says_so_in_everyday_words():
    first, then = cautions.short_caution(tagged(*votes("a", "SW")))
    assert first == "This page was put together by a program; nobody has read the documents for it."
    assert "Of ten marks, a reader would see about two otherwise" in then
    assert not any(word in first + then for word in ("F1", "tagger", "codes", "%"))
    assert cautions.trust(tagged(*votes("a", "SW"))).startswith("Sorted by a program.")


def test_a_page_of_readers_says_who_read_and_that_nobody_has_checked():
    results = analyse(authority(TWO, coded(*votes("a", "SW"))))
    assert cautions.short_caution(results) == ("", "")
    assert cautions.trust(results).startswith(
        "Read and coded by machine. Nobody who works in this field has checked it."
    )


def test_a_page_of_both_says_how_much_is_the_program_s():
    data = authority(TWO, coded(*votes("a", "SSS")))
    results = analyse(replace(data, codes=data.codes.iloc[:1]))
    assert cautions.short_caution(results)[0].startswith("Part of this page (2 of 3 paragraphs)")
    assert "in part by a simpler program" in cautions.trust(results)
