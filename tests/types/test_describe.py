"""Type hints become schemas."""

from __future__ import annotations

import collections
import collections.abc
import datetime
import decimal
import enum
import pathlib
import subprocess
import sys
import typing
import uuid
from abc import ABC, abstractmethod
from dataclasses import InitVar, dataclass, field
from typing import Annotated, Any, Dict, Final, List, Literal, NamedTuple, Optional, Tuple, Union

import pytest

from tests import literals as l
from tests.labels import label
from wingbeat import Codec
from wingbeat.errors import RestrictedTypeError, TypeTransformerFailedError
from wingbeat.types import schema as s
from wingbeat.types.describe import describe
from wingbeat.types.fields import is_direct
from wingbeat.types.hints import cache_key, name
from wingbeat.types.literal_type import variant_literal_type
from wingbeat.types.packed import describe_packed
from wingbeat.types.pickled import PickledDict


class Color(enum.Enum):
    RED = "red"
    GREEN = "green"
    ROUGE = "red"


class Level(enum.IntEnum):
    LOW = 1


class Access(enum.Flag):
    READ = 1
    WRITE = 2


@dataclass
class Inner:
    a: int
    b: str = "b"


@dataclass
class Node:
    value: int
    next: Optional[Node] = None
    children: List[Node] = field(default_factory=list)


class Pair(NamedTuple):
    left: int
    right: str = "r"


INT, STR, FLOAT, BOOL, NONE, ANY = s.Int(), s.Str(), s.Float(), s.Bool(), s.NoneType(), s.Any()
COLOR = s.Enum(Color, ("red", "green"), (Color.RED, Color.GREEN))
INNER = s.Dataclass(
    Inner,
    (s.Field("a", INT, s.REQUIRED, None, True, False), s.Field("b", STR, "b", None, True, False)),
    True,
)


def variant(hint: Any, node: s.Schema, tag: str, label: str) -> s.Variant:
    return s.Variant(node, tag, variant_literal_type(hint, tag), label)


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        (int, INT),
        (float, FLOAT),
        (str, STR),
        (bool, BOOL),
        (None, NONE),
        (type(None), NONE),
        (datetime.datetime, s.Datetime()),
        (datetime.date, s.Date()),
        (datetime.timedelta, s.Timedelta()),
        (list[int], s.List(INT, s.Array(INT, list))),
        (List[int], s.List(INT, s.Array(INT, list))),
        (List[List[str]], s.List(s.List(STR, s.Array(STR, list)), s.Array(s.Array(STR, list), list))),
        (dict[str, int], s.Map(INT, s.Mapping(STR, INT))),
        (Dict[str, int], s.Map(INT, s.Mapping(STR, INT))),
        (dict, s.Packed(s.Mapping(ANY, ANY), False, "json", PickledDict(dict))),
        (Dict, s.Packed(s.Mapping(ANY, ANY), False, "json", PickledDict(Dict))),
        (Dict[int, str], s.Packed(s.Mapping(INT, STR), False, "json", PickledDict(Dict[int, str]))),
        (dict[Color, Inner], s.Packed(s.Mapping(COLOR, INNER), False, "json", PickledDict(dict[Color, Inner]))),
        (Color, COLOR),
        (Literal["a", "b"], s.Choice(STR, ("a", "b"))),
        (Literal[True], s.Choice(BOOL, (True,))),
        (Inner, s.Packed(INNER, False, "")),
        (Annotated[int, "unit"], INT),
        (Annotated[Color, "x"], COLOR),
        (Annotated[Inner, "x"], s.Packed(INNER, False, "")),
        (List[Annotated[int, "x"]], s.List(INT, s.Array(INT, list))),
        (
            Optional[int],
            s.Union((variant(int, INT, "int", "int"), variant(None, NONE, "none", "None")), s.Optional(INT)),
        ),
        (
            str | Color,
            s.Union(
                (variant(str, STR, "str", "str"), variant(Color, COLOR, "DefaultEnumTransformer", "Color")),
                s.OneOf((STR, COLOR)),
            ),
        ),
        (
            Union[List[int], Inner, dict, Literal["x"]],
            s.Union(
                (
                    variant(List[int], s.List(INT, s.Array(INT, list)), "Typed List", "list[int]"),
                    variant(Inner, s.Packed(INNER, False, ""), "Object-Dataclass-Transformer", "Inner"),
                    variant(
                        dict, s.Packed(s.Mapping(ANY, ANY), False, "json", PickledDict(dict)), "Typed Dict", "dict"
                    ),
                    variant(Literal["x"], s.Choice(STR, ("x",)), "LiteralTypeTransformer", "Literal['x']"),
                ),
                s.OneOf((s.Array(INT, list), INNER, s.Mapping(ANY, ANY), s.Choice(STR, ("x",)))),
            ),
        ),
    ],
    ids=label,
)
def test_literal_level(hint: Any, expected: s.Schema) -> None:
    assert describe(hint) == expected


