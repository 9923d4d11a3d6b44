"""Processes that read documents: what they hear of, and what becomes of it."""

from __future__ import annotations

import os
import signal

import pytest

from analysis.documents.printed.names import load_names
from analysis.documents.workers import _Worker


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_ctrl_c_is_for_whoever_began_the_reading(project, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Nothing was visited.\n")
    worker = _Worker(load_names(project))
    begun = worker.process.pid
    try:
        os.kill(begun, signal.SIGINT)  # while it starts
        assert worker.give(str(letter), seconds=60)
        first = worker.take()
        os.kill(begun, signal.SIGINT)  # while it waits
        assert worker.give(str(letter), seconds=60)
        second = worker.take()
        assert worker.process.pid == begun
    finally:
        worker.stop()

    assert first == second
    assert first.refused.startswith("it is no inspection report")
