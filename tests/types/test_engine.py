"""Registration of transformers, and conversions through `TypeEngine`."""

from __future__ import annotations

import asyncio
import contextvars
import datetime as dt
import enum
import os
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Dict, List, NamedTuple, Optional, Union

import pytest

import wingbeat
from wingbeat import (
    AsyncTypeTransformer,
    Codec,
    InterfaceCodec,
    RestrictedTypeError,
    SimpleTransformer,
    TypeEngine,
    TypeTransformer,
    TypeTransformerFailedError,
)
from wingbeat.idl import (
    Binary,
    EnumType,
    Literal,
    LiteralMap,
    LiteralOffloadedMetadata,
    LiteralType,
    Primitive,
    Scalar,
    SimpleType,
    Variable,
)
from wingbeat.types import context, registry
from wingbeat.types import schema as s
from wingbeat.types.describe import describe


@pytest.fixture(autouse=True)
def clean_registry() -> Iterator[None]:
    before = dict(registry.transformers)
    yield
    for key in list(registry.transformers):
        registry.remove(key)
    for key, transformer in before.items():
        registry.put(key, transformer)


class Celsius:
    def __init__(self, degrees: float) -> None:
        self.degrees = degrees

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Celsius) and self.degrees == other.degrees

    __hash__ = None  # type: ignore[assignment]


class Kelvin(Celsius):
    pass


def text(value: str) -> Literal:
    return Literal(scalar=Scalar(primitive=Primitive(string_value=value)))


class CelsiusTransformer(TypeTransformer[Any]):
    """Writes `21.5 C`."""

    def __init__(self, name: str = "Celsius", t: Any = Celsius) -> None:
        super().__init__(name, t)
        self.seen: list[Any] = []

    def get_literal_type(self, t: Any) -> LiteralType:
        return LiteralType(simple=SimpleType.STRING)

    def to_literal(self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType) -> Literal:
        self.seen.append((ctx, python_type, expected))
        return text(f"{python_val.degrees} C")

    def to_python_value(self, ctx: Any, lv: Literal, expected_python_type: Any) -> Any:
        self.seen.append((ctx, expected_python_type))
        assert lv.scalar is not None
        assert lv.scalar.primitive is not None
        assert lv.scalar.primitive.string_value is not None
        return Celsius(float(lv.scalar.primitive.string_value.removesuffix(" C")))


class AsyncCelsius(AsyncTypeTransformer[Any]):
    def __init__(self) -> None:
        super().__init__("AsyncCelsius", Celsius)

    def get_literal_type(self, t: Any) -> LiteralType:
        return LiteralType(simple=SimpleType.FLOAT)

    async def async_to_literal(self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType) -> Literal:
        await asyncio.sleep(0)
        return Literal(scalar=Scalar(primitive=Primitive(float_value=python_val.degrees + SHIFT.get())))

    async def async_to_python_value(self, ctx: Any, lv: Literal, expected_python_type: Any) -> Any:
        await asyncio.sleep(0)
        assert lv.scalar is not None
        return Celsius(lv.scalar.value.value)


SHIFT: contextvars.ContextVar[float] = contextvars.ContextVar("SHIFT", default=0.0)


class LoudInt(TypeTransformer[int]):
    """Reads and writes an int as a word."""

    def __init__(self) -> None:
        super().__init__("LoudInt", int)

    def get_literal_type(self, t: type[int]) -> LiteralType:
        return LiteralType(simple=SimpleType.STRING)

    def to_literal(self, ctx: Any, python_val: int, python_type: type[int], expected: LiteralType) -> Literal:
        return text(f"{python_val}!")

    def to_python_value(self, ctx: Any, lv: Literal, expected_python_type: type[int]) -> int:
        assert lv.scalar is not None
        return int(lv.scalar.value.value.removesuffix("!"))


# --- registration ---------------------------------------------------------------------------------------------------


