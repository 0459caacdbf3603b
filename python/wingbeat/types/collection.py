"""Arrays as Flyte collections: what a map task makes, and what any client reads."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Collection"]

#: Protobuf libraries read 48 lists inside each other (type-system spec 1.1), NumPy 1 knows 32 dimensions.
_DEEPEST = 32


class Collection:
    """Annotates an array that is a collection of numbers, not a file.

    `Annotated[numpy.ndarray, wingbeat.Collection(float, dimensions=2)]` has the Flyte type of `list[list[float]]`, and
    is read from and written as such, without an object for each number.

    Args:
        element: `int`, `float` or `bool`.
        dimensions: How many lists are inside each other, 1 to 32.

    Raises:
        TypeError: another element, or `dimensions` is no integer.
        ValueError: another number of dimensions.
    """

    __slots__ = ("dimensions", "element")

    def __init__(self, element: type, dimensions: int = 1) -> None:
        if element not in (int, float, bool):
            raise TypeError(f"the element of a Collection is int, float or bool, not {element!r}")
        if type(dimensions) is not int:
            raise TypeError(f"the dimensions of a Collection are an int, not {dimensions!r}")
        if not 1 <= dimensions <= _DEEPEST:
            raise ValueError(f"a Collection has 1 to {_DEEPEST} dimensions, not {dimensions}")
        self.element = element
        self.dimensions = dimensions

    @property
    def list_type(self) -> Any:
        """`list[list[float]]`."""
        found: Any = self.element
        for _ in range(self.dimensions):
            found = list[found]
        return found

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Collection):
            return NotImplemented
        return (self.element, self.dimensions) == (other.element, other.dimensions)

    def __hash__(self) -> int:
        return hash((Collection, self.element, self.dimensions))

    def __repr__(self) -> str:
        more = f", {self.dimensions}" if self.dimensions > 1 else ""
        return f"Collection({self.element.__name__}{more})"
