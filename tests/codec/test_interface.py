"""Named inputs and outputs: names, defaults, elements of map tasks (type-system spec 3.3, row 112 of 8.2)."""

from __future__ import annotations

from typing import Dict, List, Optional

import pytest

from tests import literals as l
from wingbeat.errors import MalformedLiteralError, TypeTransformerFailedError


def inputs(**literals: l.Literal) -> bytes:
    return l.LiteralMap(literals=literals).SerializeToString()


HINTS = {"a": int, "b": List[str], "c": Optional[Dict[str, int]]}


def test_round_trip(codecs):
    codec = codecs.InterfaceCodec(HINTS)
    values = {"a": 1, "b": ["x"], "c": {"k": 2}}
    assert codec.decode(codec.encode(values)) == values


def test_a_missing_name_is_absent_or_takes_its_default(codecs):
    data = inputs(a=l.integer(1))
    assert codecs.InterfaceCodec(HINTS).decode(data) == {"a": 1}
    default: list = []
    decoded = codecs.InterfaceCodec(HINTS, {"b": default, "a": 5}).decode(data)
    assert decoded == {"a": 1, "b": []}
    assert decoded["b"] is default


def test_an_unknown_name_is_an_error(codecs):
    with pytest.raises(TypeTransformerFailedError, match="extra") as caught:
        codecs.InterfaceCodec(HINTS).decode(inputs(a=l.integer(1), extra=l.integer(2)))
    assert caught.value.path.startswith("inputs")


def test_an_interface_without_inputs_ignores_the_map(codecs):
    assert codecs.InterfaceCodec({}).decode(inputs(a=l.integer(1))) == {}
    assert codecs.InterfaceCodec({}).decode(b"") == {}
    assert codecs.InterfaceCodec({}).encode({}) == b""


def test_outputs_must_be_declared(codecs):
    with pytest.raises(TypeTransformerFailedError, match="extra") as caught:
        codecs.InterfaceCodec(HINTS).encode({"a": 1, "b": [], "c": None, "extra": 1})
    assert caught.value.path == "outputs.extra"


def test_an_output_without_a_value_is_left_out(codecs):
    """As with flytekit, where a function that returns too few values writes fewer outputs."""
    codec = codecs.InterfaceCodec(HINTS)
    assert codec.decode(codec.encode({"a": 1})) == {"a": 1}


def test_paths(codecs):
    codec = codecs.InterfaceCodec(HINTS)
    with pytest.raises(TypeTransformerFailedError) as caught:
        codec.decode(inputs(b=l.collection(l.string("x"), l.integer(1))))
    assert caught.value.path == "inputs.b[1]"
    with pytest.raises(TypeTransformerFailedError) as caught:
        codec.encode({"a": 1, "b": ["x", None], "c": None})
    assert caught.value.path == "outputs.b[1]"
    with pytest.raises(MalformedLiteralError) as malformed:
        codec.decode(b"\x0a\x05")
    assert malformed.value.path.startswith("inputs")


class TestElement:
    """`element=i`: every input that is not bound is a collection, of which one element is the value."""

    HINTS = {"a": int, "b": List[str]}

    def data(self) -> bytes:
        return inputs(
            a=l.collection(l.integer(5), l.integer(6)),
            b=l.collection(l.collection(), l.collection(l.string("x"))),
        )

    def test_one_element(self, codecs):
        codec = codecs.InterfaceCodec(self.HINTS)
        assert codec.decode(self.data(), element=0) == {"a": 5, "b": []}
        assert codec.decode(self.data(), element=1) == {"a": 6, "b": ["x"]}

    def test_bound_inputs_arrive_whole(self, codecs):
        codec = codecs.InterfaceCodec(self.HINTS)
        data = inputs(a=l.collection(l.integer(5), l.integer(6)), b=l.collection(l.string("x")))
        for bound in (["b"], ("b",), {"b"}, frozenset({"b"}), {"b": 1}):
            assert codec.decode(data, element=1, bound=bound) == {"a": 6, "b": ["x"]}

    def test_defaults_stay_whole(self, codecs):
        codec = codecs.InterfaceCodec(self.HINTS, {"b": ["default"]})
        assert codec.decode(inputs(a=l.collection(l.integer(5))), element=0) == {"a": 5, "b": ["default"]}

    @pytest.mark.parametrize("element", [2, 100, -1, 2**40])
    def test_out_of_range(self, codecs, element):
        with pytest.raises(IndexError):
            codecs.InterfaceCodec(self.HINTS).decode(self.data(), element=element)

    def test_an_empty_collection(self, codecs):
        with pytest.raises(IndexError):
            codecs.InterfaceCodec({"a": int}).decode(inputs(a=l.collection()), element=0)

    @pytest.mark.parametrize("literal", [l.integer(1), l.none(), l.nothing(), l.mapping()], ids=repr)
    def test_not_a_collection(self, codecs, literal):
        with pytest.raises(TypeTransformerFailedError) as caught:
            codecs.InterfaceCodec({"a": int}).decode(inputs(a=literal), element=0)
        assert caught.value.path == "inputs.a"

    def test_other_elements_are_not_looked_at(self, codecs):
        codec = codecs.InterfaceCodec({"a": int})
        assert codec.decode(inputs(a=l.collection(l.string("bad"), l.integer(6))), element=1) == {"a": 6}

    def test_the_path_names_the_element(self, codecs):
        codec = codecs.InterfaceCodec({"b": List[int]})
        with pytest.raises(TypeTransformerFailedError) as caught:
            codec.decode(inputs(b=l.collection(l.collection(), l.collection(l.string("x")))), element=1)
        assert caught.value.path == "inputs.b[1][0]"

    def test_lists_of_lists(self, codecs):
        codec = codecs.InterfaceCodec({"x": Optional[int]})
        data = codecs.InterfaceCodec({"x": List[Optional[int]]}).encode({"x": [None, 7]})
        assert codec.decode(data, element=0) == {"x": None}
        assert codec.decode(data, element=1) == {"x": 7}
