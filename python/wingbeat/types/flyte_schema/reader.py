"""How the tables of a `FlyteSchema` are read and written: base classes for the libraries of tables."""

from __future__ import annotations

import enum
import os
from abc import abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "LocalIOSchemaReader",
    "LocalIOSchemaWriter",
    "SchemaFormat",
    "SchemaOpenMode",
    "SchemaReader",
    "SchemaWriter",
    "generate_ordered_files",
]

T = TypeVar("T")

#: How many tables one writer writes at most.
_FILES = 1024


class SchemaFormat(enum.Enum):
    """How tables are stored."""

    PARQUET = "parquet"


class SchemaOpenMode(enum.Enum):
    """What a `FlyteSchema` is for."""

    READ = "r"
    WRITE = "w"


def generate_ordered_files(directory: str | os.PathLike[str], n: int) -> Iterator[str]:
    """`00000`, `00001`, … in a folder."""
    for index in range(n):
        yield os.path.join(directory, f"{index:05}")


class _Columns:
    """A path, the columns by name or None, and the format."""

    def __init__(self, path: str, cols: dict[str, type] | None, fmt: SchemaFormat) -> None:
        self._path = path
        self._columns = cols
        self._fmt = fmt

    @property
    def column_names(self) -> list[str] | None:
        """The names of the columns, or None for all."""
        return list(self._columns) if self._columns else None


class SchemaReader(_Columns, Generic[T]):
    """Reads tables from a path. A handler that manages its own transfers derives from it."""

    def __init__(self, from_path: str, cols: dict[str, type] | None, fmt: SchemaFormat) -> None:
        super().__init__(from_path, cols, fmt)

    @property
    def from_path(self) -> str:
        """Where the tables are."""
        return self._path

    @abstractmethod
    def iter(self, **kwargs: Any) -> Iterator[T]:
        """The tables, one after the other."""

    @abstractmethod
    def all(self, **kwargs: Any) -> T:
        """All tables as one."""


class SchemaWriter(_Columns, Generic[T]):
    """Writes tables to a path. A handler that manages its own transfers derives from it."""

    def __init__(self, to_path: str, cols: dict[str, type] | None, fmt: SchemaFormat) -> None:
        super().__init__(to_path, cols, fmt)
        self._file_name_gen = generate_ordered_files(Path(to_path), _FILES)

    @property
    def to_path(self) -> str:
        """Where the tables go."""
        return self._path

    @abstractmethod
    def write(self, *dfs: T, **kwargs: Any) -> None:
        """Add tables."""


class LocalIOSchemaReader(SchemaReader[T]):
    """Reads the files of a local folder. A subclass implements `_read`."""

    @abstractmethod
    def _read(self, *path: Path, **kwargs: Any) -> T:
        """The tables of these files as one."""

    def iter(self, **kwargs: Any) -> Iterator[T]:
        """One table for each file, in the order of their names."""
        for path in self._files():
            yield self._read(path, **kwargs)

    def all(self, **kwargs: Any) -> T:
        """The tables of all files as one, in the order of their names."""
        return self._read(*self._files(), **kwargs)

    def _files(self) -> list[Path]:
        with os.scandir(self._path) as entries:
            return sorted(Path(entry.path) for entry in entries if entry.name[0] != "." and entry.is_file())


class LocalIOSchemaWriter(SchemaWriter[T]):
    """Writes files into a local folder. A subclass implements `_write`."""

    def __init__(self, to_local_path: str, cols: dict[str, type] | None, fmt: SchemaFormat) -> None:
        super().__init__(to_local_path, cols, fmt)

    @abstractmethod
    def _write(self, df: T, path: str, **kwargs: Any) -> None:
        """Write one table to a file."""

    def write(self, *dfs: T, **kwargs: Any) -> None:
        """Write a file for each table."""
        for table in dfs:
            self._write(table, next(self._file_name_gen), **kwargs)
