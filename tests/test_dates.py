"""Partial dates: read as printed, never guessed, never completed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.dates import EARLIEST_YEAR, LATEST_YEAR, PartialDate, span_label, today
from analysis.errors import FindingsError

DAYS = st.dates(date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31))


@st.composite
def partial_dates(draw) -> PartialDate:
    day, known = draw(DAYS), draw(st.integers(1, 3))
    return PartialDate(*(day.year, day.month, day.day)[:known])


@pytest.mark.parametrize(
    ("text", "iso", "earliest", "latest", "label", "short"),
    [
        ("2024-02-29", "2024-02-29", (2024, 2, 29), (2024, 2, 29), "29 February 2024", "Feb 2024"),
        ("01/02/2024", "2024-02-01", (2024, 2, 1), (2024, 2, 1), "1 February 2024", "Feb 2024"),
        ("1/2/2024", "2024-02-01", (2024, 2, 1), (2024, 2, 1), "1 February 2024", "Feb 2024"),
        ("2016-08", "2016-08", (2016, 8, 1), (2016, 8, 31), "August 2016", "Aug 2016"),
        ("2016", "2016", (2016, 1, 1), (2016, 12, 31), "2016", "2016"),
        (" 2016 ", "2016", (2016, 1, 1), (2016, 12, 31), "2016", "2016"),
    ],
)
def test_a_date_is_as_long_as_what_is_known(text, iso, earliest, latest, label, short):
    found = PartialDate.parse(text)

    assert (found.iso, found.label, found.short) == (iso, label, short)
    assert (found.earliest, found.latest) == (date(*earliest), date(*latest))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-13-01",
        "2024-00",
        "2024-05-00",
        "2023-02-29",
        "31/02/2024",
        "12/31/2024",  # the American order
        "00/05/2024",
        "2024/01/31",
        "31-01-2024",
        "31/01/24",
        "January 2024",
        "2024-1",
        "20240131",
        "1988",
        "2101",
    ],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        ("2024-11-18", "2024-11-29", "18 to 29 November 2024"),
        ("2024-01-31", "2024-02-01", "31 January to 1 February 2024"),
        ("2023-12-18", "2024-01-05", "18 December 2023 to 5 January 2024"),
        ("2024-11-18", "2024-11-18", "18 November 2024"),
        ("2024-11-18", "", "18 November 2024"),
        ("2016-08", "", "August 2016"),
        ("2016-08", "2016-09", "August to September 2016"),
        ("2024-11", "2024-11-29", "November to 29 November 2024"),
        ("2016", "2017", "2016 to 2017"),
    ],
)
def test_a_span_is_named_once(start, end, label):
    assert span_label(start, end) == label


@given(partial_dates())
def test_iso_text_reads_back_as_the_same_date(when):
    assert PartialDate.parse(when.iso) == when


@given(DAYS)
def test_british_order_reads_as_the_same_day(day):
    assert PartialDate.parse(day.strftime("%d/%m/%Y")).earliest == day


@given(partial_dates())
def test_a_date_lies_within_its_bounds(when):
    assert when.earliest <= when.latest
    assert PartialDate.parse(when.iso[:4]).earliest <= when.earliest


def test_a_pinned_date_is_taken(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert today() == date(2026, 1, 1)


def test_a_date_that_is_no_number_is_refused(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(FindingsError, match="seconds since 1970"):
        today()
