"""`pyarrow.Table` as Parquet (type-system spec 2.17)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from wingbeat.types.frames.parquet import parquet_files, reading, writing
from wingbeat.types.frames.place import PART, columns_of, frame_of, source_of, stored_at, write
from wingbeat.types.structured_dataset import handler_table
from wingbeat.types.structured_dataset.handler import StructuredDatasetDecoder, StructuredDatasetEncoder
from wingbeat.types.third_party import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wingbeat.idl import StructuredDataset as Stored
    from wingbeat.idl import StructuredDatasetMetadata, StructuredDatasetType
    from wingbeat.types.structured_dataset.dataset import StructuredDataset

__all__ = ["ArrowToParquetEncodingHandler", "ParquetToArrowDecodingHandler", "add"]

PARQUET = "parquet"


def parquet() -> Any:
    """pyarrow's module for Parquet."""
    return load("pyarrow.parquet", "to read and write Parquet")


def names_in(path: str) -> list[str]:
    """The columns of a file."""
    names: list[str] = parquet().read_schema(path).names
    return names


def row_groups(ctx: Any, uri: str, columns: list[str] | None) -> Iterator[Any]:
    """The tables of a location, a row group of a file at a time."""
    with parquet_files(ctx, uri) as (_, files):
        for path in files:
            with reading(uri, files, columns, names_in):
                file = parquet().ParquetFile(path)
                _require(columns, file.schema_arrow.names)
            for index in range(file.num_row_groups):
                with reading(uri, files, columns, names_in):
                    table = file.read_row_group(index, columns)
                yield table


def _require(columns: list[str] | None, names: list[str]) -> None:
    """Reading a row group leaves out columns that are not there without a word."""
    if not set(columns or ()) <= set(names):
        raise KeyError(*sorted(set(columns or ()) - set(names)))


class ArrowToParquetEncodingHandler(StructuredDatasetEncoder[Any]):
    """Writes a folder with one file, as flytekit."""

    def __init__(self) -> None:
        super().__init__(load("pyarrow", "to convert a pyarrow.Table").Table, None, PARQUET)

    def encode(
        self, ctx: Any, structured_dataset: StructuredDataset, structured_dataset_type: StructuredDatasetType
    ) -> Stored:
        """Write the table."""
        from wingbeat.idl import StructuredDataset, StructuredDatasetMetadata

        table = frame_of(structured_dataset, self.python_type, "pyarrow.Table")
        uri = stored_at(ctx, structured_dataset)
        with writing("pyarrow.Table", "Parquet"):
            write(ctx, os.path.join(uri, PART), lambda path: parquet().write_table(table, path))
        return StructuredDataset(uri=uri, metadata=StructuredDatasetMetadata(structured_dataset_type))


class ParquetToArrowDecodingHandler(StructuredDatasetDecoder[Any]):
    """Reads a file, or a folder of files."""

    def __init__(self) -> None:
        super().__init__(load("pyarrow", "to convert a pyarrow.Table").Table, None, PARQUET)

    def decode(self, ctx: Any, flyte_value: Stored, current_task_metadata: StructuredDatasetMetadata) -> Any:
        """The table. Raises `TypeTransformerFailedError` if it cannot be read."""
        columns = columns_of(current_task_metadata)
        uri = flyte_value.uri
        with parquet_files(ctx, uri) as (path, files), reading(uri, files, columns, names_in):
            return parquet().read_table(source_of(files, path), columns=columns)

    def parts(self, ctx: Any, flyte_value: Stored, current_task_metadata: StructuredDatasetMetadata) -> Iterator[Any]:
        """One table for each row group."""
        yield from row_groups(ctx, flyte_value.uri, columns_of(current_task_metadata))


def add(renderers: dict[Any, Any]) -> None:
    """Make pyarrow known."""
    from wingbeat.types.renderers import ArrowRenderer

    encoder = ArrowToParquetEncodingHandler()
    handler_table.register_own(encoder, default=True)
    handler_table.register_own(ParquetToArrowDecodingHandler(), default=True)
    renderers.setdefault(encoder.python_type, ArrowRenderer())
