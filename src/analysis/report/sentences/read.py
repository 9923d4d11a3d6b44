"""The sentences a report may write, in the order in which a reader asks.

Their templates stand in `analysis.report.sentences.templates`.
"""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from analysis.anchors import anchor, visit_anchor
from analysis.english import join, plural, sentence_case, were
from analysis.report.sentences.areas import areas
from analysis.report.sentences.compared import confidence, moved, overruled, ways
from analysis.report.sentences.matters import matters
from analysis.report.sentences.paths import paths
from analysis.report.sentences.raised import raised_again
from analysis.report.sentences.sentence import Sentence, ended, titles_of
from analysis.report.sentences.spoken import said
from analysis.report.sentences.templates import TEMPLATES
from analysis.results.grades import overall_grades
from analysis.results.results import Results, latest_read
from analysis.tables import Row
from analysis.vocabulary import ABSENCES, ALL_COHORTS, JUDGED, NOTICE

_FINDING: Final = re.compile(r"\b[a-z0-9-]+/(\d+)\b")


def opening(results: Results) -> list[Sentence]:
    """Say what was found, in the order in which a reader asks."""
    return [
        *grades(results),
        *read(results),
        *matters(results),
        *areas(results),
        *ways(results),
        *moved(results),
        *confidence(results),
        *overruled(results),
        *said(results),
        *paths(results),
        *raised_again(results),
        *latest_look(results),
        *sources(results),
    ]


def grades(results: Results) -> list[Sentence]:
    """Say the overall grades of primary documents, in order, each with its visit and framework."""
    data = results.data
    parts = [
        f"{grade['grade']} ({', '.join(filter(None, (grade['title'], grade['framework'])))})"
        for grade in overall_grades(data).to_dict("records")
    ]
    if not parts:
        return [Sentence("grades", TEMPLATES["no grades"].format(name=data.name))]
    return [
        Sentence(
            "grades",
            TEMPLATES["grades"].format(name=data.name, grades=join(parts)),
            "#fig-timeline",
        )
    ]


def read(results: Results) -> list[Sentence]:
    """Say how much was read."""
    data, counts = results.data, results.counts()
    secondary = int((data.documents["source"] == "secondary").sum())
    notice = data.visits["kind"] == NOTICE
    visits = data.visits.loc[~notice, "visit"]
    text = TEMPLATES["read"].format(
        documents=plural(len(data.documents), "document"),
        secondary=f" ({secondary} of them from secondary sources)" if secondary else "",
        were=were(len(data.documents)),
        read=int(visits.isin(data.documents["visit"]).sum()),
        visits=plural(len(visits), "visit"),
        notices=f" and {plural(int(notice.sum()), 'improvement notice')}" if notice.any() else "",
        findings=plural(int(counts["findings"].sum()), "finding"),
        themed=counts["with a theme"].sum(),
        themes=plural(len(data.codebook.ids), "theme"),
        unread=_unread(results),
    )
    return [Sentence("read", text, "#fig-matrix")]


def _unread(results: Results) -> str:
    """Count the visits of which no document is held, which others may still tell of."""
    visits = results.data.visits
    count = int(((visits["held"] == "none") & (visits["kind"] != NOTICE)).sum())
    return f" Of {plural(count, 'visit')} no document is held." if count else ""


def latest_look(results: Results) -> list[Sentence]:
    """Say what was judged at the latest visit, and when the rest was last looked at."""
    whole = results.whole()
    titles = titles_of(results)
    judged = whole[whole["status"].isin(JUDGED)]
    latest = latest_read(results)
    if not latest:
        return []
    now = set(judged.loc[judged["visit"] == latest, "theme"])
    themes = results.data.codebook.ids
    text = TEMPLATES["latest look"].format(
        count=len(now),
        themes=plural(len(themes), "theme"),
        were=were(len(now)),
        visit=titles[latest],
    )
    rest = [_last_judged(results, theme, judged, whole) for theme in themes if theme not in now]
    return [Sentence("latest look", text, "#fig-matrix"), *rest]


def _last_judged(
    results: Results, theme: str, judged: pd.DataFrame, whole: pd.DataFrame
) -> Sentence:
    visits, titles = results.data.visits, titles_of(results)
    name = results.data.codebook.theme(theme).name
    order = visits.set_index("visit")["order"]
    looked = judged.loc[judged["theme"] == theme, "visit"]
    if looked.empty:
        return Sentence("latest look", TEMPLATES["never judged"].format(theme=name), theme=theme)
    last = max(looked, key=lambda visit: order[visit])
    later = whole[(whole["theme"] == theme) & (whole["visit"].map(order) > order[last])]
    counts = later["status"].value_counts()
    said = [
        plural(counts[status], words.of_one or words.of_many, words.of_many)
        for status, words in ABSENCES.items()
        if status in counts
    ]
    text = TEMPLATES["last judged"].format(
        theme=name,
        visit=titles[last],
        later=plural(len(later), "later visit"),
        absences=join(said),
    )
    return Sentence("latest look", text, "#" + anchor(theme, last), theme)


def sources(results: Results) -> list[Sentence]:
    """Say which visits are known only from others, or not at all."""
    data, spoken = results.data, []
    key = "secondary counted" if results.include_secondary else "secondary"
    for visit in data.visits.to_dict("records"):
        name, title = str(visit["visit"]), str(visit["title"])
        text = _compared(results, name, title)
        if visit["held"] == "secondary":
            publishers = data.documents.loc[data.documents["visit"] == name, "publisher"]
            text = TEMPLATES[key].format(visit=title, sources=join(sorted(set(publishers))))
        elif visit["held"] == "none":
            text = TEMPLATES["no document"].format(visit=title, known=_known(results, visit))
        if text:
            spoken.append(Sentence("sources", text, "#" + visit_anchor(name)))
    return spoken


def _known(results: Results, visit: Row) -> str:
    """Say what others tell of a visit of which no document is held: its scope, and the note.

    A finding that is named by its id is named by its place.
    """
    findings = results.data.findings.set_index("finding")["visit"]
    titles = titles_of(results)

    def placed(found: re.Match[str]) -> str:
        visit_of = findings.get(found.group())
        if visit_of is None:
            return found.group()
        return f"the {titles[visit_of]}, paragraph {found.group(1)} in our count"

    told = [_FINDING.sub(placed, ended(str(visit[name]))) for name in ("scope", "note")]
    return " ".join(sentence_case(part) for part in told if part)


def _compared(results: Results, visit: str, title: str) -> str:
    """Compare a visit's secondary documents with its primary ones; blank where it has not both."""
    documents = results.data.documents
    others = documents[(documents["visit"] == visit) & (documents["source"] == "secondary")]
    if others.empty:
        return ""
    judged = JUDGED
    told, found = (
        table[(table["visit"] == visit) & (table["cohort"] == ALL_COHORTS)]
        .set_index("theme")["status"]
        .pipe(lambda status: status[status.isin(judged)])
        for table in (results.secondary, results.statuses)
    )
    both = told.index.intersection(found.index)
    if both.empty:
        return ""
    return TEMPLATES["compared"].format(
        visit=title,
        sources=join(sorted(set(others["publisher"]))),
        both=plural(len(both), "theme"),
        same=int((told[both] == found[both]).sum()),
    )
