"""Literals as bytes, which become flytekit's model objects when somebody looks into them.

The classes are called as flytekit's are, which their text shows.
"""

from __future__ import annotations

from flyteidl.core import literals_pb2
from flytekit.models import literals as models

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Packed:
    """What a packed object has besides the attributes of its class: its bytes, until those are asked for."""

    #: The bytes; None from when somebody has looked inside: what he holds may be changed.
    content: bytes | None
    _message: Any
    _model: Any

    def __init__(self, content: bytes) -> None:
        object.__setattr__(self, "content", content)

    def __getattr__(self, name: str) -> Any:
        # Only what is missing comes here: flytekit's attributes, before they are there.
        if name.startswith("__") or self.__dict__.get("content") is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        self._unpack()
        return getattr(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._unpack()
        object.__setattr__(self, name, value)

    def _unpack(self) -> None:
        content = self.__dict__.get("content")
        if content is not None:
            model = self._model.from_flyte_idl(self._message.FromString(content))
            object.__setattr__(self, "content", None)
            self.__dict__.update(vars(model))

    def to_flyte_idl(self) -> Any:
        """The message."""
        if self.content is not None:
            return self._message.FromString(self.content)
        return self._model.to_flyte_idl(self)

    @classmethod
    def from_flyte_idl(cls, message: Any) -> Any:
        """An ordinary object."""
        return cls._model.from_flyte_idl(message)


class Literal(Packed, models.Literal):  # type: ignore[misc]  # flytekit has no types
    """A literal that wingbeat wrote."""

    _message = literals_pb2.Literal
    _model = models.Literal


class LiteralMap(Packed, models.LiteralMap):  # type: ignore[misc]
    """The inputs of a task as they lie in the file."""

    _message = literals_pb2.LiteralMap
    _model = models.LiteralMap


def content_of(literal: Any) -> bytes:
    """The bytes of any literal, without a message if it is packed."""
    packed = literal.content if type(literal) is Literal else None
    return bytes(literal.to_flyte_idl().SerializeToString()) if packed is None else packed
