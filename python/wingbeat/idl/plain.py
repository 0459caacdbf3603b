"""Serialized messages as plain values: dicts, lists, numbers, text. For people and scripts that look at files."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from google.protobuf.message import Message

KINDS = {0: "NON_RECOVERABLE", 1: "RECOVERABLE"}
ORIGINS = {0: "UNKNOWN", 1: "USER", 2: "SYSTEM"}


def literal_map(data: bytes, unpack: Callable[[bytes], Any]) -> dict[str, Any]:
    """The variables of a serialized `LiteralMap`, in alphabetical order: the file has none.

    `unpack` makes a value of one serialized `Literal` that holds msgpack.

    Raises:
        ValueError: the bytes are no `LiteralMap`.
    """
    from flyteidl.core.literals_pb2 import LiteralMap

    literals = parse(LiteralMap, data).literals
    return {name: literal_value(literals[name], unpack) for name in sorted(literals)}


def literal(data: bytes, unpack: Callable[[bytes], Any]) -> Any:
    """The value of a serialized `Literal`. See `literal_map`."""
    from flyteidl.core.literals_pb2 import Literal

    return literal_value(parse(Literal, data), unpack)


def error_document(data: bytes) -> dict[str, Any]:
    """The fields of a serialized `ErrorDocument`.

    Raises:
        ValueError: the bytes are no `ErrorDocument`, or it holds no error.
    """
    from flyteidl.core.errors_pb2 import ErrorDocument

    document = parse(ErrorDocument, data)
    error = document.error
    if not document.HasField("error") or not error.code + error.message:
        raise ValueError("the file holds no error")
    return {
        "code": error.code,
        "kind": KINDS.get(error.kind, error.kind),
        "origin": ORIGINS.get(error.origin, error.origin),
        "timestamp": error.timestamp.ToJsonString() if error.HasField("timestamp") else None,
        "worker": error.worker,
        "message": error.message,
    }


def dynamic_job(data: bytes) -> dict[str, Any]:
    """The JSON form of a serialized `DynamicJobSpec`, what a dynamic task leaves in futures.pb.

    Raises:
        ValueError: the bytes are no `DynamicJobSpec`.
    """
    from flyteidl.core.dynamic_job_pb2 import DynamicJobSpec
    from google.protobuf.json_format import MessageToDict

    return MessageToDict(parse(DynamicJobSpec, data))


def parse(message: Any, data: bytes) -> Any:
    """One message of the given class."""
    from google.protobuf.message import DecodeError

    try:
        return message.FromString(data)
    except DecodeError as error:
        raise ValueError(f"not a serialized {message.DESCRIPTOR.name}: {error}") from error


def literal_value(message: Any, unpack: Callable[[bytes], Any]) -> Any:
    """A `Literal` message as a plain value."""
    kind = message.WhichOneof("value")
    if kind == "collection":
        return [literal_value(one, unpack) for one in message.collection.literals]
    if kind == "map":
        return {key: literal_value(message.map.literals[key], unpack) for key in sorted(message.map.literals)}
    if kind == "offloaded_metadata":
        return {"uri": message.offloaded_metadata.uri, "size_bytes": message.offloaded_metadata.size_bytes}
    if kind is None:
        return None
    scalar = message.scalar
    kind = scalar.WhichOneof("value")
    if kind == "primitive":
        return primitive_value(scalar.primitive)
    if kind == "union":
        return literal_value(scalar.union.value, unpack)
    if kind == "binary" and scalar.binary.tag == "msgpack":
        return unpack(message.SerializeToString())
    return scalar_value(scalar, kind)


def primitive_value(primitive: Any) -> Any:
    """A number, a truth value, text; times as ISO 8601 text, durations as seconds."""
    kind = primitive.WhichOneof("value")
    if kind == "datetime":
        return primitive.datetime.ToJsonString()
    if kind == "duration":
        return primitive.duration.ToTimedelta().total_seconds()
    return getattr(primitive, kind) if kind else None


def scalar_value(scalar: Any, kind: str | None) -> Any:
    """What is not simply a value: where it is stored and what it is."""
    if kind is None or kind == "none_type":
        return None
    if kind == "generic":
        from google.protobuf.json_format import MessageToDict

        return MessageToDict(scalar.generic)
    if kind == "binary":
        return {"tag": scalar.binary.tag, "size_bytes": len(scalar.binary.value)}
    if kind == "error":
        return {"failed_node_id": scalar.error.failed_node_id, "message": scalar.error.message}
    stored: Message = getattr(scalar, kind)
    value = {"uri": stored.uri}
    if kind in ("blob", "structured_dataset"):
        metadata = getattr(stored.metadata, "type" if kind == "blob" else "structured_dataset_type")
        value["format"] = metadata.format
    return value
