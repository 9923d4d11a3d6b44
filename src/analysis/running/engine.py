"""The papermill engine `findings`: ordinary papermill, with kernels forked where that is safe.

`papermill --engine findings notebook.ipynb out.ipynb` runs any notebook with it. Beside papermill's
own engine it also names the cell in which a kernel died or ran out of time: papermill's leaves an
output that calls every cell completed.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from tempfile import TemporaryDirectory
from typing import Any, Final

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager

from analysis.running.kernels import ForkingManager, why_not_fork

NAME: Final = "findings"
log = logging.getLogger("papermill")


class _BrokenError(Exception):
    """The kernel is dead or deaf: nothing more can be asked of it."""


class Client(PapermillNotebookClient):
    """papermill's client, which also says where a kernel died or ran out of time."""

    def execute(self, **more: Any) -> nbformat.NotebookNode:
        """Run the notebook; a kernel that is dead or deaf is ended at once."""
        with suppress(_BrokenError):
            super().execute(**more)
        notebook: nbformat.NotebookNode = self.nb
        return notebook

    def papermill_execute_cells(self) -> None:
        """Run cell after cell until one fails, in whatever way."""
        for index, cell in enumerate(self.nb.cells):
            try:
                self.nb_man.cell_start(cell, index)
                self.execute_cell(cell, index)
            except CellExecutionError as error:
                self.nb_man.cell_exception(cell, cell_index=index, exception=error)
                break
            except (DeadKernelError, CellTimeoutError) as error:
                cell.outputs.append(_as_output(error))
                cell["execution_count"] = _place(self.nb, index)
                self.nb_man.cell_exception(cell, cell_index=index, exception=error)
                self.shutdown_kernel = "immediate"
                raise _BrokenError from error
            finally:
                self.nb_man.cell_complete(cell, cell_index=index)


def _place(notebook: nbformat.NotebookNode, index: int) -> int:
    """Place of a cell among the code cells, from 1: the number that it would have got."""
    return sum(cell.cell_type == "code" for cell in notebook.cells[: index + 1])


def _as_output(error: Exception) -> nbformat.NotebookNode:
    said = " ".join(str(error).split())
    name = type(error).__name__
    output: nbformat.NotebookNode = nbformat.v4.new_output(
        "error", ename=name, evalue=said, traceback=[f"{name}: {said}"]
    )
    return output


class FindingsEngine(NBClientEngine):
    """papermill's own engine, with a kernel forked from this process where that is safe."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        log_output: bool = False,
        stdout_file: Any = None,
        stderr_file: Any = None,
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        deadline: float | None = None,
        **more: Any,
    ) -> None:
        """Run the notebook.

        Parameters
        ----------
        deadline
            Where given, the moment (`time.monotonic`) at which the cell then running is given up.
        """
        options = {k: v for k, v in more.items() if k not in ("input_path", "timeout")}
        if deadline is not None:
            options["timeout_func"] = lambda _cell: max(1, round(deadline - time.monotonic()))
        spec = KernelSpecManager().get_kernel_spec(kernel_name)
        reason = why_not_fork(spec)
        if reason:
            log.warning("A fresh kernel is started, which takes longer: %s.", reason)
        with TemporaryDirectory(prefix="k-") as folder:
            if not reason:
                options["km"] = ForkingManager(folder, kernel_name=kernel_name)
            Client(
                nb_man,
                timeout=execution_timeout or more.get("timeout"),
                startup_timeout=start_timeout,
                kernel_name=kernel_name,
                log=log,
                log_output=log_output,
                stdout_file=stdout_file,
                stderr_file=stderr_file,
                **options,
            ).execute(cleanup_kc=True)
