"""Small questions about text that flytekit answers in `flytekit.core.utils`."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["has_return_statement", "str2bool"]


def str2bool(value: str | None) -> bool:
    """Whether a text means yes."""
    return value is not None and value.lower() in ("true", "t", "1")


def has_return_statement(func: Callable[..., Any]) -> bool:
    """Whether the text of a function has the word `return` or `yield`. Raises OSError if there is no text."""
    import inspect

    return any("return" in line or "yield" in line for line in inspect.getsourcelines(func)[0])