@pytest.mark.parametrize("value", ["1", "t", "T", "true", "True", "TRUE"])
def test_the_old_form_of_dicts_and_dataclasses(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLYTE_USE_OLD_DC_FORMAT", value)
    assert describe(dict) == s.Packed(s.Mapping(ANY, ANY), True, "json", PickledDict(dict))
    assert describe(Inner) == s.Packed(INNER, True, "")


@pytest.mark.parametrize("value", ["", "0", "yes", "on", "false"])
def test_what_does_not_ask_for_the_old_form(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLYTE_USE_OLD_DC_FORMAT", value)
    assert describe(Inner) == s.Packed(INNER, False, "")


T = typing.TypeVar("T")
Bound = typing.TypeVar("Bound", bound=int)
Either = typing.TypeVar("Either", int, str)
UserId = typing.NewType("UserId", int)
Untyped = collections.namedtuple("Untyped", "a b")


@dataclass
class Box(typing.Generic[T]):
    value: T
    values: List[T]


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        (Any, ANY),
        (bytes, s.Bytes()),
        (datetime.time, s.Time()),
        (list, s.Array(ANY, list)),
        (List, s.Array(ANY, list)),
        (tuple, s.Array(ANY, tuple)),
        (Tuple, s.Array(ANY, tuple)),
        (set, s.Array(ANY, set)),
        (dict, s.Mapping(ANY, ANY)),
        (List[Any], s.Array(ANY, list)),
        (typing.Set[int], s.Array(INT, set)),
        (frozenset[str], s.Array(STR, frozenset)),
        (tuple[int, ...], s.Array(INT, tuple)),
        (tuple[int, str], s.Tuple((INT, STR), None)),
        (Tuple[int], s.Tuple((INT,), None)),
        (tuple[()], s.Tuple((), None)),
        (Pair, s.Tuple((INT, STR), Pair)),
        (Untyped, s.Tuple((ANY, ANY), Untyped)),
        (typing.Sequence[int], s.Array(INT, list)),
        (collections.abc.Sequence[int], s.Array(INT, list)),
        (collections.abc.MutableSet[int], s.Array(INT, set)),
        (typing.Mapping[str, int], s.Mapping(STR, INT)),
        (collections.abc.MutableMapping[int, str], s.Mapping(INT, STR)),
        (typing.Sequence, s.Array(ANY, list)),
        (Optional[int], s.Optional(INT)),
        (int | str | None, s.Optional(s.OneOf((INT, STR)))),
        (Union[int, str], s.OneOf((INT, STR))),
        (Level, s.Enum(Level, (1,), (Level.LOW,))),
        (Literal["a", 1, None], s.Choice(ANY, ("a", 1, None))),
        (Literal[b"raw"], s.Choice(s.Bytes(), (b"raw",))),
        (Literal[Color.RED], s.Choice(COLOR, (Color.RED,))),
        (UserId, INT),
        (T, ANY),
        (Bound, INT),
        (Either, s.OneOf((INT, STR))),
        (Final[int], INT),
        (uuid.UUID, s.Text(uuid.UUID, str, uuid.UUID)),
        (decimal.Decimal, s.Text(decimal.Decimal, str, decimal.Decimal)),
        (
            Box[int],
            s.Dataclass(
                Box,
                (
                    s.Field("value", INT, s.REQUIRED, None, True, False),
                    s.Field("values", s.Array(INT, list), s.REQUIRED, None, True, False),
                ),
                True,
            ),
        ),
    ],
    ids=label,
)
def test_packed_level(hint: Any, expected: s.Schema) -> None:
    assert describe_packed(hint) == expected


