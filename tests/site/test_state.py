"""Why a page is made again, and what moved on it."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from analysis.errors import FindingsError
from analysis.site.state import SHARED, State, checked_url, moved, read_state, whys

ENGLAND = ("index.html", "theme-plans.html")
FILES = {
    name: sha256(name.encode()).hexdigest()
    for name in (*ENGLAND, "theme-plans.csv", "kent.html", "kent.csv", "york.html", "york.csv")
}
BEFORE = State(
    "", dict.fromkeys(SHARED, "1"), {"kent": "1", "york": "1"}, {"kent": "1", "york": "1"}, FILES
)
HULL = {"hull": "1"}


@pytest.fixture
def place(tmp_path):
    for name in FILES:
        (tmp_path / name).write_text(name)
    return tmp_path


def test_nothing_changed_nothing_is_due(place):
    assert whys(BEFORE, BEFORE, place, ENGLAND) == {}


def test_where_there_is_no_site_every_page_was_never_made(place):
    assert set(whys(None, BEFORE, place, ENGLAND).values()) == {"never made"}


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (
            replace(BEFORE, data={"kent": "2", "york": "1"}, reports={"kent": "2", "york": "1"}),
            {
                "index.html": "changed: the data of kent",
                "theme-plans.html": "changed: the data of kent",
                "kent.html": "changed: its data",
            },
        ),
        (
            replace(BEFORE, reports=BEFORE.reports | {"york": "2"}),
            {"york.html": "changed: its report"},
        ),
        (
            replace(BEFORE, shared=BEFORE.shared | {"codebook": "2"}),
            dict.fromkeys((*ENGLAND, "kent.html", "york.html"), "changed: the codebook"),
        ),
        (
            replace(BEFORE, base_url="https://example.org/"),
            dict.fromkeys((*ENGLAND, "kent.html", "york.html"), "changed: its address"),
        ),
        (
            replace(BEFORE, data=BEFORE.data | HULL, reports=BEFORE.reports | HULL),
            {
                "index.html": "changed: the data of hull",
                "theme-plans.html": "changed: the data of hull",
                "hull.html": "never made",
            },
        ),
    ],
)  # fmt: skip
def test_each_change_makes_what_it_touches_and_no_more(place, now, due):
    assert whys(BEFORE, now, place, ENGLAND) == due


@pytest.mark.parametrize(
    ("gone", "due"),
    [
        ("kent.html", {"kent.html"}),
        ("kent.csv", {"kent.html"}),
        ("theme-plans.csv", set(ENGLAND)),
        ("index.html", set(ENGLAND)),
    ],
)
def test_what_was_altered_or_is_missing_is_made_again(place, gone, due):
    (place / gone).write_text("altered")
    altered = whys(BEFORE, BEFORE, place, ENGLAND)
    (place / gone).unlink()
    assert altered == whys(BEFORE, BEFORE, place, ENGLAND)
    assert altered == dict.fromkeys(altered, "its files are missing or were altered")
    assert set(altered) == due


def test_a_state_is_read_as_it_was_written(tmp_path):
    now = replace(BEFORE, facts={"index.html": {"weak": 1}}, words={"index.html": {"kent": "Ü"}})
    (tmp_path / "site.json").write_text(now.text(), "utf-8")
    assert read_state(tmp_path) == now
    for broken in ("", "[]", "{}", '{"format": 9}', '{"format": 1, "nonsense": 2}', "\x00"):
        (tmp_path / "site.json").write_text(broken)
        assert read_state(tmp_path) is None


def test_numbers_that_moved_are_told_with_the_authorities_that_moved_them():
    before = State(
        facts={"a.html": {"weak": 3, "strong": 1}, "b.html": {"weak": 1}},
        words={"a.html": {"kent": "strength, Feb 2022", "york": "mixed, May 2019"}},
    )
    now = State(
        facts={"a.html": {"weak": 4, "strong": 0, "mixed": 0}, "b.html": {"weak": 1}, "c.html": {}},
        words={"a.html": {"kent": "weakness, May 2024", "york": "mixed, May 2019"}},
    )
    assert moved(before, now) == {
        "a.html": [
            "weak: 3, now 4", "strong: 1, now none",
            "kent: strength, Feb 2022, now weakness, May 2024",
        ]
    }  # fmt: skip
    assert moved(None, now) == {}


@pytest.mark.parametrize(
    "wrong", ["example.org", "ftp://example.org", "https://", "https://a/?b=1"]
)
def test_an_address_that_is_none_is_refused(wrong):
    with pytest.raises(FindingsError, match="no address of a folder"):
        checked_url(wrong)
