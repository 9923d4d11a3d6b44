r"""Whether a regular expression can take far too long, told from its shape before it is ever run.

Python tries, where a pattern fails, every other way in which its parts can share the text. That is
harmless while a text can be shared in one way only, as in `(?:\w+ ){0,3}left`, and takes ages
where there are many, as in `(?:\w+ ?)*left`. The pattern is drawn as an automaton with one place
for each sign that it may match (Glushkov's construction). A loop in which one text can go two ways
multiplies the ways with every round and is refused; parts that follow each other and can share a
text multiply theirs, up to `MAX_WAYS`. Anchors and look-arounds are taken as always met, so a
pattern may be refused that would just pass, never the other way round.
"""

from __future__ import annotations

import re
import re._constants as ops  # type: ignore[import-not-found]
import re._parser as parser
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from math import prod
from operator import or_
from typing import Any, Final

TEXT: Final = 1_000
"""Length of a long paragraph: the most rounds that a loop without an end is counted with."""
MAX_WAYS: Final = 100 * TEXT
"""Most ways in which the parts of a pattern may share a text, each tried from every sign of it: two
loops without an end that can share a text have more."""
MAX_PLACES: Final = 400
"""Most signs that a pattern may spell out."""
_REPEATS: Final = frozenset({ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT})
_LOOPS: Final = re.compile(r"[*+{]")
_EITHER: Final = re.compile(r"[?|]")
_ANY_OTHER: Final = "中"
_SIGNS: Final = frozenset(map(chr, range(0x180))) | frozenset("–—‘’“”…" + _ANY_OTHER)
"""Signs that are told apart; one stands for all others."""
_CATEGORIES: Final[dict[Any, Callable[[str], bool]]] = {
    ops.CATEGORY_DIGIT: str.isdecimal,
    ops.CATEGORY_NOT_DIGIT: lambda sign: not sign.isdecimal(),
    ops.CATEGORY_SPACE: str.isspace,
    ops.CATEGORY_NOT_SPACE: lambda sign: not sign.isspace(),
    ops.CATEGORY_WORD: lambda sign: sign.isalnum() or sign == "_",
    ops.CATEGORY_NOT_WORD: lambda sign: not (sign.isalnum() or sign == "_"),
}

Signs = frozenset[str]


@lru_cache(maxsize=2_000)  # a codebook's patterns are read once for each authority
def too_slow(pattern: str) -> str:
    r"""Say what in a pattern can take far too long; `""` if nothing can.

    Examples
    --------
    >>> too_slow(r"\b(?:\w+ ){0,3}left\b")
    ''
    >>> too_slow(r"(a+)+b")
    'it repeats what can match one text in several ways'
    >>> too_slow(r".*a.*b")
    'its parts can share a text in more than 100,000 ways'
    """
    if not _LOOPS.search(pattern) and 2 ** len(_EITHER.findall(pattern)) <= MAX_WAYS:
        return ""
    todo = [parser.parse(pattern)]
    while todo:
        drawing = _Drawing()
        try:
            drawing.sequence(todo.pop())
        except _TooLongError:
            return f"it spells out more than {MAX_PLACES:,} signs"
        todo += drawing.aside
        if drawing.repeats_nothing or any(map(drawing.forks, drawing.loops())):
            return "it repeats what can match one text in several ways"
        if drawing.ways() > MAX_WAYS:
            return f"its parts can share a text in more than {MAX_WAYS:,} ways"
    return ""


class _TooLongError(Exception):
    """The pattern has too many places."""


@dataclass(frozen=True)
class _Part:
    """A part of a pattern: the places it may begin and end at, and whether it may be empty."""

    first: Counter[int]
    last: Counter[int]
    empty: bool


@dataclass(frozen=True)
class _Choice:
    """A part that may match more or less: where it begins, of which signs, and in how many ways."""

    first: frozenset[int]
    signs: Signs
    ways: int


