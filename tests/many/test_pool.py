"""Workers die, hang, and are replaced; what that costs is one element."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.literals import collection, integer
from tests.many.command import arguments, error, left, prepare, run_many
from tests.runtime.peer import literal_map
from tests.runtime.process import PROGRAM, Result, environment

COUNT = 12
USER, SYSTEM, RECOVERABLE = 1, 2, 1

SOURCE = """
import ctypes, os, signal, subprocess, sys, threading, time
from wingbeat import current_context, task

if os.environ.get("THREADS"):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()


def crash(a: int) -> None:
    if a == 1:
        os._exit(3)
    if a == 2:
        ctypes.string_at(0)
    if a == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    if a == 4:
        sys.exit("no more")
    if a == 5:
        raise KeyboardInterrupt
    if a == 6:
        os.abort()
    if a == 7:
        os._exit(0)


@task
def crashes(a: int) -> int:
    crash(a)
    return a


@task
async def crashes_beside(a: int) -> int:
    import asyncio

    await asyncio.sleep(0.01)
    crash(a)
    await asyncio.sleep(0.01)
    return a


@task
def forks(a: int) -> int:
    if os.fork() == 0:
        if a % 2:
            raise ValueError("in the child")
        return -1
    os.wait()
    return a


@task
def closes(a: int) -> int:
    if a == 2:
        os.closerange(3, 100)
    if a == 4:
        os.closerange(3, 100)
        raise ValueError("closed")
    return a


@task
def hangs(a: int) -> int:
    if a == 2:
        child = subprocess.Popen(["sleep", "60"])
        with open("child", "w") as file:
            file.write(str(child.pid))
        child.wait()
    if a == 4:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(60)
    return a


@task
async def waits(a: int) -> int:
    import asyncio

    if a == 2:
        await asyncio.sleep(60)
    if a == 3:
        time.sleep(60)
    await asyncio.sleep(0.01)
    return a


@task
def process(a: int) -> int:
    return os.getpid()


@task
def slow_first(a: int) -> int:
    if a == 0:
        while not os.path.exists("out/11/outputs.pb"):
            time.sleep(0.01)
    return a


@task
def swells(a: int) -> int:
    import resource

    if a in (1, 2):
        now = int(open("/proc/self/statm").read().split()[0]) * 4096
        resource.setrlimit(resource.RLIMIT_AS, (now + 50_000_000, resource.RLIM_INFINITY))
        kept = []
        while True:
            kept.append(bytes(1_000_000) if a == 1 else object())
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return a


@task
def grows(a: int) -> int:
    threading.Thread(target=time.sleep, args=(0.05,)).start()
    sys.stdout.write(f"element {a}\\n")
    return a
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    prepare(tmp_path, SOURCE, literal_map(a=collection(*(integer(number) for number in range(COUNT)))))
    return tmp_path


def whole(folder: Path) -> dict[int, int]:
    """The outputs that are there."""
    from wingbeat import InterfaceCodec

    codec = InterfaceCodec({"o0": int})
    files = folder.joinpath("out").glob("*/outputs.pb")
    return {int(path.parent.name): codec.decode(path.read_bytes())["o0"] for path in files}


def counts(folder: Path) -> dict[str, int]:
    found: dict[str, int] = json.loads(folder.joinpath("out", "summary.json").read_text())["counts"]
    return {name: count for name, count in found.items() if count}