def test_a_registered_type_is_converted() -> None:
    assert TypeEngine.get_transformer(Celsius).name == "FlytePickle"
    transformer = CelsiusTransformer()
    TypeEngine.register(transformer)
    codec = Codec(Celsius)
    assert Literal.from_bytes(codec.encode(Celsius(21.5))) == text("21.5 C")
    assert codec.decode(text("-3.0 C").serialize_to_string()) == Celsius(-3.0)
    assert TypeEngine.get_transformer(Celsius) is transformer
    assert Celsius in TypeEngine.get_available_transformers()


def test_a_subclass_is_converted_by_its_bases_transformer() -> None:
    transformer = CelsiusTransformer()
    TypeEngine.register(transformer)
    assert TypeEngine.get_transformer(Kelvin) is transformer


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (int, "int"),
        (dt.datetime, "datetime"),
        (list, "Typed List"),
        (dict, "Typed Dict"),
        (type(None), "none"),
        (enum.Enum, "DefaultEnumTransformer"),
        (Union, "Typed Union"),
        (tuple, "non typed tuple"),
    ],
)
def test_a_type_is_registered_once(key: Any, name: str) -> None:
    with pytest.raises(ValueError, match=f"^Transformer {name} for type .* is already registered. Cannot override"):
        TypeEngine.register(CelsiusTransformer("x", key))


def test_nothing_is_registered_if_one_type_is_taken() -> None:
    TypeEngine.register(CelsiusTransformer())
    with pytest.raises(ValueError, match=r"^Transformer Celsius .* Cannot override with Kelvin$"):
        TypeEngine.register(CelsiusTransformer("Kelvin", Kelvin), additional_types=[Celsius])
    assert Kelvin not in TypeEngine.get_available_transformers()


def test_additional_types() -> None:
    first, second = CelsiusTransformer(), CelsiusTransformer("Second", Kelvin)
    TypeEngine.register(first, additional_types=[Kelvin])
    TypeEngine.register_additional_type(second, Kelvin)
    assert TypeEngine.get_transformer(Kelvin) is first
    TypeEngine.register_additional_type(second, Kelvin, override=True)
    assert TypeEngine.get_transformer(Kelvin) is second
    TypeEngine.register_additional_type(LoudInt(), int)
    assert TypeEngine.get_transformer(int).name == "int"


def test_restricted_types() -> None:
    TypeEngine.register_restricted_type("no celsius", Celsius)
    message = r"Transformer for type <class '.*Celsius'> is restricted currently"
    with pytest.raises(RestrictedTypeError, match=message):
        Codec(Celsius)
    with pytest.raises(ValueError, match=message):
        Codec(List[Celsius])
    with pytest.raises(RestrictedTypeError, match=message):
        TypeEngine.to_literal_type(Celsius)


def test_registration_is_seen_by_codecs_made_later() -> None:
    assert Codec(int).encode(1) == Codec(int).encode(1)
    built_in = Codec(List[int]).encode([1])
    TypeEngine.register_additional_type(LoudInt(), int, override=True)
    assert Codec(List[int]).encode([1]) != built_in
    registry.remove(int)
    assert Codec(List[int]).encode([1]) == built_in


# --- a transformer takes part everywhere ----------------------------------------------------------------------------


@dataclass
class Reading:
    at: str
    value: Celsius
    history: List[Celsius]


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (Celsius, Celsius(1.0)),
        (List[Celsius], [Celsius(1.0), Celsius(2.0)]),
        (Dict[str, List[Celsius]], {"a": [Celsius(1.0)]}),
        (Dict[int, Celsius], {1: Celsius(1.0)}),
        (Optional[Celsius], Celsius(1.0)),
        (Optional[Celsius], None),
        (Union[int, Celsius], Celsius(1.0)),
        (Union[int, Celsius], 3),
        (Reading, Reading("noon", Celsius(1.0), [Celsius(0.5)])),
        (List[Optional[Reading]], [None, Reading("noon", Celsius(1.0), [])]),
    ],
)
def test_round_trips(hint: Any, value: Any) -> None:
    TypeEngine.register(CelsiusTransformer())
    codec = Codec(hint)
    assert codec.decode(codec.encode(value)) == value


