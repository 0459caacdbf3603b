"""The states that flytekit has while it builds graphs: records, for code that makes some; wingbeat builds none."""

from __future__ import annotations

import typing
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

__all__ = ["BranchEvalMode", "CompilationState", "SerializableToString", "TaskOutputMetadata"]

#: What is kept of outputs, by the identity of the value.
TaskOutputMetadata = typing.Dict[Any, Any]  # noqa: UP006  # as flytekit's


class BranchEvalMode(Enum):
    """Whether the branch that runs is the one that was chosen."""

    BRANCH_ACTIVE = "branch active"
    BRANCH_SKIPPED = "branch skipped"


@dataclass
class CompilationState:
    """What is known while a workflow becomes a graph.

    Args:
        prefix: What the names of its nodes begin with.
        mode: 1 for a workflow.
        task_resolver: What finds its tasks again.
        nodes: Its nodes so far.
    """

    prefix: str
    mode: int = 1
    task_resolver: Any = None
    nodes: list[Any] = field(default_factory=list)

    def add_node(self, n: Any) -> None:
        """One more."""
        self.nodes.append(n)

    def with_params(
        self, prefix: str, mode: int | None = None, resolver: Any = None, nodes: list[Any] | None = None
    ) -> CompilationState:
        """A copy in which what is given is replaced; it has no nodes unless some are given."""
        return CompilationState(prefix or "", mode or self.mode, resolver or self.task_resolver, nodes or [])


class SerializableToString(Protocol):
    """What may stand among the notes on an output."""

    def serialize_to_string(self, ctx: Any, variable_name: str) -> tuple[str, str]:
        """A name and a text."""
