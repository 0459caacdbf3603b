"""Which element the caller is part of, where a process has several at the same time: coroutines and uploads.

A context variable knows. Threads that a task starts know only if they run in a `contextvars.copy_context()`.
"""

from __future__ import annotations

from contextvars import ContextVar

from wingbeat.runtime import context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.runtime.context import ExecutionParameters

_place: ContextVar[list[Any] | None] = ContextVar("wingbeat element", default=None)


def begin() -> None:
    """From now on several may be."""
    context.side_by_side = _place.get


def forget() -> None:
    """No more: this process is a copy of one where that was so."""
    context.side_by_side = None


def enter(parameters: ExecutionParameters) -> None:
    """What runs in this context from now on is part of that element."""
    _place.set([parameters, parameters])
