"""Types and values that both sides of the differential test know by the same source text.

Imported here and, by path, in the environment of flytekit: nothing but the standard library. Annotations are not
postponed: flytekit does not look through those everywhere.
"""

import dataclasses
import datetime
import decimal
import enum
import math
import pathlib
import typing
import uuid
from typing import Any, Dict, List, Literal, NamedTuple, Optional, Set, Tuple, Union

nan, inf = math.nan, math.inf
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


def canonical(value: Any) -> str:
    """The value as text, the same in every process: types count, the order of dicts and sets does not."""
    if isinstance(value, dict):
        return "{" + ", ".join(sorted(f"{canonical(k)}: {canonical(v)}" for k, v in value.items())) + "}"
    if isinstance(value, (set, frozenset)):
        return f"{type(value).__name__}{sorted(map(canonical, value))}"
    if isinstance(value, (list, tuple)):
        return f"{type(value).__name__}({', '.join(map(canonical, value))})"
    if dataclasses.is_dataclass(value):
        fields = (f"{f.name}={canonical(getattr(value, f.name))}" for f in dataclasses.fields(value))
        return f"{type(value).__name__}({', '.join(fields)})"
    return f"{type(value).__name__} {value!r}"


def evaluate(source: str) -> Any:
    """A hint or a value from its source text."""
    return eval(source, globals())  # the texts are written in the tests


__all__ = ["Union", "canonical", "evaluate", "typing"]
