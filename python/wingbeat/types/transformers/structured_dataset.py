"""Tables of all libraries: `StructuredDataset` and bare frames (type-system spec 2.17)."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Any, ClassVar

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types import schema
from wingbeat.types.frames import builtin
from wingbeat.types.hints import name
from wingbeat.types.kinds import kind_of
from wingbeat.types.preview import preview
from wingbeat.types.structured_dataset import document_form, handler_table
from wingbeat.types.structured_dataset.annotations import dataset_type, declared
from wingbeat.types.structured_dataset.dataset import StructuredDataset
from wingbeat.types.structured_dataset.stored import (
    dataset_of_schema,
    expected_type,
    literal_of,
    merged,
    metadata_of,
    protocol_of,
)
from wingbeat.types.transformer import TypeTransformer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wingbeat.idl import Literal, LiteralType, StructuredDatasetMetadata, StructuredDatasetType
    from wingbeat.idl import StructuredDataset as Stored
    from wingbeat.types.structured_dataset.handler_table import Handler, Table

__all__ = ["StructuredDatasetTransformerEngine", "make", "transformer"]


class StructuredDatasetTransformerEngine(TypeTransformer[Any]):
    """Converts tables, each class by the handlers that are registered for it.

    A library of tables is made known by an encoder and a decoder. Those of pandas, pyarrow and polars come along; they
    are there once the library has been imported.
    """

    ENCODERS: ClassVar[Table] = handler_table.ENCODERS
    DECODERS: ClassVar[Table] = handler_table.DECODERS
    DEFAULT_PROTOCOLS: ClassVar[dict[Any, str]] = handler_table.DEFAULT_PROTOCOLS
    DEFAULT_FORMATS: ClassVar[dict[Any, str]] = handler_table.DEFAULT_FORMATS
    Renderers: ClassVar[dict[Any, Any]] = builtin.RENDERERS

    def __init__(self) -> None:
        super().__init__("StructuredDataset Transformer", StructuredDataset, enable_type_assertions=False)

    @classmethod
    def register(
        cls,
        h: Handler,
        default_for_type: bool = False,
        override: bool = False,
        default_format_for_type: bool = False,
        default_storage_for_type: bool = False,
    ) -> None:
        """Let a handler convert the tables of its class.

        Args:
            h: The encoder or decoder. One without a protocol is for all locations.
            default_for_type: Both of the last two. Not for a handler without a protocol.
            override: Whether it takes the place of another user's. It always takes that of one that came along.
            default_format_for_type: Whether its format is the one of bare tables, unless another was chosen before.
            default_storage_for_type: Whether its protocol is the one of this class, whatever the raw output prefix is.

        Raises:
            DuplicateHandlerError: there is one for the same class, protocol and format. Without a protocol, the first
                one stays and nothing is raised, as in flytekit.
            TypeError: it is no handler.
            ValueError: `default_for_type` without a protocol.
        """
        from wingbeat.types.engine import TypeEngine

        handler_table.register(h, default_for_type, override, default_format_for_type, default_storage_for_type)
        TypeEngine.register_additional_type(transformer(), h.python_type, override=True)

    @classmethod
    def register_renderer(cls, python_type: Any, renderer: Any) -> None:
        """Show the tables of a class in decks by `renderer.to_html(table)`."""
        cls.Renderers[python_type] = renderer

    @classmethod
    def get_encoder(cls, df_type: Any, protocol: str, format: str) -> Any:  # noqa: A002  # flytekit's parameter
        """The encoder of a class for a protocol and format. Raises `TypeTransformerFailedError` if there is none."""
        builtin.load()
        return handler_table.find(cls.ENCODERS, df_type, protocol, format)

    @classmethod
    def get_decoder(cls, df_type: Any, protocol: str, format: str) -> Any:  # noqa: A002  # flytekit's parameter
        """The decoder of a class for a protocol and format. Raises `TypeTransformerFailedError` if there is none."""
        builtin.load()
        return handler_table.find(cls.DECODERS, df_type, protocol, format)

    def fetches(self, t: Any) -> bool:
        """Whether the value is a bare table of a class that only wingbeat's own handlers read."""
        cls = declared(t).cls
        builtin.load()
        decoders = [one for slot in self.DECODERS.get(cls, {}).values() for one in slot.values()]
        return bool(decoders) and all(map(handler_table.is_own, decoders))

    # Types.

    def get_literal_type(self, t: Any) -> LiteralType:
        """The columns, format and external schema that `t` declares."""
        from wingbeat.idl import LiteralType

        return LiteralType(structured_dataset_type=dataset_type(t))

    def guess_python_type(self, literal_type: LiteralType) -> Any:
        """`StructuredDataset`, for any table."""
        if literal_type.structured_dataset_type is not None:
            return StructuredDataset
        raise ValueError(f"StructuredDatasetTransformerEngine cannot reverse {preview(literal_type)}")

    # Writing.

    def to_literal(self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType | None) -> Literal:
        """The literal of a table, which is written unless it is stored already.

        Raises `TypeTransformerFailedError` if it is of another class than declared, or has no encoder, or cannot be
        written.
        """
        builtin.load()
        cls = declared(python_type).cls
        if isinstance(python_val, StructuredDataset):
            return self._dataset(ctx, python_val, expected_type(cls, expected))
        if _is_dataset(cls):
            # The beginning is flytekit's message.
            raise TypeTransformerFailedError(
                f"Expected a StructuredDataset instance, but got {type(python_val)} instead."
                " Did you forget to wrap your dataframe in a StructuredDataset instance?"
                f" Return StructuredDataset(dataframe=...), or declare {name(type(python_val))}"
            )
        form = self.DEFAULT_FORMATS.get(cls, "")
        found = expected_type(cls, expected)
        dataset = StructuredDataset(dataframe=python_val, metadata=metadata_of(found))
        return self.encode(ctx, dataset, cls, self._protocol(ctx, cls, None), form, found)

    async def async_to_literal(self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType) -> Literal:
        """`to_literal`, for callers from flytekit."""
        return self.to_literal(ctx, python_val, python_type, expected)

    def _dataset(self, ctx: Any, dataset: StructuredDataset, found: StructuredDatasetType) -> Literal:
        if dataset.literal is not None:
            if dataset.dataframe is not None and not dataset._already_uploaded:
                raise ValueError(
                    f"Shouldn't have specified both literal {preview(dataset.literal)} and dataframe"
                    f" {preview(dataset.dataframe)}"
                )
            return literal_of(dataset.literal)
        if dataset.dataframe is None:
            return self._stored(ctx, dataset, found)
        cls = type(dataset.dataframe)
        return self.encode(ctx, dataset, cls, self._protocol(ctx, cls, dataset.uri), found.format, found)

    def _stored(self, ctx: Any, dataset: StructuredDataset, found: StructuredDatasetType) -> Literal:
        """The literal of a table that lies at a location already; on this machine, it is uploaded."""
        from wingbeat.idl import StructuredDataset as Stored

        if not dataset.uri:
            raise ValueError(
                f"If dataframe is not specified, then the uri should be specified. {dataset}; give StructuredDataset a"
                " dataframe or a uri"
            )
        uri = dataset.uri
        if not ctx.file_access.is_remote(uri):
            uri = ctx.file_access.put_raw_data(uri)
        if not found.format and dataset.file_format:
            found.format = dataset.file_format
        return literal_of(Stored(uri=uri, metadata=metadata_of(found)))

    def _protocol(self, ctx: Any, cls: Any, uri: str | None) -> str:
        return self.DEFAULT_PROTOCOLS.get(cls) or protocol_of(uri or ctx.file_access.raw_output_prefix)

    def encode(
        self,
        ctx: Any,
        sd: StructuredDataset,
        df_type: Any,
        protocol: str,
        format: str,  # noqa: A002  # flytekit's parameter
        structured_literal_type: StructuredDatasetType,
    ) -> Literal:
        """The literal of `sd.dataframe`, written by the encoder of its class."""
        handler = self.get_encoder(df_type, protocol, format)
        stored = handler.encode(ctx, sd, structured_literal_type)
        if stored.metadata is None:
            stored.metadata = metadata_of(structured_literal_type)
        if stored.metadata.structured_dataset_type is None:
            stored.metadata.structured_dataset_type = structured_literal_type
        # The handler's, because a fallback may have been chosen.
        stored.metadata.structured_dataset_type.format = handler.supported_format
        sd._literal_sd = stored
        sd._already_uploaded = True
        return literal_of(stored)

    # Reading.

    def to_python_value(self, ctx: Any, lv: Literal, expected_python_type: Any) -> Any:
        """The dataset of a literal, or a bare table, which is read now.

        Raises `TypeTransformerFailedError` if the literal is of another kind, or the table cannot be read.
        """
        scalar = lv.scalar
        if scalar is not None and (scalar.binary is not None or scalar.generic is not None):
            from wingbeat._core import Codec

            content = Codec(schema.Packed(schema.Any(), False, "")).decode(lv.serialize_to_string())
            return document_form.from_document(content, expected_python_type)
        found = declared(expected_python_type)
        if scalar is not None and scalar.schema is not None:
            stored = dataset_of_schema(scalar.schema)
        elif scalar is not None and scalar.structured_dataset is not None:
            stored = scalar.structured_dataset
        else:
            got = kind_of(lv)
            hint = "; declare Optional[...] if None is meant" if got == "none" else ""
            raise TypeTransformerFailedError(f"expected structured dataset, got {got}{hint}")
        metadata: Any = merged(stored, found.columns)
        if not _is_dataset(found.cls):
            return self.open_as(ctx, stored, found.cls, metadata)
        dataset = found.cls(dataframe=None, metadata=metadata)
        dataset._literal_sd = stored
        if scalar.schema is None:
            dataset.file_format = metadata.structured_dataset_type.format
        return dataset

    async def async_to_python_value(self, ctx: Any, lv: Literal, expected_python_type: Any) -> Any:
        """`to_python_value`, for callers from flytekit."""
        return self.to_python_value(ctx, lv, expected_python_type)

    def open_as(self, ctx: Any, sd: Stored, df_type: Any, updated_metadata: StructuredDatasetMetadata | None) -> Any:
        """The table of class `df_type` at a location. `updated_metadata` has the columns to read.

        Raises `ValueError` if the decoder gives parts only.
        """
        decoder = self._decoder(sd, df_type)
        table = decoder.decode(ctx, sd, updated_metadata)
        if isinstance(table, types.GeneratorType):
            raise ValueError(  # noqa: TRY004  # as flytekit
                f"Decoder {decoder} returned iterator {table} but whole value requested from {preview(sd)}; use iter()"
            )
        return table

    def iter_as(
        self, ctx: Any, sd: Stored, df_type: Any, updated_metadata: StructuredDatasetMetadata | None
    ) -> Iterator[Any]:
        """As `open_as`, in parts. Raises `ValueError` if the decoder gives the whole only."""
        decoder = self._decoder(sd, df_type)
        parts = getattr(decoder, "parts", decoder.decode)(ctx, sd, updated_metadata)
        if not isinstance(parts, types.GeneratorType):
            raise ValueError(  # noqa: TRY004  # as flytekit
                f"Decoder {decoder} didn't return iterator {preview(parts)} but should have from {preview(sd)}; use"
                " all()"
            )
        return parts

    def _decoder(self, stored: Stored, cls: Any) -> Any:
        kind = None if stored.metadata is None else stored.metadata.structured_dataset_type
        return self.get_decoder(cls, protocol_of(stored.uri), "" if kind is None else kind.format)

    # Inside documents.

    def document_node(self, hint: Any) -> schema.Schema | None:
        """The packed node of a dataset; None for a bare frame, which has no place in a document."""
        return document_form.node(hint) if _is_dataset(hint) else None

    def document_schema(self, hint: Any) -> dict[str, Any] | None:
        """The JSON schema of that."""
        return document_form.schema_of() if _is_dataset(hint) else None

    # Decks.

    def to_html(self, ctx: Any, python_val: Any, expected_python_type: Any) -> str:
        """The table as its renderer shows it; of a dataset that has not been opened, the columns."""
        builtin.load()
        table = python_val
        if isinstance(python_val, StructuredDataset):
            table = python_val.dataframe
            if table is None:
                from wingbeat.types.renderers import columns_table

                return columns_table(python_val.columns())
        renderer = self.Renderers.get(type(table))
        if renderer is None:
            raise NotImplementedError(
                f"Could not find a renderer for {type(table)} in {self.Renderers}; add one with"
                " StructuredDatasetTransformerEngine.register_renderer"
            )
        html: str = renderer.to_html(table)
        return html


def _is_dataset(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, StructuredDataset)


_made: StructuredDatasetTransformerEngine | None = None


def transformer() -> StructuredDatasetTransformerEngine:
    """The only one that is needed."""
    global _made
    if _made is None:
        _made = StructuredDatasetTransformerEngine()
    return _made


def make(hint: Any) -> StructuredDatasetTransformerEngine:  # noqa: ARG001  # the signature of all `make`
    """The transformer of all tables."""
    return transformer()
