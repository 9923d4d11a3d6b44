"""The sentences a report may write.

Every sentence comes from one of the templates below, filled from tables, and says whose judgement
it is, for which cohort, at which visits and on how many findings. Headlines use only changes without
a flag and what the inspectors themselves said; everything else is in the tables. Never written:
causes, prevalence, `fixed`, a verdict on years in which nobody looked, a rank of authorities.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.results import Results
from analysis.vocabulary import COHORTS, LEVELS

TEMPLATES: Final[dict[str, str]] = {
    "grades": "Overall, {name}'s services were graded {grades}.",
    "no grades": "No overall grade is held for {name} in this period.",
    "read": (
        "{documents} documents about {read} of {visits} visits were read: {findings} findings, "
        "{themed} of them on at least one of {themes} themes."
    ),
    "said": "At the {visit}, inspectors said that {theme} ({cohort}) had {said}{since}.",
    "changed": (
        "Inspectors' findings on {theme} ({cohort}) moved from {before_status} at the {before} "
        "(n = {before_n}) to {status} at the {visit} (n = {n})."
    ),
    "unchanged": (
        "Inspectors' findings on {theme} ({cohort}) were {status} at the {before} "
        "(n = {before_n}) and at the {visit} (n = {n})."
    ),
    "disagrees": "The findings coded point another way than the inspectors' own words.",
    "raised again": (
        "{aspect} ({cohort}): first raised {first}, latest {latest}, raised at {count} visits{met}."
    ),
    "raised count": (
        "{again} of {all} needs were raised at two visits or more; {now} of these {were} raised "
        "again at the latest visit, the {visit}."
    ),
    "none raised again": "No need was raised at more than one of these visits.",
    "latest look": "{count} of {themes} themes were judged at the latest visit, the {visit}.",
    "last judged": "{theme} was last judged at the {visit}; later visits {absences}.",
    "never judged": "{theme} was judged at none of these visits: nothing can be said about it.",
    "thin": (
        "In {count} of {compared} comparisons both visits rest on a single finding or a headline: "
        "too thin to say. A further {indicative} are indicative only."
    ),
    "incomparable": "No two of these visits judged the same theme for the same group: change cannot be said.",
    "secondary": (
        "About the {visit} only secondary sources are held ({sources}); they set no status here."
    ),
    "secondary counted": (
        "About the {visit} only secondary sources are held ({sources}); as asked, they set statuses."
    ),
    "no document": "Of the {visit} no document is held; nothing can be said about what it found.",
}
"""All that a report may say in words of its own; tests hold each against its data."""

SAID_IN_WORDS: Final = {
    "improved": "improved",
    "not improved": "not improved",
    "declined": "declined",
    "sustained": "been sustained",
}
IMPROVED: Final = ("improved", "partly improved")
DECLINED: Final = ("declined", "partly declined")


@dataclass(frozen=True)
class Sentence:
    """A sentence of the report with the place of its evidence.

    Attributes
    ----------
    topic
        What it belongs to: `grades`, `read`, `improved`, `declined`, `not improved`, `raised
        again`, `latest look`, `thin`, `sources`.
    text
        Plain text, to be escaped where it is shown.
    href
        Anchor of its evidence in the report; blank where it speaks of the whole.
    """

    topic: str
    text: str
    href: str = ""


def evidence(theme: str, visit: str) -> str:
    """Return the anchor of the evidence of a theme at a visit."""
    return f"#e-{theme}--{visit}"


def opening(results: Results) -> list[Sentence]:
    """Say what was found, in the order in which a reader asks."""
    return [
        *grades(results),
        *read(results),
        *movements(results),
        *raised_again(results),
        *latest_look(results),
        *thin(results),
        *sources(results),
    ]


def _titles(results: Results) -> dict[str, str]:
    visits = results.data.visits
    return dict(zip(visits["visit"], visits["title"], strict=True))


def _join(parts: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""


def grades(results: Results) -> list[Sentence]:
    """Say the overall grades, as printed and in order."""
    data = results.data
    overall = data.judgements[data.judgements["area"] == "overall"]
    order = data.visits.set_index("visit")["order"]
    overall = overall.assign(order=overall["visit"].map(order)).sort_values("order")
    when = overall["visit"].map(_titles(results)).str.rsplit(" of ", n=1).str[1]
    parts = [f"{grade} in {date}" for grade, date in zip(overall["grade"], when, strict=True)]
    if not parts:
        return [Sentence("grades", TEMPLATES["no grades"].format(name=data.name))]
    return [
        Sentence(
            "grades",
            TEMPLATES["grades"].format(name=data.name, grades=_join(parts)),
            "#fig-timeline",
        )
    ]


def read(results: Results) -> list[Sentence]:
    """Say how much was read."""
    data, counts = results.data, results.counts()
    text = TEMPLATES["read"].format(
        documents=len(data.documents),
        read=data.documents["visit"].nunique(),
        visits=len(data.visits),
        findings=counts["findings"].sum(),
        themed=counts["with a theme"].sum(),
        themes=len(data.codebook.ids),
    )
    return [Sentence("read", text, "#fig-matrix")]


def movements(results: Results) -> list[Sentence]:
    """Say what moved, or was said not to have moved, when each theme was last judged.

    Only the latest row of each theme and cohort speaks, and only if the change carries no flag or
    the inspectors themselves said something about it. Their word comes first.
    """
    table = results.changes.groupby(["theme", "cohort"], sort=False).tail(1)
    spoken = [
        movement(results, row)
        for row in table.to_dict("records")
        if row["said"] or row["certainty"] == "firm"
    ]
    return [
        sentence
        for sentence in spoken
        if sentence.topic in ("improved", "declined", "not improved")
    ]


def movement(results: Results, row: dict[str, object]) -> Sentence:
    """Say one row of `analysis.changes.changes`."""
    titles = _titles(results)
    theme = results.data.codebook.theme(str(row["theme"])).name
    names = {
        "theme": _lower(theme),
        "cohort": COHORTS[str(row["cohort"])],
        "visit": titles[str(row["visit"])],
    }
    parts = []
    if row["said"]:
        said = _join([SAID_IN_WORDS[word] for word in str(row["said"]).split("; ")])
        since = _join([titles[v] for v in str(row["said_since"]).split() if v in titles])
        since = f" since the {since}" if since else ""
        parts.append(TEMPLATES["said"].format(**names, said=said, since=since))
    if row["certainty"] == "firm":
        parts.append(_computed(row, names, titles))
        if row["disagrees"]:
            parts.append(TEMPLATES["disagrees"])
    return Sentence(_topic(row), " ".join(parts), evidence(str(row["theme"]), str(row["visit"])))


def _computed(row: dict[str, object], names: dict[str, str], titles: dict[str, str]) -> str:
    template = "changed" if row["steps"] else "unchanged"
    return TEMPLATES[template].format(
        **names,
        before_status=_level(str(row["status_before"])),
        before=titles[str(row["before"])],
        before_n=row["votes_before"],
        status=_level(str(row["status"])),
        n=row["votes"],
    )


def _level(status: str) -> str:
    return "mixed" if status == "mixed" else f"a {status}"


def _lower(name: str) -> str:
    """Lower the first letter unless the name begins with a capitalised abbreviation."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _topic(row: dict[str, object]) -> str:
    """Sort a movement: the inspectors' own word decides, else the computed change."""
    said = str(row["said"]).split("; ") if row["said"] else []
    if "not improved" in said:
        return "not improved"
    if len(set(said)) > 1:
        return "both"
    if said:
        return said[0]
    if row["change"] in IMPROVED:
        return "improved"
    if row["change"] in DECLINED:
        return "declined"
    return "not improved" if row["change"] == "persistent weakness" else "unchanged"


