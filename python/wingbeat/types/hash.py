"""A user's hash of a value, which caches compare instead of the value (type-system spec 2.19, 6.1).

>>> def rows(table: list[str]) -> str:
...     return str(len(table))
>>> Annotated[list[str], HashMethod(rows)]  # as the type of an output
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["HashMethod", "HashOnReferenceMixin"]

T = TypeVar("T")


class HashMethod(Generic[T]):
    """Put into `Annotated`, it writes `function(value)` into the literal's `hash`.

    `function` returns a string; None or an empty one means no hash. Where the value is an element of a list or dict,
    every element gets its own. On one variant of a union it has no effect, as in flytekit; on the whole union it has.
    """

    def __init__(self, function: Callable[[T], str]) -> None:
        self._function = function

    def calculate(self, obj: T) -> str:
        """The hash of a value."""
        return self._function(obj)


class HashOnReferenceMixin:
    """Makes instances of a class hash by identity."""

    def __hash__(self) -> int:
        return hash(id(self))
