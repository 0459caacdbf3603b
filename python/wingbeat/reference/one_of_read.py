"""A union inside a packed document. Nothing is stored beside the value, so its form decides (type-system spec 4.3).

Three rounds, each in declared order: variants that would have written this very form; other variants that understand
it without changing its kind; and the scalar coercions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.reference import packed_read, words
from wingbeat.reference.place import refusal
from wingbeat.reference.tree import Extension, Pairs
from wingbeat.types import schema as s

if TYPE_CHECKING:
    from collections.abc import Callable

    from wingbeat.reference.place import Place
    from wingbeat.reference.tree import Tree

_COERCING = ("int", "float", "str", "bool")
_FAILED = object()


def read(schema: s.OneOf, value: Tree, place: Place) -> Any:
    # Once for each value: a union inside a union inside a union would multiply the attempts.
    tried = (id(schema), id(value))
    if tried not in place.tried:
        place.tried[tried] = _chosen(schema, value, place)
    if place.tried[tried] is not _FAILED:
        return place.tried[tried]
    problem = f"{words.packed(value)} fits none of {', '.join(label(v) for v in schema.variants)}"
    raise refusal(place, problem, "one of the variants", words.packed(value))


def _chosen(schema: s.OneOf, value: Tree, place: Place) -> Any:
    rounds: tuple[Callable[[s.Schema], bool], ...] = (
        lambda variant: _wrote(variant, value, place),
        lambda variant: variant.kind not in _COERCING,
        lambda variant: variant.kind in _COERCING,
    )
    for belongs in rounds:
        for variant in schema.variants:
            if belongs(variant):
                result = _attempt(variant, value, place)
                if result is not _FAILED:
                    return result
    return _FAILED


def _attempt(variant: s.Schema, value: Tree, place: Place) -> Any:
    try:
        return packed_read.read(variant, value, place)
    except TypeTransformerFailedError:
        return _FAILED


def _wrote(schema: s.Schema, value: Tree, place: Place) -> bool:
    """Whether a value of this node may have been packed to such a form. Decoding still has to succeed."""
    if isinstance(schema, s.Recursion):
        schema = place.recursion(schema.cls)
    if isinstance(schema, s.Optional):
        return value is None or _wrote(schema.item, value, place)
    if isinstance(schema, s.OneOf):
        return any(_wrote(variant, value, place) for variant in schema.variants)
    if isinstance(schema, s.Dataclass):
        # Every field is written, so other keys mean another class.
        names = {field.name for field in schema.fields}
        return isinstance(value, Pairs) and {k for k, _ in value if type(k) is str} == names
    if isinstance(schema, (s.Enum, s.Choice)):
        return any(type(v) is type(value) and v == value for v in schema.values)
    return schema.kind in _FORMS[_form(value)]


def _form(value: Tree) -> str:
    if isinstance(value, Pairs):
        return "map"
    if isinstance(value, Extension):
        return "extension"
    return type(value).__name__


#: The nodes that write each form.
_FORMS: dict[str, tuple[str, ...]] = {
    "NoneType": ("none", "any"),
    "bool": ("bool", "any"),
    "int": ("int", "any"),
    "float": ("float", "timedelta", "any"),
    "str": ("str", "datetime", "date", "time", "text", "any"),
    "bytes": ("bytes", "any"),
    "list": ("array", "tuple", "any"),
    "map": ("mapping", "json", "document", "any"),
    "extension": (),
}


def label(schema: s.Schema) -> str:
    """A variant in messages."""
    if isinstance(schema, (s.Enum, s.Dataclass, s.Text, s.Recursion, s.Json, s.Document)):
        return schema.cls.__name__
    return schema.kind
