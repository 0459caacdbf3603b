"""The messages of `flyteidl` themselves, for what is written once and has no class here."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def messages(module: str) -> Any:
    """A module of `flyteidl`, by its name there: `core.security_pb2`. Loaded now, which takes long for the first."""
    return __import__(f"flyteidl.{module}", fromlist=(module,))
