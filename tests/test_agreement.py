"""Rust and reference on every pair of a type and a literal, a type and a document, a type and a value: one outcome.

Where hypothesis looks for the odd case, this looks at all the plain ones. Messages count too.
"""

from __future__ import annotations

import itertools
import math
import re
from typing import Any, Dict

import msgpack
import pytest

from tests import literals as l
from tests.conftest import REFERENCE, RUST
from tests.peers.shared_types import canonical, evaluate
from wingbeat.errors import MalformedLiteralError, TypeTransformerFailedError

HINTS = [
    "int",
    "float",
    "str",
    "bool",
    "NoneType",
    "datetime.datetime",
    "datetime.date",
    "datetime.timedelta",
    "Color",
    "Mood",
    "Literal['a', 'b']",
    "Literal[1, 3]",
    "Literal[True]",
    "List[int]",
    "List[str]",
    "List[Optional[int]]",
    "List[dict]",
    "List[Point]",
    "Dict[str, int]",
    "Dict[str, Dict[str, float]]",
    "dict",
    "Dict[int, int]",
    "Dict[bool, str]",
    "Dict[datetime.date, Any]",
    "Point",
    "Empty",
    "Simple",
    "NoneDefaults",
    "Special",
    "Optional[int]",
    "Optional[str]",
    "Optional[dict]",
    "Optional[Point]",
    "Optional[Color]",
    "Optional[List[int]]",
    "Union[int, str]",
    "Union[str, int]",
    "Union[int, float]",
    "Union[int, float, bool, str, None]",
    "Union[float, datetime.timedelta]",
    "Union[str, Color]",
    "Union[Color, Shape]",
    "Union[Color, Shade]",
    "Union[Literal['a'], int]",
    "Union[str, datetime.datetime]",
    "Union[datetime.datetime, datetime.date]",
    "Union[List[int], List[str]]",
    "Union[List[int], Dict[str, int]]",
    "Union[dict, Dict[str, int]]",
    "Union[Point, SameAsPoint]",
    "Union[Point, Named, None]",
    "Union[Point, Dict[str, int]]",
    "Union[Empty, Point]",
]

#: Inside documents there are more types.
PACKED = [
    *HINTS,
    "Any",
    "bytes",
    "datetime.time",
    "Level",
    "uuid.UUID",
    "decimal.Decimal",
    "pathlib.Path",
    "Literal['a', 1, True, None]",
    "list",
    "Tuple[int, str]",
    "Tuple[()]",
    "Tuple[int, ...]",
    "Set[int]",
    "typing.FrozenSet[str]",
    "Pair",
    "Dict[Color, int]",
    "Dict[Tuple[int, int], int]",
    "Dict[str, Any]",
    "Nested",
    "Union[datetime.datetime, str]",
    "Union[datetime.timedelta, int]",
    "Union[Color, int]",
    "Union[Level, int]",
    "Union[bytes, str]",
    "Union[Point, Sub]",
    "Union[List[datetime.date], List[int]]",
    "Union[Tuple[int, int], List[str]]",
    "Union[Set[int], List[int]]",
    "Optional[Union[int, str]]",
    "Optional[Any]",
]

CONTENT: list[Any] = [
    None,
    True,
    False,
    *(0, 1, 2, 3, -1, -(2**63), 2**63, 2**64 - 1),
    *(0.0, -0.0, 1.0, 1.5, 2.0**63, 1e300, math.nan, math.inf),
    *("", "a", "b", "red", "round", "happy", "1", " 1_0 ", "1.5", "nan", "True", "é", "YWI=", "YWI=\n", "x" * 300),
    *("2020-01-02", "2020-01-02T03:04:05", "2020-01-02T03:04:05Z", "20200102", "01:02:03", "1e400", "٣"),
    "00000000-0000-0000-0000-000000000005",
    *(b"", b"a", b"\xff"),
    *([], [1], [1.0], ["a"], [1, "a"], [1, 2], [1, 2, 3], [None], [True], [[1]], [{}], ["2020-01-02"], [1, [2]]),
    *({}, {"a": 1}, {"a": "1"}, {"a": None}, {"a": {"b": 1.5}}, {"1": 1}, {1: 1}, {True: "a"}, {None: 1}, {1.5: 1}),
    *({"x": 1}, {"x": "1", "y": "2.5"}, {"x": 1, "y": 2, "z": 3}, {"x": None}, {"x": "a"}, {"x": 1, "y": None}),
    *({"name": "n"}, {"name": "n", "flag": 1}, {"name": 1, "x": 1}, {"text": None}, {"text": 1, "mapping": {"a": 1}}),
    *({"i": 1.5}, {"i": 2.0, "maybe": "3", "texts": [1]}, {"a": -1}, {"a": 1, "derived": 9, "only": None}),
    *({"red": 1}, {"2020-01-02": "red"}, {b"a": 1}, {"a": 1, "b": "x"}),
]
#: What msgpack-python does not write.
RAW = {
    "float32": b"\xca\x3f\xc0\x00\x00",
    "int of 9 bytes": b"\xd3\x00\x00\x00\x00\x00\x00\x00\x01",
    "str of 5 bytes": b"\xdb\x00\x00\x00\x01a",
    "array of 5 bytes": b"\xdd\x00\x00\x00\x01\x01",
    "map of 5 bytes": b"\xdf\x00\x00\x00\x01\xa1x\x01",
    "duplicate key": b"\x82\xa1x\x01\xa1x\x02",
    "array key": b"\x81\x92\x01\x02\x03",
    "map key": b"\x81\x80\x01",
    "timestamp": b"\xd6\xff\x00\x00\x00\x01",
    "extension": b"\xd4\x05\x00",
    "extension inside": b"\x81\xa1a\xd4\x05\x00",
    "empty": b"",
    "unknown byte": b"\xc1",
    "cut": b"\x92\x01",
    "not UTF-8": b"\xa1\xff",
}


