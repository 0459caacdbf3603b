"""The error of a node, as a task that cleans up after failures receives it (type-system spec 2.12)."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FlyteError"]


@dataclass
class FlyteError:
    """What failed: Flyte fills the input `err: Optional[FlyteError]` of a failure node with it.

    Args:
        message: The error's text.
        failed_node_id: The node of the workflow that failed.
    """

    message: str
    failed_node_id: str
