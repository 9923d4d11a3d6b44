"""The sentences a report may write: what was read, what moved, what was raised again and the rest.

Their templates stand in `analysis.report.sentences.templates`.
"""

from __future__ import annotations

import pandas as pd

from analysis.anchors import anchor, visit_anchor
from analysis.english import join, plural, were
from analysis.report.sentences.matters import matters
from analysis.report.sentences.movements import moved, movements
from analysis.report.sentences.raised import raised_again
from analysis.report.sentences.sentence import Sentence, titles_of
from analysis.report.sentences.templates import TEMPLATES
from analysis.results.grades import overall_grades
from analysis.results.results import Results, latest_read
from analysis.vocabulary import ABSENCES, ALL_COHORTS, JUDGED, NOTICE


def opening(results: Results) -> list[Sentence]:
    """Say what was found, in the order in which a reader asks."""
    return [
        *grades(results),
        *read(results),
        *matters(results),
        *moved(results),
        *movements(results),
        *raised_again(results),
        *latest_look(results),
        *thin(results),
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
    )
    return [Sentence("read", text, "#fig-matrix")]


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


def thin(results: Results) -> list[Sentence]:
    """Say how much of what was compared is too thin."""
    certainty = results.changes["certainty"].value_counts()
    compared = int(certainty.drop("", errors="ignore").sum())
    if not compared:
        why = "one visit" if len(results.data.visits) == 1 else "incomparable"
        return [Sentence("thin", TEMPLATES[why])]
    text = TEMPLATES["thin"].format(
        count=int(certainty.get("too thin to say", 0)),
        compared=plural(compared, "comparison"),
        indicative=int(certainty.get("indicative", 0)),
    )
    return [Sentence("thin", text, "#changes")]


def sources(results: Results) -> list[Sentence]:
    """Say which visits are known only from others, or not at all."""
    data, spoken = results.data, []
    key = "secondary counted" if results.include_secondary else "secondary"
    for visit in data.visits.itertuples():
        if visit.held == "secondary":
            publishers = data.documents.loc[data.documents["visit"] == visit.visit, "publisher"]
            text = TEMPLATES[key].format(visit=visit.title, sources=join(sorted(set(publishers))))
            spoken.append(Sentence("sources", text, "#" + visit_anchor(str(visit.visit))))
        elif compared := _compared(results, str(visit.visit), str(visit.title)):
            spoken.append(Sentence("sources", compared, "#" + visit_anchor(str(visit.visit))))
        elif visit.held == "none":
            text = TEMPLATES["no document"].format(visit=visit.title)
            spoken.append(Sentence("sources", text, "#" + visit_anchor(str(visit.visit))))
    return spoken


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