def test_an_overridden_builtin_is_a_callback_everywhere() -> None:
    TypeEngine.register_additional_type(LoudInt(), int, override=True)
    assert Literal.from_bytes(Codec(int).encode(1)) == text("1!")
    assert Codec(List[int]).decode(Codec(List[int]).encode([1, 2])) == [1, 2]
    node = describe(Dict[str, Optional[int]])
    assert isinstance(node, s.Map)
    assert isinstance(node.value, s.Union)
    assert node.value.variants[0].tag == "LoudInt"
    assert isinstance(node.value.variants[0].schema, s.Callback)
    assert LiteralType.from_bytes(node.value.variants[0].literal_type).simple == SimpleType.STRING


def test_a_subscripted_type_may_be_registered() -> None:
    class Both(CelsiusTransformer):
        def to_literal(self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType) -> Literal:
            return text(str(python_val))

    TypeEngine.register(Both("ints", List[int]))
    assert Literal.from_bytes(Codec(List[int]).encode([1])) == text("[1]")
    assert isinstance(describe(List[str]), s.List)
    assert isinstance(describe(list[int]), s.List)  # another key, as in flytekit


def test_an_annotation_may_bring_the_transformer() -> None:
    hint = Annotated[Celsius, "note", CelsiusTransformer()]
    assert Codec(List[hint]).decode(Codec(List[hint]).encode([Celsius(1.0)])) == [Celsius(1.0)]
    assert isinstance(TypeEngine.get_transformer(hint), CelsiusTransformer)


def test_a_transformer_for_a_dataclass_wins() -> None:
    class ReadingTransformer(CelsiusTransformer):
        def to_literal(self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType) -> Literal:
            return text(python_val.at)

    TypeEngine.register(ReadingTransformer("Reading", Reading))
    assert Literal.from_bytes(Codec(Reading).encode(Reading("noon", Celsius(1.0), []))) == text("noon")


def test_a_transformer_sees_the_hint_the_context_and_the_expected_type() -> None:
    transformer = CelsiusTransformer()
    TypeEngine.register(transformer)
    marker = object()
    context.provide(lambda: marker)
    try:
        hint = Annotated[Celsius, "note"]
        Codec(hint).decode(Codec(hint).encode(Celsius(1.0)))
    finally:
        context.provide(None)
    assert transformer.seen == [(marker, hint, LiteralType(simple=SimpleType.STRING)), (marker, hint)]


