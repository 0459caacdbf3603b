"""What the engine can tell from a run, beyond the comparisons with flytekit (runtime contract 12)."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.literals import collection, integer
from tests.runtime.peer import Case, Oracle, literal_map, prepare
from tests.runtime.process import RESOLVER, Result, collect, io_arguments, start

ARRAY_NODE = "flytekit.core.array_node_map_task.ArrayNodeMapTaskResolver"
LEGACY = "flytekit.core.legacy_map_task.MapTaskResolver"


def wingbeat(folder: Path, case: Case) -> Result:
    return start(folder, prepare(folder, case, "wingbeat"), case.env, case.program)


@pytest.mark.parametrize(
    ("task", "status", "said"),
    [("exits_with_0", 0, "0"), ("exits_with_3", 3, "3"), ("exits_with_text", 1, "'so long'")],
)
def test_an_exit_is_said_on_stderr(task: str, status: int, said: str, tmp_path: Path) -> None:
    result = wingbeat(tmp_path, Case(task))
    assert (result.status, result.files) == (status, set())
    lines = result.stderr.splitlines()
    assert lines[0] == f"[wingbeat] sys.exit({said}) ends the process; neither outputs nor an error are written"
    assert lines[1:] == (["so long"] if status == 1 else [])


def failing(folder: Path, body: str) -> Result:
    source = f"@task\ndef t(a: int) -> int:\n    {body}\n"
    return wingbeat(folder, Case("t", source=source))


CHAIN = """error = None
    for number in range(1000):
        older, error = error, ValueError("x" * 3000 + f"<{number}>")
        error.__cause__ = older
    raise error"""
TEXTS = """error = ValueError("\\U0001f600" * 750_000)
    error.error_code = "\\U0001f600" * 750_000
    error.add_note("\\U0001f600" * 750_000)
    raise ExceptionGroup("\\U0001f600" * 750_000, [error]) from error"""
NAME = 'raise type("E" * 3_000_000, (Exception,), {})("x")'
RECURSION = """def f(error):
        try:
            raise ValueError("x" * 3000) from error
        except ValueError as newer:
            f(newer)
    f(None)"""


@pytest.mark.parametrize("body", [CHAIN, TEXTS, NAME, RECURSION], ids=["chain", "texts", "name", "recursion"])
def test_whatever_is_raised_the_engine_can_read_it(body: str, tmp_path: Path) -> None:
    result = failing(tmp_path, body)
    assert result.error is not None, result.stderr
    assert (result.error.kind, result.error.origin) == (0, 1)
    assert tmp_path.joinpath("out", "error.pb").stat().st_size < 2**20
    assert result.message
    assert len(result.stderr.encode()) < 2**21


def test_the_newest_of_many_causes_is_shown(tmp_path: Path) -> None:
    result = failing(tmp_path, CHAIN)
    assert result.message.endswith("x<999>")
    assert result.trace[-1].endswith("x<999>")
    assert "characters left out" in "\n".join(result.trace)


def test_a_report_needs_none_of_the_memory_that_ran_out(tmp_path: Path) -> None:
    body = """import resource
    resource.setrlimit(resource.RLIMIT_AS, (400 * 2**20, 400 * 2**20))
    kept = []
    while True:
        kept.append(bytearray(2**16))"""
    result = failing(tmp_path, body)
    assert result.error is not None
    assert (result.error.code, result.error.kind, result.error.origin) == ("USER:RuntimeError", 0, 1)
    assert any("kept.append(bytearray(2**16))" in line for line in result.trace)


EXCEPTIONS = {
    "flytekit": """
from flytekit import task
from flytekit.exceptions.base import FlyteException
from flytekit.exceptions.system import (
    FlyteDownloadDataException, FlyteSystemException, FlyteUploadDataException
)
from flytekit.exceptions.user import (
    FlyteAssertion, FlyteDataNotFoundException, FlyteRecoverableException, FlyteUserException,
    FlyteUserRuntimeException, FlyteValueException
)
""",
    "wingbeat": """
from wingbeat import task
from wingbeat.exceptions import *
""",
}
RAISED = [
    "FlyteException('x')",
    "FlyteUserException('x', 'y')",
    "FlyteAssertion('x')",
    "FlyteValueException(3, 'x')",
    "FlyteDataNotFoundException('path')",
    "FlyteSystemException('x')",
    "FlyteDownloadDataException('x')",
    "FlyteUploadDataException('x')",
    "FlyteRecoverableException()",
    "FlyteUserRuntimeException(FlyteUserRuntimeException(KeyError('x')))",
    "FlyteSystemException('x', timestamp=12.25)",
    "type('Base', (FlyteException,), {'_ERROR_CODE': 'OWN'})('x')",
]


@pytest.mark.parametrize("raised", RAISED)
def test_only_one_class_of_flytes_makes_flyte_try_again(raised: str, oracle: Oracle, tmp_path: Path) -> None:
    source = f"\n\n@task\ndef t(a: int) -> int:\n    raise {raised}\n"
    theirs, ours = oracle.both(tmp_path, Case("t", source=source, imports=EXCEPTIONS))
    assert (ours.status, ours.files) == (theirs.status, theirs.files) == (0, {"error.pb"})
    assert ours.error is not None
    assert theirs.error is not None
    for part in ("code", "kind", "origin"):
        assert getattr(ours.error, part) == getattr(theirs.error, part), part
    assert ours.error.kind == ("Recoverable" in raised)
    assert ours.message == theirs.message
    assert (ours.error.timestamp == theirs.error.timestamp) == ("timestamp" in raised)


TASK_CLASSES = {
    "flytekit": """
