"""What second readers would have found: codes drawn anew, as they differ where two readers read.

Each code that counts is kept, turned or left out as often as the second reader did so with the
first's codes of that theme and direction, and themes that were not given are given as often as the
second gave them; what an inspection found is then worked out from the codes drawn, by the same
rules: where two readers called the theme from the whole document, the middle one of three stands.
Where a theme has too few codes that both readers looked at, all themes speak for it. Which
authorities both read is drawn anew with every draw, since readers differ by document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.codes.counting import admitted
from analysis.results.settling import READERS
from analysis.results.votes import MIXED_WEIGHTS, NEED_TAKES, VOTES, WEAKNESS_BELOW, WEIGHTS, voting
from analysis.vocabulary import DIRECTIONS, NO_THEME, NOT_STATED

REDRAWS: Final = 200
"""Times that codes are drawn anew."""
ENOUGH: Final = 30
"""Codes of a theme and direction, or paragraphs without the theme, that must have been read twice
for the theme to speak for itself."""
NOT_GIVEN: Final = len(DIRECTIONS)
"""What a reader said of a theme, as a number: the place of a direction, or this."""
_STRENGTH, _MIXED, _WEAKNESS = range(3)
_SEED: Final = 20
Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


def as_second(
    rows: pd.DataFrame,
    codes: pd.DataFrame,
    findings: pd.DataFrame,
    readings: pd.DataFrame,
    statuses: pd.DataFrame,
) -> pd.DataFrame:
    """Draw what second readers would have found weak.

    Parameters
    ----------
    rows
        `analysis.england.over_time.inspections`, all or some.
    codes, findings, readings, statuses
        `codes`, `findings`, `second_readings` and `statuses` of
        `analysis.england.gathered.TABLES`; of the last the levels by whole documents.

    Returns
    -------
    pandas.DataFrame
        Whether each inspection (index `visit`) came out weak on each theme (index `theme`) that it
        looked at, sorted: rows x `REDRAWS`, boolean, the same in whatever order the tables are.
    """
    themes = sorted(set(rows["theme"]))
    rows = rows.sort_values(["visit", "theme"])
    votes = _votes(codes, findings, set(rows["visit"]))
    cells = _Cells.of(rows, votes, themes, _by_documents(statuses))
    random = np.random.default_rng(_SEED)
    said = confusions(readings, themes, random)
    drawn = [cells.weak(said_now, random) for said_now in said]
    index = pd.MultiIndex.from_frame(rows[["visit", "theme"]].astype(str))
    return pd.DataFrame(np.stack(drawn, axis=1), index=index)


def confusions(
    readings: pd.DataFrame, themes: list[str], random: np.random.Generator | None = None
) -> Numbers:
    """Return what second readers said of a theme where the first said this or that.

    Parameters
    ----------
    readings
        Table `second_readings`.
    themes
        Ids.
    random
        Draws the authorities anew, `REDRAWS` times; once and as they are if not given.

    Returns
    -------
    numpy.ndarray
        Draws x themes x what the first said x what the second said: shares that sum to 1 over the
        last. What readers can say is one of `DIRECTIONS`, or, last, nothing of the theme. What
        neither said is kept as it is.
    """
    counts = _counted(readings, themes)
    enough = counts.sum(axis=(0, 3)) >= ENOUGH
    times = np.ones((1, len(counts)))
    if random is not None and len(counts):
        even = np.full(len(counts), 1 / len(counts))
        times = random.multinomial(len(counts), even, size=REDRAWS).astype(float)
    elif random is not None:
        times = np.ones((REDRAWS, 0))
    own = np.tensordot(times, counts, axes=1)
    pooled = np.broadcast_to(own.sum(axis=1, keepdims=True), own.shape)
    held = np.where((enough & (own.sum(axis=3) > 0))[..., None], own, pooled)
    total = held.sum(axis=3, keepdims=True)
    same = np.eye(NOT_GIVEN + 1)
    return np.where(total > 0, held / np.where(total > 0, total, 1), same)


def _counted(readings: pd.DataFrame, themes: list[str]) -> Numbers:
    """How often both said what: authorities x themes x first x second."""
    authorities, names = pd.factorize(readings["authority"].astype(str), sort=True)
    size = NOT_GIVEN + 1
    counts = np.zeros((len(names), len(themes), size, size))
    place = _places(themes, readings["theme"])
    first, second = (_said(readings[name]) for name in ("first", "second"))
    ours = place >= 0
    np.add.at(counts, (authorities[ours], place[ours], first[ours], second[ours]), 1)
    read = readings.assign(_at=authorities).groupby("_at")["finding"].nunique().to_numpy()
    counts[:, :, NOT_GIVEN, NOT_GIVEN] = read[:, None] - counts.sum(axis=(2, 3))
    return counts


def _said(directions: pd.Series[str]) -> Places:
    places = _places(list(DIRECTIONS), directions)
    return np.where(places < 0, NOT_GIVEN, places)


def _places(words: list[str], told: pd.Series[str]) -> Places:
    """Place of each among words; -1 where it is none of them."""
    return np.asarray(pd.Index(words).get_indexer(pd.Index(told.astype(str))), dtype=np.int64)


def _votes(codes: pd.DataFrame, findings: pd.DataFrame, visits: set[str]) -> pd.DataFrame:
    """Codes of visits, and how each would vote as a weakness; themes of none too."""
    about = ["finding", "source", "role", "said_by", "repeats"]
    coded = codes[codes["visit"].isin(visits)].merge(findings[about], on="finding")
    coded = admitted(coded, codes).reset_index(drop=True)
    pointing = coded.assign(direction=DIRECTIONS[_WEAKNESS], theme=coded["theme"] + ".")
    return coded.assign(vote=voting(pointing)["vote"])


@dataclass(frozen=True)
class _Cells:
    """What inspections can find weak: a cell for each inspection and theme, with its codes.

    Attributes
    ----------
    count
        Number of cells.
    cell, said, weight, vote
        Of each code that can vote: its cell, its direction, what it weighs as it is, and
        how it votes. Codes of a cell stand together.
    part
        Of each code, its cohort in its cell; the last `count` parts stand for cells of which
        nothing was said.
    owner, unnamed, called
        Of each part, its cell; the part of its cell on which no cohort is stated, or itself; and
        how many of two readers of the whole document called it weak, -1 where not two did call it.
    theme, first, codes, left
        Of each cell, its theme, its first code, how many it has, and how many paragraphs of the
        inspection could have been given the theme and were not.
    """

    count: int
    cell: Places
    said: Places
    weight: Numbers
    vote: Places
    part: Places
    owner: Places
    unnamed: Places
    called: Places
    theme: Places
    first: Places
    codes: Places
    left: Places

    @classmethod
    def of(
        cls, rows: pd.DataFrame, votes: pd.DataFrame, themes: list[str], called: pd.Series[int]
    ) -> _Cells:
        """Lay out the codes of inspections, with `_by_documents`."""
        key = rows["visit"].astype(str) + " " + rows["theme"].astype(str)
        can = votes[votes["vote"] != "none"]
        there = can.groupby("visit")["finding"].nunique()
        given = can.groupby(can["visit"] + " " + can["theme"])["finding"].nunique()
        left = rows["visit"].astype(str).map(there).fillna(0) - key.map(given).fillna(0)
        at = _places(list(key), can["visit"] + " " + can["theme"])
        own = can.assign(_at=at)[(at >= 0) & (can["theme"] != NO_THEME).to_numpy()]
        own = own.sort_values(["_at", "cohort", "finding"])
        cell = own["_at"].to_numpy(np.int64)
        part = np.asarray(own.groupby(["_at", "cohort"], sort=False).ngroup(), dtype=np.int64)
        named = own[["_at", "cohort"]].drop_duplicates()
        spoken = named["_at"].to_numpy(np.int64)
        stated = (named["cohort"] != NOT_STATED).to_numpy()
        parts = len(named)
        unnamed = np.arange(parts + len(rows))
        of_cell = dict(zip(spoken[~stated].tolist(), np.nonzero(~stated)[0].tolist(), strict=True))
        unnamed[:parts] = [of_cell.get(c, p) for p, c in enumerate(spoken.tolist())]
        where = (key.to_numpy()[spoken] + " " + named["cohort"]).to_numpy()
        by_documents = called.reindex(where).fillna(-1).to_numpy(np.int64)
        codes = np.asarray(np.bincount(cell, minlength=len(rows)), dtype=np.int64)
        return cls(
            len(rows), cell, _said(own["direction"]), _weights(own),
            _places(list(VOTES), own["vote"]), part, np.append(spoken, np.arange(len(rows))),
            np.asarray(unnamed, dtype=np.int64),
            np.append(by_documents, np.full(len(rows), -1)), _places(themes, rows["theme"]),
            np.cumsum(codes) - codes, codes, np.asarray(left.clip(lower=0), dtype=np.int64),
        )  # fmt: skip

    def weak(self, said: Numbers, random: np.random.Generator) -> npt.NDArray[np.bool_]:
        """Whether each cell comes out weak, its codes drawn by what readers said: cells."""
        upto = said.cumsum(axis=2)[:, :, :NOT_GIVEN]
        now = _drawn(upto[self.theme[self.cell], self.said], random)
        cells, ways = self._added(upto[:, NOT_GIVEN], random)
        parts = len(self.owner) - self.count + cells
        beside = self.codes[cells] > 0
        own = cells[beside]
        parts[beside] = self.part[self.first[own] + random.integers(self.codes[own])]
        weights = np.where((now == _MIXED) & (self.said == _MIXED), self.weight, _PLAIN[now])
        return self._come_out(
            np.append(self.part, parts),
            np.append(now, ways),
            np.append(weights, _PLAIN[ways]),
            np.append(self.vote, np.full(len(cells), _BODY)),
        )

    def _added(self, upto: Numbers, random: np.random.Generator) -> tuple[Places, Places]:
        """Cells to which a theme is given that was not, once for each time, and its direction."""
        times = random.binomial(self.left, upto[self.theme, -1].clip(0, 1))
        cells = np.repeat(np.arange(self.count), times)
        own = upto[self.theme[cells]]
        return cells, _drawn(own / np.where(own[:, -1:] > 0, own[:, -1:], 1), random)

    def _come_out(
        self, part: Places, said: Places, weight: Numbers, vote: Places
    ) -> npt.NDArray[np.bool_]:
        """Whether cells are weak by codes: `analysis.results.votes`, for all at once."""
        size, kinds = len(self.owner), len(VOTES)
        votes = said <= _WEAKNESS
        vote = np.where((vote == _NEED) & (said == _STRENGTH), _BODY, vote)
        at = (part * kinds + vote)[votes]
        counts = np.bincount(at, minlength=size * kinds).reshape(size, kinds)
        sums = np.bincount(at, weight[votes], size * kinds).astype(float).reshape(size, kinds)
        summaries, whole = counts[:, _SUMMARY], counts[:, _BODY]
        of_part = (whole == 0) & (summaries == 0)
        count = np.where(of_part, counts[:, _PART], whole) + (summaries > 0)
        total = np.where(of_part, sums[:, _PART], sums[:, _BODY])
        total += sums[:, _SUMMARY] / np.maximum(summaries, 1)
        asked = counts[:, _NEED] > 0
        given = np.bincount(part[said < NOT_GIVEN], minlength=size) > 0
        needed = given & (asked | asked[self.unnamed])
        balance = np.round(total / np.maximum(count, 1) - NEED_TAKES * needed, 9)
        weak = np.where(count > 0, balance < WEAKNESS_BELOW, asked)
        weak = np.where((self.called == 0) | (self.called == READERS), self.called > 0, weak)
        judged = (count > 0) | asked
        found, otherwise = (
            np.bincount(self.owner[held], minlength=self.count) for held in (judged, judged & ~weak)
        )
        return np.asarray((found > 0) & (otherwise == 0))


def _by_documents(statuses: pd.DataFrame) -> pd.Series[int]:
    """How many of two readers of a whole document called it weak, by visit, theme and cohort.

    What was resolved counts as if both had called it so.
    """
    resolved = statuses["resolved_level"].astype(str)
    settled = statuses[(statuses["second_document_level"].astype(str) != "") | (resolved != "")]
    resolved = resolved[settled.index]
    visit, theme, cohort = (settled[name].astype(str) for name in ("visit", "theme", "cohort"))
    key = visit + " " + theme + " " + cohort
    levels = settled[["document_level", "second_document_level"]].astype(str)
    weak = (levels == "weakness").sum(axis=1)
    weak = weak.where(resolved == "", (resolved == "weakness") * READERS)
    return pd.Series(weak.to_numpy(), index=key, dtype="int64")


_BODY, _PART, _SUMMARY, _NEED = map(VOTES.index, ("body", "part", "summary", "need"))
_PLAIN: Final = np.array([WEIGHTS["strength"], MIXED_WEIGHTS[""], WEIGHTS["weakness"], 0.0, 0.0])
"""What a code weighs that is drawn anew, by what is said."""


def _weights(codes: pd.DataFrame) -> Numbers:
    """What each code weighs as it is."""
    mixed = codes["direction"].astype(str) == DIRECTIONS[_MIXED]
    leaning = codes["lean"].astype(str).map(MIXED_WEIGHTS)
    plain = codes["direction"].astype(str).map(WEIGHTS)
    return np.asarray(leaning.where(mixed, plain).fillna(0), dtype=np.float64)


def _drawn(upto: Numbers, random: np.random.Generator) -> Places:
    """Draw what is said of each row, by the sums of its chances up to each."""
    return np.asarray((random.random((len(upto), 1)) >= upto).sum(axis=1))
