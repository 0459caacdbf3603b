"""Running coroutines from synchronous code, under the names of `flytekit.utils.asyn`."""

from __future__ import annotations

from wingbeat.types.coroutines import run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any, TypeVar

    T = TypeVar("T")

__all__ = ["LoopManager", "loop_manager", "run_sync"]


class LoopManager:
    """Runs coroutines to their end; may be used with or without a running event loop."""

    def run_sync(self, coro_func: Callable[..., Coroutine[Any, Any, T]], *args: Any, **kwargs: Any) -> T:
        """The result of `coro_func(*args, **kwargs)`."""
        if not kwargs:
            return run(coro_func, *args)

        async def call() -> T:
            return await coro_func(*args, **kwargs)

        return run(call)

    def synced(self, coro_func: Callable[..., Coroutine[Any, Any, T]]) -> Callable[..., T]:
        """A function that does the same as a coroutine function."""
        import functools

        @functools.wraps(coro_func)
        def wrapped(*args: Any, **kwargs: Any) -> T:
            return self.run_sync(coro_func, *args, **kwargs)

        return wrapped


loop_manager = LoopManager()
run_sync = loop_manager.run_sync
