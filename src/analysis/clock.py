"""What counts as now, so that the same inputs give the same report on any day."""

from __future__ import annotations

import os
import re
import time
from datetime import UTC, date, datetime
from typing import Final

from analysis.errors import FindingsError

DATE_VARIABLE: Final = "SOURCE_DATE_EPOCH"
_SECONDS: Final = re.compile(r"[0-9]{1,11}")


def today() -> date:
    """Return today's date, or that of `SOURCE_DATE_EPOCH` (seconds since 1970, UTC) where set.

    Raises
    ------
    FindingsError
        If the variable is not such a number.
    """
    return datetime.fromtimestamp(now(), UTC).date()


def now() -> int:
    """Return the seconds since 1970 that count as now: those of `SOURCE_DATE_EPOCH` where set.

    Raises
    ------
    FindingsError
        If the variable is not such a number.
    """
    pinned = os.environ.get(DATE_VARIABLE)
    if pinned is None:
        return int(time.time())
    if not _SECONDS.fullmatch(pinned):
        raise FindingsError(
            f"{DATE_VARIABLE} is {pinned!r}; set it to seconds since 1970, or unset it."
        )
    return int(pinned)
