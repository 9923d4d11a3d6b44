"""The sentences a report may write.

Every sentence comes from one of the templates below, filled from tables, and says whose judgement
it is, for which cohort, at which visits and on how many findings. Headlines use only changes
without a flag and what the inspectors themselves said; everything else is in the tables. Never
written: causes, prevalence, `fixed`, a verdict on years in which nobody looked, a rank of
authorities.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.anchors import anchor, visit_anchor
from analysis.changes import latest_changes
from analysis.coding import Row
from analysis.results import Results
from analysis.statuses import NOTICE
from analysis.vocabulary import ALL_COHORTS, COHORTS, LEVELS

TEMPLATES: Final[dict[str, str]] = {
    "grades": "Overall, services in {name} were graded {grades}.",
    "no grades": "No overall grade is held for {name} in this period.",
    "read": (
        "{documents}{secondary} {were} read, about {read} of at least {visits}{notices}: "
        "{findings}, {themed} of them on at least one of {themes}."
    ),
    "moved": (
        "At the {visit}, {compared} with earlier visits could be made: {better} higher, {same} the "
        "same, {worse} lower. Without a flag: {firm}. Too thin to say, and not counted: {thin}."
    ),
    "said": "At the {visit}, inspectors said in their findings on {theme} ({cohort}): {said}.",
    "level": "What they found there came out as {status} (n = {n}{flags}).",
    "no level": "No finding there states a level for this cohort.",
    "changed": (
        "{findings} moved from {before_status} at the {before} "
        "(n = {before_n}) to {status} at the {visit} (n = {n}){between}."
    ),
    "unchanged": (
        "{findings} came out as {status} at the {before} "
        "(n = {before_n}) and at the {visit} (n = {n}){between}."
    ),
    "none": (
        "Nothing: at the visits that last spoke of each theme, no change without a flag and no "
        "word of the inspectors points this way."
    ),
    "untold": (
        "Changes without a flag, at the visit that last spoke of the theme for that cohort. What "
        "inspectors themselves said about change has not been tagged."
    ),
    "none untold": (
        "Nothing: at the visits that last spoke of each theme, no change without a flag points "
        "this way. What inspectors themselves said about change has not been tagged."
    ),
    "between": "; {visits} between did not judge it",
    "disagrees": (
        "The change computed from the findings since the {before} is {change} ({certainty}), which "
        "does not fit {words}."
    ),
    "raised again": (
        "{aspect} ({cohort}): first raised {first}, latest {latest}, raised by {count}{met}."
    ),
    "raised anew": (
        "{aspect} ({cohort}): first raised {before}, judged a strength since, raised anew {first}, "
        "latest {latest}, in that spell by {count}{met}."
    ),
    "raised count": (
        "{again} of {all} were raised at two visits or more with none in between that judged them "
        "a strength; {now} of these {were} raised again at the latest visit read, the {visit}."
    ),
    "none raised again": "No need was raised at more than one of these visits.",
    "no needs": (
        "What was raised again cannot be said: that takes a reader who puts needs together and "
        "links them from visit to visit, and nobody has. The program makes no such links. {stated} "
        "at {visits} {state} what must improve."
    ),
    "latest look": (
        "{count} of {themes} {were} judged, for at least one cohort, at the latest visit read, the "
        "{visit}."
    ),
    "last judged": ("{theme}: last judged for any cohort at the {visit}; of {later}, {absences}."),
    "never judged": "{theme}: judged at none of these visits; nothing can be said about its level.",
    "thin": (
        "{compared} could be made. Too thin to say, with both visits resting on a single finding "
        "or on headlines only: {count}. Indicative only: {indicative}."
    ),
    "incomparable": (
        "No two of these visits judged the same theme for the same cohort: change cannot be said."
    ),
    "one visit": "Only one visit is known: change cannot be said.",
    "secondary": (
        "About the {visit} only secondary sources are held ({sources}); they set no status here."
    ),
    "secondary counted": (
        "About the {visit} only secondary sources are held ({sources}); as asked, they set "
        "statuses."
    ),
    "compared": (
        "About the {visit} a secondary source ({sources}) is held beside the inspectors' document: "
        "of {both} that both judge, {same} came out the same. It sets no status."
    ),
    "no document": "Of the {visit} no document is held; nothing can be said about what it found.",
}
"""All that a report may say in words of its own; tests hold each against its data."""

GRAVEST_FIRST: Final = ("declined", "not improved", "improved", "sustained")
"""Where inspectors said several things, the gravest decides the place; all are said."""
SAID_IN_WORDS: Final = {
    "improved": "improved",
    "not improved": "not improved",
    "declined": "worsened",
    "sustained": "sustained",
}
"""As sentences say it: that caseloads `declined` would read as good news."""
ABSENCES: Final = {
    "not in scope": "did not look at it",
    "silent": "reported nothing on it",
    "reported, not judged": "reported on it without a judgement",
}
IMPROVED: Final = ("improved", "partly improved")
DECLINED: Final = ("declined", "partly declined")


@dataclass(frozen=True)
class Sentence:
    """A sentence of the report with the place of its evidence.

    Attributes
    ----------
    topic
        What it belongs to: `grades`, `read`, `moved`, `improved`, `declined`, `not improved`,
        `raised again`, `latest look`, `thin`, `sources`.
    text
        Plain text, to be escaped where it is shown.
    href
        Anchor of its evidence in the report; blank where it speaks of the whole.
    """

    topic: str
    text: str
    href: str = ""


def opening(results: Results) -> list[Sentence]:
    """Say what was found, in the order in which a reader asks."""
    return [
        *grades(results),
        *read(results),
        *moved(results),
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


def _some(count: int, noun: str) -> str:
    """Count a noun: `1 visit`, `2 visits`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _n(votes: object) -> int:
    return int(float(str(votes)))


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _latest_read(results: Results) -> str:
    """Return the latest visit of which a document that counts is held; blank if none."""
    whole = results.whole()
    readable = set(whole.loc[whole["status"] != "no document", "visit"])
    visits = results.data.visits.sort_values("order")["visit"]
    return next((visit for visit in reversed(list(visits)) if visit in readable), "")


