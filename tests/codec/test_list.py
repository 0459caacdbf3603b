"""list[T] (type-system spec 2.4, rows 31-41 of 8.2)."""

from __future__ import annotations

import datetime
from typing import List, Optional

import pytest

from tests import literals as l
from tests.labels import label
from wingbeat.errors import TypeTransformerFailedError


class Items(list):
    """A subclass."""


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (list[int], []),
        (List[int], [1, -1, 2**63 - 1]),
        (list[float], [0.5, -2.0]),
        (list[str], ["", "a", "é"]),
        (list[bool], [True, False]),
        (list[datetime.datetime], [datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone.utc)]),
        (list[list[int]], [[], [1], [2, 3]]),
        (list[list[list[str]]], [[["a"], []], []]),
        (list[dict[str, int]], [{"a": 1}, {}]),
        (list[Optional[int]], [1, None]),
        (list[dict], [{"a": [1, None]}]),
        (list[int], list(range(1000))),
    ],
    ids=lambda part: label(part)[:40],
)
def test_round_trip(codecs, hint, value):
    decoded = codecs.decode(hint, codecs.encode(hint, value))
    assert decoded == value
    assert type(decoded) is list


@pytest.mark.parametrize("value", [(1, 2), {1}, None, "ab", {"a": 1}, range(2), Items([1]), iter([1])], ids=label)
def test_only_a_list_is_written(codecs, value):
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.encode(list[int], value)
    assert caught.value.path == "value"


def test_a_tuple_is_told_to_be_a_list(codecs):
    with pytest.raises(TypeTransformerFailedError, match=r"tuple.*list"):
        codecs.encode(list[int], (1, 2))


@pytest.mark.parametrize(
    ("hint", "value", "path"),
    [
        (list[int], [0, 1, None], "value[2]"),
        (list[int], [True], "value[0]"),
        (list[list[int]], [[], [1, "x"]], "value[1][1]"),
        (list[dict[str, int]], [{"a": "x"}], 'value[0]["a"]'),
    ],
)
def test_a_bad_element_is_named(codecs, hint, value, path):
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.encode(hint, value)
    assert caught.value.path == path


@pytest.mark.parametrize(
    ("hint", "literal", "value"),
    [
        (list[int], l.collection(l.binary(1), l.binary(2)), [1, 2]),
        (list[int], l.collection(l.integer(1), l.floating(2.0)), [1, 2]),
        (list[float], l.collection(l.integer(1)), [1.0]),
        (list[list[int]], l.collection(l.binary([1, 2]), l.collection(l.integer(3))), [[1, 2], [3]]),
        (list[datetime.date], l.collection(l.binary("2020-01-02")), [datetime.date(2020, 1, 2)]),
        (list[Optional[int]], l.collection(l.integer(1), l.none(), l.binary(3), l.binary(None)), [1, None, 3, None]),
        (list[int], l.binary([]), []),
        (list[int], l.binary([1.0, "2", True]), [1, 2, 1]),
        (list[str], l.binary([1, 2]), ["1", "2"]),
        (list[float], l.binary([1, "1.5"]), [1.0, 1.5]),
        (list[list[int]], l.binary([[1], []]), [[1], []]),
        (list[dict], l.binary([{1: "a"}]), [{1: "a"}]),
        (list[Optional[int]], l.binary([1, None]), [1, None]),
    ],
    ids=lambda part: " ".join(label(part).split())[:40],
)
def test_other_forms_that_are_understood(codecs, hint, literal, value):
    assert codecs.decode(hint, literal) == value


@pytest.mark.parametrize(
    "literal",
    [
        l.mapping(),
        l.mapping(a=l.integer(1)),
        l.none(),
        l.nothing(),
        l.integer(1),
        l.string("ab"),
        l.struct(a=[1]),
        l.binary({"a": 1}),
        l.binary(None),
        l.binary("ab"),
        l.binary(3),
        l.binary([1.5]),
        l.binary([None]),
        l.binary(["x"]),
        l.collection(l.nothing()),
        l.collection(l.none()),
        l.collection(l.string("1")),
        l.collection(l.binary(1.5)),
        l.collection(l.binary("1")),
    ],
    ids=lambda part: " ".join(str(part).split())[:40] or "nothing",
)
def test_other_forms_are_refused(codecs, literal):
    with pytest.raises(TypeTransformerFailedError):
        codecs.decode(list[int], literal)


def test_a_bad_element_of_a_packed_list_is_named(codecs):
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.decode(list[list[int]], l.binary([[1], [2, "x"]]))
    assert caught.value.path == "value[1][1]"


def nested(depth: int):
    """A hint and a value of `depth` lists inside each other."""
    hint, value = int, 1
    for _ in range(depth):
        hint, value = list[hint], [value]
    return hint, value


def test_nesting_up_to_what_flytekit_reads(codecs):
    hint, value = nested(48)
    data = codecs.InterfaceCodec({"x": hint}).encode({"x": value})
    assert codecs.InterfaceCodec({"x": hint}).decode(data) == {"x": value}
    hint, value = nested(49)
    with pytest.raises(TypeTransformerFailedError, match="deep"):
        codecs.encode(hint, value)
    with pytest.raises(TypeTransformerFailedError, match="deep"):
        codecs.InterfaceCodec({"x": hint}).encode({"x": value})
