"""Measures of agreement against published values, hand calculations and other implementations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import bootstrap
from sklearn.metrics import cohen_kappa_score, f1_score

from analysis.codes.agreement.measures import alpha, drawn, equal, f1, interval, kappa, presence

FLEISS = np.array([[75.0, 1, 4], [5, 4, 1], [0, 0, 10]])
"""Two raters, 100 patients, three diagnoses (Fleiss 1981, Statistical methods, table 13.1)."""


def units(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The first and the second rater's value of every unit of a table."""
    pairs = [
        (i, j)
        for (i, j), count in np.ndenumerate(table)
        for _ in range(int(count))
    ]  # fmt: skip
    first, second = zip(*pairs, strict=True)
    return np.array(first), np.array(second)


def one_each(table: np.ndarray) -> np.ndarray:
    """A table for each unit."""
    first, second = units(table)
    tables = np.zeros((len(first), *table.shape))
    tables[np.arange(len(first)), first, second] = 1
    return tables


def standard_error(table: np.ndarray) -> float:
    """Of kappa in large samples (Fleiss, Cohen and Everitt 1969)."""
    p = table / table.sum()
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    chance = float(rows @ columns)
    k = (np.trace(p) - chance) / (1 - chance)
    a = sum(p[i, i] * (1 - (rows[i] + columns[i]) * (1 - k)) ** 2 for i in range(len(p)))
    b = (1 - k) ** 2 * sum(
        p[i, j] * (columns[i] + rows[j]) ** 2
        for i in range(len(p))
        for j in range(len(p))
        if i != j
    )
    c = (k - chance * (1 - k)) ** 2
    return float(np.sqrt((a + b - c) / table.sum()) / (1 - chance))


def test_kappa_of_fleiss_example_and_its_interval():
    assert float(kappa(FLEISS)) == pytest.approx(0.676, abs=0.0005)
    error = standard_error(FLEISS)
    assert error == pytest.approx(0.087, abs=0.001)  # as printed there

    low, high = interval(kappa(drawn(one_each(FLEISS))))

    assert low == pytest.approx(0.676 - 1.96 * error, abs=0.03)
    assert high == pytest.approx(0.676 + 1.96 * error, abs=0.03)


def test_alpha_of_krippendorffs_nominal_example():
    """Two observers, twelve units, values a to e (Krippendorff 2011, section B)."""
    table = np.zeros((5, 5))
    for a, b in zip("aabbdcccedda", "babbbccceddd", strict=True):
        table[ord(a) - ord("a"), ord(b) - ord("a")] += 1
    assert float(alpha(table)) == pytest.approx(0.692, abs=0.0005)


def test_f1_and_directions_by_hand():
    # absent, strength, weakness: both gave it 9 times, 7 alike; the first alone 2, the second 1
    table = np.array([[20.0, 1, 0], [2, 4, 2], [0, 0, 3]])
    assert float(f1(table)) == pytest.approx(2 * 9 / (2 * 9 + 2 + 1))
    assert float(equal(table)) == pytest.approx(7 / 9)
    assert presence(table).tolist() == [[20, 1], [2, 9]]


TABLES = st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=3, max_size=3)


@given(TABLES)
def test_the_same_as_scikit_learn(rows):
    table = np.array(rows, dtype=float)
    if table.sum() == 0:
        return
    first, second = units(table)
    if (first > 0).any() or (second > 0).any():
        assert float(f1(table)) == pytest.approx(f1_score(first > 0, second > 0, zero_division=0))
    if len({*first, *second}) > 1:
        assert float(kappa(table)) == pytest.approx(
            cohen_kappa_score(first, second, labels=[0, 1, 2])
        )


@given(TABLES)
def test_exchanging_the_coders_changes_nothing(rows):
    table = np.array(rows, dtype=float)
    for measure in (f1, kappa, alpha, equal):
        assert float(measure(table)) == pytest.approx(float(measure(table.T)), nan_ok=True)


def test_what_cannot_be_said_is_missing():
    nothing = np.zeros((3, 3))
    absent = np.zeros((3, 3))
    absent[0, 0] = 5
    for measure in (f1, kappa, alpha, equal):
        assert np.isnan(measure(nothing))
        assert np.isnan(measure(absent))


def test_many_tables_at_once_are_each_on_its_own():
    tables = np.stack([FLEISS, FLEISS.T, np.eye(3) * 4])
    for measure in (f1, kappa, alpha, equal):
        assert measure(tables).tolist() == [float(measure(t)) for t in tables]


def test_the_bootstrap_is_that_of_scipy_and_the_same_every_time():
    random = np.random.default_rng(7)
    documents = random.integers(0, 6, (30, 2, 2)).astype(float)

    def summed(places, axis=-1):
        taken = documents[np.asarray(places, dtype=int)]
        return f1(taken.sum(axis=places.ndim - 1 if axis == -1 else axis))

    theirs = bootstrap(
        (np.arange(30),), summed, method="percentile", n_resamples=20_000, rng=1, vectorized=True
    ).confidence_interval
    low, high = interval(f1(drawn(documents)))

    assert low == pytest.approx(theirs.low, abs=0.01)
    assert high == pytest.approx(theirs.high, abs=0.01)
    assert (low, high) == interval(f1(drawn(documents)))


def test_every_draw_holds_as_many_units_as_there_are():
    assert set(drawn(np.ones((12, 1)))[:, 0]) == {12.0}


def test_an_interval_leaves_out_draws_that_say_nothing():
    assert interval(np.array([np.nan, 0.5, 0.5])) == (0.5, 0.5)
    assert all(np.isnan(interval(np.array([np.nan]))))
