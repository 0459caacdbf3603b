"""What users attach to a type by `Annotated` (type-system spec 2.19)."""

from __future__ import annotations

from wingbeat.types.hints import is_annotated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections import OrderedDict
    from typing import Any

__all__ = ["BatchSize", "FlyteAnnotation", "get_batch_size", "get_underlying_type", "kwtypes"]


class FlyteAnnotation:
    """A JSON-like dict that is stored in the Flyte type, where Flyte's API shows it. Tasks do not see it.

    A type may have one. The key `cache-key-metadata` is Flyte's own. Dataclasses, dicts and enums cannot be annotated.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data

    @property
    def data(self) -> dict[str, Any]:
        """The dict."""
        return self._data


class BatchSize:
    """How many files of a `FlyteDirectory` flytekit transfers at a time.

    Accepted, and of no effect: storage bounds the files and the bytes that are on their way by itself.
    """

    def __init__(self, val: int) -> None:
        self._val = val

    @property
    def val(self) -> int:
        """The number of files."""
        return self._val


def kwtypes(**kwargs: Any) -> OrderedDict[str, Any]:
    """The keyword arguments in order: columns and their types, or options such as `allow_pickle=True`."""
    from collections import OrderedDict

    return OrderedDict(kwargs)


def get_batch_size(t: Any) -> int | None:
    """What the `BatchSize` of an annotated type says; None if there is none."""
    sizes = (annotation.val for annotation in getattr(t, "__metadata__", ()) if isinstance(annotation, BatchSize))
    return next(sizes, None)


def get_underlying_type(t: Any) -> Any:
    """An annotated type without its annotations, any other as it is."""
    return t.__origin__ if is_annotated(t) else t