@pytest.mark.parametrize("cls", [pathlib.Path, pathlib.PurePosixPath, pathlib.PosixPath])
def test_paths(cls: type) -> None:
    node = describe_packed(cls)
    assert isinstance(node, s.Text)
    assert node.load("a/b") == cls("a/b")
    assert node.dump(cls("a/b")) == "a/b"


def test_a_class_that_contains_itself() -> None:
    node = describe_packed(Node)
    assert isinstance(node, s.Dataclass)
    assert [one.schema for one in node.fields] == [
        INT,
        s.Optional(s.Recursion(Node)),
        s.Array(s.Recursion(Node), list),
    ]
    assert node.fields[2].factory is list
    assert node.fields[2].default is s.REQUIRED


def test_the_same_class_twice_is_no_recursion() -> None:
    @dataclass
    class Two:
        first: Inner
        second: Inner

    # A local class can be described: its annotations name what the module has.
    node = describe_packed(Two)
    assert isinstance(node, s.Dataclass)
    assert [one.schema for one in node.fields] == [INNER, INNER]


def test_a_local_class_may_name_itself() -> None:
    @dataclass
    class Link:
        next: Optional[Link] = None

    node = describe_packed(Link)
    assert isinstance(node, s.Dataclass)
    assert node.fields[0].schema == s.Optional(s.Recursion(Link))


def test_field_parameters() -> None:
    @dataclass
    class Fields:
        kind: typing.ClassVar[str] = "k"
        a: int = field(kw_only=True)
        b: List[int] = field(default_factory=lambda: [1])
        c: int = field(default=3, init=False)
        d: InitVar[int] = 4

    node = describe_packed(Fields)
    assert isinstance(node, s.Dataclass)
    # Keyword-only fields are last in `__init__`, but the order of fields is that of the class.
    assert [(one.name, one.default, one.init, one.kw_only) for one in node.fields] == [
        ("a", s.REQUIRED, True, True),
        ("b", s.REQUIRED, True, False),
        ("c", 3, False, False),
    ]
    assert node.fields[1].factory is not None
    assert node.fields[1].factory() == [1]


# --- whether an instance may be made without calling the class ------------------------------------------------------


@dataclass
class Plain:
    a: int


@dataclass(frozen=True)
class Frozen:
    a: int


@dataclass(slots=True)
class Slots:
    a: int
    b: List[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FrozenSlots:
    a: int


@dataclass
class Derived(Plain):
    b: int = 2


@dataclass(kw_only=True)
class KeywordOnly:
    a: int


@dataclass(order=True, unsafe_hash=True)
class Ordered:
    a: int


class Undecorated(Plain):
    pass


@dataclass
class OwnInit:
    a: int

    def __init__(self, a: int) -> None:
        self.a = a


@dataclass(init=False)
class NoInit:
    a: int


@dataclass
class PostInit:
    a: int

    def __post_init__(self) -> None:
        pass


@dataclass
class InheritedPostInit(PostInit):
    b: int = 1


@dataclass
class WithInitVar:
    a: InitVar[int]


@dataclass
class NotInit:
    a: int = field(default=1, init=False)


@dataclass
class OwnNew:
    a: int

    def __new__(cls, *args: Any, **kwargs: Any) -> OwnNew:
        return object.__new__(cls)


@dataclass
class OwnSetattr:
    a: int

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)


class Meta(type):
    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        return super().__call__(*args, **kwargs)


@dataclass
class OwnMeta(metaclass=Meta):
    a: int


