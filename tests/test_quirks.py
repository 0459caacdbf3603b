"""The tricky cases of the type system's specification (8.2), by their numbers there, asked of flytekit and of wingbeat.

Rows 88 and 96 to 101 are in tests/types/test_files.py, 102 to 106 in tests/frames and, as what task runs report, in
tests/test_messages.py, 5 and 107 there too. Elsewhere are: 19 (tests/codec/test_temporal.py),
42 and 113 (storage, tests/types/test_through_python.py), 66 (tests/codec/test_union.py), 72 (literal types,
tests/types/test_literal_type.py) and 112 (tests/codec/test_interface.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import literals as l
from tests.peers import client as peer
from tests.peers.shared_types import canonical, evaluate
from tests.types.files import Files, context
from tests.types.test_values import without_places
from wingbeat import Codec
from wingbeat.errors import MalformedLiteralError, RestrictedTypeError, TypeTransformerFailedError
from wingbeat.types import context as contexts

#: Number -> hint, and the value to write, as source, or the literal to read.
ROWS: dict[str, tuple[str, str | l.Literal]] = {
    "1": ("int", "2**63 - 1"),
    "2": ("int", "2**63"),
    "3": ("int", "True"),
    "4": ("int", "1.0"),
    "6": ("int", l.floating(3.7)),
    "7": ("int", l.floating(float("nan"))),
    "8": ("int", l.boolean(True)),
    "9": ("int", l.binary(3.0)),
    "10 a": ("int", l.nothing()),
    "10 b": ("int", l.scalar()),
    "10 c": ("int", l.primitive()),
    "11": ("float", "1"),
    "12 a": ("float", "-0.0"),
    "12 b": ("float", "nan"),
    "12 c": ("float", "inf"),
    "13": ("float", l.integer(9007199254740993)),
    "14": ("float", l.binary(3)),
    "15": ("str", "''"),
    "16": ("str", "'\\ud800'"),
    "17": ("str", "Text('a')"),
    "18": ("bool", "1"),
    "20": (
        "datetime.datetime",
        "datetime.datetime(2020, 7, 1, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=-4)))",
    ),
    "21": ("datetime.datetime", "datetime.datetime(1969, 12, 31, 23, 59, 59, 500000, tzinfo=UTC)"),
    "22": ("datetime.datetime", "datetime.datetime(1, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=5)))"),
    "23": ("datetime.datetime", l.string("2020-01-02T03:04:05")),
    "24": ("datetime.datetime", l.datetime(253402300800)),
    "25": ("datetime.date", "datetime.datetime(2020, 1, 2)"),
    "26": ("datetime.date", l.datetime(1577923200, 5000)),
    "27": ("datetime.timedelta", "datetime.timedelta(seconds=-0.5)"),
    "28": ("datetime.timedelta", "datetime.timedelta.max"),
    "29": ("NoneType", "None"),
    "30": ("None", "None"),
    "31": ("List[int]", "[]"),
    "32": ("List[int]", "(1, 2)"),
    "33": ("List[int]", "[None]"),
    "34": ("List[int]", "{1}"),
    "35": ("List[int]", "None"),
    "36": ("list", "[1]"),
    "37": ("List[int]", l.binary([1.0, 2.5])),
    "38": ("List[str]", l.binary([1, 2])),
    "39": ("List[int]", l.collection(l.binary(1), l.binary(2))),
    "40 a": ("List[int]", l.mapping()),
    "40 b": ("List[int]", l.none()),
    "40 c": ("List[int]", l.integer(1)),
    "41": ("List[Optional[int]]", "[1, None]"),
    "43": ("Dict[str, int]", "{1: 2}"),
    "44": ("Dict[str, int]", "collections.defaultdict(int, a=1)"),
    "45": ("Dict[int, int]", "{'a': 1}"),
    "46": ("Dict[int, str]", l.binary({"1": "a"})),
    "47": ("Dict[int, float]", "{1: 2}"),
    "48": ("dict", "{'a': (1, 2)}"),
    "49": ("dict", "{(1, 2): 3}"),
    "50": ("dict", "{'a': datetime.datetime(2020, 1, 2)}"),
    "51": ("dict", "{'a': 2**64}"),
    "52 a": ("dict", l.mapping()),
    "52 b": ("dict", l.mapping(a=l.integer(1))),
    "53": ("dict", l.struct(a=1, b=None, d=[3])),
    "54": ("Dict[int, int]", l.struct(**{"1": 1})),
    "55": ("Annotated[dict, kwtypes(allow_pickle=True)]", "{'a': 1j}"),
    "56": ("Dict[str, Any]", "{'a': 1}"),
    "57 a": ("tuple", "(1,)"),
    "57 b": ("Tuple[int, str]", "(1, 'a')"),
    "57 c": ("Pair", "Pair(1)"),
    "58": ("Optional[int]", "1.0"),
    "59": ("Union[int, str]", "True"),
    "60": ("Union[str, Color]", "'red'"),
    "61": ("Union[List[int], List[str]]", "[]"),
    "62": ("Union[dict, Dict[str, int]]", "{'a': 1}"),
    "63": ("Optional[int]", l.union(l.integer(3), l.simple(1))),
    "64": ("Optional[float]", l.union(l.integer(3), l.simple(1, "int"))),
    "65": ("Union[int, str]", l.union(l.integer(3), l.simple(3, "int"))),
    "67": ("Optional[Any]", "None"),
    "68": ("Any", "None"),
    "69": ("Color", "'red'"),
    "70": ("Color", "'RED'"),
    "71": ("Level", "Level.LOW"),
    "73": ("Literal['a', 'b']", "'zzz'"),
    "74": ("Literal['a', 1]", "'a'"),
    "75": ("Point", "Point(1, 1)"),
    "76": ("Simple", l.binary({"i": 1.5})),
    "77": ("Simple", l.binary({"b": "false"})),
    "78": ("Simple", l.binary({"s": None})),
    "79": ("Point", l.binary({"x": 1, "other": 2})),
    "80": ("Point", l.binary({"y": 1.5})),
    "81": ("Point", "Sub(1, 2.0, 3)"),
    "82": ("Sub", "Point(1)"),
    "83": ("field(datetime.datetime)", "field(datetime.datetime)(datetime.datetime(2020, 1, 2, 3))"),
    "84": ("field(Dict[int, Point])", "field(Dict[int, Point])({4: Point(1)})"),
    "85": ("Mixin", "Mixin({1: 'a'}, b'abc')"),
    "86": ("NestedNone", "NestedNone()"),
    "87": ("NoneDefaults", "NoneDefaults()"),
    "89": ("Pairs[int]", "5"),
    "90": ("Annotated[Point, 'x']", "Point(1)"),
    "91": ("Union[Required1, Required2]", "Required2(2)"),
    "92": ("Union[Point, SameAsPoint]", "Point(1)"),
    "93": ("Measured", "Measured(f=nan)"),
    "94": ("Model", "OtherModel()"),
    "95 a": ("Model", l.binary({"x": 1.0})),
    "95 b": ("Model", l.binary({"x": 1.5})),
    "108": ("Annotated[int, HashMethod(lambda value: 'h5')]", "5"),
    "109": ("Optional[Annotated[int, HashMethod(str)]]", "1"),
    "110": ("Annotated[int, HashMethod(lambda value: value)]", "5"),
    "111": ("Iterator[JSON]", "iter([])"),
    "114 a": ("dict", l.raw_binary(b"\x80", tag="x")),
    "114 b": ("dict", l.raw_binary(b"\x80\x00")),
    "114 c": ("dict", l.raw_binary(b"\x81\xa1a")),
    "115": ("Timestamp", "Timestamp(seconds=1)"),
    # 8.1, the defects
    "8.1.1 a": ("Choosing", "Choosing({'a': Point(1)})"),
    "8.1.1 b": ("Optional[Choosing]", "Choosing({'a': Point(1)})"),
    "8.1.1 c": (
        "field(Union[Dict[str, Point], List[Point]])",
        "field(Union[Dict[str, Point], List[Point]])([Point(1)])",
    ),
    "8.1.2": ("field(Union[Simple, NoneDefaults])", "field(Union[Simple, NoneDefaults])(NoneDefaults('a'))"),
    "8.1.3": ("Annotated[Point, HashMethod(repr)]", "Point(1)"),
    "8.1.4 a": ("Union[Model, OtherModel]", "OtherModel()"),
    "8.1.4 b": ("Union[Any, int]", "1"),
    "8.1.16 a": ("datetime.timedelta", l.floating(1.5)),
    "8.1.16 b": ("datetime.timedelta", l.integer(2)),
    "8.1.20": ("ListValue", "ListValue()"),
    # what attribute access on upstream outputs gives (4.7)
    "4.7 a": ("int", l.floating(3.0)),
    "4.7 b": ("Optional[int]", l.integer(3)),
    "4.7 c": ("List[Point]", l.collection(l.binary({"x": 1}), l.binary({"x": 2}))),
    "4.7 d": ("Color", l.string("red")),
    "4.7 e": ("Dict[str, int]", l.binary({"a": 1})),
    "4.7 f": ("datetime.date", l.string("2020-01-02")),
    "4.7 g": ("Point", l.binary({"x": 1, "y": 2})),
    "4.7 h": ("Model", l.binary({"x": 1})),
}

#: Where wingbeat decides otherwise, by the section of docs/differences.md; "read": only when reading what was written.
BETTER: dict[str, list[str]] = {
    "Reading literals": ["6", "14", "23", "37", "63", "8.1.16 a", "8.1.16 b", "4.7 f"],
    "Reading documents (dataclasses, dicts)": ["76", "77", "78", "8.1.2 read"],
    "Writing": ["73", "86", "92", "8.1.1 a", "8.1.1 b", "8.1.1 c"],
    "Types that flytekit does not convert": ["30", "90 read", "8.1.3 read", "8.1.4 a", "8.1.4 b", "8.1.20 read"],
}


@pytest.fixture(autouse=True)
def in_a_task(tmp_path: Path) -> Iterator[None]:
    files = Files(tmp_path)
    contexts.provide(lambda: context(files))
    yield
    contexts.provide(None)


@pytest.mark.parametrize("number", ROWS)
def test_a_tricky_case(flytekit: peer.Flytekit, number: str) -> None:
    hint, given = ROWS[number]
    if isinstance(given, str):
        ours = outcome(lambda: written(Codec(evaluate(hint)).encode(evaluate(given))))
        theirs = outcome(lambda: written(flytekit.encode(hint, given)))
    else:
        data = given.SerializeToString()
        ours, theirs = read_by_both(flytekit, hint, data)
    better = [case for cases in BETTER.values() for case in cases]
    assert (ours != theirs) == (number in better), (ours, theirs)
    if isinstance(given, str) and ours is not None and theirs is not None:
        # And back, each what the other wrote.
        for literal in (ours, theirs):
            one, other = read_by_both(flytekit, hint, without_uri(flytekit, hint, given, literal))
            assert (one != other) == (f"{number} read" in better), (one, other)


def without_uri(flytekit: peer.Flytekit, hint: str, given: str, literal: Any) -> bytes:
    """What was written, with its files."""
    return flytekit.encode(hint, given) if "uri" in str(literal) else literal.SerializeToString()


def read_by_both(flytekit: peer.Flytekit, hint: str, data: bytes) -> tuple[Any, Any]:
    ours = outcome(lambda: canonical(Codec(evaluate(hint)).decode(data)))
    return ours, outcome(lambda: flytekit.decode(hint, data))


def written(data: bytes) -> Any:
    return without_places(l.Literal.FromString(data))


def outcome(work: Any) -> Any:
    """What came out; None for an error."""
    try:
        return work()
    except (TypeTransformerFailedError, MalformedLiteralError, RestrictedTypeError, peer.FlytekitError):
        return None


def test_sections_exist() -> None:
    page = Path(__file__).parent.parent / "docs" / "differences.md"
    assert set(BETTER) <= set(re.findall(r"^## (.*)$", page.read_text("utf-8"), re.MULTILINE))
