"""Hints whose literal type is compared with flytekit's.

Imported here and by flytekit's interpreter, so by the standard library's means only.
"""
# mypy: ignore-errors

import collections
import dataclasses
import datetime
import decimal
import enum
import ipaddress
import pathlib
import re
import types
import typing
import uuid
import zoneinfo
from dataclasses import InitVar, dataclass, field
from fractions import Fraction
from typing import Annotated, Any, Dict, List, Literal, NamedTuple, Optional, Union

import typing_extensions

T = typing.TypeVar("T")
Bound = typing.TypeVar("Bound", bound=int)
Either = typing.TypeVar("Either", int, str)
UserId = typing.NewType("UserId", int)


class Color(enum.Enum):
    RED = "red"
    GREEN = "green"
    ROUGE = "red"


class Size(str, enum.Enum):
    SMALL = "s"
    LARGE = "l"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Pair(NamedTuple):
    left: int
    right: str = "r"


class Unset(NamedTuple):
    pass


@dataclass
class Empty:
    pass


@dataclass
class Scalars:
    i: int
    f: float
    s: str
    b: bool
    n: None


@dataclass
class Defaults:
    i: int = 1
    f: float = 1.5
    s: str = "x"
    b: bool = True
    n: Optional[int] = None


@dataclass
class Times:
    at: datetime.datetime
    on: datetime.date
    time: datetime.time
    span: datetime.timedelta


@dataclass
class TimeDefaults:
    at: datetime.datetime = datetime.datetime(2020, 1, 2, 3, 4, 5, 6, tzinfo=datetime.timezone.utc)
    on: datetime.date = datetime.date(2020, 1, 2)
    time: datetime.time = datetime.time(1, 2)
    span: datetime.timedelta = datetime.timedelta(days=1, seconds=1.5)


@dataclass
class Inner:
    a: int
    b: str = "b"


@dataclass
class Outer:
    inner: Inner
    again: Inner


@dataclass
class Deep:
    outer: Outer
    many: List[Outer]
    named: Dict[str, Outer]


@dataclass
class Lists:
    a: List[int]
    b: list[str]
    c: List[List[float]]
    d: List[Inner] = field(default_factory=list)
    e: List[Optional[int]] = field(default_factory=list)


@dataclass
class BareList:
    a: list
    b: Optional[list] = None


@dataclass
class BareTyping:
    a: List
    b: Dict


@dataclass
class Dicts:
    a: Dict[str, int]
    b: dict[str, List[int]]
    c: Dict[int, str]
    d: Dict[str, Inner] = field(default_factory=dict)


@dataclass
class BareDict:
    a: dict
    b: List[dict]


@dataclass
class NestedDict:
    a: Dict[str, Dict[str, Dict[int, float]]]


@dataclass
class Optionals:
    a: Optional[int]
    b: Optional[str] = None
    c: Optional[Inner] = None
    d: Optional[List[int]] = None
    e: "int | None" = 3


@dataclass
class Unions:
    a: Union[int, str]
    b: Union[int, str, None] = None
    c: Union[Inner, Scalars, None] = None
    d: int | str | float = 1.5
    e: Union[List[int], Dict[str, int]] = field(default_factory=list)


@dataclass
class Enums:
    color: Color
    size: Size = Size.SMALL
    colors: List[Color] = field(default_factory=list)
    maybe: Optional[Color] = Color.GREEN


@dataclass
class IntEnums:
    level: Level
    other: Level = Level.HIGH


@dataclass
class Choices:
    a: Literal["x", "y"]
    b: Literal[1, 2] = 1
    c: Literal["only"] = "only"
    d: Optional[Literal["x"]] = None


@dataclass
class MixedChoices:
    a: Literal["x", 1, None, True]
    b: Literal[b"raw", "x"] = "x"
    c: Literal[Color.RED, Color.GREEN] = Color.RED


@dataclass
class Anything:
    a: Any
    b: Any = None
    c: List[Any] = field(default_factory=list)
    d: Dict[str, Any] = field(default_factory=dict)
    e: Optional[Any] = None


