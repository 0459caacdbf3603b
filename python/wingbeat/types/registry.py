"""The transformers that users have registered, and which of them a hint means.

Kept apart from `TypeEngine`, so that the question "does a Python transformer take part?", asked for every hint of
every task, loads nothing.
"""

from __future__ import annotations

import sys

from wingbeat.types.hints import NoneType, UnionType, form, home, is_annotated, is_enum, is_literal, origin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.types.transformer import TypeTransformer

#: Type -> transformer. Only what users registered: the types that wingbeat converts by itself are not in here.
transformers: dict[Any, TypeTransformer[Any]] = {}

#: Counts the changes of `transformers`, so that compiled codecs can tell that they are out of date.
epoch = 0

_BUILTIN = frozenset((int, float, str, bool, list, dict, tuple, NoneType, None, UnionType))
_BUILTIN_HOMES = frozenset(
    (("datetime", "datetime"), ("datetime", "date"), ("datetime", "timedelta"), ("enum", "Enum"))
)


def is_builtin(key: Any) -> bool:
    """Whether wingbeat converts this registry key by itself."""
    try:
        if key in _BUILTIN:
            return True
    except TypeError:
        return False
    return home(key) in _BUILTIN_HOMES or form(key) in ("Union", "Tuple", "NamedTuple")


def put(key: Any, transformer: TypeTransformer[Any]) -> None:
    """Bind a type to a transformer, whatever was there."""
    global epoch
    transformers[key] = transformer
    epoch += 1


def remove(key: Any) -> None:
    """Unbind a type; what wingbeat does by itself is back in force."""
    global epoch
    del transformers[key]
    epoch += 1


def find(hint: Any) -> TypeTransformer[Any] | None:
    """The user's transformer for a hint, or None if wingbeat's own conversion applies (type-system spec 3.1)."""
    if is_annotated(hint):
        return _annotated(hint) or find(hint.__origin__)
    if not transformers:
        return None
    found = _direct(hint)
    if found is not None or not isinstance(hint, type) or origin(hint) is not None or _settled(hint):
        return found
    for base in hint.__mro__[1:]:
        found = _direct(base)
        if found is not None:
            return found
        if _settled(base):
            return None
    return None


def _annotated(hint: Any) -> TypeTransformer[Any] | None:
    """The transformer among the annotations. There can be none before its base class has been imported."""
    module = sys.modules.get("wingbeat.types.transformer")
    if module is None:
        return None
    for annotation in hint.__metadata__:
        if isinstance(annotation, module.TypeTransformer):
            return annotation
    return None


def _direct(hint: Any) -> TypeTransformer[Any] | None:
    """The transformer bound to exactly this hint, or to the class that it subscribes."""
    found = _get(hint)
    if found is not None or is_enum(hint) or is_literal(hint):
        return found
    if type(hint) is UnionType:
        return _get(UnionType)
    outer = origin(hint)
    return None if outer is None else _get(outer)


def _get(key: Any) -> TypeTransformer[Any] | None:
    try:
        return transformers.get(key)
    except TypeError:  # unhashable, so nobody can have registered it
        return None


def _settled(hint: Any) -> bool:
    """Whether wingbeat's own conversion is found here, before any base class is asked."""
    return is_enum(hint) or is_builtin(hint)
