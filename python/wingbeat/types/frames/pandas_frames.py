"""`pandas.DataFrame` as Parquet and as CSV (type-system spec 2.17)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types.frames.arrow_tables import names_in, row_groups
from wingbeat.types.frames.parquet import parquet_files, reading, writing
from wingbeat.types.frames.place import PART, borrowed, columns_of, files_in, frame_of, source_of, stored_at, write
from wingbeat.types.preview import preview
from wingbeat.types.structured_dataset import handler_table
from wingbeat.types.structured_dataset.handler import StructuredDatasetDecoder, StructuredDatasetEncoder
from wingbeat.types.third_party import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wingbeat.idl import StructuredDataset as Stored
    from wingbeat.idl import StructuredDatasetMetadata, StructuredDatasetType
    from wingbeat.types.structured_dataset.dataset import StructuredDataset

__all__ = [
    "CSVToPandasDecodingHandler",
    "PandasToCSVEncodingHandler",
    "PandasToParquetEncodingHandler",
    "ParquetToPandasDecodingHandler",
    "add",
]

PARQUET, CSV = "parquet", "csv"
#: The name of the file, in the folder that is the table.
CSV_FILE = ".csv"
#: Rows of a part of a CSV file.
CSV_ROWS = 1 << 17


def _pandas() -> Any:
    return load("pandas", "to convert a pandas.DataFrame")


class PandasToParquetEncodingHandler(StructuredDatasetEncoder[Any]):
    """Writes a folder with one file, as flytekit: timestamps in microseconds, an error where they do not fit."""

    def __init__(self) -> None:
        super().__init__(_pandas().DataFrame, None, PARQUET)

    def encode(
        self, ctx: Any, structured_dataset: StructuredDataset, structured_dataset_type: StructuredDatasetType
    ) -> Stored:
        """Write the frame. Raises `TypeTransformerFailedError` if Parquet has no place for what is in it."""
        frame = frame_of(structured_dataset, self.python_type, "pandas.DataFrame")
        uri = stored_at(ctx, structured_dataset)
        with writing("pandas.DataFrame", "Parquet"):
            write(
                ctx,
                os.path.join(uri, PART),
                lambda path: frame.to_parquet(path, coerce_timestamps="us", allow_truncated_timestamps=False),
            )
        return _stored(uri, structured_dataset_type, PARQUET)


class ParquetToPandasDecodingHandler(StructuredDatasetDecoder[Any]):
    """Reads a file, or a folder of files."""

    def __init__(self) -> None:
        super().__init__(_pandas().DataFrame, None, PARQUET)

    def decode(self, ctx: Any, flyte_value: Stored, current_task_metadata: StructuredDatasetMetadata) -> Any:
        """The frame. Raises `TypeTransformerFailedError` if it cannot be read."""
        columns = columns_of(current_task_metadata)
        uri = flyte_value.uri
        with parquet_files(ctx, uri) as (path, files), reading(uri, files, columns, names_in):
            return _pandas().read_parquet(source_of(files, path), columns=columns)

    def parts(self, ctx: Any, flyte_value: Stored, current_task_metadata: StructuredDatasetMetadata) -> Iterator[Any]:
        """One frame for each row group."""
        for table in row_groups(ctx, flyte_value.uri, columns_of(current_task_metadata)):
            yield table.to_pandas()


class PandasToCSVEncodingHandler(StructuredDatasetEncoder[Any]):
    """Writes a folder with a file `.csv`, without the index, as flytekit."""

    def __init__(self) -> None:
        super().__init__(_pandas().DataFrame, None, CSV)

    def encode(
        self, ctx: Any, structured_dataset: StructuredDataset, structured_dataset_type: StructuredDatasetType
    ) -> Stored:
        """Write the frame."""
        frame = frame_of(structured_dataset, self.python_type, "pandas.DataFrame")
        uri = stored_at(ctx, structured_dataset)
        with writing("pandas.DataFrame", "CSV"):
            write(ctx, os.path.join(uri, CSV_FILE), lambda path: frame.to_csv(path, index=False))
        return _stored(uri, structured_dataset_type, CSV)


class CSVToPandasDecodingHandler(StructuredDatasetDecoder[Any]):
    """Reads the file `.csv` of a folder, or a location that is a file itself."""

    def __init__(self) -> None:
        super().__init__(_pandas().DataFrame, None, CSV)

    def decode(self, ctx: Any, flyte_value: Stored, current_task_metadata: StructuredDatasetMetadata) -> Any:
        """The frame. Raises `TypeTransformerFailedError` if it cannot be read."""
        with borrowed(ctx, flyte_value.uri) as path:
            return _read_csv(path, flyte_value.uri, columns_of(current_task_metadata))

    def parts(self, ctx: Any, flyte_value: Stored, current_task_metadata: StructuredDatasetMetadata) -> Iterator[Any]:
        """Frames of at most 131,072 rows."""
        with borrowed(ctx, flyte_value.uri) as path:
            yield from _read_csv(path, flyte_value.uri, columns_of(current_task_metadata), chunksize=CSV_ROWS)


def _read_csv(path: str, uri: str, columns: list[str] | None, **options: Any) -> Any:
    pandas = _pandas()
    path = _csv_file(path, uri)
    try:
        return pandas.read_csv(path, usecols=columns, **options)
    except ValueError as error:  # also what pandas raises for an empty file and for bytes that are no text
        missing = _missing_columns(pandas, path, columns)
        reason = missing or f"cannot be read as CSV: {type(error).__name__}: {preview(error)}"
        raise TypeTransformerFailedError(f"the table at {uri} {reason}") from error


def _missing_columns(pandas: Any, path: str, columns: list[str] | None) -> str:
    try:
        found = list(pandas.read_csv(path, nrows=0).columns)
    except ValueError:
        return ""
    absent = [column for column in columns or () if column not in found]
    if not absent:
        return ""
    return (
        f"has no column {', '.join(map(repr, absent))} (it has {preview(', '.join(map(repr, found)))}); declare columns"
        " that it has, or none for all of them"
    )


def _csv_file(path: str, uri: str) -> str:
    """The file itself, `.csv` in a folder, or the only file of what was downloaded as one."""
    if not os.path.isdir(path):
        return path
    inside = os.path.join(path, CSV_FILE)
    if os.path.exists(inside):
        return inside
    found = files_in(path)
    if len(found) == 1 and os.path.basename(found[0]) == os.path.basename(uri):
        return found[0]
    raise TypeTransformerFailedError(f"there is no CSV table at {uri}: the folder has no file {CSV_FILE!r}")


def _stored(uri: str, kind: StructuredDatasetType, form: str) -> Stored:
    from wingbeat.idl import StructuredDataset, StructuredDatasetMetadata

    kind.format = form
    return StructuredDataset(uri=uri, metadata=StructuredDatasetMetadata(kind))


def add(renderers: dict[Any, Any]) -> None:
    """Make pandas known."""
    from wingbeat.types.renderers import TopFrameRenderer

    handler_table.register_own(PandasToParquetEncodingHandler(), default=True)
    handler_table.register_own(ParquetToPandasDecodingHandler(), default=True)
    handler_table.register_own(PandasToCSVEncodingHandler())
    handler_table.register_own(CSVToPandasDecodingHandler())
    renderers.setdefault(_pandas().DataFrame, TopFrameRenderer())
