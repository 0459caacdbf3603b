"""Whether a Flyte type is the one of a hint: flytekit's transformers look at it when they write."""

from __future__ import annotations

import datetime
import typing

from flytekit.models.types import SimpleType

from wingbeat.types.hints import NoneType, arguments, is_alias, is_enum, is_literal, is_union

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_SIMPLE = {
    int: SimpleType.INTEGER,
    float: SimpleType.FLOAT,
    str: SimpleType.STRING,
    bool: SimpleType.BOOLEAN,
    datetime.datetime: SimpleType.DATETIME,
    datetime.date: SimpleType.DATETIME,
    datetime.timedelta: SimpleType.DURATION,
    NoneType: SimpleType.NONE,
}


def is_of(expected: Any, hint: Any) -> bool:
    """Whether a `LiteralType` is what a hint, if it is covered at all, stands for."""
    if expected is None:
        return False
    if isinstance(hint, type) and not is_alias(hint) and hint in _SIMPLE:
        return bool(expected.simple == _SIMPLE[hint])
    if is_union(hint):
        members = arguments(hint)
        variants = expected.union_type.variants if expected.union_type is not None else ()
        return len(variants) == len(members) and all(map(is_of, variants, members))
    if is_literal(hint):
        return is_of(expected, type(arguments(hint)[0]))
    if is_enum(hint):
        return expected.enum_type is not None
    outer, inner = typing.get_origin(hint), arguments(hint)
    if outer is list:
        return is_of(expected.collection_type, inner[0])
    if outer is dict and inner[0] is str:
        return is_of(expected.map_value_type, inner[1])
    return bool(expected.simple == SimpleType.STRUCT)
