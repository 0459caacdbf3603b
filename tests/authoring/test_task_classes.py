"""Kinds of tasks in unchanged flytekit modules, run by flytekit's entrypoint and by wingbeat's (authoring spec 1.4)."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from flyteidl.core import literals_pb2, types_pb2

from tests.literals import integer, primitive
from tests.runtime.conftest import oracle
from tests.runtime.peer import Case, Oracle, literal_map, prepare
from tests.runtime.process import Result, start

__all__ = ["oracle"]

SOURCE = Path(__file__).with_name("user_classes.txt").read_text("utf-8")
SAME = {"flytekit": "", "wingbeat": ""}


def case(name: str, inputs: bytes = literal_map(a=integer(1)), text: str = "all") -> Case:
    return Case(name, inputs, source=SOURCE, imports=SAME, text=text)


def agree(ours: Result, theirs: Result, text: str = "all") -> None:
    assert (ours.status, ours.files) == (theirs.status, theirs.files), ours.stderr
    if theirs.outputs is not None:
        assert ours.outputs is not None
        assert said(ours.outputs) == said(theirs.outputs)
    assert (ours.error is None) == (theirs.error is None), ours.stderr
    if ours.error is not None and theirs.error is not None:
        for part in ("code", "kind", "origin"):
            assert getattr(ours.error, part) == getattr(theirs.error, part), part
        if text == "all":
            assert ours.message == theirs.message
    assert ours.stdout == without_log(theirs.stdout)
    assert ours.payloads == theirs.payloads


def without_log(text: str) -> str:
    """What a flytekit process wrote to stdout, without its log, which rich puts there."""
    return re.sub(r"(?m)^\d\d:\d\d:\d\d\.\d{6} .*\n(?: {25}.*\n)*", "", text)


def said(outputs: literals_pb2.LiteralMap) -> dict[str, object]:
    """The outputs, text as lines, locations without their random part."""
    found: dict[str, object] = {}
    for name, literal in outputs.literals.items():
        if literal.scalar.HasField("blob"):
            found[name] = literal.scalar.blob.metadata.type
        elif text := literal.scalar.primitive.string_value:
            found[name] = text.replace("wingbeat.authoring.function_task", "flytekit.core.python_function_task").split(
                "\n"
            )
        else:
            found[name] = literal
    return found


RUN = [
    "in_session",
    "about_session",
    "registering",
    "adder",
    "about_instance",
    "abstract",
    "thrice",
    "once",
    "twice_logged",
    "in_environment",
    "in_more",
    "about_environments",
    "about_hierarchy",
    "about_a_task",
    "about_records",
    "calls",
    "wrong_calls",
    "awaits",
    "aside",
    "gets_coroutine",
    "mocked",
    "calls_on_literals",
    "echo_one",
    "quiet",
    "by_bash",
    "about_scripts",
]


@pytest.mark.parametrize("name", RUN)
def test_tasks_that_run(name: str, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case(name))
    assert theirs.error is None, theirs.error
    agree(ours, theirs)


@pytest.mark.parametrize("name", ["broken", "call_that_recovers", "failing", "TABLE", "spoiled", "boom"])
def test_tasks_that_fail(name: str, oracle: Oracle, tmp_path: Path) -> None:
    inputs = literal_map(a=integer(1), b=primitive(string_value="x")) if name == "TABLE" else literal_map(a=integer(1))
    theirs, ours = oracle.both(tmp_path, case(name, inputs))
    assert theirs.error is not None
    agree(ours, theirs)


def outputs(result: Result) -> object:
    assert result.outputs is not None, result.stderr
    primitive = result.outputs.literals["o0"].scalar.primitive
    return primitive.string_value or primitive.integer


def test_files_of_calls_go_where_files_of_the_execution_go(oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case("calls_with_files"))
    assert outputs(theirs) == outputs(ours) == "4 made.txt"
    assert (theirs.payloads, ours.payloads) == ({}, {"raw/*/made.txt": b"four"})


def test_cached_tasks_run_each_time_they_are_called(tmp_path: Path) -> None:
    """flytekit keeps their results in the home directory of the container."""
    ours = start(tmp_path, prepare(tmp_path, case("calls_cached"), "wingbeat"))
    assert (outputs(ours), ours.stdout) == (2, "\ncomputed\ncomputed\n")


def test_a_call_inside_of_a_call_returns_a_value(oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case("calls_deeper"))
    assert theirs.error is not None
    assert outputs(ours) == "int"


def test_a_call_leaves_the_decks_of_the_caller_alone(oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case("calls_with_decks"))
    assert (outputs(theirs), outputs(ours)) == (1, 2)


def test_the_log_mentions_a_task_called_in_a_loop_once(oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case("calls_in_a_loop"))
    agree(ours, theirs)
    assert ours.stderr.count("user_code.one is called inside of a task") == 1


def test_calls_that_are_gathered_run_at_the_same_time(tmp_path: Path) -> None:
    """In flytekit, the first would wait for the second forever."""
    assert outputs(start(tmp_path, prepare(tmp_path, case("gathers"), "wingbeat"))) == 3


def test_a_task_that_returns_no_literals(oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case("unwritten"))
    assert theirs.error is not None
    assert ours.error is not None
    assert (theirs.error.code, ours.error.code) == ("UNKNOWN_OUTPUT", "SYSTEM")
    assert (theirs.error.kind, theirs.error.origin) == (ours.error.kind, ours.error.origin)
    assert "returned 3, expected a LiteralMap" in ours.message


@pytest.mark.parametrize("name", ["never_run", "never_run_either", "container", "watch", "own_decks", "literal_decks"])
def test_tasks_that_only_flytekit_runs(name: str, tmp_path: Path) -> None:
    ours = start(tmp_path, prepare(tmp_path, case(name), "wingbeat"), {"WINGBEAT_FLYTEKIT": "wingbeat"})
    assert ours.error is not None
    assert (ours.files, ours.error.kind, ours.error.origin) == ({"error.pb"}, 0, 1)
    assert "is not covered by wingbeat" in ours.error.message


def test_an_editor_in_the_place_of_a_task(tmp_path: Path) -> None:
    env = {"WINGBEAT_FLYTEKIT": "wingbeat", "FLYTE_ENABLE_VSCODE": "True"}
    ours = start(tmp_path, prepare(tmp_path, case("one"), "wingbeat"), env)
    assert ours.error is not None
    assert "flytekit.interactive.vscode is not covered by wingbeat: FLYTE_ENABLE_VSCODE asks for it" in ours.message


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_task_that_runs_on_literals(number: int, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case("on_literals", literal_map(a=integer(number))))
    agree(ours, theirs, "all" if number == 3 else "")


def test_a_script_with_files(oracle: Oracle, tmp_path: Path) -> None:
    tmp_path.joinpath("data.txt").write_text("data", "utf-8")
    blob = literals_pb2.Blob(uri=str(tmp_path / "data.txt"))
    blob.metadata.type.dimensionality = types_pb2.BlobType.SINGLE
    when = primitive()
    when.scalar.primitive.datetime.FromDatetime(datetime.datetime(2024, 2, 3, 4, 5, tzinfo=datetime.timezone.utc))
    file = literals_pb2.Literal(scalar=literals_pb2.Scalar(blob=blob))
    theirs, ours = oracle.both(tmp_path, case("script", literal_map(a=integer(1), file=file, when=when)))
    assert theirs.error is None, theirs.error
    agree(ours, theirs)
    assert sorted(ours.payloads.values()) == [b"1 2024-02-03T04:05:00+00:00\n", b"data"]
