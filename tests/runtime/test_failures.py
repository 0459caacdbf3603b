"""What is written when something fails, where flytekit has no answer or a bad one (runtime contract 12.1)."""

from __future__ import annotations

import json
import os
import traceback
from pathlib import Path

import pytest
from flyteidl.core import literals_pb2

from tests.literals import integer
from tests.runtime.process import PROGRAM, Result, io_arguments, run, start, task_arguments
from wingbeat.runtime.message import TEXT_LIMIT, describe, shorten

ONE = literals_pb2.LiteralMap(literals={"a": integer(1)})
HEAD = """
from wingbeat import task
from wingbeat.exceptions import FlyteRecoverableException, IgnoreOutputs


@task
def t(a: int) -> int:
"""


def fail(folder: Path, body: str, env: dict[str, str] | None = None) -> Result:
    """Run a task with this body, indented by four."""
    return run(folder, HEAD + body, "t", ONE, env)


def verdict(result: Result) -> tuple[str, int, int]:
    assert result.error is not None, result.stderr
    return result.error.code, result.error.kind, result.error.origin


USER_ERROR = ("USER:RuntimeError", 0, 1)


def test_only_the_users_frames_are_shown(tmp_path: Path) -> None:
    result = fail(tmp_path, "    raise ValueError('bad')\n")
    assert result.trace[0] == "Traceback (most recent call last):"
    assert result.trace[1].endswith('user_code.py", line 8, in t')
    assert "wingbeat" not in "\n".join(result.trace[1:])


def test_only_the_users_frames_are_shown_of_a_coroutine(tmp_path: Path) -> None:
    source = "from wingbeat import task\n\n\n@task\nasync def t(a: int) -> int:\n    raise ValueError('bad')\n"
    result = run(tmp_path, source, "t", ONE)
    assert result.trace[1].endswith('user_code.py", line 6, in t')


def test_an_import_shows_the_users_line_first(tmp_path: Path) -> None:
    result = run(tmp_path, "import json\n\njson.loads('{')\n", "t", ONE)
    frames = [line for line in result.trace if line.startswith("  File")]
    assert frames[0].endswith('user_code.py", line 3, in <module>')


@pytest.mark.parametrize("part", ["x", "line\n", "\n", "é", "\udc80"])
def test_a_huge_text_is_cut(part: str, tmp_path: Path) -> None:
    result = fail(tmp_path, f"    raise ValueError({part!r} * (3_000_000 // {len(part)}))\n")
    assert verdict(result) == USER_ERROR
    assert tmp_path.joinpath("out", "error.pb").stat().st_size < 800_000
    assert "ValueError: " in result.message
    assert "characters left out" in result.message
    assert any(line.endswith("in t") for line in result.trace)


def test_a_deep_stack_is_cut(tmp_path: Path) -> None:
    body = """
    import sys

    def f(n):
        return g(n)

    def g(n):
        return f(n + 1)

    sys.setrecursionlimit(20_000)
    return f(0)
"""
    result = fail(tmp_path, body)
    assert verdict(result) == USER_ERROR
    assert tmp_path.joinpath("out", "error.pb").stat().st_size < 800_000
    assert "RecursionError" in result.message
    assert result.trace[1].endswith("in t")


def test_lone_surrogates_are_spelled_out(tmp_path: Path) -> None:
    result = fail(tmp_path, "    error = ValueError('a\\udc80b')\n    error.error_code = 'c\\udc80'\n    raise error\n")
    assert verdict(result) == ("c\\udc80", 0, 1)
    assert result.message == "    ValueError: a\\udc80b"


@pytest.mark.parametrize("code", ["1.5", "[]", "object()", "b'x'"])
def test_an_odd_code_does_not_hide_the_error(code: str, tmp_path: Path) -> None:
    result = fail(tmp_path, f"    error = ValueError('bad')\n    error.error_code = {code}\n    raise error\n")
    assert result.status == 0
    assert verdict(result) == USER_ERROR


def test_a_code_that_raises_does_not_hide_the_error(tmp_path: Path) -> None:
    body = "    class E(Exception):\n        error_code = property(lambda self: 1 / 0)\n    raise E('bad')\n"
    result = fail(tmp_path, body)
    assert verdict(result) == USER_ERROR
    assert result.message == "    E: bad"


def test_a_text_that_raises_does_not_hide_the_error(tmp_path: Path) -> None:
    body = "    class E(Exception):\n        def __str__(self): raise RuntimeError('no text')\n    raise E\n"
    result = fail(tmp_path, body)
    assert verdict(result) == USER_ERROR
    assert result.message == "    E: <exception str() failed>"


def test_an_exception_that_tells_nonsense_of_itself(tmp_path: Path) -> None:
    result = fail(tmp_path, "    raise SyntaxError('bad', ('file', 1, 1, 5))\n")
    assert verdict(result) == USER_ERROR
    assert result.message.startswith("    SyntaxError: bad")


def test_a_flyte_exception_may_hold_anything(tmp_path: Path) -> None:
    result = fail(tmp_path, "    raise FlyteRecoverableException(3, None)\n")
    assert verdict(result) == ("USER:Recoverable", 1, 1)
    assert result.message == "    FlyteRecoverableException: USER:Recoverable: error=3,None"


