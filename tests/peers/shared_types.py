"""Types and values that both sides of the differential test know by the same source text.

Imported here and, by path, in the environment of flytekit, which has classes of its own for what wingbeat calls by the
same names. Annotations are not postponed: flytekit does not look through those everywhere.
"""

# ruff: noqa: F401 - the texts use the names

import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import importlib
import ipaddress
import math
import os
import pathlib
import types
import typing
import uuid
from dataclasses import InitVar
from typing import (
    Annotated,
    Any,
    Callable,
    Counter,
    DefaultDict,
    Deque,
    Dict,
    FrozenSet,
    Generic,
    Iterator,
    List,
    Literal,
    NamedTuple,
    Optional,
    OrderedDict,
    Sequence,
    Set,
    Tuple,
    TypedDict,
    TypeVar,
    Union,
)

import numpy
import pydantic
from google.protobuf import struct_pb2, timestamp_pb2
from mashumaro.config import BaseConfig
from mashumaro.mixins.json import DataClassJSONMixin
from mashumaro.types import SerializableType
from numpy.typing import NDArray

try:
    from flytekit import BatchSize, HashMethod, StructuredDataset, kwtypes
    from flytekit.core.annotation import FlyteAnnotation
    from flytekit.types.directory import FlyteDirectory
    from flytekit.types.error import FlyteError
    from flytekit.types.file import FlyteFile
    from flytekit.types.iterator import JSON
    from flytekit.types.schema import FlyteSchema
except ImportError:
    from wingbeat import (
        Collection,
        FlyteAnnotation,
        FlyteDirectory,
        FlyteError,
        FlyteFile,
        HashMethod,
        StructuredDataset,
        kwtypes,
    )
    from wingbeat.types.flyte_schema import FlyteSchema
    from wingbeat.types.iterator import JSON

    class BatchSize:  # wingbeat looks at annotations by name, and this one says nothing to it
        def __init__(self, size: int) -> None:
            self.size = size


nan, inf = math.nan, math.inf
FAR = "s3://bucket/a.csv"
UTC = datetime.timezone.utc
NoneType = type(None)


class Color(enum.Enum):
    RED = "red"
    CRIMSON = "red"
    BLUE = "blue"


class Shape(enum.Enum):
    ROUND = "round"
    SQUARE = "square"


class Shade(enum.Enum):
    RED = "red"


class Mood(str, enum.Enum):
    HAPPY = "happy"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Pair(NamedTuple):
    a: int
    b: str = "b"


@dataclasses.dataclass
class Point:
    x: int
    y: float = 0.5


@dataclasses.dataclass
class Named:
    name: str
    flag: bool = False


@dataclasses.dataclass
class SameAsPoint:
    x: int
    y: float = 0.5


@dataclasses.dataclass(frozen=True)
class Frozen:
    x: int


@dataclasses.dataclass
class Empty:
    pass


@dataclasses.dataclass
class Nested:
    point: Point
    points: List[Point]
    by_name: Dict[str, Point]
    by_number: Dict[int, Point]
    maybe: Optional[Point] = None
    deep: List[Dict[str, List[int]]] = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Fields:
    i: int = 1
    f: float = 1.5
    s: str = "s"
    b: bool = True
    raw: bytes = b"raw"
    when: datetime.datetime = datetime.datetime(2020, 1, 2, 3, 4, 5, 6)
    day: datetime.date = datetime.date(2020, 1, 2)
    clock: datetime.time = datetime.time(1, 2, 3)
    span: datetime.timedelta = datetime.timedelta(seconds=1.5)
    color: Color = Color.RED
    level: Level = Level.HIGH
    uid: uuid.UUID = uuid.UUID(int=5)
    amount: decimal.Decimal = decimal.Decimal("1.10")
    path: pathlib.Path = pathlib.Path("a/b")
    choice: Literal["a", "b"] = "a"
    pair: Tuple[int, str] = (1, "x")
    many: Tuple[int, ...] = (1, 2)
    named: Pair = Pair(1)
    some: Set[int] = dataclasses.field(default_factory=set)
    anything: Any = None
    loose: dict = dataclasses.field(default_factory=dict)
    items: list = dataclasses.field(default_factory=list)
    maybe: Optional[int] = None


@dataclasses.dataclass
class Simple:
    i: int = 1
    f: float = 1.5
    s: str = "s"
    b: bool = True
    maybe: Optional[int] = None
    texts: Optional[List[str]] = None


@dataclasses.dataclass
class NoneDefaults:
    text: str = None  # type: ignore[assignment]
    mapping: Dict[str, int] = None  # type: ignore[assignment]


@dataclasses.dataclass
class Special:
    a: int
    derived: int = dataclasses.field(init=False, default=0)
    only: int = dataclasses.field(default=2, kw_only=True)

    def __post_init__(self):
        self.derived = self.a * 2


@dataclasses.dataclass
class Sub(Point):
    z: int = 0


T = TypeVar("T")


@dataclasses.dataclass
class Pairs(Generic[T]):
    first: T
    second: T


@dataclasses.dataclass(slots=True, kw_only=True)
class Slotted:
    x: int
    texts: List[str] = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Scaled:
    a: int
    factor: InitVar[int] = 2
    b: int = dataclasses.field(init=False, default=0)

    def __post_init__(self, factor):
        self.b = self.a * factor


