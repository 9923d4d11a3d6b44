"""Processes of their own: what comes back, and what is left when one dies or hangs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from textwrap import dedent

import pytest

from analysis import processes
from analysis.errors import FindingsError, MachineError
from analysis.processes import FORK_VARIABLE, CallError, OutOfTimeError, ProcessDiedError, call

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to die by")
SECONDS = 60
HERE = __name__


@pytest.fixture(params=["forked", "afresh"])
def either_way(request, monkeypatch):
    """Have processes forked where that is possible, then started afresh."""
    if request.param == "afresh":
        monkeypatch.setenv(FORK_VARIABLE, "0")
    elif not processes.can_fork():
        pytest.skip("nothing is forked on this system")


def refuse() -> None:
    raise FindingsError("Name an authority.")


def fill_the_disk() -> None:
    raise OSError(28, "No space left on device")


def fail() -> None:
    raise KeyError("a fault")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave() -> None:
    os._exit(3)


def leave_a_sleeper(pid: str, *, dying: bool = False) -> None:
    """Start what outlives this process and holds everything of it open, unless it is ended."""
    if not (child := os.fork()):
        time.sleep(SECONDS)
    Path(pid).write_text(str(child))
    if dying:
        die()


def leave_a_sleeper_and_die(pid: str) -> None:
    leave_a_sleeper(pid, dying=True)


def surroundings(name: str) -> tuple[str | None, ...]:
    import tempfile

    return os.environ.get(name), os.environ["PYTHONHASHSEED"], tempfile.gettempdir()


def alive(pid: int) -> bool:
    """Whether a process runs (one that has ended and was not collected does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for(true) -> None:
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("function", "error", "said"),
    [
        ("refuse", FindingsError, r"^Name an authority\.$"),
        ("fill_the_disk", MachineError, "could not go on: the disk is full. Free space"),
        ("fail", CallError, "Traceback.*KeyError: 'a fault'"),
        ("nowhere", CallError, "no attribute 'nowhere'"),
        ("die", ProcessDiedError, r"^the process was killed by signal 9 \(SIGKILL\)$"),
        ("leave", ProcessDiedError, "ended with status 3 before it had answered"),
    ],
)
def test_how_a_call_ended_is_told(either_way, function, error, said):
    with pytest.raises(error, match=f"(?s){said}"):
        call(f"{HERE}:{function}", seconds=SECONDS)


def test_a_call_returns_and_one_that_takes_too_long_is_ended(either_way):
    assert call("builtins:divmod", 7, 2, seconds=SECONDS) == (3, 1)
    with pytest.raises(OutOfTimeError, match=r"longer than 0\.5 seconds"):
        call("time:sleep", SECONDS, seconds=0.5)


def test_an_answer_that_cannot_be_sent_is_told(either_way):
    with pytest.raises(CallError, match="cannot pickle"):
        call("threading:Lock", seconds=SECONDS)


def test_what_a_process_left_running_is_ended_with_it(either_way, tmp_path):
    pid = tmp_path / "pid"
    call(f"{HERE}:leave_a_sleeper", str(pid), seconds=SECONDS)
    wait_for(lambda: not alive(int(pid.read_text())))


@pytest.mark.skipif(not processes.can_fork(), reason="nothing is forked on this system")
def test_what_a_process_that_died_left_running_is_ended_too(tmp_path):
    pid = tmp_path / "pid"
    with pytest.raises(ProcessDiedError, match="killed by signal 9"):
        call(f"{HERE}:leave_a_sleeper_and_die", str(pid), seconds=SECONDS)
    wait_for(lambda: not alive(int(pid.read_text())))


def test_a_process_has_the_surroundings_of_its_caller_and_a_folder_that_goes(
    either_way, monkeypatch
):
    call("os:getpid", seconds=SECONDS)
    monkeypatch.setenv("SINCE_THEN", "set")  # what it is forked from runs already
    value, seed, folder = call(f"{HERE}:surroundings", "SINCE_THEN", seconds=SECONDS)
    assert (value, seed) == ("set", "0")
    assert not Path(folder).exists()


def test_starting_a_process_changes_nothing_here(either_way):
    before = dict(os.environ), sys.modules["__main__"], signal.pthread_sigmask(0, ())
    call("os:getpid", seconds=SECONDS)
    assert (dict(os.environ), sys.modules["__main__"], signal.pthread_sigmask(0, ())) == before


