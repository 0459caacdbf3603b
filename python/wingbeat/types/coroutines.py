"""Running an async transformer from synchronous code."""

from __future__ import annotations

import asyncio

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any, TypeVar

    T = TypeVar("T")


def run(function: Callable[..., Coroutine[Any, Any, T]], *args: Any) -> T:
    """The result of `function(*args)`, run to its end on an event loop.

    Where this thread is inside an event loop already, such as that of an `async def` task, which cannot be entered a
    second time, a thread of its own runs it. Context variables are visible to it either way.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(function(*args))
    return _run_in_thread(function, *args)


def _run_in_thread(function: Callable[..., Coroutine[Any, Any, T]], *args: Any) -> T:
    import contextvars
    from concurrent.futures import ThreadPoolExecutor

    context = contextvars.copy_context()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="wingbeat-transformer") as executor:
        return executor.submit(context.run, lambda: asyncio.run(function(*args))).result()
