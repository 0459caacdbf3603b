"""`to_dict` and its like for values that write what they hold when they become a document."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from typing_extensions import Self


class DocumentMethods:
    """A subclass implements `to_dict` and `from_dict`; text follows from that."""

    def to_dict(self) -> dict[str, Any]:
        """The document."""
        raise NotImplementedError(f"{type(self).__name__} has no `to_dict`")

    @classmethod
    def from_dict(cls, d: Mapping[str, Any]) -> Self:
        """The value of a document."""
        raise NotImplementedError(f"{cls.__name__} has no `from_dict`")

    def to_json(self, encoder: Callable[..., Any] | None = None) -> Any:
        """The document as JSON text. `encoder` writes it, `json.dumps` by default."""
        import json

        return (encoder or json.dumps)(self.to_dict())

    @classmethod
    def from_json(cls, data: str | bytes, decoder: Callable[..., Any] | None = None) -> Self:
        """The value of such a text. `decoder` reads it, `json.loads` by default."""
        import json

        return cls.from_dict((decoder or json.loads)(data))