def test_without_a_task_there_is_a_local_context(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wingbeat.runtime.context._entered", None)  # where another test has run a task
    ctx = context.current_context()
    assert ctx.execution_state.is_local_execution()
    assert os.path.isdir(ctx.file_access.local_sandbox_dir)


# --- what goes wrong in a transformer -------------------------------------------------------------------------------


def test_the_type_is_asserted_before_encoding() -> None:
    TypeEngine.register(CelsiusTransformer())
    with pytest.raises(TypeTransformerFailedError, match="Expected value of type .*Celsius.* but got '3' of type"):
        Codec(Celsius).encode(3)


def test_none_is_refused() -> None:
    TypeEngine.register(CelsiusTransformer())
    with pytest.raises(
        TypeTransformerFailedError, match=r"cannot be None, expected Celsius; declare Optional\[Celsius\]"
    ):
        Codec(List[Celsius]).encode([None])


def test_a_transformer_must_return_a_literal() -> None:
    class Broken(CelsiusTransformer):
        def to_literal(self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType) -> Any:
            return None

    TypeEngine.register(Broken())
    with pytest.raises(TypeError, match=r"Broken\.to_literal returned NoneType, not a Literal"):
        TypeEngine.to_literal(None, Celsius(1.0), Celsius, None)
    with pytest.raises(TypeError, match=r"Broken\.to_literal returned NoneType, not a Literal"):
        Codec(Celsius).encode(Celsius(1.0))


def test_an_offloaded_literal_is_named() -> None:
    TypeEngine.register(CelsiusTransformer())
    literal = Literal(offloaded_metadata=LiteralOffloadedMetadata("s3://b/k", 1, LiteralType(simple=3)))
    with pytest.raises(TypeTransformerFailedError, match="s3://b/k"):
        TypeEngine.to_python_value(None, literal, Celsius)
    with pytest.raises(TypeTransformerFailedError, match="s3://b/k"):
        Codec(Celsius).decode(literal.serialize_to_string())


# --- async transformers ---------------------------------------------------------------------------------------------


def test_an_async_transformer_in_a_codec() -> None:
    TypeEngine.register(AsyncCelsius())
    codec = Codec(List[Celsius])
    assert codec.decode(codec.encode([Celsius(1.0)])) == [Celsius(1.0)]


def test_an_async_transformer_inside_a_running_loop() -> None:
    TypeEngine.register(AsyncCelsius())

    async def main() -> Any:
        SHIFT.set(0.5)
        codec = Codec(Celsius)
        return codec.decode(codec.encode(Celsius(1.0)))

    assert asyncio.run(main()) == Celsius(1.5)


def test_async_entry_points() -> None:
    TypeEngine.register(AsyncCelsius())
    TypeEngine.register(CelsiusTransformer("Kelvin", Kelvin))
    float_type = LiteralType(simple=SimpleType.FLOAT)

    async def main() -> None:
        literal = await TypeEngine.async_to_literal(None, Celsius(1.0), Celsius, float_type)
        assert await TypeEngine.async_to_python_value(None, literal, Celsius) == Celsius(1.0)
        literal = await TypeEngine.async_to_literal(None, Kelvin(1.0), Kelvin, float_type)
        assert await TypeEngine.async_to_python_value(None, literal, Kelvin) == Celsius(1.0)

    asyncio.run(main())


# --- conversions through the engine ---------------------------------------------------------------------------------


class Color(enum.Enum):
    RED = "red"


@dataclass
class Point:
    x: int
    y: float = 0.0


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (int, 1),
        (List[int], [1, 2]),
        (Dict[str, int], {"a": 1}),
        (dict, {"a": 1}),
        (Optional[str], None),
        (Color, Color.RED),
        (typing.Literal["a"], "a"),
        (Point, Point(1)),
        (Annotated[int, "x"], 1),
    ],
)
def test_builtin_types(hint: Any, value: Any) -> None:
    expected = TypeEngine.to_literal_type(hint)
    literal = TypeEngine.to_literal(None, value, hint, expected)
    assert isinstance(literal, Literal)
    assert literal.serialize_to_string() == Literal.from_bytes(Codec(hint).encode(value)).serialize_to_string()
    assert TypeEngine.to_python_value(None, literal, hint) == value


@pytest.mark.parametrize(
    ("hint", "name", "python_type"),
    [
        (int, "int", int),
        (dt.date, "date", dt.date),
        (List[int], "Typed List", list),
        (Dict[str, int], "Typed Dict", dict),
        (Optional[int], "Typed Union", Union),
        (int | None, "Typed Union", Union),
        (Color, "DefaultEnumTransformer", enum.Enum),
        (typing.Literal["a"], "LiteralTypeTransformer", object),
        (Point, "Object-Dataclass-Transformer", object),
        (tuple, "non typed tuple", tuple),
        (Annotated[int, "x"], "int", int),
    ],
)
def test_builtin_transformers(hint: Any, name: str, python_type: Any) -> None:
    transformer = TypeEngine.get_transformer(hint)
    assert transformer.name == name
    assert transformer.python_type is python_type
    assert transformer.is_async == (name in ("Typed List", "Typed Dict", "Typed Union"))


