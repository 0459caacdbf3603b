"""The types that a column of a table may be declared to have."""

from __future__ import annotations

from wingbeat.types.hints import home

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["ALLOWED", "simple_type"]

_INTEGER, _FLOAT, _STRING, _BOOLEAN, _DATETIME, _DURATION = range(1, 7)

ALLOWED = "int, float, str, bool, datetime, timedelta or one of numpy's equivalents"

#: By module and name: numpy is not imported to know its types.
_TYPES = {
    ("builtins", "int"): _INTEGER,
    ("builtins", "float"): _FLOAT,
    ("builtins", "str"): _STRING,
    ("builtins", "bool"): _BOOLEAN,
    ("datetime", "datetime"): _DATETIME,
    ("datetime", "timedelta"): _DURATION,
    **{("numpy", kind): _INTEGER for kind in ("int32", "int64", "uint32", "uint64")},
    **{("numpy", kind): _FLOAT for kind in ("float32", "float64")},
    **{("numpy", kind): _BOOLEAN for kind in ("bool", "bool_")},
    **{("numpy", kind): _STRING for kind in ("bytes_", "str_", "object_")},
    ("numpy", "datetime64"): _DATETIME,
    ("numpy", "timedelta64"): _DURATION,
}


def simple_type(kind: Any) -> int | None:
    """The `SimpleType` of a column's type, or None. `SchemaColumnType` has the same kinds in this order, from 0."""
    return _TYPES.get(home(kind))
