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


class VariableMap(Model, proto="interface_pb2.VariableMap"):
    """Variables by name."""

    variables: dict[str, Variable]


class TypedInterface(Model, proto="interface_pb2.TypedInterface"):
    """The inputs and outputs of a task, each a dict by name."""

    inputs: dict[str, Variable] = field(wrapped="variables")
    outputs: dict[str, Variable] = field(wrapped="variables")


class Parameter(Model, proto="interface_pb2.Parameter"):
    """An input of a launch plan: a variable with a default, or required."""

    var: Variable
    default: Literal | None = None
    required: bool | None = None
    artifact_query: Any = field(default=None, raw=True)
    artifact_id: Any = field(default=None, raw=True)

    @property
    def behavior(self) -> Any:
        """The default, else whether a value is required, else the artifact query."""
        return self.default or self.required or self.artifact_query


class ParameterMap(Model, proto="interface_pb2.ParameterMap"):
    """Parameters by name."""

    parameters: dict[str, Parameter]
