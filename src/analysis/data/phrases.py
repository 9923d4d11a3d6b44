"""Patterns from example phrases, for a theme to which nobody has written patterns.

A person who adds a theme gives a name and a few phrases such as a finding might hold. What tells
the theme in them is what two phrases share, or else what a phrase has for itself. Little words and
judgements never count, and words that any finding may hold (children, support) only beside others.
What is found is looked for in its order, in singular or plural, with a few words between.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final

BETWEEN: Final = 3
"""So many words may stand between two words of a phrase."""
MOST: Final = 3
"""Of a phrase that shares nothing with another, so many words are looked for, the first."""
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_STRAIGHT: Final = str.maketrans("\u2018\u2019", "''")
_LITTLE_WORDS: Final = """
a able about absent across adequate after again all almost also always an and any appropriate are
as at available bad be because become becomes been before being best better between both but by
can cannot clear clearly close come comes consistent consistently could delay delayed delays did
do does done drift during each early easy effective effectively either enough even every excellent
fail failed fails few find finds for from gap gaps get gets getting give given gives go goes good
had hard has have having helpful her hers high him his how however if improve improved improvement
improving in inadequate including inconsistent insufficient into is it its just keep keeps kept
lack lacking lacks large late less let lets limited little long low made majority make makes many
may minority missing more most much must never no nor not number numbers of off often on once one
only or other others our out outstanding over own per poor poorly positive prompt promptly put
puts quality quick quickly quite rather really regular regularly robust same seem seems she short
should since slow slowly small so some soon still strong such sufficient sufficiently suitable
than that the their them then there these they this thorough those through timely to too unclear
under until up use used uses using variable vast very want wanted wants was way weak weakness well
were what when where whether which while who whose why will with within without worse would yet
you your
"""
_LITTLE: Final = frozenset(_LITTLE_WORDS.split())
"""Little words and judgements."""
_USUAL_WORDS: Final = """
action actions agencies agency area areas arrangement arrangements authorities authority benefit
benefits care carry case cases child children consider considered council county current day
decision decisions ensure ensures experience experiences families family find found group groups
happen happens have help helped helps home homes impact include includes information inspection
inspectors issue issues know known leader leaders life lives local manager managers matter matters
meet meets need needed needs offer offered offers officer officers outcome outcomes partner
partners people person plan plans practice practitioner practitioners process processes programme
provide provided provides range receive received receives recent recently remain remains response
risk risks role roles said say see seen senior service services social staff support supported
supports system systems take taken takes task tasks team teams thing things time times understand
understood work worker workers working works year years young
"""
_USUAL: Final = frozenset(_USUAL_WORDS.split())
"""Words of any finding, which tell nothing of a theme when they stand alone."""


def patterns_of(name: str, examples: Sequence[str]) -> tuple[str, ...]:
    r"""Make patterns for the tagger from a theme's name and example phrases.

    Every example is matched by at least one of them.

    Parameters
    ----------
    name
        Name of the theme; counts as a phrase of its own.
    examples
        Phrases such as a finding might hold.

    Returns
    -------
    tuple of str
        Regular expressions for text with straight apostrophes; none without examples.

    Examples
    --------
    >>> patterns_of("Kinship care", ["Kinship carers wait long", "special guardians get no help"])
    ('\\bkinships?\\b', "\\bspecials?(?:\\W+[\\w'-]+){0,3}?\\W+guardians?\\b")
    """
    if not examples:
        return ()
    phrases = [_words(text) for text in (name, *examples)]
    shared = _shared(phrases)
    runs: dict[tuple[str, ...], None] = {}
    for place, phrase in enumerate(phrases):
        own = [run for run in shared if _holds(phrase, run)]
        if not own and (rest := _trimmed(phrase)):
            own = [tuple(rest[:MOST] if place else phrase)]
        runs |= dict.fromkeys(own)
    found = [_pattern(run) for run in runs]
    for example in (text.translate(_STRAIGHT) for text in examples):
        if not any(re.search(pattern, example, re.IGNORECASE) for pattern in found):
            found.append(_literal(example))
    return tuple(found)


def _words(text: str) -> list[str]:
    """Words of a phrase in singular, without little words and judgements."""
    words = _WORD.findall(text.translate(_STRAIGHT).lower())
    return [_stem(word) for word in words if word not in _LITTLE and _stem(word) not in _LITTLE]


def _tells(word: str) -> bool:
    return word not in _USUAL


def _trimmed(words: Sequence[str]) -> Sequence[str]:
    """Words from the first to the last that tells something."""
    places = [place for place, word in enumerate(words) if _tells(word)]
    return words[places[0] : places[-1] + 1] if places else []


def _stem(word: str) -> str:
    """Put a word in singular and cut off its genitive, by its ending.

    Examples
    --------
    >>> [_stem(word) for word in ("carers", "child's", "access", "policies", "bus")]
    ['carer', 'child', 'access', 'policy', 'bus']
    """
    word = word.removesuffix("'s").removesuffix("'")
    if word.endswith("ies") and len(word) > len("xxies"):
        return word.removesuffix("ies") + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > len("xxs"):
        return word[:-1]
    return word


def _shared(phrases: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    """The longest runs of words that two phrases share; none that lies inside a longer one."""
    runs: Counter[tuple[str, ...]] = Counter()
    for phrase in phrases:
        runs.update({tuple(phrase[i:j]) for i, j in combinations(range(len(phrase) + 1), 2)})
    common = [run for run, count in runs.items() if count > 1 and any(map(_tells, run))]
    return sorted(
        run for run in common if not any(run != other and _holds(other, run) for other in common)
    )


def _holds(phrase: Sequence[str], run: Sequence[str]) -> bool:
    size = len(run)
    return any(tuple(phrase[i : i + size]) == tuple(run) for i in range(len(phrase) - size + 1))


def _pattern(run: Sequence[str]) -> str:
    gap = rf"(?:\W+[\w'-]+){{0,{BETWEEN}}}?\W+"
    return r"\b" + gap.join(map(_form, run)) + r"\b"


def _form(word: str) -> str:
    """A word in singular or plural.

    Examples
    --------
    >>> _form("carer"), _form("policy"), _form("access")
    ('carers?', 'polic(?:y|ies)', 'access(?:es)?')
    """
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return re.escape(word[:-1]) + "(?:y|ies)"
    return re.escape(word) + ("(?:es)?" if word.endswith("s") else "s?")


def _literal(text: str) -> str:
    """The words of a phrase as they stand, for one that has nothing to tell it by."""
    words = _WORD.findall(text)
    pattern = r"\b" + r"\W+".join(map(re.escape, words)) + r"\b"
    return pattern if words and re.search(pattern, text) else re.escape(text)
