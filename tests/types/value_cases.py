"""Values of the types that go through Python, exchanged with flytekit in both directions.

Imported here and by flytekit's interpreter, which has its own classes for what wingbeat calls by the same names.
"""
# mypy: ignore-errors

import collections
import dataclasses
import datetime
import decimal
import enum
import math
import pathlib
import re
import types
import typing
import uuid
from collections.abc import Iterator as AbstractIterator
from dataclasses import InitVar, dataclass, field
from typing import Annotated, Any, Dict, Iterator, List, Optional, Union

import dataclasses_json
import pydantic
import typing_extensions
from google.protobuf import struct_pb2, timestamp_pb2, wrappers_pb2
from mashumaro import DataClassDictMixin, field_options
from mashumaro.config import BaseConfig
from mashumaro.mixins.json import DataClassJSONMixin
from mashumaro.types import SerializableType

try:
    from flytekit import HashMethod, kwtypes
    from flytekit.core.annotation import FlyteAnnotation
    from flytekit.types.error import FlyteError
    from flytekit.types.iterator import JSON
except ImportError:
    from wingbeat import FlyteAnnotation, FlyteError, HashMethod, kwtypes
    from wingbeat.types.iterator import JSON

T = typing.TypeVar("T")


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Access(enum.Flag):
    READ = 1
    WRITE = 2


# --- pydantic -------------------------------------------------------------------------------------------------------


class Small(pydantic.BaseModel):
    x: int
    y: str = "y"


class Other(pydantic.BaseModel):
    z: float = 1.5


