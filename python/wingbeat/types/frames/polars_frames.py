"""`polars.DataFrame` and `polars.LazyFrame` as Parquet, laid out as flytekit's plugin does (type-system spec 2.17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wingbeat.types.frames.parquet import files_of, parquet_files, reading, writing
from wingbeat.types.frames.place import PART, columns_of, fetched, frame_of, write
from wingbeat.types.structured_dataset import handler_table
from wingbeat.types.structured_dataset.handler import StructuredDatasetDecoder, StructuredDatasetEncoder
from wingbeat.types.third_party import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wingbeat.idl import StructuredDataset as Stored
    from wingbeat.idl import StructuredDatasetMetadata, StructuredDatasetType
    from wingbeat.types.structured_dataset.dataset import StructuredDataset

__all__ = [
    "ParquetToPolarsDataFrameDecodingHandler",
    "ParquetToPolarsLazyFrameDecodingHandler",
    "PolarsDataFrameToParquetEncodingHandler",
    "PolarsLazyFrameToParquetEncodingHandler",
    "add",
]

PARQUET = "parquet"


def _polars() -> Any:
    return load("polars", "to convert a polars frame")


def _names(path: str) -> list[str]:
    return list(_polars().read_parquet_schema(path))


def _location(ctx: Any, dataset: StructuredDataset) -> str:
    """The table is one file, not a folder."""
    return str(dataset.uri or ctx.file_access.get_random_remote_path(PART))


class PolarsDataFrameToParquetEncodingHandler(StructuredDatasetEncoder[Any]):
    """Writes one file."""

    def __init__(self) -> None:
        super().__init__(_polars().DataFrame, None, PARQUET)

    def encode(
        self, ctx: Any, structured_dataset: StructuredDataset, structured_dataset_type: StructuredDatasetType
    ) -> Stored:
        """Write the frame."""
        frame = frame_of(structured_dataset, self.python_type, "polars.DataFrame")
        return _written(ctx, structured_dataset, structured_dataset_type, frame.write_parquet)


class PolarsLazyFrameToParquetEncodingHandler(StructuredDatasetEncoder[Any]):
    """Computes the frame and writes one file."""

    def __init__(self) -> None:
        super().__init__(_polars().LazyFrame, None, PARQUET)

    def encode(
        self, ctx: Any, structured_dataset: StructuredDataset, structured_dataset_type: StructuredDatasetType
    ) -> Stored:
        """Compute and write the frame, piece by piece where the query allows that."""
        frame = frame_of(structured_dataset, self.python_type, "polars.LazyFrame")
        return _written(ctx, structured_dataset, structured_dataset_type, frame.sink_parquet)


def _written(ctx: Any, dataset: StructuredDataset, kind: StructuredDatasetType, make: Any) -> Stored:
    from wingbeat.idl import StructuredDataset, StructuredDatasetMetadata

    uri = _location(ctx, dataset)
    with writing("polars frame", "Parquet"):
        write(ctx, uri, make)
    return StructuredDataset(uri=uri, metadata=StructuredDatasetMetadata(kind))


class ParquetToPolarsDataFrameDecodingHandler(StructuredDatasetDecoder[Any]):
    """Reads a file, or a folder of files."""

    def __init__(self) -> None:
        super().__init__(_polars().DataFrame, None, PARQUET)

    def decode(self, ctx: Any, flyte_value: Stored, current_task_metadata: StructuredDatasetMetadata) -> Any:
        """The frame. Raises `TypeTransformerFailedError` if it cannot be read."""
        columns = columns_of(current_task_metadata)
        uri = flyte_value.uri
        with parquet_files(ctx, uri) as (_, files), reading(uri, files, columns, _names):
            return _polars().read_parquet(files, columns=columns, glob=False)

    def parts(self, ctx: Any, flyte_value: Stored, current_task_metadata: StructuredDatasetMetadata) -> Iterator[Any]:
        """One frame for each file."""
        columns = columns_of(current_task_metadata)
        uri = flyte_value.uri
        with parquet_files(ctx, uri) as (_, files):
            for file in files:
                with reading(uri, files, columns, _names):
                    frame = _polars().read_parquet(file, columns=columns, glob=False)
                yield frame


class ParquetToPolarsLazyFrameDecodingHandler(StructuredDatasetDecoder[Any]):
    """Makes a query over a file, or a folder of files; what it does not ask for is not read."""

    def __init__(self) -> None:
        super().__init__(_polars().LazyFrame, None, PARQUET)

    def decode(self, ctx: Any, flyte_value: Stored, current_task_metadata: StructuredDatasetMetadata) -> Any:
        """The query. Raises `TypeTransformerFailedError` if what is stored is not a Parquet file."""
        columns = columns_of(current_task_metadata)
        uri = flyte_value.uri
        files = files_of(fetched(ctx, uri), uri)  # not removed: the query reads them when it is computed
        with reading(uri, files, columns, _names):
            frame = _polars().scan_parquet(files, glob=False)
            if columns:
                frame = frame.select(columns)
            frame.collect_schema()  # so that a file that cannot be read is found here and not in the user's code
        return frame


def add(renderers: dict[Any, Any]) -> None:
    """Make polars known."""
    from wingbeat.types.renderers import PolarsDataFrameRenderer

    polars = _polars()
    handler_table.register_own(PolarsDataFrameToParquetEncodingHandler())
    handler_table.register_own(ParquetToPolarsDataFrameDecodingHandler())
    handler_table.register_own(PolarsLazyFrameToParquetEncodingHandler())
    handler_table.register_own(ParquetToPolarsLazyFrameDecodingHandler())
    for cls in (polars.DataFrame, polars.LazyFrame):
        renderers.setdefault(cls, PolarsDataFrameRenderer())
