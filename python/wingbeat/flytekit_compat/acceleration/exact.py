"""One value between its bytes and Python, where the result is sure to be flytekit's."""

from __future__ import annotations

from wingbeat.errors import OffloadedLiteralError
from wingbeat.flytekit_compat.acceleration import shape
from wingbeat.flytekit_compat.acceleration.coverage import uncovered
from wingbeat.types.codec import compiled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Outcome:
    """What came of a conversion: `value`, or `reason`, which says why it is left to flytekit."""

    __slots__ = ("reason", "value")

    def __init__(self, value: Any, reason: str = "") -> None:
        self.value = value
        self.reason = reason


def read(content: bytes, hint: Any) -> Outcome:
    """The value of a serialized literal.

    Only if the literal is, byte for byte, the one that flytekit writes for this value: wingbeat also reads others, of
    which flytekit makes something else, or nothing.

    Raises:
        OffloadedLiteralError: the literal, or one inside of it, is stored elsewhere.
    """
    reason = uncovered(hint)
    if reason:
        return Outcome(None, reason)
    try:
        codec = compiled(hint)
        value = codec.decode(content)
        if codec.encode(value) == content:
            return Outcome(value)
    except OffloadedLiteralError:
        raise
    except Exception as error:  # noqa: BLE001 flytekit converts it again, and is heard
        return Outcome(None, _first_line(error))
    return Outcome(None, "the literal is not spelled as flytekit spells it")


def write(value: Any, hint: Any) -> Outcome:
    """The serialized literal of a value."""
    reason = uncovered(hint)
    if reason:
        return Outcome(None, reason)
    try:
        of_hint = shape.check(hint)
        if of_hint is None or of_hint(value):
            return Outcome(compiled(hint).encode(value))
        return Outcome(None, "a part of the value is not of the class that is declared")
    except Exception as error:  # noqa: BLE001 flytekit converts it again, and is heard
        return Outcome(None, _first_line(error))


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