def raised_again(results: Results) -> list[Sentence]:
    """Say which needs came back, those raised by most visits first."""
    table, titles = results.ledger, _titles(results)
    again = table[table["raised_again"].astype(bool)]
    if again.empty:
        return [Sentence("raised again", TEMPLATES["none raised again"])]
    latest = results.data.visits["visit"].iloc[-1]
    now = int((again["latest_raised"] == latest).sum())
    count = TEMPLATES["raised count"].format(
        again=len(again),
        all=len(table),
        now=now,
        were="was" if now == 1 else "were",
        visit=titles[latest],
    )
    still = again.assign(_now=again["latest_raised"] == latest)
    still = still.sort_values(["_now", "visits_raised"], ascending=False, kind="stable")
    return [
        Sentence("raised again", count, "#fig-raised-again"),
        *(need(results, row) for row in still.to_dict("records")),
    ]


def need(results: Results, row: dict[str, object]) -> Sentence:
    """Say one row of `analysis.needs.ledger`."""
    titles = _titles(results)

    def date(visit: object) -> str:
        return titles[str(visit)].rsplit(" of ", 1)[1]

    met = [date(visit) for visit in str(row["met"]).split()]
    text = TEMPLATES["raised again"].format(
        aspect=row["aspect"],
        cohort=COHORTS[str(row["cohort"])],
        first=date(row["first_raised"]),
        latest=date(row["latest_raised"]),
        count=row["visits_raised"],
        met=f"; judged a strength in {_join(met)}" if met else "",
    )
    return Sentence("raised again", text, f"#n-{row['need']}")


