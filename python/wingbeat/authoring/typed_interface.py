"""What Flyte is told of inputs and outputs: hints become a `TypedInterface`."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from wingbeat.authoring.interface import Interface
    from wingbeat.idl import TypedInterface, Variable


def typed_interface(interface: Interface) -> TypedInterface:
    """The inputs and outputs as Flyte describes them; what a docstring says of them is left out.

    Raises:
        Exception: a hint is no Flyte type.
    """
    from wingbeat.idl import TypedInterface

    return TypedInterface(variables(interface.inputs), variables(interface.outputs))


def variables(hints: Mapping[str, Any]) -> dict[str, Variable]:
    """The same of inputs, or of outputs."""
    from wingbeat.idl import Variable
    from wingbeat.types.engine import TypeEngine

    return {name: Variable(TypeEngine.to_literal_type(hint), name) for name, hint in hints.items()}
