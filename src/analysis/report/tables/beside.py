"""Is it only here? What a report shows of others: how many were found so, and who found a way out.

Themes of the latest full inspection stand beside those of statistical neighbours, region and
England, those first that the fewest others share; needs that are still raised beside the
authorities that had the same and were later found to have met it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analysis.anchors import theme_anchor
from analysis.dates import PartialDate, month
from analysis.england.compare import FEW, GROUPS, LEAST, MOST, beside, found_latest
from analysis.england.others import Others
from analysis.england.way_out import KEY, OUT, STILL, UNSEEN, followed
from analysis.english import lower, plural, were
from analysis.report.sentences.plain import who
from analysis.results.results import Results
from analysis.tables import Row, records

SHOWN: Final = 4
"""Themes of a chart."""
NEEDS_SHOWN: Final = 3
"""Needs beside which it stands who found a way out."""
NAMED: Final = 3
"""Authorities that are named for each."""
NOT_GATHERED: Final = (
    "This copy is not set beside other authorities. Whoever makes it can gather them first: "
    "`findings england`."
)
NOT_INSPECTED: Final = "No full inspection is read here that could be set beside others’."


@dataclass(frozen=True)
class Share:
    """How many others were found the same; percentages of a bar, or none where too few looked."""

    said: str
    low: int = 0
    at: int = 0
    high: int = 0


@dataclass(frozen=True)
class Compared:
    """A theme, where its card stands, and a share for each group."""

    name: str
    href: str
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class Comparison:
    """A chart: what it shows, and its rows."""

    level: str
    rows: tuple[Compared, ...]


@dataclass(frozen=True)
class Met:
    """An authority that found a way out: when it had the need last, when it was met, and where."""

    name: str
    raised: str
    raised_at: str
    met: str
    met_at: str
    found: str


@dataclass(frozen=True)
class WaysOut:
    """A need that is still raised, how many others had it, and the latest that met it."""

    name: str
    href: str
    theme: str
    risk: str
    latest: tuple[Met, ...]


@dataclass(frozen=True)
class Beside:
    """All that the block shows."""

    sentences: tuple[str, ...]
    heads: tuple[str, ...] = ()
    charts: tuple[Comparison, ...] = ()
    ways: tuple[WaysOut, ...] = ()


def set_beside(results: Results, gathered: Others | None, themes: Sequence[str]) -> Beside:
    """Set an authority beside others.

    Parameters
    ----------
    results
        Of the authority.
    gathered
        What is gathered of all; None where nothing is.
    themes
        Ids of those that the report is about.
    """
    slug = results.data.authority
    if gathered is None or slug not in set(gathered.authorities["authority"]):
        return Beside((NOT_GATHERED,))
    own = found_latest(results.statuses, results.data.visits)
    rows = beside(slug, own, gathered.latest, gathered.authorities)
    rows = rows[rows["theme"].isin(themes)]
    ways, sentence = _ways_out(results, gathered, themes)
    if rows.empty:
        return Beside((NOT_INSPECTED, *sentence), ways=ways)
    return Beside(
        (*_sentences(rows, results), *sentence),
        _heads(rows, gathered, slug),
        tuple(
            Comparison(level, drawn)
            for level in ("weak", "strong")
            if (drawn := _compared(rows, _FOUND[level], results))
        ),
        ways,
    )


_FOUND: Final = {"weak": "weakness", "strong": "strength"}


def _sentences(rows: pd.DataFrame, results: Results) -> list[str]:
    """Say of how many themes others were found weak too, and how the neighbours were."""
    starts = dict(zip(results.data.visits["visit"], results.data.visits["start"], strict=True))
    when = f"In {month(starts[rows['visit'].iloc[0]])}"
    weak = rows[rows["found"] == "weakness"]
    england = weak[(weak["group"] == "england") & (weak["looked"] >= LEAST)]
    if weak.empty:
        return [f"{when} no theme was found weak for every group judged."]
    count = weak["theme"].nunique()
    said = f"{when} {plural(count, 'theme was', 'themes were')} found weak"
    if england.empty:
        return [f"{said}; fewer than ten others were looked at under the same rules."]
    few, most = ((england["others"] == word).sum() for word in (FEW, MOST))
    others = england["looked"].max()
    return [
        f"{said}; by their latest such inspections, fewer than a third of England’s {others} other "
        f"authorities were weak on {_of(few, count)} of them, more than half on "
        f"{_of(most, count)}.",
        *_neighbours(weak[weak["group"] == "neighbours"], results),
    ]


def _of(part: int, whole: int) -> str:
    return "none" if not part else "all" if part == whole else str(part)


def _neighbours(weak: pd.DataFrame, results: Results) -> list[str]:
    weak = weak[weak["looked"] >= LEAST].sort_values("same", kind="stable")
    if weak.empty:
        return []
    least, most = weak.iloc[0], weak.iloc[-1]
    book = results.data.codebook
    name = {row["theme"]: lower(book.theme(str(row["theme"])).name) for row in (least, most)}
    said = f"Of {least['looked']} statistical neighbours {least['same'] or 'none'} "
    said += f"{'was' if least['same'] <= 1 else 'were'} weak on {name[least['theme']]}"
    if most["same"] > least["same"]:
        said += f", {most['same']} on {name[most['theme']]}"
    return [f"{said}."]


def _heads(rows: pd.DataFrame, gathered: Others, slug: str) -> tuple[str, ...]:
    sizes = rows.drop_duplicates("group").set_index("group")["authorities"]
    regions = gathered.authorities.set_index("authority")["region_name"]
    names = {"neighbours": "Neighbours", "region": str(regions[slug]), "england": "England"}
    return tuple(f"{names[group]} ({sizes[group]})" for group in GROUPS)


def _compared(rows: pd.DataFrame, found: str, results: Results) -> tuple[Compared, ...]:
    """Return the themes that the fewest others in England share."""
    own = rows[rows["found"] == found]
    england = own[own["group"] == "england"]
    order = {theme: at for at, theme in enumerate(results.data.codebook.ids)}
    share = (england["same"] / england["looked"]).astype(float).fillna(1.0)
    ranked = sorted(
        zip(share, england["theme"], strict=True), key=lambda pair: (pair[0], order[pair[1]])
    )
    by_key = {(row["theme"], row["group"]): row for row in records(own)}
    return tuple(
        Compared(
            results.data.codebook.theme(theme).label,
            "#" + theme_anchor(theme),
            tuple(_share(by_key[(theme, group)]) for group in GROUPS),
        )
        for _share_of, theme in ranked[:SHOWN]
    )


def _share(row: Row) -> Share:
    if row["looked"] < LEAST:
        return Share("too few")
    low, high = (round(100 * float(row[end])) for end in ("low", "high"))
    at = round(100 * int(row["same"]) / int(row["looked"]))
    return Share(f"{row['same']} of {row['looked']}", low, at, high)


def _ways_out(
    results: Results, gathered: Others, themes: Sequence[str]
) -> tuple[tuple[WaysOut, ...], list[str]]:
    """Return who found a way out of what is still raised, and a sentence on it all."""
    own = followed(results)
    own = own[own["outcome"].isin(STILL) & own["theme"].isin(themes)]
    if own.empty:
        return (), []
    rows = gathered.followed
    rows = rows[rows["had"] & (rows["authority"] != results.data.authority)].merge(own[KEY], on=KEY)
    parts = dict(list(rows.groupby(KEY)))
    out = [
        (row, part)
        for row in records(own.sort_values("visits_raised", ascending=False, kind="stable"))
        if (part := parts.get(tuple(row[name] for name in KEY))) is not None
        and (part["outcome"] == OUT).any()
    ]
    names = gathered.authorities.set_index("authority")["name"].to_dict()
    said = (
        f"Of {plural(len(own), 'need')} still raised here, {len(out) or 'none'} "
        f"{'was' if len(out) == 1 else 'were'} had elsewhere and later found met."
    )
    return tuple(_way(row, part, names, results) for row, part in out[:NEEDS_SHOWN]), [said]


def _way(row: Row, part: pd.DataFrame, names: Mapping[Any, str], results: Results) -> WaysOut:
    theme = results.data.codebook.theme(str(row["theme"]))
    met = part[part["outcome"] == OUT].sort_values("met_on", ascending=False, kind="stable")
    had, looked = len(part), int((part["outcome"] != UNSEEN).sum())
    whom = who(str(row["cohort"]))
    return WaysOut(
        theme.aspects[str(row["aspect"])],
        "#" + theme_anchor(theme.id),
        theme.name + (f", {whom}" if whom else ""),
        f"{plural(had, 'other')} had it; {looked} {were(looked)} looked at again, {len(met)} of "
        "them found to have met it.",
        tuple(
            Met(
                names[str(one["authority"])],
                _year(one["raised_on"]),
                str(one["raised_at"]),
                _year(one["met_on"]),
                str(one["met_at"]),
                str(one["found"]),
            )
            for one in records(met.head(NAMED))
        ),
    )


def _year(start: object) -> str:
    return str(PartialDate.parse(str(start)).year)