@dataclass
class Bytes:
    a: bytes
    b: bytes = b"abc"
    c: List[bytes] = field(default_factory=list)


@dataclass
class Tuples:
    a: typing.Tuple[int, str]
    b: tuple[int, ...]
    c: tuple
    d: typing.Tuple[()] = ()
    e: typing.Tuple[int, typing.Tuple[str, float]] = (1, ("a", 2.0))
    f: tuple[Any, int] = (None, 1)


@dataclass
class Sets:
    a: typing.Set[int]
    b: set[str]
    c: typing.FrozenSet[int]
    d: set
    e: frozenset[str] = frozenset()


@dataclass
class NamedTuples:
    a: Pair
    b: Pair = Pair(1)
    c: List[Pair] = field(default_factory=list)


@dataclass
class EmptyNamedTuple:
    a: Unset


@dataclass
class Texts:
    a: uuid.UUID
    b: decimal.Decimal
    c: pathlib.Path
    d: Fraction
    e: ipaddress.IPv4Address
    f: ipaddress.IPv6Network
    g: pathlib.PurePosixPath = pathlib.PurePosixPath("/a")
    h: decimal.Decimal = decimal.Decimal("1.50")
    i: uuid.UUID = uuid.UUID(int=1)
    j: zoneinfo.ZoneInfo = zoneinfo.ZoneInfo("UTC")


@dataclass
class Abstract:
    a: typing.Sequence[int]
    b: typing.Mapping[str, int]
    c: typing.MutableSequence[str]
    d: typing.MutableMapping[int, str]
    e: typing.AbstractSet[int]


@dataclass
class NewTypes:
    a: UserId
    b: List[UserId]


@dataclass
class TypeVars:
    a: T
    b: Bound
    c: Either
    d: List[T]


@dataclass
class Generic(typing.Generic[T]):
    value: T
    values: List[T]


@dataclass
class HoldsGeneric:
    a: Generic[int]
    b: List[Generic[str]]


@dataclass(frozen=True)
class Frozen:
    x: int
    y: int = 2


@dataclass(frozen=True)
class HoldsFrozen:
    origin: Frozen = Frozen(1)
    pair: typing.Tuple[Frozen, int] = (Frozen(3), 4)


@dataclass(slots=True)
class Slots:
    a: int
    b: List[int] = field(default_factory=list)
    c: str = "c"


@dataclass(kw_only=True)
class KeywordOnly:
    a: int = 1
    b: str


@dataclass
class Base:
    a: int
    b: int = 2


@dataclass
class Derived(Base):
    c: int = 3
    a: float = 4.5


class Undecorated(Base):
    d: int = 4


@dataclass
class LeftMixin:
    left: int = 1


@dataclass
class RightMixin:
    right: int = 2


@dataclass
class Diamond(LeftMixin, RightMixin):
    own: int = 3


@dataclass
class NotInit:
    a: int
    b: int = field(default=5, init=False)
    c: List[int] = field(default_factory=list, init=False)


@dataclass
class WithInitVar:
    a: int
    scale: InitVar[int]
    shift: InitVar[int] = 0
    b: int = 1

    def __post_init__(self, scale, shift):
        self.a = self.a * scale + shift


@dataclass
class WithClassVar:
    kind: typing.ClassVar[str] = "kind"
    a: int = 1
    other: typing.ClassVar[int] = 1


@dataclass
class PostInit:
    a: int

    def __post_init__(self):
        self.a += 1


@dataclass
class OwnInit:
    a: int
    b: int = 2

    def __init__(self, a):
        self.a = a


@dataclass
class Described:
    a: int = field(metadata={"description": "how many"})
    b: Inner = field(default_factory=lambda: Inner(1), metadata={"description": "within", "other": 1})


@dataclass
class Finals:
    a: typing.Final[int]
    b: typing.Final[str] = "b"


@dataclass
class AnnotatedFields:
    a: Annotated[int, "unit: m"]
    b: Annotated[List[Annotated[int, "x"]], "y"] = field(default_factory=list)
    c: Optional[Annotated[str, "z"]] = None


