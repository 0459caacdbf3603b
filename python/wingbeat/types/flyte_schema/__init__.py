"""`FlyteSchema`, the older way to pass tables (type-system spec 2.18). Use `StructuredDataset` in new code."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.types.flyte_schema.engine import SchemaEngine, SchemaHandler
    from wingbeat.types.flyte_schema.reader import (
        LocalIOSchemaReader,
        LocalIOSchemaWriter,
        SchemaFormat,
        SchemaOpenMode,
        SchemaReader,
        SchemaWriter,
    )
    from wingbeat.types.flyte_schema.schema import FlyteSchema

__all__ = [
    "FlyteSchema",
    "LocalIOSchemaReader",
    "LocalIOSchemaWriter",
    "SchemaEngine",
    "SchemaFormat",
    "SchemaHandler",
    "SchemaOpenMode",
    "SchemaReader",
    "SchemaWriter",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "schema" if name == "FlyteSchema" else "engine" if name in ("SchemaEngine", "SchemaHandler") else "reader"
    return getattr(__import__(f"{__name__}.{module}", fromlist=(name,)), name)