def grades(results: Results) -> list[Sentence]:
    """Say the overall grades of primary documents, in order, each with its visit and framework."""
    data = results.data
    primary = data.documents.loc[data.documents["source"] == "primary", "document"]
    overall = data.judgements[
        (data.judgements["area"] == "overall") & data.judgements["document"].isin(primary)
    ]
    parts = [
        f"{grade['grade']} ({', '.join(filter(None, (grade['title'], grade['framework'])))})"
        for grade in overall.merge(data.visits, on="visit").sort_values("order").to_dict("records")
    ]
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
    secondary = int((data.documents["source"] == "secondary").sum())
    notice = data.visits["kind"] == NOTICE
    visits = data.visits.loc[~notice, "visit"]
    text = TEMPLATES["read"].format(
        documents=_some(len(data.documents), "document"),
        secondary=f" ({secondary} of them from secondary sources)" if secondary else "",
        were=_were(len(data.documents)),
        read=int(visits.isin(data.documents["visit"]).sum()),
        visits=_some(len(visits), "visit"),
        notices=f" and {_some(int(notice.sum()), 'improvement notice')}" if notice.any() else "",
        findings=_some(int(counts["findings"].sum()), "finding"),
        themed=counts["with a theme"].sum(),
        themes=_some(len(data.codebook.ids), "theme"),
    )
    return [Sentence("read", text, "#fig-matrix")]


