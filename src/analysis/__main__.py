"""`python -m analysis` is the command `findings`, which begins here.

Ctrl-C ends it without a traceback while it is imported and put together, too.
"""

from __future__ import annotations

import gc
import sys
from typing import Final

COLLECTED_AFTER: Final = 50_000
"""Objects after which those that hold each other are looked for: what a command imports lives to
its end, and looking through it after every 700, as Python does, takes a tenth of a short one."""
STOPPED: Final = 130
"""Exit status of a command that Ctrl-C ended, as a shell tells it."""


def main() -> None:
    """Import the command and run it."""
    gc.set_threshold(COLLECTED_AFTER)
    try:
        from analysis.cli import main as command

        command()
    except KeyboardInterrupt:
        sys.exit(STOPPED)


if __name__ == "__main__":
    main()