def is_gone(pid: int) -> bool:
    """Whether a process has ended; that nobody has asked for its end yet does not count."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


CRASHES = {
    1: (USER, "USER:RuntimeError", "The task ended its process with exit status 3"),
    2: (SYSTEM, "SYSTEM", "The process of the task was killed by SIGSEGV (Segmentation fault). It had "),
    3: (SYSTEM, "SYSTEM", "killed by SIGKILL (Killed). Unless somebody did that by hand, memory was short. It had "),
    4: (USER, "USER:RuntimeError", "SystemExit: no more"),
    5: (USER, "USER:RuntimeError", "KeyboardInterrupt"),
    6: (SYSTEM, "SYSTEM", "killed by SIGABRT (Aborted)"),
    7: (USER, "USER:RuntimeError", "The task ended its process with exit status 0"),
}
WAYS = {
    "one worker": (),
    "three workers": ("--jobs", "3"),
    "one for each": ("--isolate", "--jobs", "2"),
}


def check_crashes(folder: Path, done: Result, name: str) -> None:
    assert done.status == 1
    assert whole(folder) == {index: index for index in range(COUNT) if index not in CRASHES}, done.stderr
    for index, (origin, code, text) in CRASHES.items():
        found = error(folder, index)
        assert (found.origin, found.code, found.kind) == (origin, code, RECOVERABLE), index
        assert text in found.message
        assert f"Element {index} of the map task" in found.message
    for index in (2, 6):
        trace = error(folder, index).message.partition("\nMessage:")[0].split("\n")
        frames = [line.rpartition(" in ")[2] for line in trace if line.startswith("      File ")]
        assert frames == [*(["string_at"] if index == 2 else []), "crash", name]
    assert counts(folder) == {"total": COUNT, "succeeded": COUNT - len(CRASHES), "failed": len(CRASHES)}


@pytest.mark.parametrize("way", WAYS)
def test_a_crash_costs_its_element(way: str, folder: Path) -> None:
    check_crashes(folder, run_many(folder, "crashes", ":", *WAYS[way]), "crashes")


def test_a_crash_beside_others_costs_its_element(folder: Path) -> None:
    check_crashes(folder, run_many(folder, "crashes_beside", ":", "--concurrency", "4"), "crashes_beside")


def test_workers_that_cannot_be_forked_load_the_task_themselves(folder: Path) -> None:
    env = {"THREADS": "1", "FLYTE_SDK_LOGGING_LEVEL": "20"}
    done = run_many(folder, "crashes", ":", "--jobs", "2", "--collect", "all.pb", "--max-failures", "7", env=env)
    assert "Workers begin as new processes and are not forked: 1 other threads are running" in done.stderr
    assert done.status == 0, done.stderr
    assert whole(folder) == {index: index for index in range(COUNT) if index not in CRASHES}
    assert "out/all.pb" in left(folder)


def test_a_child_that_comes_back_from_the_task_says_nothing(folder: Path) -> None:
    assert run_many(folder, "forks", ":").status == 0
    assert whole(folder) == {index: index for index in range(COUNT)}


def test_files_of_the_worker_are_closed_by_a_task(folder: Path) -> None:
    done = run_many(folder, "closes", ":")
    assert done.status == 1
    assert whole(folder) == {index: index for index in range(COUNT) if index != 4}
    assert counts(folder)["failed"] == 1
    assert "has the task closed files that are not its own?" in error(folder, 4).message


def test_an_element_that_takes_too_long_is_ended_with_what_it_has_started(folder: Path) -> None:
    done = run_many(folder, "hangs", ":", "--element-timeout", "0.3", "--jobs", "2")
    assert done.status == 1
    assert whole(folder) == {index: index for index in range(COUNT) if index not in (2, 4)}
    for index in (2, 4):
        found = error(folder, index)
        assert (found.origin, found.code, found.kind) == (USER, "TimeExpired", RECOVERABLE)
        assert "The element took longer than --element-timeout allows, 0.3 s" in found.message
    assert ", line 68 in hangs" in error(folder, 2).message.replace(str(folder), "")
    assert is_gone(int(folder.joinpath("child").read_text()))


def test_a_coroutine_that_takes_too_long_is_cancelled_and_a_busy_one_ended(folder: Path) -> None:
    done = run_many(folder, "waits", ":", "--element-timeout", "0.3", "--concurrency", "3")
    assert done.status == 1
    assert whole(folder) == {index: index for index in range(COUNT) if index not in (2, 3)}
    for index in (2, 3):
        assert error(folder, index).code == "TimeExpired"


def test_elements_share_a_worker_unless_they_are_isolated(folder: Path) -> None:
    assert run_many(folder, "process", ":").status == 0
    assert len(set(whole(folder).values())) == 1
    folder.joinpath("out").rename(folder / "before")
    assert run_many(folder, "process", ":", "--isolate").status == 0
    assert len(set(whole(folder).values())) == COUNT


def test_a_slow_element_holds_nobody_up(folder: Path) -> None:
    assert run_many(folder, "slow_first", ":", "--jobs", "2").status == 0
    assert len(whole(folder)) == COUNT


def test_threads_of_elements_end_and_what_they_print_is_kept(folder: Path) -> None:
    done = run_many(folder, "grows", ":", env={"PYTHONUNBUFFERED": ""})
    assert done.status == 0
    assert sorted(done.stdout.split("\n")[:-1]) == sorted(f"element {index}" for index in range(COUNT))


def test_nothing_is_left_in_the_folder_for_temporary_files(folder: Path) -> None:
    env = {"FLYTE_SDK_LOCAL_SANDBOX": str(folder / "box")}
    run_many(folder, "crashes", ":", "--jobs", "2", env=env)
    assert list(folder.joinpath("box").iterdir()) == []


def test_an_element_that_fills_its_memory_is_a_failure_of_its_own(folder: Path) -> None:
    done = run_many(folder, "swells", ":6")
    assert done.status == 1
    assert whole(folder) == {index: index for index in range(6) if index not in (1, 2)}
    for index in (1, 2):
        assert error(folder, index).message.endswith("Message:\n\n    MemoryError: ")


def test_workers_end_when_nobody_waits_for_them(folder: Path) -> None:
    command = [PROGRAM.with_name("wingbeat-map-execute"), *arguments("slow_first", "--elements", "0,1", "--jobs", "2")]
    with subprocess.Popen(command, cwd=folder, env=environment(), stderr=subprocess.DEVNULL) as run:
        wait_until(lambda: folder.joinpath("out/1/outputs.pb").exists())
        children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text("utf-8").split()
        run.kill()
    assert children
    folder.joinpath("out/11").mkdir()
    folder.joinpath("out/11/outputs.pb").touch()  # what element 0 waits for
    wait_until(lambda: all(is_gone(int(pid)) for pid in children))


def wait_until(happened: Callable[[], bool]) -> None:
    for _ in range(3000):
        if happened():
            return
        time.sleep(0.01)
    raise AssertionError("it has not happened")


def test_an_element_is_killed_from_outside(folder: Path) -> None:
    command = [PROGRAM.with_name("wingbeat-map-execute"), *arguments("hangs", "--elements", "1:4", "--jobs", "3")]
    with subprocess.Popen(command, cwd=folder, env=environment(), stderr=subprocess.PIPE) as run:
        wait_until(lambda: folder.joinpath("child").exists() and bool(folder.joinpath("child").read_text()))
        child = int(folder.joinpath("child").read_text())
        status = Path(f"/proc/{child}/status").read_text("utf-8")
        worker = int(status.partition("PPid:")[2].split()[0])
        os.kill(worker, signal.SIGKILL)
        run.communicate(timeout=30)
    assert run.returncode == 1
    assert whole(folder) == {1: 1, 3: 3}
    assert "killed by SIGKILL" in error(folder, 2).message
