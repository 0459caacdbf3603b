"""What a type of tables says: `Annotated[pd.DataFrame, kwtypes(name=str), "parquet"]` (type-system spec 2.17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wingbeat.types.frames.column_types import ALLOWED, simple_type
from wingbeat.types.hints import arguments, home, is_annotated, is_dataclass, name
from wingbeat.types.unsupported import refuse

if TYPE_CHECKING:
    from wingbeat.idl import LiteralType, StructuredDatasetType

__all__ = ["Declared", "dataset_type", "declared", "extract_cols_and_format", "flatten_dict"]


class Declared:
    """The parts of a type of tables.

    `cls` is the class, `columns` the types of columns by name or None, `form` the format or an empty string, `arrow`
    a `pyarrow.Schema` or None.
    """

    __slots__ = ("arrow", "cls", "columns", "form")

    def __init__(self, cls: Any) -> None:
        self.cls = cls
        self.columns: dict[str, Any] | None = None
        self.form = ""
        self.arrow: Any = None


def declared(hint: Any) -> Declared:
    """The parts of a hint; annotations that mean something else are left alone.

    Raises `TypeTransformerFailedError` if there are two formats or two schemas.
    """
    if not is_annotated(hint):
        return Declared(hint)
    found = Declared(hint.__origin__)
    for annotation in hint.__metadata__:
        if hasattr(annotation, "__annotations__"):
            found.columns = _fields(annotation)
        elif isinstance(annotation, dict):
            found.columns = dict(annotation)
        elif isinstance(annotation, str):
            if found.form:
                reason = f"A format was already specified {found.form}, cannot use {annotation}"
                refuse(hint, "", reason, "name one format")
            found.form = annotation
        elif home(type(annotation)) == ("pyarrow.lib", "Schema"):
            if found.arrow is not None:
                reason = f"Arrow schema was already found {found.arrow}, cannot use {annotation}"
                refuse(hint, "", reason, "give one schema")
            found.arrow = annotation
    return found


def extract_cols_and_format(t: Any) -> tuple[Any, Any, str, Any]:
    """The same as flytekit gives it: class, an `OrderedDict` of columns or None, format, Arrow schema or None."""
    from collections import OrderedDict

    found = declared(t)
    return found.cls, None if found.columns is None else OrderedDict(found.columns), found.form, found.arrow


def flatten_dict(sub_dict: dict[str, Any], parent_key: str = "") -> dict[str, Any]:
    """Columns inside of columns, also of dataclasses, by dotted names."""
    return _flat(sub_dict, f"{parent_key}." if parent_key else "")


def _fields(annotation: Any) -> dict[str, Any]:
    """The columns that the fields of a class name."""
    types: dict[str, Any] = annotation.__annotations__
    if any(isinstance(one, str) for one in types.values()):
        import typing

        types = typing.get_type_hints(annotation)
    return dict(types)


def dataset_type(hint: Any) -> StructuredDatasetType:
    """The Flyte type of a hint.

    Raises `TypeTransformerFailedError` for a column of a type that tables do not have.
    """
    from wingbeat.idl import StructuredDatasetType

    found = declared(hint)
    return StructuredDatasetType(
        columns=dataset_columns(found.columns),
        format=found.form,
        external_schema_type="arrow" if found.arrow else None,
        external_schema_bytes=found.arrow.to_string().encode() if found.arrow else None,
    )


def dataset_columns(columns: dict[str, Any] | None) -> list[StructuredDatasetType.DatasetColumn]:
    """The columns with their Flyte types; those of columns that have columns are named `outer.inner`."""
    from wingbeat.idl import StructuredDatasetType

    return [
        StructuredDatasetType.DatasetColumn(name=key, literal_type=_literal_type(key, kind))
        for key, kind in _flat(columns or {}, "").items()
    ]


def _flat(columns: dict[str, Any], prefix: str) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, kind in columns.items():
        if isinstance(kind, dict):
            flat.update(_flat(kind, f"{prefix}{key}."))
        elif is_dataclass(kind) or is_dataclass(type(kind)):
            cls = kind if isinstance(kind, type) else type(kind)
            flat.update(_flat(_fields(cls), f"{prefix}{key}."))
        else:
            flat[f"{prefix}{key}"] = kind
    return flat


def _literal_type(column: str, kind: Any) -> LiteralType:
    from wingbeat.idl import LiteralType

    simple = simple_type(kind)
    if simple is not None:
        return LiteralType(simple=simple)
    origin = getattr(kind, "__origin__", None)
    if origin is list:
        return LiteralType(collection_type=_literal_type(column, arguments(kind)[0]))
    if origin is dict:
        return LiteralType(map_value_type=_literal_type(column, arguments(kind)[1]))
    # As in flytekit, with the column.
    return refuse(
        kind,
        f"column {column!r}",
        f"type {name(kind)} is currently not supported by StructuredDataset",
        f"a column may be {ALLOWED}, or a List or Dict of one of these",
    )
