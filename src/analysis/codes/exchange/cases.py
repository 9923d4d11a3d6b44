"""The cases of somebody else's project: kept in the notes of the codes that they are about."""

from __future__ import annotations

from typing import Final

from analysis.codes.exchange.model import Case, Coded, Selection, Source
from analysis.data.authority import AuthorityData
from analysis.english import plural, sentence_case

_HEAD: Final = "case: "


class Cases:
    """What cases a selection is about; visits, which our own exports have as cases, are none."""

    def __init__(self, data: AuthorityData, coded: Coded) -> None:
        own = {sentence_case(str(title)) for title in data.visits["title"]}
        self.theirs = [case for case in coded.cases if case.name not in own]
        self.names: dict[str, list[str]] = {}
        for case in self.theirs:
            for key in (*case.sources, *case.selections):
                self.names.setdefault(key, []).append(case.name)

    def of(self, source: Source, selection: Selection) -> str:
        """Say which cases a selection is about; blank where none is."""
        names = [*self.names.get(source.guid, []), *self.names.get(selection.guid, [])]
        return _HEAD + ", ".join(dict.fromkeys(names)) if names else ""

    def lost(self, coded: Coded) -> list[str]:
        """Name cases that are about nothing that was read, and what else was said of cases."""
        held = {source.guid for source in coded.sources}
        held |= {one.guid for source in coded.sources for one in source.selections}
        told = [
            f"case {case.name!r}: is of nothing that was read"
            for case in self.theirs if not held.intersection((*case.sources, *case.selections))
        ]  # fmt: skip
        told += [
            f"case {case.name!r}: what is noted of it ({' '.join(case.memo.split())[:50]!r})"
            for case in self.theirs if case.memo
        ]  # fmt: skip
        if valued := [case for case in self.theirs if case.values]:
            told.append(_valued(valued))
        return told


def _valued(cases: list[Case]) -> str:
    names = dict.fromkeys(name for case in cases for name in case.values)
    return f"{plural(len(cases), 'case')} with values of variables: {', '.join(names)}"
