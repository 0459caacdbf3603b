"""The transformers of types for which none is registered: what compiled codecs convert, and what is pickled."""

from __future__ import annotations

from wingbeat.types.hints import is_annotated, is_named_tuple, is_odd_container, origin
from wingbeat.types.literal_type import tag_of
from wingbeat.types.transformer import RestrictedTypeTransformer
from wingbeat.types.transformers.families import family
from wingbeat.types.unsupported import refuse_odd, refuse_string, refuse_unpicklable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.types.transformer import TypeTransformer


def unregistered(hint: Any) -> TypeTransformer[Any]:
    """The transformer of a hint. Raises `TypeTransformerFailedError` if nothing converts it."""
    if is_annotated(hint):
        return unregistered(hint.__origin__)
    tag = tag_of(hint)
    if tag == "FlytePickle":
        outer = origin(hint) or hint
        if outer is tuple or is_named_tuple(hint):
            return RestrictedTypeTransformer("non typed tuple", tuple)
        if isinstance(hint, str):
            refuse_string(hint, "")
        if is_odd_container(hint):
            refuse_odd(hint, "")
        refuse_unpicklable(hint, "")
        from wingbeat.types.transformers.pickle import fallback

        return fallback(hint)
    return family(tag, origin(hint) or hint)
