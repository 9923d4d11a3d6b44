"""The arrays that a model's file must hold: their names, kinds and shapes.

A file that a user names may be damaged, of another version or made to harm: it is measured before
it is unpacked, nothing in it is executed, and no number reaches the tagger before all of them fit
each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import numpy as np

from analysis.codes.tagger.curves import KNOTS
from analysis.codes.tagger.directions import DIRECTIONS, SAID, SIGN_FEATURES, WORDED
from analysis.codes.tagger.features import PAIR_FEATURES

MAX_BYTES: Final = 200_000_000
"""Most bytes that a model may unpack to; the one that comes with the package has 6.5 million."""
MAX_WORDS: Final = 10
"""Most words of a term."""
Arrays = Mapping[str, np.ndarray]
_TEXTS: Final = ("themes", "definitions", "patterns", "terms_words", "clause_terms_words")
_INDEXES: Final = ("bent", "crossed", "grouped")
_SHAPES: Final[dict[str, tuple[str, ...]]] = {
    "weights": ("terms_words", "themes"),
    "bias": ("themes",),
    "pattern_weights": ("patterns",),
    "threshold": (),
    "clause_weights": ("clause_terms_words",),
    "clause_bias": (),
    "scope_weights": ("views", "clause_terms_words", "said"),
    "terms_idf": ("terms_words",),
    "terms_longest": (),
    "clause_terms_idf": ("clause_terms_words",),
    "clause_terms_longest": (),
} | {
    f"{model}_{part}": shape
    for model, classes in (("pairs", "one"), ("directions", "directions"))
    for part, shape in {
        "bent": (f"{model}_bent",),
        "knots": (f"{model}_bent", "knots"),
        "crossed": (f"{model}_crossed",),
        "grouped": (f"{model}_grouped",),
        "groups": (),
        "weights": (f"{model}_columns", classes),
        "bias": (classes,),
    }.items()
}
"""Names of each array's sides; a text of lines is as long as it has lines."""
_NUMBERS: Final = {
    "pairs": len(PAIR_FEATURES),
    "directions": SIGN_FEATURES + SAID * len(WORDED),
}
"""How many numbers each linear model is given."""


def read_arrays(path: Path) -> dict[str, np.ndarray]:
    """Read the arrays of a file and see that they are those of a model.

    Raises
    ------
    ValueError
        If they are not; says which and why.
    OSError, MemoryError
        If the file cannot be opened or does not fit in memory.
    """
    try:
        with ZipFile(path) as archive:
            _require_small(sum(entry.file_size for entry in archive.infolist()))
        with np.load(path, allow_pickle=False) as held:
            arrays = {name: _array(name, held[name]) for name in held.files}
    except (OSError, MemoryError, ValueError):
        raise
    except Exception as error:  # the archive's library raises errors of every kind
        raise ValueError(str(error) or type(error).__name__) from error
    _require_fitting(arrays)
    return arrays


def lines_of(array: np.ndarray) -> tuple[str, ...]:
    """Return the lines of a text that is kept as bytes."""
    text = array.tobytes().decode()
    return tuple(text.split("\n")) if text else ()


def _array(name: str, held: object) -> np.ndarray:
    if isinstance(held, np.ndarray):
        return held
    raise ValueError(f"{name} is no array")  # numpy gives a part that is none as its bytes


def _require_small(size: int) -> None:
    if size > MAX_BYTES:
        raise ValueError(f"it unpacks to {size:,} bytes; at most {MAX_BYTES:,} are read")


def _require_fitting(arrays: Arrays) -> None:
    _require_names(arrays)
    for name in _TEXTS:
        if arrays[name].dtype != np.uint8 or arrays[name].ndim != 1:
            raise ValueError(f"{name} is no text")
    for name in _SHAPES:
        array = arrays[name]
        if array.dtype.kind not in "fiu":
            raise ValueError(f"{name} holds {array.dtype}, not numbers")
        if not np.isfinite(array).all():
            raise ValueError(f"{name} holds what is no number, or an infinite one")
    sides = _sides(arrays)
    for name, shape in _SHAPES.items():
        wanted = tuple(sides[side] for side in shape)
        if arrays[name].shape != wanted:
            raise ValueError(f"{name} has the shape {arrays[name].shape}, not {wanted}")
    _require_possible(arrays, sides)


def _require_names(arrays: Arrays) -> None:
    wanted = {*_TEXTS, *_SHAPES}
    parts = {"lacks": wanted - set(arrays), "also holds": set(arrays) - wanted}
    told = [f"{verb} {', '.join(sorted(names))}" for verb, names in parts.items() if names]
    if told:
        raise ValueError(f"it {' and '.join(told)}, as a model of another version does")


def _sides(arrays: Arrays) -> dict[str, int]:
    sides = {name: len(lines_of(arrays[name])) for name in _TEXTS}
    sides |= {
        "views": len(WORDED), "said": SAID, "knots": KNOTS, "one": 1, "directions": len(DIRECTIONS),
    }  # fmt: skip
    for model, numbers in _NUMBERS.items():
        bent, crossed, grouped = (arrays[f"{model}_{part}"].size for part in _INDEXES)
        products, groups = crossed * (crossed + 1) // 2, sides["themes"]
        columns = numbers + bent * KNOTS + products + groups + grouped * groups
        sides |= {f"{model}_bent": bent, f"{model}_crossed": crossed}
        sides |= {f"{model}_grouped": grouped, f"{model}_columns": columns}
    return sides


def _require_possible(arrays: Arrays, sides: Mapping[str, int]) -> None:
    """See that what counts or points can be counted and pointed to."""
    if len(lines_of(arrays["definitions"])) != sides["themes"]:
        raise ValueError("definitions and themes differ in number")
    for name in _TEXTS:
        if name != "definitions" and len(set(lines_of(arrays[name]))) != sides[name]:
            raise ValueError(f"{name} holds a line twice")
    for name in ("terms_longest", "clause_terms_longest"):
        if not 1 <= int(arrays[name]) <= MAX_WORDS:
            raise ValueError(f"{name} is {int(arrays[name])}, not between 1 and {MAX_WORDS}")
    for model, numbers in _NUMBERS.items():
        if int(arrays[f"{model}_groups"]) != sides["themes"]:
            raise ValueError(f"{model}_groups is not the number of themes")
        for part in _INDEXES:
            places = arrays[f"{model}_{part}"]
            if ((places < 0) | (places >= numbers) | (places != np.round(places))).any():
                raise ValueError(f"{model}_{part} points to no column of {numbers}")
