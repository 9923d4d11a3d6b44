"""What second readers would have found: codes drawn anew come out by the rules of statuses."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.england.frames import Frames
from analysis.england.over_time import inspections
from analysis.england.second import ENOUGH, NOT_GIVEN, REDRAWS, as_second, confusions
from analysis.vocabulary import DIRECTIONS, NO_THEME

STRENGTH, MIXED, WEAKNESS, NEUTRAL = range(4)
SAID = dict(enumerate(DIRECTIONS)) | {NOT_GIVEN: ""}


def both_read(*pairs, theme="audit", authority="a", times=1):
    """What two readers said of a theme, a paragraph each; said by neither, it has no theme."""
    rows = [pair for pair in pairs for _ in range(times)]
    return pd.DataFrame(
        {
            "authority": authority,
            "finding": [f"{authority}-{theme}-{n}" for n in range(len(rows))],
            "theme": [theme if set(pair) != {NOT_GIVEN} else NO_THEME for pair in rows],
            "first": [SAID[first] for first, _ in rows],
            "second": [SAID[second] for _, second in rows],
        }
    )


def test_shares_are_those_of_what_both_read():
    readings = both_read(
        *[(WEAKNESS, WEAKNESS)] * 6, *[(WEAKNESS, MIXED)] * 3, (WEAKNESS, NOT_GIVEN), times=ENOUGH
    )
    (table,) = confusions(readings, ["audit"])
    assert table[0, WEAKNESS].tolist() == [0, 0.3, 0.6, 0, 0.1]
    assert table[0, STRENGTH].tolist() == [1, 0, 0, 0, 0]  # what neither said is kept


def test_a_theme_is_given_as_often_as_the_second_gave_it():
    readings = both_read((NOT_GIVEN, WEAKNESS), *[(NOT_GIVEN, NOT_GIVEN)] * 4, times=ENOUGH)
    (table,) = confusions(readings, ["audit", "plans"])
    assert table[0, NOT_GIVEN].tolist() == [0, 0, 0.2, 0, 0.8]
    assert table[1, NOT_GIVEN].tolist() == [0, 0, 0, 0, 1]


@pytest.mark.promise("second-by-codes")
@pytest.mark.parametrize(("count", "kept"), [(ENOUGH, 0.0), (ENOUGH - 1, 0.5)])
def test_where_a_theme_has_too_few_codes_all_themes_speak(count, kept):
    other = both_read((WEAKNESS, WEAKNESS), theme="plans", times=count)
    readings = pd.concat([both_read((WEAKNESS, STRENGTH), times=count), other])
    (table,) = confusions(readings, ["audit", "plans"])
    assert table[0, WEAKNESS, WEAKNESS] == kept
    assert table[1, WEAKNESS, WEAKNESS] == 1 - kept


def test_authorities_are_drawn_whole():
    def spread(authorities):
        parts = [
            both_read((WEAKNESS, [WEAKNESS, STRENGTH][n % 2]), authority=f"a{n}", times=t)
            for n, t in enumerate(authorities)
        ]
        drawn = confusions(pd.concat(parts), ["audit"], np.random.default_rng(0))
        assert len(drawn) == REDRAWS
        return float(drawn[:, 0, WEAKNESS, WEAKNESS].std())

    assert spread([10] * 10) > 2 * spread([1] * 100)


def test_without_second_readers_nothing_is_drawn_otherwise():
    drawn = confusions(both_read(), ["audit"], np.random.default_rng(0))
    assert (drawn == np.eye(NOT_GIVEN + 1)).all()
    assert len(drawn) == REDRAWS


NAMES = ("codes", "findings", "second_readings", "statuses")


@pytest.fixture(scope="module")
def near(many):
    frames = Frames(many.england)
    rows = inspections(frames.frame("statuses"), frames.frame("judgements"))
    return rows, *(frames.read(name) for name in NAMES)


@pytest.mark.promise("second-by-codes")
def test_a_second_reader_who_never_differs_finds_what_was_found(near):
    rows, codes, findings, readings, statuses = near
    drawn = as_second(rows, codes, findings, readings.assign(second=readings["first"]), statuses)
    rows = rows.sort_values(["visit", "theme"])
    weak = (rows["found"] == "weakness").to_numpy()
    assert weak.sum() > 50
    assert drawn.shape == (len(rows), REDRAWS)
    assert (drawn.to_numpy() == weak[:, None]).all()
    assert drawn.index.tolist() == list(zip(rows["visit"], rows["theme"], strict=True))


def test_one_who_differs_moves_it_both_ways_and_the_same_each_time(near):
    rows, *tables = near
    rows = rows.sort_values(["visit", "theme"])
    weak = (rows["found"] == "weakness").to_numpy()
    drawn = as_second(rows, *tables)
    shares = drawn.to_numpy().mean(axis=1)
    assert 0.5 < shares[weak].mean() < 1
    assert 0 < shares[~weak].mean() < 0.1
    turned = [table.sample(frac=1, random_state=1) for table in (rows, *tables)]
    pd.testing.assert_frame_equal(as_second(*turned), drawn)


def made(schema_rows):
    """Codes and findings of one inspection, one paragraph each: theme, direction, role."""
    base = {"authority": "a", "visit": "v", "cohort": "children-in-care", "lean": "", "harm": "",
            "part": "", "basis": "level"}  # fmt: skip
    names = [f"v/{n}" for n in range(len(schema_rows))]
    codes = [
        base | {"finding": name, "theme": theme, "direction": direction}
        for name, (theme, direction, _) in zip(names, schema_rows, strict=True)
    ]
    findings = pd.DataFrame(
        {"finding": names, "source": "primary", "role": [role for *_, role in schema_rows],
         "said_by": "inspectors", "repeats": ""}
    )  # fmt: skip
    return pd.DataFrame(codes), findings


ROWS = pd.DataFrame({"visit": ["v", "v"], "theme": ["audit", "plans"]})


def come_out(codes, *readings, called=()):
    """Share of draws in which audit and plans come out weak; `called`: audit by readers."""
    names = ("document_level", "second_document_level", "resolved_level")
    levels = dict(zip(names, called or ("", "", ""), strict=True))
    where = {"visit": "v", "theme": "audit", "cohort": "children-in-care"}
    settled = pd.DataFrame([where | levels])
    return as_second(ROWS, *made(codes), pd.concat(readings), settled).mean(axis=1).tolist()


def test_what_the_second_turns_around_comes_out_turned():
    codes = [("audit", "weakness", "body"), ("plans", "strength", "body")]
    turned = both_read((WEAKNESS, STRENGTH), times=ENOUGH)
    kept = both_read((STRENGTH, STRENGTH), theme="plans", times=ENOUGH)
    assert come_out(codes, turned, kept) == [0, 0]
    assert come_out(codes, both_read((WEAKNESS, WEAKNESS), times=ENOUGH), kept) == [1, 0]


@pytest.mark.promise("second-by-codes")
def test_what_two_readers_of_the_document_called_alike_no_draw_turns():
    codes = [("audit", "weakness", "body"), ("plans", "strength", "body")]
    kept = both_read((WEAKNESS, WEAKNESS), times=ENOUGH)
    turned = both_read((WEAKNESS, STRENGTH), times=ENOUGH)
    assert come_out(codes, kept, called=("mixed", "mixed", ""))[0] == 0
    assert come_out(codes, turned, called=("weakness", "weakness", ""))[0] == 1
    assert come_out(codes, turned, called=("weakness", "mixed", ""))[0] == 0
    assert come_out(codes, kept, called=("weakness", "mixed", ""))[0] == 1
    assert come_out(codes, turned, called=("mixed", "mixed", "weakness"))[0] == 1
    assert come_out(codes, kept, called=("weakness", "", "mixed"))[0] == 0


def test_what_the_second_always_adds_is_found_of_what_was_silent():
    codes = [(NO_THEME, "", "body"), (NO_THEME, "", "context")]
    added = both_read((NOT_GIVEN, WEAKNESS), times=ENOUGH)
    assert come_out(codes, added) == [1, 0]
    assert come_out(codes[1:], added) == [0, 0]  # where no paragraph can speak of it


def test_what_the_second_leaves_out_is_not_found():
    codes = [("audit", "weakness", "need"), ("plans", "weakness", "body")]
    left_out = both_read((WEAKNESS, NOT_GIVEN), times=ENOUGH)
    kept = both_read((WEAKNESS, WEAKNESS), theme="plans", times=ENOUGH)
    assert come_out(codes, left_out, kept) == [0, 1]
    assert come_out(codes, kept.assign(theme="audit"), kept) == [1, 1]
