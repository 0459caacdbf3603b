"""Which names of flytekit stand for something else, and how they get back what they stood for."""

from __future__ import annotations

from flytekit.bin import entrypoint as flytekit_entrypoint
from flytekit.core.array_node_map_task import ArrayNodeMapTask
from flytekit.core.base_task import PythonTask
from flytekit.core.type_engine import TypeEngine

from wingbeat.flytekit_compat.acceleration import elements, entrypoint, inputs, outputs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: What has been replaced: the owner, the name, what stood there and what stands there now.
_replaced: list[tuple[Any, str, Any, Any]] = []


def install() -> None:
    """Replace what converts inputs and outputs. Doing so again changes nothing."""
    if _replaced:
        return
    for name, of_class in (
        ("literal_map_to_kwargs", inputs.literal_map_to_kwargs),
        ("async_to_literal", outputs.async_to_literal),
    ):
        _replace(TypeEngine, name, staticmethod(of_class(getattr(TypeEngine, name))))
    for owner, name, of_method in (
        (PythonTask, "_output_to_literal_map", outputs.output_to_literal_map),
        (ArrayNodeMapTask, "_literal_map_to_python_input", elements.literal_map_to_python_input),
        (flytekit_entrypoint, "utils", entrypoint.Files),
        (flytekit_entrypoint, "_literal_models", entrypoint.Models),
    ):
        make: Callable[..., Any] = of_method
        _replace(owner, name, make(vars(owner)[name]))


def uninstall() -> None:
    """Put everything back. What somebody else has put in the place of a replacement since then stays."""
    while _replaced:
        owner, name, original, replacement = _replaced.pop()
        if vars(owner).get(name) is replacement:
            setattr(owner, name, original)


def _replace(owner: Any, name: str, replacement: Any) -> None:
    _replaced.append((owner, name, vars(owner)[name], replacement))
    setattr(owner, name, replacement)
