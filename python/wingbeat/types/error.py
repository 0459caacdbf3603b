"""The error of a node, as a task that cleans up after failures receives it (type-system spec 2.12)."""

from __future__ import annotations

from dataclasses import dataclass

from wingbeat.types.document_methods import DocumentMethods

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

__all__ = ["FlyteError"]


@dataclass
class FlyteError(DocumentMethods):
    """What failed: Flyte fills the input `err: Optional[FlyteError]` of a failure node with it.

    Args:
        message: The error's text.
        failed_node_id: The node of the workflow that failed.
    """

    message: str
    failed_node_id: str

    def to_dict(self) -> dict[str, Any]:
        """The fields by name."""
        return {"message": self.message, "failed_node_id": self.failed_node_id}

    @classmethod
    def from_dict(cls, d: Mapping[str, Any]) -> FlyteError:
        """The error with these fields. Raises `KeyError` if one is missing."""
        return cls(d["message"], d["failed_node_id"])
