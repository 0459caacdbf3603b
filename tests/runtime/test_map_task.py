"""One element of a map task: the same command through `pyflyte-map-execute` and `wingbeat-map-execute`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.literals import collection, integer, offloaded, string
from tests.runtime.peer import Case, Oracle, literal_map, prepare
from tests.runtime.process import RESOLVER, Result, collect, io_arguments, start

ARRAY_NODE = "flytekit.core.array_node_map_task.ArrayNodeMapTaskResolver"
LEGACY = "flytekit.core.legacy_map_task.MapTaskResolver"
K8S = {"BATCH_JOB_ARRAY_INDEX_VAR_NAME": "FLYTE_K8S_ARRAY_INDEX"}

SOURCE = """
from typing import List, Tuple


@task
def double(a: int) -> int:
    return 2 * a


@task
async def double_async(a: int) -> int:
    return 2 * a


@task
def scale(a: int, by: int) -> int:
    return a * by


@task
def total(a: int, of: List[int]) -> int:
    return a + sum(of)


@task
def with_default(a: int, by: int = 10) -> int:
    return a * by


@task
def nothing(a: int) -> None:
    pass


@task
def two(a: int) -> Tuple[int, int]:
    return a, a


@task
def fails(a: int) -> int:
    raise ValueError(f"element {a}")


@task
def ignores(a: int) -> int:
    raise IgnoreOutputs("not today")


@task
def rows(a: List[int]) -> List[int]:
    return a[::-1]
