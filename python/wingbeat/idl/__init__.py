"""Flyte's messages as objects: what a Python transformer receives and returns (type-system spec 1.4).

The classes have the names, constructor keywords and properties of `flytekit.models`. They are adapters over the
`flyteidl` messages, which are imported when the first object is converted.

    >>> literal = Literal(scalar=Scalar(primitive=Primitive(integer=1)))
    >>> literal.serialize_to_string().hex()
    '0a040a020801'
    >>> Literal.from_flyte_idl(literal.to_flyte_idl()).scalar.primitive.integer
    1
"""

from __future__ import annotations

from wingbeat.idl.interface import Parameter, ParameterMap, TypedInterface, Variable, VariableMap
from wingbeat.idl.literals import (
    Binary,
    Blob,
    BlobMetadata,
    Literal,
    LiteralCollection,
    LiteralMap,
    LiteralOffloadedMetadata,
    Primitive,
    Scalar,
    Schema,
    StructuredDataset,
    StructuredDatasetMetadata,
    Union,
    Void,
)
from wingbeat.idl.model import Model
from wingbeat.idl.types import (
    BlobType,
    EnumType,
    Error,
    LiteralType,
    SchemaType,
    SimpleType,
    StructuredDatasetType,
    TypeAnnotation,
    TypeStructure,
    UnionType,
)

__all__ = [
    "Binary",
    "Blob",
    "BlobMetadata",
    "BlobType",
    "EnumType",
    "Error",
    "Literal",
    "LiteralCollection",
    "LiteralMap",
    "LiteralOffloadedMetadata",
    "LiteralType",
    "Model",
    "Parameter",
    "ParameterMap",
    "Primitive",
    "Scalar",
    "Schema",
    "SchemaType",
    "SimpleType",
    "StructuredDataset",
    "StructuredDatasetMetadata",
    "StructuredDatasetType",
    "TypeAnnotation",
    "TypeStructure",
    "TypedInterface",
    "Union",
    "UnionType",
    "Variable",
    "VariableMap",
    "Void",
]
