"""Neither success nor failure keeps objects or memory: for every node, both ways."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import gc
import sys
import uuid
from typing import Any, Dict, List, Literal, NamedTuple, Optional, Set, Tuple, Union

import pytest

from tests import literals as l
from tests.conftest import RUST
from wingbeat.errors import MalformedLiteralError, TypeTransformerFailedError

ERRORS = (TypeTransformerFailedError, MalformedLiteralError)


class Color(enum.Enum):
    RED = "red"


class Pair(NamedTuple):
    a: int
    b: str = ""


@dataclasses.dataclass
class Inner:
    x: int
    y: List[str] = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Outer:
    inner: Inner
    many: List[Inner]
    by_key: Dict[int, Inner]
    pair: Tuple[int, str]
    named: Pair
    some: Set[str]
    either: Union[int, str, Inner]
    when: dt.datetime
    clock: dt.time
    span: dt.timedelta
    uid: uuid.UUID
    raw: bytes
    choice: Literal["a", 1]
    color: Color
    anything: Any
    again: Optional["Outer"] = None


@dataclasses.dataclass
class Checked:
    x: int

    def __post_init__(self):
        if self.x < 0:
            raise ValueError("negative")


OUTER = Outer(
    inner=Inner(12345, ["text"]),
    many=[Inner(67890)],
    by_key={4000: Inner(5000)},
    pair=(6000, "pair"),
    named=Pair(7000, "named"),
    some={"one"},
    either=Inner(8000),
    when=dt.datetime(2020, 1, 2, 3),
    clock=dt.time(1, 2),
    span=dt.timedelta(seconds=1.5),
    uid=uuid.UUID(int=9),
    raw=b"raw bytes",
    choice="a",
    color=Color.RED,
    anything={"deep": [1.5, {"k": None}]},
)
OUTER.again = dataclasses.replace(OUTER)

#: Hint, a value that fits, a value that does not, a literal that does not.
NODES: dict[str, tuple[Any, Any, Any, l.Literal]] = {
    "int": (int, 123456, "wrong", l.string("wrong")),
    "float": (float, 1.25, 1, l.string("wrong")),
    "str": (str, "some text", 1, l.integer(1000)),
    "bool": (bool, True, 1, l.integer(1000)),
    "none": (type(None), None, 1, l.integer(1000)),
    "datetime": (dt.datetime, dt.datetime(2020, 1, 2), "wrong", l.string("wrong")),
    "date": (dt.date, dt.date(2020, 1, 2), dt.datetime(2020, 1, 2), l.datetime(2**60)),
    "timedelta": (dt.timedelta, dt.timedelta(1.5), 1.5, l.duration(2**60)),
    "enum": (Color, Color.RED, "green", l.string("green")),
    "choice": (Literal["a", "b"], "a", "c", l.string("c")),
    "list": (List[int], [1000, 2000], [1000, "wrong"], l.collection(l.integer(1000), l.string("wrong"))),
    "list, packed": (List[List[int]], [[1000]], [[None]], l.binary([[1000], ["wrong"]])),
    "map": (Dict[str, int], {"key": 1000}, {"key": "wrong"}, l.mapping(a=l.integer(1000), b=l.none())),
    "map, packed": (Dict[str, List[str]], {"key": ["a"]}, {1: []}, l.struct(a=["text"], b=[None])),
    "union": (Union[int, str, Inner], Inner(1000), 1.5, l.boolean(True)),
    "optional": (Optional[List[int]], [1000], [1.5], l.union(l.string("x"), l.simple(1, "int"))),
    "dict": (dict, {"key": [1000, {"k": None}]}, {"key": [object()]}, l.raw_binary(b"\x82\xa1a\xcd\x10\x00\xa1b")),
    "typed dict": (Dict[int, Inner], {1000: Inner(2000)}, {1000: Inner(object())}, l.binary({1000: {"x": "wrong"}})),
    "dataclass": (Outer, OUTER, dataclasses.replace(OUTER, raw=object()), l.binary({"inner": {"x": 1000}})),
    "struct": (Inner, Inner(1000), Inner({1}), l.struct(x=1000, y=[None])),
    "constructor": (Checked, Checked(1000), 5, l.binary({"x": -1000})),
}


#: How often to look again: a leak grows each time, the caches of other parties only now and then.
LOOKS = 10


def growth(work: Any, rounds: int) -> int:
    """Blocks of Python's allocator that many calls leave behind."""
    for _ in range(rounds):
        work()
    gc.collect()
    before = sys.getallocatedblocks()
    for _ in range(rounds):
        work()
    gc.collect()
    return sys.getallocatedblocks() - before


