"""Where the inputs of a node come from: the bindings of `literals.proto`, the references of `types.proto`."""

from __future__ import annotations

from wingbeat.idl.literals import Literal, LiteralCollection, LiteralMap, Scalar
from wingbeat.idl.model import Model, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from typing_extensions import Self


class OutputReference(Model, proto="types_pb2.OutputReference"):
    """The output `var` of a node; `attr_path` leads to a part of it by names and positions."""

    node_id: str
    var: str
    attr_path: list[str | int] = field(default=None, adapt=lambda path: [] if path is None else path)

    def to_flyte_idl(self) -> Any:
        """The message."""
        from flyteidl.core import types_pb2

        steps = [{"string_value" if isinstance(step, str) else "int_value": step} for step in self.attr_path]
        return types_pb2.OutputReference(node_id=self.node_id, var=self.var, attr_path=steps)

    @classmethod
    def from_flyte_idl(cls, pb: Any) -> Self:
        """The reference of a message."""
        return cls(pb.node_id, pb.var, [step.string_value or step.int_value for step in pb.attr_path])


class BindingDataMap(Model, proto="literals_pb2.BindingDataMap"):
    """A dict of bindings."""

    bindings: dict[str, BindingData]


class BindingDataCollection(Model, proto="literals_pb2.BindingDataCollection"):
    """A list of bindings."""

    bindings: list[BindingData]


class BindingData(Model, proto="literals_pb2.BindingData"):
    """A value or a reference, or a collection of such. One field is set."""

    scalar: Scalar | None = None
    collection: BindingDataCollection | None = None
    promise: OutputReference | None = None
    map: BindingDataMap | None = None

    @property
    def value(self) -> Any:
        """The field that is set."""
        return self.scalar or self.collection or self.promise or self.map

    def to_literal_model(self) -> Literal | None:
        """The literal, if there is no reference in it.

        Raises:
            FlyteValueException: there is one.
        """
        if self.promise:
            from wingbeat.exceptions import FlyteValueException

            raise FlyteValueException(self.promise, "Cannot convert BindingData to a Literal because it has a promise.")
        if self.scalar:
            return Literal(scalar=self.scalar)
        if self.collection:
            return Literal(collection=LiteralCollection(_literals(self.collection.bindings)))
        if self.map:
            names = self.map.bindings
            return Literal(map=LiteralMap(dict(zip(names, _literals(list(names.values())), strict=True))))
        return None


def _literals(bindings: list[BindingData]) -> list[Any]:
    return [binding.to_literal_model() for binding in bindings]


class Binding(Model, proto="literals_pb2.Binding"):
    """One input of a node, or one output of a workflow."""

    var: str
    binding: BindingData