@pytest.mark.parametrize("timestamp", ["float('nan')", "float('inf')", "-1.0", "'x'", "1e30"])
def test_an_impossible_time_becomes_now(timestamp: str, tmp_path: Path) -> None:
    result = fail(tmp_path, f"    raise FlyteRecoverableException('x', timestamp={timestamp})\n")
    assert result.error is not None
    assert result.error.timestamp.seconds > 1_700_000_000


def test_ignore_outputs_is_honoured_after_the_function_too(tmp_path: Path) -> None:
    source = """
from wingbeat import task
from wingbeat.authoring.function_task import PythonFunctionTask
from wingbeat.exceptions import IgnoreOutputs


@task
def t(a: int) -> int:
    return a


class Distributed(PythonFunctionTask):
    def post_execute(self, user_params, rval):
        raise IgnoreOutputs("not the leader")


t = Distributed(None, t.task_function)
"""
    result = run(tmp_path, source, "t", ONE)
    assert (result.status, result.files) == (0, set())
    assert "not the leader" in result.stderr


@pytest.mark.parametrize(("hook", "kind"), [("pre_execute", 1), ("post_execute", 1)])
def test_hooks_that_fail_are_system_errors(hook: str, kind: int, tmp_path: Path) -> None:
    source = f"""
from wingbeat import task
from wingbeat.authoring.function_task import PythonFunctionTask


@task
def t(a: int) -> int:
    return a


class Broken(PythonFunctionTask):
    def {hook}(self, *args):
        raise ValueError("hook")


t = Broken(None, t.task_function)
"""
    assert verdict(run(tmp_path, source, "t", ONE)) == ("SYSTEM", kind, 2)


def test_outputs_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.joinpath("out").write_bytes(b"a file where a folder should be")
    result = fail(tmp_path, "    return a\n")
    assert (result.status, result.files) == (1, set())
    assert "cannot write 'out/outputs.pb'" in result.stderr


def test_an_error_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.joinpath("out").write_bytes(b"")
    result = fail(tmp_path, "    raise ValueError('the cause')\n")
    assert (result.status, result.files) == (1, set())
    assert "the cause" in result.stderr
    assert "cannot write 'out/error.pb'" in result.stderr


def test_a_place_where_nobody_may_write(tmp_path: Path) -> None:
    fail(tmp_path, "    return a\n")
    result = start(tmp_path, [*io_arguments("/proc/wingbeat"), *task_arguments("user_code", "t")])
    assert result.status == 1
    assert "cannot write '/proc/wingbeat/outputs.pb'" in result.stderr


def test_nothing_is_written_before_the_end(tmp_path: Path) -> None:
    result = fail(tmp_path, "    import os\n    assert not os.path.exists('out')\n    return a\n")
    assert (result.status, result.files) == (0, {"outputs.pb"})


def test_markers_for_log_scrapers(tmp_path: Path) -> None:
    lines = fail(tmp_path, "    raise ValueError('bad')\n", {"FLYTE_INTERNAL_EXECUTION_ID": "x"}).stderr.splitlines()
    records = [json.loads(line) for line in lines]
    assert [list(record) for record in records] == [["asctime", "name", "levelname", "message"]] * 4
    assert {record["levelname"] for record in records} == {"ERROR"}
    messages = [record["message"] for record in records]
    assert messages[0] == "Exception when executing task user_code.t, reason ValueError: bad"
    assert messages[1] == "!! Begin User Error Captured by Flyte !!"
    assert messages[2].startswith("Trace:\n\n    Traceback (most recent call last):\n")
    assert messages[3] == "!! End Error Captured by Flyte !!"


@pytest.mark.parametrize(
    ("inputs", "marker"),
    [
        (b"\x0a\xff", "!! Begin Unknown System Error Captured by Flyte !!"),
        (
            literals_pb2.LiteralMap(literals={"z": integer(1)}),
            "!! Begin Non-recoverable System Error Captured by Flyte !!",
        ),
    ],
)
def test_markers_of_system_errors(inputs: bytes | literals_pb2.LiteralMap, marker: str, tmp_path: Path) -> None:
    assert marker in run(tmp_path, HEAD + "    return a\n", "t", inputs).stderr


def test_levels(tmp_path: Path) -> None:
    assert fail(tmp_path, "    raise ValueError\n", {"FLYTE_SDK_LOGGING_LEVEL": "50"}).stderr == ""
    assert fail(tmp_path, "    raise ValueError\n", {"FLYTE_SDK_LOGGING_LEVEL": "DEBUG"}).stderr != ""


def test_too_few_outputs_are_a_warning(tmp_path: Path) -> None:
    source = "from wingbeat import task\n\n\n@task\ndef t(a: int) -> tuple[int, str]:\n    return (a,)\n"
    result = run(tmp_path, source, "t", ONE)
    assert result.status == 0
    assert result.outputs is not None
    assert list(result.outputs.literals) == ["o0"]
    assert result.stderr == "[wingbeat] Task user_code.t returned 1 of 2 outputs; missing: o1\n"


