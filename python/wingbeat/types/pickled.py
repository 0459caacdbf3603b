"""Reading a dict that was pickled because msgpack could not hold it (type-system spec 2.5)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class PickledDict:
    """Reads the literal of such a dict, declared as `hint`. Nothing is imported before one comes."""

    __slots__ = ("hint",)

    def __init__(self, hint: Any) -> None:
        self.hint = hint

    def __call__(self, literal: bytes) -> Any:
        """The unpickled dict. Raises `TypeTransformerFailedError` if pickles are denied or it cannot be unpickled."""
        from wingbeat.types.callback import callback
        from wingbeat.types.transformers.pickle import PickledDictTransformer

        return callback(PickledDictTransformer(), self.hint).decode(literal)

    def __eq__(self, other: object) -> bool:
        return type(other) is PickledDict and other.hint == self.hint

    def __hash__(self) -> int:
        return hash((PickledDict, self.hint))

    def __repr__(self) -> str:
        return f"PickledDict({self.hint!r})"
