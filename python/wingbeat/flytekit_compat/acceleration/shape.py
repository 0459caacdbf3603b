"""Whether a value is made of the very classes that its hint names, where only these are written as flytekit does.

The codec sees to numbers, texts, moments, enums and what literals are nested in. It writes more dataclasses, and more
containers inside of documents, than flytekit.
"""

from __future__ import annotations

import dataclasses
import typing

from wingbeat.types.hints import arguments, is_dataclass, is_union

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Check = Callable[[Any], bool]


def check(hint: Any) -> Check | None:
    """What says whether a value is; None if there is nothing to look at."""
    return _check(hint, inside=False)


def _check(hint: Any, *, inside: bool) -> Check | None:
    """`inside` of a document, where the codec takes other containers too."""
    if is_union(hint):
        return _of_union(hint, inside=inside)
    if is_dataclass(hint):
        return _of_dataclass(hint)
    outer, inner = typing.get_origin(hint), arguments(hint)
    if outer is list:
        return _of_container(list, _check(inner[0], inside=inside), inside=inside)
    if outer is dict:
        inside = inside or inner[0] is not str
        return _of_container(dict, _check(inner[1], inside=inside), inside=inside)
    return None


def _of_container(kind: type, item: Check | None, *, inside: bool) -> Check | None:
    if item is None:
        return (lambda value: type(value) is kind) if inside else None

    def matches(value: Any) -> bool:
        items: Any = value
        if type(value) is not kind:
            return False
        return all(map(item, items.values() if kind is dict else items))

    return matches


def _of_dataclass(cls: Any) -> Check:
    types = typing.get_type_hints(cls)
    parts = []
    for field in dataclasses.fields(cls):
        part = _check(types[field.name], inside=True)
        if part is not None:
            parts.append((field.name, part))
    if not parts:
        return lambda value: type(value) is cls

    def matches(value: Any) -> bool:
        return type(value) is cls and all(part(getattr(value, name, None)) for name, part in parts)

    return matches


def _of_union(hint: Any, *, inside: bool) -> Check | None:
    """By the class of the value: of the variants that have parts, each is of another."""
    parts: dict[type, Check | None] = {}
    for member in arguments(hint):
        kind = typing.get_origin(member) or member
        parts[kind] = _check(member, inside=inside)
    if not any(parts.values()):
        return None

    def matches(value: Any) -> bool:
        kind = type(value)
        if kind not in parts:
            # Of a class that has no parts; or else of none that is declared.
            return kind not in (list, dict) and not dataclasses.is_dataclass(kind)
        part = parts[kind]
        return part is None or part(value)

    return matches
