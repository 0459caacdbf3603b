"""Tasks made of functions: `PythonFunctionTask`, what `@task` makes and plugins derive from (authoring spec 1.4)."""

from __future__ import annotations

from wingbeat.authoring.auto_container_task import PythonAutoContainerTask
from wingbeat.authoring.base_task import Lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, Generic, ParamSpec, TypeVar

    from wingbeat.authoring.interface import Interface
    from wingbeat.authoring.task_metadata import TaskMetadata

    P = ParamSpec("P")
    R = TypeVar("R")
else:
    from wingbeat.authoring.base_task import Generic

    P = R = None

_NESTED = 0x10  # inspect.CO_NESTED


class _ExecutionBehavior:
    """`PythonFunctionTask.ExecutionBehavior`: an enum, made when somebody asks for it; then it takes this place."""

    def __get__(self, instance: object, owner: type) -> Any:
        from enum import Enum

        members: Any = {"DEFAULT": 1, "DYNAMIC": 2, "EAGER": 3}
        name = "PythonFunctionTask.ExecutionBehavior"
        made: Any = Enum("ExecutionBehavior", members, module=__name__, qualname=name)  # type: ignore[misc]
        PythonFunctionTask.ExecutionBehavior = made
        return made


class PythonFunctionTask(PythonAutoContainerTask["Any"], Generic[P, R]):
    """A task made of a function, whose annotations are its interface.

    Args:
        task_config: What the kind of tasks is told.
        task_function: The function.
        task_type: What the engine calls tasks of this kind.
        ignore_input_vars: Parameters that are no inputs.
        execution_mode: One of `ExecutionBehavior`, or the name of one; by default, and with None, `DEFAULT`.
        task_resolver: What finds the task again in the container; without one, module and name do.
        node_dependency_hints: Of a dynamic task, what it may call.
        pickle_untyped: Whether a parameter without an annotation is accepted, as `Any`.
        kwargs: For `PythonAutoContainerTask`.

    Raises:
        ValueError: the settings contradict each other, or Flyte could not find the function by module and name.
        TypeError: it is no function: a `functools.partial`, say.
    """

    ExecutionBehavior: Any = _ExecutionBehavior()

    __name__: str
    __qualname__: str
    __wrapped__: Callable[P, R]

    def __init__(
        self,
        task_config: Any,
        task_function: Callable[P, R],
        task_type: str = "python-task",
        ignore_input_vars: list[str] | None = None,
        execution_mode: Any = None,
        task_resolver: Any = None,
        node_dependency_hints: Iterable[Any] | None = None,
        pickle_untyped: bool = False,
        **kwargs: Any,
    ) -> None:
        if task_function is None:
            raise ValueError("TaskFunction is a required parameter for PythonFunctionTask")
        if not hasattr(task_function, "__name__"):
            raise TypeError(f"a task is made of a function, not of {task_function!r}")
        if task_resolver is None:
            refuse_nested(task_function)
        if node_dependency_hints is not None and not has_mode(execution_mode, "DYNAMIC"):
            raise ValueError("node_dependency_hints should only be used on dynamic tasks")
        self._task_function = task_function
        self._read = (ignore_input_vars, pickle_untyped)
        self._node_dependency_hints = node_dependency_hints
        self._asked_mode = execution_mode
        super().__init__(None, task_config, task_type, task_resolver=task_resolver, **kwargs)

    #: What `@task` was told of the metadata, until somebody asks for it.
    _told: dict[str, Any] | None = None

    _name: Any = Lazily(lambda self: registered_name(self._task_function))
    _execution_mode: Any = Lazily(lambda self: behavior(self._asked_mode))
    _native_interface: Any = Lazily(lambda self: interface_of(self._task_function, self._read[1]))
    _python_interface: Any = Lazily(lambda self: self._native_interface.remove_inputs(self._read[0]))

    def _described(self) -> TaskMetadata:
        if self._told is None:
            return super()._described()
        from wingbeat.authoring.task_settings import metadata

        return self._complete(metadata(self._task_function, self._told))

    @property
    def name(self) -> str:
        """The name under which the task is registered: `<module>.<function>`.

        In front of it, the module whose code has made the task, where that is another one.
        """
        maker = self.instantiated_in
        if maker and maker not in self._name and "." in self._name:  # what a notebook defines has a bare name
            return f"{maker}.{self._name}"
        return str(self._name)

    @property
    def task_function(self) -> Callable[P, R]:
        """The function as the decorator saw it."""
        return self._task_function

    @property
    def execution_mode(self) -> Any:
        """How the function is run: one of `ExecutionBehavior`."""
        return self._execution_mode

    @property
    def node_dependency_hints(self) -> Iterable[Any] | None:
        """Of a dynamic task, what it may call."""
        return self._node_dependency_hints

    if TYPE_CHECKING:

        def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
            """Run the task here and now, see `PythonTask`."""

    def execute(self, **kwargs: Any) -> Any:
        """Run the function to its end, awaiting it if it is asynchronous."""
        mode = self.__dict__.get("_execution_mode", self._asked_mode)
        if mode is not None and not has_mode(mode, "DEFAULT"):
            return self.dynamic_execute(self._task_function, **kwargs) if has_mode(mode, "DYNAMIC") else None
        function: Callable[..., Any] = self._task_function
        result = function(**kwargs)
        from _collections_abc import Coroutine  # what `collections.abc` re-exports; loaded by `os` already

        if isinstance(result, Coroutine):
            import asyncio

            return asyncio.run(result)
        return result

    def demand_covered(self) -> None:
        """Raise NotCovered for a task that only flytekit can run: that is known before there are inputs."""
        super().demand_covered()
        if has_mode(self.__dict__.get("_execution_mode", self._asked_mode), "DYNAMIC"):
            self.dynamic_execute(self._task_function)

    def dynamic_execute(self, task_function: Callable[..., Any], **kwargs: Any) -> Any:
        """Only for dynamic tasks, which make graphs of tasks and are not covered."""
        raise not_covered("flytekit.dynamic", "it makes a graph of tasks", task_function)

    def compile_into_workflow(self, ctx: Any, task_function: Callable[..., Any], **kwargs: Any) -> Any:
        """The same."""
        raise not_covered("flytekit.dynamic", "it makes a graph of tasks", task_function)


