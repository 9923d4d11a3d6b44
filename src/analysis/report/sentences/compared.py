"""Comparisons in sentences: how many went which way, what inspectors overrule, what got better."""

from __future__ import annotations

from collections import Counter
from typing import Final

from analysis.anchors import anchor
from analysis.dates import month
from analysis.english import few_of, how_good, join, lower, plural, whose
from analysis.report.sentences.sentence import SAID_IN_WORDS, Sentence, titles_of
from analysis.report.sentences.templates import TEMPLATES
from analysis.results import matters
from analysis.results.changes import like_with_like, sign_of
from analysis.results.matters import Found, found
from analysis.results.reliance import change_untold, findings_of
from analysis.results.results import Results
from analysis.results.spoken import GRAVEST_FIRST
from analysis.tables import Row
from analysis.vocabulary import AREAS, TAGGER

NAMED: Final = 5
"""Most themes that a sentence names; it counts the rest."""
WAYS: Final[dict[str, int]] = {"better": 1, "worse": -1}


def moved(results: Results) -> list[Sentence]:
    """Say for each full inspection, the latest first, how many comparisons went which way.

    A comparison is of one theme and cohort, like with like. One that counts as neither, since
    inspectors said otherwise or the step up ends in harm, is counted apart.
    """
    compared = like_with_like(results.changes)
    by_visit: dict[str, list[Row]] = {}
    for row in compared[compared["before"] != ""].to_dict("records"):
        by_visit.setdefault(str(row["visit"]), []).append(row)
    return [
        Sentence("moved", TEMPLATES["moved"].format(visit=title, **_counts(rows)), "#changes")
        for visit, title in reversed(titles_of(results).items())
        if (rows := by_visit.get(visit))
    ]


def counted(rows: list[Row]) -> str:
    """Say how many of some comparisons went which way.

    Parameters
    ----------
    rows
        Rows of `analysis.results.changes.changes` that compare.
    """
    return TEMPLATES["counted"].format(**_counts(rows))


def _counts(rows: list[Row]) -> dict[str, object]:
    signs = Counter(sign_of(row) for row in rows)
    neither = sum(bool(row["steps"]) and not sign_of(row) for row in rows)
    same = len(rows) - signs[1] - signs[-1] - neither
    return {
        "compared": plural(len(rows), "comparison"),
        "better": signs[1],
        "same": same,
        "worse": signs[-1],
        "neither": TEMPLATES["neither"].format(count=neither) if neither else "",
    }


def confidence(results: Results) -> list[Sentence]:
    """Say how far the comparisons of full inspections can be leaned on, or why there is none."""
    compared = like_with_like(results.changes)
    words = Counter(compared.loc[compared["before"] != "", "confidence"])
    if not words:
        why = "one visit" if len(results.data.visits) == 1 else "incomparable"
        return [Sentence("confidence", TEMPLATES[why])]
    text = TEMPLATES["confidence"].format(
        compared=plural(words.total(), "comparison"),
        **{word: words[word] for word in ("high", "moderate", "low")},
    )
    return [Sentence("confidence", text, "#changes")]


def overruled(results: Results) -> list[Sentence]:
    """List the pairs of levels that inspectors' own word overrules; they are in no count."""
    titles = titles_of(results)
    return [
        Sentence(
            "overruled",
            TEMPLATES["overruled"].format(
                theme=results.data.codebook.theme(str(row["theme"])).name,
                whose=whose(str(row["cohort"])),
                visit=titles[str(row["visit"])],
                said=said_there(row | {"said": _said_of_both(results, row)}),
                before=titles[str(row["before"])],
                level_before=how_good(str(row["status_before"])),
                level=how_good(str(row["status"])),
            ),
            "#" + anchor(str(row["theme"]), str(row["visit"])),
            str(row["theme"]),
        )
        for row in matters.overruled(results)
    ]


def _said_of_both(results: Results, row: Row) -> str:
    """What was said of a change since the very visit that it is compared with, or since when."""
    said = results.said
    same = (said["theme"] == row["theme"]) & (said["cohort"] == row["cohort"])
    since = said["since"].isin([row["before"], "unknown"])
    words = set(said.loc[same & since & (said["visit"] == row["visit"]), "change_said"])
    return "; ".join(word for word in GRAVEST_FIRST if word in words)


def said_there(row: Row) -> str:
    """Say what was said of a change: of the theme and cohort, and of the area.

    Examples
    --------
    >>> said_there({"said": "not improved; declined", "said_of_area": "care-leavers: improved"})
    'not improved and worsened, and of care leavers as a whole: improved'
    """
    own = join([SAID_IN_WORDS[word] for word in str(row["said"]).split("; ") if word])
    areas = [part.split(": ") for part in str(row["said_of_area"]).split("; ") if part]
    of_areas = [f"of {AREAS[area]} as a whole: {SAID_IN_WORDS[word]}" for area, word in areas]
    return ", and ".join(filter(None, [own, join(of_areas)]))


SAID_OTHERWISE: Final = "inspectors said otherwise"
"""What stands for a computed word that inspectors' own word overrules."""


def ways(results: Results) -> list[Sentence]:
    """Say all that got better, and all that got worse; that nothing did only where nothing says so.

    Empty where only one visit is known.
    """
    if len(results.data.visits) == 1:
        return []
    return [
        Sentence("ways", _way(results, way, found(results, 1 if sign > 0 else -1)), "#changes")
        for way, sign in WAYS.items()
    ]


def _way(results: Results, way: str, says_so: Found) -> str:
    program = TAGGER in findings_of(results)
    if says_so:
        text = TEMPLATES["way"].format(way=way, layers=" ".join(_layers(results, says_so)))
    else:
        text = TEMPLATES["no way by program" if program else "no way"].format(way=way)
    unsaid = [
        TEMPLATES["areas uncoded"] if results.areas.empty and not says_so else "",
        TEMPLATES["change untold"] if change_untold(results) else "",
    ]
    return " ".join(filter(None, [text, *unsaid]))


def _layers(results: Results, says_so: Found) -> list[str]:
    words = [row for row in says_so.said if row["coder"] != TAGGER]
    read = [row for row in says_so.said if row["coder"] == TAGGER]
    visits = results.data.visits
    dates = dict(zip(visits["visit"], visits["start"].map(month), strict=True))
    areas = [f"{AREAS[str(row['area'])]} ({dates[str(row['visit'])]})" for row in says_so.areas]
    grades = [f"{AREAS[move.now.area]} ({dates[move.now.visit]})" for move in says_so.grades]
    told = {
        "way areas": join(list(dict.fromkeys(areas))),
        "way grades": join(grades),
        "way said": _themes(results, words),
        "way read": _themes(results, read),
        "way paths": _themes(results, says_so.paths),
        "way changes": _themes(results, says_so.changes),
    }
    return [TEMPLATES[name].format(names=names) for name, names in told.items() if names]


def _themes(results: Results, rows: list[Row]) -> str:
    names = [lower(results.data.codebook.theme(str(row["theme"])).name) for row in rows]
    return few_of(list(dict.fromkeys(names)), NAMED)
