"""Dataclasses (type-system spec 2.10, 4.3, rows 75-92 of 8.2)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
import enum
import pathlib
import time
import uuid
from typing import Any, ClassVar, Dict, FrozenSet, List, Literal, NamedTuple, Optional, Set, Tuple, Union

import msgpack
import pytest

from tests import literals as l
from tests.labels import label
from wingbeat.errors import TypeTransformerFailedError


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


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


@dataclasses.dataclass(frozen=True)
class Frozen:
    x: int


@dataclasses.dataclass
class Slots:
    __slots__ = ("x",)
    x: int


@dataclasses.dataclass
class Tree:
    value: int
    children: List["Tree"] = dataclasses.field(default_factory=list)
    left: Optional["Tree"] = None


@dataclasses.dataclass
class Everything:
    i: int
    f: float
    s: str
    b: bool
    raw: bytes
    n: None
    when: dt.datetime
    day: dt.date
    clock: dt.time
    span: dt.timedelta
    color: Color
    level: Level
    choice: Literal["a", 1]
    uid: uuid.UUID
    amount: decimal.Decimal
    path: pathlib.Path
    point: Point
    points: List[Point]
    by_name: Dict[str, Point]
    by_number: Dict[int, List[int]]
    pair: Tuple[int, str]
    many: Tuple[int, ...]
    named: Pair
    some: Set[int]
    fixed: FrozenSet[str]
    maybe: Optional[int]
    maybe_point: Optional[Point]
    either: Union[int, str]
    anything: Any
    loose: list
    free: dict
    days: Dict[dt.date, Color]


EVERYTHING = Everything(
    i=1,
    f=1.5,
    s="s",
    b=True,
    raw=b"\x00\xff",
    n=None,
    when=dt.datetime(2020, 1, 2, 3, 4, 5, 6),
    day=dt.date(2020, 1, 2),
    clock=dt.time(1, 2, 3),
    span=dt.timedelta(days=1, seconds=1.5),
    color=Color.RED,
    level=Level.HIGH,
    choice="a",
    uid=uuid.UUID(int=5),
    amount=decimal.Decimal("1.10"),
    path=pathlib.Path("a/b"),
    point=Point(1, 2.5),
    points=[Point(1), Point(2)],
    by_name={"p": Point(3)},
    by_number={4: [5]},
    pair=(1, "x"),
    many=(1, 2, 3),
    named=Pair(1, "z"),
    some={1, 2},
    fixed=frozenset({"a"}),
    maybe=None,
    maybe_point=Point(9),
    either="text",
    anything={"a": [1, None]},
    loose=[1, "a"],
    free={"k": {"l": 1}},
    days={dt.date(2020, 1, 2): Color.BLUE},
)


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (Point, Point(1, 2.0)),
        (Frozen, Frozen(1)),
        (Slots, Slots(1)),
        (Everything, EVERYTHING),
        (Tree, Tree(1, [Tree(2), Tree(3, [Tree(4)])], Tree(5))),
        (List[Point], [Point(1), Point(2)]),
        (Dict[str, Point], {"a": Point(1)}),
        (Dict[int, Point], {4: Point(1)}),
        (Optional[Point], Point(1)),
        (List[Optional[Everything]], [EVERYTHING, None]),
    ],
    ids=lambda part: label(part)[:40],
)
def test_round_trip(codecs, hint, value):
    decoded = codecs.decode(hint, codecs.encode(hint, value))
    assert decoded == value
    assert repr(decoded) == repr(value)


def test_written_in_field_order_as_flytekit_packs(codecs):
    assert l.Literal.FromString(codecs.encode(Point, Point(1, 2.5))).scalar.binary.value == msgpack.packb(
        {"x": 1, "y": 2.5}
    )
    content = l.content(codecs.encode(Everything, EVERYTHING))
    assert list(content) == [field.name for field in dataclasses.fields(Everything)]
    assert content["when"] == "2020-01-02T03:04:05.000006"
    assert content["span"] == 86401.5
    assert content["color"] == "red"
    assert content["level"] == 2
    assert content["uid"] == "00000000-0000-0000-0000-000000000005"
    assert content["amount"] == "1.10"
    assert content["path"] == "a/b"
    assert content["by_number"] == {4: [5]}
    assert content["days"] == {"2020-01-02": "blue"}
    assert content["named"] == [1, "z"]
    assert content["raw"] == b"\x00\xff"


def test_scalars_are_written_unchecked(codecs):
    """As flytekit does: the declared type counts when reading."""
    assert l.content(codecs.encode(Point, Point("1", 1))) == {"x": "1", "y": 1}
    assert codecs.decode(Point, codecs.encode(Point, Point("1", 1))) == Point(1, 1.0)


def test_the_users_object_is_left_alone(codecs):
    points, by_name = [Point(1)], {"p": Point(3)}
    value = dataclasses.replace(EVERYTHING, points=points, by_name=by_name)
    before = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    codecs.encode(Everything, value)
    assert all(getattr(value, name) is item for name, item in before.items())


@pytest.mark.parametrize(
    ("field", "packed", "value"),
    [
        ("i", 1.0, 1),
        ("i", True, 1),
        ("i", "5", 5),
        ("i", " 5_0 ", 50),
        ("f", 1, 1.0),
        ("f", "1.5", 1.5),
        ("f", True, 1.0),
        ("s", 1, "1"),
        ("s", 1.5, "1.5"),
        ("s", True, "True"),
        ("b", 0, False),
        ("b", 2.5, True),
        ("raw", "AP8=", b"\x00\xff"),
        ("raw", "AP8=\n", b"\x00\xff"),
        ("when", "2020-01-02", dt.datetime(2020, 1, 2)),
        ("when", "2020-01-02T00:00:00Z", dt.datetime(2020, 1, 2, tzinfo=dt.timezone.utc)),
        ("span", 90, dt.timedelta(seconds=90)),
        ("level", 2, Level.HIGH),
        ("choice", 1, 1),
        ("pair", [1, "x", "extra"], (1, "x")),
        ("pair", ["1", 2], (1, "2")),
        ("named", [1], Pair(1)),
        ("many", [], ()),
        ("some", [1, 1, 2], {1, 2}),
        ("by_number", {"1": ["2"]}, {1: [2]}),
        ("maybe", "3", 3),
        ("either", 1, 1),
        ("either", "1", "1"),
        ("point", {"x": 1}, Point(1)),
        ("point", {"x": 1, "unknown": [1, {2: 3}]}, Point(1)),
    ],
    ids=lambda part: label(part)[:30],
)
def test_coercions(codecs, field, packed, value):
    content = l.content(codecs.encode(Everything, EVERYTHING))
    content[field] = packed
    decoded = getattr(codecs.decode(Everything, l.binary(content)), field)
    assert decoded == value
    assert repr(decoded) == repr(value)


@pytest.mark.parametrize(
    ("field", "packed", "path"),
    [
        ("i", 1.5, "i"),
        ("i", float("nan"), "i"),
        ("i", "x", "i"),
        ("i", "", "i"),
        ("i", None, "i"),
        ("i", b"1", "i"),
        ("i", [1], "i"),
        ("f", "x", "f"),
        ("f", None, "f"),
        ("s", None, "s"),
        ("s", [], "s"),
        ("s", {}, "s"),
        ("s", b"x", "s"),
        ("b", "false", "b"),
        ("b", None, "b"),
        ("n", 0, "n"),
        ("raw", "%", "raw"),
        ("raw", 1, "raw"),
        ("when", "x", "when"),
        ("when", 0, "when"),
        ("day", "2020-01-02T00:00:00", "day"),
        ("clock", "25:00", "clock"),
        ("span", "1", "span"),
        ("span", 1e300, "span"),
        ("color", "green", "color"),
        ("color", 1, "color"),
        ("level", "1", "level"),
        ("choice", "b", "choice"),
        ("uid", "x", "uid"),
        ("amount", "x", "amount"),
        ("point", None, "point"),
        ("point", [1], "point"),
        ("point", {}, "point"),
        ("point", {"x": "y"}, "point.x"),
        ("points", [{"x": 1}, {"x": None}], "points[1].x"),
        ("points", {"x": 1}, "points"),
        ("points", "ab", "points"),
        ("by_name", {"p": {"x": []}}, 'by_name["p"].x'),
        ("by_number", {"x": []}, None),
        ("pair", [1], "pair"),
        ("named", [], "named"),
        ("some", 5, "some"),
        ("some", {"a": 1}, "some"),
        ("maybe", "x", "maybe"),
        ("maybe_point", {"y": 1}, "maybe_point"),
        ("either", None, "either"),
        ("either", [], "either"),
        ("free", [], "free"),
    ],
    ids=lambda part: label(part)[:30],
)
def test_refused(codecs, field, packed, path):
    content = l.content(codecs.encode(Everything, EVERYTHING))
    content[field] = packed
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.decode(Everything, l.binary(content))
    if path is not None:
        assert caught.value.path == f"value.{path}"


def test_a_missing_field_is_named(codecs):
    with pytest.raises(TypeTransformerFailedError, match="missing field 'x' of Point"):
        codecs.decode(Point, l.binary({"y": 1.0}))
    with pytest.raises(TypeTransformerFailedError, match=r"^value\[1\]: missing field 'x' of Point"):
        codecs.decode(List[Point], l.binary([{"x": 1}, {}]))


def test_unknown_keys_are_ignored_and_the_last_duplicate_counts(codecs):
    document = b"\x84\xa1x\x01\xa1z\xc0\x05\x06\xa1x\x02"
    assert codecs.decode(Point, l.raw_binary(document)) == Point(2)


@pytest.mark.parametrize(
    "literal",
    [l.none(), l.nothing(), l.integer(1), l.collection(), l.mapping(), l.binary([]), l.binary(None), l.binary("x")],
    ids=lambda part: " ".join(str(part).split()) or "nothing",
)
def test_other_kinds_are_refused(codecs, literal):
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.decode(Point, literal)
    assert caught.value.path == "value"


@dataclasses.dataclass
class Defaults:
    made: List[int] = dataclasses.field(default_factory=list)
    inner: Point = dataclasses.field(default_factory=lambda: Point(7))
    text: str = None  # type: ignore[assignment]
    mapping: Dict[str, int] = None  # type: ignore[assignment]
    point: Point = None  # type: ignore[assignment]
    number: int = 5


def test_defaults(codecs):
    first, second = (codecs.decode(Defaults, l.binary({})) for _ in range(2))
    assert first == second == Defaults()
    assert first.made is not second.made
    assert first.inner is not second.inner


def test_none_where_the_default_is_none(codecs):
    decoded = codecs.decode(Defaults, codecs.encode(Defaults, Defaults()))
    assert decoded == Defaults()
    assert decoded.text is None
    assert decoded.point is None
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.decode(Defaults, l.binary({"number": None}))
    assert caught.value.path == "value.number"


@dataclasses.dataclass
class Outer:
    point: Point
    points: List[Point] = dataclasses.field(default_factory=list)


@pytest.mark.parametrize(
    ("hint", "value", "path"),
    [
        (Outer, Outer(None), "value.point"),
        (Outer, Outer(Point(1), None), "value.points"),
        (Outer, Outer(Point(1), [None]), "value.points[0]"),
        (Outer, Outer(Point(1), 5), "value.points"),
        (Outer, Outer(Point(1), "ab"), "value.points"),
        (Point, Point(object()), "value.x"),
        (Point, Point({1, 2}), "value.x"),
        (Point, Point(2**64), "value.x"),
        (Point, Point("\ud800"), "value.x"),
        (Everything, dataclasses.replace(EVERYTHING, choice="zzz"), "value.choice"),
        (Everything, dataclasses.replace(EVERYTHING, pair=(1,)), "value.pair"),
        (Everything, dataclasses.replace(EVERYTHING, when=5), "value.when"),
        (Everything, dataclasses.replace(EVERYTHING, span=5), "value.span"),
        (Everything, dataclasses.replace(EVERYTHING, free=5), "value.free"),
    ],
    ids=lambda part: label(part)[:30],
)
def test_not_written(codecs, hint, value, path):
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.encode(hint, value)
    assert caught.value.path == path


@pytest.mark.parametrize("value", [None, 1, "x", [1], object(), Point], ids=label)
def test_only_an_instance_or_a_dict_is_written(codecs, value):
    with pytest.raises(TypeTransformerFailedError):
        codecs.encode(Point, value)


@dataclasses.dataclass
class Sub(Point):
    z: int = 0


def test_the_declared_class_drives(codecs):
    assert l.content(codecs.encode(Point, Sub(1, 2.0, 3))) == {"x": 1, "y": 2.0}
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.encode(Sub, Point(1))
    assert "z" in str(caught.value)


def test_a_dict_for_a_dataclass(codecs):
    assert l.content(codecs.encode(Point, {"x": 1, "y": 2.0})) == {"x": 1, "y": 2.0}
    for wrong in ({"x": 1}, {"x": 1, "y": 2.0, "z": 3}, {}):
        with pytest.raises(TypeTransformerFailedError):
            codecs.encode(Point, wrong)


@dataclasses.dataclass
class Special:
    shared: ClassVar[int] = 5
    a: int
    derived: int = dataclasses.field(init=False, default=0)
    hidden: int = dataclasses.field(default=1, repr=False, compare=False)
    only: int = dataclasses.field(default=2, kw_only=True)

    def __post_init__(self):
        if self.a < 0:
            raise ValueError("a must not be negative")
        self.derived = self.a * 2


def test_init_false_class_variables_and_post_init(codecs):
    assert l.content(codecs.encode(Special, Special(3))) == {"a": 3, "derived": 6, "hidden": 1, "only": 2}
    decoded = codecs.decode(Special, l.binary({"a": 4, "derived": 100, "only": 9}))
    assert (decoded.a, decoded.derived, decoded.only) == (4, 8, 9)


def test_what_post_init_raises_is_the_cause(codecs):
    with pytest.raises(TypeTransformerFailedError, match="ValueError: a must not be negative") as caught:
        codecs.decode(List[Special], l.binary([{"a": 1}, {"a": -1}]))
    assert caught.value.path == "value[1]"
    assert isinstance(caught.value.__cause__, ValueError)


@dataclasses.dataclass
class A:
    a: int = 1


@dataclasses.dataclass
class B:
    b: int = 2


@dataclasses.dataclass
class Unions:
    ab: Union[A, B]
    scalars: Union[int, str, float, bool, None] = None
    seq: Union[List[int], Dict[str, int]] = dataclasses.field(default_factory=list)
    when: Union[dt.datetime, str] = ""
    day_first: Union[str, dt.date] = ""
    color: Union[Color, int] = 0
    span: Union[dt.timedelta, int] = 0
    lists: Union[List[dt.date], List[int]] = dataclasses.field(default_factory=list)


@pytest.mark.parametrize(
    "value",
    [
        Unions(A(5)),
        Unions(B(5)),
        Unions(A(), scalars=1),
        Unions(A(), scalars=1.0),
        Unions(A(), scalars="1"),
        Unions(A(), scalars=True),
        Unions(A(), seq=[1, 2]),
        Unions(A(), seq={"a": 1}),
        Unions(A(), when=dt.datetime(2020, 1, 2)),
        Unions(A(), when="text"),
        Unions(A(), color=Color.RED),
        Unions(A(), color=3),
        Unions(A(), span=dt.timedelta(seconds=3)),
        Unions(A(), span=3),
        Unions(A(), lists=[dt.date(2020, 1, 2)]),
        Unions(A(), lists=[1]),
    ],
    ids=label,
)
def test_unions_of_fields(codecs, value):
    decoded = codecs.decode(Unions, codecs.encode(Unions, value))
    assert decoded == value
    assert repr(decoded) == repr(value)


def test_a_date_in_a_union_with_str_comes_back_as_text(codecs):
    """As with flytekit: nothing in the document says which it was, and `str` is declared first."""
    decoded = codecs.decode(Unions, codecs.encode(Unions, Unions(A(), day_first=dt.date(2020, 1, 2))))
    assert decoded.day_first == "2020-01-02"


@dataclasses.dataclass
class Fork:
    x: Union[List["Spoon"], List["Fork"], int]


@dataclasses.dataclass
class Spoon:
    x: Union[List["Fork"], List["Spoon"], int]


def test_unions_inside_each_other_do_not_multiply(codecs):
    """A document of 100 bytes must not take the attempts of 2 ** 30."""
    content: dict = {"none of them": 1}
    for _ in range(30):
        content = {"x": [content]}
    before = time.perf_counter()
    with pytest.raises(TypeTransformerFailedError):
        codecs.decode(Fork, l.binary(content))
    assert time.perf_counter() - before < 1


def test_an_object_inside_itself_ends(codecs):
    tree = Tree(1)
    tree.left = tree
    with pytest.raises(TypeTransformerFailedError, match="deep"):
        codecs.encode(Tree, tree)


def test_deep_documents_end(codecs):
    packed: dict = {"value": 0}
    for i in range(500):
        packed = {"value": i, "left": packed}
    with pytest.raises(ValueError, match=r"deep|nest"):
        codecs.decode(Tree, l.binary(packed))
