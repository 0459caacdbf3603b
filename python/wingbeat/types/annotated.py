"""The annotations of `Annotated` that change what is written. Told by name: their modules may not be loaded.

flytekit's own classes count as wingbeat's, so that a module which imports both works.
"""

from __future__ import annotations

from wingbeat.types.hints import arguments, home, is_subscribed, name, origin
from wingbeat.types.unsupported import refuse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_HASH_METHODS = frozenset((("wingbeat.types.hash", "HashMethod"), ("flytekit.core.hash", "HashMethod")))
_ANNOTATIONS = frozenset(
    (("wingbeat.types.annotation", "FlyteAnnotation"), ("flytekit.core.annotation", "FlyteAnnotation"))
)


def hash_method(hint: Any) -> Callable[[Any], str | None] | None:
    """The function of the first `HashMethod` of an `Annotated` type."""
    for annotation in hint.__metadata__:
        if is_hash_method(annotation):
            return annotation.calculate
    return None


def is_hash_method(annotation: Any) -> bool:
    """Whether an annotation is a `HashMethod`."""
    return _is_a(annotation, _HASH_METHODS)


def flyte_annotation(hint: Any) -> dict[str, Any] | None:
    """The content of the `FlyteAnnotation` of an `Annotated` type.

    Raises `TypeTransformerFailedError` if there are several, or if it uses Flyte's own key.
    """
    found = [annotation.data for annotation in hint.__metadata__ if _is_a(annotation, _ANNOTATIONS)]
    if not found:
        return None
    if len(found) > 1:
        reason = f"More than one FlyteAnnotation used within {hint} typehint. Flytekit requires a max of one."
        refuse(hint, "", reason, "merge them into one")
    if "cache-key-metadata" in found[0]:
        refuse(hint, "", "FlyteAnnotation cannot contain `cache-key-metadata`.", "use another key")
    return found[0]


def allows_pickle(hint: Any) -> bool:
    """Whether an `Annotated` type is a dict that is pickled if msgpack cannot hold it (type-system spec 2.5).

    Only for dicts that are one msgpack document: of those with `str` keys every value has a literal of its own.
    """
    if (origin(hint.__origin__) or hint.__origin__) is not dict:
        return False
    if is_subscribed(hint.__origin__) and arguments(hint.__origin__)[0] is str:
        return False
    for annotation in hint.__metadata__:
        if ("collections", "OrderedDict") in map(home, type(annotation).__mro__):
            return bool(annotation.get("allow_pickle", False))
    return False


def _is_a(annotation: Any, homes: frozenset[tuple[str, str]]) -> bool:
    return any(home(cls) in homes for cls in type(annotation).__mro__)


def refuse_annotation(hint: Any, kind: str) -> None:
    """Raise for a `FlyteAnnotation` on a type whose annotation is Flyte's own."""
    reason = f"Flytekit does not currently have support for FlyteAnnotations applied to {kind}"
    refuse(hint, "", reason, f"annotate the fields of the task instead of {name(hint)}")
