"""`FlyteSchema` and the literal of a schema (type-system spec 2.18)."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types import schema
from wingbeat.types.flyte_schema import document_form
from wingbeat.types.flyte_schema.engine import SchemaEngine
from wingbeat.types.flyte_schema.reader import SchemaOpenMode
from wingbeat.types.flyte_schema.schema import FlyteSchema
from wingbeat.types.frames.column_types import ALLOWED, simple_type
from wingbeat.types.hints import is_annotated, name
from wingbeat.types.kinds import kind_of
from wingbeat.types.preview import preview
from wingbeat.types.transformer import TypeTransformer
from wingbeat.types.unsupported import refuse

if TYPE_CHECKING:
    from wingbeat.idl import Literal, LiteralType, SchemaType

__all__ = ["FlyteSchemaTransformer", "make"]

#: In the order of `SchemaColumnType`.
_PYTHON = (int, float, str, bool, datetime.datetime, datetime.timedelta)


class FlyteSchemaTransformer(TypeTransformer[Any]):
    """Converts `FlyteSchema` and its subscripted types; as such a type, also a table of a class that has a handler."""

    def __init__(self) -> None:
        super().__init__("FlyteSchema Transformer", FlyteSchema, enable_type_assertions=False)

    def get_literal_type(self, t: Any) -> LiteralType:
        """The columns. Raises `TypeTransformerFailedError` for one of a type that schemas do not have."""
        from wingbeat.idl import LiteralType

        return LiteralType(schema=_schema_type(_bare(t)))

    def guess_python_type(self, literal_type: LiteralType) -> Any:
        """`FlyteSchema` with these columns."""
        if literal_type.schema is None:
            raise ValueError(f"Cannot reverse {preview(literal_type)}")
        columns = {column.name: _PYTHON[column.type] for column in literal_type.schema.columns or ()}
        return FlyteSchema.__class_getitem__(columns)

    def to_literal(self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType | None) -> Literal:
        """The literal of a schema or a table, which is uploaded unless it was only received.

        Raises `TypeTransformerFailedError` for a value of a class without a handler.
        """
        from wingbeat.idl import Literal, Scalar, Schema

        cls = _bare(python_type)
        found = python_val if isinstance(python_val, FlyteSchema) else _written(ctx, python_val, cls)
        uri: Any = found.remote_path
        # Received and never opened: there is nothing in the folder.
        if found.supported_mode != SchemaOpenMode.READ or found._downloaded:
            uri = ctx.file_access.queue_data(found.local_path, uri, True, recoverable=True)
        return Literal(scalar=Scalar(schema=Schema(uri=uri, type=_schema_type(cls))))

    def to_python_value(self, ctx: Any, lv: Literal, expected_python_type: Any) -> Any:
        """The schema of a literal; its tables are downloaded when it is opened.

        Raises `TypeTransformerFailedError` for a literal of another kind.
        """
        scalar = lv.scalar
        if scalar is not None and (scalar.binary is not None or scalar.generic is not None):
            from wingbeat._core import Codec

            content = Codec(schema.Packed(schema.Any(), False, "")).decode(lv.serialize_to_string())
            return document_form.from_document(content, expected_python_type)
        stored = None if scalar is None else scalar.schema or scalar.structured_dataset
        if stored is None:
            # The beginning is flytekit's message.
            raise TypeTransformerFailedError(f"Can only convert a literal schema to a FlyteSchema, got {kind_of(lv)}")

        def download(uri: str, folder: str) -> None:
            ctx.file_access.get_data(uri, folder, is_multipart=True)

        return _bare(expected_python_type)(
            local_path=ctx.file_access.get_random_local_directory(),
            remote_path=stored.uri,
            downloader=download,
            supported_mode=SchemaOpenMode.READ,
        )

    def document_node(self, hint: Any) -> schema.Schema:
        """The packed node."""
        return document_form.node(hint)

    def document_schema(self, hint: Any) -> dict[str, Any]:  # the columns are not in it
        """The JSON schema of that."""
        return document_form.json_schema()


def _written(ctx: Any, table: Any, cls: Any) -> FlyteSchema:
    try:
        SchemaEngine.get_handler(type(table))
    except ValueError as error:
        raise TypeTransformerFailedError(str(error)) from error
    found: FlyteSchema = cls(local_path=ctx.file_access.get_random_local_directory())
    found.open(type(table)).write(table)  # type: ignore[union-attr]
    return found


def _schema_type(cls: Any) -> SchemaType:
    from wingbeat.idl import SchemaType

    columns = [
        SchemaType.SchemaColumn(name=column, type=_column(column, kind)) for column, kind in cls.columns().items()
    ]
    return SchemaType(columns=columns)


def _column(column: str, kind: Any) -> int:
    found = simple_type(kind)
    if found is None:
        reason = f"type {name(kind)} is currently not supported by FlyteSchema"
        return refuse(kind, f"column {column!r}", reason, f"a column may be {ALLOWED}")
    return found - 1


def _bare(hint: Any) -> Any:
    while is_annotated(hint):
        hint = hint.__origin__
    return hint


def make(hint: Any) -> FlyteSchemaTransformer:  # noqa: ARG001  # the signature of all `make`
    """The transformer of all schemas."""
    return FlyteSchemaTransformer()
