"""The picture that is shown beside a link to a page of the site."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from analysis.charts.parts.style import INK, MUTED, NAVY, house_style, new_figure

CARD: Final = "card.png"
"""Its file."""
ALT: Final = "What inspectors found in England’s children’s services, with how much was read."
WIDTH, HEIGHT, DPI = 12.0, 6.3, 100
"""In inches and dots an inch: 1,200 by 630 dots, as those who show links ask for."""
_SHOWN: Final = 3
"""Facts that the picture holds."""


def card(facts: Sequence[tuple[int, str]]) -> bytes:
    """Draw the picture: what the site is about, and how much it rests on.

    Parameters
    ----------
    facts
        Numbers and what they count; the first three are shown.

    Returns
    -------
    bytes
        A PNG of 1,200 by 630 dots; the same facts give the same bytes.
    """
    with house_style():
        figure = new_figure(WIDTH, HEIGHT)
        figure.text(0.06, 0.68, "What inspectors found in\nEngland’s children’s services",
                    size=40, weight="bold", color=INK, va="center")  # fmt: skip
        for place, (number, what) in enumerate(facts[:_SHOWN]):
            top = 0.40 - place * 0.12
            figure.text(0.06, top, f"{number:,}", size=30, weight="bold", color=NAVY, va="center")
            figure.text(0.24, top, what, size=24, color=MUTED, va="center")
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None},
                       bbox_inches=None)  # fmt: skip
    return buffer.getvalue()
