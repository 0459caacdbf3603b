"""`FlyteError` and the literal of an error (type-system spec 2.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types.error import FlyteError
from wingbeat.types.kinds import unexpected
from wingbeat.types.preview import preview
from wingbeat.types.transformer import TypeTransformer

if TYPE_CHECKING:
    from wingbeat.idl import Literal, LiteralType

__all__ = ["ErrorTransformer", "FlyteError", "make"]

_ERROR = 8


class ErrorTransformer(TypeTransformer[Any]):
    """Converts a `FlyteError`, wingbeat's or flytekit's: whichever class is declared."""

    def __init__(self, cls: Any) -> None:
        super().__init__("FlyteError", cls, enable_type_assertions=False)

    def get_literal_type(self, t: Any = None) -> LiteralType:
        """The simple type ERROR."""
        from wingbeat.idl import LiteralType

        return LiteralType(simple=_ERROR)

    def to_literal(self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType) -> Literal:
        """The literal of an error. Raises `TypeTransformerFailedError` for a value of another class."""
        from wingbeat.idl import Error, Literal, Scalar

        if type(python_val) is not self.python_type:
            raise TypeTransformerFailedError(
                f"Expected value of type {self.python_type} but got '{preview(python_val)}' of type {type(python_val)}"
            )
        error = Error(failed_node_id=python_val.failed_node_id, message=python_val.message)
        return Literal(scalar=Scalar(error=error))

    def to_python_value(self, ctx: Any, lv: Literal, expected_python_type: Any) -> Any:
        """The error of a literal. Raises `TypeTransformerFailedError` if the literal is none."""
        if lv.scalar is None or lv.scalar.error is None:
            raise unexpected("error", lv)
        return self.python_type(message=lv.scalar.error.message, failed_node_id=lv.scalar.error.failed_node_id)

    def guess_python_type(self, literal_type: LiteralType) -> Any:
        """`FlyteError`, if the Flyte type is ERROR."""
        if literal_type.simple == _ERROR:
            return self.python_type
        raise ValueError(f"Transformer {self} cannot reverse {preview(literal_type)}")


def make(hint: Any) -> ErrorTransformer:
    """The transformer of the declared class."""
    while hasattr(hint, "__metadata__"):
        hint = hint.__origin__
    return ErrorTransformer(hint)
