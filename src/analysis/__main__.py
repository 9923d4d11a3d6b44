"""`python -m analysis` is the command `findings`, which begins here.

Ctrl-C ends it without a traceback while it is imported and put together, too.
"""

from __future__ import annotations

import sys
from typing import Final

STOPPED: Final = 130
"""Exit status of a command that Ctrl-C ended, as a shell tells it."""


def main() -> None:
    """Import the command and run it."""
    try:
        from analysis.cli import main as command

        command()
    except KeyboardInterrupt:
        sys.exit(STOPPED)


if __name__ == "__main__":
    main()