def test_a_wrong_input_is_named(tmp_path: Path) -> None:
    source = "from wingbeat import task\n\n\n@task\ndef t(xs: list[int]) -> int:\n    return 0\n"
    xs = literals_pb2.Literal(collection=literals_pb2.LiteralCollection())
    xs.collection.literals.add().scalar.primitive.string_value = "abc"
    result = run(tmp_path, source, "t", literals_pb2.LiteralMap(literals={"xs": xs}))
    assert verdict(result) == ("SYSTEM", 0, 2)
    assert result.message.startswith(
        "    TypeTransformerFailedError: Error converting input 'xs':\n    inputs.xs[0]: expected int"
    )


def test_a_wrong_output_is_named(tmp_path: Path) -> None:
    source = """
from typing import NamedTuple
from wingbeat import task


class Out(NamedTuple):
    number: int
    words: list[str]


@task
def t(a: int) -> Out:
    return Out(a, ["x", 3])
"""
    result = run(tmp_path, source, "t", ONE)
    assert verdict(result) == ("SYSTEM", 0, 2)
    assert result.message.splitlines()[:3] == [
        "    TypeTransformerFailedError: Failed to convert outputs of task 'user_code.t' at position words.",
        "    Failed to convert type <class 'list'> to type list[str].",
        "    Error Message: outputs.words[1]: expected str, got int 3.",
    ]


def test_a_task_of_flytekits_own_making_needs_flytekit(tmp_path: Path) -> None:
    source = "class Task:\n    pass\n\n\nTask.__module__ = 'flytekit.core.python_function_task'\nt = Task()\n"
    result = run(tmp_path, source, "t", ONE)
    assert verdict(result) == ("USER:NotCovered", 0, 1)
    assert "the task is one of flytekit's own making" in result.message


def test_threads_are_shown_on_a_signal(tmp_path: Path) -> None:
    body = "    import os, signal\n    os.kill(os.getpid(), signal.SIGUSR1)\n    return a\n"
    result = fail(tmp_path, body)
    assert (result.status, result.files) == (0, {"outputs.pb"})
    assert "most recent call first" in result.stderr


def test_sigterm_ends_the_process(tmp_path: Path) -> None:
    body = "    import os, signal, time\n    os.kill(os.getpid(), signal.SIGTERM)\n    time.sleep(5)\n    return a\n"
    result = fail(tmp_path, body)
    assert (result.status, result.files) == (-15, set())


def test_the_message_is_pythons_traceback() -> None:
    def inner() -> None:
        raise KeyError("inner")

    try:
        try:
            inner()
        except KeyError as error:
            raise ValueError("middle\nline") from error
    except ValueError as error:
        caught = error
    expected = "".join(
        "    " + line if line.strip() else line for line in "".join(traceback.format_exception(caught)).splitlines(True)
    )
    assert describe(caught) == f"Trace:\n\n{expected}\nMessage:\n\n    ValueError: middle\n    line"


def test_shorten() -> None:
    assert shorten("x" * TEXT_LIMIT, TEXT_LIMIT) == "x" * TEXT_LIMIT
    assert shorten("abcdefghij", 4) == "ab\n... 6 characters left out ...\nij"


def test_a_resolver_of_the_users_own(tmp_path: Path) -> None:
    tmp_path.joinpath("resolving.py").write_text(
        "class Resolver:\n"
        "    def load_task(self, loader_args):\n"
        "        import user_code\n"
        "        assert loader_args == ('any', 'words')\n"
        "        return user_code.t\n"
        "\n\nresolver = Resolver()\n",
        "utf-8",
    )
    assert fail(tmp_path, "    return a + 1\n").status == 0
    arguments = [*io_arguments(), "--resolver", "resolving.resolver", "any", "words"]
    result = start(tmp_path, arguments)
    assert result.outputs is not None
    assert result.outputs.literals["o0"].scalar.primitive.integer == 2


PATHS = """
import json, sys
from wingbeat import task


@task
def t() -> str:
    return json.dumps(sys.path)
"""


def path_of(result: Result) -> list[str]:
    assert result.outputs is not None, result.stderr
    found: list[str] = json.loads(result.outputs.literals["o0"].scalar.primitive.string_value)
    return found


def test_the_working_directory_is_last_on_the_path(tmp_path: Path) -> None:
    path = path_of(run(tmp_path, PATHS, "t"))
    assert path[0] == str(PROGRAM.parent)
    assert path[-1] == str(tmp_path)


def test_the_working_directory_is_not_on_the_path_twice(tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    tmp_path.joinpath("link").symlink_to(here)
    more = os.pathsep.join([str(tmp_path / "link"), *filter(None, [os.environ.get("PYTHONPATH")])])
    path = path_of(run(here, PATHS, "t", env={"PYTHONPATH": more}))
    assert str(tmp_path / "link") in path
    assert str(here) not in path


def test_two_runs_into_one_folder(tmp_path: Path) -> None:
    assert fail(tmp_path, "    raise ValueError\n").files == {"error.pb"}
    assert start(tmp_path, [*io_arguments(), *task_arguments("user_code", "t")]).files == {"error.pb"}