def latest_look(results: Results) -> list[Sentence]:
    """Say what was judged at the latest visit, and when the rest was last looked at."""
    whole = results.whole()
    titles = _titles(results)
    judged = whole[whole["status"].isin([*LEVELS, "differs by cohort"])]
    order = results.data.visits.set_index("visit")["order"]
    readable = whole[whole["status"] != "no document"]
    if readable.empty:
        return []
    latest = max(readable["visit"], key=lambda visit: order[visit])
    now = set(judged.loc[judged["visit"] == latest, "theme"])
    themes = results.data.codebook.ids
    text = TEMPLATES["latest look"].format(count=len(now), themes=len(themes), visit=titles[latest])
    rest = [_last_judged(results, theme, judged, whole) for theme in themes if theme not in now]
    return [Sentence("latest look", text, "#fig-matrix"), *rest]


def _last_judged(
    results: Results, theme: str, judged: pd.DataFrame, whole: pd.DataFrame
) -> Sentence:
    visits, titles = results.data.visits, _titles(results)
    name = results.data.codebook.theme(theme).name
    order = visits.set_index("visit")["order"]
    looked = judged.loc[judged["theme"] == theme, "visit"]
    if looked.empty:
        return Sentence("latest look", TEMPLATES["never judged"].format(theme=name))
    last = max(looked, key=lambda visit: order[visit])
    later = whole[(whole["theme"] == theme) & (whole["visit"].map(order) > order[last])]
    absences = {
        "not in scope": "did not look at it",
        "silent": "looked and reported nothing on it",
        "reported, not judged": "reported on it without a judgement",
        "no document": "left no document",
    }
    counts = later["status"].value_counts()
    said = _join([f"{words} ({counts[s]})" for s, words in absences.items() if s in counts])
    text = TEMPLATES["last judged"].format(theme=name, visit=titles[last], absences=said)
    return Sentence("latest look", text, evidence(theme, last))


def thin(results: Results) -> list[Sentence]:
    """Say how much of what was compared is too thin."""
    certainty = results.changes["certainty"].value_counts()
    compared = int(certainty.drop("", errors="ignore").sum())
    if not compared:
        return [Sentence("thin", TEMPLATES["incomparable"])]
    text = TEMPLATES["thin"].format(
        count=int(certainty.get("too thin to say", 0)),
        compared=compared,
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
            text = TEMPLATES[key].format(visit=visit.title, sources=_join(sorted(set(publishers))))
            spoken.append(Sentence("sources", text, f"#v-{visit.visit}"))
        elif visit.held == "none":
            text = TEMPLATES["no document"].format(visit=visit.title)
            spoken.append(Sentence("sources", text, f"#v-{visit.visit}"))
    return spoken
