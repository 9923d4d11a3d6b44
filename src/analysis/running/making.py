"""Having one report made, in a process of its own."""

from __future__ import annotations

import errno
import os
from typing import Final

from analysis import processes
from analysis.errors import MachineError, machine_error
from analysis.processes import CallError, OutOfTimeError, ProcessDiedError, call
from analysis.running.tasks import Failed, Made, Task

OPEN_FILES: Final = 128
"""A notebook's process opens about seventy files at a time; with fewer it dies without a word."""
_MANY_FILES: Final = 1024
"""What a run of many reports can use."""
GRACE: Final = 15.0
"""Seconds beyond its time after which a report that has not ended by itself is ended."""
PRODUCE: Final = "analysis.running.producing:produce"
processes.preloaded.extend(("analysis.running.spared", "analysis.running.warming"))
FIX_DATA: Final = (
    "Put right what it says, see with `findings check {authority}` that the data are sound, and "
    "run `findings report {authority}` again."
)
FIX_CELL: Final = (
    "Open notebooks/report.ipynb with these parameters and run it to that cell. If the data are "
    "in order (`findings check {authority}`), it is a fault of the notebook or of the code."
)
FIX_KILLED: Final = (
    "Something ended the process, often a want of memory. Run `findings report {authority}` "
    "alone, or all with fewer `--jobs`."
)
FIX_TIME: Final = (
    "Give it more time with `--timeout SECONDS`. If it never ends, run the cell that is named in "
    "JupyterLab."
)
FIX_DISK: Final = "Free space on the disk, then run the same command again: it goes on from here."
FIX_MACHINE: Final = "Do what it says, then run the same command again: it goes on from here."
FIX_COPY: Final = (
    "Bring the project's files on that machine to the same state as here (data, notebooks, "
    "packages), or set FINDINGS_ROOT there to a copy that is."
)
FIX_FORM: Final = (
    "Put right what it says, or ask for other forms: without pdf, `findings report {authority} "
    "--to html,docx,figures,citation` needs no browser."
)
FIX_FAULT: Final = "This is a fault of the program; the details help whoever mends it."


def begin() -> None:
    """Let reports be made, and let what is forked for them import while others prepare.

    Raises
    ------
    MachineError, OSError
        If too few files may be open at a time, or no process can be started.
    """
    _allow_open_files()
    processes.begin()


def _allow_open_files() -> None:
    """Let this process and those that it starts open as many files as they need."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    if now != unlimited and now < _MANY_FILES:
        now = _MANY_FILES if most == unlimited else min(most, _MANY_FILES)
        resource.setrlimit(resource.RLIMIT_NOFILE, (now, most))
    if now != unlimited and now < OPEN_FILES:
        error = OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        raise machine_error(error, f"A report needs {OPEN_FILES} open files, and {now} are allowed")


def make(task: Task) -> Made | Failed:
    """Make a report in a process of its own; whatever happens to it, this returns."""
    try:
        made: Made | Failed = call(PRODUCE, task, seconds=task.seconds + GRACE)
    except ProcessDiedError as error:
        return Failed(str(error), fix(FIX_KILLED, task))
    except OutOfTimeError as error:
        return Failed(str(error), fix(FIX_TIME, task))
    except MachineError as error:
        return Failed.by_machine(error)
    except CallError as error:
        said = str(error).strip()
        return Failed(said.splitlines()[-1], fix(FIX_FAULT, task), detail=said)
    return made


def fix(words: str, task: Task) -> str:
    """Say what to do about a report that failed."""
    return words.format(authority=task.asked.authority)
