"""Where in a value a Python transformer failed."""

from __future__ import annotations

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types.preview import preview

__all__ = ["at_index", "at_key", "key_step"]


def at_index(index: int, error: Exception) -> TypeTransformerFailedError:
    """The error of one element of a list; to be raised from what it was."""
    return _at(f"[{index}]", error)


def at_key(key: str, error: Exception) -> TypeTransformerFailedError:
    """The error of one value of a dict; to be raised from what it was."""
    return _at(key_step(key), error)


def key_step(key: str) -> str:
    """The step of a path that leads to the value of a key: `["k"]`."""
    import json

    return f"[{json.dumps(preview(key), ensure_ascii=False)}]"


def _at(step: str, error: Exception) -> TypeTransformerFailedError:
    inner = str(getattr(error, "path", ""))
    text = str(error).removeprefix(f"{inner}: ")
    if not isinstance(error, TypeTransformerFailedError):
        text = f"{type(error).__name__}: {text}"
    # The root, such as `value`, is the whole element.
    start = min((inner.index(mark) for mark in ".[" if mark in inner), default=len(inner))
    path = step + inner[start:]
    failed = TypeTransformerFailedError(f"{path}: {preview(text)}")
    failed.path = path
    return failed
