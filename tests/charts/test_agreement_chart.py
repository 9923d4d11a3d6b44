"""The chart of agreement: the least agreed first, nothing hidden, nothing by colour alone."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import BOOK

from analysis.charts import agreement
from analysis.codes.agreement.agreement import compare
from analysis.errors import UnknownNameError


def codes(**coders: list[tuple[str, str]]) -> pd.DataFrame:
    """Codes by coder: theme and direction of finding 1, 2, …; theme `none` for none."""
    rows = [
        (f"d-{n % 6}/{n}", coder, theme, direction)
        for coder, given in coders.items()
        for n, (theme, direction) in enumerate(given, start=1)
    ]
    return pd.DataFrame(rows, columns=["finding", "coder", "theme", "direction"])


GOOD, BAD, NONE = ("audit", "strength"), ("audit", "weakness"), ("none", "")
PLAN = ("plans", "mixed")
FOUND = compare(
    codes(
        ann=[GOOD] * 12 + [PLAN] * 4 + [NONE],
        bob=[GOOD] * 8 + [BAD, NONE] * 2 + [PLAN] * 4 + [NONE],
    ),
    "ann",
    "bob",
    BOOK.ids,
)


def drawn(found=FOUND, **more):
    return agreement(found, BOOK, authority="Anyshire", **more)


def texts(chart) -> list[str]:
    return [text.get_text() for axes in chart.figure.axes for text in axes.texts]


def test_the_data_hold_one_row_a_theme_the_least_agreed_first():
    data = drawn().data
    assert data["Theme"].tolist() == ["Audit", "Plans"]
    audit = data.iloc[0]
    assert audit[["Only ann", "Both", "Only bob", "Direction equal"]].tolist() == [2, 10, 0, 8]
    assert audit["F1"] == pytest.approx(2 * 10 / (12 + 10), abs=0.001)
    assert audit["F1, 95 % from"] < audit["F1"] <= audit["F1, to"]


def test_the_words_say_what_is_drawn():
    chart = drawn()
    shown = texts(chart)
    for word in ("Audit", "Plans", "0.91", "1.00", "8 of 10", "4 of 4", "only ann", "only bob"):
        assert word in shown
    assert "They agree least on Audit (0.91, n = 12)." in chart.alt
    assert "for Anyshire" in chart.alt
    assert "17 findings that both read" in chart.caption
    assert "6 documents anew" in chart.caption


def test_kappa_is_drawn_on_request_and_nothing_else():
    chart = drawn(measure="kappa")
    assert "Cohen's kappa" in chart.data.columns
    assert chart.alt.startswith("Cohen's kappa of ann and bob")
    with pytest.raises(UnknownNameError, match="'kappa'"):
        drawn(measure="kapa")


def test_no_text_leaves_the_picture_or_covers_another():
    chart = drawn()
    figure = chart.figure
    figure.canvas.draw()
    width, height = figure.bbox.width, figure.bbox.height
    boxes = [t.get_window_extent() for axes in figure.axes for t in axes.texts]
    assert all(b.x0 >= 0 and b.y0 >= 0 and b.x1 <= width and b.y1 <= height for b in boxes)
    for i, one in enumerate(boxes):
        assert not [other for other in boxes[i + 1 :] if one.padded(-1.5).overlaps(other)]


def test_coders_who_agree_throughout_or_gave_nothing_are_said_in_words():
    same = compare(codes(ann=[GOOD] * 3, bob=[GOOD] * 3), "ann", "bob", BOOK.ids)
    assert "They give the same themes throughout." in drawn(same).alt
    nothing = compare(codes(ann=[NONE] * 3, bob=[NONE] * 3), "ann", "bob", BOOK.ids)
    assert "Neither coder gave a theme" in texts(drawn(nothing))[0]
    assert drawn(nothing).data.empty


def test_the_same_comparison_gives_the_same_picture():
    assert drawn().svg() == drawn().svg()
