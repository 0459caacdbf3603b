"""The way out: what stands for `PythonTask._output_to_literal_map` and `TypeEngine.async_to_literal`.

The first says that the next literals are the outputs of a task, the second writes these and no others.
"""

from __future__ import annotations

from contextvars import ContextVar

from flytekit.core.context_manager import ExecutionState

from wingbeat.flytekit_compat.acceleration import compare, modes
from wingbeat.flytekit_compat.acceleration.exact import Outcome, write
from wingbeat.flytekit_compat.acceleration.expected import is_of
from wingbeat.flytekit_compat.acceleration.literals import Literal
from wingbeat.flytekit_compat.acceleration.refused import NotAccelerated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: Whether a literal that is asked for is an output. Each conversion runs in a context of its own, where its parts are
#: none.
_is_output: ContextVar[bool] = ContextVar("is_output", default=False)


def output_to_literal_map(original: Callable[..., Any]) -> Callable[..., Any]:
    """The replacement; `original` is flytekit's."""

    async def accelerated(self: Any, native_outputs: Any, ctx: Any) -> Any:
        state = ctx.execution_state
        if modes.current == modes.OFF or not state or state.mode != ExecutionState.Mode.TASK_EXECUTION:
            return await original(self, native_outputs, ctx)
        token = _is_output.set(True)
        try:
            return await original(self, native_outputs, ctx)
        finally:
            _is_output.reset(token)

    return accelerated


def async_to_literal(original: Callable[..., Any]) -> Callable[..., Any]:
    """The replacement; `original` is flytekit's."""

    def accelerated(ctx: Any, python_val: Any, python_type: Any, expected: Any) -> Any:
        if _is_output.get():
            return _output(original, ctx, python_val, python_type, expected)
        return original(ctx, python_val, python_type, expected)

    return accelerated


async def _output(original: Callable[..., Any], ctx: Any, value: Any, hint: Any, expected: Any) -> Any:
    _is_output.set(False)  # of the task that runs this, from here on
    outcome = write(value, hint)
    if not outcome.reason and not is_of(expected, hint):
        outcome = Outcome(None, "its Flyte type is not that of its hint")
    if modes.current == modes.COMPARE and not outcome.reason:
        return await _compared(original, outcome.value, ctx, value, hint, expected)
    if not outcome.reason:
        return Literal(outcome.value)
    if modes.current == modes.STRICT:
        raise NotAccelerated("an output", "", outcome.reason)
    return await original(ctx, value, hint, expected)


async def _compared(original: Callable[..., Any], ours: bytes, ctx: Any, value: Any, hint: Any, expected: Any) -> Any:
    where = f"an output of type {hint!r}"
    try:
        theirs = await original(ctx, value, hint, expected)
    except Exception:
        compare.report(compare.Difference(where, "", "an error", "a literal"))
        raise
    compare.literals(where, theirs, ours)
    return theirs
