"""What is told about an input that cannot be read (type-system spec 7)."""

from __future__ import annotations

from wingbeat.errors import MalformedLiteralError, TypeTransformerFailedError
from wingbeat.runtime.inputs import variable_of
from wingbeat.types.hints import name as name_of
from wingbeat.types.kinds import is_literal_map
from wingbeat.types.preview import preview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def explain(error: Exception, task: Any, document: bytes) -> Exception:
    """What to raise for an error of the codec: the error itself with flytekit's words around it, or another.

    A literal map that can be parsed, with content that is no msgpack, is an input that cannot be converted, as for
    flytekit: trying again would not help. One that cannot be parsed may have been read at a bad moment.
    """
    name = variable_of(error)
    if not name:
        return error
    text = f"Error converting input '{name}':\n{error}\n{_declared(name, task)}"
    if isinstance(error, MalformedLiteralError) and is_literal_map(document):
        failed = TypeTransformerFailedError(text)
        failed.path = error.path
        return failed
    error.args = (text,)
    return error


def _declared(name: str, task: Any) -> str:
    hints = task.python_interface.inputs
    if name in hints:
        return f"Expected Python type: {preview(repr(hints[name]))}"  # flytekit's words
    declared = ", ".join(f"{known}: {name_of(hint)}" for known, hint in hints.items())
    return f"The inputs of task '{task.name}' are {preview(declared)}"
