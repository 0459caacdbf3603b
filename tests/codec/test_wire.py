"""The wire itself: what protobuf allows, and what no protobuf library accepts (type-system spec 1.1)."""

from __future__ import annotations

import dataclasses
import datetime
import time
from typing import Any, List, Optional, Union

import pytest

from tests import literals as l
from tests.labels import label
from wingbeat.errors import MalformedLiteralError, TypeTransformerFailedError

ERRORS = (MalformedLiteralError, TypeTransformerFailedError)


def varint(value: int, length: int = 0) -> bytes:
    """`length` pads with superfluous continuation bytes."""
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    while len(out) < length:
        out[-1] |= 0x80
        out.append(0)
    return bytes(out)


def field(number: int, kind: int, content: bytes = b"") -> bytes:
    return varint(number << 3 | kind) + content


def block(number: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return field(number, 2, varint(len(content)) + content)


def integer(value: int) -> bytes:
    """A literal."""
    return block(1, block(1, field(1, 0, varint(value))))


def string(text: bytes) -> bytes:
    return block(1, block(1, block(3, text)))


UNKNOWN = {
    "varint": field(100, 0, varint(2**64 - 1)),
    "fixed64": field(100, 1, b"12345678"),
    "fixed32": field(100, 5, b"1234"),
    "bytes": block(100, b"anything \xff"),
    "group": field(100, 3) + field(1, 0, varint(5)) + block(2, b"x") + field(100, 4),
    "nested groups": field(100, 3) + field(101, 3) + field(101, 4) + field(7, 3) + field(7, 4) + field(100, 4),
    "largest number": field(2**29 - 1, 0, varint(0)),
}


@pytest.mark.parametrize("unknown", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_unknown_fields_are_skipped_at_every_level(codecs, unknown):
    primitive = unknown + field(1, 0, varint(7)) + unknown
    scalar = unknown + block(1, primitive) + unknown
    literal = unknown + block(1, scalar) + unknown
    assert codecs.decode(int, literal) == 7
    many = unknown + block(2, unknown, block(1, literal), unknown, block(1, integer(8))) + unknown
    assert codecs.decode(list[int], many) == [7, 8]
    entry = block(1, block(1, b"k"), block(2, literal))
    assert codecs.decode(dict[str, int], unknown + block(3, unknown, entry, unknown) + unknown) == {"k": 7}
    assert codecs.InterfaceCodec({"k": int}).decode(unknown + entry + unknown) == {"k": 7}


def test_reserved_fields_are_unknown(codecs):
    assert codecs.decode(int, block(6, b"x") + integer(7) + block(7, b"y")) == 7


@pytest.mark.parametrize("unknown", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_unknown_fields_of_map_entries(both, unknown):
    """Skipped, as the protobuf specification says. Python's protobuf library drops the whole entry."""
    entry = block(1, unknown, block(1, b"k"), unknown, block(2, integer(7)), unknown)
    rust, reference = both
    assert rust.decode(dict[str, int], block(3, entry)) == {"k": 7}
    assert reference.decode(dict[str, int], block(3, entry)) == {}


@pytest.mark.parametrize("unknown", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_unknown_fields_inside_other_messages(codecs, unknown):
    stamp = block(1, block(1, block(5, unknown, field(1, 0, varint(1)), unknown)))
    assert codecs.decode(datetime.datetime, stamp).timestamp() == 1
    binary = block(1, block(3, unknown, block(1, b"\x81\xa1a\x01"), unknown, block(2, b"msgpack"), unknown))
    assert codecs.decode(dict, binary) == {"a": 1}
    structure = block(11, unknown, block(1, b"int"), unknown)
    stored = unknown + field(1, 0, varint(1)) + unknown + structure + unknown
    union = block(1, block(9, unknown, block(2, stored), unknown, block(1, integer(3)), unknown))
    assert codecs.decode(Optional[int], union) == 3
    struct = block(1, block(7, unknown, block(1, block(1, b"a"), block(2, unknown, field(4, 0, varint(1)))), unknown))
    assert codecs.decode(dict, struct) == {"a": True}


def test_the_last_member_of_a_oneof_counts(codecs):
    both = block(1, block(1, field(1, 0, varint(1)), block(3, b"a")))
    assert codecs.decode(str, both) == "a"
    with pytest.raises(TypeTransformerFailedError):
        codecs.decode(int, both)
    back = block(1, block(1, block(3, b"a"), field(1, 0, varint(1)), field(1, 0, varint(2))))
    assert codecs.decode(int, back) == 2
    assert codecs.decode(list[int], integer(1) + block(2)) == []
    assert codecs.decode(int, block(2, block(1, integer(5))) + integer(1)) == 1
    assert codecs.decode(type(None), block(1, block(1, field(1, 0, varint(1))), block(5))) is None


def test_a_repeated_message_is_merged(codecs):
    halves = block(1, block(1, block(5, field(1, 0, varint(5))))) + block(
        1, block(1, block(5, field(2, 0, varint(1000))))
    )
    moment = codecs.decode(datetime.datetime, halves)
    assert (moment.timestamp(), moment.microsecond) == (5.000001, 1)
    assert codecs.decode(list[int], block(2, block(1, integer(1))) + block(2, block(1, integer(2)))) == [1, 2]
    one, two = (block(3, block(1, block(1, key), block(2, integer(n)))) for n, key in ((1, b"a"), (2, b"b")))
    assert codecs.decode(dict[str, int], one + two) == {"a": 1, "b": 2}
    value, tag = block(1, block(3, block(1, b"\x80"))), block(1, block(3, block(2, b"msgpack")))
    assert codecs.decode(dict, value + tag) == {}
    assert codecs.decode(dict, tag + value) == {}
    stored = block(2, field(1, 0, varint(1)), block(11, block(1, b"int")))
    assert codecs.decode(Optional[int], block(1, block(9, stored)) + block(1, block(9, block(1, integer(4))))) == 4


def test_merging_starts_again_after_another_member(codecs):
    literal = block(2, block(1, integer(1))) + integer(5) + block(2, block(1, integer(2)))
    assert codecs.decode(list[int], literal) == [2]
    seconds, nanos = field(1, 0, varint(5)), field(2, 0, varint(1000))
    stamps = block(1, block(1, block(5, seconds), field(1, 0, varint(1)), block(5, nanos)))
    assert codecs.decode(datetime.datetime, stamps).timestamp() == 0.000001


def test_duplicate_keys_and_missing_parts_of_entries(codecs):
    entry = lambda *parts: block(3, block(1, *parts))  # noqa: E731
    data = entry(block(1, b"a"), block(2, integer(1))) + entry(block(1, b"a"), block(2, integer(2)))
    assert codecs.decode(dict[str, int], data) == {"a": 2}
    assert codecs.decode(dict[str, int], entry(block(2, integer(2)), block(1, b"a"))) == {"a": 2}
    assert codecs.decode(dict[str, int], entry(block(2, integer(2)))) == {"": 2}
    assert codecs.decode(dict[str, int], entry(block(1, b"x"), block(1, b"a"), block(2, integer(2)))) == {"a": 2}
    with pytest.raises(TypeTransformerFailedError, match="nothing"):
        codecs.decode(dict[str, int], entry(block(1, b"a")))
    with pytest.raises(TypeTransformerFailedError, match="nothing"):
        codecs.decode(dict[str, int], entry())
    named = block(1, block(1, b"x"), block(2, integer(1))) + block(1, block(1, b"x"), block(2, integer(2)))
    assert codecs.InterfaceCodec({"x": int}).decode(named) == {"x": 2}


def test_non_canonical_varints(codecs):
    for length in range(1, 11):
        assert codecs.decode(int, block(1, block(1, field(1, 0, varint(5, length))))) == 5
    padded_tag = (
        varint(1 << 3 | 2, 5) + varint(len(block(1, field(1, 0, varint(5)))), 4) + block(1, field(1, 0, varint(5)))
    )
    assert codecs.decode(int, padded_tag) == 5
    assert codecs.decode(bool, block(1, block(1, field(4, 0, varint(2**35))))) is True
    assert codecs.decode(bool, block(1, block(1, field(4, 0, varint(0, 10))))) is False
    # nanos is an int32: the upper half of the varint does not count.
    nanos = field(2, 0, varint(2**63 + 5000))
    assert codecs.decode(datetime.datetime, block(1, block(1, block(5, nanos)))).microsecond == 5


def test_fields_in_any_order(codecs):
    stored = block(11, block(1, b"int")) + field(1, 0, varint(1))
    assert codecs.decode(Optional[int], block(1, block(9, block(2, stored), block(1, integer(3))))) == 3
    assert codecs.decode(int, block(4, b"hash") + block(5, block(1, b"k"), block(2, b"v")) + integer(1)) == 1
    assert codecs.decode(dict, block(1, block(3, block(2, b"msgpack"), block(1, b"\x80")))) == {}
    assert codecs.decode(
        datetime.timedelta, block(1, block(1, block(6, field(2, 0, varint(1000)), field(1, 0, varint(2)))))
    )


def test_a_known_field_of_another_wire_type_is_unknown(codecs):
    assert (
        codecs.decode(int, block(1, block(1, field(1, 5, b"1234"), field(1, 0, varint(5)), field(1, 1, b"12345678"))))
        == 5
    )
    with pytest.raises(TypeTransformerFailedError, match="nothing"):
        codecs.decode(int, field(1, 0, varint(5)))
    with pytest.raises(TypeTransformerFailedError, match="nothing"):
        codecs.decode(float, block(1, block(1, field(2, 5, b"1234"))))


@pytest.mark.parametrize("hint", [int, str, list[int], dict[str, int], dict, Optional[int], type(None)], ids=str)
def test_empty_messages_hold_nothing(codecs, hint):
    empty = [b"", block(1), block(4, b"hash")]
    if hint is not type(None):
        empty.append(block(1, block(1)))
    for data in empty:
        with pytest.raises(TypeTransformerFailedError, match="nothing"):
            codecs.decode(hint, data)


@dataclasses.dataclass
class Point:
    x: int
    names: List[str]


VALID: list[tuple[Any, Any]] = [
    (int, -5),
    (float, 1.5),
    (str, "héllo"),
    (bool, True),
    (type(None), None),
    (datetime.datetime, datetime.datetime(2020, 1, 2, 3, 4, 5, 678901)),
    (datetime.timedelta, datetime.timedelta(seconds=-1.5)),
    (list[int], [1, 300, -1]),
    (list[str], ["a", "bc", ""]),
    (dict[str, float], {"a": 1.0, "bc": 2.0}),
    (dict[str, list[bool]], {"a": [True, False]}),
    (Optional[int], 1),
    (Union[str, list[int]], [1, 2]),
    (dict, {"a": [1, None, {"b": "c"}]}),
    (Point, Point(1, ["a", "b"])),
    (Optional[Point], Point(1, ["a", "b"])),
]


@pytest.mark.parametrize(("hint", "value"), VALID, ids=lambda part: label(part)[:30])
def test_truncation_at_every_byte(codecs, hint, value):
    """A shorter message is an error, or the message that it happens to be (the map of fewer entries, for one)."""
    data = codecs.encode(hint, value)
    codec = codecs.Codec(hint)
    boundaries = 0
    for length in range(len(data)):
        try:
            codec.decode(data[:length])
        except ERRORS as error:
            assert str(error).startswith("value")
        else:
            boundaries += 1
    assert boundaries == 0  # a literal is one field: nothing shorter is whole


@pytest.mark.parametrize(("hint", "value"), VALID, ids=lambda part: label(part)[:30])
def test_garbage_at_every_byte(codecs, hint, value):
    data = codecs.encode(hint, value)
    codec = codecs.Codec(hint)
    for position in range(len(data)):
        for byte in (0x00, 0x01, 0x7F, 0x80, 0xFF, data[position] ^ 0x01, data[position] ^ 0x08):
            try:
                codec.decode(data[:position] + bytes([byte]) + data[position + 1 :])
            except ERRORS:
                continue


MALFORMED = {
    "truncated tag": b"\x80",
    "truncated length": b"\x0a\x80",
    "length beyond the end": b"\x0a\x05\x0a",
    "length of 2^32": b"\x0a" + varint(2**32),
    "length of 2^63": b"\x0a" + varint(2**63 - 1),
    "length of 2^64": b"\x0a" + varint(2**64 - 1),
    "length of eleven bytes": b"\x0a" + b"\x80" * 10 + b"\x01",
    "value of eleven bytes": block(1, block(1, field(1, 0, b"\xff" * 10 + b"\x01"))),
    "field number 0": block(0, b""),
    "field number 0, varint": b"\x00\x00",
    "wire type 6": field(1, 6),
    "wire type 7": field(1, 7),
    "truncated fixed64": block(1, block(1, field(2, 1, b"1234"))),
    "truncated fixed32": field(100, 5, b"12"),
    "group without its end": field(100, 3),
    "end of no group": field(100, 4),
    "end of another group": field(100, 3) + field(101, 4),
    "group of the literal's field": field(1, 4),
    "inner length beyond the outer": b"\x0a\x03\x0a\x05\x08",
    "string that is not UTF-8": string(b"\xff"),
    "string with a surrogate": string(b"\xed\xa0\x80"),
    "string with an overlong form": string(b"\xc0\x80"),
    "string cut inside a character": string("é".encode()[:1]),
}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED.keys())
@pytest.mark.parametrize("hint", [str, list[str], dict[str, str], dict, Optional[str]], ids=str)
def test_malformed(codecs, hint, data):
    with pytest.raises(ERRORS) as caught:
        codecs.decode(hint, data)
    if hint is str:
        assert isinstance(caught.value, MalformedLiteralError)
        assert caught.value.path == "value"
    assert len(str(caught.value)) < 500


def test_malformed_inside_a_list(codecs):
    for data in MALFORMED.values():
        with pytest.raises(ERRORS) as caught:
            codecs.decode(list[str], block(2, block(1, string(b"a")), block(1, data)))
        assert caught.value.path.startswith("value")
        with pytest.raises(ERRORS):
            codecs.InterfaceCodec({"x": list[str]}).decode(block(1, block(1, b"x"), block(2, block(2, block(1, data)))))


def test_keys_must_be_text(codecs):
    with pytest.raises(MalformedLiteralError):
        codecs.decode(dict[str, int], block(3, block(1, block(1, b"\xff"), block(2, integer(1)))))
    with pytest.raises(ERRORS):  # either not text, or not a declared name
        codecs.InterfaceCodec({"x": int}).decode(block(1, block(1, b"\xff"), block(2, integer(1))))


def deep_union(levels: int) -> bytes:
    data = integer(1)
    for _ in range(levels):
        data = block(1, block(9, block(1, data), block(2, field(1, 0, varint(1)), block(11, block(1, b"int")))))
    return data


def deep_struct(levels: int) -> bytes:
    value = field(4, 0, varint(1))
    for _ in range(levels):
        value = block(6, block(1, value))
    return block(1, block(7, block(1, block(1, b"a"), block(2, value))))


def deep_list(levels: int) -> bytes:
    data = integer(1)
    for _ in range(levels):
        data = block(2, block(1, data))
    return data


DEEP = {
    "lists": (list[int], deep_list(20_000)),
    "lists in a dict": (dict, deep_list(20_000)),
    "unions": (Optional[int], deep_union(10_000)),
    "structs": (dict, deep_struct(20_000)),
    "groups": (int, field(100, 3) * 100_000 + field(100, 4) * 100_000 + integer(1)),
    "open groups": (int, field(100, 3) * 1_000_000),
    "msgpack arrays": (dict, l.raw_binary(b"\x81\xa1a" + b"\x91" * 100_000 + b"\x01").SerializeToString()),
    "msgpack in an ignored field": (
        Point,
        l.raw_binary(b"\x83\xa1z" + b"\x91" * 100_000 + b"\x01\xa1x\x01\xa5names\x90").SerializeToString(),
    ),
    "msgpack maps": (dict, l.raw_binary(b"\x81\xa1a" * 100_000 + b"\x01").SerializeToString()),
}


@pytest.mark.parametrize(("hint", "data"), DEEP.values(), ids=DEEP.keys())
def test_deep_nesting_ends(codecs, hint, data):
    before = time.perf_counter()
    with pytest.raises(ERRORS):
        codecs.decode(hint, data)
    assert time.perf_counter() - before < 2


def test_a_wide_list_of_a_hint_nested_as_deeply_as_protobuf_allows(codecs):
    hint, data = int, integer(1)
    for _ in range(48):
        hint, data = (
            list[hint],
            block(2, block(1, data), block(1, data)) if len(data) < 5000 else block(2, block(1, data)),
        )
    codecs.decode(hint, data)


@pytest.mark.parametrize("buffer", [bytes, bytearray, memoryview], ids=lambda part: part.__name__)
def test_any_buffer_is_read(codecs, buffer):
    assert codecs.Codec(str).decode(buffer(string(b"abc"))) == "abc"
    assert codecs.InterfaceCodec({}).decode(buffer(b"")) == {}


@pytest.mark.parametrize("data", ["text", 5, None, [1]], ids=repr)
def test_what_is_no_buffer(codecs, data):
    with pytest.raises(TypeError):
        codecs.Codec(int).decode(data)
