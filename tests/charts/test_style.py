"""Text in lines: as many words to a line as there is room for, though hardly a line is measured."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.parts.style import text_width, wrap
from analysis.data.loading import load_data

ROOM = 2.32
SIZE = 9.25


def measured(text: str, *, bold: bool) -> list[str]:
    """The same with every line measured after each piece."""
    lines: list[str] = []
    for piece in re.split(r"(?= )|(?<=\w-)(?=\w)", " ".join(text.split())):
        longer = f"{lines[-1]}{piece}" if lines else piece
        if lines and text_width(longer, SIZE, bold=bold) <= ROOM:
            lines[-1] = longer
        elif piece:
            lines.append(piece.strip())
    return lines


@pytest.mark.parametrize("bold", [False, True])
def test_lines_break_where_measuring_each_would_break_them(bold):
    texts = load_data("knowsley").needs["wording"].tolist()
    broken = [wrap(text, ROOM, SIZE, bold=bold) for text in texts]
    assert broken == [measured(text, bold=bold) for text in texts]
    assert max(map(len, broken)) > 1


@given(st.text(st.sampled_from("AVTWafil -.'"), max_size=120))
def test_no_line_is_wider_than_the_room_but_for_one_long_word(text):
    lines = wrap(text, ROOM, SIZE)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert all(text_width(line, SIZE) <= ROOM for line in lines if not _one_piece(line))


def _one_piece(line: str) -> bool:
    return len(re.split(r"(?= )|(?<=\w-)(?=\w)", line)) == 1
