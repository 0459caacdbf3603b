"""Users' protobuf messages: their JSON form as a `Struct`, and back."""

from __future__ import annotations

from google.protobuf import json_format, struct_pb2
from google.protobuf.message import Message

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.idl.literals import Literal


def message_class() -> type[Any]:
    """The base of all message classes."""
    return Message


def is_list_value(message: Any) -> bool:
    """Whether a message is a `ListValue`, whose JSON form is a list."""
    return type(message) is struct_pb2.ListValue


def message_to_struct(message: Any) -> struct_pb2.Struct:
    """The JSON form of a message. Raises `TypeError` or `ValueError` if that is not an object."""
    content = json_format.MessageToDict(message)
    if not isinstance(content, dict):
        raise TypeError(f"the JSON form of {type(message).__name__} is not an object")
    struct = struct_pb2.Struct()
    struct.update(content)
    return struct


def struct_to_message(struct: Any, cls: Any) -> Any:
    """The message of class `cls` with this JSON form. Raises `ValueError` if it has not all of its fields."""
    return json_format.ParseDict(json_format.MessageToDict(struct), cls())


def list_value(cls: Any, literals: list[Literal]) -> Any:
    """A `ListValue` of the simple values of literals; None if `cls` is another class."""
    if cls is not struct_pb2.ListValue:
        return None
    found = struct_pb2.ListValue()
    for literal in literals:
        scalar = literal.scalar
        if scalar is not None and scalar.generic is not None:
            found.add_struct().CopyFrom(scalar.generic)
        else:
            primitive = None if scalar is None else scalar.primitive
            found.append(None if primitive is None else primitive.value)
    return found


def struct_of(content: dict[str, Any]) -> struct_pb2.Struct:
    """A JSON-like dict as a `Struct`."""
    struct = struct_pb2.Struct()
    struct.update(content)
    return struct


def message_to_dict(message: Any) -> dict[str, Any]:
    """The JSON form of one of Flyte's messages."""
    return json_format.MessageToDict(message)
