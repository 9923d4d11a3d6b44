"""One document from all files that hold it: which are copies, which is best, where they differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from analysis.documents.readings import Reading
from analysis.documents.workers import Outcome
from analysis.english import plural
from analysis.ids import document_id, words_print

SAME: Final = 0.5
"""Share of runs of three words that two files of one document have in common at least. Two
documents of one authority have at most 0.16 in common, a copy that lost two words of ten still
0.6."""
RUN: Final = 3
WHOLE: Final = 0.98
"""A copy that has fewer of the most words that a copy has is damaged, or another version."""
_WORD: Final = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Document:
    """A document with every file that holds it.

    Attributes
    ----------
    id
        As `analysis.ids.document_id` makes it.
    reading
        What was read from the best of its files: of those that lost no words one with pages, else
        the one with fewest oddities.
    outcomes
        Its files, the best first.
    """

    id: str
    reading: Reading
    outcomes: tuple[Outcome, ...]


def documents_of(
    outcomes: Iterable[Outcome],
) -> tuple[list[Document], dict[str, list[str]]]:
    """Bring files together that hold one document.

    Returns
    -------
    tuple
        The documents in the order of their ids, and what is odd about those that share kind and
        date but no text, by id.
    """
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.reading:
            groups.setdefault(_named(outcome), []).append(outcome)
    documents, clashes = [], {}
    for group in groups.values():
        parts = _apart(_best_first(group))
        for number, part in enumerate(parts, start=1):
            own = _named(part[0], number)
            reading = part[0].reading
            if reading is None:
                raise AssertionError
            documents.append(Document(own, reading, tuple(part)))
            if len(parts) > 1:
                clashes[own] = [
                    f"{plural(len(parts), 'document')} of this kind and date hold other texts"
                ]
    return sorted(documents, key=lambda document: document.id), clashes


def _named(outcome: Outcome, number: int = 1) -> str:
    """Id of the document that a file holds, from what was read of it."""
    reading = outcome.reading
    if reading is None:
        raise AssertionError
    return document_id(
        reading.authority,
        reading.kind.visit,
        published=reading.published,
        visited=reading.visit.end,
        checksum=outcome.sha256,
        board=reading.kind.subject == "board",
        secondary=reading.kind.source == "secondary",
        number=number,
    )


def _best_first(group: Sequence[Outcome]) -> list[Outcome]:
    """Order files that bear one id by how well they read, whatever their names and checksums."""
    words = {outcome.path: len(_words(outcome.reading)) for outcome in group}
    most = max(words.values())

    def rank(outcome: Outcome) -> tuple[bool, bool, int, int, int, str]:
        reading = outcome.reading
        if reading is None:
            raise AssertionError
        count = words[outcome.path]
        lost = count < WHOLE * most
        oddities, findings = len(reading.oddities), len(reading.findings)
        return (lost, not reading.pages, oddities, -findings, -count, outcome.sha256)

    return sorted(group, key=rank)


def _words(reading: Reading | None) -> list[str]:
    """Return the words of all findings."""
    if reading is None:
        return []
    return [word for x in reading.findings for word in _WORD.findall(x.text.lower())]


def _apart(group: list[Outcome]) -> list[list[Outcome]]:
    """Part files that bear one id but do not hold one text."""
    parts: list[list[Outcome]] = []
    for outcome in group:
        for part in parts:
            if _same(part[0].reading, outcome.reading):
                part.append(outcome)
                break
        else:
            parts.append([outcome])
    return parts


def _same(first: Reading | None, second: Reading | None) -> bool:
    one, two = (_runs(_words(reading)) for reading in (first, second))
    fewer = min(len(one), len(two))
    return fewer == 0 or len(one & two) >= SAME * fewer


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def disagreements(document: Document, names: Mapping[str, str]) -> list[str]:
    """Say where the files of one document disagree, each file by its name."""
    found = []
    best, counts = document.reading, names[document.outcomes[0].path]
    prints = {words_print(finding.text) for finding in best.findings}
    for outcome in document.outcomes[1:]:
        other, name = outcome.reading, names[outcome.path]
        if other is None:
            continue
        both = f"{counts}, which counts, and {name}"
        if other.visit[:2] != best.visit[:2]:
            found.append(f"{both} print different dates of the visit")
        if {(g.area, g.grade) for g in other.grades} != {(g.area, g.grade) for g in best.grades}:
            found.append(f"{both} print different grades")
        if {words_print(finding.text) for finding in other.findings} != prints:
            found.append(
                f"{both} are two versions of this document, whose words differ: "
                f"{len(best.findings)} and {len(other.findings)} findings with "
                f"{len(_words(best)):,} and {len(_words(other)):,} words"
            )
    return found