class Large(pydantic.BaseModel):
    i: int
    f: float
    s: str
    b: bool
    small: Small
    many: List[Small] = []
    named: Dict[str, Small] = {}
    maybe: Optional[Small] = None
    either: Union[int, str] = 3
    color: Color = Color.RED
    at: datetime.datetime = datetime.datetime(2020, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
    span: datetime.timedelta = datetime.timedelta(days=1, seconds=1.5)
    raw: bytes = b"abc"
    ints: Dict[int, str] = {1: "a"}
    numbers: typing.Set[int] = {1}
    pair: typing.Tuple[int, str] = (1, "a")
    path: pathlib.Path = pathlib.Path("/a")
    amount: decimal.Decimal = decimal.Decimal("1.50")
    id: uuid.UUID = uuid.UUID(int=1)
    anything: Any = None


class Aliased(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(populate_by_name=True, title="Renamed")
    x: int = pydantic.Field(alias="X", ge=0, description="not negative")


class Inherited(Small):
    w: List[int] = pydantic.Field(default_factory=list)


class Box(pydantic.BaseModel, typing.Generic[T]):
    content: T


class Root(pydantic.RootModel[List[int]]):
    pass


class Tree(pydantic.BaseModel):
    value: int
    children: "List[Tree]" = []


class Special(pydantic.BaseModel):
    nan: float = math.inf
    model_config = pydantic.ConfigDict(ser_json_inf_nan="constants")


@pydantic.dataclasses.dataclass
class Checked:
    x: int
    y: str = "y"
    z: List[int] = pydantic.Field(default_factory=list)


# --- mashumaro ------------------------------------------------------------------------------------------------------


@dataclass
class Plain(DataClassJSONMixin):
    a: int
    b: List[str] = field(default_factory=list)
    c: Optional[Dict[str, float]] = None


@dataclass
class WithBytes(DataClassJSONMixin):
    a: Dict[int, str]
    b: bytes = b"abc"
    c: Any = None


@dataclass
class HoldsMixin:
    inner: WithBytes
    many: List[Plain] = field(default_factory=list)


@dataclass
class MixinInMixin(DataClassJSONMixin):
    inner: WithBytes
    plain: Plain


@dataclass
class ByAlias:
    a: int = field(metadata=field_options(alias="A"))
    b: str = "b"

    class Config(BaseConfig):
        serialize_by_alias = True


@dataclass
class Sparse:
    a: Optional[int] = None
    b: int = 1

    class Config(BaseConfig):
        omit_none = True


@dataclass
class Dated:
    at: datetime.datetime = field(
        metadata=field_options(
            serialize=lambda value: value.strftime("%Y"), deserialize=lambda text: datetime.datetime(int(text), 1, 1)
        )
    )
    span: datetime.timedelta = datetime.timedelta(0)


@dataclass
class Hooked:
    a: int

    def __post_serialize__(self, content):
        return {**content, "more": 1}

    @classmethod
    def __pre_deserialize__(cls, content):
        return {"a": content["a"] * content["more"]}


@dataclass
class HookedJson(DataClassJSONMixin):
    a: int

    def __post_serialize__(self, content):
        return {**content, "more": 1}


class Point(SerializableType):
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        return (self.x, self.y) == (other.x, other.y)

    def __repr__(self):
        return f"Point({self.x}, {self.y})"

    def _serialize(self):
        return [self.x, self.y]

    @classmethod
    def _deserialize(cls, value):
        return cls(*value)


@dataclass
class HoldsPoint:
    point: Point
    points: List[Point] = field(default_factory=list)
    maybe: Optional[Point] = None


@dataclass
class HoldsHooked:
    a: Hooked
    b: List[ByAlias] = field(default_factory=list)


@dataclass
class Mixed(DataClassDictMixin):
    a: int
    b: bytes = b""


# --- dataclasses-json -----------------------------------------------------------------------------------------------


@dataclasses_json.dataclass_json(letter_case=dataclasses_json.LetterCase.CAMEL)
@dataclass
class Decorated:
    some_number: int
    other_text: str = field(default="x", metadata=dataclasses_json.config(field_name="renamed"))


@dataclass
class WithOldMixin(dataclasses_json.DataClassJsonMixin):
    some_number: int
    data: bytes = b"d"


# --- fields ---------------------------------------------------------------------------------------------------------


class Record(typing.TypedDict):
    a: int
    at: datetime.date


class Partial(typing.TypedDict, total=False):
    a: int
    b: typing_extensions.Required[str]
    inner: Record


class Extended(Record):
    more: typing_extensions.NotRequired[List[bytes]]


@dataclass
class Containers:
    a: typing.OrderedDict[int, datetime.date] = field(default_factory=collections.OrderedDict)
    b: typing.DefaultDict[str, List[int]] = field(default_factory=lambda: collections.defaultdict(list))
    c: typing.Counter[str] = field(default_factory=collections.Counter)
    d: typing.ChainMap[str, int] = field(default_factory=collections.ChainMap)
    e: typing.Deque[datetime.date] = field(default_factory=collections.deque)
    f: collections.OrderedDict = field(default_factory=collections.OrderedDict)


@dataclass
class Proxy:
    a: types.MappingProxyType[str, int]


@dataclass
class Records:
    a: Record
    b: Partial
    c: List[Extended] = field(default_factory=list)


@dataclass
class Numbers:
    level: Level = Level.LOW
    access: Access = Access.READ
    both: Optional[Access] = None
    by_level: Dict[Level, int] = field(default_factory=dict)


@dataclass
class Odds:
    zone: datetime.timezone = datetime.timezone.utc
    pattern: typing.Pattern = re.compile("a+")
    buffer: bytearray = field(default_factory=bytearray)
    cut: Optional[slice] = None


@dataclass
class Sequences:
    a: typing.Sequence[int] = ()
    b: typing.Mapping[str, datetime.date] = field(default_factory=dict)
    c: typing.AbstractSet[int] = frozenset()
    d: typing.MutableSequence[str] = field(default_factory=list)


@dataclass
class Node:
    value: int
    queue: "typing.Deque[Node]" = field(default_factory=collections.deque)
    next: Optional[typing_extensions.Self] = None


@dataclass
class Generic(typing.Generic[T]):
    value: T
    values: typing.Deque[T] = field(default_factory=collections.deque)


@dataclass
class HoldsGeneric:
    a: Generic[int]
    b: Generic[datetime.date]


@dataclass
class Scaled:
    a: int
    factor: InitVar[int] = 2
    b: int = field(init=False, default=0)

    def __post_init__(self, factor):
        self.b = self.a * factor


@dataclass
class HoldsError:
    error: FlyteError


class Thing:
    def __init__(self, a):
        self.a = a

    def __eq__(self, other):
        return self.a == other.a

    def __repr__(self):
        return f"Thing({self.a!r})"


def count(value):
    return str(len(value))


def plus(value):
    return f"h{value}"


def nothing(value):
    return None


UTC = datetime.timezone.utc
DAY = datetime.date(2020, 1, 2)
STRUCT = struct_pb2.Struct()
STRUCT.update({"a": 1, "b": [True, None, "x"], "c": {"d": 1.5}})
INNER = WithBytes({1: "a"}, b"\x00\xff")

#: Name -> type, value, and whether flytekit reads the literal as an equal value. Bytes of literals are compared.
CASES = {
    "Small": (Small, Small(x=1), True),
    "Large": (Large, Large(i=1, f=2, s="s", b=True, small=Small(x=1), many=[Small(x=2)], named={"k": Small(x=3)}),
              True),
    "Large maybe": (Large, Large(i=-(2**63), f=1e300, s="ü", b=False, small=Small(x=1), maybe=Small(x=2), either="e",
                                 anything={"deep": [1, 2.5, None]}), True),
    "Aliased": (Aliased, Aliased(X=1), True),
    "Inherited": (Inherited, Inherited(x=1, w=[1, 2]), True),
    "Box[int]": (Box[int], Box[int](content=1), True),
    "Box[List[Small]]": (Box[List[Small]], Box[List[Small]](content=[Small(x=1)]), True),
    "Root": (Root, Root([1, 2]), True),
    "Tree": (Optional[Tree], Tree(value=1, children=[Tree(value=2)]), False),
    "Special": (Special, Special(nan=math.inf), True),
    "Checked": (Checked, Checked(1, z=[1]), True),
    "List[Small]": (List[Small], [Small(x=1), Small(x=2)], True),
    "Dict[str, Small]": (Dict[str, Small], {"a": Small(x=1)}, True),
    "Optional[Small]": (Optional[Small], Small(x=1), True),
    "Optional[Small] None": (Optional[Small], None, True),
    "Union[int, Small]": (Union[int, Small], Small(x=1), True),
    "Annotated[Small]": (Annotated[Small, "note"], Small(x=1), True),
    "Plain": (Plain, Plain(1, ["a"], {"k": 1.5}), True),
    "WithBytes": (WithBytes, INNER, True),
    "WithBytes any": (WithBytes, WithBytes({}, c={"1": [None, 1.5]}), True),
    "HoldsMixin": (HoldsMixin, HoldsMixin(INNER, [Plain(1)]), True),
    "MixinInMixin": (MixinInMixin, MixinInMixin(INNER, Plain(1)), True),
    "List[WithBytes]": (List[WithBytes], [INNER], True),
    "Optional[WithBytes]": (Optional[WithBytes], INNER, True),
    "ByAlias": (ByAlias, ByAlias(1), True),
    "Sparse": (Sparse, Sparse(), True),
    "Dated": (Dated, Dated(datetime.datetime(2020, 1, 1)), True),
    "Hooked": (Hooked, Hooked(1), True),
    "HookedJson": (HookedJson, HookedJson(1), True),
    "HoldsPoint": (HoldsPoint, HoldsPoint(Point(1, 2), [Point(3, 4)]), True),
    "HoldsHooked": (HoldsHooked, HoldsHooked(Hooked(1), [ByAlias(1)]), True),
    "Mixed": (Mixed, Mixed(1, b"x"), True),
    "Decorated": (Decorated, Decorated(1, "y"), True),
    "WithOldMixin": (WithOldMixin, WithOldMixin(1), True),
    "Containers": (
        Containers,
        Containers(
            collections.OrderedDict({2: DAY, 1: DAY}),
            collections.defaultdict(list, {"a": [1]}),
            collections.Counter("aab"),
            collections.ChainMap({"a": 1}, {"a": 2, "b": 3}),
            collections.deque([DAY]),
            collections.OrderedDict({"x": [1, {"y": None}]}),
        ),
        True,
    ),
    "Containers empty": (Containers, Containers(), True),
    "Proxy": (Proxy, Proxy(types.MappingProxyType({"a": 1})), True),
    "Records": (Records, Records({"a": 1, "at": DAY}, {"b": "x"}), True),
    "Records full": (
        Records,
        Records(
            {"a": 1, "at": DAY},
            {"a": 2, "b": "x", "inner": {"a": 3, "at": DAY}},
            [{"a": 4, "at": DAY, "more": [b"raw"]}, {"a": 5, "at": DAY}],
        ),
        True,
    ),
    "Numbers": (Numbers, Numbers(Level.HIGH, Access.READ | Access.WRITE, Access(0), {Level.LOW: 1}), True),
    "Odds": (
        Odds,
        Odds(datetime.timezone(datetime.timedelta(hours=-5, minutes=-30)), re.compile("b*"), bytearray(b"x"),
             slice(1, None, 2)),
        True,
    ),
    "Odds default": (Odds, Odds(), True),
    "Sequences": (Sequences, Sequences([1], {"a": DAY}, {1}, ["x"]), True),
    "Node": (Optional[Node], Node(1, collections.deque([Node(2)]), Node(3)), True),
    "HoldsGeneric": (HoldsGeneric, HoldsGeneric(Generic(1, collections.deque([2])), Generic(DAY)), True),
    "Scaled": (Scaled, Scaled(2), True),
    "HoldsError": (HoldsError, HoldsError(FlyteError("m", "n")), True),
    "Struct": (struct_pb2.Struct, STRUCT, True),
    "BytesValue": (Optional[struct_pb2.Struct], STRUCT, True),
    "List[Struct]": (List[struct_pb2.Struct], [STRUCT], True),
    "FlyteError": (FlyteError, FlyteError("m", "n"), True),
    "Optional[FlyteError]": (Optional[FlyteError], FlyteError("m", "n"), True),
    "Optional[FlyteError] None": (Optional[FlyteError], None, True),
    "Iterator[int]": (Iterator[int], [1, 2, 3], True),
    "Iterator[Small]": (Iterator[Small], [Small(x=1)], True),
    "hash": (Annotated[int, HashMethod(plus)], 5, True),
    "hash of list": (Annotated[List[int], HashMethod(count)], [1, 2], True),
    "hash of elements": (List[Annotated[int, HashMethod(plus)]], [1, 2], True),
    "hash of values": (Dict[str, Annotated[int, HashMethod(plus)]], {"a": 1}, True),
    "hash of a variant": (Optional[Annotated[int, HashMethod(plus)]], 1, True),
    "hash of a union": (Annotated[Optional[int], HashMethod(plus)], 1, True),
    "hash of elements of a variant": (Optional[List[Annotated[int, HashMethod(plus)]]], [1], True),
    "hash None": (Annotated[int, HashMethod(nothing)], 5, True),
    "hash of a model": (Annotated[Small, HashMethod(repr)], Small(x=1), True),
    "hash of a dataclass": (Annotated[Plain, HashMethod(repr)], Plain(1), False),
    "first hash": (Annotated[int, "x", HashMethod(plus), HashMethod(nothing)], 5, True),
    "kwtypes": (Annotated[dict, kwtypes(allow_pickle=True)], {"a": [1, None]}, False),
    "kwtypes of int keys": (Annotated[Dict[int, Any], kwtypes(allow_pickle=True)], {1: "a"}, False),
    "annotated": (Annotated[int, FlyteAnnotation({"a": 1})], 1, True),
    "annotated variant": (Optional[Annotated[int, FlyteAnnotation({"a": 1})]], 1, True),
    "annotated element of a variant": (Optional[List[Annotated[int, FlyteAnnotation({"a": 1})]]], [1], True),
}  # fmt: skip

#: Name -> type and value; literals are compared but for the place of the file, and files for what they hold.
FILES = {
    "Any": (Any, {"a": (1, 2)}),
    "object": (object, 5),
    "bytes": (bytes, b"abc"),
    "set": (set, {1, 2}),
    "complex": (complex, 1j),
    "Thing": (Thing, Thing(1)),
    "another class": (Thing, 5),
    "List[Thing]": (List[Thing], [Thing(index) for index in range(25)]),
    "Dict[str, Any]": (Dict[str, Any], {"a": 1, "b": Thing(2)}),
    "Optional[Thing]": (Optional[Thing], Thing(1)),
    "Optional[Thing] None": (Optional[Thing], None),
    "Optional[Any] None": (Optional[Any], None),
    "Optional[bytes]": (Optional[bytes], b"abc"),
    "Generic[int]": (Generic[int], Generic(1)),
    "Sequence[int]": (typing.Sequence[int], [1]),
    "allow_pickle": (Annotated[dict, kwtypes(allow_pickle=True)], {"a": Thing(1)}),
    "hash of a pickle": (Annotated[Thing, HashMethod(repr)], Thing(1)),
    "Iterator[JSON]": (Iterator[JSON], [{"a": "ü"}, [1, 2.5], "s", True, 3]),
}

#: Types that only their Flyte type is compared of.
TYPES = {
    **{name: hint for name, (hint, *_) in {**CASES, **FILES}.items() if name != "hash of a pickle"},
    "annotated pickle": Annotated[Thing, "x"],
    "annotated field of a pickle": dataclasses.make_dataclass("Held", [("a", List[Annotated[Thing, "x"]])]),
    "Other": Other,
    "Union[Small, Other]": Union[Small, Other],
    "List[Iterator]": List[Iterator[int]],
    "abstract Iterator[int]": AbstractIterator[int],
    "bare Iterator": Iterator,
    "Generator": typing.Generator[int, None, None],
    "Iterable": typing.Iterable[int],
    "Timestamp": timestamp_pb2.Timestamp,
    "Int64Value": wrappers_pb2.Int64Value,
    "annotation of a list": Annotated[List[int], FlyteAnnotation({"a": {"b": [1, "x", None, True]}})],
    "annotation of an element": List[Annotated[int, FlyteAnnotation({"a": 1})]],
    "annotation of a map": Annotated[Dict[str, int], FlyteAnnotation({"a": 1})],
    "annotation of a dict": Annotated[dict, FlyteAnnotation({"a": 1})],
    "annotation of a dataclass": Annotated[Plain, FlyteAnnotation({"a": 1})],
    "annotation of a model": Annotated[Small, FlyteAnnotation({"a": 1})],
    "annotation of an enum": Annotated[Color, FlyteAnnotation({"a": 1})],
    "annotation empty": Annotated[int, FlyteAnnotation({})],
    "annotation of int keys": Annotated[int, FlyteAnnotation({1: 2})],
    "annotations": Annotated[int, FlyteAnnotation({"a": 1}), FlyteAnnotation({"b": 1})],
    "annotation with Flyte's key": Annotated[int, FlyteAnnotation({"cache-key-metadata": {}})],
    "annotation of a field": dataclasses.make_dataclass("Held", [("a", Annotated[int, FlyteAnnotation({"a": 1})])]),
    "OrderedDict": collections.OrderedDict,
    "collections.OrderedDict[str, int]": collections.OrderedDict[str, int],
    "TypedDict": Record,
    "Deque": typing.Deque[int],
    "set[int]": typing.Set[int],
    "type": type,
    "Callable": typing.Callable[[int], str],
    "NewType": typing.NewType("UserId", int),
    "module": types.ModuleType,
}


def canonical(value):
    """The value as text, the same in every process: types count, the order of dicts and sets does not."""
    kind = type(value).__name__
    if isinstance(value, (dict, types.MappingProxyType)):
        return f"{kind}{{{', '.join(sorted(f'{canonical(k)}: {canonical(v)}' for k, v in value.items()))}}}"
    if isinstance(value, (set, frozenset)):
        return f"{kind}{sorted(map(canonical, value))}"
    if isinstance(value, (list, tuple, collections.deque)):
        return f"{kind}({', '.join(map(canonical, value))})"
    if isinstance(value, collections.ChainMap):
        return f"{kind}({', '.join(map(canonical, value.maps))})"
    if dataclasses.is_dataclass(value):
        fields = (f"{f.name}={canonical(getattr(value, f.name))}" for f in dataclasses.fields(value))
        return f"{kind}({', '.join(fields)})"
    if isinstance(value, pydantic.BaseModel):
        fields = (f"{name}={canonical(getattr(value, name))}" for name in type(value).model_fields)
        return f"{kind}({', '.join(fields)})"
    if hasattr(value, "DESCRIPTOR"):
        return f"{kind} {value.SerializeToString(deterministic=True).hex()}"
    if kind in ("FlyteIterator", "JSONIterator"):
        return f"list({', '.join(map(canonical, value))})"
    if isinstance(value, datetime.datetime):
        return f"{kind} {value.isoformat()}"
    return f"{kind} {value!r}"


def described(hint):
    """A guessed type as text: a class that was made up by its fields, one that the library has by its name."""
    for cls in getattr(hint, "__mro__", ()):
        if (
            cls.__name__ in ("FlyteFile", "FlyteDirectory", "StructuredDataset", "FlyteSchema")
            and cls.__module__ != "types"
        ):
            return f"{cls.__name__} {hint.extension() if hasattr(hint, 'extension') else ''}"
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return (
            f"{hint.__name__}({', '.join(sorted(f'{f.name}: {described(f.type)}' for f in dataclasses.fields(hint)))})"
        )
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return f"{hint.__name__}{[member.value for member in hint]}"
    if typing.get_args(hint):
        inner = ", ".join(map(described, typing.get_args(hint)))
        return f"{described(typing.get_origin(hint))}[{inner}]"
    return getattr(hint, "__name__", str(hint))
