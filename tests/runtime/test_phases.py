"""`WINGBEAT_PHASES`: one line of JSON that says where a run's time and memory went."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.literals import collection, integer
from tests.many.command import prepare, run_many
from tests.runtime.peer import literal_map
from tests.runtime.process import Result, environment, run
from wingbeat import __version__

SOURCE = """
import sys, time
from wingbeat import task
from wingbeat.exceptions import IgnoreOutputs


@task
def sleeps() -> int:
    time.sleep(0.05)
    return 1


@task
def works() -> int:
    end = time.process_time() + 0.05
    while time.process_time() < end:
        pass
    return 1


@task
def fills_memory() -> int:
    return len(bytes(range(256)) * 200_000)


@task
def fails() -> int:
    raise LookupError("no")


@task
def wrong() -> int:
    return "x"


@task
def ignores() -> int:
    raise IgnoreOutputs


@task
def exits() -> int:
    sys.exit(3)


@task
def is_interrupted() -> int:
    raise KeyboardInterrupt
"""
ELEMENTS = """
from wingbeat import task


@task
def whole(a: int) -> int:
    return a


@task
def odd(a: int) -> int:
    assert a % 2
    return a
"""
WAY = ["start", "import", "fetch", "prepare", "decode", "execute", "finish", "encode", "upload"]


def measured(folder: Path, name: str, source: str = SOURCE) -> tuple[Result, dict[str, Any]]:
    result = run(folder, source, name, env={"WINGBEAT_PHASES": "phases.jsonl"})
    lines = folder.joinpath("phases.jsonl").read_text("utf-8").splitlines()
    return result, json.loads(lines[-1])


def phase(report: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = (one for one in report["phases"] if one["name"] == name)
    return found


def test_the_fields(tmp_path: Path) -> None:
    result, report = measured(tmp_path, "sleeps")
    assert result.status == 0
    assert list(report) == [
        *("task", "outcome", "exit_status", "pid", "started", "total", "cpu", "peak", "phases", "version")
    ]
    assert (report["task"], report["outcome"], report["exit_status"]) == ("user_code.sleeps", "succeeded", 0)
    assert report["version"] == __version__
    assert [one["name"] for one in report["phases"]] == WAY
    for one in report["phases"]:
        assert list(one) == ["name", "start", "wall", "cpu", "rss", "peak"]


def test_the_phases_add_up(tmp_path: Path) -> None:
    report = measured(tmp_path, "sleeps")[1]
    start = 0.0
    for one in report["phases"]:
        assert one["start"] == pytest.approx(start, abs=1e-5)
        assert one["wall"] >= 0
        start += one["wall"]
    assert report["total"] == pytest.approx(start, abs=1e-5)
    assert report["cpu"] == pytest.approx(sum(one["cpu"] for one in report["phases"]), abs=1e-5)


def test_the_start_of_the_interpreter_counts(tmp_path: Path) -> None:
    report = measured(tmp_path, "sleeps")[1]
    assert phase(report, "start")["cpu"] > 0.001
    assert phase(report, "start")["wall"] >= 0.9 * phase(report, "start")["cpu"]


def test_waiting_and_working_differ(tmp_path: Path) -> None:
    waiting = phase(measured(tmp_path, "sleeps")[1], "execute")
    assert waiting["wall"] >= 0.05 > waiting["cpu"]
    working = phase(measured(tmp_path, "works")[1], "execute")
    assert working["wall"] >= working["cpu"] >= 0.05


def test_the_peak_outlives_the_memory(tmp_path: Path) -> None:
    report = measured(tmp_path, "fills_memory")[1]
    before, during = phase(report, "decode"), phase(report, "execute")
    assert during["peak"] - before["peak"] > 50_000_000
    assert during["rss"] - before["rss"] < 25_000_000
    assert report["peak"] >= during["peak"]


@pytest.mark.parametrize(
    ("name", "outcome", "error", "status", "last"),
    [
        ("fails", "failed", "LookupError", 0, ["execute", "report"]),
        ("wrong", "failed", "TypeTransformerFailedError", 0, ["encode", "report"]),
        ("absent", "failed", "AttributeError", 0, ["import", "report"]),
        ("ignores", "ignored", None, 0, ["execute", "report"]),
        ("exits", "exited", None, 3, ["decode", "execute"]),
        ("is_interrupted", "interrupted", None, 1, ["decode", "execute"]),
    ],
)
def test_other_ends(tmp_path: Path, name: str, outcome: str, error: str | None, status: int, last: list[str]) -> None:
    result, report = measured(tmp_path, name)
    assert (result.status, report["exit_status"]) == (status, status)
    assert (report["outcome"], report.get("error")) == (outcome, error)
    assert [one["name"] for one in report["phases"]][-2:] == last
    assert report["task"] == (None if name == "absent" else f"user_code.{name}")


def test_the_exit_status_is_that_of_the_process(tmp_path: Path) -> None:
    result = run(tmp_path, SOURCE, "fails", env={"WINGBEAT_PHASES": "phases.jsonl", "FLYTE_FAIL_ON_ERROR": "1"})
    report = json.loads(tmp_path.joinpath("phases.jsonl").read_text("utf-8"))
    assert result.status == report["exit_status"] == 1


def test_a_run_of_many_elements_has_a_line_of_its_own(tmp_path: Path) -> None:
    prepare(tmp_path, ELEMENTS, literal_map(a=collection(*(integer(number) for number in range(9)))))
    env = {"WINGBEAT_PHASES": "phases.jsonl"}
    many = ["start", "import", "fetch", "decode", "prepare", "elements", "summary"]
    ways: dict[str, tuple[tuple[str, ...], str, int, str | None, list[str]]] = {
        "whole": (("--jobs", "2"), "succeeded", 9, None, many),
        "odd": ((), "failed", 9, None, many),
        "absent": ((), "failed", 0, "AttributeError", ["start", "import"]),
    }
    for task, (more, outcome, elements, error, names) in ways.items():
        result = run_many(tmp_path, task, ":", *more, env=env)
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        report = json.loads(tmp_path.joinpath("phases.jsonl").read_text("utf-8").splitlines()[-1])
        assert (report["outcome"], report.get("elements", 0), report.get("error")) == (outcome, elements, error)
        assert report["exit_status"] == result.status == (outcome == "failed")
        assert [one["name"] for one in report["phases"]] == names
        assert report["task"] == (None if task == "absent" else f"user_code.{task}")


def test_a_refused_run_of_many_elements_has_failed(tmp_path: Path) -> None:
    prepare(tmp_path, ELEMENTS, literal_map(a=collection(integer(1))))
    for elements, more in (("5:", {}), (":", {"WINGBEAT_FLYTEKIT": "flytekit"})):
        result = run_many(tmp_path, "whole", elements, env={"WINGBEAT_PHASES": "phases.jsonl", **more})
        report = json.loads(tmp_path.joinpath("phases.jsonl").read_text("utf-8").splitlines()[-1])
        assert (result.status, report["exit_status"], report["outcome"]) == (1, 1, "failed")


def test_on_stderr(tmp_path: Path) -> None:
    result = run(tmp_path, SOURCE, "sleeps", env={"WINGBEAT_PHASES": "stderr"})
    assert json.loads(result.stderr)["task"] == "user_code.sleeps"


def test_runs_that_share_a_file_each_add_a_line(tmp_path: Path) -> None:
    shared = tmp_path / "phases.jsonl"
    program = (
        "import sys; from wingbeat.runtime.phase_report import write\n"
        "for _ in range(50): write(sys.argv[1], sys.argv[2] * 5000)"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", program, str(shared), letter], env=environment()) for letter in "abcd"
    ]
    assert [writer.wait() for writer in writers] == [0] * 4
    lines = shared.read_text("utf-8").splitlines()
    assert sorted(lines) == [letter * 5000 for letter in "abcd" for _ in range(50)]


@pytest.mark.parametrize("target", ["no/such/folder/phases.jsonl", "."])
def test_a_place_that_cannot_be_written_is_a_warning(tmp_path: Path, target: str) -> None:
    result = run(tmp_path, SOURCE, "sleeps", env={"WINGBEAT_PHASES": target})
    assert result.status == 0
    assert result.files == {"outputs.pb"}
    assert [line for line in result.stderr.splitlines() if f"WINGBEAT_PHASES={target}: the phases of this run" in line]


@pytest.mark.parametrize("value", [{}, {"WINGBEAT_PHASES": ""}], ids=["absent", "empty"])
def test_nothing_is_said_unasked(tmp_path: Path, value: dict[str, str]) -> None:
    result = run(tmp_path, SOURCE, "sleeps", env=value)
    assert result.stderr == ""
    assert {path.name for path in tmp_path.iterdir()} <= {"__pycache__", "inputs.pb", "out", "user_code.py"}
