"""Tasks made of `async def` functions (authoring spec 1.4; runtime contract 5.10)."""

from __future__ import annotations

from wingbeat.authoring.function_task import P, PythonFunctionTask, R, has_mode, not_covered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class AsyncPythonFunctionTask(PythonFunctionTask[P, R]):
    """A task made of an `async def` function. A call returns a coroutine."""

    if not TYPE_CHECKING:

        async def __call__(self, *args: Any, **kwargs: Any) -> Any:
            """Run the task where it is awaited; otherwise as any task is called."""
            calling = __import__("wingbeat.runtime.calling", fromlist=("call_async",))
            return await calling.call_async(self, args, kwargs)

    async def async_execute(self, *args: Any, **kwargs: Any) -> Any:
        """Run the function. For subclasses."""
        if not has_mode(self.execution_mode, "DEFAULT"):
            raise NotImplementedError(f"{self.name}: an asynchronous task cannot be dynamic")
        function: Callable[..., Any] = self._task_function
        return await function(**kwargs)

    def execute(self, **kwargs: Any) -> Any:
        """Run the function to its end."""
        import asyncio

        return asyncio.run(self.async_execute(**kwargs))


class EagerAsyncPythonFunctionTask(AsyncPythonFunctionTask[P, R]):
    """A task that starts executions of its own, by a client of Flyte's service: running it is not covered.

    The parameters are those of `PythonFunctionTask`, without `execution_mode`; decks are on.
    """

    def __init__(
        self,
        task_config: Any,
        task_function: Callable[P, R],
        task_type: str = "python-task",
        ignore_input_vars: list[str] | None = None,
        task_resolver: Any = None,
        node_dependency_hints: Any = None,
        enable_deck: bool = True,
        **kwargs: Any,
    ) -> None:
        kwargs.pop("execution_mode", None)
        if "metadata" not in kwargs:
            from wingbeat.authoring.task_metadata import TaskMetadata

            kwargs["metadata"] = TaskMetadata()
        kwargs["metadata"].is_eager = True
        super().__init__(
            task_config,
            task_function,
            task_type,
            ignore_input_vars,
            self.ExecutionBehavior.EAGER,
            task_resolver,
            node_dependency_hints,
            enable_deck=enable_deck,
            **kwargs,
        )

    def local_execution_mode(self) -> Any:
        """The mode in which a call of the task runs."""
        from wingbeat.authoring.base_task import _mode

        return _mode("EAGER_LOCAL_EXECUTION")

    async def async_execute(self, *args: Any, **kwargs: Any) -> Any:
        """Not covered."""
        raise self._not_covered()

    def execute(self, **kwargs: Any) -> Any:
        """Not covered."""
        raise self._not_covered()

    def demand_covered(self) -> None:
        """Raise NotCovered."""
        raise self._not_covered()

    def run(self, remote: Any, ss: Any, **kwargs: Any) -> Any:
        """Not covered."""
        raise self._not_covered()

    async def run_with_backend(self, **kwargs: Any) -> Any:
        """Not covered."""
        raise self._not_covered()

    def get_as_workflow(self) -> Any:
        """Not covered."""
        raise self._not_covered()

    def _not_covered(self) -> Any:
        return not_covered("flytekit.eager", "it starts executions of its own", self._task_function)
