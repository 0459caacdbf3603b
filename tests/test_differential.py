"""wingbeat against flytekit itself: literals and values, both ways, for every type.

Nothing here says what is right: flytekit does. Where wingbeat differs on purpose, a table says so and why, and an entry
that no longer differs fails.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests import literals as l
from tests.conftest import RUST
from tests.peers import client as peer
from tests.peers.differences import READING, WRITING, listed
from tests.peers.shared_types import canonical, evaluate
from wingbeat.errors import MalformedLiteralError, RestrictedTypeError, TypeTransformerFailedError

ERRORS = (TypeTransformerFailedError, MalformedLiteralError, RestrictedTypeError)


#: Types, and values that both write.
VALUES: dict[str, list[str]] = {
    "int": ["0", "1", "-1", "2**63 - 1", "-2**63", "127", "128"],
    "float": ["0.0", "-0.0", "1.5", "inf", "-inf", "nan", "5e-324", "1.7976931348623157e308"],
    "str": ["''", "'a'", "'é€😀'", "'a\\0b'", "'x' * 5000"],
    "bool": ["True", "False"],
    "NoneType": ["None"],
    "datetime.datetime": [
        "datetime.datetime(1970, 1, 1)",
        "datetime.datetime(2020, 7, 1, 12)",
        "datetime.datetime(2020, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)",
        "datetime.datetime(1969, 12, 31, 23, 59, 59, 500000, tzinfo=UTC)",
        "datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone(datetime.timedelta(hours=5, minutes=30)))",
        "datetime.datetime.min",
        "datetime.datetime.max",
    ],
    "datetime.date": ["datetime.date(2020, 1, 2)", "datetime.date.min", "datetime.date.max"],
    "datetime.timedelta": [
        "datetime.timedelta(0)",
        "datetime.timedelta(seconds=-0.5)",
        "datetime.timedelta(seconds=-1.5)",
        "datetime.timedelta(days=1, microseconds=1)",
        "datetime.timedelta.max",
        "datetime.timedelta.min",
    ],
    "Color": ["Color.RED", "Color.CRIMSON", "Color.BLUE", "'red'"],
    "Mood": ["Mood.HAPPY", "'happy'"],
    "Literal['a', 'b']": ["'a'", "'b'"],
    "Literal[1, 2]": ["1", "2"],
    "Literal[True]": ["True"],
    "Literal[1.5]": ["1.5"],
    "List[int]": ["[]", "[1]", "[1, -2, 3]", "list(range(100))"],
    "list[float]": ["[]", "[0.5, nan]"],
    "List[str]": ["['', 'a']"],
    "List[bool]": ["[True, False]"],
    "List[datetime.datetime]": ["[datetime.datetime(2020, 1, 2)]"],
    "List[Color]": ["[Color.RED, Color.BLUE]"],
    "List[List[int]]": ["[]", "[[]]", "[[1], [], [2, 3]]"],
    "List[Dict[str, int]]": ["[{}, {'a': 1}]"],
    "List[dict]": ["[{}, {'a': [1]}]"],
    "List[Optional[int]]": ["[1, None, 2]"],
    "List[Point]": ["[]", "[Point(1), Point(2, 1.0)]"],
    "Dict[str, int]": ["{}", "{'a': 1, '': 2, 'é': 3}"],
    "dict[str, str]": ["{'a': 'b'}"],
    "Dict[str, List[float]]": ["{'a': [1.5], 'b': []}"],
    "Dict[str, Dict[str, bool]]": ["{'a': {'b': True}}"],
    "Dict[str, Point]": ["{'p': Point(1)}"],
    "Dict[str, Optional[str]]": ["{'a': None, 'b': 'c'}"],
    "dict": ["{}", "{'a': 1, 'b': [None, True, 1.5, 'x', b'y', {'c': {}}], 'd': 2**64 - 1}", "{1: 2, None: 3}"],
    "Dict": ["{'a': (1, 2)}", "{'z': 1, 'a': 2}"],
    "Dict[int, int]": ["{}", "{1: 2, -5: 2**40}"],
    "Dict[int, float]": ["{1: 2}", "{1: 2.5}"],
    "Dict[int, List[str]]": ["{1: ['a']}"],
    "Dict[int, Point]": ["{1: Point(1)}"],
    "Dict[float, str]": ["{1.5: 'a'}"],
    "Dict[datetime.date, Color]": ["{datetime.date(2020, 1, 2): Color.RED}"],
    "Optional[int]": ["1", "None", "-1"],
    "int | None": ["1", "None"],
    "Optional[str]": ["''", "None"],
    "Union[int, str]": ["1", "'1'"],
    "Union[int, float, bool, str, None]": ["1", "1.5", "True", "'a'", "None"],
    "Union[str, Color]": ["'red'", "'x'", "Color.RED"],
    "Union[Color, str]": ["'red'", "Color.BLUE"],
    "Union[Color, Shape]": ["Color.RED", "Shape.ROUND", "'square'"],
    "Union[datetime.datetime, datetime.date]": ["datetime.datetime(2020, 1, 2)", "datetime.date(2020, 1, 2)"],
    "Optional[datetime.timedelta]": ["datetime.timedelta(1)", "None"],
    "Union[List[int], List[str]]": ["[1]", "['a']"],
    "Union[List[int], Dict[str, int]]": ["[]", "{}", "{'a': 1}"],
    "Optional[List[Optional[int]]]": ["None", "[None, 1]"],
    "Optional[dict]": ["None", "{'a': 1}"],
    "Optional[Dict[int, int]]": ["{1: 2}"],
    "Optional[Literal['a', 'b']]": ["'a'", "None"],
    "Optional[Point]": ["Point(1)", "None"],
    "Union[Point, Named]": ["Point(1)", "Named('n')"],
    "Union[Point, str, None]": ["Point(1)", "'x'", "None"],
    "Union[List[Point], Point]": ["[Point(1)]", "Point(1)"],
    "Point": ["Point(1)", "Point(1, 2.0)", "Point(1, 1)", "Point('1', 2.5)", "{'x': 1, 'y': 2.5}"],
    "Frozen": ["Frozen(1)"],
    "Empty": ["Empty()"],
    "Nested": [
        "Nested(Point(1), [], {}, {})",
        "Nested(Point(1), [Point(2)], {'a': Point(3)}, {4: Point(5)}, Point(6), [{'k': [1]}])",
    ],
    "Fields": ["Fields()", "Fields(some={1}, anything={'a': [None]}, loose={1: 2}, items=[1, 'x'], maybe=3)"],
    "Simple": ["Simple()", "Simple(-1, nan, 'é', False, 5, ['a'])", "Simple(f=1)"],
    "NoneDefaults": ["NoneDefaults()", "NoneDefaults('a', {'b': 1})"],
    "Special": ["Special(3)"],
    "Sub": ["Sub(1, 2.0, 3)"],
}


@pytest.mark.parametrize("hint", VALUES)
def test_the_literals_are_equal(flytekit, hint):
    codec = RUST.Codec(evaluate(hint))
    for source in VALUES[hint]:
        ours = l.Literal.FromString(codec.encode(evaluate(source)))
        theirs = l.Literal.FromString(flytekit.encode(hint, source))
        assert ours == theirs, source


@pytest.mark.parametrize("hint", VALUES)
def test_flytekit_reads_what_wingbeat_writes(flytekit, hint):
    codec = RUST.Codec(evaluate(hint))
    for source in VALUES[hint]:
        data = codec.encode(evaluate(source))
        assert flytekit.decode(hint, data) == canonical(codec.decode(data)), source


@pytest.mark.parametrize("hint", VALUES)
def test_wingbeat_reads_what_flytekit_writes(flytekit, hint):
    codec = RUST.Codec(evaluate(hint))
    for source in VALUES[hint]:
        data = flytekit.encode(hint, source)
        assert canonical(codec.decode(data)) == flytekit.decode(hint, data), source


#: The older form (`FLYTE_USE_OLD_DC_FORMAT`), as flytekit wrote it.
STRUCTS: dict[str, list[l.Literal]] = {
    "dict": [l.struct(), l.struct(a=1, b=None, c=[1, {"d": "e"}], f=True)],
    "Dict[int, int]": [l.struct(**{"1": 2})],
    "Dict[str, int]": [l.struct(a=1)],
    "Point": [l.struct(x=1), l.struct(x=1, y=2), l.struct(x=1, y=2, z=3)],
    "Simple": [l.struct(), l.struct(i=5, f=2, s="x", b=False, maybe=7, texts=["a"])],
    "Optional[Point]": [l.struct(x=1)],
    "Nested": [l.struct(point={"x": 1}, points=[{"x": 2}], by_name={}, by_number={"4": {"x": 5}})],
}


@pytest.mark.parametrize("hint", STRUCTS)
def test_structs_are_read_alike(flytekit, hint):
    for literal in STRUCTS[hint]:
        data = literal.SerializeToString()
        assert canonical(RUST.decode(evaluate(hint), data)) == flytekit.decode(hint, data)


#: Values whose older form flytekit can read back.
LEGACY: dict[str, list[str]] = {
    "dict": ["{}", "{'a': 1, 'b': [None, True, 1.5, 'x', {}]}", "{1: 2}", "{2.5: 'a'}"],
    "Dict[int, int]": ["{1: 2}"],
    "Dict[str, int]": ["{'a': 1}"],
    "Point": ["Point(1)", "Point(2**60 + 1)"],
    "Simple": ["Simple()", "Simple(-1, 2.5, 'é', False, 5, ['a'])"],
    "Nested": ["Nested(Point(1), [Point(2)], {'a': Point(3)}, {4: Point(5)}, Point(6), [{'k': [1]}])"],
    "Special": ["Special(3)"],
    "List[Point]": ["[Point(1)]"],
    "Optional[Point]": ["Point(1)", "None"],
    "Optional[dict]": ["{'a': 1}"],
}


@pytest.mark.parametrize("hint", LEGACY)
def test_the_older_form(flytekit, monkeypatch, hint):
    monkeypatch.setenv("FLYTE_USE_OLD_DC_FORMAT", "true")
    codec = RUST.Codec(evaluate(hint))
    for source in LEGACY[hint]:
        theirs = flytekit.encode(hint, source, legacy=True)
        data = codec.encode(evaluate(source))
        assert l.Literal.FromString(data) == l.Literal.FromString(theirs), source
        assert canonical(codec.decode(theirs)) == flytekit.decode(hint, data), source


#: Any literal given to any type.
LITERALS: dict[str, l.Literal] = {
    "integer 3": l.integer(3),
    "integer 2^53+1": l.integer(2**53 + 1),
    "float 3.0": l.floating(3.0),
    "float 3.7": l.floating(3.7),
    "float nan": l.floating(float("nan")),
    "string": l.string("a"),
    "string red": l.string("red"),
    "string ISO": l.string("2020-01-02T03:04:05"),
    "string empty": l.string(""),
    "boolean": l.boolean(True),
    "datetime": l.datetime(1577923200, 1999),
    "duration": l.duration(-1, -1999),
    "none": l.none(),
    "nothing": l.nothing(),
    "empty scalar": l.scalar(),
    "empty primitive": l.primitive(),
    "collection empty": l.collection(),
    "collection of integers": l.collection(l.integer(1), l.integer(2)),
    "collection of strings": l.collection(l.string("a")),
    "collection of binaries": l.collection(l.binary(1), l.binary(2)),
    "map empty": l.mapping(),
    "map of integers": l.mapping(a=l.integer(1)),
    "struct": l.struct(x=1),
    "blob": l.blob(),
    "binary nil": l.binary(None),
    "binary int": l.binary(3),
    "binary float": l.binary(3.0),
    "binary float 3.7": l.binary(3.7),
    "binary str": l.binary("a"),
    "binary ISO": l.binary("2020-01-02"),
    "binary bool": l.binary(True),
    "binary bin": l.binary(b"x"),
    "binary array empty": l.binary([]),
    "binary array": l.binary([1, 2]),
    "binary array of floats": l.binary([1.0, 2.0]),
    "binary array of strings": l.binary(["a"]),
    "binary array of nil": l.binary([None]),
    "binary map empty": l.binary({}),
    "binary map": l.binary({"a": 1}),
    "binary map of int keys": l.binary({1: 2}),
    "binary map of digits": l.binary({"1": "2"}),
    "binary point": l.binary({"x": 1, "y": 2, "z": 3}),
    "binary point, text": l.binary({"x": "1", "y": "2.5"}),
    "binary point, nil": l.binary({"x": None}),
    "binary point, bad": l.binary({"x": "a"}),
    "binary list key": l.raw_binary(b"\x81\x91\x01\x02"),
    "binary trailing": l.raw_binary(b"\x80\x00"),
    "binary truncated": l.raw_binary(b"\x81\xa1a"),
    "binary other tag": l.raw_binary(b"\x03", tag="x"),
    "union int": l.union(l.integer(3), l.simple(1, "int")),
    "union int, type str": l.union(l.integer(3), l.simple(3, "int")),
    "union int, no structure": l.union(l.integer(3), l.simple(1)),
    "union str": l.union(l.string("a"), l.simple(3, "str")),
    "union none": l.union(l.none(), l.simple(0, "none")),
}
READERS = [
    "int",
    "float",
    "str",
    "bool",
    "NoneType",
    "datetime.datetime",
    "datetime.date",
    "datetime.timedelta",
    "Color",
    "Literal['a', 'b']",
    "Literal[1, 3]",
    "List[int]",
    "List[float]",
    "List[str]",
    "List[Optional[int]]",
    "List[dict]",
    "Dict[str, int]",
    "Dict[str, str]",
    "dict",
    "Dict[int, int]",
    "Point",
    "NoneDefaults",
    "Optional[int]",
    "Optional[str]",
    "Optional[float]",
    "Union[int, str]",
    "Union[int, float]",
    "Union[str, Color]",
    "Union[float, datetime.timedelta]",
    "Union[str, datetime.datetime]",
    "Union[List[int], List[str]]",
    "Union[List[int], Dict[str, int]]",
    "Optional[Point]",
    "Union[Point, SameAsPoint]",
    "Optional[dict]",
]


#: Values that fit some types only.
OBJECTS = [
    "0",
    "1",
    "-1",
    "2**63",
    "True",
    "1.0",
    "1.5",
    "nan",
    "''",
    "'a'",
    "'red'",
    "'\\ud800'",
    "b'a'",
    "None",
    "datetime.datetime(2020, 1, 2)",
    "datetime.datetime(1, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=5)))",
    "datetime.date(2020, 1, 2)",
    "datetime.timedelta(1)",
    "Color.RED",
    "Shape.ROUND",
    "Mood.HAPPY",
    "Shade.RED",
    "Level.LOW",
    "[]",
    "[1]",
    "[1.5]",
    "[None]",
    "[True]",
    "['a']",
    "(1, 2)",
    "{1}",
    "range(2)",
    "{}",
    "{'a': 1}",
    "{'a': None}",
    "{1: 2}",
    "{(1, 2): 3}",
    "{'a': datetime.date(2020, 1, 2)}",
    "{'a': 2**64}",
    "{'x': 1, 'y': 2.5}",
    "{'x': 1, 'y': 2}",
    "{'x': 1}",
    "{'x': 1, 'y': 2.5, 'z': 0}",
    "typing.OrderedDict(a=1)",
    "typing.DefaultDict(int)",
    "Point(1)",
    "Point(None, 1)",
    "SameAsPoint(1)",
    "Sub(1, 2.0, 3)",
    "Named('n')",
    "Frozen(1)",
    "object()",
    "Point",
]


@pytest.mark.parametrize("hint", READERS)
def test_any_literal_for_any_type(flytekit, hint):
    codec = RUST.Codec(evaluate(hint))
    differing = {}
    for name, literal in LITERALS.items():
        data = literal.SerializeToString()
        ours = outcome(lambda data=data: canonical(codec.decode(data)))
        theirs = outcome(lambda data=data: flytekit.decode(hint, data))
        if ours != theirs:
            differing[name] = (ours, theirs)
    assert sorted(differing) == listed(READING, hint), differing


@pytest.mark.parametrize("hint", READERS)
def test_any_value_for_any_type(flytekit, hint):
    codec = RUST.Codec(evaluate(hint))
    differing = {}
    for source in OBJECTS:
        ours = outcome(lambda source=source: l.Literal.FromString(codec.encode(evaluate(source))))
        theirs = outcome(lambda source=source: l.Literal.FromString(flytekit.encode(hint, source)))
        if ours != theirs:
            differing[source] = (ours, theirs)
    assert sorted(differing) == listed(WRITING, hint), differing


def outcome(work: Any) -> Any:
    """What came out; None for an error."""
    try:
        return work()
    except (*ERRORS, peer.FlytekitError):
        return None
