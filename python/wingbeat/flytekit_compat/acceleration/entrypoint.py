"""What flytekit's entrypoint reads and writes files with: bytes go past protobuf.

Two names in `flytekit.bin.entrypoint` stand for these instead of for modules of flytekit; what else is asked of them
is what those modules have.
"""

from __future__ import annotations

from flyteidl.core import literals_pb2
from flytekit.models import literals as models

from wingbeat import _core
from wingbeat.errors import MalformedLiteralError
from wingbeat.flytekit_compat.acceleration import modes
from wingbeat.flytekit_compat.acceleration.literals import Literal, LiteralMap, content_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Files:
    """In place of `flytekit.core.utils`."""

    def __init__(self, original: Any) -> None:
        self.original = original

    def __getattr__(self, name: str) -> Any:
        return getattr(self.original, name)

    def load_proto_from_file(self, pb2_type: Any, path: str) -> Any:
        """The message in a file; the inputs of a task without making one.

        Bytes that are no literal map are left to protobuf, whose error is flytekit's.
        """
        if modes.current != modes.OFF and pb2_type is literals_pb2.LiteralMap:
            with open(path, "rb") as file:
                content = file.read()
            try:
                _core.entries(content)
                return LiteralMap(content)
            except MalformedLiteralError:
                pass
        return self.original.load_proto_from_file(pb2_type, path)


class _AsLiteralMap(type):
    """For `isinstance`, a class is flytekit's `LiteralMap`."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, models.LiteralMap)


class Outputs(metaclass=_AsLiteralMap):
    """In place of `LiteralMap`: what the entrypoint makes of the inputs, and of the outputs before it writes them."""

    def __init__(self, literals: dict[str, Any]) -> None:
        self.literals = literals

    @classmethod
    def from_flyte_idl(cls, message: Any) -> Any:
        """The inputs: those of `Files` are ready."""
        return message if type(message) is LiteralMap else models.LiteralMap.from_flyte_idl(message)

    def to_flyte_idl(self) -> Any:
        """The message, or what can be written in its place."""
        if any(type(literal) is Literal for literal in self.literals.values()):
            return Written(self.literals)
        return models.LiteralMap(self.literals).to_flyte_idl()


class Written:
    """Outputs, of which some are bytes."""

    def __init__(self, literals: dict[str, Any]) -> None:
        self._literals = literals

    def SerializeToString(self) -> bytes:  # noqa: N802 as of a message
        """The content of outputs.pb."""
        return _core.literal_map({name: content_of(literal) for name, literal in self._literals.items()})


class Models:
    """In place of `flytekit.models.literals`."""

    LiteralMap = Outputs

    def __init__(self, original: Any) -> None:
        self.original = original

    def __getattr__(self, name: str) -> Any:
        return getattr(self.original, name)
