"""A way from a notebook to a page on disk.

The server that runs the notebook gives out the files below its own folder; anything else is handed
over as a download, which works everywhere.
"""

from __future__ import annotations

import base64
import html
import os
from pathlib import Path
from urllib.parse import quote


def served(page: Path) -> str:
    """Return the path under which the notebook's server gives out a file; blank if it does not."""
    from jupyter_server.serverapp import list_running_servers

    parents = {os.getppid(), os.getpid()}
    for server in list_running_servers():
        root = Path(str(server.get("root_dir", "/nowhere")))
        if server.get("pid") in parents and page.resolve().is_relative_to(root.resolve()):
            inside = page.resolve().relative_to(root.resolve()).as_posix()
            return f"{server.get('base_url', '/')}files/{quote(inside)}"
    return ""


def link_to_page(page: Path, name: str) -> str:
    """Return a link to a page, as HTML.

    Parameters
    ----------
    page
        An HTML file.
    name
        What the link says.
    """
    if address := served(page):
        target = f'href="{html.escape(address)}" target="_blank" rel="noopener"'
    else:
        content = base64.b64encode(page.read_bytes()).decode()
        target = f'download="{html.escape(page.name)}" href="data:text/html;base64,{content}"'
    return f"<a {target}>{html.escape(name)}</a>"
