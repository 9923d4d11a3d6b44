"""Making reports on a Dask cluster: the same tasks, the same function, another executor."""

from __future__ import annotations

import time
from concurrent.futures import Executor
from typing import Any, Final, NamedTuple

from analysis.errors import FindingsError
from analysis.running.batch import LOST

RETRIES: Final = 2
"""How often a report is tried again whose task raised; one whose worker was lost is always."""
PATIENCE: Final = 10.0
"""Seconds that a scheduler may be away before it counts as lost."""
ANSWER: Final = 10.0
"""Seconds that a scheduler has to answer when it is asked first."""


class Cluster(NamedTuple):
    """A connection to a scheduler.

    Attributes
    ----------
    client
        The `dask.distributed` client.
    executor
        Gives tasks to its workers.
    """

    client: Any
    executor: Executor

    def lost(self) -> str:
        """Say why no more can be expected of it, or ``."""
        return LOST if _away(self.client) else ""


_since: dict[str, float] = {}


def _away(client: Any) -> bool:
    if client.status == "running":
        _since.pop(client.id, None)
        return False
    if client.status in ("closed", "closing"):
        return True
    return time.monotonic() - _since.setdefault(client.id, time.monotonic()) > PATIENCE


def connect(address: str) -> Cluster:
    """Connect to a scheduler.

    Parameters
    ----------
    address
        Such as `tcp://10.0.0.5:8786`.

    Raises
    ------
    FindingsError
        If dask.distributed is not installed, or nobody answers, or there are no workers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise FindingsError(
            "A cluster needs dask.distributed: install the packages of requirements-test.lock, "
            "here and on every worker, as docs/many-reports.md says."
        ) from error
    try:
        client = Client(address, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise FindingsError(
            f"No scheduler answers at {address!r}: {' '.join(str(error).split())}. "
            "Start one with `dask scheduler`, and give its address, such as tcp://host:8786."
        ) from error
    if not client.scheduler_info()["workers"]:
        client.close()
        raise FindingsError(
            f"The scheduler at {address} has no workers. Start some with `dask worker {address}`."
        )
    return Cluster(client, client.get_executor(pure=False, retries=RETRIES))
