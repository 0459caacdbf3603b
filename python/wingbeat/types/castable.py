"""Whether a literal of one Flyte type may be used as another (type-system spec 2.7, 5)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wingbeat.idl import LiteralType, StructuredDatasetType

_STRING = 3


def castable(upstream: LiteralType, downstream: LiteralType) -> bool:
    """flytekit's rule, by which it reads a union literal: `upstream` is the stored type, `downstream` a variant's.

    Of a union upstream every variant must fit, of one downstream some variant. Lists and maps fit if their elements do,
    tables if they have the same format and columns in the same order. An enum fits a string. Anything else must be
    equal but for metadata, structure and annotation.
    """
    if upstream.union_type is not None:
        return all(castable(variant, downstream) for variant in upstream.union_type.variants)
    variants = [] if downstream.union_type is None else downstream.union_type.variants
    if any(castable(upstream, variant) for variant in variants):
        return True
    if upstream.collection_type is not None:
        inner = downstream.collection_type
        return inner is not None and castable(upstream.collection_type, inner)
    if upstream.map_value_type is not None:
        inner = downstream.map_value_type
        return inner is not None and castable(upstream.map_value_type, inner)
    if upstream.structured_dataset_type is not None:
        table = downstream.structured_dataset_type
        return table is not None and _tables_castable(upstream.structured_dataset_type, table)
    if upstream.enum_type is not None and downstream.simple == _STRING:
        return True
    return essence(upstream) == essence(downstream)


def _tables_castable(upstream: StructuredDatasetType, downstream: StructuredDatasetType) -> bool:
    left, right = upstream.columns or [], downstream.columns or []
    return (
        upstream.format == downstream.format
        and upstream.external_schema_type == downstream.external_schema_type
        and upstream.external_schema_bytes == downstream.external_schema_bytes
        and len(left) == len(right)
        and all(
            one.name == other.name and castable(one.literal_type, other.literal_type)
            for one, other in zip(left, right, strict=True)
        )
    )


def essence(literal_type: LiteralType) -> bytes:
    """What decides: the type without metadata, structure and annotation, serialized."""
    message = literal_type.to_flyte_idl()
    for field in ("metadata", "structure", "annotation"):
        message.ClearField(field)
    return bytes(message.SerializeToString(deterministic=True))


def literal_types_match(downstream: LiteralType, upstream: LiteralType) -> bool:
    """Whether two types are the same, but for the order of an enum's values and of a union's variants."""
    if downstream == upstream:
        return True
    for field in ("collection_type", "map_value_type"):
        left, right = getattr(downstream, field), getattr(upstream, field)
        if left is not None:
            return right is not None and literal_types_match(left, right)
    if downstream.enum_type is not None and upstream.enum_type is not None:
        return set(downstream.enum_type.values) == set(upstream.enum_type.values)
    if downstream.union_type is not None and upstream.union_type is not None:
        lefts = sorted(downstream.union_type.variants, key=str)
        rights = sorted(upstream.union_type.variants, key=str)
        return len(lefts) == len(rights) and all(map(literal_types_match, lefts, rights))
    return False
