"""Types, values and literals that flytekit and the acceleration are both given; what fits what is left open."""
# mypy: ignore-errors

from __future__ import annotations

import collections
import datetime as dt
import enum
import math
import typing
from dataclasses import dataclass, field
from typing import Any, Dict, List, Literal, Optional, Union

import msgpack
import numpy
import pydantic
from flyteidl.core import literals_pb2, types_pb2
from google.protobuf import struct_pb2, timestamp_pb2


class Colour(enum.Enum):
    RED = "r"
    BLUE = "b"


class Other(enum.Enum):
    RED = "r"
    GREEN = "g"


class Text(str, enum.Enum):
    A = "a"


class Number(enum.Enum):
    ONE = 1
    TWO = 2


@dataclass
class Plain:
    a: int
    b: str = "x"


@dataclass
class Twin:
    a: int
    b: str = "x"


@dataclass
class Sub(Plain):
    z: int = 3


@dataclass
class Made:
    a: int
    b: int = 2

    def __post_init__(self) -> None:
        self.b = self.a + 1


@dataclass(frozen=True)
class Frozen:
    a: int
    b: float = 1.0


@dataclass(eq=False, slots=True, kw_only=True)
class Slots:
    a: int
    b: Optional[float] = None


@dataclass
class Wide:
    x: float
    n: int = 0
    flag: bool = False
    tags: List[str] = field(default_factory=list)
    colour: Colour = Colour.RED
    number: Number = Number.ONE
    maybe: Optional[int] = None
    counts: Dict[str, int] = field(default_factory=dict)
    named: Dict[int, str] = field(default_factory=dict)
    at: dt.datetime = dt.datetime(2020, 1, 1)
    day: dt.date = dt.date(2020, 2, 2)
    long: dt.timedelta = dt.timedelta(seconds=1.5)
    plain: Plain = field(default_factory=lambda: Plain(1))
    maybe_plain: Optional[Plain] = None
    plains: List[Plain] = field(default_factory=list)
    anything: Any = None
    items: list = field(default_factory=list)
    mapping: dict = field(default_factory=dict)


class Model(pydantic.BaseModel):
    a: int
    b: List[float] = []
    c: Optional[str] = None
    d: Union[int, str] = 1


class Outer(pydantic.BaseModel):
    a: int
    m: Model
    at: dt.datetime = dt.datetime(2020, 1, 1, tzinfo=dt.timezone.utc)


class MyInt(int):
    pass


class MyStr(str):
    pass


class MyList(list):
    pass


class MyDict(dict):
    pass


class MyMoment(dt.datetime):
    pass


LEAVES = [int, float, str, bool, dt.datetime, dt.date, dt.timedelta, Colour, Text, Literal["a", "b"], Literal[1, 2]]
CLASSES = [Plain, Made, Frozen, Slots, Wide, Model, Outer]
ONES = [*LEAVES, *CLASSES, dict, Dict[int, str], Dict[int, Plain], Dict[int, List[int]], Dict[str, int]]
TYPES = [
    *ONES,
    *(List[one] for one in ONES),
    *(Optional[one] for one in (int, str, Colour, Plain, Wide, Model, dict, Dict[int, List[int]], List[int])),
    list[int],
    list[list[Plain]],
    dict[str, list[float]],
    Dict[str, Dict[str, Plain]],
    int | str | None,
    Union[int, float, str, bool],
    Union[dt.datetime, dt.date, None],
    Union[int, Plain],
    Union[List[int], Plain],
    Union[List[int], Dict[str, int], None],
    Union[Model, List[Plain]],
    List[Optional[int]],
    List[Union[int, str, None]],
    type(None),
]