from flytekit import task
from flytekit.core.python_function_task import PythonFunctionTask
from flytekit.models.literals import Literal, LiteralMap, Primitive, Scalar


def derived(cls):
    return lambda function: cls(None, function)
""",
    "wingbeat": """
from wingbeat import task
from wingbeat.authoring.function_task import PythonFunctionTask
from wingbeat.idl import Literal, LiteralMap, Primitive, Scalar


def derived(cls):
    return lambda function: cls(None, function)
""",
}
HOOKED = """

class Hooked(PythonFunctionTask):
    def pre_execute(self, user_params):
        print("pre")
        return user_params

    def post_execute(self, user_params, rval):
        print("post")
        return rval


class Converted(PythonFunctionTask):
    def post_execute(self, user_params, rval):
        return LiteralMap({"other": Literal(scalar=Scalar(primitive=Primitive(integer=rval)))})


@derived(Hooked)
def hooked(a: int) -> int:
    return a


@derived(Converted)
def converted(a: int) -> int:
    return a + 1
"""


def test_hooks_of_a_task_are_called(oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, Case("hooked", source=HOOKED, imports=TASK_CLASSES))
    assert ours.stdout == theirs.stdout == "\npre\npost\n"
    assert ours.outputs == theirs.outputs


def test_hooks_of_a_mapped_task_are_not(oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, element(HOOKED, "hooked", literal_map(a=collection(integer(3)))))
    assert ours.stdout == theirs.stdout == ""
    assert ours.outputs == theirs.outputs
    assert ours.files == {"outputs.pb"}


def test_literals_that_a_task_returns_are_written_as_they_are(oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, Case("converted", source=HOOKED, imports=TASK_CLASSES))
    assert ours.outputs is not None, ours.stderr
    assert ours.outputs == theirs.outputs
    assert list(ours.outputs.literals) == ["other"]


def element(source: str, task: str, inputs: bytes, index: int = 0, resolver: str = ARRAY_NODE) -> Case:
    """One element of a map task."""
    env = {"BATCH_JOB_ARRAY_INDEX_VAR_NAME": "INDEX", "INDEX": str(index)}
    tail = ["--", "vars", "", "resolver", RESOLVER, "task-module", "user_code", "task-name", task]
    arguments = [*io_arguments(), "--resolver", resolver, *tail]
    return Case(task, inputs, env, source=source, imports=TASK_CLASSES, arguments=arguments, program="map-execute")


ELEMENTS = {
    "no such element": (literal_map(a=collection(integer(3))), 1),
    "no list": (literal_map(a=integer(3)), 0),
    "a name that the task does not know": (literal_map(a=collection(integer(3)), b=integer(1)), 0),
}


@pytest.mark.parametrize("name", ELEMENTS)
def test_elements_of_the_older_kind_are_found_like_others(name: str, oracle: Oracle, tmp_path: Path) -> None:
    """flytekit converts all of the list, and the task fails on the way to its element; for good, as here."""
    inputs, index = ELEMENTS[name]
    one = element(HOOKED, "hooked", inputs, index, LEGACY)
    theirs = collected(oracle.ask(tmp_path, one), tmp_path / "out" / str(index))
    ours = collected(wingbeat(tmp_path, one), tmp_path / "out" / str(index))
    assert theirs.error is not None
    assert theirs.error.kind == 0
    if name.startswith("a name"):
        assert ours.files == {"outputs.pb"}
        return
    assert ours.error is not None
    assert (ours.error.code, ours.error.kind, ours.error.origin) == ("SYSTEM", 0, 2)


def collected(result: Result, folder: Path) -> Result:
    """What there is in the folder of an element."""
    found = Result(result.status, result.stdout, result.stderr)
    collect(found, folder)
    return found


PATHS = """
import json, sys


@task
def t() -> str:
    return json.dumps(sys.path)
"""


@pytest.mark.parametrize("safe", [{}, {"PYTHONSAFEPATH": "1"}], ids=["", "safe"])
@pytest.mark.parametrize(
    ("given", "found"),
    [
        ([], ["."]),
        (["a", "b"], ["a", "b", "."]),
        (["."], ["."]),
        (["link", "a"], ["link", "a"]),
    ],
)
def test_where_modules_are_looked_for(given: list[str], found: list[str], safe: dict[str, str], tmp_path: Path) -> None:
    """The program's folder, `PYTHONPATH`, and last the working directory, if it is not there yet by any name."""
    here = tmp_path / "here"
    here.mkdir()
    here.joinpath("link").symlink_to(here)
    rest = os.environ.get("PYTHONPATH", "")
    entries = [*(str(here / name) for name in given), *filter(None, [rest])]
    result = wingbeat(here, Case("t", b"", {"PYTHONPATH": os.pathsep.join(entries), **safe}, source=PATHS))
    assert result.outputs is not None, result.stderr
    path = json.loads(result.outputs.literals["o0"].scalar.primitive.string_value)
    assert [one for one in path if one.startswith(str(here))] == [str(here / name) for name in found]
    assert path[0].endswith("bin") != bool(safe)
