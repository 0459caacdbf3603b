"""`google.protobuf.Struct` to and from the neutral form: the older shape of dicts and dataclasses (spec 4.6).

Every number is a double and every key a string, so writing loses what JSON loses.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from google.protobuf import struct_pb2

from wingbeat.reference import words
from wingbeat.reference.place import refusal
from wingbeat.reference.tree import Pairs

if TYPE_CHECKING:
    from wingbeat.reference.place import Place


def unfold(struct: struct_pb2.Struct) -> Pairs:
    return Pairs((key, _value(value)) for key, value in struct.fields.items())


def _value(value: struct_pb2.Value) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        return unfold(value.struct_value)
    if kind == "list_value":
        return [_value(item) for item in value.list_value.values]
    if kind is None or kind == "null_value":
        return None
    return getattr(value, kind)


def fold(tree: Any, place: Place, bytes_as_text: bool) -> struct_pb2.Struct:
    """The `Struct` of a map. `bytes_as_text` writes bytes as base64 (dataclasses); otherwise they are refused."""
    if not isinstance(tree, Pairs):
        raise refusal(place, f"cannot be written as a struct: {words.packed(tree)}")
    struct = struct_pb2.Struct()
    for key, item in tree:
        name = _key(key, place)
        _fill(struct.fields[name], item, place.key(name), bytes_as_text)
    return struct


def _fill(value: struct_pb2.Value, tree: Any, place: Place, bytes_as_text: bool) -> None:
    if tree is None:
        value.null_value = struct_pb2.NULL_VALUE
    elif isinstance(tree, bool):
        value.bool_value = tree
    elif isinstance(tree, (int, float)):
        value.number_value = float(tree)
    elif isinstance(tree, str):
        value.string_value = tree
    elif isinstance(tree, Pairs):
        value.struct_value.CopyFrom(fold(tree, place, bytes_as_text))
    elif isinstance(tree, list):
        value.list_value.SetInParent()
        for position, item in enumerate(tree):
            _fill(value.list_value.values.add(), item, place.index(position), bytes_as_text)
    elif bytes_as_text:
        # mashumaro's form, with a newline at the end and after every 76 characters.
        value.string_value = base64.encodebytes(tree).decode("ascii")
    else:
        raise refusal(place, "cannot be written as a struct: object of type bytes")


def _key(key: Any, place: Place) -> str:
    if type(key) is str:
        return key
    if key is None or isinstance(key, (bool, int, float)):
        return json.dumps(key)  # as `json` spells keys: `true`, `null`, `1`, `1.5`
    raise refusal(place, f"cannot be a key of a struct: {words.packed(key)}")
