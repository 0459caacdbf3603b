"""What a Python transformer is given as `ctx`.

The runtime has the real context, with `file_access` and `execution_state`; it hands it over by `provide`, because
the type system must not know the runtime. Outside of a task there is no place to put files.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class DetachedContext:
    """The context of a codec that is used outside of a task."""

    __slots__ = ()

    execution_state = None

    @property
    def file_access(self) -> Any:
        """Raises `RuntimeError`: there is none."""
        raise RuntimeError("this transformer needs ctx.file_access, which exists only while a task runs")


_detached = DetachedContext()
_provider: Callable[[], Any] | None = None


def provide(provider: Callable[[], Any] | None) -> None:
    """Let `provider` make the context from now on; None for a detached one."""
    global _provider
    _provider = provider


def current_context() -> Any:
    """The context that transformers get now."""
    return _detached if _provider is None else _provider()
