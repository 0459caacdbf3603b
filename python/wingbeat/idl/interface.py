"""The messages of `flyteidl/core/interface.proto`: declared inputs and outputs."""

from __future__ import annotations

from wingbeat.idl.literals import Literal
from wingbeat.idl.model import Model, field
from wingbeat.idl.types import LiteralType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Variable(Model, proto="interface_pb2.Variable"):
    """The type and the description of an input or output."""

    type: LiteralType
    description: str
    artifact_partial_id: Any = field(default=None, raw=True)
    artifact_tag: Any = field(default=None, raw=True)

    def to_flyte_idl_list(self) -> Any:
        """The message of a list of such."""
        message = self.to_flyte_idl()
        item = type(message.type)()
        item.CopyFrom(message.type)
        message.type.Clear()
        message.type.collection_type.CopyFrom(item)
        return message


class VariableMap(Model, proto="interface_pb2.VariableMap"):
    """Variables by name."""

    variables: dict[str, Variable]


class TypedInterface(Model, proto="interface_pb2.TypedInterface"):
    """The inputs and outputs of a task, each a dict by name."""

    inputs: dict[str, Variable] = field(wrapped="variables")
    outputs: dict[str, Variable] = field(wrapped="variables")

    def transform_interface_to_list(self, bound_inputs: set[str], excluded_inputs: set[str]) -> TypedInterface:
        """The interface of a map task: lists of everything but the bound inputs, and nothing of the excluded ones."""
        inputs = {name: one for name, one in self.inputs.items() if name not in excluded_inputs}
        return TypedInterface(
            {name: one if name in bound_inputs else _listed(one) for name, one in inputs.items()},
            {name: _listed(one) for name, one in self.outputs.items()},
        )


def _listed(variable: Variable) -> Variable:
    return Variable.from_flyte_idl(variable.to_flyte_idl_list())


class Parameter(Model, proto="interface_pb2.Parameter"):
    """An input of a launch plan: a variable with a default, or required."""

    var: Variable
    default: Literal | None = None
    required: bool | None = None
    artifact_query: Any = field(default=None, raw=True)
    artifact_id: Any = field(default=None, raw=True)

    def to_flyte_idl(self) -> Any:
        """The message, in which a default or an artifact stands in the place of `required`."""
        if self.required is None or (self.default is None and self.artifact_query is None):
            return super().to_flyte_idl()
        return Parameter(self.var, self.default, None, self.artifact_query, self.artifact_id).to_flyte_idl()

    @property
    def behavior(self) -> Any:
        """The default, else whether a value is required, else the artifact query."""
        return self.default or self.required or self.artifact_query


class ParameterMap(Model, proto="interface_pb2.ParameterMap"):
    """Parameters by name."""

    parameters: dict[str, Parameter]
