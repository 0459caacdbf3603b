"""Runs of many elements whose disk has no room: what has been written counts, and a second run does the rest."""

from __future__ import annotations

import json
import resource
from pathlib import Path

import pytest
from flyteidl.core import literals_pb2

from tests.faults.surroundings import Surroundings, limited
from tests.literals import collection, integer
from tests.many.command import arguments, prepare, run_many
from tests.runtime.peer import literal_map
from tests.runtime.process import PROGRAM, Result

SOURCE = """
from wingbeat import task


@task
def text(a: int) -> str:
    return "x" * a


@task
def number(a: int) -> int:
    return a
"""
#: Of the largest file that the first run may write.
LIMIT = 4096
COUNT = 1000


def run_limited(folder: Path, task: str, *more: str) -> Result:
    """A run all of whose processes may write no larger files."""
    command = [str(PROGRAM.with_name("wingbeat-map-execute")), *arguments(task, "--elements", ":", *more)]
    return Surroundings(folder, enter=limited(resource.RLIMIT_FSIZE, LIMIT)).run(command, folder / "out")


def summary(folder: Path) -> dict[str, object]:
    return json.loads(folder.joinpath("out", "summary.json").read_text("utf-8"))


def lists(folder: Path) -> literals_pb2.Literal:
    return literals_pb2.LiteralMap.FromString(folder.joinpath("out", "all.pb").read_bytes()).literals["o0"]


def test_outputs_that_there_is_no_room_for_are_failures_of_their_elements(tmp_path: Path) -> None:
    sizes = [10, LIMIT, 20, 2 * LIMIT, 30]
    prepare(tmp_path, SOURCE, literal_map(a=collection(*map(integer, sizes))))
    done = run_limited(tmp_path, "text", "--collect", "all.pb", "--jobs", "2")
    assert done.status == 1
    found = summary(tmp_path)
    assert [(failure["index"], failure["kind"], failure["recoverable"]) for failure in found["failures"]] == [
        *((1, "SYSTEM", True), (3, "SYSTEM", True)),
    ]
    assert all("File too large" in failure["reason"] for failure in found["failures"])
    written = {str(path.relative_to(tmp_path / "out")) for path in tmp_path.joinpath("out").rglob("*.*")}
    assert written == {"0/outputs.pb", "2/outputs.pb", "4/outputs.pb", "summary.json"}
    done = run_many(tmp_path, "text", ":", "--collect", "all.pb", "--resume")
    assert done.status == 0, done.stderr
    assert (summary(tmp_path)["counts"]["skipped"], summary(tmp_path)["counts"]["succeeded"]) == (3, 2)
    assert [len(one.scalar.primitive.string_value) for one in lists(tmp_path).collection.literals] == sizes


@pytest.mark.parametrize("options", [(), ("--isolate",)], ids=["one worker", "a process each"])
def test_a_list_that_there_is_no_room_for_can_be_made_later(options: tuple[str, ...], tmp_path: Path) -> None:
    count = COUNT if not options else 270  # their places in the list are more than the limit
    prepare(tmp_path, SOURCE, literal_map(a=collection(*map(integer, range(count)))))
    done = run_limited(tmp_path, "number", "--collect", "all.pb", *options)
    assert done.status == 1
    found = summary(tmp_path)
    assert (found["counts"]["succeeded"], found["collected"]) == (count, None)
    [problem] = found["problems"]
    assert "the same command with --resume collects them" in problem or "cannot write 'out/all.pb'" in problem
    assert not list(tmp_path.joinpath("out").glob("all.pb*"))
    done = run_many(tmp_path, "number", ":", "--collect", "all.pb", "--resume")
    assert done.status == 0, done.stderr
    assert summary(tmp_path)["counts"]["skipped"] == count
    assert lists(tmp_path) == collection(*map(integer, range(count)))
