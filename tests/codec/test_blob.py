"""Values that lie at a location: what Python is told of a literal, and what becomes of what it answers."""

from __future__ import annotations

from typing import Any

import pytest

from tests import literals as l
from wingbeat._core import Codec, InterfaceCodec
from wingbeat.errors import MalformedLiteralError, OffloadedLiteralError, TypeTransformerFailedError
from wingbeat.types import schema as s


def decode(uri: str, form: str, multipart: bool, metadata: dict[str, str] | None) -> Any:
    if uri == "fail":
        raise RuntimeError("cannot be loaded")
    return uri, form, multipart, metadata


def encode(value: Any) -> Any:
    if not isinstance(value, tuple):
        raise TypeTransformerFailedError("not a place")
    return value


NODE = s.Blob("Place", decode, encode, lambda content: ("document", content), False)
BARE = s.Blob("Place", decode, encode, None, True)

PLACES = [
    ("s3://b/a.csv", "csv", False, None),
    ("", "", False, None),
    ("/é x%20#?.txt", "", True, {"k": "v", "a": ""}),
    ("u" * 300, "f" * 200, True, {"k": "v" * 500}),
]


def blob(uri: str, form: str, multipart: bool, metadata: dict[str, str] | None) -> l.Literal:
    literal = l.Literal()
    literal.scalar.blob.uri = uri
    literal.scalar.blob.metadata.type.format = form
    literal.scalar.blob.metadata.type.dimensionality = int(multipart)
    literal.metadata.update(metadata or {})
    return literal


@pytest.mark.parametrize("place", PLACES)
def test_a_location_is_read_and_written(codecs, place):
    literal = blob(*place)
    codec = codecs.of_schema(NODE)
    assert codec.decode(literal.SerializeToString()) == place
    assert l.Literal.FromString(codec.encode(place)) == literal


def test_the_bytes_are_those_of_the_protobuf_library():
    codec = Codec(NODE)
    for place in PLACES:
        assert codec.encode(place) == blob(*place).SerializeToString(deterministic=True)


def test_a_union_around_it_is_taken_off_with_the_metadata_inside(codecs):
    place = ("s3://b/a", "", False, {"k": "v"})
    union = l.Literal()
    union.scalar.union.value.CopyFrom(blob(*place))
    union.scalar.union.type.simple = 0
    codec = codecs.of_schema(NODE)
    assert codec.decode(union.SerializeToString()) == place


def test_documents_go_to_those_who_read_them(codecs):
    binary, struct = l.binary({"path": "x", "n": [1, None]}), l.struct(path="x")
    codec = codecs.of_schema(NODE)
    assert codec.decode(binary.SerializeToString()) == ("document", {"path": "x", "n": [1, None]})
    assert codec.decode(struct.SerializeToString()) == ("document", {"path": "x"})
    codec = codecs.of_schema(BARE)
    with pytest.raises(TypeTransformerFailedError, match="expected blob, got map of 2"):
        codec.decode(binary.SerializeToString())
    with pytest.raises(TypeTransformerFailedError, match="expected blob, got struct"):
        codec.decode(struct.SerializeToString())


@pytest.mark.parametrize(
    ("literal", "message"),
    [
        (l.integer(1), "expected blob, got integer 1"),
        (l.none(), "expected blob, got none; declare Optional"),
        (l.collection(l.integer(1)), "expected blob, got collection of 1"),
        (l.nothing(), "expected blob, got nothing"),
    ],
)
def test_other_literals_are_refused(codecs, literal, message):
    codec = codecs.of_schema(NODE)
    with pytest.raises(TypeTransformerFailedError, match=message):
        codec.decode(literal.SerializeToString())


def test_what_python_raises_has_a_place(codecs):
    literals = l.collection(blob("ok", "", False, None), blob("fail", "", False, None))
    codec = codecs.of_schema(s.List(NODE, None))
    with pytest.raises(TypeTransformerFailedError, match=r"value\[1\]: RuntimeError: cannot be loaded"):
        codec.decode(literals.SerializeToString())
    with pytest.raises(TypeTransformerFailedError, match=r"value\[0\]: not a place"):
        codec.encode([3])


@pytest.mark.parametrize("metadata", [{"k": 1}, {1: "v"}, "k"])
def test_metadata_is_text(codecs, metadata):
    codec = codecs.of_schema(NODE)
    with pytest.raises(TypeTransformerFailedError, match="expected metadata as a dict of str"):
        codec.encode(("u", "", False, metadata))


# What lies elsewhere is found before anything is loaded.

LOCATED = InterfaceCodec(
    {
        "n": s.Int(),
        "f": NODE,
        "xs": s.List(BARE, None),
        "m": s.Map(s.Hashed(BARE, str), None),
        "u": s.Union((s.Variant(s.Str(), "str", b"", "str"), s.Variant(BARE, "Place", b"\x08\x01", "Place")), None),
    }
)


def mapping(**literals: l.Literal) -> bytes:
    return l.LiteralMap(literals=literals).SerializeToString(deterministic=True)


def test_locations_are_listed_with_their_paths():
    union = l.Literal()
    union.scalar.union.value.CopyFrom(blob("u", "", True, None))
    union.scalar.union.type.structure.tag = "Place"
    data = mapping(
        n=l.integer(1),
        f=blob("f", "", False, None),
        xs=l.collection(blob("x0", "", False, None), l.integer(1), blob("x2", "", True, None)),
        m=l.mapping(**{"a b": blob("m", "", False, None)}),
        u=union,
    )
    assert sorted(LOCATED.locations(data)) == [
        ("f", "f", False, False),
        ('m["a b"]', "m", False, True),
        ("u", "u", True, True),
        ("xs[0]", "x0", False, True),
        ("xs[2]", "x2", True, True),
    ]


def test_of_an_element_only_its_own_location_is_listed():
    many = l.collection(*(blob(f"x{i}", "", False, None) for i in range(3)))
    assert LOCATED.locations(mapping(f=many), element=1) == [("f[1]", "x1", False, False)]
    assert LOCATED.locations(mapping(f=many), element=7) == []
    assert LOCATED.locations(mapping(f=blob("whole", "", False, None)), element=1, bound=["f"]) == [
        ("f", "whole", False, False)
    ]


def test_malformed_bytes_are_an_error():
    with pytest.raises(MalformedLiteralError):
        LOCATED.locations(b"\x0a\x05\x0a\x01f")


def test_an_offloaded_literal_says_so(codecs):
    literal = l.Literal()
    literal.offloaded_metadata.uri = "s3://b/large.pb"
    for schema in (NODE, s.Int(), s.List(s.Int(), None)):
        codec = codecs.of_schema(schema)
        with pytest.raises(TypeTransformerFailedError, match=r"expected a literal, got offloaded literal at 's3://b"):
            codec.decode(literal.SerializeToString())
    with pytest.raises(OffloadedLiteralError, match=r"inputs\.n: "):
        LOCATED.decode(mapping(n=literal))
