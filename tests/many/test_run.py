"""Runs of many elements by the command: how they end, what they leave for all elements, and how they go on."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flyteidl.core import literals_pb2

from tests.literals import collection, integer
from tests.many.command import arguments, prepare, run_many
from tests.runtime.peer import literal_map
from tests.runtime.process import PROGRAM, environment

SOURCE = """
import os
import time

from wingbeat import task
from wingbeat.exceptions import IgnoreOutputs


@task
def double(a: int) -> int:
    if a == 5 and not os.path.exists("mended"):
        raise ValueError("five is out of order")
    return 2 * a


@task
def ignores(a: int) -> int:
    if a % 2:
        raise IgnoreOutputs("odd")
    return a


@task
def fails(a: int) -> int:
    if a > 2:
        time.sleep(0.5)
    raise ValueError(a)


@task
def nothing(a: int) -> None:
    pass


@task
def waits(a: int) -> int:
    open(f"begun-{a}", "w").close()
    while not os.path.exists(f"go-{a}"):
        time.sleep(0.01)
    return a
"""
COUNT = 10
NUMBERS = literal_map(a=collection(*map(integer, range(COUNT))))
NONE = literals_pb2.Literal(scalar=literals_pb2.Scalar(none_type=literals_pb2.Void()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    prepare(tmp_path, SOURCE, NUMBERS)
    return tmp_path


def summary(folder: Path) -> dict[str, object]:
    return json.loads(folder.joinpath("out", "summary.json").read_text("utf-8"))


def collected(folder: Path, name: str = "outputs.pb") -> literals_pb2.Literal:
    data = folder.joinpath("out", name).read_bytes()
    return literals_pb2.LiteralMap.FromString(data).literals["o0"]


def files(folder: Path) -> dict[str, bytes]:
    root = folder / "out"
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_all_is_well(folder: Path) -> None:
    done = run_many(folder, "double", "6:", "--collect", "all.pb")
    assert done.status == 0, done.stderr
    found = summary(folder)
    assert (found["outcome"], found["exit_status"], found["collected"], found["task"], found["elements"]) == (
        *("succeeded", 0, "all.pb", "user_code.double"),
        "6:10",
    )
    assert found["counts"] == {"total": 4, "succeeded": 4, "failed": 0, "ignored": 0, "skipped": 0, "not_run": 0}
    assert list(found["phases"]) == ["decode", "execute", "encode", "write"]
    assert collected(folder, "all.pb") == collection(*(integer(2 * number) for number in range(6, COUNT)))
    assert "[wingbeat] 4 of 4 elements done" in done.stderr


def test_one_failure_fails_the_run_and_nothing_else(folder: Path) -> None:
    done = run_many(folder, "double", ":", "--collect", "outputs.pb")
    assert done.status == 1
    found = summary(folder)
    assert (found["outcome"], found["counts"]["succeeded"], found["counts"]["failed"]) == ("failed", 9, 1)
    [failure] = found["failures"]
    assert (failure["index"], failure["kind"], failure["code"]) == (5, "USER", "USER:RuntimeError")
    assert failure["reason"] == "ValueError: five is out of order"
    assert found["collected"] is None
    expected = {f"{index}/outputs.pb" for index in range(COUNT) if index != 5} | {"5/error.pb", "summary.json"}
    assert set(files(folder)) == expected


def test_failures_that_are_allowed_are_none_in_the_list(folder: Path) -> None:
    done = run_many(folder, "double", ":", "--collect", "outputs.pb", "--min-success-ratio", "0.9")
    assert done.status == 0, done.stderr
    assert summary(folder)["outcome"] == "succeeded"
    expected = [NONE if number == 5 else integer(2 * number) for number in range(COUNT)]
    assert collected(folder) == collection(*expected)


def test_ignored_elements_are_none_in_the_list_and_no_failures(folder: Path) -> None:
    done = run_many(folder, "ignores", ":4", "--collect", "outputs.pb", "--max-failures", "0")
    assert done.status == 0, done.stderr
    assert summary(folder)["counts"]["ignored"] == 2
    assert collected(folder) == collection(integer(0), NONE, integer(2), NONE)


def test_a_task_without_outputs_is_collected_as_an_empty_map(folder: Path) -> None:
    assert run_many(folder, "nothing", ":", "--collect", "outputs.pb").status == 0
    assert files(folder)["outputs.pb"] == b""


def test_after_one_failure_too_many_nothing_is_begun(folder: Path) -> None:
    done = run_many(folder, "fails", ":", "--max-failures", "2")
    assert done.status == 1
    counts = summary(folder)["counts"]
    assert 3 <= counts["failed"] < COUNT
    assert counts["not_run"] == COUNT - counts["failed"]
    assert len(files(folder)) == counts["failed"] + 1


REFUSED = {
    "10": "there is no element 10; there are 10, from 0 to 9",
    "5:20": "there is no element 19",
    "3:3": "the range '3:3' is empty",
    "": "is no element",
    "x": "is no element",
}


@pytest.mark.parametrize("elements", REFUSED)
def test_elements_that_there_are_not_are_said_in_one_line(elements: str, folder: Path) -> None:
    done = run_many(folder, "double", elements)
    assert (done.status, folder.joinpath("out").exists()) == (1, False)
    [line] = done.stderr.splitlines()
    assert REFUSED[elements] in line


INPUTS = {
    "lists of different lengths": (literal_map(a=collection(integer(1)), b=collection()), "", "a has 1, b has 0"),
    "no list": (literal_map(a=integer(1), b=integer(2)), "a,b", "has no list of elements among its inputs (a, b)"),
}


@pytest.mark.parametrize("name", INPUTS)
def test_inputs_without_elements_are_said_in_one_line(name: str, tmp_path: Path) -> None:
    inputs, bound, text = INPUTS[name]
    prepare(tmp_path, "from wingbeat import task\n@task\ndef add(a: int, b: int) -> int:\n    return a + b\n", inputs)
    done = run_many(tmp_path, "add", ":", bound=bound)
    assert (done.status, tmp_path.joinpath("out").exists()) == (1, False)
    [line] = done.stderr.splitlines()
    assert text in line


def test_a_prefix_that_is_taken_is_left_alone(folder: Path) -> None:
    assert run_many(folder, "double", ":5").status == 0
    before = files(folder)
    done = run_many(folder, "double", "3:7")
    assert done.status == 1
    [line] = done.stderr.splitlines()
    assert "of another run: give a --output-prefix of its own, or --resume" in line
    assert files(folder) == before


def test_what_is_whole_is_not_run_again(folder: Path) -> None:
    assert run_many(folder, "double", ":", "--collect", "outputs.pb").status == 1
    folder.joinpath("out", "7", "outputs.pb").write_bytes(b"\x0a\x10half")
    before = folder.joinpath("out", "3", "outputs.pb").stat().st_mtime_ns
    folder.joinpath("mended").touch()
    done = run_many(folder, "double", ":", "--collect", "outputs.pb", "--resume")
    assert done.status == 0, done.stderr
    counts = summary(folder)["counts"]
    assert (counts["skipped"], counts["succeeded"], counts["failed"]) == (8, 2, 0)
    assert folder.joinpath("out", "3", "outputs.pb").stat().st_mtime_ns == before
    assert collected(folder) == collection(*(integer(2 * number) for number in range(COUNT)))
    assert "5/error.pb" not in files(folder)


def test_there_is_nothing_left_to_resume(folder: Path) -> None:
    assert run_many(folder, "double", ":5").status == 0
    done = run_many(folder, "double", ":5", "--resume", "--collect", "outputs.pb")
    assert done.status == 0, done.stderr
    assert summary(folder)["counts"]["skipped"] == 5
    assert collected(folder) == collection(*(integer(2 * number) for number in range(5)))


@contextlib.contextmanager
def begun(folder: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    """A run whose elements wait for a file each."""
    command = [PROGRAM.with_name("wingbeat-map-execute"), *arguments("waits", "--elements", ":3", *more)]
    with subprocess.Popen(command, cwd=folder, env=environment(), stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(path: Path) -> None:
    for _ in range(1000):
        if path.exists():
            return
        time.sleep(0.01)
    raise TimeoutError(path)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_runs_when_a_signal_comes_may_end(number: int, folder: Path) -> None:
    folder.joinpath("go-0").touch()
    with begun(folder, "--collect", "outputs.pb") as process:
        wait_for(folder / "begun-1")
        process.send_signal(number)
        time.sleep(0.1)
        folder.joinpath("go-1").touch()
        _, stderr = process.communicate(timeout=20)
    assert process.returncode == 128 + number, stderr
    found = summary(folder)
    assert (found["outcome"], found["signal"], found["exit_status"]) == ("terminated", number, 128 + number)
    assert found["counts"] == {"total": 3, "succeeded": 2, "failed": 0, "ignored": 0, "skipped": 0, "not_run": 1}
    assert set(files(folder)) == {"0/outputs.pb", "1/outputs.pb", "summary.json"}
    folder.joinpath("go-2").touch()
    with begun(folder, "--collect", "outputs.pb", "--resume") as process:
        process.communicate(timeout=20)
    assert process.returncode == 0
    assert collected(folder) == collection(*map(integer, range(3)))


def test_what_does_not_end_in_time_is_abandoned(folder: Path) -> None:
    folder.joinpath("go-0").touch()
    with begun(folder, "--grace", "0.2") as process:
        wait_for(folder / "begun-1")
        process.terminate()
        _, stderr = process.communicate(timeout=20)
    assert process.returncode == 128 + signal.SIGTERM, stderr
    assert summary(folder)["counts"] == {
        "total": 3,
        "succeeded": 1,
        "failed": 0,
        "ignored": 0,
        "skipped": 0,
        "not_run": 2,
    }
    assert set(files(folder)) == {"0/outputs.pb", "summary.json"}


def test_a_list_that_cannot_be_written_fails_the_run_and_says_so(folder: Path) -> None:
    os.makedirs(folder / "out" / "all.pb" / "in the way")
    done = run_many(folder, "nothing", ":", "--collect", "all.pb", "--resume")
    assert done.status == 1
    found = summary(folder)
    assert (found["outcome"], found["counts"]["succeeded"], found["collected"]) == ("failed", COUNT, None)
    [problem] = found["problems"]
    assert "cannot write" in problem
    assert problem in done.stderr
