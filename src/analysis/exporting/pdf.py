"""A report as tagged PDF, printed by a Chromium without a window.

The page's own style sheet says how it prints. Nothing is asked of the network, and the browser
keeps nothing: its profile is a temporary folder.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from analysis.errors import FindingsError

BROWSERS: Final = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge",
)  # fmt: skip
"""Names under which a Chromium is looked for."""
LONGEST: Final = 120.0
"""Seconds after which printing is given up, however much time is left."""
_QUIET: Final = (
    "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check",
    "--disable-background-networking", "--disable-component-update", "--disable-default-apps",
    "--disable-domain-reliability", "--disable-extensions", "--disable-quic", "--disable-sync",
    "--disable-breakpad", "--disable-crash-reporter", "--disable-dev-shm-usage",
    "--metrics-recording-only", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
_PRINTED: Final = ("--export-tagged-pdf", "--no-pdf-header-footer")
_NO_SANDBOX: Final = "--no-sandbox"
_SAID: Final = re.compile(r"sandbox", re.IGNORECASE)
_DATES: Final = re.compile(rb"/(CreationDate|ModDate) \(D:([^)]*)\)")
_NODES: Final = re.compile(rb"\(node(\d{8})\)")
"""Names of parts of the page among the tags; Chromium counts on from a number that varies."""
_LAST_WORDS: Final = 300


class PrintingError(FindingsError):
    """A PDF could not be printed."""


def find_browser() -> str:
    """Return the path of a Chromium.

    Raises
    ------
    PrintingError
        If none is found; says what to install, and what works without.
    """
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise PrintingError(
            f"A PDF is printed by Chromium, and none is on the PATH under the names "
            f"{', '.join(BROWSERS)}. Install one (on Debian: apt-get install chromium), or leave "
            "pdf out of --to: docx needs no browser, and any browser prints the page (html) to "
            "PDF from its menu."
        )
    return found


def to_pdf(page: str, now: int, seconds: float = LONGEST) -> bytes:
    """Print a page as tagged PDF.

    Parameters
    ----------
    page
        HTML of a self-contained page.
    now
        Seconds since 1970 that the PDF bears as its date.
    seconds
        Longest time that it may take.

    Raises
    ------
    PrintingError
        If there is no Chromium, or it prints nothing, or not in time.
    """
    browser = find_browser()
    with tempfile.TemporaryDirectory(prefix="print-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "page.html").write_text(page, "utf-8")
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        more = (_NO_SANDBOX,) if as_root else ()
        said = _print(browser, folder, more, min(seconds, LONGEST))
        if not _printed(folder) and not as_root and _SAID.search(said):
            # a container without name spaces; the page runs no script but our own
            said = _print(browser, folder, (_NO_SANDBOX,), min(seconds, LONGEST))
        if not _printed(folder):
            raise PrintingError(f"{browser} printed nothing. It said: {said or 'nothing'}")
        return pinned((folder / "page.pdf").read_bytes(), now)


def _printed(folder: Path) -> bool:
    with suppress(OSError):
        return (folder / "page.pdf").stat().st_size > 0
    return False


def _print(browser: str, folder: Path, more: tuple[str, ...], seconds: float) -> str:
    """Run the browser; return the end of what it said."""
    home = {
        name: str(folder / "home")
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "TMPDIR")
    }
    (folder / "home").mkdir(mode=0o700, exist_ok=True)
    try:
        done = subprocess.run(  # noqa: S603 - a browser of the user's PATH with a page of ours
            [
                browser, *_QUIET, *more, *_PRINTED, f"--user-data-dir={folder / 'profile'}",
                f"--print-to-pdf={folder / 'page.pdf'}", (folder / "page.html").as_uri(),
            ],
            env=dict(os.environ) | home | {"TZ": "UTC"}, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=max(seconds, 1.0),
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise PrintingError(
            f"{browser} took longer than {seconds:.0f} seconds to print."
        ) from error
    except OSError as error:
        raise PrintingError(f"{browser} could not be started: {error}.") from error
    return done.stderr.decode(errors="replace").strip()[-_LAST_WORDS:]


def pinned(pdf: bytes, now: int) -> bytes:
    """Return a PDF with the date given, and with its parts counted from 1.

    Its length, and so its table of places, stays, and so does the order of the parts.

    Examples
    --------
    >>> pinned(b"<</CreationDate (D:20260102030405+00'00') /ID (node00000472)>>", 0)
    b"<</CreationDate (D:19700101000000+00'00') /ID (node00000001)>>"
    """
    text = datetime.fromtimestamp(now, UTC).strftime("%Y%m%d%H%M%S").encode()
    places = {node: place for place, node in enumerate(sorted(set(_NODES.findall(pdf))), start=1)}

    def dated(found: re.Match[bytes]) -> bytes:
        rest = found.group(2)[len(text) :]
        return b"/%b (D:%b)" % (found.group(1), text + re.sub(rb"\d", b"0", rest))

    def counted(found: re.Match[bytes]) -> bytes:
        return b"(node%08d)" % places[found.group(1)]

    return _NODES.sub(counted, _DATES.sub(dated, pdf))