def moved(results: Results) -> list[Sentence]:
    """Say for each visit, the latest first, how many comparisons went which way.

    A comparison is of one theme and cohort; those too thin to say are counted apart.
    """
    told = []
    for visit, title in reversed(_titles(results).items()):
        here = results.changes[results.changes["visit"] == visit]
        sure = here[here["certainty"].isin(["firm", "indicative"])]
        if sure.empty:
            continue
        text = TEMPLATES["moved"].format(
            visit=title,
            compared=_some(len(sure), "comparison"),
            better=int((sure["steps"] > 0).sum()),
            same=int((sure["steps"] == 0).sum()),
            worse=int((sure["steps"] < 0).sum()),
            firm=int((sure["certainty"] == "firm").sum()),
            thin=int((here["certainty"] == "too thin to say").sum()),
        )
        told.append(Sentence("moved", text, "#changes"))
    return told


def movements(results: Results) -> list[Sentence]:
    """Say what moved, or was said not to have moved, when each theme was last judged.

    Only the latest row of each theme and cohort speaks, and only if the change carries no flag or
    the inspectors themselves said something about it. Their word comes first, the latest visit
    too, then what rests on most.
    """
    spoken = [
        movement(results, row)
        for row in _spoken(results).to_dict("records")
        if row["said"] or row["certainty"] == "firm"
    ]
    return [
        sentence
        for sentence in spoken
        if sentence.topic in ("improved", "declined", "not improved")
    ]


def _spoken(results: Results) -> pd.DataFrame:
    """Latest change of each theme and cohort, and what was said later still, latest visit first.

    Findings without a stated cohort do not speak where a later visit judged the theme for any
    cohort: whom they were about cannot be told apart from it.
    """
    order, key = results.data.visits.set_index("visit")["order"], ["theme", "cohort"]
    changes, said = (
        table.assign(_order=table["visit"].map(order).astype(float))
        for table in (results.changes, results.said)
    )
    judged = latest_changes(changes)
    last = judged.set_index(key)["_order"].to_dict()
    keys = zip(said["theme"], said["cohort"], strict=True)
    before = pd.Series([last.get(pair, -1) for pair in keys], index=said.index, dtype=float)
    only_said = (
        said[said["_order"] > before].sort_values("_order").drop_duplicates(key, keep="last")
    )
    table = pd.concat([judged, only_said.drop(columns="finding")], ignore_index=True)
    table = table.assign(said=table["said"].fillna(table["change_said"])).fillna(
        {"status": "", "certainty": "", "change": "", "disagrees": False}
    )
    newest = table["theme"].map(changes.groupby("theme")["_order"].max()).fillna(-1)
    stale = (table["cohort"] == "not-stated") & (table["_order"] < newest)
    table = table.assign(
        _firm=table["certainty"] == "firm", _votes=table["votes"].astype(float).fillna(0)
    )
    key = ["_order", "_firm", "_votes"]
    return table[~stale].sort_values(key, ascending=False, kind="stable")


def movement(results: Results, row: Row) -> Sentence:
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
        parts.append(TEMPLATES["said"].format(**names, said=_said(results, row)))
    if row["certainty"] == "firm":
        parts.append(_computed(row, names, titles))
    else:
        parts.append(_level_there(results, row))
    if row["disagrees"] and row["certainty"] != "too thin to say":
        parts.append(_disagreement(results, row))
    return Sentence(
        _topic(row), " ".join(parts), "#" + anchor(str(row["theme"]), str(row["visit"]))
    )


def _said(results: Results, row: Row) -> str:
    """Say what was said and since when, each with the number of findings that say so."""
    titles = _titles(results)
    said = _said_rows(results, row)
    parts = []
    spoken = list(zip(said["change_said"], said["since"], strict=True))
    for word in GRAVEST_FIRST:
        since = [visit for found, visit in spoken if found == word]
        named = {visit: since.count(visit) for visit in titles}
        unknown = {"": len(since) - sum(named.values())}
        parts += [
            f"{SAID_IN_WORDS[word]}{f' since the {titles[visit]}' if visit else ''} (n = {count})"
            for visit, count in (named | unknown).items()
            if count
        ]
    return _join(parts)


def _said_rows(results: Results, row: Row) -> pd.DataFrame:
    return _same_cell(results.said, row)