def documents() -> list[bytes]:
    return [*(msgpack.packb(content) for content in CONTENT), *RAW.values()]


def struct(content: Any) -> list[l.Literal]:
    """Of one field, because the protobuf library shuffles them: which one is refused first is anybody's guess."""
    try:
        return [l.struct(**{key: content[key]}) for key in content]
    except (TypeError, ValueError):  # not a map of strings
        return []


def literals() -> list[l.Literal]:
    scalars = [
        *(l.integer(n) for n in (0, 1, 3, -(2**63), 2**53 + 1)),
        *(l.floating(n) for n in (0.0, 1.0, 1.5, 2.0**70, math.nan, math.inf, 1e300)),
        *(
            l.string(t)
            for t in ("", "a", "red", "round", "happy", "1", "2020-01-02", "2020-01-02T03:04:05Z", "x" * 300)
        ),
        *(l.boolean(True), l.boolean(False)),
        *(l.datetime(s, n) for s, n in ((0, 0), (1577923200, 1999), (2**62, 0), (0, -1))),
        *(l.duration(s, n) for s, n in ((0, 0), (-1, -1999), (2**62, 0))),
        *(l.none(), l.nothing(), l.scalar(), l.primitive(), l.blob(), l.offloaded("s3://b/k"), l.scalar(error={})),
        l.raw_binary(b"\x01", tag="x"),
        l.raw_binary(b"\x01", tag=""),
    ]
    packed = [l.raw_binary(document) for document in documents()]
    structs = [literal for content in CONTENT if isinstance(content, dict) for literal in struct(content)]
    small = [
        l.integer(1),
        l.string("a"),
        l.none(),
        l.nothing(),
        l.binary(1),
        l.binary("a"),
        l.floating(1.5),
        l.struct(x=1),
    ]
    containers = [
        l.collection(),
        l.mapping(),
        *(l.collection(item) for item in small),
        *(l.mapping(a=item) for item in small),
        l.collection(l.integer(1), l.string("a")),
        l.collection(l.collection(l.integer(1))),
        l.mapping(a=l.mapping(b=l.floating(1.5))),
    ]
    kinds = ["none", "int", "float", "str", "bool", "datetime", "timedelta"]
    types = [*(l.simple(kind, tag) for kind, tag in enumerate(kinds)), *(l.simple(kind) for kind in range(4))]
    types += [l.simple(1, ""), l.simple(3, "int"), l.simple(1, "str"), l.simple(9, "Typed Dict"), l.LiteralType()]
    types += [l.simple(9, "Object-Dataclass-Transformer"), l.simple(3, "LiteralTypeTransformer")]
    enums = [
        l.LiteralType(enum_type={"values": v}, structure={"tag": "DefaultEnumTransformer"}) for v in (["red"], ["x"])
    ]
    lists = [l.LiteralType(collection_type=l.simple(k), structure={"tag": "Typed List"}) for k in (1, 3)]
    values = [*small, l.string("red"), l.collection(l.integer(1)), l.union(l.integer(1), types[1]), l.binary({"x": 1})]
    unions = [l.union(value, stored) for value, stored in itertools.product(values, [*types, *enums, *lists])]
    return [*scalars, *packed, *structs, *containers, *unions]


