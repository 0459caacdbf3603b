"""`StructuredDataset`: a table that is stored somewhere, or about to be (type-system spec 2.17)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Optional, TypeVar

from wingbeat.types.context import current_context
from wingbeat.types.document_methods import DocumentMethods

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wingbeat.idl import LiteralType, StructuredDatasetMetadata
    from wingbeat.idl import StructuredDataset as Stored

__all__ = ["StructuredDataset"]

DF = TypeVar("DF")

_NO_TYPE = "No dataframe type set. Use open() to set the local dataframe type you want to use."


@dataclass(init=False)
class StructuredDataset(DocumentMethods):
    """A table of any library, with its location and format.

    A task that returns one gives it the table, or the location where the table is already; a task that receives one
    opens it as what it likes:

        StructuredDataset(dataframe=df)
        StructuredDataset(uri="s3://bucket/table.parquet", file_format="parquet")
        received.open(pd.DataFrame).all()

    Args:
        dataframe: The table; its class needs an encoder.
        uri: Where the table is; with `dataframe`, where it is to be stored.
        metadata: Columns and format, for those who write handlers.
        file_format: The format of what is at `uri`, where the task's declaration does not say.
    """

    # Spelled as in flytekit: the fields are part of the literal types of classes that hold one.
    uri: Optional[str] = field(default=None)  # noqa: UP045
    file_format: Optional[str] = field(default="")  # noqa: UP045

    def __init__(
        self,
        dataframe: Any = None,
        uri: str | None = None,
        metadata: StructuredDatasetMetadata | None = None,
        **kwargs: Any,
    ) -> None:
        self.uri = uri
        self.file_format = kwargs.get("file_format", "")
        self._dataframe = dataframe
        self._metadata = metadata
        self._literal_sd: Stored | None = None
        self._dataframe_type: Any = None
        self._already_uploaded = False

    @property
    def dataframe(self) -> Any:
        """The table that was given to the constructor, or None."""
        return self._dataframe

    @property
    def metadata(self) -> StructuredDatasetMetadata | None:
        """Columns and format, those that the running task declares before those that are stored."""
        return self._metadata

    @property
    def literal(self) -> Stored | None:
        """What is stored, after the table was received or has been written."""
        return self._literal_sd

    @classmethod
    def columns(cls) -> dict[str, type]:
        """No columns: a declaration of some is in the annotation."""
        return {}

    @classmethod
    def column_names(cls) -> list[str]:
        """The names of `columns()`."""
        return list(cls.columns())

    def open(self, dataframe_type: type[DF]) -> StructuredDataset:
        """Choose the class of the table that `all` and `iter` give."""
        self._dataframe_type = dataframe_type
        return self

    def all(self) -> Any:
        """The table. It is downloaded now, and only the declared columns are read.

        Raises:
            ValueError: no class was chosen.
            TypeTransformerFailedError: there is no decoder for the class, or it cannot read what is stored.
        """
        context = current_context()
        return _transformer().open_as(context, self._located(context), self._dataframe_type, self.metadata)

    def iter(self) -> Iterator[Any]:
        """The table in parts, one after the other, for one that is larger than memory.

        Raises:
            ValueError: no class was chosen, or the decoder cannot give parts.
            TypeTransformerFailedError: there is no decoder for the class, or it cannot read what is stored.
        """
        context = current_context()
        parts: Iterator[Any] = _transformer().iter_as(
            context, self._located(context), self._dataframe_type, updated_metadata=self.metadata
        )
        return parts

    def _located(self, context: Any) -> Stored | None:
        if self._dataframe_type is None:
            raise ValueError(_NO_TYPE)
        if self.uri is not None and self.dataframe is None:
            from wingbeat.types.engine import TypeEngine

            self.set_literal(context, TypeEngine.to_literal_type(StructuredDataset))
        return self._literal_sd

    def set_literal(self, ctx: Any, expected: LiteralType) -> None:
        """Make `literal` from the location or the table, which is written now, declared as `expected`."""
        literal = _transformer().to_literal(ctx, self, StructuredDataset, expected)
        self._literal_sd = literal.scalar.structured_dataset
        if self._metadata is None:
            self._metadata = self._literal_sd.metadata

    def to_dict(self) -> dict[str, Any]:
        """The location and the format, after the table was written."""
        from wingbeat.types.structured_dataset.document_form import to_document

        return dict(to_document(self))

    @classmethod
    def from_dict(cls, d: Mapping[str, Any]) -> StructuredDataset:
        """The dataset at a location. Raises `TypeTransformerFailedError` if there is none."""
        from wingbeat.types.structured_dataset.document_form import from_document

        found: StructuredDataset = from_document(d, cls)
        return found

    # Inside dataclasses that mashumaro converts: it knows this class as a dataclass, and asks it for these.

    def __pre_serialize__(self) -> StructuredDataset:
        """The location and the format, after the table was written."""
        from wingbeat.types.structured_dataset.document_form import to_document

        content = to_document(self)
        return StructuredDataset(uri=content["uri"], file_format=content["file_format"])

    @classmethod
    def __post_deserialize__(cls, obj: StructuredDataset) -> StructuredDataset:
        """The dataset at the location."""
        from wingbeat.types.structured_dataset.document_form import from_document

        found: StructuredDataset = from_document({"uri": obj.uri, "file_format": obj.file_format}, cls)
        return found

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """How pydantic converts a field of this class."""
        from wingbeat.types.structured_dataset.pydantic_form import core_schema

        return core_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        """What pydantic says about a field of this class."""
        from wingbeat.types.structured_dataset.pydantic_form import json_schema

        return json_schema()


def _transformer() -> Any:
    from wingbeat.types.transformers.structured_dataset import transformer

    return transformer()
