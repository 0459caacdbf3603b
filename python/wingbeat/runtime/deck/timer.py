"""`timeit`: measure a part of a task, and see it in the timeline."""

from __future__ import annotations

import time
from datetime import datetime, timezone
from functools import wraps
from inspect import iscoroutinefunction

from wingbeat.runtime import context, log

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    F = TypeVar("F", bound=Callable[..., Any])


class timeit:  # noqa: N801 # flytekit's name
    """A context manager and a decorator that measures how long a block or each call of a function takes.

        with timeit("download"):
            ...

        @timeit("train")
        def train(): ...

    Args:
        name: How the timeline calls it.
    """

    def __init__(self, name: str = "") -> None:
        self._name = name
        self._started: list[tuple[datetime, float, float]] = []

    def __call__(self, func: F) -> F:
        """The function, measured; of an `async def` until it has ended."""
        call: Any
        if iscoroutinefunction(func):

            @wraps(func)
            async def call(*args: Any, **kwargs: Any) -> Any:
                with timeit(self._name):
                    return await func(*args, **kwargs)

        else:

            @wraps(func)
            def call(*args: Any, **kwargs: Any) -> Any:
                with timeit(self._name):
                    return func(*args, **kwargs)

        return call

    def __enter__(self) -> timeit:
        self._started.append((datetime.now(timezone.utc), time.perf_counter(), time.process_time()))
        return self

    def __exit__(self, *error: object) -> None:
        start, wall, cpu = self._started.pop()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        info = {
            "Name": self._name,
            "Start": start,
            "Finish": datetime.now(timezone.utc),
            "WallTime": wall,
            "ProcessTime": cpu,
        }
        context.current_context().timeline_deck.append_time_info(info)
        log.info(f"{self._name}. [Time: {wall:.6f}s]")
