"""The messages of `flyteidl/core/types.proto`: what a value's declared type is (type-system spec 1.3, 1.4)."""

from __future__ import annotations

from wingbeat.idl.model import Model, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class SimpleType:
    """The kinds of scalar."""

    NONE = 0
    INTEGER = 1
    FLOAT = 2
    STRING = 3
    BOOLEAN = 4
    DATETIME = 5
    DURATION = 6
    BINARY = 7
    ERROR = 8
    STRUCT = 9


class BlobType(Model, proto="types_pb2.BlobType"):
    """A file or a directory."""

    class BlobDimensionality:
        """One file, or several below one prefix."""

        SINGLE = 0
        MULTIPART = 1

    format: str
    dimensionality: int


class EnumType(Model, proto="types_pb2.EnumType"):
    """One of a set of strings."""

    values: list[str]


class SchemaType(Model, proto="types_pb2.SchemaType"):
    """The columns of a `FlyteSchema`."""

    class SchemaColumn(Model, proto="types_pb2.SchemaType.SchemaColumn"):
        """One column."""

        class SchemaColumnType:
            """What a column may hold."""

            INTEGER = 0
            FLOAT = 1
            STRING = 2
            BOOLEAN = 3
            DATETIME = 4
            DURATION = 5

        name: str
        type: int

    columns: list[SchemaType.SchemaColumn]


class UnionType(Model, proto="types_pb2.UnionType"):
    """One of several types, each tagged in its `structure`."""

    variants: list[LiteralType]


class TypeStructure(Model, proto="types_pb2.TypeStructure"):
    """What tells types apart that are otherwise alike: a union variant's tag, a dataclass's fields."""

    tag: str
    dataclass_type: dict[str, LiteralType] | None = None


class StructuredDatasetType(Model, proto="types_pb2.StructuredDatasetType"):
    """The columns and the format of a table."""

    class DatasetColumn(Model, proto="types_pb2.StructuredDatasetType.DatasetColumn"):
        """One column."""

        name: str
        literal_type: LiteralType

    columns: list[StructuredDatasetType.DatasetColumn] | None = None
    format: str = ""
    external_schema_type: str | None = field(default=None, empty_is_none=True)
    external_schema_bytes: bytes | None = field(default=None, empty_is_none=True)


class TypeAnnotation(Model, proto="types_pb2.TypeAnnotation"):
    """What a user attached to a type: a JSON-like dict."""

    annotations: dict[str, Any] | None = field(always=True)

    @classmethod
    def merge_annotations(cls, annotation: TypeAnnotation, other_annotation: TypeAnnotation) -> TypeAnnotation:
        """Both; where they have the same key, the second one's value."""
        return cls(annotations={**(annotation.annotations or {}), **(other_annotation.annotations or {})})


class LiteralType(Model, proto="types_pb2.LiteralType"):
    """The declared type of a literal. One of the first eight fields is set."""

    simple: int | None = None
    schema: SchemaType | None = None
    collection_type: LiteralType | None = None
    map_value_type: LiteralType | None = None
    blob: BlobType | None = None
    enum_type: EnumType | None = None
    union_type: UnionType | None = None
    structured_dataset_type: StructuredDatasetType | None = None
    metadata: dict[str, Any] | None = field(default=None, empty_is_none=True)
    structure: TypeStructure | None = None
    annotation: TypeAnnotation | None = None


class Error(Model, proto="types_pb2.Error"):
    """The failure of a node, as a value."""

    failed_node_id: str
    message: str
