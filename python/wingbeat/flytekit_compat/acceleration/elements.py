"""One element of a map task: what stands for `ArrayNodeMapTask._literal_map_to_python_input`."""

from __future__ import annotations

from flytekit.core.context_manager import ExecutionState, FlyteContextManager
from flytekit.core.type_engine import TypeEngine

from wingbeat import _core
from wingbeat.errors import MalformedLiteralError, OffloadedLiteralError, TypeTransformerFailedError
from wingbeat.flytekit_compat.acceleration import inputs, modes
from wingbeat.flytekit_compat.acceleration.literals import LiteralMap
from wingbeat.types import schema

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Any

#: Any literal, as it is.
_AS_IT_IS = schema.Callback("literal", bytes, bytes)


def literal_map_to_python_input(original: Callable[..., Any]) -> Callable[..., Any]:
    """The replacement; `original` is flytekit's."""

    def accelerated(self: Any, literal_map: Any, ctx: Any) -> Any:
        content = literal_map.content if type(literal_map) is LiteralMap and modes.current != modes.OFF else None
        current = FlyteContextManager.current_context()
        state = current.execution_state
        if content is None or not state or state.mode != ExecutionState.Mode.TASK_EXECUTION:
            return original(self, literal_map, ctx)
        index = self._compute_array_job_index()
        entries = find(current, content, index, tuple(self.interface.inputs), self.bound_inputs)
        types = self.python_function_task.python_interface.inputs
        if entries is None or not types or any(name not in types for name in entries):
            return original(self, literal_map, ctx)  # whose error it is, if it is one
        return inputs.arguments(current, entries, types, TypeEngine.literal_map_to_kwargs)

    return accelerated


def find(
    ctx: Any, content: bytes, index: int, names: Collection[str], bound: Collection[str]
) -> dict[str, bytes] | None:
    """The serialized literals of one element, without a look at the others; None if something is not as it should be.

    A list that is stored elsewhere is fetched.
    """
    if index < 0:  # flytekit counts from the end
        return None
    codec = _core.InterfaceCodec(dict.fromkeys(names, _AS_IT_IS))
    try:
        try:
            found = codec.decode(content, index, bound)
        except OffloadedLiteralError:
            content = _with_lists(ctx, content, names, bound)
            found = codec.decode(content, index, bound)
    except (TypeTransformerFailedError, MalformedLiteralError, IndexError):
        return None
    return found if len(found) == len(names) else None


def _with_lists(ctx: Any, content: bytes, names: Collection[str], bound: Collection[str]) -> bytes:
    """The document with the lists that are stored elsewhere in their places; what is inside of them stays as it is."""
    literals = _core.entries(content)
    for name in names:
        if name in literals and name not in bound:
            literals[name] = inputs.in_place(ctx, literals[name])
    return _core.literal_map(literals)