def test_a_builtin_transformer_by_itself() -> None:
    transformer = TypeEngine.get_transformer(int)
    assert transformer.get_literal_type(int) == LiteralType(simple=SimpleType.INTEGER)
    literal = transformer.to_literal(None, 1, int, LiteralType(simple=SimpleType.INTEGER))
    assert transformer.to_python_value(None, literal, int) == 1
    assert transformer.from_binary_idl(Binary(b"\x05", "msgpack"), int) == 5
    assert transformer.guess_python_type(LiteralType(simple=SimpleType.INTEGER)) is int
    with pytest.raises(ValueError, match="cannot reverse"):
        transformer.guess_python_type(LiteralType(simple=SimpleType.STRING))
    with pytest.raises(TypeTransformerFailedError):
        transformer.assert_type(int, "x")
    assert TypeEngine.get_transformer(complex).name == "FlytePickle"


def test_a_tuple_is_no_value() -> None:
    with pytest.raises(AssertionError, match="^Tuples are not a supported type for individual values in Flyte"):
        TypeEngine.to_literal(None, (1, 2), List[int], None)


def test_simple_transformer() -> None:
    TypeEngine.register(
        SimpleTransformer(
            "Celsius",
            Celsius,
            LiteralType(simple=SimpleType.FLOAT),
            lambda value: Literal(scalar=Scalar(primitive=Primitive(float_value=value.degrees))),
            lambda lv: Celsius(lv.scalar.primitive.float_value),  # type: ignore[union-attr, arg-type]
        )
    )
    assert Codec(Celsius).decode(Codec(Celsius).encode(Celsius(1.5))) == Celsius(1.5)
    with pytest.raises(TypeTransformerFailedError, match="Expected value of type .*Celsius"):
        Codec(Celsius).encode(Kelvin(1.0))
    with pytest.raises(TypeTransformerFailedError, match="Cannot convert literal .* to <class"):
        Codec(Celsius).decode(LiteralMap({}).serialize_to_string())
    with pytest.raises(TypeTransformerFailedError, match="Cannot convert to type Kelvin, only Celsius is supported"):
        Codec(Kelvin).decode(Codec(Celsius).encode(Celsius(1.5)))
    transformer = TypeEngine.get_transformer(Celsius)
    assert transformer.guess_python_type(LiteralType(simple=SimpleType.FLOAT)) is Celsius


def test_from_binary_idl_reads_a_document_of_the_type() -> None:
    class PointTransformer(CelsiusTransformer):
        def to_python_value(self, ctx: Any, lv: Literal, expected_python_type: Any) -> Any:
            assert lv.scalar is not None
            assert lv.scalar.binary is not None
            return self.from_binary_idl(lv.scalar.binary, expected_python_type)

    stored = Codec(Point).encode(Point(1, 2.0))
    TypeEngine.register(PointTransformer("Point", Point))
    assert Codec(Point).decode(stored) == Point(1, 2.0)


def test_literal_map_to_kwargs() -> None:
    literals = LiteralMap({"a": TypeEngine.to_literal(None, 1, int, None), "b": text("x")})
    assert TypeEngine.literal_map_to_kwargs(None, literals, {"a": int, "b": str}) == {"a": 1, "b": "x"}
    variables = {"a": Variable(LiteralType(simple=1), ""), "b": Variable(LiteralType(simple=3), "")}
    assert TypeEngine.literal_map_to_kwargs(None, literals, literal_types=variables) == {"a": 1, "b": "x"}
    assert TypeEngine.literal_map_to_kwargs(None, literals, {}) == {}
    assert TypeEngine.literal_map_to_kwargs(None, LiteralMap({}), {"a": int}) == {}
    with pytest.raises(ValueError, match="At least one of python_types or literal_types must be provided"):
        TypeEngine.literal_map_to_kwargs(None, literals)
    with pytest.raises(ValueError, match="Received more input values 2 than allowed by the input spec 1"):
        TypeEngine.literal_map_to_kwargs(None, literals, {"a": int})
    with pytest.raises(KeyError, match="'b' is not an input; the inputs are 'a', 'c'"):
        TypeEngine.literal_map_to_kwargs(None, literals, {"a": int, "c": str})
    with pytest.raises(TypeTransformerFailedError, match=r"^Error converting input 'b':\n(.|\n)*Exception: "):
        TypeEngine.literal_map_to_kwargs(None, literals, {"a": int, "b": int})


