"""Every schema node is known everywhere: to Rust, to the reference, and to a test."""

from __future__ import annotations

import dataclasses
import enum
from pathlib import Path

import pytest

from wingbeat.reference import Codec, literal_read, literal_write, packed_read, packed_write
from wingbeat.types import schema as s

HERE = Path(__file__).parent


class Color(enum.Enum):
    RED = "red"


@dataclasses.dataclass
class Empty:
    pass


INT = s.Int()
EXAMPLES: dict[str, s.Schema] = {
    "int": INT,
    "float": s.Float(),
    "str": s.Str(),
    "bool": s.Bool(),
    "none": s.NoneType(),
    "datetime": s.Datetime(),
    "date": s.Date(),
    "timedelta": s.Timedelta(),
    "enum": s.Enum(Color, ("red",), (Color.RED,)),
    "choice": s.Choice(INT, (1, 2)),
    "callback": s.Callback("c", lambda data: data, lambda value: value),
    "blob": s.Blob("b", lambda *place: place, lambda value: value, None, False),
    "numbers": s.Numbers("", 0, bytes, bytes, s.Blob("b", bytes, bytes, None, False), False),
    "list": s.List(INT, None),
    "map": s.Map(INT, None),
    "union": s.Union((s.Variant(INT, "int", b"\x08\x01Z\x05\n\x03int", "int"),), None),
    "packed": s.Packed(s.Any(), False, ""),
    "hashed": s.Hashed(INT, str),
    "any": s.Any(),
    "bytes": s.Bytes(),
    "time": s.Time(),
    "array": s.Array(INT, list),
    "tuple": s.Tuple((INT,), None),
    "mapping": s.Mapping(INT, INT),
    "optional": s.Optional(INT),
    "oneof": s.OneOf((INT, s.Str())),
    "text": s.Text(Path, str, Path),
    "json": s.Json(Empty, str, bytes),
    "document": s.Document(Empty, bytes, bytes),
    "dataclass": s.Dataclass(Empty, (), True),
}
#: Parts of other nodes.
PARTS = {"variant", "field", "recursion", ""}
LITERAL = {"blob", "numbers", "list", "map", "union", "packed", "hashed"}
PACKED_ONLY = {
    *("any", "bytes", "time", "array", "tuple", "mapping", "optional", "oneof"),
    *("text", "json", "document", "dataclass"),
}


def kinds() -> set[str]:
    return {node.kind for node in vars(s).values() if isinstance(node, type) and issubclass(node, s.Schema)}


def test_there_is_an_example_of_every_node():
    assert set(EXAMPLES) == kinds() - PARTS


@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_node_compiles_at_its_levels(codecs, kind):
    if kind not in PACKED_ONLY:
        codecs.of_schema(EXAMPLES[kind])
    if kind not in LITERAL:
        codecs.of_schema(s.Packed(EXAMPLES[kind], False, ""))


def test_the_reference_knows_every_node():
    at_literal_level = kinds() - PARTS - PACKED_ONLY
    assert set(literal_read._READERS) | {"union", "callback", "hashed"} == at_literal_level
    assert set(literal_write._WRITERS) == at_literal_level
    packed = kinds() - PARTS - LITERAL | {"recursion"}
    assert set(packed_read._READERS) == packed
    assert set(packed_write._WRITERS) == packed
    assert Codec.of_schema(INT).decode(b"\x0a\x04\x0a\x02\x08\x01") == 1
