"""Where in a value a Python transformer failed."""

from __future__ import annotations

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types.preview import preview

__all__ = ["at_index"]


def at_index(index: int, error: Exception) -> TypeTransformerFailedError:
    """The error of one element; to be raised from what it was."""
    failed = TypeTransformerFailedError(f"[{index}]: {preview(error)}")
    failed.path = f"[{index}]"
    return failed
