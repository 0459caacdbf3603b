"""The model objects of stored tables: literals, metadata, and older forms read as newer ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wingbeat.types.structured_dataset import handler_table
from wingbeat.types.structured_dataset.annotations import dataset_columns

if TYPE_CHECKING:
    from wingbeat.idl import Literal, LiteralType, Schema, StructuredDatasetMetadata, StructuredDatasetType
    from wingbeat.idl import StructuredDataset as Stored

__all__ = ["dataset_of_schema", "expected_type", "literal_of", "merged", "metadata_of", "protocol_of"]


def protocol_of(uri: str) -> str:
    """The scheme by which handlers are looked up; `file` for a path."""
    from wingbeat.storage.uri import scheme

    return scheme(uri) or "file"


def expected_type(cls: Any, expected: LiteralType | None) -> StructuredDatasetType:
    """What is declared, in a copy: handlers change it. Without a declaration, the class's default format."""
    from wingbeat.idl import StructuredDatasetType

    kind = None if expected is None else expected.structured_dataset_type
    if kind is None:
        return StructuredDatasetType(format=handler_table.DEFAULT_FORMATS.get(cls, ""))
    return _copy(kind)


def _copy(kind: StructuredDatasetType) -> StructuredDatasetType:
    from wingbeat.idl import StructuredDatasetType

    return StructuredDatasetType(
        columns=list(kind.columns or ()),
        format=kind.format,
        external_schema_type=kind.external_schema_type,
        external_schema_bytes=kind.external_schema_bytes,
    )


def metadata_of(kind: StructuredDatasetType) -> StructuredDatasetMetadata:
    """Metadata that say this."""
    from wingbeat.idl import StructuredDatasetMetadata

    return StructuredDatasetMetadata(structured_dataset_type=kind)


def merged(stored: Stored, columns: dict[str, Any] | None) -> StructuredDatasetMetadata:
    """The stored metadata; where the task declares columns, with those."""
    from wingbeat.idl import StructuredDatasetType

    kind = None if stored.metadata is None else stored.metadata.structured_dataset_type
    found = StructuredDatasetType(columns=[]) if kind is None else _copy(kind)
    if columns:
        found.columns = dataset_columns(columns)
    return metadata_of(found)


def literal_of(stored: Stored) -> Literal:
    """A literal that holds it."""
    from wingbeat.idl import Literal, Scalar

    return Literal(scalar=Scalar(structured_dataset=stored))


def dataset_of_schema(stored: Schema) -> Stored:
    """What a `FlyteSchema` stored, which is always Parquet."""
    from wingbeat.idl import LiteralType, StructuredDataset, StructuredDatasetType

    # `SimpleType` has the kinds of `SchemaColumnType` in the same order, after NONE.
    columns = [
        StructuredDatasetType.DatasetColumn(name=column.name, literal_type=LiteralType(simple=column.type + 1))
        for column in stored.type.columns or ()
    ]
    kind = StructuredDatasetType(columns=columns, format="parquet")
    return StructuredDataset(uri=stored.uri, metadata=metadata_of(kind))
