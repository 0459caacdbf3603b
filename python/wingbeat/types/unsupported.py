"""The errors for hints that cannot be described."""

from __future__ import annotations

from wingbeat.types.hints import name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

LITERAL_TYPES = (
    "int, float, str, bool, None, datetime, date, timedelta, list[T], dict[K, V], dict, Union, Optional, "
    "Enum of strings, typing.Literal, dataclasses and pydantic models"
)
PACKED_TYPES = (
    LITERAL_TYPES + ", and as a field of a dataclass or the content of a dict also Any, bytes, list, tuple, set, "
    "frozenset, NamedTuple, TypedDict, time, UUID, Decimal, Path and the containers of collections"
)


def refuse(hint: Any, where: str, reason: str, advice: str = "") -> NoReturn:
    """Raise `TypeTransformerFailedError` for a hint: where it is, why it cannot be used, what to do instead."""
    from wingbeat.errors import TypeTransformerFailedError

    place = f"{where}: " if where else ""
    raise TypeTransformerFailedError(f"{place}{name(hint)}: {reason}" + (f"; {advice}" if advice else ""))


def refuse_unknown(hint: Any, where: str, supported: str) -> NoReturn:
    """Raise for a hint that nobody converts."""
    if isinstance(hint, str):
        refuse_string(hint, where)
    refuse(
        hint,
        where,
        f"not a supported type (supported: {supported})",
        "use one of these, or register a TypeTransformer for it with TypeEngine.register",
    )


def refuse_string(hint: str, where: str) -> NoReturn:
    """Raise for an annotation that is a string still."""
    reason = f"the annotation {hint!r} is a string that was not resolved"
    refuse(hint, where, reason, "define the name at module level, or pass the type itself")


#: Subclasses of these pass for their base in flytekit's registry, which then refuses every value.
_EXACT = ("int", "float", "str", "bool", "datetime", "date", "timedelta")


def refuse_unpicklable(hint: Any, where: str) -> None:
    """Raise for a hint that nobody converts and that flytekit would not pickle."""
    cls = getattr(hint, "__origin__", hint)
    for base in getattr(cls, "__mro__", ()):
        module, kind = base.__module__.partition(".")[0], base.__qualname__
        if module in ("builtins", "datetime") and kind in _EXACT:
            refuse(hint, where, f"only values of exactly {kind} are converted, not of a subclass", f"declare {kind}")
        if base.__module__.startswith("flytekit.types."):
            reason = "a class of flytekit's own, for which no transformer comes with wingbeat"
            refuse(hint, where, reason, "import it from wingbeat, or register a TypeTransformer for it")


def refuse_odd(hint: Any, where: str) -> NoReturn:
    """Raise for a subscripted subclass of `list` or `dict`, which flytekit refuses too."""
    refuse(hint, where, "only list[T] and dict[K, V] themselves have type arguments", "declare the plain type")


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


def failed() -> type[Exception]:
    """`TypeTransformerFailedError`, for an `except` clause, likewise."""
    from wingbeat.errors import TypeTransformerFailedError

    return TypeTransformerFailedError


def refuse_inside(error: Exception) -> NoReturn:
    """Raise for a restricted type inside another, which is a `ValueError`, as in flytekit."""
    from wingbeat.errors import TypeTransformerFailedError

    raise TypeTransformerFailedError(str(error)) from error
