"""Which types wingbeat converts inside of a document as mashumaro and pydantic do for flytekit."""

from __future__ import annotations

import datetime
import enum
import typing
from functools import lru_cache

from wingbeat.types.fields import fields, is_json_mixin, is_missing, own_form
from wingbeat.types.hints import NoneType, arguments, is_any, is_dataclass, is_enum, is_union
from wingbeat.types.hints import name as name_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LEAVES = (int, float, str, bool, datetime.datetime, datetime.date, datetime.timedelta, dict, list)
_THEIRS = "flytekit converts {} itself"


def uncovered_in_document(hint: Any, outside: tuple[Any, ...] = ()) -> str:
    """Why flytekit has to convert a document with a part of that type; empty if wingbeat may.

    `outside` are the dataclasses that the part is inside of.
    """
    if is_any(hint) or any(hint is leaf for leaf in _LEAVES):
        return ""
    if is_union(hint):
        rest = [member for member in arguments(hint) if member is not NoneType]
        if len(rest) > 1:
            # Nothing beside the value says which it is, and mashumaro takes the first that fits somehow.
            return _THEIRS.format(f"{name_of(hint)} in a document")
        return uncovered_in_document(rest[0], outside)
    if is_enum(hint):
        return "" if is_plain_enum(hint, (str, int)) else _THEIRS.format(name_of(hint))
    outer, inner = typing.get_origin(hint), arguments(hint)
    if outer is list and len(inner) == 1:
        return uncovered_in_document(inner[0], outside)
    if outer is dict and len(inner) == 2 and inner[0] in (str, int):
        return uncovered_in_document(inner[1], outside)
    if is_dataclass(hint):
        return uncovered_dataclass(hint, outside)
    return _THEIRS.format(f"{name_of(hint)} in a document")


def is_plain_enum(cls: Any, kinds: tuple[type, ...]) -> bool:
    """Whether an enum is one whose members are all of its values, each of one of these classes."""
    plain = type(cls) is enum.EnumMeta and not issubclass(cls, enum.Flag)
    return plain and all(type(member.value) in kinds for member in cls)


def uncovered_dataclass(cls: Any, outside: tuple[Any, ...] = ()) -> str:
    """Why flytekit has to convert instances of a dataclass; empty if wingbeat may."""
    if cls in outside:
        return _THEIRS.format(f"{name_of(cls)}, which contains itself,")
    reason = own_form(cls)
    if reason or is_json_mixin(cls) or hasattr(cls, "__pydantic_validator__") or hasattr(cls, "__parameters__"):
        return _THEIRS.format(f"{name_of(cls)}{', because ' + reason + ',' if reason else ''}")
    if len(fields(cls)) < len(cls.__dataclass_fields__):
        return _THEIRS.format(f"{name_of(cls)}, which has a ClassVar or an InitVar,")
    try:
        types = typing.get_type_hints(cls, include_extras=True)
    except (NameError, TypeError, AttributeError, SyntaxError) as error:
        return f"the types of {name_of(cls)} cannot be told: {error}"
    for field in fields(cls):
        hint = types[field.name]
        where = f"{name_of(cls)}.{field.name}"
        if not field.init:
            return _THEIRS.format(f"{where}, which the constructor does not take,")
        if not is_missing(field.default) and field.default is None and not _allows_none(hint):
            return _THEIRS.format(f"{where}, whose default is not of its type,")
        reason = uncovered_in_document(hint, (*outside, cls))
        if reason:
            return reason
    return ""


def _allows_none(hint: Any) -> bool:
    return is_any(hint) or (is_union(hint) and NoneType in arguments(hint))


@lru_cache(maxsize=256)
def uncovered_model(cls: Any) -> str:
    """Why flytekit has to convert instances of a pydantic model; empty if wingbeat may."""
    # wingbeat also finds fields by their names where they have aliases.
    if "alias" in repr(cls.__pydantic_core_schema__):
        return _THEIRS.format(f"{name_of(cls)}, which has an alias,")
    return ""
