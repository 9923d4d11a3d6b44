"""What was raised again, in sentences."""

from __future__ import annotations

from typing import Final

from analysis.anchors import need_anchor
from analysis.dates import month
from analysis.english import join, lower, plural, were
from analysis.report.sentences.sentence import Sentence, titles_of
from analysis.report.sentences.templates import TEMPLATES
from analysis.results.results import Results, latest_read
from analysis.tables import Row
from analysis.vocabulary import COHORTS

NAMED: Final = 4
"""Most needs that one sentence names; it counts the rest."""


def raised_again(results: Results) -> list[Sentence]:
    """Say which needs came back, those raised by most visits first."""
    if results.data.needs.empty:
        return [Sentence("raised again", _no_needs(results), "#evidence")]
    table, titles = results.ledger, titles_of(results)
    again = table[table["raised_again"].astype(bool)]
    if again.empty:
        return [Sentence("raised again", TEMPLATES["none raised again"])]
    latest = latest_read(results)
    still_raised = set(table.loc[table["latest_raised"] == latest, "need"])
    now = len(set(again["need"]) & still_raised)
    count = TEMPLATES["raised count"].format(
        again=again["need"].nunique(),
        all=plural(table["need"].nunique(), "need"),
        now=now,
        were=were(now),
        visit=titles[latest],
    )
    still = again.assign(_now=again["latest_raised"] == latest)
    still = still.sort_values(["_now", "visits_raised"], ascending=False, kind="stable")
    return [
        Sentence("raised again", count, "#fig-ledger"),
        *(need(results, row) for row in still.to_dict("records")),
    ]


def still_raised(results: Results) -> Sentence | None:
    """Name the needs raised first and still being raised, in their first spell; None if none is.

    Of those first raised earliest, the ones that most visits raised are named.
    """
    table, titles, latest = results.ledger, titles_of(results), latest_read(results)
    order = {visit: place for place, visit in enumerate(titles)}
    rows = [
        row
        for row in table.to_dict("records")
        if row["raised_again"] and row["latest_raised"] == latest and row["spell"] == 1
    ]
    if not rows:
        return None
    first = min((str(row["first_raised"]) for row in rows), key=lambda visit: order[visit])
    oldest = [row for row in rows if row["first_raised"] == first]
    most = max(int(row["visits_raised"]) for row in oldest)
    named = [row for row in oldest if int(row["visits_raised"]) == most]
    needs = [f"{lower(str(row['aspect']))} ({COHORTS[str(row['cohort'])]})" for row in named]
    if len(needs) > NAMED:
        needs = [*needs[:NAMED], f"{len(needs) - NAMED} more"]
    text = TEMPLATES["still raised"].format(
        count=plural(len(oldest), "need"),
        were=were(len(oldest)),
        first=_months(results)[first],
        visit=titles[latest],
        them="it" if len(oldest) == 1 else "them",
        most=_at_least(results, named[0]) + plural(most, "visit"),
        needs="; ".join(needs),
    )
    return Sentence("still raised", text, "#" + need_anchor(str(named[0]["need"])))


def _months(results: Results) -> dict[str, str]:
    """Return the month in which each visit began, by its id."""
    visits = results.data.visits
    return dict(zip(visits["visit"], visits["start"].map(month), strict=True))


def _no_needs(results: Results) -> str:
    """Say that nobody has put needs together, and how many findings state one."""
    stated = results.data.findings[results.data.findings["role"] == "need"]
    return TEMPLATES["no needs"].format(
        stated=plural(len(stated), "finding"),
        visits=plural(stated["visit"].nunique(), "visit"),
        state="states" if len(stated) == 1 else "state",
    )


def need(results: Results, row: Row) -> Sentence:
    """Say one row of `analysis.results.needs.ledger`."""
    months = _months(results)
    met = [months[visit] for visit in str(row["met"]).split()]
    table = results.ledger
    columns = (table[name].tolist() for name in ("need", "spell", "first_raised"))
    spells = zip(*columns, strict=True)
    first_spell, before = min(
        (spell, first) for name, spell, first in spells if name == row["need"]
    )
    text = TEMPLATES["raised anew" if row["spell"] != first_spell else "raised again"].format(
        before=months[before],
        aspect=row["aspect"],
        cohort=COHORTS[str(row["cohort"])],
        first=months[str(row["first_raised"])],
        latest=months[str(row["latest_raised"])],
        count=_at_least(results, row) + plural(int(str(row["visits_raised"])), "visit"),
        met=f"; judged a strength in {join(met)}" if met else "",
    )
    href = "#" + need_anchor(str(row["need"]))
    return Sentence("raised again", text, href, str(row["theme"]))


def _at_least(results: Results, row: Row) -> str:
    """Say `at least` where a visit in between has no document that counts."""
    visits = results.data.visits
    names, held = visits["visit"].tolist(), visits["held"].tolist()
    order = dict(zip(names, visits["order"].tolist(), strict=True))
    first, latest = order[row["first_raised"]], order[row["latest_raised"]]
    read = ["primary", "secondary"] if results.include_secondary else ["primary"]
    between = [of for name, of in zip(names, held, strict=True) if first < order[name] < latest]
    return "" if all(of in read for of in between) else "at least "
