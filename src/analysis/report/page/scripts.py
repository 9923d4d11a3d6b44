"""The few scripts of the pages, and the hashes by which a page's policy lets them run and no other.

Each page works without: a script filters what is listed, keeps the result in sight and nothing on
the machine, and asks nothing of the network.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Final

from analysis.project import TEMPLATES

FILTER: Final = "filter.js"
"""What the pages share."""


def script(name: str, *before: str) -> str:
    """Return the script of a page with what the pages share, without indents and comments.

    Parameters
    ----------
    name
        File of the page's own.
    *before
        Files of further parts that it uses.

    Examples
    --------
    >>> "filtering" in script("index.js"), "//" in script("index.js")
    (True, False)
    """
    lines = [
        line.strip()
        for part in (FILTER, *before, name)
        for line in (TEMPLATES / "scripts" / part).read_text("utf-8").splitlines()
    ]
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def sha256(text: str) -> str:
    """Return the hash of a script as a content security policy wants it: SHA-256 in base 64.

    Examples
    --------
    >>> sha256("")
    '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
