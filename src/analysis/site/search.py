"""The summaries of all findings as script files, which a page from a folder can read too."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from itertools import groupby

from analysis.anchors import finding_anchor
from analysis.site.tables import Authority, Tables


def shard_of(region: str) -> str:
    """Return the file that holds the summaries of a region.

    Examples
    --------
    >>> shard_of("Yorkshire and the Humber")
    'search-yorkshire-and-the-humber.js'
    """
    return f"search-{re.sub(r'[^a-z0-9]+', '-', region.lower())}.js"


def shards(tables: Tables, anchors: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Return the files of all summaries, one a region.

    Parameters
    ----------
    anchors
        Those of each authority's page; a finding that has none there leads to the page.
    """
    held: dict[str, list[str]] = {}
    own: dict[str, list[str]] = {slug: [] for slug in tables.authorities}
    for row in tables.findings.values():
        if row["summary"]:
            own[row["authority"]].append(row["finding"])
    for slug, authority in tables.authorities.items():
        call = _call(tables, authority, own[slug], anchors.get(slug, ()))
        held.setdefault(shard_of(authority.region), []).append(call)
    return {name: "\n".join(calls) + "\n" for name, calls in held.items()}


def _call(
    tables: Tables, authority: Authority, findings: list[str], anchors: Collection[str]
) -> str:
    """Return the call that hands an authority's summaries over."""
    documents = []
    for document, ids in groupby(findings, key=lambda name: name.rpartition("/")[0]):
        visit = tables.visits[tables.documents[document]["visit"]]
        lines = []
        for name in ids:
            number = int(name.rpartition("/")[2])
            there = finding_anchor(name) in anchors
            lines.append([number if there else -number, tables.findings[name]["summary"]])
        documents.append([visit.when, visit.start, finding_anchor(document), lines])
    told = [authority.page, authority.name, documents]
    parts = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in told)
    return f"summaries({','.join(parts)});"
