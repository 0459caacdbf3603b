"""`Generic` for classes on the way of every task that converts a file: the real one costs an import of `typing`."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar
    from typing import Generic as Generic  # noqa: PLC0414

    T = TypeVar("T")
else:
    T = None

    class Generic:
        """Lets a class be written with brackets: `class Celsius(TypeTransformer[Temperature])`."""

        __slots__ = ()

        def __class_getitem__(cls, parameters: Any) -> Any:
            """`Generic` itself as a base class, an alias of any other class."""
            return cls if cls is Generic else type(list[int])(cls, parameters)
