"""Outputs that are stored beside outputs.pb: the same files as flytekit's (runtime contract 4.5)."""

from __future__ import annotations

from pathlib import Path

import pytest
from flyteidl.core import literals_pb2

from tests.literals import collection, integer
from tests.runtime.peer import Case, Oracle, literal_map
from tests.runtime.process import RESOLVER, Result, io_arguments, task_arguments

SOURCE = """
import datetime
from dataclasses import dataclass
from typing import Annotated, Dict, List, Optional, Tuple


@dataclass
class Point:
    x: int
    name: str


@task
def small_and_large(a: int) -> Tuple[int, str]:
    return a, "x" * 1048576 * a


@task
def kinds(a: int) -> Tuple[int, float, str, bool, List[int], Dict[str, str], Point, Optional[int], datetime.datetime]:
    moment = datetime.datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=datetime.timezone.utc)
    return a, 0.1, "é\\u2028'\\"<>&", True, [1, -2], {"b": "1", "a": "2"}, Point(1, "p"), None, moment


@task
def just(a: int) -> str:
    return "x" * (1048576 - a)  # the literal is 12 bytes longer


@task
def hashed(a: int) -> Annotated[str, HashMethod(lambda text: "my hash")]:
    return "x"


@task
def element(a: int) -> List[int]:
    return [a]
"""
IMPORTS = {
    "flytekit": "from flytekit import HashMethod, task\n",
    # Of another length: Python tells by size and second whether bytecode is of a source.
    "wingbeat": "from wingbeat import HashMethod, task\n\n",
}


def case(task: str, a: int = 1, **env: str) -> Case:
    return Case(task, literal_map(a=integer(a)), env, source=SOURCE, imports=IMPORTS)


def offloaded(folder: Path) -> dict[str, literals_pb2.Literal]:
    paths = (folder / "out").glob("*_offloaded_metadata.pb")
    return {path.name: literals_pb2.Literal.FromString(path.read_bytes()) for path in paths}


def both(oracle: Oracle, folder: Path, one: Case) -> tuple[Result, Result]:
    """Their files are read before ours replace them."""
    theirs = oracle.ask(folder, one)
    stored = offloaded(folder)
    ours = oracle.both(folder, one)[1]
    assert ours.status == theirs.status
    assert ours.files == theirs.files
    assert ours.outputs == theirs.outputs
    assert offloaded(folder) == stored
    return theirs, ours


CASES = {
    "everything": case("kinds", _F_L_MIN_SIZE_MB="0"),
    "the large one": case("small_and_large", 2, _F_L_MIN_SIZE_MB="1"),
    "none is large enough": case("small_and_large", 2, _F_L_MIN_SIZE_MB="5"),
    "the user's hash": case("hashed", _F_L_MIN_SIZE_MB="0"),
    "the maximum alone does nothing": case("small_and_large", 2, _F_L_MAX_SIZE_MB="1"),
    "just large enough": case("just", 12, _F_L_MIN_SIZE_MB="1"),
    "a byte too small": case("just", 13, _F_L_MIN_SIZE_MB="1"),
}
#: Nothing is stored elsewhere.
WHOLE = ("none is large enough", "the maximum alone does nothing", "a byte too small")


@pytest.mark.parametrize("name", CASES)
def test_the_files_are_the_same(name: str, oracle: Oracle, tmp_path: Path) -> None:
    _, ours = both(oracle, tmp_path, CASES[name])
    assert ours.error is None
    assert (len(ours.files) > 1) == (name not in WHOLE)


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (
            {"_F_L_MIN_SIZE_MB": "0", "_F_L_MAX_SIZE_MB": "1"},
            "outputs.o1: its literal is 2097167 bytes, _F_L_MAX_SIZE_MB",
        ),
        ({"_F_L_MIN_SIZE_MB": "many"}, "_F_L_MIN_SIZE_MB is 'many', expected a whole number of MiB"),
    ],
)
def test_too_large_is_an_error_that_names_the_output(
    limits: dict[str, str], message: str, oracle: Oracle, tmp_path: Path
) -> None:
    theirs, ours = both(oracle, tmp_path, case("small_and_large", 2, **limits))
    assert theirs.error is not None
    assert ours.error is not None
    assert message in ours.message
    for part in ("code", "kind", "origin"):
        assert getattr(ours.error, part) == getattr(theirs.error, part)


def test_no_double_slash_in_the_location(oracle: Oracle, tmp_path: Path) -> None:
    one = case("hashed", _F_L_MIN_SIZE_MB="0")
    one.arguments = [*io_arguments("out/"), *task_arguments("user_code", "hashed")]
    theirs, ours = oracle.both(tmp_path, one)
    assert theirs.outputs is not None
    assert ours.outputs is not None
    assert theirs.outputs.literals["o0"].offloaded_metadata.uri == "out//o0_offloaded_metadata.pb"
    assert ours.outputs.literals["o0"].offloaded_metadata.uri == "out/o0_offloaded_metadata.pb"


def test_an_element_of_a_map_task_says_its_own_type(oracle: Oracle, tmp_path: Path) -> None:
    one = case("element", _F_L_MIN_SIZE_MB="0")
    one.inputs = literal_map(a=collection(integer(3), integer(4)))
    one.program = "map-execute"
    one.arguments = [
        *io_arguments(),
        *("--resolver", "flytekit.core.array_node_map_task.ArrayNodeMapTaskResolver", "--"),
        *("vars", "", "resolver", RESOLVER, "task-module", "user_code", "task-name", "element"),
    ]
    both(oracle, tmp_path, one)


def test_metadata_stays_visible(tmp_path: Path, oracle: Oracle) -> None:
    """flytekit keeps it in the stored file only (runtime contract 12.1)."""
    source = """
@task
def f(a: int) -> dict:
    return {"a": a}
"""
    env = {"_F_L_MIN_SIZE_MB": "0", "FLYTE_USE_OLD_DC_FORMAT": "true"}
    one = Case("f", env=env, source=source, imports=IMPORTS)
    theirs, ours = oracle.both(tmp_path, one)
    assert theirs.outputs is not None
    assert ours.outputs is not None
    assert dict(theirs.outputs.literals["o0"].metadata) == {}
    assert dict(ours.outputs.literals["o0"].metadata) == {"format": "json"}


def test_outputs_that_flyte_may_not_read_are_warned_of(oracle: Oracle, tmp_path: Path) -> None:
    ours = oracle.both(tmp_path, case("small_and_large", 11))[1]
    assert ours.outputs is not None
    assert "outputs.pb is 11534379 bytes, 11534351 of them in outputs.o1; Flyte reads 10485760 or fewer" in ours.stderr
    assert "outputs.pb is" not in oracle.both(tmp_path, case("small_and_large", 9))[1].stderr