def test_calls_side_by_side_are_told_apart():
    found: dict[str, str] = {}

    def ask(function: str) -> None:
        with pytest.raises(ProcessDiedError) as died:
            call(f"{HERE}:{function}", seconds=SECONDS)
        found[function + threading.current_thread().name] = str(died.value)

    threads = [
        threading.Thread(target=ask, args=(function,), name=str(n))
        for n in range(8)
        for function in ("die", "leave")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {name.strip("0123456789"): said for name, said in found.items()} == {
        "die": "the process was killed by signal 9 (SIGKILL)",
        "leave": "the process ended with status 3 before it had answered",
    }
    assert len(found) == len(threads)


def test_a_run_that_is_stopped_ends_its_calls_and_makes_none_until_it_begins_again():
    died: list[str] = []

    def ask() -> None:
        try:
            call("time:sleep", SECONDS, seconds=SECONDS)
        except ProcessDiedError as error:
            died.append(str(error))

    thread = threading.Thread(target=ask)
    thread.start()
    wait_for(lambda: processes._children)
    processes.stop()
    thread.join()
    ask()
    assert died == ["the run was stopped"] * 2
    processes.begin()
    assert call("builtins:abs", -1, seconds=SECONDS) == 1


@pytest.mark.skipif(not processes.can_fork(), reason="nothing is forked on this system")
def test_nothing_outlives_the_process_that_started_it(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        "from analysis.processes import begin, call\n"
        "begin()\nprint(call('os:getppid', seconds=60), call('tempfile:gettempdir', seconds=60))\n"
    )
    running = start(str(program))
    said, _ = running.communicate(timeout=SECONDS)
    server, folder = said.split()
    assert not alive(int(server))
    assert not Path(folder).exists()


PROGRAM = """
import sys
from analysis.processes import call

print("asked", flush=True)
print(call("test_processes:tell_and_hang", sys.argv[1], seconds=60))
"""


def tell_and_hang(told: str) -> None:
    import tempfile

    Path(told).write_text(f"{os.getpid()} {tempfile.gettempdir()}")
    time.sleep(SECONDS)


def start(program: str, *arguments: str, cwd: Path | None = None) -> subprocess.Popen[str]:
    path = os.pathsep.join(filter(None, [str(Path(__file__).parent), os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(
        [sys.executable, program, *arguments],
        text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=cwd,
        env=os.environ | {"PYTHONPATH": path},
    )  # fmt: skip


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others may not tell of it")
def test_a_process_that_hangs_ends_with_whoever_started_it_however_that_went(either_way, tmp_path):
    program, told = tmp_path / "program.py", tmp_path / "told"
    program.write_text(PROGRAM)
    running = start(str(program), str(told))
    wait_for(lambda: told.is_file() and told.read_text())
    pid, folder = told.read_text().split()
    assert alive(int(pid))
    running.kill()
    said, _ = running.communicate(timeout=SECONDS)
    wait_for(lambda: not alive(int(pid)))
    assert not Path(folder).exists()
    assert said == "asked\n"  # the program was not run anew in the process


def test_a_process_takes_no_module_from_the_working_folder(either_way, tmp_path):
    (tmp_path / "socket.py").write_text("raise SystemExit('taken from the working folder')\n")
    program = tmp_path / "programs" / "program.py"
    program.parent.mkdir()
    program.write_text(
        "from analysis.processes import call\nprint(call('builtins:abs', -1, seconds=60))\n"
    )
    said, _ = start(str(program), cwd=tmp_path).communicate(timeout=SECONDS)
    assert said == "1\n"


def is_imported(name: str) -> bool:
    return name in sys.modules


def test_what_is_wanted_later_is_imported_once_for_all_that_come(monkeypatch):
    """A site gathers first and makes reports then: each report imported all that it needed."""
    if not processes.can_fork():
        pytest.skip("nothing is forked on this system")
    script = f"""
        import sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from analysis import processes
        def asked(name):
            return processes.call("{HERE}:is_imported", name, seconds={SECONDS})
        processes.preloaded.append("{HERE}")
        processes.begin()
        assert not asked("this")
        processes.preloaded.append("this")
        processes.begin()
        assert asked("this")
    """
    env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    subprocess.run([sys.executable, "-c", dedent(script)], check=True, env=env, timeout=SECONDS)


def test_a_daemon_may_call_too(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        dedent(
            """
            import multiprocessing
            from analysis.processes import call

            def ask():
                print(multiprocessing.current_process().daemon)
                print(call("builtins:abs", -1, seconds=60))

            if __name__ == "__main__":
                process = multiprocessing.get_context("spawn").Process(target=ask, daemon=True)
                process.start()
                process.join()
            """
        )
    )
    said, _ = start(str(program)).communicate(timeout=SECONDS)
    assert said == "True\n1\n"
