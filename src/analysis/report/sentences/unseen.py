"""What the latest visit read did not judge, when it was last judged, and what came after."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.anchors import anchor
from analysis.english import how_good
from analysis.results.absences import absence
from analysis.results.results import Results
from analysis.tables import Row, records
from analysis.vocabulary import ABSENCES, COHORTS, NOT_STATED, NOTICE, looked_at


@dataclass(frozen=True)
class Look:
    """A level as a place in a row: when, how good, and where its evidence stands."""

    date: str
    told: str
    href: str


@dataclass(frozen=True)
class Unseen:
    """A theme and cohort that the latest visit read did not judge.

    `last` is the latest look, None if there never was one; `since` says what the visits after it
    were.
    """

    theme_id: str
    theme: str
    cohort: str
    last: Look | None
    since: str


def unseen(results: Results, latest: str) -> list[Unseen]:
    """List every theme, and every cohort it was ever judged for, that `latest` did not judge.

    Findings that name no cohort are left out where a later visit judged the theme for any.
    """
    visits = [v for v in records(results.data.visits) if v["kind"] != NOTICE]
    order = [str(visit["visit"]) for visit in visits]
    place = {visit: i for i, visit in enumerate(order)}
    dates = {str(visit["visit"]): str(visit["short"]) for visit in visits}
    whole = {
        (str(row["theme"]), str(row["visit"])): str(row["status"])
        for row in records(results.whole())
    }
    last: dict[tuple[str, str], Row] = {}
    newest: dict[str, int] = {}
    for row in records(results.judged()):
        key, at = (str(row["theme"]), str(row["cohort"])), place[str(row["visit"])]
        if key not in last or at > place[str(last[key]["visit"])]:
            last[key] = row
        newest[key[0]] = max(at, newest.get(key[0], -1))
    found = []
    for theme in results.data.codebook.themes:
        if theme.id not in newest:
            since = _absences(results, theme.id, "", order, whole)
            found.append(Unseen(theme.id, theme.name, "any", None, since))
        for cohort, told in COHORTS.items():
            latest_row = last.get((theme.id, cohort))
            if latest_row is None or latest_row["visit"] == latest:
                continue
            at = place[str(latest_row["visit"])]
            if cohort == NOT_STATED and at < newest[theme.id]:
                continue
            since = _absences(results, theme.id, cohort, order[at + 1 :], whole)
            name = COHORTS[NOT_STATED] if cohort == NOT_STATED else told
            found.append(Unseen(theme.id, theme.name, name, _look(latest_row, dates), since))
    return found


def _absences(
    results: Results, theme: str, cohort: str, visits: list[str], whole: dict[tuple[str, str], str]
) -> str:
    """Say what each visit was to the theme and cohort, those of one kind together."""
    rows = {str(row["visit"]): row for row in records(results.data.visits)}
    kinds: dict[str, list[str]] = {}
    for visit in visits:
        known, told = rows[visit], whole[(theme, visit)]
        looked = looked_at(str(known["areas"]))
        why = absence(told, cohort, theme, looked, results.data.codebook) or told
        words = ABSENCES[why].brief if why in ABSENCES else "other cohorts only"
        kinds.setdefault(words, []).append(str(known["short"]))
    return "; ".join(f"{kind}: {', '.join(when)}" for kind, when in kinds.items())


def _look(row: Row, dates: dict[str, str]) -> Look:
    visit = str(row["visit"])
    return Look(dates[visit], how_good(str(row["status"])), "#" + anchor(str(row["theme"]), visit))
