"""One codec in many threads, while transformers are registered."""

from __future__ import annotations

import dataclasses
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Dict, List, Optional

import pytest

import wingbeat
from tests import literals as l
from wingbeat.errors import TypeTransformerFailedError

THREADS = 8


@dataclasses.dataclass
class Item:
    name: str
    sizes: List[int]
    extra: Optional[Dict[str, float]] = None


HINT = Dict[str, List[Optional[Item]]]
VALUE = {"a": [Item("x", [1, 2, 3], {"k": 1.5}), None], "b": [Item("y", [])] * 20}


@pytest.fixture(autouse=True)
def _switch_often():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def together(work: Any) -> list[Any]:
    """`work(n)` in all threads, started at one moment."""
    barrier = threading.Barrier(THREADS)

    def start(number: int) -> Any:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(start, range(THREADS)))


def test_one_codec_in_many_threads(codecs):
    codec = codecs.Codec(HINT)
    data = codec.encode(VALUE)

    def work(number: int) -> None:
        for _ in range(20):
            assert codec.decode(codec.encode(VALUE)) == VALUE
            assert codec.decode(data) == VALUE

    together(work)


def test_errors_stay_with_their_thread(codecs):
    codec = codecs.InterfaceCodec({"xs": List[int]})

    def work(number: int) -> None:
        data = l.LiteralMap(literals={"xs": l.collection(*[l.integer(0)] * number, l.string(f"t{number}"))})
        for _ in range(50):
            with pytest.raises(TypeTransformerFailedError) as caught:
                codec.decode(data.SerializeToString())
            assert str(caught.value) == f"inputs.xs[{number}]: expected integer, got string 't{number}'"

    together(work)


def test_codecs_made_in_many_threads(codecs):
    def work(number: int) -> bytes:
        return b"".join(codecs.Codec(hint).encode(value) for hint, value in CASES for _ in range(5))

    CASES = [(HINT, VALUE), (List[int], [1]), (Optional[Item], None), (dict, {"a": 1})]
    made = together(work)
    assert len({len(data) for data in made}) == 1


class Point:
    """A class of the user's."""

    def __init__(self, x: int) -> None:
        self.x = x


def _other(number: int) -> type:
    return type(f"Other{number}", (), {})


def test_transformers_registered_meanwhile(codecs):
    """A registration changes what later codecs do, and never what a codec in use does."""
    from wingbeat.idl import Literal as IdlLiteral
    from wingbeat.idl import LiteralType, Primitive, Scalar, SimpleType

    def register(cls: type) -> None:
        wingbeat.TypeEngine.register(
            wingbeat.SimpleTransformer(
                cls.__name__,
                cls,
                LiteralType(simple=SimpleType.INTEGER),
                lambda value: IdlLiteral(scalar=Scalar(primitive=Primitive(integer=value.x))),
                lambda literal: cls(literal.scalar.primitive.integer),
            )
        )

    name = f"{Point.__name__}_{codecs.name}"
    cls = type(name, (Point,), {})
    register(cls)
    codec = codecs.Codec(List[cls])

    def work(number: int) -> None:
        if number == 0:
            for i in range(50):
                register(_other(i))
            return
        for _ in range(20):
            data = codec.encode([cls(1), cls(2)])
            assert [point.x for point in codec.decode(data)] == [1, 2]
            assert codecs.Codec(List[int]).decode(codecs.Codec(List[int]).encode([1])) == [1]

    together(work)
