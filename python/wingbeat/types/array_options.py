"""What the annotations of an array say (type-system spec 2.14)."""

from __future__ import annotations

from typing import Any, NamedTuple

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types.annotated import is_hash_method
from wingbeat.types.collection import Collection
from wingbeat.types.hints import home, is_annotated


class Options(NamedTuple):
    """`allow_pickle` and `mmap_mode` are those of `numpy.load`; `collection` says that the array is no file."""

    allow_pickle: bool = False
    mmap_mode: Any = None
    collection: Collection | None = None


def options(hint: Any) -> Options:
    """The options of an array type.

    Raises `TypeTransformerFailedError`, as flytekit does, for an annotation that is not `kwtypes(...)`, a `HashMethod`
    or a `Collection`, or for two of a kind.
    """
    if not is_annotated(hint):
        return Options()
    keywords: dict[str, Any] | None = None
    collection: Collection | None = None
    for annotation in hint.__metadata__:
        if isinstance(annotation, Collection):
            if collection is not None:
                raise TypeTransformerFailedError(f"{collection} is already specified, cannot use {annotation}.")
            collection = annotation
        elif ("collections", "OrderedDict") in map(home, type(annotation).__mro__):
            if keywords is not None:
                raise TypeTransformerFailedError(f"Metadata {keywords} is already specified, cannot use {annotation}.")
            keywords = annotation
        elif not is_hash_method(annotation):
            # The message is flytekit's.
            raise TypeTransformerFailedError(
                f"The metadata for {hint} must be of type kwtypes or HashMethod; a wingbeat.Collection is the third"
                " that arrays know"
            )
    found = keywords or {}
    return Options(bool(found.get("allow_pickle", False)), found.get("mmap_mode"), collection)