UTC = dt.timezone.utc
EAST = dt.timezone(dt.timedelta(hours=5, minutes=30))
VALUES = [
    *(0, 1, -1, 2**63 - 1, -(2**63), 2**63, True, False, None, MyInt(3), numpy.int64(3)),
    *(0.0, -0.0, 1.5, 1e300, math.nan, math.inf, numpy.float64(1.5)),
    *("", "a", "r", "é\n", "x" * 300, "\ud800", MyStr("a"), numpy.str_("a"), b"x"),
    *(
        dt.datetime(2020, 1, 1),
        dt.datetime(2020, 1, 1, 1, 2, 3, 456789, tzinfo=UTC),
        dt.datetime(2020, 1, 1, tzinfo=EAST),
    ),
    *(dt.datetime.min, dt.datetime.max, dt.datetime(1, 1, 1, tzinfo=EAST), MyMoment(2020, 1, 1, tzinfo=UTC)),
    *(dt.date(2020, 1, 2), dt.date.min, dt.timedelta(0), dt.timedelta(microseconds=-1), dt.timedelta.max),
    *(Colour.RED, Other.RED, Other.GREEN, Text.A, Number.ONE, int, object(), (), (1, 2), {1}),
    *(Plain(1), Plain(1, "b"), Plain("x", 5), Plain(1.5, None), Plain(True, "a"), Twin(3), Sub(4)),
    *(Made(1), Frozen(1), Frozen(2, 3), Slots(a=1), Slots(a=1, b=2.5)),
    *(Wide(1.0), Wide(1), Wide("1.5"), Wide(math.nan), Wide(MyInt(3)), Wide(numpy.float64(1.5))),
    Wide(
        *(1.5, 2, True, ["a"], Colour.BLUE, Number.TWO, 3, {"a": 1}, {1: "a"}),
        *(dt.datetime(2020, 1, 1, 1, 1, 1, 5, tzinfo=UTC), dt.date(2021, 1, 1), dt.timedelta(days=2)),
        *(Plain(2), Plain(5), [Plain(6)], {"x": [1, 2, None]}, [1, "a", None], {"a": {1: 2}}),
    ),
    *(Wide(1.0, n=n) for n in (1.5, True, 2**63, 2**64, -(2**63) - 1, numpy.int64(2), None)),
    *(Wide(1.0, tags=tags) for tags in ((1, 2), ("a",), ["a", 1], {"a"}, "abc", [MyStr("a")], MyList(["a"]), None)),
    *(Wide(1.0, colour=colour) for colour in ("r", Other.GREEN, Other.RED, None)),
    *(Wide(1.0, maybe=maybe) for maybe in ("x", math.nan, True)),
    *(Wide(1.0, counts=counts) for counts in ({1: 2}, {"a": "b"}, [("a", 1)], collections.OrderedDict(a=1), None)),
    *(Wide(1.0, named=named) for named in ({"1": "a"}, {1.5: 2}, {True: "a"})),
    *(Wide(1.0, at=at) for at in (dt.date(2020, 1, 1), MyMoment(2020, 1, 1), None)),
    *(Wide(1.0, day=dt.datetime(2020, 1, 1)), Wide(1.0, long=1.5), Wide(1.0, flag=1), Wide(1.0, number=2)),
    *(Wide(1.0, plain=plain) for plain in (None, Twin(1), Sub(1), {"a": 1})),
    *(
        Wide(1.0, maybe_plain=Twin(1)),
        Wide(1.0, plains=None),
        Wide(1.0, plains=[{"a": 1}]),
        Wide(1.0, plains=(Plain(1),)),
    ),
    *(Wide(1.0, anything=one) for one in ((1, 2), b"x", {1: 2}, Colour.RED, Plain(1), {1}, dt.date(2020, 1, 1))),
    *(Wide(1.0, items=one) for one in ((1,), [(1,)], MyList([1]), [{1}])),
    *(Wide(1.0, mapping=one) for one in ({"a": (1,)}, MyDict(a=1), {"a": b"x"})),
    *(Model(a=1), Model(a=1, b=[1, math.nan], c="é", d="x"), Outer(a=2, m=Model(a=2)), Model.model_construct(a="x")),
    *({}, {"a": 1}, {"a": 1.5}, {"a": None}, {"a": "b", "b": "x"}, {"a": {"b": 1}}, {"a": [1]}, {"a": Plain(1)}),
    *({1: "a"}, {1: [2]}, {1: Plain(1)}, {True: 1}, {None: 1}, {1.5: 1}, {(1,): 2}, {MyStr("a"): 1}, {MyInt(1): "a"}),
    *({"a": (1,)}, {"a": b"x"}, {"a": {1}}, {"a": math.nan}, {1: (2,)}, {1: {2}}, {1: b"x"}, {1: Twin(1)}, {1: Sub(1)}),
    *(MyDict(a=1), collections.OrderedDict(a=1), {"a": {"b": Plain(1)}}, {"a": [1.5]}),
    *([], [1], [1, None], ["a"], [1.5], [True], [[1]], [[]], [None], [1, "a", None], MyList([1]), [MyInt(1)], [1, 1.5]),
    *(
        [2**63],
        ["\ud800"],
        [Colour.RED, "b"],
        [Other.GREEN],
        [Text.A],
        [{"a": 1}],
        [{1: "a"}],
        [{1: [2]}],
        [{1: Plain(1)}],
    ),
    *(
        [Plain(1)],
        [Plain(1), Twin(2)],
        [Sub(1)],
        [[Plain(1)]],
        [Wide(1.0)],
        [Model(a=1)],
        [Made(1), Made(2)],
        [Frozen(1)],
    ),
    *([Slots(a=1)], [dt.datetime(2020, 1, 1, tzinfo=UTC)], [dt.date(2020, 1, 1)], [dt.timedelta(1)]),
]


