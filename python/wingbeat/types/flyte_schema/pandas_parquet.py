"""The tables of a `FlyteSchema` as `pandas.DataFrame`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wingbeat.types.flyte_schema.reader import LocalIOSchemaReader, LocalIOSchemaWriter
from wingbeat.types.frames.arrow_tables import names_in
from wingbeat.types.frames.parquet import reading, writing
from wingbeat.types.third_party import load

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["PandasSchemaReader", "PandasSchemaWriter"]


class PandasSchemaReader(LocalIOSchemaReader[Any]):
    """Reads Parquet files; empty ones are passed over, as in flytekit."""

    def _read(self, *path: Path, **kwargs: Any) -> Any:
        pandas = load("pandas", "to read a FlyteSchema")
        files = [str(one) for one in path if one.stat().st_size]
        with reading(self.from_path, files, self.column_names, names_in):
            frames = [pandas.read_parquet(file, columns=self.column_names, **kwargs) for file in files]
        if not frames:
            return pandas.DataFrame()
        return frames[0] if len(frames) == 1 else pandas.concat(frames)


class PandasSchemaWriter(LocalIOSchemaWriter[Any]):
    """Writes Parquet files with timestamps in microseconds; where they do not fit is an error."""

    def _write(self, df: Any, path: str, **kwargs: Any) -> None:
        options = {"coerce_timestamps": "us", "allow_truncated_timestamps": False, **kwargs}
        with writing("pandas.DataFrame", "Parquet"):
            df.to_parquet(path, **options)
