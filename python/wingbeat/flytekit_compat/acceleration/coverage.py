"""Which types wingbeat converts exactly as flytekit does.

A type is covered if all of it is: `uncovered` looks at every part of a hint and names the first that is not. What is
left out is what docs/differences.md says wingbeat does in another way, and what flytekit asks its own classes to do.
"""

from __future__ import annotations

import datetime
import os
import typing

from wingbeat.flytekit_compat.acceleration.documents import (
    is_plain_enum,
    uncovered_dataclass,
    uncovered_in_document,
    uncovered_model,
)
from wingbeat.flytekit_compat.acceleration.native import engine_is_native, is_native
from wingbeat.types.hints import (
    NoneType,
    arguments,
    is_annotated,
    is_dataclass,
    is_enum,
    is_literal,
    is_pydantic_model,
    is_union,
)
from wingbeat.types.hints import name as name_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LEAVES = (int, float, str, bool, datetime.datetime, datetime.date, datetime.timedelta, NoneType)
#: Of values that `typing.Literal` may list: the same, without those whose text is no Python literal.
_CHOICES = (int, float, str, bool)
#: What flytekit reads as true.
_TRUE = ("1", "t", "true")

_THEIRS = "flytekit converts {} itself"
_REPLACED = "a transformer of {} was registered, or flytekit's own was changed"


def uncovered(hint: Any) -> str:
    """Why flytekit has to convert values of a type; empty if wingbeat may."""
    if not engine_is_native():
        return "flytekit's TypeEngine was changed"
    return _uncovered(hint)


def _uncovered(hint: Any) -> str:
    if is_annotated(hint):
        return _THEIRS.format("what is annotated")
    if any(hint is leaf for leaf in LEAVES):
        return _unless_native(hint, "SimpleTransformer")
    if is_union(hint):
        return _union(hint)
    if is_literal(hint):
        return _choice(hint)
    if is_enum(hint):
        return _enum(hint)
    outer = typing.get_origin(hint)
    if outer is list and arguments(hint):
        return _unless_native(hint, "ListTransformer") or _uncovered(arguments(hint)[0])
    if (outer is dict and arguments(hint)) or hint is dict:
        return _dict(hint)
    if is_dataclass(hint):
        return _unless_native(hint, "DataclassTransformer") or _document(hint) or uncovered_dataclass(hint)
    if is_pydantic_model(hint):
        return _unless_native(hint, "PydanticTransformer") or _document(hint) or uncovered_model(hint)
    return _THEIRS.format(name_of(hint))


def _unless_native(hint: Any, transformer: str) -> str:
    return "" if is_native(hint, transformer) else _REPLACED.format(name_of(hint))


def _enum(hint: Any) -> str:
    if not is_plain_enum(hint, (str,)):
        return _THEIRS.format(f"{name_of(hint)}, whose values are not all text,")
    return _unless_native(hint, "EnumTransformer")


def _choice(hint: Any) -> str:
    kinds = {type(value) for value in arguments(hint)}
    kind = kinds.pop()
    if kinds or kind not in _CHOICES:
        return _THEIRS.format(name_of(hint))
    return _unless_native(hint, "LiteralTypeTransformer") or _uncovered(kind)


def _dict(hint: Any) -> str:
    reason = _unless_native(hint, "DictTransformer")
    if reason:
        return reason
    inner = arguments(hint)
    if inner and inner[0] is str:
        return _uncovered(inner[1])
    return _document(hint) or uncovered_in_document(hint)


def _document(hint: Any) -> str:
    if os.environ.get("FLYTE_USE_OLD_DC_FORMAT", "").lower() in _TRUE:
        return _THEIRS.format(f"{name_of(hint)} in the format that FLYTE_USE_OLD_DC_FORMAT asks for")
    return ""


def _union(hint: Any) -> str:
    """A union whose variants flytekit tells apart, by the literal when it reads and by the value when it writes."""
    reason = _unless_native(hint, "UnionTransformer")
    members = arguments(hint)
    reason = reason or next(filter(None, map(_uncovered, members)), "")
    if reason:
        return reason
    kinds = [_kind(member) for member in members]
    if len(set(kinds)) < len(kinds):
        return _THEIRS.format(f"{name_of(hint)}, whose variants are alike,")
    # A text is also a value of an enum, and a dict one of a dataclass.
    for one, other in (("enum", "str"), ("dataclass", "dict"), ("model", "dataclass")):
        if one in kinds and other in kinds:
            return _THEIRS.format(f"{name_of(hint)}, where a value may be of two variants,")
    if "choice" in kinds and len(set(kinds) - {"NoneType"}) > 1:
        return _THEIRS.format(f"{name_of(hint)}, where a value may be of two variants,")
    return ""


def _kind(hint: Any) -> str:
    """What flytekit's name of the variant depends on."""
    if any(hint is leaf for leaf in LEAVES):
        return hint.__name__
    if is_literal(hint):
        return "choice"
    if is_enum(hint):
        return "enum"
    if is_dataclass(hint):
        return "dataclass"
    if is_pydantic_model(hint):
        return "model"
    return "list" if typing.get_origin(hint) is list else "dict"
