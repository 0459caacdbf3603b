"""Lists and dicts of what an async transformer converts, several elements at a time (type-system spec 2.4, 3.3)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any, Dict, List

import pytest

from tests import literals as l
from wingbeat import AsyncTypeTransformer, Codec, InterfaceCodec, TypeEngine, TypeTransformerFailedError
from wingbeat.idl import Literal, LiteralType, Primitive, Scalar, SimpleType
from wingbeat.types import registry


class Parcel:
    def __init__(self, weight: int) -> None:
        self.weight = weight

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Parcel) and other.weight == self.weight

    def __hash__(self) -> int:
        return hash(self.weight)


class Carrier(AsyncTypeTransformer[Any]):
    """Converts nothing until `together` are being converted, and refuses parcels of negative weight."""

    def __init__(self, together: int) -> None:
        super().__init__("Parcel", Parcel)
        self.together = together
        self.running = self.most = 0
        self.full = asyncio.Event()

    async def meet(self) -> None:
        self.running += 1
        self.most = max(self.most, self.running)
        if self.running == self.together:
            self.full.set()
        await asyncio.wait_for(self.full.wait(), 20)
        self.running -= 1

    def get_literal_type(self, t: Any) -> LiteralType:
        return LiteralType(simple=SimpleType.INTEGER)

    async def async_to_literal(self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType) -> Literal:
        await self.meet()
        if python_val.weight < 0:
            raise ValueError(f"weighs {python_val.weight}")
        return Literal(scalar=Scalar(primitive=Primitive(integer=python_val.weight)))

    async def async_to_python_value(self, ctx: Any, lv: Literal, expected_python_type: Any) -> Any:
        await self.meet()
        assert lv.scalar is not None
        return Parcel(lv.scalar.value.value)


@pytest.fixture
def carrier() -> Iterator[Callable[[int], Carrier]]:
    """Registers a transformer."""

    def register(together: int) -> Carrier:
        made = Carrier(together)
        TypeEngine.register(made)
        return made

    yield register
    registry.remove(Parcel)


def dict_of(numbers: range) -> dict[str, Parcel]:
    return {f"k{number}": Parcel(number) for number in numbers}


@pytest.mark.parametrize(
    ("hint", "value"), [(List[Parcel], [*dict_of(range(9)).values()]), (Dict[str, Parcel], dict_of(range(9)))]
)
def test_so_many_as_the_setting_says(
    carrier: Callable[[int], Carrier], monkeypatch: pytest.MonkeyPatch, hint: Any, value: Any
) -> None:
    monkeypatch.setenv("_F_TE_MAX_COROS", "3")
    transformer = carrier(3)
    codec: Codec[Any] = Codec(hint)
    back = codec.decode(codec.encode(value))
    assert back == value
    assert list(back) == list(value)
    assert transformer.most == 3


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (List[List[Parcel]], [[Parcel(1)], []]),
        (List[Dict[str, Parcel]], [{"a": Parcel(1)}, {}]),
        (Dict[str, List[Parcel]], {"a": [Parcel(1)], "b": []}),
        (Dict[str, Dict[str, Parcel]], {"a": {"b": Parcel(1)}, "c": {}}),
    ],
)
def test_inside_each_other(carrier: Callable[[int], Carrier], hint: Any, value: Any) -> None:
    carrier(1)
    codec: Codec[Any] = Codec(hint)
    data = codec.encode(value)
    assert codec.decode(data) == value
    assert Codec(as_weight(hint)).encode(weights(value)) == data


def as_weight(hint: Any) -> Any:
    """The same of `int`, whose literals a parcel's are."""
    if hint is Parcel:
        return int
    return hint.copy_with((*hint.__args__[:-1], as_weight(hint.__args__[-1])))


def weights(value: Any) -> Any:
    if isinstance(value, list):
        return [weights(item) for item in value]
    return {key: weights(item) for key, item in value.items()} if isinstance(value, dict) else value.weight


@pytest.mark.parametrize(
    ("hint", "value", "message"),
    [
        (List[Parcel], [Parcel(1), Parcel(-2), Parcel(-3)], "outputs.x[1]: ValueError: weighs -2"),
        (Dict[str, Parcel], {"a b": Parcel(-1)}, 'outputs.x["a b"]: ValueError: weighs -1'),
        (Dict[str, List[Parcel]], {"k": [Parcel(1), Parcel(-4)]}, 'outputs.x["k"][1]: ValueError: weighs -4'),
        (Dict[str, Parcel], [Parcel(1)], "outputs.x: expected dict, got list of 1"),
        (Dict[str, Parcel], {1: Parcel(1)}, "outputs.x: expected keys of type str, got int 1"),
        (List[Parcel], (Parcel(1),), "outputs.x: expected list, got tuple of 1; use a list"),
        (
            Dict[str, Parcel],
            {"k": None},
            'outputs.x["k"]: Python value cannot be None, expected Parcel; declare Optional[Parcel] if None is meant',
        ),
    ],
)
def test_what_is_not_written(carrier: Callable[[int], Carrier], hint: Any, value: Any, message: str) -> None:
    carrier(1)
    with pytest.raises(TypeTransformerFailedError) as caught:
        InterfaceCodec({"x": hint}).encode({"x": value})
    assert str(caught.value) == message


def test_a_long_key_is_shown_in_part(carrier: Callable[[int], Carrier]) -> None:
    carrier(1)
    with pytest.raises(TypeTransformerFailedError, match="weighs -1") as caught:
        Codec(Dict[str, Parcel]).encode({"k" * 100_000: Parcel(-1)})
    assert len(str(caught.value)) < 700


@pytest.mark.parametrize(
    ("hint", "literal", "message"),
    [
        (List[Parcel], l.integer(1), "value: expected collection, got integer 1"),
        (Dict[str, Parcel], l.none(), "value: expected map, got none"),
        (Dict[str, Parcel], l.mapping(k=l.collection()), 'value["k"]: AssertionError: '),
        (Dict[str, List[Parcel]], l.mapping(k=l.integer(1)), 'value["k"]: expected collection, got integer 1'),
    ],
)
def test_what_is_not_read(carrier: Callable[[int], Carrier], hint: Any, literal: l.Literal, message: str) -> None:
    carrier(1)
    with pytest.raises(TypeTransformerFailedError) as caught:
        Codec(hint).decode(literal.SerializeToString())
    assert str(caught.value).startswith(message)


def test_a_union_literal_is_unwrapped(carrier: Callable[[int], Carrier]) -> None:
    carrier(1)
    literal = l.union(l.mapping(k=l.integer(5)), l.simple(1))
    assert Codec(Dict[str, Parcel]).decode(literal.SerializeToString()) == {"k": Parcel(5)}
