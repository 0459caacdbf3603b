"""The errors for hints that cannot be described."""

from __future__ import annotations

from wingbeat.types.hints import name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

LITERAL_TYPES = (
    "int, float, str, bool, None, datetime, date, timedelta, list[T], dict[K, V], dict, Union, Optional, "
    "Enum of strings, typing.Literal and dataclasses"
)
PACKED_TYPES = (
    LITERAL_TYPES + ", and as a field of a dataclass or the content of a dict also Any, bytes, list, tuple, set, "
    "frozenset, NamedTuple, time, UUID, Decimal and Path"
)


def refuse(hint: Any, where: str, reason: str, advice: str = "") -> NoReturn:
    """Raise `TypeTransformerFailedError` for a hint: where it is, why it cannot be used, what to do instead."""
    from wingbeat.errors import TypeTransformerFailedError

    place = f"{where}: " if where else ""
    raise TypeTransformerFailedError(f"{place}{name(hint)}: {reason}" + (f"; {advice}" if advice else ""))


def refuse_unknown(hint: Any, where: str, supported: str) -> NoReturn:
    """Raise for a hint that nobody converts."""
    if isinstance(hint, str):
        reason = f"the annotation {hint!r} is a string that was not resolved"
        refuse(hint, where, reason, "define the name at module level, or pass the type itself")
    refuse(
        hint,
        where,
        f"not a supported type (supported: {supported})",
        "use one of these, or register a TypeTransformer for it with TypeEngine.register",
    )


def refuse_tuple(hint: Any, where: str) -> NoReturn:
    """Raise `RestrictedTypeError`: a tuple is a way to name several outputs, not a value (type-system spec 2.6)."""
    from wingbeat.errors import RestrictedTypeError

    place = f"{where}: " if where else ""
    raise RestrictedTypeError(
        f"{place}Transformer for type {name(hint)} is restricted currently: Flyte has no tuple values; use list[T] or "
        "a dataclass, and for several outputs annotate the task's return type with a NamedTuple or tuple[A, B]"
    )


def restricted() -> type[Exception]:
    """`RestrictedTypeError`, for an `except` clause: Python evaluates it only when something was raised."""
    from wingbeat.errors import RestrictedTypeError

    return RestrictedTypeError


def refuse_inside(error: Exception) -> NoReturn:
    """Raise for a restricted type inside another, which is a `ValueError`, as in flytekit."""
    from wingbeat.errors import TypeTransformerFailedError

    raise TypeTransformerFailedError(str(error)) from error
