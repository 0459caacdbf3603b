"""The JSON schema of a dataclass, as stored in `LiteralType.metadata`."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def json_schema(cls: type) -> dict[str, Any] | None:
    """The schema of a dataclass, or None if it has none."""
    return None
