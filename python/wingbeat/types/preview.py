"""A value in a message: never whole."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LIMIT = 200


def preview(value: Any) -> str:
    """At most 200 characters of `str(value)`, on one line."""
    text = " ".join(str(value).split())
    return text if len(text) <= _LIMIT else text[: _LIMIT - 1] + "…"