def test_a_failing_input_is_not_printed_whole() -> None:
    literals = LiteralMap({"a": TypeEngine.to_literal(None, list(range(1000)), List[int], None)})
    with pytest.raises(TypeTransformerFailedError) as raised:
        TypeEngine.literal_map_to_kwargs(None, literals, {"a": int})
    assert len(str(raised.value)) < 1000


def test_dict_to_literal_map() -> None:
    TypeEngine.register(AsyncCelsius())
    found = TypeEngine.dict_to_literal_map(None, {"a": 1, "b": [1], "c": Celsius(1.0)}, {"b": List[int]})
    assert isinstance(found, LiteralMap)
    assert InterfaceCodec({"a": int, "b": List[int], "c": Celsius}).decode(found.serialize_to_string()) == {
        "a": 1,
        "b": [1],
        "c": Celsius(1.0),
    }
    with pytest.raises(ValueError, match="Only generic univariate"):
        TypeEngine.dict_to_literal_map(None, {"a": [1]})


class Outputs(NamedTuple):
    total: int
    names: List[str]


def test_named_tuple_to_variable_map() -> None:
    variables = TypeEngine.named_tuple_to_variable_map(Outputs).variables
    assert [(key, one.description) for key, one in variables.items()] == [("total", "0"), ("names", "1")]
    assert variables["names"].type == TypeEngine.to_literal_type(List[str])


# --- guessing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        (int, int),
        (float, float),
        (str, str),
        (bool, bool),
        (type(None), type(None)),
        (dt.datetime, dt.datetime),
        (dt.date, dt.datetime),
        (dt.timedelta, dt.timedelta),
        (list[int], List[int]),
        (dict[str, list[int]], Dict[str, List[int]]),
        (dict, dict),
        (Optional[int], Optional[int]),
        (typing.Literal["a"], str),
    ],
)
def test_guess(hint: Any, expected: Any) -> None:
    assert TypeEngine.guess_python_type(TypeEngine.to_literal_type(hint)) == expected


def test_guess_an_enum() -> None:
    guess = TypeEngine.guess_python_type(LiteralType(enum_type=EnumType(["a", "b"])))
    assert [member.value for member in guess] == ["a", "b"]


@dataclass
class Whole:
    i: int
    maybe: Optional[str]
    points: List[Point]
    by_name: Dict[str, Point]
    color: Color
    free: dict
    nested: Point


def test_guess_a_dataclass() -> None:
    kind = TypeEngine.to_literal_type(Whole)
    guess = TypeEngine.guess_python_type(kind)
    assert guess is TypeEngine.guess_python_type(TypeEngine.to_literal_type(Whole))
    assert guess.__name__ == "Whole"
    hints = guess.__annotations__
    point = hints["nested"]
    assert point.__annotations__ == {"x": int, "y": float}
    assert hints["i"] is int
    assert hints["maybe"] == Optional[str]
    assert hints["color"] is str
    assert hints["free"] is dict
    assert hints["points"].__args__[0].__annotations__ == point.__annotations__
    value = Whole(1, None, [Point(1)], {"a": Point(2)}, Color.RED, {"k": 1}, Point(3))
    decoded = Codec(guess).decode(Codec(Whole).encode(value))
    assert (decoded.i, decoded.maybe, decoded.color, decoded.nested.x) == (1, None, "red", 3)


def test_guess_asks_registered_transformers() -> None:
    class Blobby(CelsiusTransformer):
        def guess_python_type(self, literal_type: LiteralType) -> Any:
            if literal_type.simple == SimpleType.BINARY:
                return Celsius
            raise ValueError("not mine")

    with pytest.raises(ValueError, match="No transformers could reverse Flyte literal type"):
        TypeEngine.guess_python_type(LiteralType(simple=SimpleType.BINARY))
    TypeEngine.register(Blobby())
    assert TypeEngine.guess_python_type(LiteralType(collection_type=LiteralType(simple=7))) == List[Celsius]
    with pytest.raises(ValueError, match="No transformers could reverse Flyte literal type"):
        TypeEngine.guess_python_type(LiteralType())


