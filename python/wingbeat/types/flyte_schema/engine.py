"""Which library of tables reads and writes a `FlyteSchema`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

__all__ = ["SchemaEngine", "SchemaHandler"]


@dataclass
class SchemaHandler:
    """A library of tables.

    Args:
        name: For messages.
        object_type: The class of its tables.
        reader: The `SchemaReader` of them.
        writer: The `SchemaWriter` of them.
        handles_remote_io: Whether those two take locations and transfer by themselves, and not local folders.
    """

    name: str
    object_type: type
    reader: Any
    writer: Any
    handles_remote_io: bool = False


_handlers: dict[type, SchemaHandler] = {}


class SchemaEngine:
    """The handlers. That of pandas comes with wingbeat, and is there once pandas has been imported."""

    @classmethod
    def register_handler(cls, h: SchemaHandler) -> None:
        """Add a handler. Raises `ValueError` if its class has one."""
        existing = _handlers.get(h.object_type)
        if existing is not None:
            raise ValueError(
                f"SchemaHandler {existing.name} already registered for {h.object_type}, cannot replace with {h.name}"
            )
        _handlers[h.object_type] = h

    @classmethod
    def get_handler(cls, t: type) -> SchemaHandler:
        """The handler of a class. Raises `ValueError` if there is none."""
        found = _handlers.get(t) or _pandas(t)
        if found is None:
            raise ValueError(
                f"DataFrames of type {t} are not supported currently; register a handler with"
                " SchemaEngine.register_handler, or use StructuredDataset"
            )
        return found


def _pandas(t: type) -> SchemaHandler | None:
    if t is not getattr(sys.modules.get("pandas"), "DataFrame", None):
        return None
    from wingbeat.types.flyte_schema.pandas_parquet import PandasSchemaReader, PandasSchemaWriter

    return SchemaHandler("pandas-dataframe-schema", t, PandasSchemaReader, PandasSchemaWriter)
