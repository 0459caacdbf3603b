"""SIGKILL at any moment: what is there is whole, and the next attempt succeeds (runtime contract 4.3)."""

from __future__ import annotations

import itertools
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults import runs
from tests.runtime.process import environment

#: Loaded by the interpreter at its start: the process kills itself before the change of the file system with a number.
SUICIDE = """
import os
import signal
import sys

left = int(os.environ["KILL_BEFORE"])
CHANGES = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.utime")


def count(event, arguments):
    global left
    if event in CHANGES or event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


sys.addaudithook(count)
"""
Command = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all run; a run or two have left bytecode behind, as in an image."""
    place = tmp_path_factory.mktemp("kills")
    runs.furnish(place)
    runs.pack(place)
    place.joinpath("suicide").mkdir()
    place.joinpath("suicide", "sitecustomize.py").write_text(SUICIDE, "utf-8")
    return place


def finish(folder: Path, command: list[str]) -> float:
    """Run a command to its end; the seconds that it took."""
    start = time.monotonic()
    assert runs.begin(folder, command).wait() == 0
    return time.monotonic() - start


def kill_after(seconds: float, process: subprocess.Popen[bytes]) -> int:
    """Kill a process that has just been started; its status."""
    time.sleep(seconds)
    process.kill()
    return process.wait()


def kill_at_random(
    folder: Path, name: str, count: int, command: Command, check: Callable[[str, int], None]
) -> list[int]:
    """Kill that many runs, each at another moment; `check` looks at what each has left. The statuses."""
    usual = min(finish(folder, command(f"{name}-usual-{number}")) for number in range(3))
    chance = random.Random(name)
    moments = [chance.uniform(0, 1.4 * usual) for _ in range(count)]

    def one(number: int) -> int:
        run = f"{name}-{number}"
        status = kill_after(moments[number], runs.begin(folder, command(run)))
        assert status in (0, -signal.SIGKILL)
        check(run, status)
        return status

    with ThreadPoolExecutor(2) as pool:
        statuses = list(pool.map(one, range(count)))
    assert statuses.count(-signal.SIGKILL) > count // 4, "too few runs were killed before their end"
    return statuses


def retried(folder: Path, run: str, status: int, command: Command, wanted: list[object]) -> None:
    """All or nothing of a run that was killed, and all after another attempt."""
    found = runs.outputs(folder, run)
    assert found in (None, wanted)
    assert found is not None or status != 0
    finish(folder, command(run))
    assert runs.outputs(folder, run) == wanted


def test_at_200_moments_of_a_run_with_outputs(folder: Path) -> None:
    wanted = runs.expected(3)
    kill_at_random(
        folder, "execute", 200, runs.execute, lambda run, status: retried(folder, run, status, runs.execute, wanted)
    )


def test_at_60_moments_of_an_element_of_a_map_task(folder: Path) -> None:
    wanted: list[object] = [runs.five_thousand(3)]
    kill_at_random(
        folder, "map", 60, runs.map_execute, lambda run, status: retried(folder, run, status, runs.map_execute, wanted)
    )


def test_at_60_moments_of_a_start_with_a_bundle(folder: Path) -> None:
    def command(run: str) -> list[str]:
        folder.joinpath(f"code-{run}").mkdir(exist_ok=True)
        return runs.fast_execute(run, f"code-{run}")

    def check(run: str, status: int) -> None:
        runs.unpacked_whole(folder / f"code-{run}")
        retried(folder, run, status, command, [3 + sum(range(len(runs.MODULES)))])
        runs.unpacked_whole(folder / f"code-{run}")

    kill_at_random(folder, "fast", 60, command, check)


def kill_before_every_change(folder: Path, command: list[str]) -> Iterator[int]:
    """Kill a run before its first change of the file system, the next before the second, until one reaches its end."""
    path = environment().get("PYTHONPATH")
    search_path = str(folder / "suicide") + (f":{path}" if path else "")
    for number in itertools.count(1):
        process = runs.begin(folder, command, {"KILL_BEFORE": str(number), "PYTHONPATH": search_path})
        status = process.wait()
        assert status in (0, -signal.SIGKILL)
        yield status
        if status == 0:
            return


def test_before_every_change_of_the_file_system(folder: Path) -> None:
    commands = kill_before_every_change(folder, runs.execute("new", "all_kinds"))
    found = [runs.outputs(folder, "new") for _ in commands]
    assert found.count(None) > 15
    assert stages(found) == [None, runs.expected(3, files=3)]


def test_outputs_of_an_earlier_attempt_are_replaced_in_one_step(folder: Path) -> None:
    finish(folder, runs.execute("again"))
    commands = kill_before_every_change(folder, runs.execute("again", value=4))
    found = [runs.outputs(folder, "again") for _ in commands]
    assert stages(found) == [runs.expected(3), runs.expected(4)]


def stages(found: list[list[object] | None]) -> list[list[object] | None]:
    """What was found, one after the other, each once for as long as it stayed."""
    return [key for key, _ in itertools.groupby(found)]


def test_before_every_change_that_unpacks_a_bundle(folder: Path) -> None:
    code = folder / "code"
    code.mkdir()
    found = []
    for _ in kill_before_every_change(folder, runs.fast_execute("bundle", "code")):
        runs.unpacked_whole(code)
        found.append(runs.outputs(folder, "bundle"))
    assert found.count(None) > 3 * len(runs.MODULES)
    assert stages(found) == [None, [3 + sum(range(len(runs.MODULES)))]]
