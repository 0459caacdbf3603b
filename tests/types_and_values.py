"""Hypothesis strategies: types that a task may declare, nested, and values of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
import enum
import itertools
import math
import pathlib
import uuid
from typing import Any, Dict, FrozenSet, List, Literal, NamedTuple, Optional, Set, Tuple, Union

import msgpack
import pydantic
from hypothesis import strategies as st

from tests import literals as l


class Typed(NamedTuple):
    """A hint with a strategy for its values. `form` is what a literal of it looks like, to keep unions decidable."""

    hint: Any
    values: st.SearchStrategy[Any]
    form: str


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue, or so"
    EMPTY = ""


class Level(enum.Enum):
    LOW = 1
    HIGH = 2


INT64 = st.integers(-(2**63), 2**63 - 1)
FLOATS = st.floats(allow_nan=False)
TEXT = st.text(max_size=20)
AWARE = st.datetimes(timezones=st.just(dt.timezone.utc)).map(lambda moment: moment.replace(fold=0))

LEAVES = [
    Typed(int, INT64, "int"),
    Typed(float, FLOATS, "float"),
    Typed(str, TEXT, "str"),
    Typed(bool, st.booleans(), "bool"),
    Typed(type(None), st.none(), "none"),
    Typed(dt.datetime, AWARE, "datetime"),
    Typed(dt.date, st.dates(), "date"),
    Typed(dt.timedelta, st.timedeltas(), "timedelta"),
    Typed(Color, st.sampled_from(Color), "enum"),
    Typed(Literal["a", "b"], st.sampled_from(["a", "b"]), "str"),
    Typed(Literal[1, -5], st.sampled_from([1, -5]), "int"),
]

#: What msgpack holds, and gives back unchanged.
LOOSE = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | FLOATS | TEXT | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT | st.integers(0, 300), inner, max_size=3),
    max_leaves=8,
)
UNTYPED = Typed(dict, st.dictionaries(TEXT, LOOSE, max_size=4), "dict")

#: Inside documents: `timedelta` is a float of seconds, exact for these.
PACKED_LEAVES = [
    *(leaf for leaf in LEAVES if leaf.form not in ("timedelta", "enum")),
    Typed(dt.timedelta, st.integers(-(10**9), 10**9).map(lambda n: dt.timedelta(milliseconds=500 * n)), "timedelta"),
    Typed(bytes, st.binary(max_size=20), "bytes"),
    Typed(Color, st.sampled_from(Color), "enum"),
    Typed(Level, st.sampled_from(Level), "enum"),
    Typed(dt.time, st.times().map(lambda clock: clock.replace(fold=0)), "time"),
    Typed(Any, LOOSE, "any"),
    Typed(uuid.UUID, st.uuids(), "text"),
    Typed(decimal.Decimal, st.decimals(allow_nan=False), "text"),
    Typed(pathlib.Path, st.text("ab./", max_size=6).map(pathlib.Path), "text"),
]

#: Packed values that can be members of a set, and keys.
KEYS = [leaf for leaf in PACKED_LEAVES if leaf.form in ("int", "str", "bool", "enum", "date", "text", "bytes")]

#: What pydantic's JSON keeps as it is.
MODEL_LEAVES = [
    *(leaf for leaf in LEAVES if leaf.form in ("int", "str", "bool", "float", "none", "date")),
    Typed(dt.datetime, AWARE, "datetime"),
    Typed(Level, st.sampled_from(Level), "enum"),
    Typed(uuid.UUID, st.uuids(), "text"),
    Typed(Optional[int], st.none() | INT64, "union"),
    Typed(List[int], st.lists(INT64, max_size=3), "list"),
    Typed(Dict[str, str], st.dictionaries(TEXT, TEXT, max_size=3), "map"),
]

_names = itertools.count()


def _list(item: Typed) -> Typed:
    return Typed(List[item.hint], st.lists(item.values, max_size=4), "list")


def _map(value: Typed) -> Typed:
    return Typed(Dict[str, value.hint], st.dictionaries(TEXT, value.values, max_size=4), "map")


def _optional(item: Typed) -> Typed:
    return Typed(Optional[item.hint], st.none() | item.values, item.form if item.form == "none" else "union")


def _numbered(value: Typed) -> Typed:
    """A dict with other keys than strings is a document, in literals too."""
    return Typed(Dict[int, value.hint], st.dictionaries(INT64, value.values, max_size=4), "dict")


def _dataclass(parts: list[Typed]) -> Typed:
    fields = [(f"f{i}", part.hint) for i, part in enumerate(parts)]
    cls = dataclasses.make_dataclass(f"Made{next(_names)}", fields)
    return Typed(cls, st.builds(cls, *(part.values for part in parts)), "dataclass")


def _model(parts: list[Typed]) -> Typed:
    fields: Any = {f"f{i}": (part.hint, ...) for i, part in enumerate(parts)}
    config = pydantic.ConfigDict(ser_json_inf_nan="constants")
    cls: Any = pydantic.create_model(f"Model{next(_names)}", __config__=config, **fields)
    values = {f"f{i}": part.values for i, part in enumerate(parts)}
    return Typed(cls, st.fixed_dictionaries(values).map(lambda given: cls(**given)), "dataclass")


def _tuple(parts: list[Typed]) -> Typed:
    return Typed(Tuple[tuple(part.hint for part in parts)], st.tuples(*(part.values for part in parts)), "tuple")


def _many(item: Typed) -> Typed:
    return Typed(Tuple[item.hint, ...], st.lists(item.values, max_size=3).map(tuple), "tuple")


def _set(item: Typed) -> Typed:
    return Typed(Set[item.hint], st.sets(item.values, max_size=3), "set")


def _frozen(item: Typed) -> Typed:
    return Typed(FrozenSet[item.hint], st.frozensets(item.values, max_size=3), "set")


# Composite functions rather than `one_of`: a strategy made of strategies prints all of them, at every level.


@st.composite
def packed_types(draw: st.DrawFn, depth: int) -> Typed:
    """What a dataclass may hold."""
    kind = draw(st.integers(0, 9)) if depth else 0
    if kind <= 1:
        return draw(st.sampled_from([*PACKED_LEAVES, UNTYPED]))
    if kind == 6:
        return _dataclass(draw(st.lists(packed_types(depth - 1), max_size=4)))
    if kind == 7:
        return _tuple(draw(st.lists(packed_types(depth - 1), min_size=1, max_size=3)))
    if kind == 8:
        return draw(st.sampled_from([_set, _frozen]))(draw(st.sampled_from(KEYS)))
    if kind == 9:
        return _many(draw(packed_types(depth - 1)))
    inner = draw(packed_types(depth - 1))
    if kind == 2 and inner.form not in ("any", "none"):
        return _optional(inner)
    return (_list, _map, _numbered)[kind % 3](inner)


#: Forms that an empty dict has in common.
_FAMILY = dict.fromkeys(("map", "dict", "dataclass"), "map")


def _union(members: list[Typed]) -> Typed:
    # Two members of one form are ambiguous for some values, which is an error by design.
    by_form = {_FAMILY.get(member.form, member.form): member for member in members}
    chosen = [member for member in by_form.values() if member.form != "union"]
    if not chosen:
        return members[0]
    return Typed(
        Union[tuple(member.hint for member in chosen)],
        st.one_of([member.values for member in chosen]),
        "union" if len(chosen) > 1 else chosen[0].form,
    )


@st.composite
def types(draw: st.DrawFn, depth: int = 5) -> Typed:
    """What a task may declare, nested up to `depth` levels."""
    kind = draw(st.integers(0, 8)) if depth else 0
    if kind == 8:
        return _model(draw(st.lists(st.sampled_from(MODEL_LEAVES), max_size=4)))
    if kind <= 1:
        return draw(st.sampled_from([*LEAVES, UNTYPED]))
    if kind == 5:
        return _union(draw(st.lists(types(depth - 1), min_size=2, max_size=4)))
    if kind == 6:
        return _numbered(draw(packed_types(depth - 1)))
    if kind == 7:
        return _dataclass(draw(st.lists(packed_types(depth - 1), max_size=4)))
    return (_list, _map, _optional)[kind % 3](draw(types(depth - 1)))


@st.composite
def typed_values(draw: st.DrawFn) -> tuple[Any, Any]:
    """A hint and a value of it."""
    typed = draw(types())
    return typed.hint, draw(typed.values)


#: Scalars that several types understand, each in its way.
_TEXTS = [
    "",
    "a",
    "b",
    "red",
    "blue, or so",
    "1",
    " 2 ",
    "1.5",
    "nan",
    "YWI=",
    "2020-01-02",
    "2020-01-02T03:04:05Z",
    "01:02",
]
_NUMBERS = [0, 1, 2, -5, 2**63 - 1, 2**64 - 1, 0.0, 1.0, -5.0, 1.5, 2.0**70, 1e300, math.nan, math.inf]
_KEYS = st.sampled_from(["f0", "f1", "f2", "f3", "a", "1", 1, -5, 2.0, True, None, b"f0", "2020-01-02"])

#: msgpack content: fields of the dataclasses that are made here, and whatever else.
DOCUMENTS = st.recursive(
    st.sampled_from([None, True, False, b"", b"ab", *_TEXTS, *_NUMBERS]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)

_SCALARS = st.one_of(
    st.sampled_from(_TEXTS).map(l.string),
    st.sampled_from([n for n in _NUMBERS if type(n) is int and n < 2**63]).map(l.integer),
    st.sampled_from([n for n in _NUMBERS if type(n) is float]).map(l.floating),
    st.booleans().map(l.boolean),
    st.sampled_from([0, -1, 1577923200, 253402300800, 2**62]).map(l.datetime),
    st.sampled_from([0, -1, 86400, 2**62]).map(l.duration),
    st.sampled_from([l.none(), l.nothing(), l.scalar(), l.primitive(), l.blob(), l.raw_binary(b"\x01", tag="x")]),
    DOCUMENTS.map(lambda content: l.raw_binary(msgpack.packb(content))),
    st.dictionaries(
        st.sampled_from(["f0", "f1", "a", "1"]),
        DOCUMENTS.filter(lambda content: not isinstance(content, (bytes, list, dict)) and content != 2**64 - 1),
        max_size=3,
    ).map(lambda fields: l.struct(**fields)),
)
_STORED = st.sampled_from(
    [
        *(
            l.simple(kind, tag)
            for kind, tag in enumerate(["none", "int", "float", "str", "bool", "datetime", "timedelta"])
        ),
        l.simple(1),
        l.simple(3, ""),
        l.simple(3, "LiteralTypeTransformer"),
        l.simple(5, "date"),
        l.simple(9, "Typed Dict"),
        l.simple(9, "Object-Dataclass-Transformer"),
        l.simple(1, "str"),
        l.LiteralType(),
    ]
)

#: Any literal.
LITERALS = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: l.collection(*items)),
        st.dictionaries(st.sampled_from(["", "a", "f0"]), inner, max_size=3).map(lambda items: l.mapping(**items)),
        st.builds(l.union, inner, _STORED),
    ),
    max_leaves=6,
)
