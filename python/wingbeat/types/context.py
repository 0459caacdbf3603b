"""What a Python transformer is given as `ctx`.

The runtime makes it, with `file_access` and `execution_state`; outside of a task too, with a temporary sandbox.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# By name, because the type system must not depend on the runtime; and loaded by the first transformer that is called,
# because the start of a task without transformers must not pay for it.
_HOME, _NAME = "wingbeat.runtime.flyte_context", "current"

_provider: Callable[[], Any] | None = None


def provide(provider: Callable[[], Any] | None) -> None:
    """Let `provider` make the context from now on; None for the runtime's."""
    global _provider
    _provider = provider


def current_context() -> Any:
    """The context that transformers get now."""
    global _provider
    if _provider is None:
        _provider = getattr(__import__(_HOME, fromlist=(_NAME,)), _NAME)
    return _provider()
