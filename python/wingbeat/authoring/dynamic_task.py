"""`@dynamic` and `@eager`: tasks that start others. They are recorded; to run one needs flytekit."""

from __future__ import annotations

from _functools import partial  # type: ignore[import-not-found] # `functools` would load `collections`

from wingbeat.authoring.task import task

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: `task`, for a function that returns a graph of tasks.
dynamic: Any = partial(task, execution_mode="DYNAMIC")


def eager(_fn: Callable[..., Any] | None = None, *args: Any, **kwargs: Any) -> Any:  # noqa: ARG001 flytekit's
    """Make a task of an `async def` function that starts executions; used bare or with settings, as `task`.

    It always has decks.
    """
    if _fn is None:
        return partial(eager, **kwargs)
    from wingbeat.authoring.async_task import EagerAsyncPythonFunctionTask

    kwargs.pop("enable_deck", None)
    return EagerAsyncPythonFunctionTask(task_config=None, task_function=_fn, enable_deck=True, **kwargs)
