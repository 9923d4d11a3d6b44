"""Running many reports: each in a process of its own, all published by one writer.

`tasks` says what a report is made from, `inputs` whether that has changed, `making` makes one in a
process of its own (`analysis.processes`), forked from one that is ready (`warming`), with a kernel
that is forked in its turn where that is safe (`engine`, `kernels`), `publication` puts it in its
place, `batch` does so for many, here or on a cluster (`cluster`).
"""

from typing import TYPE_CHECKING

from analysis.doors import door

if TYPE_CHECKING:
    from analysis.running.batch import plan as plan
    from analysis.running.batch import run as run
    from analysis.running.engine import FindingsEngine as FindingsEngine
    from analysis.running.selection import choose as choose
    from analysis.running.tasks import Task as Task

__all__ = [
    "FindingsEngine",
    "Task",
    "choose",
    "plan",
    "run",
]
__getattr__, __dir__ = door(
    __name__,
    {
        "FindingsEngine": "engine",
        "Task": "tasks",
        "choose": "selection",
        "plan": "batch",
        "run": "batch",
    },
)
