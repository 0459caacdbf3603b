"""dict[str, T] (type-system spec 2.5, rows 43-44 of 8.2)."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from typing import Dict, List, Optional

import pytest

from tests import literals as l
from tests.labels import label
from wingbeat.errors import TypeTransformerFailedError


class Key(str):
    """A subclass."""

    __slots__ = ()


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (dict[str, int], {}),
        (Dict[str, int], {"a": 1, "": 2, "é": 3}),
        (dict[str, list[int]], {"a": [1, 2], "b": []}),
        (dict[str, dict[str, str]], {"a": {"b": "c"}, "d": {}}),
        (dict[str, Optional[float]], {"a": None, "b": 1.5}),
        (dict[str, dict], {"a": {1: [None]}}),
        (dict[str, int], {str(i): i for i in range(1000)}),
    ],
    ids=lambda part: label(part)[:40],
)
def test_round_trip(codecs, hint, value):
    data = codecs.encode(hint, value)
    assert l.Literal.FromString(data).WhichOneof("value") == "map"
    decoded = codecs.decode(hint, data)
    assert decoded == value
    assert type(decoded) is dict


@pytest.mark.parametrize(
    "value",
    [{1: 2}, {None: 1}, {Key("a"): 1}, {"\ud800": 1}, defaultdict(int, a=1), OrderedDict(a=1), [("a", 1)], None, "a"],
    ids=repr,
)
def test_only_a_dict_with_text_keys_is_written(codecs, value):
    with pytest.raises(TypeTransformerFailedError):
        codecs.encode(dict[str, int], value)


@pytest.mark.parametrize(
    ("hint", "value", "path"),
    [
        (dict[str, int], {"a": 1, "b": "x"}, 'value["b"]'),
        (dict[str, List[int]], {"a": [1, None]}, 'value["a"][1]'),
        (dict[str, dict[str, int]], {"a": {"b": None}}, 'value["a"]["b"]'),
    ],
)
def test_a_bad_value_is_named(codecs, hint, value, path):
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.encode(hint, value)
    assert caught.value.path == path


@pytest.mark.parametrize(
    ("hint", "literal", "value"),
    [
        (dict[str, int], l.mapping(a=l.binary(1), b=l.floating(2.0)), {"a": 1, "b": 2}),
        (dict[str, int], l.binary({}), {}),
        (dict[str, int], l.binary({"a": 1.0, "b": "2"}), {"a": 1, "b": 2}),
        (dict[str, str], l.binary({1: 2}), {"1": "2"}),
        (dict[str, int], l.struct(a=1.0), {"a": 1}),
        (dict[str, list[int]], l.struct(a=[1.0, 2.0]), {"a": [1, 2]}),
        (dict[str, dict[str, float]], l.struct(a={"b": 1.5}), {"a": {"b": 1.5}}),
        (dict[str, Optional[int]], l.struct(a=None), {"a": None}),
        (dict[str, dict], l.mapping(a=l.struct(b=1)), {"a": {"b": 1.0}}),
    ],
    ids=lambda part: " ".join(label(part).split())[:40],
)
def test_other_forms_that_are_understood(codecs, hint, literal, value):
    decoded = codecs.decode(hint, literal)
    assert decoded == value
    assert repr(sorted(decoded.items())) == repr(sorted(value.items()))  # 1 is no 1.0, and order carries no meaning


@pytest.mark.parametrize(
    "literal",
    [
        l.collection(),
        l.none(),
        l.nothing(),
        l.integer(1),
        l.binary([]),
        l.binary(None),
        l.binary({"a": "x"}),
        l.binary({"a": None}),
        l.struct(a=1.5),
        l.struct(a=None),
        l.struct(a=[1]),
        l.mapping(a=l.nothing()),
        l.mapping(a=l.string("1")),
    ],
    ids=lambda part: " ".join(str(part).split())[:40] or "nothing",
)
def test_other_forms_are_refused(codecs, literal):
    with pytest.raises(TypeTransformerFailedError):
        codecs.decode(dict[str, int], literal)


def test_an_odd_key_is_quoted_in_paths(codecs):
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.encode(dict[str, int], {'a"b': None})
    assert caught.value.path.startswith('value["a')
    assert "\n" not in str(caught.value)