"""

XS = collection(*(integer(10 + i) for i in range(5)))


def tail(task: str, names: str = "", inner: str = RESOLVER) -> list[str]:
    return ["--", "vars", names, "resolver", inner, "task-module", "user_code", "task-name", task]


def case(task: str, index: int | str | None = 3, bound: str = "", resolver: str = ARRAY_NODE, **more: object) -> Case:
    inputs = more.pop("inputs", None) or literal_map(a=XS)
    env = {**K8S, **({} if index is None else {"FLYTE_K8S_ARRAY_INDEX": str(index)}), **more.pop("env", {})}
    arguments = more.pop("arguments", None) or [*io_arguments(), "--resolver", resolver, *tail(task, bound)]
    return Case(task, inputs, env, source=SOURCE, arguments=arguments, program="map-execute", **more)


BY = literal_map(a=XS, by=integer(7))
OF = literal_map(a=XS, of=collection(integer(1), integer(2)))
CASES = {
    "an element": case("double"),
    "the first": case("double", 0),
    "async": case("double_async"),
    "a list for each": case("rows", 1, inputs=literal_map(a=collection(collection(integer(1)), XS))),
    "bound": case("scale", 2, "by", inputs=BY),
    "bound list": case("total", 2, "of", inputs=OF),
    "more names bound than there are": case("scale", 2, "by,other", inputs=BY),
    "no outputs": case("nothing"),
    "an offset": case("double", 1, env={"BATCH_JOB_ARRAY_INDEX_OFFSET": "2"}),
    "an offset alone": case(
        "double", None, env={"BATCH_JOB_ARRAY_INDEX_VAR_NAME": "", "BATCH_JOB_ARRAY_INDEX_OFFSET": "2"}
    ),
    "nothing set": case("double", None, env={"BATCH_JOB_ARRAY_INDEX_VAR_NAME": ""}),
    "another variable": case("double", None, env={"BATCH_JOB_ARRAY_INDEX_VAR_NAME": "AWS", "AWS": "4"}),
    "it fails": case("fails"),
    "it is ignored": case("ignores"),
    "out of range": case("double", 5, text=""),
    "not bound and no list": case("scale", 2, inputs=BY, text=""),
    "a name too many": case("double", inputs=literal_map(a=XS, b=XS)),
    "a name missing": case("scale", inputs=literal_map(a=XS), text=""),
    "a missing name with a default": case("with_default", text=""),
    "the wrong kind in the element": case(
        "double", 1, inputs=literal_map(a=collection(integer(1), string("x"))), text=""
    ),
    "the wrong kind beside the element": case("double", 0, inputs=literal_map(a=collection(integer(1), string("x")))),
    "two outputs": case("two", text=""),
    "max concurrency": case(
        "double", arguments=[*io_arguments(), "--max-concurrency", "3", "--resolver", ARRAY_NODE, *tail("double")]
    ),
    "a dry run": case("double", arguments=["--test", *io_arguments(), "--resolver", ARRAY_NODE, *tail("double")]),
    "no resolver": case("double", arguments=[*io_arguments(), *tail("double")]),
    "other words": case(
        "double",
        arguments=[
            *io_arguments(),
            *("--resolver", ARRAY_NODE, "--", "v", "", "r", RESOLVER, "x", "user_code", "y", "double"),
        ],
    ),
    "no such task": case("no_such_task"),
}


def wingbeat(folder: Path, case: Case) -> Result:
    return start(folder, prepare(folder, case, "wingbeat"), case.env, case.program)


def same(ours: Result, theirs: Result, text: str) -> None:
    assert (ours.status, ours.files) == (theirs.status, theirs.files), ours.stderr
    assert ours.outputs == theirs.outputs
    assert (ours.error is None) == (theirs.error is None)
    if ours.error is not None:
        for part in ("code", "kind", "origin", "worker"):
            assert getattr(ours.error, part) == getattr(theirs.error, part), part
        if text == "all":
            assert ours.message == theirs.message


@pytest.mark.parametrize("name", CASES)
def test_the_outcome_is_the_same(name: str, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, CASES[name])
    assert ours.stdout == ""  # pyflyte-execute begins with an empty line, pyflyte-map-execute does not
    same(ours, theirs, CASES[name].text)


def test_the_older_kind_has_a_folder_for_each_element(oracle: Oracle, tmp_path: Path) -> None:
    for task in ("double", "fails", "nothing"):
        one, found = case(task, resolver=LEGACY), []
        for run in (oracle.ask, wingbeat):
            result = run(tmp_path, one)
            inner = Result(result.status)
            collect(inner, tmp_path / "out" / "3")
            found.append(inner)
            assert result.files == {"3"}
        same(found[1], found[0], "all")


def test_what_is_stored_elsewhere_is_fetched(oracle: Oracle, tmp_path: Path) -> None:
    for number, inputs in enumerate(
        (
            literal_map(a=offloaded("list.pb")),
            literal_map(a=collection(offloaded("no such file"), integer(1), integer(2), offloaded("one.pb"))),
        )
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        files = {"list.pb": XS.SerializeToString(), "one.pb": integer(13).SerializeToString()}
        one = case("double", inputs=inputs, files=files)
        one.inputs = inputs
        theirs, ours = oracle.both(folder, one)
        assert ours.outputs is not None, ours.stderr
        assert ours.outputs.literals["o0"] == integer(26)
        assert theirs.outputs in (ours.outputs, None)


def test_an_index_that_nobody_knows_is_reported(oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case("double", None))
    assert (theirs.status, theirs.files) == (1, set())
    assert (ours.status, ours.files) == (1, {"error.pb"})
    assert "names FLYTE_K8S_ARRAY_INDEX, which is not set" in ours.message


def test_an_element_below_0_is_an_error_and_not_the_last(oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case("double", -1))
    assert theirs.outputs is not None
    assert theirs.outputs.literals["o0"] == integer(28)
    assert ours.error is not None
    assert "below 0" in ours.message


def test_user_code_and_its_log_know_the_element(tmp_path: Path) -> None:
    source = """
from wingbeat import current_context


@task
def which(a: int) -> int:
    current_context().logging.info("here")
    return current_context().map_index
"""
    one = case("which", 3, env={"FLYTE_INTERNAL_EXECUTION_ID": "x"})
    one.source = source
    ours = wingbeat(tmp_path, one)
    assert '"map_index": 3' in ours.stderr
    assert ours.outputs is not None
    assert ours.outputs.literals["o0"] == integer(3)


def test_an_error_says_which_element(tmp_path: Path) -> None:
    text = collection(integer(1), string("x"))
    ours = wingbeat(tmp_path, case("double", 1, inputs=literal_map(a=text)))
    assert "inputs.a[1]: expected integer, got string 'x'" in ours.message
    assert ours.trace[0] == "Element 1 of the map task"