def _same_cell(table: pd.DataFrame, row: Row) -> pd.DataFrame:
    """Rows of a table about the visit, theme and cohort of another."""
    same = table["visit"] == row["visit"]
    for name in ("theme", "cohort"):
        same &= table[name] == row[name]
    found: pd.DataFrame = table[same]
    return found


def _disagreement(results: Results, row: Row) -> str:
    """List the computed change beside the words about the same comparison, settling nothing."""
    said = _said_rows(results, row)
    about = said.loc[said["since"].isin([row["before"], "unknown"]), "change_said"]
    return TEMPLATES["disagrees"].format(
        before=_titles(results)[str(row["before"])],
        change=row["change"],
        certainty=row["certainty"],
        words=_join([f"“{SAID_IN_WORDS[word]}”" for word in GRAVEST_FIRST if word in set(about)]),
    )


def _level_there(results: Results, row: Row) -> str:
    """Say the level that stands beside what was said about change, with its flags."""
    if row["status"] not in LEVELS:
        return TEMPLATES["no level"]
    cell = _same_cell(results.statuses, row)
    flags = "".join(f", {f}" for f in ("thin", "fragile", "incidental") if cell[f].all())
    return TEMPLATES["level"].format(
        status=_level(str(row["status"])), n=_n(row["votes"]), flags=flags
    )


def _computed(row: Row, names: dict[str, str], titles: dict[str, str]) -> str:
    template = "changed" if row["steps"] else "unchanged"
    findings = "Inspectors' findings on {theme} ({cohort})".format(**names)
    return TEMPLATES[template].format(
        findings="Their findings" if row["said"] else findings,
        visit=names["visit"],
        before_status=_level(str(row["status_before"])),
        before=titles[str(row["before"])],
        before_n=_n(row["votes_before"]),
        status=_level(str(row["status"])),
        n=_n(row["votes"]),
        between=_between(str(row["not_looked"])),
    )


def _between(visits: str) -> str:
    """Count the visits between that judged nothing of this."""
    count = len(visits.split())
    return TEMPLATES["between"].format(visits=_some(count, "visit")) if count else ""


def _level(status: str) -> str:
    return "mixed" if status == "mixed" else f"a {status}"


