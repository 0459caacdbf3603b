"""Protobuf messages, as the `Struct` of their JSON form (type-system spec 2.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types.kinds import unexpected
from wingbeat.types.preview import preview
from wingbeat.types.transformer import TypeTransformer

if TYPE_CHECKING:
    from wingbeat.idl import Literal, LiteralType

__all__ = ["ProtobufTransformer", "make"]

_STRUCT = 9
_TYPE_KEY = "pb_type"


class ProtobufTransformer(TypeTransformer[Any]):
    """Converts messages of every class.

    A JSON form has 64-bit integers as strings and every other number as a double, and enum values by name.
    """

    PB_FIELD_KEY = _TYPE_KEY

    def __init__(self) -> None:
        from wingbeat.idl.messages import message_class

        super().__init__("Protobuf-Transformer", message_class())

    def get_literal_type(self, t: Any) -> LiteralType:
        """STRUCT, with the name of the class."""
        from wingbeat.idl import LiteralType

        return LiteralType(simple=_STRUCT, metadata={_TYPE_KEY: self.tag(_bare(t))})

    @staticmethod
    def tag(expected_python_type: Any) -> str:
        """The full name of a class."""
        return f"{expected_python_type.__module__}.{expected_python_type.__name__}"

    def to_literal(self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType) -> Literal:
        """The literal of a message; of a `ListValue`, a collection of its elements.

        Raises `TypeTransformerFailedError` if the message's JSON form is not an object, as that of `Timestamp`.
        """
        from wingbeat.idl import Literal, LiteralCollection, Scalar
        from wingbeat.idl.messages import is_list_value, message_to_struct
        from wingbeat.types.engine import TypeEngine

        if is_list_value(python_val):
            elements = [TypeEngine.to_literal(ctx, one, type(one), None) for one in python_val]
            return Literal(collection=LiteralCollection(literals=elements))
        try:
            struct = message_to_struct(python_val)
        except (TypeError, ValueError) as error:
            # The beginning is flytekit's message.
            raise TypeTransformerFailedError(
                f"Failed to convert to generic protobuf struct: the JSON form of {type(python_val).__name__} is not an"
                " object; wrap it in a message of your own, or declare the Python type that it stands for"
            ) from error
        return Literal(scalar=Scalar(generic=struct))

    def to_python_value(self, ctx: Any, lv: Literal, expected_python_type: Any) -> Any:
        """The message of a literal. Raises `TypeTransformerFailedError` if it has other fields than the literal."""
        from wingbeat.idl.messages import list_value, struct_to_message

        cls = _bare(expected_python_type)
        if lv.collection is not None:
            found = list_value(cls, lv.collection.literals)
            if found is not None:
                return found
        if lv.scalar is None or lv.scalar.generic is None:
            # The beginning is flytekit's message.
            reason = unexpected("struct", lv)
            raise TypeTransformerFailedError(f"Can only convert a generic literal to a Protobuf: {reason}")
        try:
            return struct_to_message(lv.scalar.generic, cls)
        except ValueError as error:
            raise TypeTransformerFailedError(f"the struct is not a {cls.__name__}: {preview(error)}") from error

    def guess_python_type(self, literal_type: LiteralType) -> Any:
        """The class that the metadata names, if it can be imported."""
        metadata = literal_type.metadata
        if literal_type.simple != _STRUCT or not metadata or not metadata.get(_TYPE_KEY):
            raise ValueError(f"Transformer {self} cannot reverse {preview(literal_type)}")
        return load(metadata[_TYPE_KEY])


def load(tag: str) -> Any:
    """The class `module.name`. Raises `ValueError` if there is none."""
    from importlib import import_module

    module, _, name = tag.rpartition(".")
    try:
        return getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise ValueError(f"Could not find the protobuf class named: {tag}.") from error


def _bare(hint: Any) -> Any:
    while hasattr(hint, "__metadata__"):
        hint = hint.__origin__
    return hint


def make(hint: Any) -> ProtobufTransformer:  # noqa: ARG001  # the signature of all `make`
    """The transformer of all messages."""
    return ProtobufTransformer()