@dataclass
class _Drawing:
    """An automaton: what each place matches, and how often each follows another."""

    signs: list[Signs] = field(default_factory=list)
    follows: dict[int, Counter[int]] = field(default_factory=dict)
    choices: list[_Choice] = field(default_factory=list)
    aside: list[Any] = field(default_factory=list)
    repeated: set[int] = field(default_factory=set)
    repeats_nothing: bool = False

    def sequence(self, items: Iterable[tuple[Any, Any]]) -> _Part:
        whole = _Part(Counter(), Counter(), empty=True)
        for op, value in items:
            part = self.part(op, value)
            self.link(whole.last, part.first)
            whole = _Part(
                whole.first + part.first if whole.empty else whole.first,
                whole.last + part.last if part.empty else part.last,
                whole.empty and part.empty,
            )
        return whole

    def part(self, op: Any, value: Any) -> _Part:
        if op in _REPEATS:
            return self.repeat(*value)
        if op is ops.GROUPREF:
            return self.repeat(0, ops.MAXREPEAT, [(ops.ANY, None)])
        if op in (ops.SUBPATTERN, ops.ATOMIC_GROUP):
            return self.sequence(value[-1] if op is ops.SUBPATTERN else value)
        if op in (ops.BRANCH, ops.GROUPREF_EXISTS):
            parts = value[1] if op is ops.BRANCH else value[1:]
            return self.branch([self.sequence(items or []) for items in parts])
        if op in (ops.ASSERT, ops.ASSERT_NOT, ops.AT):
            self.aside += [] if op is ops.AT else [value[1]]
            return _Part(Counter(), Counter(), empty=True)
        return self.place(_matched(op, value))

    def place(self, signs: Signs) -> _Part:
        if len(self.signs) == MAX_PLACES:
            raise _TooLongError
        self.signs.append(signs)
        here = Counter([len(self.signs) - 1])
        return _Part(here, here, empty=False)

    def repeat(self, least: int, most: int, items: Iterable[tuple[Any, Any]]) -> _Part:
        before, choices = len(self.signs), len(self.choices)
        part = self.sequence(items)
        places = range(before, len(self.signs))
        if most > 1:
            self.repeats_nothing |= part.empty
            self.repeated.update(places)
            self.link(part.last, part.first)
        if least < most and places:
            inside = places if most > 1 else part.first
            signs = reduce(or_, (self.signs[place] for place in inside))
            ways = self.rounds(part, most, choices) if most > 1 else 2
            self.choices.append(_Choice(frozenset(part.first), signs, ways))
        return _Part(part.first, part.last, part.empty or least == 0)

    def rounds(self, part: _Part, most: int, choices: int) -> int:
        """In how many ways a loop can end: after each round, if nothing in it blurs its end."""
        ends = [self.signs[place] for place in part.last]
        within = [choice.signs for choice in self.choices[choices:]]
        clear = all(end.isdisjoint(signs) for end in ends for signs in within)
        return min(most, TEXT) if clear else TEXT

    def branch(self, parts: list[_Part]) -> _Part:
        begins = Counter(
            sign for part in parts for sign in {s for p in part.first for s in self.signs[p]}
        )
        first = sum((part.first for part in parts), Counter[int]())
        if shared := frozenset(sign for sign, count in begins.items() if count > 1):
            self.choices.append(_Choice(frozenset(first), shared, begins.most_common(1)[0][1]))
        last = sum((part.last for part in parts), Counter[int]())
        return _Part(first, last, any(part.empty for part in parts))

    def link(self, last: Counter[int], first: Counter[int]) -> None:
        for place, count in last.items():
            follows = self.follows.setdefault(place, Counter())
            for after, more in first.items():
                follows[after] += count * more

    def reached(self, start: Iterable[int], within: Callable[[int], bool]) -> set[int]:
        """Places that can be come to from others, all of a kind."""
        seen: set[int] = set()
        todo = [place for place in start if within(place)]
        while todo:
            place = todo.pop()
            for after in self.follows.get(place, ()):
                if after not in seen and within(after):
                    seen.add(after)
                    todo.append(after)
        return seen

    def loops(self) -> Iterator[frozenset[int]]:
        """Sets of places each of which can be come to from each."""
        forward = {
            place: self.reached([place], self.repeated.__contains__) for place in self.repeated
        }
        while forward:
            place, reached = forward.popitem()
            if place in reached:
                loop = {other for other in reached if place in forward.get(other, ())} | {place}
                for other in loop - {place}:
                    del forward[other]
                yield frozenset(loop)

    def forks(self, loop: frozenset[int]) -> bool:
        """Whether one text can go round a loop in two ways."""

        def after(pair: tuple[int, int]) -> Iterator[tuple[int, int]]:
            one, two = (self.follows.get(place, Counter()) for place in pair)
            for a in one:
                for b in two:
                    if a in loop and b in loop and not self.signs[a].isdisjoint(self.signs[b]):
                        yield min(a, b), max(a, b)

        if any(self.follows[a][b] > 1 for a in loop for b in self.follows[a] if b in loop):
            return True
        seen = {(place, place) for place in loop}
        todo = list(seen)
        before: dict[tuple[int, int], set[tuple[int, int]]] = {}
        while todo:
            pair = todo.pop()
            for then in after(pair):
                before.setdefault(then, set()).add(pair)
                if then not in seen:
                    seen.add(then)
                    todo.append(then)
        back = {pair for pair in seen if pair[0] == pair[1]}
        todo = list(back)
        while todo:
            for pair in before.get(todo.pop(), ()):
                if pair[0] != pair[1]:
                    return True
                if pair not in back:
                    back.add(pair)
                    todo.append(pair)
        return False

    def ways(self) -> int:
        """In how many ways parts that follow each other can share a text, at most."""
        if prod(choice.ways for choice in self.choices) <= MAX_WAYS:
            return 1
        latest_first = sorted(self.choices, key=lambda choice: -min(choice.first))
        most: list[int] = []
        for number, choice in enumerate(latest_first):
            after = zip(latest_first[:number], most, strict=True)
            rest = [ways for other, ways in after if self.shares(choice, other)]
            most.append(choice.ways * max([*rest, 1]))
            if most[-1] > MAX_WAYS:
                return most[-1]
        return 1

    def shares(self, one: _Choice, other: _Choice) -> bool:
        """Whether a part that comes after another can take from it what it matched."""
        signs = one.signs & other.signs
        if not signs or min(other.first) <= min(one.first):
            return False
        reached = self.reached(one.first, lambda place: not signs.isdisjoint(self.signs[place]))
        return not reached.isdisjoint(other.first)


def _matched(op: Any, value: Any) -> Signs:
    """Signs that one place matches, whatever their case."""
    if op is ops.IN:
        negated = value[0][0] is ops.NEGATE
        found = reduce(or_, (_in_class(*item) for item in value[negated:]), frozenset[str]())
        return _SIGNS - found if negated else found
    if op is ops.NOT_LITERAL:
        return _SIGNS - {chr(value)}
    return _cased(chr(value)) if op is ops.LITERAL else _SIGNS


@lru_cache(maxsize=512)
def _in_class(op: Any, value: Any) -> Signs:
    if op is ops.CATEGORY:
        return frozenset(filter(_CATEGORIES[value], _SIGNS))
    low, high = map(chr, value if op is ops.RANGE else (value, value))
    between = [sign for sign in _SIGNS if low <= sign <= high]
    return reduce(or_, map(_cased, {low, high, *between}))


@lru_cache(maxsize=512)
def _cased(sign: str) -> Signs:
    """A sign in either case; one that is not among `_SIGNS` as the one that stands for it."""
    return frozenset(
        case if case in _SIGNS else _ANY_OTHER for case in (sign, sign.lower(), sign.upper())
    )
