"""Castability, matching and guessing, for every pair of a list of Flyte types, as flytekit."""

from __future__ import annotations

import datetime
import enum
import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Dict, Iterator, List, Literal, Optional, Union

import pytest

from tests.types.oracle import ask
from tests.types.test_values import cases  # after its packages
from wingbeat import FlyteError, TypeEngine
from wingbeat.idl import BlobType, LiteralType, SchemaType, StructuredDatasetType
from wingbeat.types.castable import castable, literal_types_match
from wingbeat.types.literal_type import literal_type
from wingbeat.types.matching import strict_type_hint_matching


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Reversed(enum.Enum):
    BLUE = "blue"
    RED = "red"


@dataclass
class Inner:
    a: int
    b: Optional[str] = None


@dataclass
class Outer:
    inner: Inner
    many: List[Inner] = field(default_factory=list)
    named: Dict[str, float] = field(default_factory=dict)
    color: Color = Color.RED
    untyped: dict = field(default_factory=dict)
    at: datetime.datetime = datetime.datetime(2020, 1, 1)


HINTS: dict[str, Any] = {
    "int": int,
    "float": float,
    "str": str,
    "None": type(None),
    "datetime": datetime.datetime,
    "date": datetime.date,
    "timedelta": datetime.timedelta,
    "List[int]": List[int],
    "List[None]": List[None],
    "Dict[str, int]": Dict[str, int],
    "dict": dict,
    "Color": Color,
    "Reversed": Reversed,
    "Literal": Literal["a", "b"],
    "Optional[int]": Optional[int],
    "Union": Union[int, str, None],
    "Union the other way": Union[None, str, int],
    "List[Optional[Color]]": List[Optional[Color]],
    "Inner": Inner,
    "Outer": Outer,
    "Any": Any,
    "List[bytes]": List[bytes],
    "FlyteError": FlyteError,
    "Struct": cases.struct_pb2.Struct,
    "Iterator[int]": Iterator[int],
    "Small": cases.Small,
    "Box": cases.Box[List[cases.Small]],
    "Optional[Small]": Optional[cases.Small],
}


def table(columns: list[tuple[str, Any]], **more: Any) -> LiteralType:
    made = [
        StructuredDatasetType.DatasetColumn(name, LiteralType.from_bytes(literal_type(hint))) for name, hint in columns
    ]
    return LiteralType(structured_dataset_type=StructuredDatasetType(columns=made, **more))


TYPES: dict[str, LiteralType] = {
    **{name: LiteralType.from_bytes(literal_type(hint)) for name, hint in HINTS.items()},
    "blob": LiteralType(blob=BlobType("csv", 0)),
    "table": table([("a", int)]),
    "table of more": table([("a", int), ("b", str)]),
    "table of another name": table([("b", int)]),
    "table of another type": table([("a", float)]),
    "table in csv": table([("a", int)], format="csv"),
    "table with a schema": table([("a", int)], external_schema_type="arrow", external_schema_bytes=b"x"),
    "schema": LiteralType(schema=SchemaType(columns=[])),
    "empty": LiteralType(),
}


@cache
def answers() -> Any:
    return ask("oracle_engine.py", json.dumps([one.serialize_to_string().hex() for one in TYPES.values()]))


@pytest.mark.parametrize("name", TYPES)
def test_castable(name: str) -> None:
    expected = dict(zip(TYPES, answers()["castable"][list(TYPES).index(name)]))
    assert {other: castable(TYPES[name], TYPES[other]) for other in TYPES} == expected


@pytest.mark.parametrize("name", TYPES)
def test_match(name: str) -> None:
    expected = dict(zip(TYPES, answers()["match"][list(TYPES).index(name)]))
    assert {other: literal_types_match(TYPES[name], TYPES[other]) for other in TYPES} == expected


@pytest.mark.parametrize("name", TYPES)
def test_guess(name: str) -> None:
    expected = answers()["guess"][list(TYPES).index(name)]
    if expected.startswith("error"):
        with pytest.raises(ValueError):  # noqa: PT011
            TypeEngine.guess_python_type(TYPES[name])
    else:
        if name == "Outer":  # flytekit loses the class of elements
            expected = expected.replace("list[dict]", "list[Inner(a: int, b: Union[str, NoneType])]")
        assert cases.described(TypeEngine.guess_python_type(TYPES[name])) == expected


def test_the_own_type_of_a_value() -> None:
    assert strict_type_hint_matching(1, TYPES["int"]) is int
    assert strict_type_hint_matching(Inner(1), TYPES["Inner"]) is Inner
    for value, name in ((1, "float"), ([1], "List[int]"), ("x", "Color")):
        with pytest.raises(ValueError):  # noqa: PT011
            strict_type_hint_matching(value, TYPES[name])
