"""The way in: a serialized `LiteralMap` becomes the keyword arguments of a task."""

from __future__ import annotations

from wingbeat.types.codec import InterfaceCodec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class InputCodec:
    """Reads the inputs that a task declares.

    Raises:
        Exception: from the constructor, for a hint that is no Flyte type.
    """

    def __init__(self, task: Any) -> None:
        self._codec = InterfaceCodec(task.python_interface.inputs)

    def decode(self, document: bytes) -> dict[str, Any]:
        """The arguments. An input that is missing is left out: the function has a default for it, or complains.

        Raises:
            TypeTransformerFailedError: a value does not fit, or there is no such input. Its text begins
                `Error converting input '<name>':` (type-system spec 7).
            MalformedLiteralError: the document is not a literal map.
        """
        try:
            return self._codec.decode(document)
        except Exception as error:
            name = variable_of(error)
            if name:
                error.args = (f"Error converting input '{name}':\n{error}",)
            raise


def variable_of(error: Exception) -> str:
    """The variable that an error of the codec is about: `xs` of `inputs.xs[17].zip`; empty if it does not say."""
    _, _, path = path_of(error).partition(".")
    end = min((path.index(mark) for mark in ".[" if mark in path), default=len(path))
    return path[:end]


def path_of(error: Exception) -> str:
    """Where in the inputs or outputs an error of the codec is; empty if it does not say."""
    return str(getattr(error, "path", ""))
