"""The same module, inputs and command through `pyflyte-execute` and through `wingbeat-execute`.

Compared are the exit status, the files, the outputs as messages, and of an error the code, kind, origin, worker, the
time where the exception has one, the last line of the traceback and the message. What wingbeat words better is compared
without the text.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flyteidl.core import literals_pb2

from tests.literals import integer, primitive
from tests.runtime.peer import Case, Oracle, literal_map
from tests.runtime.process import io_arguments, task_arguments

ONE = literal_map(a=integer(1))
BOTH = literal_map(a=integer(1), b=integer(2))

DISTRIBUTED = {"_F_DES": "Earliest", "_F_WN": "worker-0"}
BOTH_NAMES = {
    "FLYTE_INTERNAL_DIST_ERROR_STRATEGY": "Earliest",
    "FLYTE_INTERNAL_WORKER_NAME": "first",
    "_F_WN": "second",
}
HIDDEN = {"FLYTE_INTERNAL_DIST_ERROR_STRATEGY": "", "_F_DES": "Earliest", "_F_WN": "worker-0"}
TAIL = ["task-module", "user_code", "task-name", "add"]
RESOLVER = ["--resolver", "flytekit.core.python_auto_container.default_task_resolver"]

CASES = {
    "add": Case("add", BOTH),
    "async": Case("add_async", BOTH),
    "python default": Case("default"),
    "default given": Case("default", BOTH),
    "several kinds": Case(
        "echo",
        literal_map(
            a=literals_pb2.Literal(scalar=literals_pb2.Scalar(none_type=literals_pb2.Void())),
            xs=literals_pb2.Literal(collection=literals_pb2.LiteralCollection(literals=[integer(1), integer(2)])),
            d=literals_pb2.Literal(map=literals_pb2.LiteralMap(literals={"k": primitive(string_value="v")})),
        ),
    ),
    # How many outputs (runtime contract 5.4).
    "no outputs": Case("nothing"),
    "no outputs declared, one returned": Case("nothing_but_returns"),
    "no inputs declared, one given": Case("no_inputs"),
    "no inputs, empty file": Case("no_inputs", b""),
    "two": Case("two"),
    "two as (int, str)": Case("two_old_style"),
    "named tuple": Case("pair"),
    "named tuple as tuple": Case("pair_as_tuple"),
    "one-field named tuple": Case("lonely"),
    "one-field named tuple as tuple": Case("lonely_tuple"),
    "one-field named tuple, bare": Case("lonely_bare"),
    "two as list": Case("two_as_list"),
    "two as text": Case("two_as_text"),
    "two as dict": Case("two_as_dict"),
    "too few": Case("too_few"),
    "none of two": Case("none_of_two"),
    "too many": Case("too_many", text="class"),
    "None for two": Case("two_none", text="class"),
    "a scalar for two": Case("two_scalar", text="class"),
    "a set for two": Case("two_set", text="class"),
    "a tuple for one": Case("one_tuple"),
    "a tuple as the second": Case("second_tuple"),
    "None for one": Case("one_none", text="class"),
    "None for an optional": Case("optional_none"),
    "None for a list": Case("list_none", text="class"),
    "wrong output": Case("wrong_output", text="class"),
    "wrong second output": Case("wrong_second", text="class"),
    "wrong field": Case("wrong_field", text="class"),
    # What goes wrong in the function (5.8).
    "raise": Case("raises"),
    "raise in async": Case("raises_async"),
    "several lines": Case("raises_lines"),
    "no text": Case("raises_empty"),
    "cause": Case("raises_cause"),
    "context": Case("raises_context"),
    "hidden context": Case("raises_hidden_context"),
    "note": Case("raises_note"),
    "exception group": Case("raises_group"),
    "MemoryError": Case("raises_memory"),
    "RecursionError": Case("recurses"),
    "AssertionError": Case("raises_assertion"),
    "StopIteration": Case("raises_stop"),
    "OSError": Case("raises_oserror"),
    "code on the class": Case("raises_coded"),
    "code on the instance": Case("raises_coded_on_instance"),
    "code is a number": Case("raises_numbered"),
    "code is a bool": Case("raises_truthful"),
    "code is None": Case("raises_nameless"),
    "code is empty": Case("raises_blank"),
    "recoverable": Case("raises_recoverable"),
    "recoverable with a time": Case("raises_recoverable_dated"),
    "subclass of recoverable": Case("raises_patient"),
    "subclass with a code": Case("raises_patient_with_code"),
    "recoverable with a cause": Case("raises_caused_recoverable"),
    "wrapped": Case("raises_wrapped"),
    "wrapped recoverable": Case("raises_wrapped_recoverable"),
    "IgnoreOutputs": Case("ignores"),
    "IgnoreOutputs, fail on error": Case("ignores", env={"FLYTE_FAIL_ON_ERROR": "1"}),
    "sys.exit(0)": Case("exits_with_0"),
    "sys.exit(3)": Case("exits_with_3"),
    "sys.exit(text)": Case("exits_with_text"),
    "KeyboardInterrupt": Case("interrupted"),
    "BaseException": Case("raises_base_exception"),
    "fail on error: 1": Case("raises", env={"FLYTE_FAIL_ON_ERROR": "1"}),
    "fail on error: True": Case("raises", env={"FLYTE_FAIL_ON_ERROR": "True"}),
    "fail on error: yes": Case("raises", env={"FLYTE_FAIL_ON_ERROR": "yes"}),
    "distributed": Case("raises", env=DISTRIBUTED),
    "distributed, both names": Case("raises", env=BOTH_NAMES),
    "distributed, hidden by an empty name": Case("raises", env=HIDDEN),
    "worker without a strategy": Case("raises", env={"_F_WN": "worker-0"}),
    # What goes wrong with the inputs (5.2, 5.3).
    "missing file": Case("add", None, text=""),
    "corrupt file": Case("add", b"\x0a\xff\xff", text=""),
    "missing input": Case("add"),
    "unknown input": Case("add", literal_map(a=integer(1), b=integer(2), c=integer(3)), text=""),
    "unknown instead of known": Case("add", literal_map(a=integer(1), c=integer(3)), text=""),
    "wrong kind": Case("add", literal_map(a=primitive(string_value="x"), b=integer(2)), text="class"),
    # What goes wrong on the way to the task (5.2, 8).
    "no such module": Case("add", arguments=[*io_arguments(), *task_arguments("no_such_module", "add")]),
    "no such task": Case("no_such_task"),
    "not a task": Case("not_a_task", text=""),
    "a plain function": Case("plain_function", text=""),
    "too few resolver arguments": Case(
        "add", arguments=[*io_arguments(), *RESOLVER, "--", "task-module"], text="class"
    ),
    "more resolver arguments": Case("add", BOTH, arguments=[*io_arguments(), *RESOLVER, "--", *TAIL, "more"]),
    "other words": Case("add", BOTH, arguments=[*io_arguments(), *RESOLVER, "--", "x", "user_code", "y", "add"]),
    "syntax error": Case("add", source="def f(:\n", text="all"),
    "import raises": Case("add", source="raise ValueError('at import')\n"),
    "import raises recoverable": Case("add", source="raise FlyteRecoverableException('at import')\n"),
    "import exits": Case("add", source="import sys\nsys.exit(7)\n"),
    "import of something missing": Case("add", source="import no_such_package\n"),
    "a tuple of one": Case(
        "f", source="from typing import Tuple\n\n\n@task\ndef f(a: int) -> Tuple[int]:\n    return (1,)\n", text=""
    ),
    "unknown setting": Case("f", source="@task(colour=1)\ndef f(a: int) -> int:\n    return 1\n"),
    "cache without a version": Case(
        "f", source="@task(cache=True)\ndef f(a: int) -> int:\n    return 1\n", text="class"
    ),
    # The command line (1.2 to 1.4, 1.8).
    "equals": Case(
        "add",
        BOTH,
        arguments=[
            "--inputs=inputs.pb",
            "--output-prefix=out",
            "--raw-output-data-prefix=raw",
            "--resolver=" + RESOLVER[1],
            *TAIL,
        ],
    ),
    "repeated, last counts": Case(
        "add", BOTH, arguments=["--inputs", "nothing", *io_arguments(), *RESOLVER, "--", *TAIL]
    ),
    "mixed with positionals": Case(
        "add", BOTH, arguments=["task-module", *io_arguments(), "user_code", *RESOLVER, "task-name", "add"]
    ),
    "trailing slash": Case("add", BOTH, arguments=[*io_arguments("out/"), *RESOLVER, "--", *TAIL]),
    "file://": Case("add", BOTH, arguments=[*io_arguments("file://{folder}/out"), *RESOLVER, "--", *TAIL]),
    "templates left over": Case(
        "add",
        BOTH,
        arguments=[
            *io_arguments(),
            *("--checkpoint-path", "{{.checkpointOutputPrefix}}", "--prev-checkpoint", "{{.prevCheckpointPrefix}}"),
            *RESOLVER,
            "--",
            *TAIL,
        ],
    ),
    "quotes for no checkpoint": Case(
        "add", BOTH, arguments=[*io_arguments(), "--prev-checkpoint", '""', *RESOLVER, "--", *TAIL]
    ),
    "a raw prefix with blanks in braces": Case(
        "add",
        BOTH,
        arguments=[*io_arguments(), "--raw-output-data-prefix", "{{ .rawOutputDataPrefix }}", *RESOLVER, "--", *TAIL],
    ),
    "no abbreviation": Case("add", BOTH, arguments=["--input", "x", *io_arguments(), *RESOLVER, "--", *TAIL]),
    "unknown option": Case("add", BOTH, arguments=["--no-such", *io_arguments(), *RESOLVER, "--", *TAIL]),
    "unknown short option": Case("add", BOTH, arguments=["-x", *io_arguments(), *RESOLVER, "--", *TAIL]),
    "option without its value": Case("add", BOTH, arguments=["--inputs"]),
    "value for a switch": Case("add", BOTH, arguments=["--test=1", *io_arguments(), *RESOLVER, "--", *TAIL]),
    "no inputs option": Case("add", BOTH, arguments=["--output-prefix", "out", *RESOLVER, "--", *TAIL]),
    "no arguments": Case("add", BOTH, arguments=["--"]),
    "help": Case("add", BOTH, arguments=["--help"]),
    "test": Case("add", BOTH, arguments=["--test", *io_arguments(), *RESOLVER, "--", *TAIL]),
    "test of a bad task": Case(
        "add", BOTH, arguments=["--test", *io_arguments(), *RESOLVER, "--", "x", "no_such", "y", "z"]
    ),
}

#: Where wingbeat writes an error.pb and flytekit none; the exit status is the same (docs/differences.md).
BETTER = {
    "no resolver": [*io_arguments(), "--", *TAIL],
    "a resolver without dots": [*io_arguments(), "--resolver", "nothing", "--", *TAIL],
    "a resolver that is not there": [*io_arguments(), "--resolver", "no_such_module.resolver", "--", *TAIL],
    "no resolver arguments": [*io_arguments(), *RESOLVER],
    "no raw prefix": ["--inputs", "inputs.pb", "--output-prefix", "out", *RESOLVER, "--", *TAIL],
    "raw prefix template left over": [
        *io_arguments(),
        "--raw-output-data-prefix",
        "{{.rawOutputDataPrefix}}",
        *RESOLVER,
        "--",
        *TAIL,
    ],
    "test with a bad resolver": ["--test", *io_arguments(), "--resolver", "no_such_module.resolver", "--", *TAIL],
}


def unqualified(line: str) -> str:
    """`ValueError: x` of `package.ValueError: x`."""
    return re.sub(r"^(\w+\.)+", "", line)


@pytest.mark.parametrize("name", CASES)
def test_the_outcome_is_the_same(name: str, oracle: Oracle, tmp_path: Path) -> None:
    case = CASES[name]
    theirs, ours = oracle.both(tmp_path, case)
    assert ours.status == theirs.status, ours.stderr
    assert ours.files == theirs.files
    assert ours.outputs == theirs.outputs
    assert (ours.error is None) == (theirs.error is None)
    if ours.error is not None and theirs.error is not None:
        for part in ("code", "kind", "origin", "worker"):
            assert getattr(ours.error, part) == getattr(theirs.error, part), part
        dated = theirs.error.timestamp.seconds < 10_000
        assert not dated or ours.error.timestamp == theirs.error.timestamp
        assert ours.error.timestamp.seconds > 0
        if case.text == "all":
            assert ours.message == theirs.message
            assert unqualified(ours.trace[-1]) == unqualified(theirs.trace[-1])
        elif case.text == "class":
            assert ours.message.partition(":")[0] == theirs.message.partition(":")[0]


@pytest.mark.parametrize("name", BETTER)
def test_a_failed_set_up_is_reported_and_exits_alike(name: str, oracle: Oracle, tmp_path: Path) -> None:
    case = Case("add", BOTH, arguments=BETTER[name])
    theirs, ours = oracle.both(tmp_path, case)
    assert (theirs.status, theirs.files) == (1, set())
    assert (ours.status, ours.files) == (1, {"error.pb"})
    assert ours.error is not None
    assert (ours.error.kind, ours.error.origin, ours.error.code) == (0, 1, "USER:RuntimeError")


def test_a_parameter_without_a_type_is_reported(oracle: Oracle, tmp_path: Path) -> None:
    """In flytekit the process dies of a missing attribute of its own exception."""
    case = Case("f", source="@task\ndef f(a) -> int:\n    return 1\n")
    theirs, ours = oracle.both(tmp_path, case)
    assert (theirs.status, theirs.files) == (1, set())
    assert (ours.status, ours.files) == (0, {"error.pb"})
    assert ours.error is not None
    assert (ours.error.kind, ours.error.origin, ours.error.code) == (0, 1, "USER:MissingTypeError")
    assert "'a' has no type" in ours.message
