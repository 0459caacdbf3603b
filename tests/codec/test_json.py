"""Classes that convert themselves to JSON: pydantic models, mashumaro's JSON mixin (type-system spec 2.11, 4.2)."""

from __future__ import annotations

import json
import math
from typing import Any

import msgpack
import pytest

from tests import literals as l
from tests.conftest import Codecs
from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types import schema as s


class Value:
    """Is what its JSON text says."""

    def __init__(self, text: str | bytes) -> None:
        self.text = text


def dump(value: Any) -> Any:
    return value.text


NODE = s.Json(Value, dump, Value)


def codec(codecs: Codecs, node: s.Schema = NODE, legacy: bool = False) -> Any:
    return codecs.of_schema(s.Packed(node, legacy, ""))


def written(codecs: Codecs, text: Any) -> bytes:
    return l.Literal.FromString(codec(codecs).encode(Value(text))).scalar.binary.value


def read(codecs: Codecs, document: bytes) -> Any:
    return codec(codecs).decode(l.raw_binary(document).SerializeToString()).text


TEXTS = [
    "null",
    "true",
    "0",
    "-5",
    "9223372036854775808",
    "18446744073709551615",
    "-9223372036854775808",
    "1.0",
    "1e300",
    "1E-5",
    "-0.0",
    '""',
    r'"a\"\\\/\b\n\u00e9\ud83d\ude00"',
    '"\u00e9\u20ac\U0001f600"',
    "[]",
    "{}",
    ' { "b" : [ 1 , [ 2.5 , { "c" : null } ] ] , "a" : { } } ',
    json.dumps({"many": list(range(70_000))}),
]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:30])
@pytest.mark.parametrize("kind", [str, bytes])
def test_what_json_says_is_packed(codecs, text, kind):
    document = written(codecs, text if kind is str else text.encode())
    assert document == msgpack.packb(json.loads(text))
    back = read(codecs, document)
    assert type(back) is bytes
    assert repr(json.loads(back)) == repr(json.loads(text))


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "[NaN]"])
def test_constants_are_numbers(codecs, text):
    document = written(codecs, text)
    found = msgpack.unpackb(document)
    found = found[0] if isinstance(found, list) else found
    assert type(found) is float
    assert not math.isfinite(found)
    assert read(codecs, document) == text.encode()


def test_keys_keep_their_order_and_their_number(codecs):
    document = written(codecs, '{"b": 1, "a": 2, "b": 3}')
    assert document == b"\x83\xa1b\x01\xa1a\x02\xa1b\x03"
    assert read(codecs, document) == b'{"b":1,"a":2,"b":3}'


@pytest.mark.parametrize(
    "text", ["", " ", "[1", '{"a"}', "{'a': 1}", "tru", "1 2", "01", "+1", ".5", '"\t"', "[1,]", b"\xff", b'"\xff"']
)
def test_malformed_json_is_refused(codecs, text):
    with pytest.raises(TypeTransformerFailedError, match="value: its JSON is malformed: "):
        written(codecs, text)


@pytest.mark.parametrize("text", ['"\\ud800"', '{"\\udc00": 1}'])
def test_a_lone_surrogate_is_refused(codecs, text):
    with pytest.raises(TypeTransformerFailedError):
        written(codecs, text)


@pytest.mark.parametrize("text", ["18446744073709551616", "-9223372036854775809", '{"a": [%s]}' % ("9" * 100)])
def test_an_integer_beyond_64_bits_is_refused(codecs, text):
    with pytest.raises(TypeTransformerFailedError, match=r"cannot be written as msgpack: int .* is outside 64 bits"):
        written(codecs, text)


@pytest.mark.parametrize("text", ["[" * 100_000, "[" * 130 + "]" * 130, '{"a":' * 130 + "1" + "}" * 130])
def test_nesting_is_bounded(codecs, text):
    with pytest.raises(TypeTransformerFailedError, match="nested too deeply|malformed"):
        written(codecs, text)


def test_nesting_up_to_the_bound(codecs):
    text = "[" * 128 + "]" * 128
    assert read(codecs, written(codecs, text)) == text.encode()


