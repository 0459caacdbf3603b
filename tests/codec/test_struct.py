"""The older form of dicts and dataclasses, a protobuf Struct (type-system spec 4.6)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import json
from typing import Dict, List, Optional

import pytest

from tests import literals as l
from tests.labels import label
from wingbeat.errors import TypeTransformerFailedError


class Color(enum.Enum):
    RED = "red"


@dataclasses.dataclass
class Inner:
    n: int = 0


@dataclasses.dataclass
class Outer:
    i: int
    f: float
    s: str
    b: bool
    raw: bytes
    when: dt.datetime
    color: Color
    inner: Inner
    many: List[Inner]
    numbers: Dict[int, int]
    maybe: Optional[int] = None


OUTER = Outer(1, 2.5, "s", True, b"abc", dt.datetime(2020, 1, 2), Color.RED, Inner(3), [Inner(4)], {5: 6})


@pytest.fixture(params=["1", "t", "true", "TRUE"])
def legacy(request, monkeypatch):
    monkeypatch.setenv("FLYTE_USE_OLD_DC_FORMAT", request.param)


@pytest.mark.parametrize("value", ["0", "yes", "on", "false", ""])
def test_other_settings_mean_msgpack(codecs, value, monkeypatch):
    monkeypatch.setenv("FLYTE_USE_OLD_DC_FORMAT", value)
    assert l.Literal.FromString(codecs.encode(dict, {})).scalar.WhichOneof("value") == "binary"


def test_dict(codecs, legacy):
    value = {"a": 1, "b": [None, True, "x", 1.5, {}], 2: {}}
    literal = l.Literal.FromString(codecs.encode(dict, value))
    assert literal.scalar.WhichOneof("value") == "generic"
    assert dict(literal.metadata) == {"format": "json"}
    assert codecs.decode(dict, literal) == {"a": 1.0, "b": [None, True, "x", 1.5, {}], "2": {}}


def test_typed_dict(codecs, legacy):
    literal = l.Literal.FromString(codecs.encode(Dict[int, int], {1: 2}))
    assert literal == l.Literal(scalar=l.struct(**{"1": 2}).scalar, metadata={"format": "json"})
    assert codecs.decode(Dict[int, int], literal) == {1: 2}


def test_dict_of_str_stays_a_map(codecs, legacy):
    assert l.Literal.FromString(codecs.encode(Dict[str, int], {"a": 1})) == l.mapping(a=l.integer(1))


def test_dataclass(codecs, legacy):
    literal = l.Literal.FromString(codecs.encode(Outer, OUTER))
    fields = literal.scalar.generic.fields
    assert not literal.metadata
    assert fields["i"].number_value == 1
    assert fields["raw"].string_value == "YWJj\n"
    assert fields["when"].string_value == "2020-01-02T00:00:00"
    assert fields["numbers"].struct_value.fields["5"].number_value == 6
    assert fields["maybe"].WhichOneof("kind") == "null_value"
    assert codecs.decode(Outer, literal) == OUTER


def test_long_bytes_are_broken_into_lines_and_read(codecs, legacy):
    value = dataclasses.replace(OUTER, raw=bytes(range(256)))
    literal = l.Literal.FromString(codecs.encode(Outer, value))
    assert literal.scalar.generic.fields["raw"].string_value.count("\n") > 1
    assert codecs.decode(Outer, literal) == value


def test_numbers_become_doubles(codecs, legacy):
    data = codecs.encode(Inner, Inner(2**60 + 1))
    assert codecs.decode(Inner, data) == Inner(2**60)


@pytest.mark.parametrize("value", [{"a": b"x"}, {"a": object()}, {"a": {1, 2}}, {(1, 2): 3}, {b"k": 1}], ids=label)
def test_not_written(codecs, legacy, value):
    with pytest.raises(TypeTransformerFailedError):
        codecs.encode(dict, value)


def test_no_deeper_than_flytekit_reads(codecs, legacy):
    value: dict = {}
    for _ in range(60):
        value = {"a": value}
    with pytest.raises(TypeTransformerFailedError, match="deep"):
        codecs.encode(dict, value)


@pytest.mark.parametrize("key", [1, 2.5, True, None], ids=label)
def test_keys_are_spelled_as_in_json(codecs, legacy, key):
    literal = l.Literal.FromString(codecs.encode(dict, {key: 1}))
    assert list(literal.scalar.generic.fields) == [json.dumps(key)]


def test_unions_hold_it(codecs, legacy):
    literal = l.Literal.FromString(codecs.encode(Optional[Inner], Inner(1)))
    assert literal.scalar.union.value.scalar.WhichOneof("value") == "generic"
    assert codecs.decode(Optional[Inner], literal) == Inner(1)


def test_both_forms_are_always_read(codecs):
    literal = l.struct(n=3)
    assert codecs.decode(Inner, literal) == Inner(3)
    assert codecs.decode(List[Inner], l.collection(literal, l.binary({"n": 4}))) == [Inner(3), Inner(4)]
    assert codecs.decode(Dict[str, Inner], l.struct(a={"n": 1})) == {"a": Inner(1)}


@pytest.mark.parametrize(
    ("literal", "path"),
    [
        (l.struct(n=1.5), "value.n"),
        (l.struct(n=None), "value.n"),
        (l.struct(n=[]), "value.n"),
        (l.struct(n="x"), "value.n"),
    ],
    ids=lambda part: " ".join(str(part).split()),
)
def test_refused(codecs, literal, path):
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.decode(Inner, literal)
    assert caught.value.path == path


def test_a_value_without_a_kind_is_null(codecs):
    literal = l.struct(a=1)
    literal.scalar.generic.fields["b"].SetInParent()
    assert codecs.decode(dict, literal) == {"a": 1.0, "b": None}
