"""What shows a value in a deck."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

__all__ = ["Renderable"]


@runtime_checkable
class Renderable(Protocol):
    """Anything with `to_html`."""

    def to_html(self, python_value: Any) -> str:
        """The value as HTML."""
        raise NotImplementedError