def not_covered(name: str, reason: str, function: Any) -> Any:
    """What says that a task is not covered, at the line of its function."""
    from wingbeat.exceptions import NotCovered

    code = getattr(function, "__code__", None)
    return NotCovered(name, reason) if code is None else NotCovered(name, reason, code.co_filename, code.co_firstlineno)


def has_mode(mode: Any, name: str) -> bool:
    """Whether an `ExecutionBehavior`, or the name of one, is the one of that name."""
    return mode == name or getattr(mode, "name", None) == name


def behavior(mode: Any) -> Any:
    """The `ExecutionBehavior` of a name; None stands for the default."""
    return PythonFunctionTask.ExecutionBehavior[mode or "DEFAULT"] if mode is None or isinstance(mode, str) else mode


def registered_name(function: Callable[..., Any]) -> str:
    """`<module>.<function>`."""
    from wingbeat.authoring.naming import task_name

    return task_name(function)


def interface_of(function: Callable[..., Any], pickle_untyped: bool) -> Interface:
    """What the annotations of a function say."""
    from wingbeat.authoring.interface import read_interface

    return read_interface(function, pickle_untyped=pickle_untyped)


def refuse_nested(function: Any) -> None:
    """Flyte finds a task by module and name, so a function inside of another one is out of its reach.

    Test modules may do as they like, and a wrapper that `functools.wraps` shows at module level is found there.

    Raises:
        ValueError: the function is nested.
    """
    code = getattr(function, "__code__", None)
    if code is None or not code.co_flags & _NESTED:
        return
    if hasattr(function, "__wrapped__") and function.__name__ == function.__qualname__:
        return
    module = function.__module__.rpartition(".")[2]
    if module.startswith("test_") or module.endswith("_test"):
        return
    raise ValueError(
        f"TaskFunction cannot be a nested/inner or local function: {function.__qualname__} in {function.__module__}. "
        "Flyte finds a task by its module and its name, so define it at module level. If a decorator of your own made "
        "it, use functools.wraps there; if a task_resolver of your own finds it, pass that to the task."
    )
