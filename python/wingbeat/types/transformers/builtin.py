"""The transformer of every type that wingbeat converts by itself: the compiled codec behind flytekit's methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wingbeat.types.codec import compiled_own
from wingbeat.types.guess import guess_builtin
from wingbeat.types.literal_type import own_literal_type, tag_of
from wingbeat.types.transformer import TypeTransformer

if TYPE_CHECKING:
    from wingbeat.idl import Binary, Literal, LiteralType

__all__ = ["BuiltinTransformer"]


class BuiltinTransformer(TypeTransformer[Any]):
    """Converts a family of types: all lists, all enums, one simple type.

    Its name is flytekit's name for the family (type-system spec 2.2). Types are checked while converting, so there is
    no separate assertion.
    """

    def __init__(self, name: str, t: Any) -> None:
        super().__init__(name, t, enable_type_assertions=False)

    def get_literal_type(self, t: Any = None) -> LiteralType:
        """The Flyte type of `t`."""
        from wingbeat.idl import LiteralType

        return LiteralType.from_bytes(own_literal_type(self.python_type if t is None else t))

    def to_literal(self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType | None = None) -> Literal:
        """The literal of a value. Raises `TypeTransformerFailedError` if it does not fit `python_type`."""
        from wingbeat.idl import Literal

        return Literal.from_bytes(compiled_own(python_type).encode(python_val))

    def to_python_value(self, ctx: Any, lv: Literal, expected_python_type: Any) -> Any:
        """The value of a literal. Raises `TypeTransformerFailedError` if it does not fit the type."""
        return compiled_own(expected_python_type).decode(lv.to_flyte_idl().SerializeToString())

    def assert_type(self, t: Any, v: Any) -> None:
        """Raise `TypeTransformerFailedError` if `v` does not fit `t`."""
        compiled_own(t).encode(v)

    def guess_python_type(self, literal_type: LiteralType) -> Any:
        """The Python type, if it is one of this family."""
        guess = guess_builtin(literal_type)
        if tag_of(guess) != self.name:
            raise ValueError(f"Transformer {self} cannot reverse {literal_type}")
        return guess

    def from_binary_idl(self, binary_idl_object: Binary, expected_python_type: Any) -> Any:
        """The value of a msgpack document."""
        from wingbeat.idl import Literal, Scalar

        return self.to_python_value(None, Literal(scalar=Scalar(binary=binary_idl_object)), expected_python_type)

    def from_generic_idl(self, generic: Any, expected_python_type: Any) -> Any:
        """The value of a protobuf `Struct`."""
        from wingbeat.idl import Literal, Scalar

        return self.to_python_value(None, Literal(scalar=Scalar(generic=generic)), expected_python_type)
