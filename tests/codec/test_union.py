"""Union, Optional, A | B (type-system spec 2.7, rows 58-67, 91-92 of 8.2)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from typing import Dict, List, Literal, Optional, Union

import pytest
from flyteidl.core import types_pb2

from tests import literals as l
from tests.labels import label
from wingbeat.errors import TypeTransformerFailedError


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Shape(enum.Enum):
    ROUND = "round"
    RED = "red"


@dataclasses.dataclass
class Left:
    x: int


@dataclasses.dataclass
class Right:
    x: int


@dataclasses.dataclass
class Other:
    y: str = ""


@dataclasses.dataclass
class LeftChild(Left):
    z: int = 0


ROUND_TRIPS = [
    (Optional[int], 1, "int"),
    (Optional[int], None, "none"),
    (int | None, 0, "int"),
    (Union[int, str], 1, "int"),
    (Union[int, str], "1", "str"),
    (Union[int, float], 1, "int"),
    (Union[int, float], 1.0, "float"),
    (Union[int, bool], True, "bool"),
    (Union[int, bool, str, float, None], False, "bool"),
    (Union[dt.datetime, dt.date], dt.datetime(2020, 1, 2, tzinfo=dt.timezone.utc), "datetime"),
    (Union[dt.datetime, dt.date], dt.date(2020, 1, 2), "date"),
    (Union[int, dt.timedelta], dt.timedelta(seconds=1), "timedelta"),
    (Union[str, Color], "red", "str"),
    (Union[Color, str], "red", "str"),
    (Union[str, Color], Color.RED, "DefaultEnumTransformer"),
    (Union[Color, Shape], Color.RED, "DefaultEnumTransformer"),
    (Union[Color, Shape], Shape.ROUND, "DefaultEnumTransformer"),
    (Optional[Literal["a", "b"]], "b", "LiteralTypeTransformer"),
    (Optional[List[int]], [], "Typed List"),
    (Union[List[int], int], [1], "Typed List"),
    (Union[List[int], List[str]], [1], "Typed List"),
    (Union[List[int], List[str]], ["a"], "Typed List"),
    (Union[List[int], Dict[str, int]], {"a": 1}, "Typed Dict"),
    (Union[Dict[str, int], Dict[str, str]], {"a": "b"}, "Typed Dict"),
    (Optional[dict], {"a": [1]}, "Typed Dict"),
    (Optional[List[Optional[int]]], [None, 1], "Typed List"),
    (Optional[Left], Left(1), "Object-Dataclass-Transformer"),
    (Union[Left, Right], Left(1), "Object-Dataclass-Transformer"),
    (Union[Left, Right], Right(1), "Object-Dataclass-Transformer"),
    (Union[Left, Other, None], Other("a"), "Object-Dataclass-Transformer"),
    (Union[List[Left], List[int]], [Left(1)], "Typed List"),
]


@pytest.mark.parametrize(("hint", "value", "tag"), ROUND_TRIPS, ids=lambda part: label(part)[-50:])
def test_round_trip(codecs, hint, value, tag):
    data = codecs.encode(hint, value)
    assert l.Literal.FromString(data).scalar.union.type.structure.tag == tag
    decoded = codecs.decode(hint, data)
    assert decoded == value
    assert type(decoded) is type(value)


@pytest.mark.parametrize(("hint", "value", "tag"), ROUND_TRIPS, ids=lambda part: label(part)[-50:])
def test_round_trip_in_a_list(codecs, hint, value, tag):
    decoded = codecs.decode(list[hint], codecs.encode(list[hint], [value, value]))
    assert decoded == [value, value]


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (Optional[int], 1.0),
        (Optional[int], "1"),
        (Optional[int], True),
        (Union[int, str], True),
        (Union[int, str], None),
        (Union[int, str], 2**63),
        (Union[int, str], b"a"),
        (Optional[List[int]], ["a"]),
        (Optional[List[int]], (1,)),
        (Optional[Color], "green"),
        (Optional[Literal["a"]], "b"),
        (Optional[Left], Other()),
        (Optional[Left], object()),
        (Optional[dt.date], dt.datetime(2020, 1, 2)),
    ],
    ids=label,
)
def test_none_fits(codecs, hint, value):
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.encode(hint, value)
    assert caught.value.path.startswith("value")


def test_the_variants_are_listed(codecs):
    with pytest.raises(TypeTransformerFailedError, match=r"(?s)int.*str"):
        codecs.encode(Union[int, str], 1.5)
    with pytest.raises(TypeTransformerFailedError, match=r"(?s)int.*str"):
        codecs.decode(Union[int, str], l.boolean(True))


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (Union[List[int], List[str]], []),
        (Union[dict, Dict[str, int]], {"a": 1}),
        (Union[Dict[str, int], Dict[str, str]], {}),
        (Union[List[Optional[int]], List[Optional[str]]], [None]),
        (Union[Color, Shape], "red"),
        (Union[Left, Right], {"x": 1}),
    ],
    ids=label,
)
def test_ambiguous_when_written(codecs, hint, value):
    with pytest.raises(TypeTransformerFailedError, match="ambiguous"):
        codecs.encode(hint, value)


def test_the_only_variant_that_can_hold_an_element(codecs):
    decoded = codecs.decode(Union[dict, Dict[str, int]], codecs.encode(Union[dict, Dict[str, int]], {"a": "text"}))
    assert decoded == {"a": "text"}


def test_a_subclass_of_a_dataclass_is_written_as_its_base(codecs):
    data = codecs.encode(Optional[Left], LeftChild(1, 2))
    assert codecs.decode(Optional[Left], data) == Left(1)


def test_a_dict_for_a_dataclass(codecs):
    assert codecs.decode(Optional[Left], codecs.encode(Optional[Left], {"x": 1})) == Left(1)


@pytest.mark.parametrize(
    ("hint", "literal", "value"),
    [
        (Optional[int], l.integer(3), 3),
        (Union[int, str], l.integer(3), 3),
        (Union[int, str], l.string("3"), "3"),
        (Union[int, float], l.integer(3), 3),
        (Union[int, float], l.floating(3.0), 3.0),
        (Union[float, str], l.integer(3), 3.0),
        (Union[float, dt.timedelta], l.integer(3), 3.0),
        (Union[int, dt.timedelta], l.floating(3.0), 3),
        (Union[str, dt.timedelta], l.integer(3), dt.timedelta(seconds=3)),
        (Optional[int], l.none(), None),
        (Optional[List[int]], l.none(), None),
        (Optional[List[int]], l.collection(l.integer(1)), [1]),
        (Union[int, str, float, bool], l.binary(1), 1),
        (Union[int, str, float, bool], l.binary(1.0), 1.0),
        (Union[int, str, float, bool], l.binary("1"), "1"),
        (Union[int, str, float, bool], l.binary(True), True),
        (Union[bool, int], l.binary(1), 1),
        (Optional[int], l.binary(None), None),
        (Optional[int], l.binary(1), 1),
        (Optional[Left], l.binary({"x": 1}), Left(1)),
        (Optional[Left], l.struct(x=1), Left(1)),
        (Optional[Color], l.string("red"), Color.RED),
        (Union[dt.datetime, int], l.datetime(0), dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)),
        (Union[dt.datetime, str], l.string("2020-01-02"), "2020-01-02"),
    ],
    ids=lambda part: " ".join(label(part).split())[-50:],
)
def test_bare_literals(codecs, hint, literal, value):
    decoded = codecs.decode(hint, literal)
    assert decoded == value
    assert type(decoded) is type(value)


@pytest.mark.parametrize(
    ("hint", "literal"),
    [
        (Union[str, Color], l.string("red")),
        (Union[dt.datetime, dt.date], l.datetime(0)),
        (Union[List[int], List[str]], l.collection()),
        (Union[Dict[str, int], Dict[str, str]], l.mapping()),
        (Union[Literal["a"], str], l.string("a")),
    ],
    ids=lambda part: " ".join(label(part).split())[-50:],
)
def test_bare_literals_of_several_variants_are_ambiguous(codecs, hint, literal):
    with pytest.raises(TypeTransformerFailedError, match="ambiguous"):
        codecs.decode(hint, literal)


@pytest.mark.parametrize(
    ("hint", "literal"),
    [
        (Optional[int], l.string("3")),
        (Optional[int], l.boolean(True)),
        (Optional[int], l.nothing()),
        (Optional[int], l.floating(1.5)),
        (Union[int, str], l.none()),
        (Optional[int], l.collection(l.integer(1))),
        (Union[str, Color], l.integer(1)),
        (Optional[Left], l.binary({"y": 1})),
        (Optional[Left], l.binary([1])),
    ],
    ids=lambda part: " ".join(label(part).split())[-50:],
)
def test_bare_literals_of_no_variant(codecs, hint, literal):
    with pytest.raises(TypeTransformerFailedError):
        codecs.decode(hint, literal)


INT = l.simple(types_pb2.INTEGER, "int")
STR = l.simple(types_pb2.STRING, "str")


def enum_type(*values: str) -> l.LiteralType:
    structure = types_pb2.TypeStructure(tag="DefaultEnumTransformer")
    return l.LiteralType(enum_type=types_pb2.EnumType(values=values), structure=structure)


@pytest.mark.parametrize(
    ("hint", "literal"),
    [
        (Optional[float], l.union(l.integer(1), INT)),
        (Union[int, str], l.union(l.integer(1), l.simple(types_pb2.STRING, "int"))),
        (Union[int, str], l.union(l.integer(1), l.simple(types_pb2.INTEGER, "str"))),
        (Union[int, str], l.union(l.integer(1), l.simple(types_pb2.INTEGER, "Int"))),
        (Optional[int], l.union(l.string("x"), INT)),
        (Optional[int], l.union(l.nothing(), INT)),
        (Optional[int], l.union(l.union(l.integer(1), INT), INT)),
        (Optional[int], l.union(l.integer(1), l.LiteralType())),
        (Optional[Color], l.union(l.string("green"), enum_type("red", "green"))),
        (Optional[str], l.union(l.string("red"), enum_type("red"))),
    ],
    ids=lambda part: " ".join(str(part).split())[-60:],
)
def test_a_tag_or_type_that_does_not_fit(codecs, hint, literal):
    # A union in a union literal: the inner one is unwrapped once, as for any type that is no union.
    if literal == l.union(l.union(l.integer(1), INT), INT):
        assert codecs.decode(hint, literal) == 1
        return
    with pytest.raises(TypeTransformerFailedError):
        codecs.decode(hint, literal)


@pytest.mark.parametrize(
    ("hint", "literal", "value"),
    [
        # Without a structure, or with an empty tag, the stored type decides.
        (Optional[int], l.union(l.integer(1), l.simple(types_pb2.INTEGER)), 1),
        (Union[int, str], l.union(l.string("a"), l.simple(types_pb2.STRING)), "a"),
        (Optional[int], l.union(l.integer(1), l.simple(types_pb2.INTEGER, "")), 1),
        (Optional[int], l.union(l.none(), l.simple(types_pb2.NONE)), None),
        # The value decides for an enum whose list of values has changed.
        (Optional[Color], l.union(l.string("red"), enum_type("blue", "red")), Color.RED),
        (Optional[Color], l.union(l.string("red"), enum_type("red")), Color.RED),
        # Elements in packed form, and coercions inside the chosen variant.
        (Optional[int], l.union(l.binary(1), INT), 1),
        (Optional[int], l.union(l.floating(1.0), INT), 1),
    ],
    ids=lambda part: " ".join(str(part).split())[-60:],
)
def test_other_stored_types_that_are_understood(codecs, hint, literal, value):
    assert codecs.decode(hint, literal) == value


def test_metadata_and_annotation_of_the_stored_type_do_not_matter(codecs):
    stored = l.simple(types_pb2.INTEGER, "int")
    stored.metadata["k"] = "v"
    stored.annotation.annotations["a"] = 1
    assert codecs.decode(Optional[int], l.union(l.integer(5), stored)) == 5


def test_the_stored_title_tells_dataclasses_of_one_shape_apart(codecs):
    for value in (Left(1), Right(2)):
        literal = l.Literal.FromString(codecs.encode(Union[Left, Right], value))
        assert literal.scalar.union.type.metadata["title"] == type(value).__name__
        del literal.scalar.union.type.metadata["title"]
        with pytest.raises(TypeTransformerFailedError, match="ambiguous"):
            codecs.decode(Union[Left, Right], literal)


def test_untyped_dicts_of_two_kinds_are_ambiguous_when_read(codecs):
    data = codecs.encode(Optional[Dict[int, int]], {1: 2})
    with pytest.raises(TypeTransformerFailedError, match="ambiguous"):
        codecs.decode(Union[dict, Dict[int, int]], data)


def test_the_error_of_the_chosen_variant_names_the_place(codecs):
    literal = l.Literal.FromString(codecs.encode(Optional[List[int]], [1, 2]))
    literal.scalar.union.value.collection.literals[1].CopyFrom(l.string("x"))
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.decode(Optional[List[int]], literal)
    assert caught.value.path == "value[1]"


def test_why_no_variant_takes_a_value_is_said(codecs):
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.encode(Union[List[int], List[str]], [1.5])
    assert str(caught.value) == (
        "value: expected one of list[int], list[str], got list of 1; "
        "list[int][0]: expected int, got float 1.5; list[str][0]: expected str, got float 1.5"
    )


def test_why_no_variant_reads_a_stored_value_is_said(codecs):
    stored = types_pb2.LiteralType(simple=types_pb2.STRUCT)
    stored.structure.tag = "Object-Dataclass-Transformer"
    literal = l.union(l.binary({"z": 1}), stored)
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.decode(Union[Left, Right], literal)
    assert str(caught.value) == (
        "value: expected one of Left, Right, got union of tag 'Object-Dataclass-Transformer'; "
        "Left: missing field 'x' of Left; Right: missing field 'x' of Right"
    )


def test_at_most_four_reasons_are_given(codecs):
    lists = Union[List[int], List[str], List[bool], List[dt.date], List[dt.timedelta]]
    with pytest.raises(TypeTransformerFailedError, match=r"list\[date\]\[0\]: expected date, got float 1\.5; …$"):
        codecs.encode(lists, [1.5])