#: Python values of all kinds, by source text.
SOURCES = [
    *("None", "True", "0", "1", "3", "2**63", "2**64", "-2**63 - 1", "10**400", "1.0", "1.5", "nan", "1j"),
    *(
        "''",
        "'a'",
        "'red'",
        "'round'",
        "'happy'",
        "'x' * 300",
        "'\\ud800'",
        "b'a'",
        "bytearray(b'a')",
        "memoryview(b'a')",
    ),
    *(
        "datetime.datetime(2020, 1, 2)",
        "datetime.datetime(1, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=5)))",
    ),
    *(
        "datetime.date(2020, 1, 2)",
        "datetime.time(1)",
        "datetime.timedelta(1)",
        "decimal.Decimal(1)",
        "uuid.UUID(int=1)",
    ),
    *("Color.RED", "Shape.ROUND", "Shade.RED", "Mood.HAPPY", "Level.LOW", "Color", "pathlib.PurePosixPath('a')"),
    *(
        "[]",
        "[1]",
        "[1.5]",
        "['a']",
        "[None]",
        "[1, 'a']",
        "[[1]]",
        "[{}]",
        "(1, 2)",
        "(1, 'a')",
        "()",
        "{1}",
        "range(2)",
    ),
    *("Pair(1)", "frozenset({'a'})", "[Point(1)]", "[datetime.date(2020, 1, 2)]", "[object()]", "iter([])"),
    *("{}", "{'a': 1}", "{'a': None}", "{'a': {'b': 1.5}}", "{1: 2}", "{True: 'a'}", "{(1, 2): 3}", "{'\\ud800': 1}"),
    *("{'a': object()}", "{'a': [1, {2}]}", "{'a': 2**64}", "{Color.RED: 1}", "{datetime.date(2020, 1, 2): 1}"),
    *("{'x': 1}", "{'x': 1, 'y': 2}", "{'x': 1, 'y': 2.5, 'z': 3}", "{'name': 'n'}", "typing.OrderedDict(a=1)"),
    *("Point(1)", "Point('1', None)", "Point(object())", "SameAsPoint(1)", "Sub(1)", "Named('n')", "Named(None, 5)"),
    *("Empty()", "Simple()", "Special(1)", "NoneDefaults()", "Frozen(1)", "Point", "object()", "len"),
    *("Nested(Point(1), [Point(2)], {'a': Point(3)}, {4: Point(5)})", "Nested(None, None, None, None)"),
    *("Nested(Point(1), [None], {}, {})", "Nested(Point(1), [], {1: Point(1)}, {'a': Point(1)})"),
]

ERRORS = (TypeTransformerFailedError, MalformedLiteralError)


def outcome(work: Any) -> str:
    try:
        return work()
    except MalformedLiteralError:
        return "malformed"  # the libraries underneath say in their own words what is wrong with the bytes
    except TypeTransformerFailedError as error:
        return f"{error} [{error.path} | {error.expected} | {error.got} | {error.hint}]"


def differences(hint: Any, inputs: list[Any], work: Any) -> list[tuple[Any, str, str]]:
    codecs = RUST.Codec(hint), REFERENCE.Codec(hint)
    pairs = ((item, *(outcome(lambda c=codec, i=item: work(c, i)) for codec in codecs)) for item in inputs)
    # Where the reference finds the bytes malformed before it looks for a value, Rust may find something else first.
    return [
        (item, ours, theirs)
        for item, ours, theirs in pairs
        if ours != theirs and not (theirs == "malformed" and is_error(ours))
    ]


def is_error(outcome: str) -> bool:
    return outcome == "malformed" or outcome.startswith("value")


@pytest.mark.parametrize("source", HINTS)
def test_any_literal(source):
    inputs = [literal.SerializeToString() for literal in literals()]
    found = differences(evaluate(source), inputs, lambda codec, data: canonical(codec.decode(data)))
    assert not found, [(str(l.Literal.FromString(data)), ours, theirs) for data, ours, theirs in found]


@pytest.mark.parametrize("source", PACKED)
def test_any_document(source):
    hint = Dict[int, evaluate(source)]
    inputs = [l.raw_binary(b"\x81\x01" + document).SerializeToString() for document in documents()]
    assert not differences(hint, inputs, lambda codec, data: canonical(codec.decode(data)))


def written(codec: Any, source: str) -> str:
    literal = str(l.Literal.FromString(codec.encode(evaluate(source))))
    return re.sub(r"0x[0-9a-f]+", "0x", literal)  # `str` of any object is a UUID, unchecked


@pytest.mark.parametrize("source", HINTS)
def test_any_value(source):
    assert not differences(evaluate(source), SOURCES, written)


@pytest.mark.parametrize("source", PACKED)
def test_any_packed_value(source):
    hint = Dict[int, evaluate(source)]
    inputs = [f"{{1: {value}}}" for value in SOURCES]
    assert not differences(hint, inputs, written)