@dataclass
class Abstract(ABC):
    a: int

    @abstractmethod
    def f(self) -> None: ...


@pytest.mark.parametrize("cls", [Plain, Frozen, Slots, FrozenSlots, Derived, KeywordOnly, Ordered, Box, Node])
def test_direct(cls: type) -> None:
    assert is_direct(cls)


@pytest.mark.parametrize(
    "cls",
    [
        Undecorated, OwnInit, NoInit, PostInit, InheritedPostInit, WithInitVar, NotInit, OwnNew, OwnSetattr, OwnMeta,
    ],
)  # fmt: skip
def test_not_direct(cls: type) -> None:
    assert not is_direct(cls)


def test_code_of_the_command_line_is_not_taken_for_generated_code() -> None:
    code = """
from dataclasses import dataclass
from wingbeat.types.fields import is_direct

@dataclass
class Own:
    a: int
    def __init__(self, a):
        self.a = a

@dataclass
class Generated:
    a: int

print(is_direct(Own), is_direct(Generated))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


# --- what is refused, and how ---------------------------------------------------------------------------------------


class Text(str):
    pass


class Words(dict):
    pass


@dataclass
class WithInitVar:
    a: int
    scale: InitVar[int]


@dataclass
class Tagged:
    tags: List[complex]


@dataclass
class Holder:
    inner: Tagged


@dataclass
class Unresolved:
    a: Missing  # type: ignore[name-defined]  # noqa: F821


class OfFlytekit:
    __module__ = "flytekit.types.schema.types"


@pytest.mark.parametrize(
    ("hint", "message"),
    [
        ("int", "x: 'int': the annotation 'int' is a string that was not resolved"),
        (Tagged, "Tagged.tags[]: complex: not a supported type"),
        (List[Holder], "Tagged.tags[]: complex: not a supported type"),
        (Unresolved, "x: Unresolved: an annotation cannot be resolved: name 'Missing' is not defined"),
        (list, "x: list: Only generic univariate typing.List[T] type is supported; say what the list holds"),
        (List, "x: List: Only generic univariate typing.List[T] type is supported"),
        (Level, "x: Level: Only EnumTypes with value of string are supported; give every member a string"),
        (Access, "x: Access: Only EnumTypes with value of string are supported"),
        (Text, "x: Text: only values of exactly str are converted, not of a subclass; declare str"),
        (Words, "x: Words: not a supported type (supported: int, float, str, "),
        (collections.OrderedDict[str, int], "x: OrderedDict[str, int]: only list[T] and dict[K, V] themselves"),
        (
            OfFlytekit,
            "x: OfFlytekit: a class of flytekit's own, for which no transformer comes with wingbeat",
        ),
        (WithInitVar, "x: WithInitVar: its InitVar 'scale' has no default, and no value is stored for it"),
        (enum.Enum("Empty", {}), "x: Empty: Only EnumTypes with value of string are supported"),
        (enum.Enum("Mixed", {"a": "a", "b": 1}), "x: Mixed: Only EnumTypes with value of string are supported"),
        (Literal["a", 1], "x: Literal['a', 1]: All values must be of the same type"),
        (Literal[None], "x: Literal[None]: Unsupported type: None"),
        (Literal[b"x"], "x: Literal[b'x']: Unsupported type: bytes"),
        (List[tuple], "x[]: Transformer for type tuple is restricted currently"),
        (Optional[Pair], "x: Transformer for type Pair is restricted currently"),
    ],
    ids=str,
)
def test_refused(hint: Any, message: str) -> None:
    with pytest.raises(TypeTransformerFailedError) as raised:
        describe(hint, "x")
    assert str(raised.value).startswith(message)


@pytest.mark.parametrize(
    "hint", [complex, Any, object, bytes, set, UserId, Box[int], typing.Sequence[int], 3, typing.TypeVar("T")], ids=str
)
def test_what_nobody_converts_is_pickled(hint: Any) -> None:
    node = describe(hint, "x")
    assert isinstance(node, s.Blob)
    assert node.name == "FlytePickle"


def test_what_has_no_packed_form_is_read_from_its_own_literals_only() -> None:
    assert Codec(Dict[str, Any]).decode(l.binary({"a": 1}).SerializeToString()) == {"a": 1}
    with pytest.raises(TypeTransformerFailedError, match="expected map, got map of 1"):
        Codec(Dict[str, complex]).decode(l.binary({"a": 1}).SerializeToString())
    node = describe(Union[int, complex, None])
    assert isinstance(node, s.Union)
    assert node.packed == s.Optional(INT)


@dataclass
class Aliased:
    a: int = field(metadata={"alias": "A"})


@dataclass
class Hooked:
    a: int

    def __post_serialize__(self, content: dict[str, Any]) -> dict[str, Any]:
        return content


@pytest.mark.parametrize(
    ("cls", "message"),
    [
        (Aliased, "x: Aliased: its field 'a' has the mashumaro option 'alias', but its module does not import"),
        (Hooked, "x: Hooked: it has mashumaro's __post_serialize__, but its module does not import mashumaro"),
    ],
)
def test_a_form_of_its_own_without_mashumaro(cls: type, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "mashumaro", raising=False)
    with pytest.raises(TypeTransformerFailedError) as raised:
        describe(cls, "x")
    assert str(raised.value).startswith(message)


@pytest.mark.parametrize("hint", [tuple, Tuple, tuple[int, str], Tuple[int], Pair, NamedTuple], ids=label)
def test_a_tuple_is_restricted(hint: Any) -> None:
    with pytest.raises(RestrictedTypeError, match=r"^x: Transformer for type .* is restricted currently: .*NamedTuple"):
        describe(hint, "x")


def test_an_unsupported_hint_says_what_to_do() -> None:
    with pytest.raises(
        TypeTransformerFailedError, match=r"register a TypeTransformer for it with TypeEngine\.register"
    ):
        describe(Holder)


# --- hints ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Union[int, str], Union[str, int]),
        (int | str, str | int),
        (list[Union[int, str]], list[Union[str, int]]),
        (list[Literal[1]], list[Literal[True]]),
        (Literal[1], Literal[True]),
        (dict[str, int], dict[int, str]),
        (List[int], List[str]),
        (Annotated[int, 1], Annotated[int, 2]),
    ],
)
def test_keys_that_differ(left: Any, right: Any) -> None:
    assert cache_key(left) != cache_key(right)


@pytest.mark.parametrize("hint", [int, List[int], Optional[int], Literal["a"], dict[str, list[int]], Inner, Any, None])
def test_keys_that_are_equal(hint: Any) -> None:
    assert cache_key(hint) == cache_key(hint)
    assert hash(cache_key(hint)) == hash(cache_key(hint))


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        (int, "int"),
        (None, "None"),
        (List[int], "list[int]"),
        (dict[str, list[Inner]], "dict[str, list[Inner]]"),
        (Optional[int], "int | None"),
        (Literal["a", 1], "Literal['a', 1]"),
        (Annotated[int, "x"], "int"),
        (tuple[int, ...], "tuple[int, ...]"),
        (tuple[()], "tuple[()]"),
        (datetime.datetime, "datetime"),
        (Any, "Any"),
        (T, "T"),
    ],
)
def test_names(hint: Any, expected: str) -> None:
    assert name(hint) == expected


def test_describing_builtin_types_imports_nothing() -> None:
    code = """
import sys
from wingbeat.types.describe import describe
before = {*sys.modules, "wingbeat._core", "wingbeat.errors"}
for hint in (int, list[int], dict[str, list[float]], int | None, dict, str | int | list[int], None):
    describe(hint)
heavy = {"typing", "enum", "dataclasses", "datetime", "re", "functools", "inspect", "google", "flyteidl", "ast"}
print(sorted(heavy & set(sys.modules)), sorted(set(sys.modules) - before))
"""
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] ['wingbeat.types.literal_type', 'wingbeat.types.pickled', 'wingbeat.types.proto']"
