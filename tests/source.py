"""Drawn types and values as source text over the names of `tests/peers/shared_types.py`, for flytekit's process."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import math
import typing
from typing import Any

import pydantic


def of_hint(hint: Any) -> str:
    """An expression that makes an equal hint."""
    if typing.get_origin(hint) is typing.Literal:
        return f"Literal[{', '.join(map(of_value, typing.get_args(hint)))}]"
    if typing.get_origin(hint) is not None:
        return _of_generic(hint)
    if hint is Any:
        return "Any"
    if hint is ...:
        return "..."
    if hint is type(None):
        return "NoneType"
    if issubclass(hint, enum.Enum):
        # mashumaro finds classes by name, so it must not be one of another class there.
        return f"made_enum({'Drawn' + hint.__name__!r}, {tuple((member.name, member.value) for member in hint)!r})"
    if dataclasses.is_dataclass(hint):
        return _made("made", hint, ((field.name, field.type) for field in dataclasses.fields(hint)))
    if issubclass(hint, pydantic.BaseModel):
        return _made("made_model", hint, ((name, field.annotation) for name, field in hint.model_fields.items()))
    if hint.__module__ == "builtins":
        return hint.__name__
    return f"{hint.__module__}.{hint.__name__}"


def _of_generic(hint: Any) -> str:
    origin = typing.get_origin(hint)
    name = {list: "List", dict: "Dict", set: "Set", frozenset: "FrozenSet", tuple: "Tuple"}.get(origin, "Union")
    return f"{name}[{', '.join(map(of_hint, typing.get_args(hint)))}]"


def _made(maker: str, cls: type, fields: Any) -> str:
    pairs = "".join(f"({name!r}, {of_hint(hint)}), " for name, hint in fields)
    return f"{maker}({cls.__name__!r}, ({pairs}))"


def of_value(value: Any) -> str:
    """An expression that makes an equal value."""
    kind = type(value)
    if isinstance(value, enum.Enum):
        return f"{of_hint(kind)}.{value.name}"
    if kind is dict:
        return "{" + ", ".join(f"{of_value(key)}: {of_value(item)}" for key, item in value.items()) + "}"
    if kind in (list, set, frozenset, tuple):
        items = "".join(f"{of_value(item)}, " for item in value)
        return f"{kind.__name__}(({items}))"
    if dataclasses.is_dataclass(value):
        fields = (f"{field.name}={of_value(getattr(value, field.name))}" for field in dataclasses.fields(value))
        return f"{of_hint(kind)}({', '.join(fields)})"
    if isinstance(value, pydantic.BaseModel):
        return f"{of_hint(kind)}({', '.join(f'{name}={of_value(item)}' for name, item in value)})"
    if isinstance(value, float) and not math.isfinite(value):
        return f"float('{value}')"
    if kind.__module__ in ("decimal", "uuid"):
        return f"{kind.__module__}.{value!r}"
    if kind.__module__ == "pathlib":
        return f"pathlib.Path({str(value)!r})"
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time, datetime.timedelta)):
        return repr(value)
    return repr(value)
