"""Whether a stored type may be read as a declared one (type-system spec 2.7).

By flytekit's rule, or by a relaxed one that is asked only where flytekit's finds no variant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flyteidl.core import types_pb2

if TYPE_CHECKING:
    from flyteidl.core.types_pb2 import LiteralType


def castable(stored: LiteralType, declared: LiteralType, relaxed: bool) -> bool:
    """`stored` stands beside the value in a union literal, `declared` is the type of a variant."""
    if stored.HasField("union_type"):
        return all(castable(variant, declared, relaxed) for variant in stored.union_type.variants)
    if declared.HasField("union_type"):
        return any(castable(stored, variant, relaxed) for variant in declared.union_type.variants)
    kinds = (stored.WhichOneof("type"), declared.WhichOneof("type"))
    if kinds == ("collection_type", "collection_type"):
        return castable(stored.collection_type, declared.collection_type, relaxed)
    if kinds == ("map_value_type", "map_value_type"):
        return castable(stored.map_value_type, declared.map_value_type, relaxed)
    if kinds == ("structured_dataset_type", "structured_dataset_type"):
        return relaxed or _same_columns(stored.structured_dataset_type, declared.structured_dataset_type, relaxed)
    if kinds == ("enum_type", "simple") and declared.simple == types_pb2.STRING:
        return True
    if relaxed and kinds == ("enum_type", "enum_type"):
        return True  # other values, or another order, than when it was written: the value decides
    if relaxed and kinds == ("blob", "blob"):
        return stored.blob.dimensionality == declared.blob.dimensionality  # the format is not checked on reading
    return _essence(stored) == _essence(declared)


def _same_columns(
    stored: types_pb2.StructuredDatasetType, declared: types_pb2.StructuredDatasetType, relaxed: bool
) -> bool:
    return (
        stored.format == declared.format
        and stored.external_schema_type == declared.external_schema_type
        and stored.external_schema_bytes == declared.external_schema_bytes
        and len(stored.columns) == len(declared.columns)
        and all(
            a.name == b.name and castable(a.literal_type, b.literal_type, relaxed)
            for a, b in zip(stored.columns, declared.columns, strict=True)
        )
    )


def _essence(literal_type: LiteralType) -> LiteralType:
    essence = types_pb2.LiteralType()
    essence.CopyFrom(literal_type)
    for field in ("metadata", "structure", "annotation"):
        essence.ClearField(field)
    essence.DiscardUnknownFields()  # they count in comparisons
    return essence
