"""Tasks that fail for a value of theirs, and what flytekit and wingbeat report: type-system specification, 7."""

from __future__ import annotations

from typing import NamedTuple

from tests import literals as l
from tests.messages_of_values import DEEP, NONE, THOUSAND


class TaskRow(NamedTuple):
    """`theirs` is in flytekit's message below `Message:`, all of `ours` in wingbeat's."""

    task: str
    source: str
    inputs: dict[str, l.Literal]
    theirs: str
    ours: tuple[str, ...]


HEAD = """
import dataclasses
import enum
from typing import Any, Dict, List, NamedTuple, Tuple, Union


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


@dataclasses.dataclass
class Point:
    x: int


class Pair(NamedTuple):
    first: int
    second: Color


@task
"""
ONE = {"a": l.integer(1)}


def task(signature: str, body: str = "return None", head: str = HEAD) -> tuple[str, str]:
    return signature.partition("(")[0], f"{head}def {signature}:\n    {body}\n"


TASKS: dict[str, TaskRow] = {
    "an element of a long input": TaskRow(
        *task("t(a: List[int])"),
        {"a": THOUSAND},
        "Literal value: collection",
        ("Error converting input 'a':\n", "inputs.a[1000]: expected integer, got string 'x'", "type: typing.List[int]"),
    ),
    "a field deep inside": TaskRow(
        *task("t(a: List[Dict[str, Point]])"),
        {"a": DEEP},
        "Error converting input 'a':",
        ("Error converting input 'a':\n", "inputs.a[3][\"k\"].x: expected integer, got string 'abc'"),
    ),
    "None for an input": TaskRow(
        *task("t(a: int)"),
        {"a": l.none()},
        "Cannot convert literal",
        ("Error converting input 'a':\n", "inputs.a: expected integer, got none", NONE),
    ),
    "an input of an unknown value": TaskRow(
        *task("t(a: Color)"),
        {"a": l.string("zzz")},
        "'zzz' is not a valid Color",
        ("Error converting input 'a':\n", "expected value of Color, got string 'zzz'", "allowed: 'red', 'blue'"),
    ),
    "a corrupt document": TaskRow(
        *task("t(a: dict)"),
        {"a": l.raw_binary(b"\x81\xa1a")},
        "Exception: Unpack failed: incomplete input",
        (
            "TypeTransformerFailedError: Error converting input 'a':\n",
            'inputs.a["a"]: malformed msgpack of 3 bytes, at byte 3',
            "<class 'dict'>",
        ),
    ),
    "an input of no variant": TaskRow(
        *task("t(a: Union[Point, Color])"),
        {"a": l.integer(1)},
        "(using tag None)",
        ("Error converting input 'a':\n", "inputs.a: expected one of Point, Color, got integer 1"),
    ),
    "an input that is not declared": TaskRow(
        *task("t(a: int, c: str = '')"),
        {"b": l.integer(1)},
        "KeyError: 'b'",
        (
            "Error converting input 'b':\n",
            "no variable is named 'b'",
            "The inputs of task 'user_code.t' are a: int, c: str",
        ),
    ),
    "an output of another type": TaskRow(
        *task("t(a: int) -> float", "return a"),
        ONE,
        "Expected value of type <class 'float'> but got '1'",
        (
            "Failed to convert outputs of task 'user_code.t' at position 0.\n",
            "outputs.o0: expected float, got int 1; write 1.0",
        ),
    ),
    "an element of an output": TaskRow(
        *task("t(a: int) -> List[Point]", "return [Point(1), 5]"),
        ONE,
        "must be called with a dataclass type or instance",
        (
            "Failed to convert outputs of task 'user_code.t' at position 0.\n",
            "outputs.o0[1]: expected Point, got int 5",
        ),
    ),
    "a second output": TaskRow(
        *task("t(a: int) -> Tuple[int, Dict[str, int]]", "return 1, {1: 2}"),
        ONE,
        "Flyte MapType expects all keys to be strings",
        (
            "Failed to convert outputs of task 'user_code.t' at position 1.\n",
            "outputs.o1: expected keys of type str, got int 1",
        ),
    ),
    "a named output": TaskRow(
        *task("t(a: int) -> Pair", "return Pair(1, 'zzz')"),
        ONE,
        "Value zzz is not in Enum",
        (
            "Failed to convert outputs of task 'user_code.t' at position second.\n",
            "outputs.second: expected Color, got str 'zzz'",
        ),
    ),
    "None for an output": TaskRow(
        *task("t(a: int) -> List[int]"),
        ONE,
        "Python value cannot be None",
        ("at position 0.\n", "outputs.o0: expected list, got None", "declare Optional[list]"),
    ),
    "None for a pickle": TaskRow(
        *task("t(a: int) -> Any"),
        ONE,
        "Cannot pickle None Value.",
        ("at position 0.\n", "outputs.o0: Cannot pickle None Value.", NONE),
    ),
    "a type that is no value": TaskRow(
        *task("t(a: int) -> List[Tuple[int, int]]"),
        ONE,
        "Transformer for type <class 'tuple'> is restricted currently",
        ("o0[]: Transformer for type tuple[int, int] is restricted currently", "use list[T] or a dataclass"),
    ),
    "a bare list": TaskRow(
        *task("t(a: int) -> list"),
        ONE,
        "Only generic univariate typing.List[T] type is supported",
        ("o0: list: Only generic univariate", "say what the list holds, for example list[int]"),
    ),
    "a missing argument": TaskRow(
        *task("t(a: int)"),
        {},
        "missing 1 required positional argument: 'a'",
        ("missing 1 required positional argument: 'a'",),
    ),
}
