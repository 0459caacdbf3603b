"""Signals, and the processes that a task starts (runtime contract 1.6)."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.literals import integer
from tests.runtime.archives import bundle
from tests.runtime.peer import literal_map
from tests.runtime.process import PROGRAM, Result, collect, environment, io_arguments, run, task_arguments

SOURCE = """
import os
import signal
import sys
import time

from wingbeat import task


@task
def waits(a: int) -> int:
    print("up", flush=True)
    sys.stdin.readline()
    return a + 1


@task
def works(a: int) -> int:
    print("up", flush=True)
    return sum(range(10**11))  # in native code, where no handler of Python's runs


@task
def handles(a: int) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))
    print("up", flush=True)
    time.sleep(60)
    return a


def end_child():  # by SIGTERM; the result is its status
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, b"up")
        time.sleep(60)
        os._exit(0)
    os.read(reading, 2)
    os.kill(child, signal.SIGTERM)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@task
def forks(a: int) -> int:
    assert end_child() == -signal.SIGTERM
    return a


@task
def forks_with_a_handler(a: int) -> int:
    signal.signal(signal.SIGTERM, lambda *_: os._exit(7))
    assert end_child() == 7
    return a


def square(x: int) -> int:
    return x * x


@task
def spreads(a: int) -> list[int]:
    import multiprocessing

    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.map(square, [a, a + 1])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tmp_path.joinpath("user_code.py").write_text(SOURCE, "utf-8")
    tmp_path.joinpath("inputs.pb").write_bytes(literal_map(a=integer(3)))
    tmp_path.joinpath("fast1.tar.gz").write_bytes(bundle(user_code=SOURCE))
    return tmp_path


FAST = ["wingbeat-fast-execute", "--additional-distribution", "fast1.tar.gz", "--", "pyflyte-execute"]
COMMANDS = {"execute": ["wingbeat-execute"], "fast-execute": FAST}
#: A container's first process, which the kernel shields from signals without a handler.
FIRST = ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child"]


class Running:
    """A task that has begun."""

    def __init__(self, folder: Path, command: list[str], name: str) -> None:
        env = environment({"PATH": f"{PROGRAM.parent}:{os.environ['PATH']}"})
        self.folder = folder
        self.process = subprocess.Popen(
            [*command, *io_arguments(), *task_arguments("user_code", name)],
            cwd=folder,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "\n"
        assert self.process.stdout.readline() == "up\n"

    def end(self) -> Result:
        """Let it go on, and wait."""
        out, err = self.process.communicate("go\n", timeout=60)
        result = Result(self.process.returncode, out, err)
        collect(result, self.folder / "out")
        return result


@pytest.fixture(params=COMMANDS)
def command(request: pytest.FixtureRequest) -> list[str]:
    return COMMANDS[request.param]


@pytest.fixture
def first(folder: Path) -> Iterator[Running]:
    """The number of a task's first process, as it is called outside of its container."""
    running = Running(folder, [*FIRST, *FAST], "works")
    yield running
    running.process.kill()
    running.process.communicate()


def child(number: int) -> int:
    """The process that a process has started."""
    return int(Path(f"/proc/{number}/task/{number}/children").read_text("utf-8").split()[0])


def test_usr1_shows_the_threads_and_the_task_goes_on(command: list[str], folder: Path) -> None:
    running = Running(folder, command, "waits")
    running.process.send_signal(signal.SIGUSR1)
    result = running.end()
    assert (result.status, result.files) == (0, {"outputs.pb"})
    assert "(most recent call first)" in result.stderr
    assert re.search(r'user_code\.py", line \d+ in waits', result.stderr)


@pytest.mark.parametrize("name", ["waits", "works"])
def test_term_ends_the_task_at_once(name: str, command: list[str], folder: Path) -> None:
    running = Running(folder, command, name)
    running.process.terminate()
    assert running.process.wait(60) == -signal.SIGTERM
    result = running.end()
    assert (result.files, result.stdout) == (set(), "")
    # The engine shows the end of the log: where the task was.
    frames = result.stderr.rpartition("(most recent call first):\n")[2].splitlines()
    assert re.search(rf'user_code\.py", line \d+ in {name}$', frames[0]), result.stderr


def test_processes_of_the_task_end_without_a_word(folder: Path) -> None:
    """A pool ends its workers by SIGTERM."""
    result = run(folder, SOURCE, "forks", literal_map(a=integer(3)))
    assert (result.status, result.files, result.stderr) == (0, {"outputs.pb"}, "")


def test_a_handler_set_by_the_task_is_its_childrens_too(folder: Path) -> None:
    result = run(folder, SOURCE, "forks_with_a_handler", literal_map(a=integer(3)))
    assert (result.status, result.files, result.stderr) == (0, {"outputs.pb"}, "")


def test_int_ends_the_task(command: list[str], folder: Path) -> None:
    running = Running(folder, command, "waits")
    running.process.send_signal(signal.SIGINT)
    running.process.wait(60)
    result = running.end()
    assert (result.status, result.files, result.stderr) == (1, set(), "Aborted!\n")


def test_a_handler_of_the_tasks_is_called(command: list[str], folder: Path) -> None:
    running = Running(folder, command, "handles")
    running.process.terminate()
    assert running.end().status == 7


def test_the_first_process_ends_at_once(first: Running) -> None:
    os.kill(child(first.process.pid), signal.SIGTERM)
    assert first.process.wait(60) == 128 + signal.SIGTERM
    assert first.end().files == set()


def test_what_kills_a_task_under_the_first_process_can_be_told(first: Running) -> None:
    os.kill(child(child(first.process.pid)), signal.SIGKILL)
    assert first.process.wait(60) == 128 + signal.SIGKILL


def test_the_first_process_passes_on_and_exits_as_the_task(folder: Path) -> None:
    running = Running(folder, [*FIRST, "wingbeat-execute"], "handles")
    number = child(running.process.pid)
    os.kill(number, signal.SIGUSR1)
    os.kill(number, signal.SIGTERM)
    result = running.end()
    assert result.status == 7
    assert "in handles" in result.stderr


def test_processes_that_a_task_starts_do_not_run_it_again(folder: Path) -> None:
    """`multiprocessing` imports the script that the process was started with."""
    result = run(folder, SOURCE, "spreads", literal_map(a=integer(3)))
    assert (result.status, result.stdout) == (0, "\n"), result.stderr
    assert result.outputs is not None
    assert [one.scalar.primitive.integer for one in result.outputs.literals["o0"].collection.literals] == [9, 16]
