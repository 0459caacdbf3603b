"""Types whose literal is a blob: the value lies at a location, in one file or in a folder (type-system spec 1.2)."""

from __future__ import annotations

from wingbeat.types import schema
from wingbeat.types.generic import T
from wingbeat.types.preview import preview
from wingbeat.types.transformer import TypeTransformer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.idl import Literal, LiteralType


class Location:
    """What a blob literal says.

    `uri` is where the value is, `format` the format that was declared for it (may be empty), `multipart` whether it is
    a folder, `metadata` the `Literal.metadata`, or None.
    """

    __slots__ = ("format", "metadata", "multipart", "uri")

    def __init__(self, uri: str, format: str, multipart: bool, metadata: dict[str, str] | None = None) -> None:  # noqa: A002
        self.uri = uri
        self.format = format
        self.multipart = multipart
        self.metadata = metadata


class BlobTransformer(TypeTransformer[T]):
    """Converts one Python type to blobs and back.

    A subclass implements `blob_format`, `load` and `dump`. A compiled codec calls these without making model objects;
    `to_literal` and `to_python_value` are the same for whoever calls the transformer itself. One that overrides those
    two, and not `node`, takes part as any other transformer.
    """

    #: Whether the value is a folder.
    multipart = False

    def blob_format(self, t: Any) -> str:
        """The format of the Flyte type of `t`; may be empty."""
        raise NotImplementedError(f"{type(self).__qualname__} does not implement blob_format")

    def load(self, ctx: Any, location: Location, t: Any) -> T:
        """The value at a location, declared as `t`."""
        raise NotImplementedError(f"{type(self).__qualname__} does not implement load")

    def dump(self, ctx: Any, value: T, t: Any) -> Location:
        """Where the value is now, after it was written or its upload was queued."""
        raise NotImplementedError(f"{type(self).__qualname__} does not implement dump")

    async def async_to_literal(self, ctx: Any, python_val: T, python_type: Any, expected: LiteralType) -> Literal:
        """As `to_literal`, for code that awaits flytekit's."""
        return self.to_literal(ctx, python_val, python_type, expected)

    async def async_to_python_value(self, ctx: Any, lv: Literal, expected_python_type: Any) -> T | None:
        """As `to_python_value`, for code that awaits flytekit's."""
        return self.to_python_value(ctx, lv, expected_python_type)

    def load_document(self, ctx: Any, content: Any, t: Any) -> T:
        """The value of a `Binary` or `Struct` literal, whose content is given as plain Python.

        Raises `TypeTransformerFailedError` unless a subclass knows what to do with it.
        """
        from wingbeat.errors import TypeTransformerFailedError

        raise TypeTransformerFailedError(f"expected blob, got binary of {preview(content)}")

    def node(self, t: Any) -> schema.Schema:
        """The node of a compiled codec that lets this transformer convert values declared as `t`."""
        from wingbeat.types.callback import check
        from wingbeat.types.context import current_context

        def decode(uri: str, form: str, multipart: bool, metadata: dict[str, str] | None) -> T:
            return self.load(current_context(), Location(uri, form, multipart, metadata), t)

        def encode(value: Any) -> tuple[str, str, bool, dict[str, str] | None]:
            check(self, value, t, nullable=False)
            location = self.dump(current_context(), value, t)
            return location.uri, location.format, location.multipart, location.metadata

        def document(content: Any) -> T:
            return self.load_document(current_context(), content, t)

        return schema.Blob(self.name, decode, encode, document, self.fetches(t))

    def get_literal_type(self, t: Any) -> LiteralType:
        """A blob of this format."""
        from wingbeat.idl import BlobType, LiteralType

        return LiteralType(blob=BlobType(self.blob_format(t), int(self.multipart)))

    def to_literal(self, ctx: Any, python_val: T, python_type: Any, expected: LiteralType) -> Literal:
        """`dump`, as a literal."""
        from wingbeat.idl import Blob, BlobMetadata, BlobType, Literal, Scalar

        location = self.dump(ctx, python_val, python_type)
        kind = BlobType(location.format, int(location.multipart))
        blob = Blob(metadata=BlobMetadata(type=kind), uri=location.uri)
        return Literal(scalar=Scalar(blob=blob), metadata=location.metadata)

    def to_python_value(self, ctx: Any, lv: Literal, expected_python_type: Any) -> T:
        """`load` or `load_document` of a literal. Raises `TypeTransformerFailedError` for one of another kind."""
        from wingbeat.errors import TypeTransformerFailedError
        from wingbeat.types.kinds import kind_of

        scalar = lv.scalar
        if scalar is not None and scalar.blob is not None:
            blob = scalar.blob
            kind = blob.metadata.type
            location = Location(blob.uri, kind.format, kind.dimensionality == 1, lv.metadata or None)
            return self.load(ctx, location, expected_python_type)
        if scalar is not None and (scalar.binary is not None or scalar.generic is not None):
            from wingbeat._core import Codec

            content = Codec(schema.Packed(schema.Any(), False, "")).decode(lv.serialize_to_string())
            return self.load_document(ctx, content, expected_python_type)
        got = kind_of(lv)
        hint = "; declare Optional[...] if None is meant" if got == "none" else ""
        raise TypeTransformerFailedError(f"expected blob, got {got}{hint}")


def has_plain_type(transformer: Any) -> bool:
    """Whether the Flyte type is a blob with a format, and nothing besides."""
    return (
        isinstance(transformer, BlobTransformer)
        and type(transformer).get_literal_type is BlobTransformer.get_literal_type
    )


def takes_part_directly(transformer: BlobTransformer[Any]) -> bool:
    """Whether a compiled codec may use `node`: nobody has put something in front of `load` and `dump` since."""
    bases = type(transformer).__mro__
    node = _definer(bases, "node")
    return all(_definer(bases, name) >= node for name in ("to_literal", "to_python_value"))


def _definer(bases: tuple[type, ...], method: str) -> int:
    return next(index for index, base in enumerate(bases) if method in vars(base))
