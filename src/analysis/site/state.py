"""What the pages of a site were made from: `site.json` beside them; why one is made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from analysis.english import few_of
from analysis.errors import FindingsError
from analysis.project import Project
from analysis.report.parameters import Parameters
from analysis.running.inputs import KINDS, Inputs
from analysis.running.manifest import OK, Manifest
from analysis.site.places import files_of, page_of

FILE: Final = "site.json"
FORMAT: Final = 1
SHARED: Final = ("authorities", "codebook", "templates", "code", "packages")
"""Kinds of inputs (`analysis.running.inputs.KINDS`) that all pages of England share."""
_NAMED: Final = 3
"""Authorities that a reason names."""
_SHORT: Final = 16
"""Letters of a digest that are kept."""


@dataclass(frozen=True)
class State:
    """What a site was made from and what it states.

    Attributes
    ----------
    base_url
        Where it will stand, or blank.
    shared, data, reports
        Digests of what all pages share by kind, of each authority's data, of its report's page.
    files
        SHA-256 of every file by name.
    facts, words
        Page to the numbers that it states by what they count; to its word on each authority.
    """

    base_url: str = ""
    shared: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)
    reports: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def text(self) -> str:
        """Return the file's text."""
        return json.dumps({"format": FORMAT} | asdict(self), ensure_ascii=False, indent=0,
                          sort_keys=True) + "\n"  # fmt: skip


def read_state(folder: Path) -> State | None:
    """Read what is known of a site; None where the folder holds none that can be read."""
    try:
        stored = json.loads((folder / FILE).read_text("utf-8"))
        return State(**stored) if stored.pop("format") == FORMAT else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def checked_url(base_url: str) -> str:
    """Return the address at which a site will stand, ending in a slash.

    Raises
    ------
    FindingsError
        If it is no http(s) address of a folder.

    Examples
    --------
    >>> checked_url("https://example.org/findings"), checked_url("")
    ('https://example.org/findings/', '')
    """
    parts = urlsplit(base_url)
    if not base_url:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise FindingsError(
            f"--base-url {base_url!r} is no address of a folder. Write it as "
            "https://example.org/findings/."
        )
    return base_url if base_url.endswith("/") else f"{base_url}/"


def base_url_of(place: Path) -> str:
    """Return the address that a site was made for.

    Raises
    ------
    FindingsError
        If the folder holds no site.
    """
    state = read_state(place)
    if state is None:
        raise FindingsError(
            f"{place} holds no site. Make one first: `findings site --out {place}`."
        )
    return state.base_url


def state_now(project: Project, base_url: str) -> State:
    """Return what a site would be made from now, by the reports that lie in `reports/`."""
    inputs = Inputs(project)
    entries = Manifest(project.reports).entries
    slugs = [name for name, e in entries.items() if e.asked.usual and e.status == OK]
    shared: dict[str, str] = {}
    data: dict[str, str] = {}
    for slug in sorted(slugs):
        own = inputs.of(Parameters(slug))
        shared = {kind: own[kind][:_SHORT] for kind in SHARED}
        data[slug] = own["data"][:_SHORT]
    reports = {slug: entries[slug].checksums["html"] for slug in data}
    return State(base_url, shared, data, reports)


def is_due(project: Project, place: Path, base_url: str) -> bool:
    """Whether anything of a site has to be made; asked without what reads tables."""
    before = read_state(place)
    if before is None:
        return True
    now, own = state_now(project, base_url), set(map(page_of, before.reports))
    england = [name for name in before.files if name.endswith(".html") and name not in own]
    gone = set(before.reports) != set(now.reports)
    return gone or bool(whys(before, now, place, england))


def whys(before: State | None, now: State, folder: Path, england: Iterable[str]) -> dict[str, str]:
    """Say of every page that has to be made why; pages that need not be are left out.

    Parameters
    ----------
    folder
        Where the site lies.
    england
        Files of the pages that are made from all authorities.
    """
    own = {page_of(slug): slug for slug in now.reports}
    if before is None:
        return dict.fromkeys([*england, *own], "never made")
    gone = _altered(before, folder)
    england_gone = not gone <= {name for slug in own.values() for name in files_of(slug)}
    found = {}
    for page in [*england, *own]:
        changed = [
            *(["its address"] if before.base_url != now.base_url else []),
            *(KINDS[k] for k in SHARED if before.shared.get(k) != now.shared.get(k)),
            *(_of_report(before, now, own[page]) if page in own else _of_data(before, now)),
        ]
        if page not in before.files:
            found[page] = "never made"
        elif changed:
            found[page] = f"changed: {'; '.join(changed)}"
        elif (not gone.isdisjoint(files_of(own[page]))) if page in own else england_gone:
            found[page] = "its files are missing or were altered"
    return found


def _of_report(before: State, now: State, slug: str) -> Iterator[str]:
    if before.reports.get(slug) != now.reports[slug]:
        yield "its data" if before.data.get(slug) != now.data[slug] else "its report"


def _of_data(before: State, now: State) -> Iterator[str]:
    slugs = sorted({*before.data, *now.data})
    changed = [slug for slug in slugs if before.data.get(slug) != now.data.get(slug)]
    if changed:
        yield f"the data of {few_of(changed, _NAMED)}"


def _altered(state: State, folder: Path) -> set[str]:
    """Names of files that are not as they were made."""
    return {name for name, digest in state.files.items() if _digest(folder / name) != digest}


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def moved(before: State | None, now: State) -> dict[str, list[str]]:
    """Say of every page which of its numbers moved, and on which authorities its word did.

    Examples
    --------
    >>> old = State(facts={"a.html": {"weak": 1}}, words={"a.html": {"kent": "mixed"}})
    >>> new = State(facts={"a.html": {"weak": 2}}, words={"a.html": {"kent": "weak"}})
    >>> moved(old, new)
    {'a.html': ['weak: 1, now 2', 'kent: mixed, now weak']}
    """
    if before is None:
        return {}
    found = {}
    for page in now.facts:
        lines = [
            *_differing(before.facts.get(page, {}), now.facts[page]),
            *_differing(before.words.get(page, {}), now.words.get(page, {})),
        ]
        if lines and page in before.facts:
            found[page] = lines
    return found


def _differing(before: Mapping[str, object], now: Mapping[str, object]) -> Iterator[str]:
    """Say what differs; a number that was not there and is none now does not."""
    for what in dict.fromkeys([*before, *now]):
        old, new = before.get(what) or "none", now.get(what) or "none"
        if old != new:
            yield f"{what}: {old}, now {new}"
