"""The tables of the tagger's card, `docs/tagger.md`, from the figures that were measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

BEGIN: Final = "<!-- figures: written by `findings train --measure` -->"
END: Final = "<!-- end of figures -->"


def with_tables(card: str, figures: Mapping[str, Any]) -> str:
    r"""Put the tables into a card, between its two marks.

    Raises
    ------
    ValueError
        If the card lacks a mark.

    Examples
    --------
    >>> with_tables(f"# Card\n{BEGIN}\nold\n{END}\n", {"groups": {}, "themes": {},
    ...     "calibration": []}).count("old")
    0
    """
    before, _, rest = card.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"the card lacks {BEGIN} or {END}")
    return f"{before}{BEGIN}\n\n{tables(figures)}\n{END}{after}"


def tables(figures: Mapping[str, Any]) -> str:
    """Write the tables: by group of paragraphs, by theme and by score."""
    groups = [
        (
            name, row["n"], row["documents"], _ranged(row, "micro_f1"), f"{row['macro_f1']:.3f}",
            _ranged(row, "direction"), f"{row['right_at_0.9']:.3f}",
        )
        for name, row in figures["groups"].items()
    ]  # fmt: skip
    themes = [
        (name, row["n"], f"{row['f1']:.2f}", f"{row['direction']:.2f}")
        for name, row in figures["themes"].items()
    ]
    bins = [
        (f"{row['low']:g} to {row['high']:g}", row["n"], f"{row['right']:.3f}")
        for row in figures["calibration"]
    ]
    return "\n".join(
        [
            _table(
                ("paragraphs", "n", "documents", "micro-F1 of themes", "macro-F1",
                 "direction, where the theme is right", "right, of scores ≥ 0.9"),
                groups,
            ),
            _table(("theme", "n", "F1", "direction"), themes),
            _table(("score", "codes", "share right"), bins),
        ]
    )  # fmt: skip


def _ranged(row: Mapping[str, Any], name: str) -> str:
    return f"{row[name]:.3f} ({row[f'{name}_low']:.3f}–{row[f'{name}_high']:.3f})"


def _table(heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines) + "\n"
