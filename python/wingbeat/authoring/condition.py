"""Conditions of workflows: comparisons, and `conditional`, which is for a workflow's body (authoring spec 4.5)."""

from __future__ import annotations

import operator
from enum import Enum

from wingbeat.authoring.process import pushed_context
from wingbeat.authoring.promise import Promise
from wingbeat.exceptions import NotCovered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

__all__ = ["ComparisonExpression", "ComparisonOps", "ConjunctionExpression", "ConjunctionOps", "conditional"]


class ConjunctionOps(Enum):
    """How two expressions are joined."""

    AND = "and"
    OR = "or"


class ComparisonOps(Enum):
    """How two values are compared."""

    EQ = "=="
    NE = "!="
    GT = ">"
    GE = ">="
    LT = "<"
    LE = "<="


class _Expression:
    """What both kinds of expressions can do: be joined, and not be asked for their truth."""

    def __and__(self, other: Any) -> ConjunctionExpression:
        return ConjunctionExpression(self, ConjunctionOps.AND, other)

    def __or__(self, other: Any) -> ConjunctionExpression:
        return ConjunctionExpression(self, ConjunctionOps.OR, other)


class ComparisonExpression(_Expression):
    """A comparison of two values, of which at least one is a `Promise`. Any other is kept as a `Literal`."""

    def __init__(self, lhs: Any, op: ComparisonOps, rhs: Any) -> None:
        self._op = op
        self._lhs = _operand(lhs)
        self._rhs = _operand(rhs)

    @property
    def lhs(self) -> Any:
        """The left value."""
        return self._lhs

    @property
    def rhs(self) -> Any:
        """The right value."""
        return self._rhs

    @property
    def op(self) -> ComparisonOps:
        """How they are compared."""
        return self._op

    def eval(self) -> bool:
        """What it comes to, once both values are there. Raises ValueError before."""
        compare = getattr(operator, self._op.name.lower())
        return bool(compare(_value(self._lhs), _value(self._rhs)))

    def __bool__(self) -> NoReturn:
        raise ValueError(
            "Cannot perform truth value testing, This is a limitation in python. For Logical `and\\or` use `&\\|` "
            f"(bitwise) instead. Expr {self}"
        )

    def __repr__(self) -> str:
        return f"Comp({self._lhs} {self._op.value} {self._rhs})"


class ConjunctionExpression(_Expression):
    """Two expressions, joined."""

    def __init__(self, lhs: Any, op: ConjunctionOps, rhs: Any) -> None:
        self._lhs = lhs
        self._op = op
        self._rhs = rhs

    @property
    def lhs(self) -> Any:
        """The left expression."""
        return self._lhs

    @property
    def rhs(self) -> Any:
        """The right expression."""
        return self._rhs

    @property
    def op(self) -> ConjunctionOps:
        """How they are joined."""
        return self._op

    def eval(self) -> bool:
        """What it comes to, once all values are there. Raises ValueError before."""
        left = bool(self._lhs.eval())
        if left is (self._op is ConjunctionOps.OR):
            return left
        return bool(self._rhs.eval())

    def __bool__(self) -> NoReturn:
        raise ValueError(
            "Cannot perform truth value testing, This is a limitation in python. For Logical `and\\or` use `&\\|` "
            "(bitwise) instead. Refer to: PEP-335"
        )

    def __repr__(self) -> str:
        return f"( {self._lhs} {self._op} {self._rhs} )"


def conditional(name: str) -> Any:  # noqa: ARG001 flytekit's
    """A choice between nodes, in the body of a workflow; anywhere else, it is refused.

    Raises:
        AssertionError: this is no body of a workflow.
        NotCovered: user code has entered one by a context of its own.
    """
    ctx = pushed_context()
    if ctx is not None:
        state = ctx.execution_state
        if ctx.compilation_state or (state and state.is_local_execution()):
            raise NotCovered("flytekit.conditional", "it builds a graph of nodes")
    raise AssertionError("Branches can only be invoked within a workflow context!")


def _operand(value: Any) -> Any:
    if isinstance(value, Promise):
        return value
    from wingbeat.types.context import current_context
    from wingbeat.types.engine import TypeEngine

    return TypeEngine.to_literal(current_context(), value, type(value), TypeEngine.to_literal_type(type(value)))


def _value(operand: Any) -> Any:
    if isinstance(operand, Promise):
        return operand.eval()
    return None if operand.scalar.none_type else operand.scalar.primitive.value
