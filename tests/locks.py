"""What the locks pin, and what follows from what is required."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKS = {"requirements.lock": ("build",), "requirements-test.lock": ("build", "test")}
_PIN = re.compile(
    r"^(?P<name>[^\s=]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\\n]+?))? \\\n"
    r"(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
    re.MULTILINE,
)
Environment = Mapping[str, str]


class Pin(NamedTuple):
    """A package as a lock has it."""

    name: str
    version: str


def here() -> Environment:
    """What markers are held against on this machine."""
    return dict(default_environment())


def project_requirements(*extras: str, plain: bool = True) -> list[Requirement]:
    """What the project asks for, and what its own extras add."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = list(project["dependencies"]) if plain else []
    for extra in extras:
        asked += project["optional-dependencies"][extra]
    return [Requirement(text) for text in asked]


def read_lock(lock: str, environment: Environment) -> dict[str, Pin]:
    """Return by name what a lock installs in an environment, each once."""
    text = (ROOT / lock).read_text()
    assert _PIN.sub("", text) == "", "a line of the lock is no pin"
    pins = [Pin(canonicalize_name(m["name"]), m["version"]) for m in _applying(text, environment)]
    assert len({pin.name for pin in pins}) == len(pins), "a package is pinned twice"
    return {pin.name: pin for pin in pins}


def relocked(lock: str, hashes: Mapping[str, str]) -> str:
    """Return a lock with other hashes for the packages that it installs here."""
    text = (ROOT / lock).read_text()
    applying = {match.span() for match in _applying(text, here())}

    def other(match: re.Match[str]) -> str:
        if match.span() not in applying:
            return match[0]
        name = canonicalize_name(match["name"])
        return match[0].replace(match["hashes"], f"    --hash=sha256:{hashes[name]}\n")

    return _PIN.sub(other, text)


def following(asked: Iterable[Requirement], environment: Environment) -> dict[str, set[str]]:
    """Follow what is required through all that is installed here.

    Returns
    -------
    dict
        By name each package that is required in the environment, and with which extras.
    """
    reached: dict[str, set[str]] = {}
    for requirement, _by in requirements(asked, environment):
        reached.setdefault(canonicalize_name(requirement.name), set()).update(requirement.extras)
    return reached


def requirements(
    asked: Iterable[Requirement], environment: Environment
) -> list[tuple[Requirement, str]]:
    """Return every requirement that holds in an environment, and which package has it.

    A package that is not installed here, as it is only for another environment, is not followed.
    """
    waiting = [(requirement, "the project") for requirement in asked]
    found: dict[tuple[str, str], tuple[Requirement, str]] = {}
    while waiting:
        requirement, by = waiting.pop()
        if (by, str(requirement)) in found:
            continue
        found[by, str(requirement)] = requirement, by
        name = canonicalize_name(requirement.name)
        try:
            texts = distribution(name).requires or []
        except PackageNotFoundError:
            continue
        for further in map(Requirement, texts):
            if any(
                not further.marker or further.marker.evaluate({**environment, "extra": extra})
                for extra in {"", *requirement.extras}
            ):
                waiting.append((further, name))
    return list(found.values())


def _applying(text: str, environment: Environment) -> list[re.Match[str]]:
    return [
        match
        for match in _PIN.finditer(text)
        if not match["marker"] or Marker(match["marker"]).evaluate(dict(environment))
    ]