@dataclasses.dataclass
class Node:
    value: int
    next: Optional["Node"] = None


class Model(pydantic.BaseModel):
    x: int
    y: str = "y"


class OtherModel(pydantic.BaseModel):
    z: float = 1.5


class Box(pydantic.BaseModel, Generic[T]):
    content: T


class Measured(pydantic.BaseModel):
    f: float = 0.0


@pydantic.dataclasses.dataclass
class Checked:
    x: int
    y: List[int] = pydantic.Field(default_factory=list)


@dataclasses.dataclass
class PlainMixin(DataClassJSONMixin):
    a: int
    b: List[str] = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Mixin(DataClassJSONMixin):
    a: Dict[int, str]
    b: bytes = b"abc"


@dataclasses.dataclass
class Aliased:
    a: Optional[int] = None
    b: int = 1

    class Config(BaseConfig):
        omit_none = True


class Own(SerializableType):
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        return (self.x, self.y) == (other.x, other.y)

    def __repr__(self):
        return f"Own({self.x}, {self.y})"

    def _serialize(self):
        return [self.x, self.y]

    @classmethod
    def _deserialize(cls, value):
        return cls(*value)


class Record(TypedDict):
    a: int
    at: datetime.date


class Text(str):
    pass


@dataclasses.dataclass
class Required1:
    a: int


@dataclasses.dataclass
class Required2:
    b: int


@dataclasses.dataclass
class NestedNone:
    n: Point = None  # type: ignore[assignment]


@dataclasses.dataclass
class Choosing:
    either: Union[List[Point], Dict[str, Point]]


Struct, ListValue, Timestamp = struct_pb2.Struct, struct_pb2.ListValue, timestamp_pb2.Timestamp


def struct(**content: Any) -> Any:
    message = Struct()
    message.update(content)
    return message


@functools.cache
def field(hint: Any) -> type:
    """A dataclass with one field of this type."""
    return dataclasses.make_dataclass("Holder", [("f", hint)])


@functools.cache
def made(name: str, fields: Tuple[Tuple[str, Any], ...]) -> type:
    """A dataclass."""
    return known(dataclasses.make_dataclass(name, fields))


@functools.cache
def made_model(name: str, fields: Tuple[Tuple[str, Any], ...]) -> type:
    """A pydantic model whose JSON has the special floats."""
    config = pydantic.ConfigDict(ser_json_inf_nan="constants")
    model = pydantic.create_model(name, __config__=config, **{field: (hint, ...) for field, hint in fields})
    return known(model)


@functools.cache
def made_enum(name: str, members: Tuple[Tuple[str, Any], ...]) -> Any:
    """An enum."""
    return known(enum.Enum(name, members))


def known(cls: Any) -> Any:
    """The class, where its module says that it is: mashumaro looks there."""
    cls.__module__ = __name__
    globals()[cls.__name__] = cls
    return cls


def canonical(value: Any) -> str:
    """The value as text, the same in every process: types count, the order of dicts and sets does not."""
    kind = type(value).__name__
    if isinstance(value, (dict, types.MappingProxyType)):
        name = "" if type(value) is dict else kind
        return name + "{" + ", ".join(sorted(f"{canonical(k)}: {canonical(v)}" for k, v in value.items())) + "}"
    if isinstance(value, (set, frozenset)):
        return f"{kind}{sorted(map(canonical, value))}"
    if isinstance(value, (list, tuple, collections.deque)):
        return f"{kind}({', '.join(map(canonical, value))})"
    if isinstance(value, FlyteSchema):
        return f"{kind} {canonical(value.open().all())}"
    if isinstance(value, (FlyteFile, FlyteDirectory)):
        base = "FlyteFile" if isinstance(value, FlyteFile) else "FlyteDirectory"
        return f"{base}[{value.extension()}] {value.remote_source or value.path} {getattr(value, 'metadata', None)}"
    if dataclasses.is_dataclass(value):
        fields = (f"{f.name}={canonical(getattr(value, f.name))}" for f in dataclasses.fields(value))
        return f"{kind}({', '.join(fields)})"
    if isinstance(value, pydantic.BaseModel):
        fields = (f"{name}={canonical(getattr(value, name))}" for name in type(value).model_fields)
        return f"{kind}({', '.join(fields)})"
    if hasattr(value, "DESCRIPTOR"):
        return f"{kind} {value.SerializeToString(deterministic=True).hex()}"
    if kind in ("DataFrame", "Table"):
        return f"{kind} {canonical(value.to_pydict() if kind == 'Table' else value.to_dict('list'))}"
    if kind in ("FlyteIterator", "JSONIterator"):
        return f"list({', '.join(map(canonical, value))})"
    return f"{kind} {value!r}"


class Libraries(dict):
    """Names of libraries that take long to import: those of the texts that use them."""

    def __missing__(self, name: str) -> Any:
        if name not in ("pandas", "pyarrow", "polars"):
            raise KeyError(name)
        return importlib.import_module(name)


def evaluate(source: str) -> Any:
    """A hint or a value from its source text."""
    return eval(source, globals(), Libraries())  # the texts are written in the tests
