"""`FlyteSchema`: tables with columns, stored as a folder of Parquet files (type-system spec 2.18)."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Optional

from wingbeat.types.context import current_context
from wingbeat.types.document_methods import DocumentMethods
from wingbeat.types.flyte_schema.engine import SchemaEngine
from wingbeat.types.flyte_schema.reader import SchemaFormat, SchemaOpenMode, SchemaReader, SchemaWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["FlyteSchema"]

_warned = False


def _warn_once() -> None:
    global _warned
    if not _warned:
        _warned = True
        logging.getLogger("wingbeat").warning("FlyteSchema is deprecated, use StructuredDataset instead")


@dataclass(init=False)
class FlyteSchema(DocumentMethods):
    """Tables of a local folder that are, or will be, stored at a location.

    `FlyteSchema[kwtypes(name=str, age=int)]` is the type of tables with these columns. A task that receives one reads
    by `open().all()`; one that returns one writes by `open().write(df)`.

    Args:
        local_path: The folder; a new one by default.
        remote_path: The location; below the raw output prefix by default.
        supported_mode: `WRITE`, or `READ` for what is at `remote_path` already.
        downloader: Called with location and folder before the first table is read in `READ` mode.

    Raises:
        ValueError: there is no `remote_path` to read from.
    """

    # Spelled as in flytekit: the field is part of the literal types of classes that hold one.
    remote_path: Optional[str] = field(default=None)  # noqa: UP045

    def __init__(
        self,
        local_path: str | None = None,
        remote_path: str | None = None,
        supported_mode: SchemaOpenMode = SchemaOpenMode.WRITE,
        downloader: Callable[[str, str], object] | None = None,
    ) -> None:
        if supported_mode == SchemaOpenMode.READ and remote_path is None:
            raise ValueError("To create a FlyteSchema in read mode, remote_path is required")
        _warn_once()
        files = current_context().file_access
        self._local_path: str = local_path or files.get_random_local_directory()
        self.remote_path = remote_path or files.join(files.raw_output_prefix, files.get_random_string())
        self._supported_mode = supported_mode
        self._downloaded = False
        self._downloader = downloader

    @classmethod
    def columns(cls) -> dict[str, type]:
        """The declared columns."""
        return {}

    @classmethod
    def column_names(cls) -> list[str]:
        """The names of `columns()`."""
        return list(cls.columns())

    @classmethod
    def format(cls) -> SchemaFormat:
        """How tables are stored."""
        return SchemaFormat.PARQUET

    def __class_getitem__(cls, columns: Any, fmt: SchemaFormat = SchemaFormat.PARQUET) -> type[FlyteSchema]:
        """The type of tables with these columns. Raises `AssertionError` unless they are a dict of types by name."""
        if columns is None:
            return FlyteSchema
        if not isinstance(columns, dict):
            raise AssertionError(  # noqa: TRY004  # as flytekit
                "Columns should be specified as an ordered dict of column names and their types, received"
                f" {type(columns)}; write FlyteSchema[kwtypes(name=str)]"
            )
        if not columns:
            return FlyteSchema
        if not isinstance(fmt, SchemaFormat):
            raise AssertionError(  # noqa: TRY004  # as flytekit
                f"Only FlyteSchemaFormat types are supported, received format is {fmt} of type {type(fmt)}"
            )
        _warn_once()
        return _typed(columns, fmt)

    @property
    def local_path(self) -> str:
        """The folder."""
        return self._local_path

    @property
    def supported_mode(self) -> SchemaOpenMode:
        """What it was made for."""
        return self._supported_mode

    def open(
        self, dataframe_fmt: type | None = None, override_mode: SchemaOpenMode | None = None
    ) -> SchemaReader[Any] | SchemaWriter[Any]:
        """A reader or writer of tables of class `dataframe_fmt`, by default `pandas.DataFrame`.

        `override_mode` opens tables that were written for reading.

        Raises:
            AssertionError: it is read-only, or was made for reading without a downloader.
            ValueError: there is no handler for the class.
        """
        if self._supported_mode == SchemaOpenMode.READ and override_mode == SchemaOpenMode.WRITE:
            raise AssertionError("Readonly schema cannot be opened in write mode!")
        mode = override_mode or self._supported_mode
        if dataframe_fmt is None:
            from wingbeat.types.third_party import load

            dataframe_fmt = load("pandas", "to open a FlyteSchema without naming a class").DataFrame
        handler = SchemaEngine.get_handler(dataframe_fmt)
        path = self.remote_path
        if not handler.handles_remote_io:
            self._fetch()
            path = self._local_path
        kind = handler.writer if mode == SchemaOpenMode.WRITE else handler.reader
        found: SchemaReader[Any] | SchemaWriter[Any] = kind(path, self.columns(), self.format())
        return found

    def _fetch(self) -> None:
        if self._supported_mode != SchemaOpenMode.READ or self._downloaded:
            return
        if self._downloader is None or self.remote_path is None:
            raise AssertionError("downloader cannot be None in read mode!")
        self._downloader(self.remote_path, self._local_path)
        self._downloaded = True

    def as_readonly(self) -> FlyteSchema:
        """The same tables for reading; what was written here is not downloaded again."""
        if self._supported_mode == SchemaOpenMode.READ:
            return self
        cls = FlyteSchema.__class_getitem__(self.columns(), self.format())
        schema = cls(self._local_path, self.remote_path or "", SchemaOpenMode.READ)
        schema._downloaded = True
        return schema

    def to_dict(self) -> dict[str, Any]:
        """The location, after the tables were uploaded."""
        from wingbeat.types.flyte_schema.document_form import to_document

        return dict(to_document(self))

    @classmethod
    def from_dict(cls, d: Mapping[str, Any]) -> FlyteSchema:
        """The tables at a location, for reading."""
        from wingbeat.types.flyte_schema.document_form import from_document

        found: FlyteSchema = from_document(d, cls)
        return found

    # Inside dataclasses that mashumaro converts: it knows this class as a dataclass, and asks it for these.

    def __pre_serialize__(self) -> FlyteSchema:
        """Itself, after the tables were uploaded."""
        from wingbeat.types.flyte_schema.document_form import to_document

        to_document(self)
        return self

    @classmethod
    def __post_deserialize__(cls, obj: FlyteSchema) -> FlyteSchema:
        """The tables at the location, for reading."""
        from wingbeat.types.flyte_schema.document_form import from_document

        found: FlyteSchema = from_document({"remote_path": obj.remote_path}, cls)
        return found

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """How pydantic converts a field of this class."""
        from wingbeat.types.flyte_schema.document_form import core_schema

        return core_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        """What pydantic says about a field of this class."""
        from wingbeat.types.flyte_schema.document_form import model_schema

        return model_schema()


def _typed(columns: dict[str, type], fmt: SchemaFormat) -> type[FlyteSchema]:
    class _TypedSchema(FlyteSchema):
        # flytekit's mark of a type with arguments.
        __origin__ = FlyteSchema

        @classmethod
        def columns(cls) -> dict[str, type]:
            return columns

        @classmethod
        def format(cls) -> SchemaFormat:
            return fmt

    return _TypedSchema