@dataclass
class PostponedAnnotations:
    a: "int"
    b: "List[Inner]"
    c: "Optional[Inner]" = None
    d: List["Inner"] = field(default_factory=list)


@dataclass
class Unserializable:
    a: complex
    b: int = 1


@dataclass
class NestedUnserializable:
    a: int
    b: Unserializable


@dataclass
class Unicode:
    größe: int
    名前: str = "ü"


class MyList(list):
    pass


class MyDict(dict):
    pass


class MyInt(int):
    pass


@dataclass
class MyContainers:
    a: MyDict
    b: MyInt


@dataclass
class Regex:
    pattern: typing.Pattern


@dataclass
class BigNumbers:
    a: int = 2**53 + 1
    b: float = 1e300
    c: int = -(2**63)


@dataclass
class OptionalTimes:
    a: Optional[datetime.datetime] = None
    b: Optional[datetime.timedelta] = datetime.timedelta(seconds=2)
    c: List[datetime.date] = field(default_factory=list)


@dataclass
class NestedDefault:
    a: Frozen = Frozen(7)
    b: Optional[Frozen] = Frozen(8, 9)


@dataclass
class SubclassFields:
    class Text(str):
        pass

    a: Any = None


MadeUp = dataclasses.make_dataclass("MadeUp", [("a", int), ("b", str, field(default="x"))])


@dataclass
class Node:
    """Contains itself: flytekit writes `dataclass_type` down to the recursion limit, so only the rest is compared."""

    value: int
    next: Optional["Node"] = None


class Access(enum.Flag):
    READ = 1
    WRITE = 2


class Record(typing.TypedDict):
    a: int
    b: typing.List[str]


class Partial(typing.TypedDict, total=False):
    a: int
    inner: Record


@dataclass
class Records:
    a: Record
    b: Partial
    c: List[Record]
    d: Optional[Partial] = None


@dataclass
class Containers:
    a: typing.OrderedDict[str, int]
    b: typing.DefaultDict[str, List[int]]
    c: typing.Counter[str]
    d: typing.ChainMap[str, int]
    e: typing.Deque[int]
    f: collections.OrderedDict[str, Inner]
    g: collections.deque[str] = field(default_factory=collections.deque)


@dataclass
class BareContainers:
    a: collections.OrderedDict
    b: collections.defaultdict
    c: collections.Counter
    d: collections.ChainMap
    e: collections.deque


@dataclass
class Proxies:
    a: types.MappingProxyType[str, int]


@dataclass
class Flags:
    a: Access
    b: Optional[Access] = None


@dataclass
class Zones:
    a: datetime.timezone
    b: Optional[datetime.timezone] = None


@dataclass
class Buffers:
    a: bytearray
    b: memoryview


@dataclass
class Slices:
    a: slice


@dataclass
class BoundPattern:
    a: "re.Pattern[str]"


@dataclass
class Selfish:
    a: int
    b: Optional[typing_extensions.Self] = None


@dataclass
class LiteralStrings:
    a: typing_extensions.LiteralString


@dataclass
class Objects:
    a: object


@dataclass
class HoldsNode:
    node: List[Frozen]
    more: Dict[str, Dict[int, List[Optional[Frozen]]]] = field(default_factory=dict)


@dataclass
class TwoGenerics(typing.Generic[T]):
    inner: Generic[T]
    twice: Dict[str, Generic[T]]


@dataclass
class HoldsTwoGenerics:
    a: TwoGenerics[int]
    b: TwoGenerics[List[str]]