def refused(work: Any) -> Any:
    def attempt() -> None:
        try:
            work()
        except ERRORS:
            return
        raise AssertionError("an error was expected")

    return attempt


@pytest.mark.parametrize("node", NODES)
def test_nothing_is_kept(codecs, node):
    hint, value, wrong, literal = NODES[node]
    codec = codecs.Codec(hint)
    data, bad = codec.encode(value), literal.SerializeToString()
    rounds = 200 if codecs.name == "rust" else 30
    for work in (
        lambda: codec.decode(data),
        lambda: codec.encode(value),
        refused(lambda: codec.decode(bad)),
        refused(lambda: codec.encode(wrong)),
        refused(lambda: codec.decode(data[:-1])),
    ):
        # One object a call would be `rounds` of them.
        assert any(growth(work, rounds) < rounds // 2 for _ in range(LOOKS))


@pytest.mark.parametrize("node", NODES)
def test_references_are_balanced(codecs, node):
    """Of the objects that a codec holds on to: classes, members, None."""
    hint, value, wrong, literal = NODES[node]
    codec = codecs.Codec(hint)
    data, bad = codec.encode(value), literal.SerializeToString()
    watched = [object, Color, Color.RED, Inner, Outer, Pair, OUTER, value, wrong, data, bad, dt.datetime, "key"]
    rounds = 200 if codecs.name == "rust" else 30

    def work() -> None:
        codec.decode(data)
        codec.encode(value)
        refused(lambda: codec.decode(bad))()
        refused(lambda: codec.encode(wrong))()

    work()
    gc.collect()
    before = [sys.getrefcount(item) for item in watched]
    for _ in range(rounds):
        work()
    gc.collect()
    after = [sys.getrefcount(item) for item in watched]
    for item, old, new in zip(watched, before, after):
        assert abs(new - old) < rounds // 4, item


def test_codecs_themselves_are_freed(codecs):
    from wingbeat.types.describe import describe

    def work() -> None:
        cls = dataclasses.make_dataclass("Made", [("x", int), ("y", List[str])])
        codecs.of_schema(describe(List[cls])).decode(b"\x12\x00")

    assert any(growth(work, 30) < 100 for _ in range(LOOKS))


def test_interfaces(codecs):
    codec = codecs.InterfaceCodec({"a": List[int], "b": Optional[Inner]})
    data = codec.encode({"a": [1000, 2000], "b": Inner(3000)})
    bad = l.LiteralMap(literals={"c": l.integer(1)}).SerializeToString()
    elements = l.LiteralMap(literals={"a": l.collection(l.collection(l.integer(1000)))}).SerializeToString()
    for work in (
        lambda: codec.decode(data),
        lambda: codec.decode(elements, element=0, bound=["b"]),
        refused(lambda: codec.decode(bad)),
        refused(lambda: codec.encode({"a": [None], "b": None})),
    ):
        assert any(growth(work, 100) < 50 for _ in range(LOOKS))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("codecs", [RUST], indirect=True, ids=["rust"])
def test_memory_stays_flat(codecs):
    """What Python's allocator does not see: buffers of the extension."""
    codec = codecs.Codec(List[Optional[Dict[str, List[Outer]]]])
    value = [{"k": [OUTER] * 20}, None] * 10
    data = codec.encode(value)

    def work() -> None:
        for _ in range(20):
            codec.decode(data)
            codec.encode(value)
            refused(lambda: codec.decode(data[:-1]))()

    def resident() -> int:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * 4096

    work()
    before = resident()
    for _ in range(5):
        work()
    assert resident() - before < 8_000_000