def test_guess_python_types() -> None:
    variables = {"a": Variable(LiteralType(simple=1), "")}
    assert TypeEngine.guess_python_types(variables) == {"a": int}


# --- the package ----------------------------------------------------------------------------------------------------


def test_every_public_name_is_there() -> None:
    for name in wingbeat.__all__:
        assert getattr(wingbeat, name) is not None
    assert set(wingbeat.__all__) <= set(dir(wingbeat))
    with pytest.raises(AttributeError, match="module 'wingbeat' has no attribute 'nothing'"):
        _ = wingbeat.nothing  # type: ignore[attr-defined]


def test_a_codec_is_a_generic_class() -> None:
    codec: Codec[int] = Codec[int](int)
    assert codec.decode(codec.encode(1)) == 1
    assert repr(Codec(List[int])) == "Codec(list[int])"
    assert repr(InterfaceCodec({"a": int})) == "InterfaceCodec({'a': int})"


def test_defaults_of_an_interface() -> None:
    codec = InterfaceCodec({"a": int, "b": int, "c": int}, defaults={"a": 7})
    assert list(codec.decode(InterfaceCodec({"c": int, "b": int}).encode({"c": 1, "b": 2})).items()) == [
        ("a", 7),
        ("b", 2),
        ("c", 1),
    ]
    with pytest.raises(ValueError, match="a default is given for 'x', which is not declared"):
        InterfaceCodec({"a": int}, defaults={"x": 1})


# --- enums ----------------------------------------------------------------------------------------------------------


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


class ColorTransformer(TypeTransformer[Any]):
    """Numbers the members of one enum."""

    def __init__(self) -> None:
        super().__init__("Color", Color)

    def get_literal_type(self, t: Any) -> LiteralType:
        return LiteralType(simple=SimpleType.INTEGER)

    def to_literal(self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType) -> Literal:
        return Literal(scalar=Scalar(primitive=Primitive(integer=list(Color).index(python_val))))

    def to_python_value(self, ctx: Any, lv: Literal, expected_python_type: Any) -> Any:
        assert lv.scalar is not None
        return list(Color)[lv.scalar.value.value]


class Other(enum.Enum):
    A = "a"


@pytest.mark.parametrize("hint", [Annotated[Color, "x"], List[Annotated[Color, "x"]], Optional[Annotated[Color, "x"]]])
def test_an_annotated_enum_is_the_enum(hint: Any) -> None:
    bare = {List[Annotated[Color, "x"]]: List[Color], Optional[Annotated[Color, "x"]]: Optional[Color]}.get(hint, Color)
    value = [Color.RED] if hint == List[Annotated[Color, "x"]] else Color.RED
    assert TypeEngine.to_literal_type(hint) == TypeEngine.to_literal_type(bare)
    assert Codec(hint).encode(value) == Codec(bare).encode(value)
    assert Codec(hint).decode(Codec(bare).encode(value)) == value
    literal = TypeEngine.to_literal(None, value, hint, TypeEngine.to_literal_type(hint))
    assert TypeEngine.to_python_value(None, literal, hint) == value


def test_a_transformer_of_one_enum_converts_that_enum_only() -> None:
    TypeEngine.register(ColorTransformer())
    assert isinstance(TypeEngine.get_transformer(Color), ColorTransformer)
    assert not isinstance(TypeEngine.get_transformer(Other), ColorTransformer)
    assert TypeEngine.to_literal_type(Color).simple == SimpleType.INTEGER
    assert Codec(List[Color]).encode([Color.BLUE]) == Codec(List[int]).encode([1])
    assert Codec(Dict[str, Color]).decode(Codec(Dict[str, int]).encode({"k": 1})) == {"k": Color.BLUE}
    assert Codec(Other).encode(Other.A) == Codec(str).encode("a")
