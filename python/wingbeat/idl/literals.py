"""The messages of `flyteidl/core/literals.proto`: values (type-system spec 1.2, 1.4)."""

from __future__ import annotations

from wingbeat.idl.model import Model, field
from wingbeat.idl.types import BlobType, Error, LiteralType, SchemaType, StructuredDatasetType

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime as dt
    from typing import Any

    from google.protobuf.struct_pb2 import Struct


def _first(model: Model, *names: str) -> Any:
    """The field that is set."""
    for name in names:
        value = getattr(model, name)
        if value is not None:
            return value
    return None


def _aware(value: Any) -> Any:
    """A point in time with its zone. A naive one is UTC; a protobuf `Timestamp` is converted."""
    if value is None:
        return None
    from datetime import timezone

    if hasattr(value, "ToDatetime"):
        return value.ToDatetime(tzinfo=timezone.utc)
    return value if value.tzinfo is not None else value.replace(tzinfo=timezone.utc)


class Primitive(Model, proto="literals_pb2.Primitive"):
    """A simple value. One field is set."""

    integer: int | None = None
    float_value: float | None = None
    string_value: str | None = None
    boolean: bool | None = None
    datetime: dt.datetime | None = field(default=None, adapt=_aware)
    duration: dt.timedelta | None = None

    @property
    def value(self) -> int | float | str | bool | dt.datetime | dt.timedelta | None:
        """The field that is set."""
        return _first(self, "integer", "float_value", "string_value", "boolean", "datetime", "duration")


class Binary(Model, proto="literals_pb2.Binary"):
    """Bytes and their format; only `msgpack` is in use."""

    value: bytes
    tag: str


class BlobMetadata(Model, proto="literals_pb2.BlobMetadata"):
    """What a blob is."""

    type: BlobType


class Blob(Model, proto="literals_pb2.Blob"):
    """A file or directory in storage."""

    metadata: BlobMetadata
    uri: str


class Schema(Model, proto="literals_pb2.Schema"):
    """A stored `FlyteSchema`."""

    uri: str
    type: SchemaType


class Union(Model, proto="literals_pb2.Union"):
    """A value and which variant of its union type it is."""

    value: Literal
    stored_type: LiteralType = field(proto="type")


class Void(Model, proto="literals_pb2.Void"):
    """None."""


class StructuredDatasetMetadata(Model, proto="literals_pb2.StructuredDatasetMetadata"):
    """What a stored table is."""

    structured_dataset_type: StructuredDatasetType | None = field(default=None, always=True)


class StructuredDataset(Model, proto="literals_pb2.StructuredDataset"):
    """A stored table."""

    uri: str
    metadata: StructuredDatasetMetadata | None = field(default=None, always=True)


class LiteralCollection(Model, proto="literals_pb2.LiteralCollection"):
    """A list."""

    literals: list[Literal]


class LiteralMap(Model, proto="literals_pb2.LiteralMap"):
    """A dict with string keys; also the content of `inputs.pb` and `outputs.pb`."""

    literals: dict[str, Literal]


class Scalar(Model, proto="literals_pb2.Scalar"):
    """A value that is neither list nor map. One field is set; `generic` is a protobuf `Struct`."""

    primitive: Primitive | None = None
    blob: Blob | None = None
    binary: Binary | None = None
    schema: Schema | None = None
    union: Union | None = None
    none_type: Void | None = None
    error: Error | None = None
    generic: Struct | None = field(default=None, raw=True)
    structured_dataset: StructuredDataset | None = None

    @property
    def value(self) -> Any:
        """The field that is set."""
        return _first(self, *(spec.name for spec in self._fields))


class LiteralOffloadedMetadata(Model, proto="literals_pb2.LiteralOffloadedMetadata"):
    """Where a literal is stored that was too large for its map."""

    uri: str | None = None
    size_bytes: int | None = None
    inferred_type: LiteralType | None = None


class Literal(Model, proto="literals_pb2.Literal"):
    """Any value. One of `scalar`, `collection`, `map` and `offloaded_metadata` is set."""

    scalar: Scalar | None = None
    collection: LiteralCollection | None = None
    map: LiteralMap | None = None
    hash: str | None = field(default=None, empty_is_none=True)
    metadata: dict[str, str] | None = field(default=None, empty_is_none=True)
    offloaded_metadata: LiteralOffloadedMetadata | None = None

    @property
    def value(self) -> Scalar | LiteralCollection | LiteralMap | None:
        """The field that is set; None for an offloaded literal."""
        return _first(self, "scalar", "collection", "map")

    def set_metadata(self, metadata: dict[str, str]) -> None:
        """Replace the metadata."""
        self.metadata = metadata
