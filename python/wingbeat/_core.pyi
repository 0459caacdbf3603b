"""The Rust extension: compiled codecs over the wire format of `flyteidl.core.Literal`."""

from collections.abc import Collection, Mapping
from typing import Any, final

from typing_extensions import Buffer

from wingbeat.types.schema import Schema

__all__ = [
    "Codec",
    "Elements",
    "InterfaceCodec",
    "MalformedLiteralError",
    "OffloadedLiteralError",
    "TypeTransformerFailedError",
    "__version__",
    "entries",
    "error_document",
    "literal_map",
    "offloaded",
    "with_offloaded",
]

__version__: str

class TypeTransformerFailedError(TypeError, AssertionError, ValueError):
    """A value does not fit its declared type, in either direction.

    `path` says where (`inputs.xs[17].zip`), `expected` and `got` what, `hint` what to do (may be empty).
    """

    path: str
    expected: str
    got: str
    hint: str

class OffloadedLiteralError(TypeTransformerFailedError):
    """The literal is stored elsewhere, and has to be fetched before it can be decoded.

    `path` says where it is used, `got` where it is stored.
    """

class MalformedLiteralError(ValueError):
    """The bytes are not a serialized literal: truncated, corrupt, nested too deeply, or not UTF-8.

    `path` says where.
    """

    path: str

@final
class Codec:
    """One compiled schema. Immutable; may be used from several threads."""

    def __new__(cls, schema: Schema, /) -> Codec: ...
    def decode(self, data: Buffer, /) -> Any:
        """The value of one serialized `Literal`."""

    def encode(self, value: Any, /) -> bytes:
        """One serialized `Literal`."""

@final
class InterfaceCodec:
    """The compiled schemas of named variables, in order. Immutable; may be used from several threads."""

    def __new__(cls, variables: Mapping[str, Schema], /) -> InterfaceCodec: ...
    def decode(self, data: Buffer, element: int | None = None, bound: Collection[str] = ()) -> dict[str, Any]:
        """The values of one serialized `LiteralMap`, by name."""

    def has_locations(self) -> bool:
        """Whether a variable, or a value inside one, may lie at a location."""

    def locations(
        self, data: Buffer, element: int | None = None, bound: Collection[str] = ()
    ) -> list[tuple[str, str, bool, bool]]:
        """Where the values of one serialized `LiteralMap` lie: `(path, uri, is_folder, is_eager)` of each."""

    def encode(self, values: Mapping[str, Any], /) -> bytes:
        """One serialized `LiteralMap`."""

@final
class Elements:
    """The elements of a map task in one serialized `LiteralMap`. Immutable; may be used from several threads.

    Inputs that are not in `bound` are collections with one value for each element.
    """

    def __new__(cls, codec: InterfaceCodec, data: bytes, bound: Collection[str] = ()) -> Elements: ...
    def counts(self) -> dict[str, int]:
        """How many elements each input has that is not the same for all."""

    def decode(self, index: int, /) -> dict[str, Any]:
        """The values for one element, by name."""

    def locations(self, index: int, /) -> list[tuple[str, str, bool, bool]]:
        """Where the values for one element lie: see `InterfaceCodec.locations`."""

def entries(data: Buffer, /) -> dict[str, bytes]:
    """The serialized literals of a serialized `LiteralMap`, by name."""

def literal_map(literals: Mapping[str, Buffer], /) -> bytes:
    """One serialized `LiteralMap` of serialized literals, in the order of the dict."""

def offloaded(data: Buffer, element: int | None = None, bound: Collection[str] = ()) -> list[str]:
    """The URIs of the literals of a serialized `LiteralMap` that are stored elsewhere, in wire order."""

def with_offloaded(data: Buffer, contents: Mapping[str, Buffer], /) -> bytes:
    """The same serialized `LiteralMap` with the literals that are stored at these URIs in their places."""

def error_document(
    code: str, message: str, recoverable: bool, origin: int, seconds: int, nanos: int, worker: str
) -> bytes:
    """One serialized `ErrorDocument`."""
