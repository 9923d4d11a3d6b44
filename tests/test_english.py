"""A count agrees with the noun beside it, wherever one is told."""

from __future__ import annotations

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src" / "analysis"
COUNTED = re.compile(r"""plural\((?:[^"'()]|\([^()]*\)|\[[^\]]*\])*["']([a-z -]+)["']""")
LIMIT = re.compile(r"\{(?:[A-Z_]+\b|[^{}]*limits\.|[^{}]*:[,.g])")


def test_every_counted_noun_is_told_with_plural():
    texts = {path: path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
    nouns = {noun for text in texts.values() for noun in COUNTED.findall(text) if " " not in noun}
    beside = re.compile(rf"(?<!\}} and )\{{[^{{}}]*\}} (?:{'|'.join(sorted(nouns))})s\b")
    by_hand = [
        f"{path.name}: {found.group()}"
        for path, text in texts.items()
        for found in beside.finditer(text)
        if not LIMIT.match(found.group())
    ]

    assert {"problem", "warning", "finding"} <= nouns
    assert by_hand == []