DATACLASSES = [
    Records, Containers, BareContainers, Flags, Zones, Buffers, Slices, BoundPattern, Selfish, LiteralStrings, Objects,
    HoldsNode, HoldsTwoGenerics, Proxies,
    Empty, Scalars, Defaults, Times, TimeDefaults, Inner, Outer, Deep, Lists, BareList, Dicts, BareDict, NestedDict,
    Optionals, Unions, Enums, IntEnums, Choices, MixedChoices, Anything, Bytes, Tuples, Sets, NamedTuples,
    EmptyNamedTuple, Texts, Abstract, NewTypes, TypeVars, HoldsGeneric, Frozen, HoldsFrozen, Slots, KeywordOnly, Base,
    Derived, Undecorated, Diamond, NotInit, WithInitVar, WithClassVar, PostInit, OwnInit, Described, Finals,
    AnnotatedFields, PostponedAnnotations, Unserializable, NestedUnserializable, Unicode, Regex, MyContainers,
    BareTyping, BigNumbers, OptionalTimes, NestedDefault, SubclassFields, MadeUp,
]  # fmt: skip

OTHERS = {
    "int": int,
    "float": float,
    "str": str,
    "bool": bool,
    "NoneType": type(None),
    "None": None,
    "datetime": datetime.datetime,
    "date": datetime.date,
    "timedelta": datetime.timedelta,
    "List[int]": List[int],
    "list[int]": list[int],
    "nested list": List[List[Dict[str, int]]],
    "Dict[str, int]": Dict[str, int],
    "dict[str, list]": dict[str, list[str]],
    "dict": dict,
    "Dict": Dict,
    "Dict[int, str]": Dict[int, str],
    "Dict[Color, int]": Dict[Color, int],
    "Optional[int]": Optional[int],
    "Union": Union[int, str, float, bool, None],
    "int | str": int | str,
    "Union order": Union[str, int],
    "Optional[datetime]": Optional[datetime.datetime],
    "Union[date, timedelta]": Union[datetime.date, datetime.timedelta],
    "Optional[List]": Optional[List[int]],
    "Optional[Dict]": Optional[Dict[str, Optional[int]]],
    "Optional[dict]": Optional[dict],
    "Union in list": List[Optional[int]],
    "Enum": Color,
    "str Enum": Size,
    "Optional[Enum]": Optional[Color],
    "Union[str, Enum]": Union[str, Color],
    "Literal str": Literal["a", "b"],
    "Literal int": Literal[1, 2, 3],
    "Literal float": typing.Literal[1.5],
    "Literal bool": Literal[True],
    "Optional[Literal]": Optional[Literal["a", "b"]],
    "List[Literal]": List[Literal["a"]],
    "Annotated[int]": Annotated[int, "x"],
    "Annotated[List]": Annotated[List[int], "x"],
    "Annotated[dict]": Annotated[dict, "x"],
    "Annotated dataclass": Annotated[Inner, "x"],
    "List[Annotated]": List[Annotated[int, "x"]],
    "Optional[Annotated]": Optional[Annotated[int, "x"]],
    "List[Inner]": List[Inner],
    "Dict[str, Inner]": Dict[str, Inner],
    "Optional[Inner]": Optional[Inner],
    "Union[Inner, Outer]": Union[Inner, Outer, None],
    "Union in union": Union[Optional[int], Union[str, None]],
    # Pickled by flytekit.
    "Any": Any,
    "bytes": bytes,
    "set": set,
    "List[Any]": List[Any],
    "Optional[bytes]": Optional[bytes],
    "complex": complex,
    "UUID": uuid.UUID,
    "Path": pathlib.Path,
    "Sequence[int]": typing.Sequence[int],
    "OrderedDict[str, int]": typing.OrderedDict[str, int],
    "MyDict": MyDict,
    "MyList": MyList,
    "MyInt": MyInt,
    "NewType": UserId,
    "TypeVar": T,
    "Generic[int]": Generic[int],
    # Refused.
    "list": list,
    "List": List,
    "tuple": tuple,
    "Tuple[int, str]": typing.Tuple[int, str],
    "NamedTuple": Pair,
    "IntEnum": Level,
    "Literal mixed": Literal["a", 1],
    "Literal None": Literal[None],
    "List[tuple]": List[tuple],
    # As a union variant, where there is no `dataclass_type`.
    "Optional[Node]": Optional[Node],
}

HINTS = {**OTHERS, **{cls.__name__: cls for cls in DATACLASSES}}