def literals() -> list[bytes]:
    """What other writers than flytekit's transformers may leave: the console, upstream fields, other versions."""
    scalar, primitive = literals_pb2.Scalar, literals_pb2.Primitive
    one = scalar(primitive=primitive(integer=1))
    struct = struct_pb2.Struct()
    struct.update({"a": 1, "b": "x"})
    integer_type = types_pb2.LiteralType(simple=types_pb2.INTEGER, structure=types_pb2.TypeStructure(tag="int"))
    untagged = types_pb2.LiteralType(simple=types_pb2.INTEGER)
    documents = [
        *(3, 3.5, "a", True, None, "2020-01-01", [1], ["a"], {}, {"a": 1}, {1: "a"}, {"1": "a"}, {"x": 1}),
        *({"b": "x", "a": 1}, {"a": 1, "z": 1}, {"a": 1.0, "b": "x"}, {"a": "1", "b": "x"}),
        *({"a": None, "b": "x"}, {"a": 1, "b": None}),
    ]
    scalars = [
        *(scalar(primitive=primitive(float_value=value)) for value in (3.0, 3.7, math.nan)),
        *(scalar(primitive=primitive(string_value=text)) for text in ("", "r", "zzz", "2020-01-01T00:00:00Z", "1")),
        scalar(primitive=primitive(datetime=timestamp_pb2.Timestamp(seconds=1, nanos=1999))),
        scalar(none_type=literals_pb2.Void()),
        scalar(generic=struct),
        scalar(),
        *(scalar(binary=literals_pb2.Binary(value=msgpack.packb(one), tag="msgpack")) for one in documents),
        scalar(binary=literals_pb2.Binary(value=b"\xc1", tag="msgpack")),
        scalar(binary=literals_pb2.Binary(value=msgpack.packb(1), tag="other")),
        # As long as it need not be, and written twice.
        scalar(binary=literals_pb2.Binary(value=b"\x82\xa1a\xd1\x00\x01\xa1b\xd9\x01x", tag="msgpack")),
        scalar(binary=literals_pb2.Binary(value=b"\x83\xa1a\x01\xa1a\x02\xa1b\xa1x", tag="msgpack")),
        *(
            scalar(union=literals_pb2.Union(value=literals_pb2.Literal(scalar=one), type=kind))
            for kind in (integer_type, untagged)
        ),
    ]
    found = [literals_pb2.Literal(scalar=one) for one in [one, *scalars]]
    found += [literals_pb2.Literal(collection=literals_pb2.LiteralCollection(literals=[one])) for one in found]
    found += [
        literals_pb2.Literal(scalar=one, hash="h"),
        literals_pb2.Literal(scalar=one, metadata={"a": "b"}),
        literals_pb2.Literal(map=literals_pb2.LiteralMap(literals={"a": found[0], "b": found[1]})),
        literals_pb2.Literal(),
    ]
    return [one.SerializeToString() for one in found] + [found[0].SerializeToString() + b"\x98\x06\x01"]


assert typing.get_type_hints(Wide)