def _lower(name: str) -> str:
    """Lower the first letter unless the name begins with a capitalised abbreviation."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _topic(row: Row) -> str:
    """Sort a movement: the inspectors' own word decides, else the computed change.

    What was only said to be sustained goes by the computed change, lest a decline be hidden.
    """
    said = str(row["said"]).split("; ")
    gravest = next((word for word in GRAVEST_FIRST if word in said), "sustained")
    if gravest != "sustained":
        return gravest
    if row["certainty"] != "firm":
        return "unchanged"
    if row["change"] in IMPROVED:
        return "improved"
    if row["change"] in DECLINED:
        return "declined"
    return "not improved" if row["change"] == "persistent weakness" else "unchanged"


def raised_again(results: Results) -> list[Sentence]:
    """Say which needs came back, those raised by most visits first."""
    if results.data.needs.empty:
        return [Sentence("raised again", _no_needs(results), "#evidence")]
    table, titles = results.ledger, _titles(results)
    again = table[table["raised_again"].astype(bool)]
    if again.empty:
        return [Sentence("raised again", TEMPLATES["none raised again"])]
    latest = _latest_read(results)
    still_raised = set(table.loc[table["latest_raised"] == latest, "need"])
    now = len(set(again["need"]) & still_raised)
    count = TEMPLATES["raised count"].format(
        again=again["need"].nunique(),
        all=_some(table["need"].nunique(), "need"),
        now=now,
        were=_were(now),
        visit=titles[latest],
    )
    still = again.assign(_now=again["latest_raised"] == latest)
    still = still.sort_values(["_now", "visits_raised"], ascending=False, kind="stable")
    return [
        Sentence("raised again", count, "#fig-ledger"),
        *(need(results, row) for row in still.to_dict("records")),
    ]


def _no_needs(results: Results) -> str:
    """Say that nobody has put needs together, and how many findings state one."""
    stated = results.data.findings[results.data.findings["role"] == "need"]
    return TEMPLATES["no needs"].format(
        stated=_some(len(stated), "finding"),
        visits=_some(stated["visit"].nunique(), "visit"),
        state="states" if len(stated) == 1 else "state",
    )


def need(results: Results, row: Row) -> Sentence:
    """Say one row of `analysis.needs.ledger`."""
    titles = _titles(results)

    def date(visit: object) -> str:
        return titles[str(visit)].rsplit(" of ", 1)[1]

    met = [date(visit) for visit in str(row["met"]).split()]
    table = results.ledger
    spells = zip(table["need"], table["spell"], table["first_raised"], strict=True)
    first_spell, before = min(
        (spell, first) for name, spell, first in spells if name == row["need"]
    )
    text = TEMPLATES["raised anew" if row["spell"] != first_spell else "raised again"].format(
        before=date(before),
        aspect=row["aspect"],
        cohort=COHORTS[str(row["cohort"])],
        first=date(row["first_raised"]),
        latest=date(row["latest_raised"]),
        count=_at_least(results, row) + _some(int(str(row["visits_raised"])), "visit"),
        met=f"; judged a strength in {_join(met)}" if met else "",
    )
    return Sentence("raised again", text, f"#n-{row['need']}")


def _at_least(results: Results, row: Row) -> str:
    """Say `at least` where a visit in between has no document that counts."""
    visits = results.data.visits
    order = dict(zip(visits["visit"], visits["order"], strict=True))
    first, latest = order[row["first_raised"]], order[row["latest_raised"]]
    read = ["primary", "secondary"] if results.include_secondary else ["primary"]
    between = zip(visits["order"], visits["held"], strict=True)
    whole = all(held in read for place, held in between if first < place < latest)
    return "" if whole else "at least "


def latest_look(results: Results) -> list[Sentence]:
    """Say what was judged at the latest visit, and when the rest was last looked at."""
    whole = results.whole()
    titles = _titles(results)
    judged = whole[whole["status"].isin([*LEVELS, "differs by cohort"])]
    latest = _latest_read(results)
    if not latest:
        return []
    now = set(judged.loc[judged["visit"] == latest, "theme"])
    themes = results.data.codebook.ids
    text = TEMPLATES["latest look"].format(
        count=len(now),
        themes=_some(len(themes), "theme"),
        were=_were(len(now)),
        visit=titles[latest],
    )
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
    counts = later["status"].value_counts()
    said = [f"{counts[s]} {words}" for s, words in ABSENCES.items() if s in counts]
    if missing := int(counts.get("no document", 0)):
        said.append(f"{missing} {'has' if missing == 1 else 'have'} no document that counts here")
    text = TEMPLATES["last judged"].format(
        theme=name,
        visit=titles[last],
        later=_some(len(later), "later visit"),
        absences=_join(said),
    )
    return Sentence("latest look", text, "#" + anchor(theme, last))


def thin(results: Results) -> list[Sentence]:
    """Say how much of what was compared is too thin."""
    certainty = results.changes["certainty"].value_counts()
    compared = int(certainty.drop("", errors="ignore").sum())
    if not compared:
        why = "one visit" if len(results.data.visits) == 1 else "incomparable"
        return [Sentence("thin", TEMPLATES[why])]
    text = TEMPLATES["thin"].format(
        count=int(certainty.get("too thin to say", 0)),
        compared=_some(compared, "comparison"),
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
    judged = [*LEVELS, "differs by cohort"]
    told, found = (
        table[(table["visit"] == visit) & (table["cohort"] == ALL_COHORTS)]
        .set_index("theme")["status"]
        .pipe(lambda status: status[status.isin(judged)])
        for table in (results.secondary, results.statuses)
    )
    both = told.index.intersection(found.index)
    if others.empty or both.empty:
        return ""
    return TEMPLATES["compared"].format(
        visit=title,
        sources=_join(sorted(set(others["publisher"]))),
        both=_some(len(both), "theme"),
        same=int((told[both] == found[both]).sum()),
    )