def test_floats_stay_floats_and_exact(codecs):
    for value in [1.0, -0.0, 1e16, 1e15, 1e-5, 1e-4, 5e-324, 1.7976931348623157e308, 0.1, 2.0**70]:
        found = json.loads(read(codecs, msgpack.packb(value)))
        assert repr(found) == repr(value)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({1: "a"}, {"1": "a"}),
        ({None: 1}, {"null": 1}),
        ({True: 1, 2.5: 2}, {"true": 1, "2.5": 2}),
        ({'\x00"\\\n': "\x1f"}, {'\x00"\\\n': "\x1f"}),
    ],
)
def test_keys_become_text(codecs, content, text):
    assert json.loads(read(codecs, msgpack.packb(content))) == text


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (msgpack.packb({"a": b"x"}), "it holds bytes"),
        (msgpack.packb([msgpack.ExtType(5, b"x")]), "it holds a msgpack extension"),
        (msgpack.packb([msgpack.Timestamp(1)]), "it holds a msgpack extension"),
        (b"\x81\x90\x01", "a key is no text or number"),
        (b"\x81\xc4\x01a\x01", "a key is no text or number"),
    ],
)
def test_what_json_lacks_is_refused(codecs, document, message):
    with pytest.raises(TypeTransformerFailedError, match=f"value: cannot be read as JSON: {message}"):
        read(codecs, document)


def test_a_struct_is_read(codecs):
    found = codec(codecs).decode(l.struct(a=1, b=[None, "x"]).SerializeToString())
    assert json.loads(found.text) == {"a": 1.0, "b": [None, "x"]}


def test_a_struct_is_written(codecs):
    data = codec(codecs, legacy=True).encode(Value('{"a": 1, "b": [null, "x"]}'))
    assert l.Literal.FromString(data) == l.struct(a=1, b=[None, "x"])
    with pytest.raises(TypeTransformerFailedError, match="cannot be written as a struct"):
        codec(codecs, legacy=True).encode(Value("[1]"))


@pytest.mark.parametrize("value", [5, None, "text", {"a": 1}, [1]])
def test_another_class_is_refused(codecs, value):
    with pytest.raises(TypeTransformerFailedError, match="value: expected Value, got "):
        codec(codecs).encode(value)


def test_what_the_class_raises_is_told_with_its_place(codecs):
    def load(text: bytes) -> Any:
        raise KeyError("no such thing")

    def fail(value: Any) -> str:
        raise AttributeError("its own")

    node = s.Array(s.Json(Value, fail, load), list)
    holder = s.Mapping(s.Str(), node)
    with pytest.raises(TypeTransformerFailedError, match=r"""^value\["k"\]\[1\]: KeyError: 'no such thing'"""):
        codecs.of_schema(s.Packed(s.Mapping(s.Str(), s.Tuple((s.Any(), node.item), None)), False, "")).decode(
            l.binary({"k": [1, 2]}).SerializeToString()
        )
    with pytest.raises(TypeTransformerFailedError, match=r'^value\["k"\]\[0\]: AttributeError: its own') as raised:
        codecs.of_schema(s.Packed(holder, False, "")).encode({"k": [Value("")]})
    assert isinstance(raised.value.__cause__, AttributeError)


def test_text_of_another_kind_is_refused(codecs):
    with pytest.raises(TypeTransformerFailedError):
        codec(codecs).encode(Value(5))  # type: ignore[arg-type]


class Other(Value):
    pass


def test_a_union_inside_chooses_by_class_and_by_what_loads(codecs):
    def strict(cls: type, key: str) -> s.Json:
        def load(text: bytes) -> Any:
            if key not in json.loads(text):
                raise ValueError("another")
            return cls(text)

        return s.Json(cls, dump, load)

    union = s.OneOf((strict(Value, "v"), s.Str(), strict(Other, "o")))
    codec = codecs.of_schema(s.Packed(s.Mapping(s.Str(), union), False, ""))
    given = {"a": Value('{"v":1}'), "b": Other('{"o":2}'), "c": "text"}
    data = codec.encode(given)
    assert l.content(data) == {"a": {"v": 1}, "b": {"o": 2}, "c": "text"}
    found = codec.decode(data)
    assert {key: type(value) for key, value in found.items()} == {"a": Value, "b": Other, "c": str}


def test_a_union_of_models_is_chosen_by_class(codecs):
    def variant(cls: type) -> s.Variant:
        stored = l.simple(7, "Pydantic Transformer")
        stored.metadata.update({"title": cls.__name__})
        node = s.Packed(s.Json(cls, dump, cls), False, "")
        return s.Variant(node, "Pydantic Transformer", stored.SerializeToString(), cls.__name__)

    codec = codecs.of_schema(s.Union((variant(Value), variant(Other)), None))
    for cls in (Value, Other):
        data = codec.encode(cls("{}"))
        assert type(codec.decode(data)) is cls
    # Stored by another version: the title decides.
    literal = l.Literal.FromString(codec.encode(Other("{}")))
    literal.scalar.union.type.metadata.update({"more": 1})
    assert type(codec.decode(literal.SerializeToString())) is Other
