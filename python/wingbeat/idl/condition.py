"""The messages of `flyteidl/core/condition.proto`: what a branch of a workflow depends on."""

from __future__ import annotations

from wingbeat.idl.literals import Primitive, Scalar
from wingbeat.idl.model import Model, field


class Operand(Model, proto="condition_pb2.Operand"):
    """One side of a comparison: a value, or the name of an input of the branch."""

    primitive: Primitive | None = None
    var: str | None = field(default=None, omit_empty=True)
    scalar: Scalar | None = None


class ComparisonExpression(Model, proto="condition_pb2.ComparisonExpression"):
    """Two values compared."""

    class Operator:
        """How."""

        EQ = 0
        NEQ = 1
        GT = 2
        GTE = 3
        LT = 4
        LTE = 5

    operator: int
    left_value: Operand
    right_value: Operand


class ConjunctionExpression(Model, proto="condition_pb2.ConjunctionExpression"):
    """Two conditions, of which one or both must hold."""

    class LogicalOperator:
        """Which."""

        AND = 0
        OR = 1

    operator: int
    left_expression: BooleanExpression
    right_expression: BooleanExpression


class BooleanExpression(Model, proto="condition_pb2.BooleanExpression"):
    """A condition. One field is set."""

    conjunction: ConjunctionExpression | None = None
    comparison: ComparisonExpression | None = None
