"""`@task`: a function becomes a task."""

from __future__ import annotations

from wingbeat.authoring.settings import DECK_FIELDS, check

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Generic, ParamSpec, TypeVar, overload

    from wingbeat.authoring.interface import Interface

    P = ParamSpec("P")
    R = TypeVar("R")
else:
    P = R = None

    class Generic:
        """Lets the class below be generic for type checkers without loading `typing`."""

        def __class_getitem__(cls, item: object) -> type:
            return cls


_NESTED = 0x10  # inspect.CO_NESTED


class PythonFunctionTask(Generic[P, R]):
    """A task made of a function.

    Called like the function, it runs the function. `settings` holds what the decorator was given, by parameter name,
    with flytekit's defaults for the rest. Attributes that the function has set on itself are kept.

    Raises:
        ValueError: from the constructor, if the settings contradict each other or Flyte could not find the function.
        TypeError: from the constructor, if it is no function: a `functools.partial`, say.
    """

    __name__: str
    __qualname__: str
    __wrapped__: Callable[P, R]

    def __init__(self, task_function: Callable[P, R], **settings: Any) -> None:
        check(settings)
        if not hasattr(task_function, "__name__"):
            raise TypeError(f"a task is made of a function, not of {task_function!r}")
        if settings["task_resolver"] is None:
            refuse_nested(task_function)
        self.__dict__.update(getattr(task_function, "__dict__", {}))
        # What `functools.update_wrapper` would set, except `__annotations__`: asking for them evaluates them.
        for attribute in ("__module__", "__name__", "__qualname__", "__doc__"):
            setattr(self, attribute, getattr(task_function, attribute, None))
        self.__wrapped__ = task_function
        self.settings = settings
        self._interface: Interface | None = None

    @property
    def task_function(self) -> Callable[P, R]:
        """The function as the decorator saw it."""
        return self.__wrapped__

    @property
    def name(self) -> str:
        """The name under which the task is registered: `<module>.<function>`."""
        from wingbeat.authoring.naming import task_name

        return task_name(self.__wrapped__)

    @property
    def task_config(self) -> Any:
        """The `task_config` of the decorator."""
        return self.settings["task_config"]

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables of the decorator."""
        return self.settings["environment"] or {}

    @property
    def enable_deck(self) -> bool:
        """Whether a run of the task writes deck.html."""
        return bool(self.settings["enable_deck"]) or self.settings["disable_deck"] is False

    @property
    def disable_deck(self) -> bool:
        """The opposite of `enable_deck`, for older code."""
        import warnings

        message = "`disable_deck` is deprecated and will be removed in the future.\nPlease use `enable_deck` instead."
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        return not self.enable_deck

    @property
    def deck_fields(self) -> list[Any]:
        """The tabs that deck.html has without the task's doing."""
        return list(self.settings["deck_fields"] or ()) if self.enable_deck else []

    @property
    def python_interface(self) -> Interface:
        """The inputs and outputs. Read when first asked for: a module may hold many tasks, and one of them runs.

        Raises:
            SignatureError: the function's signature does not say what Flyte has to know.
        """
        if self._interface is None:
            from wingbeat.authoring.interface import read_interface

            self._interface = read_interface(self.__wrapped__, pickle_untyped=self.settings["pickle_untyped"])
        return self._interface

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run the function here and now; of an `async def` function, a coroutine."""
        return self.__wrapped__(*args, **kwargs)

    def execute(self, **kwargs: Any) -> Any:
        """Run the function to its end, awaiting it if it is asynchronous."""
        function: Callable[..., Any] = self.__wrapped__
        result = function(**kwargs)
        from _collections_abc import Coroutine  # what `collections.abc` re-exports; loaded by `os` already

        if isinstance(result, Coroutine):
            import asyncio

            return asyncio.run(result)
        return result

    def pre_execute(self, user_params: Any) -> Any:
        """Called before the inputs are converted; what it returns goes to `post_execute`. For subclasses."""
        return user_params

    def post_execute(self, user_params: Any, rval: Any) -> Any:
        """Called with what the function has returned; what it returns becomes the outputs. For subclasses."""
        return rval

    def __repr__(self) -> str:
        return f"<task {self.__module__}.{self.__qualname__}>"


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


if TYPE_CHECKING:

    @overload
    def task(_task_function: Callable[P, R], /) -> PythonFunctionTask[P, R]: ...
    @overload
    def task(**settings: Any) -> Callable[[Callable[P, R]], PythonFunctionTask[P, R]]: ...


def task(
    _task_function: Callable[P, R] | None = None,
    task_config: Any = None,
    cache: Any = False,
    retries: int = 0,
    interruptible: bool | None = None,
    deprecated: str = "",
    timeout: Any = 0,
    container_image: Any = None,
    environment: dict[str, str] | None = None,
    requests: Any = None,
    limits: Any = None,
    secret_requests: Any = None,
    execution_mode: Any = None,
    node_dependency_hints: Any = None,
    task_resolver: Any = None,
    docs: Any = None,
    disable_deck: bool | None = None,
    enable_deck: bool | None = None,
    deck_fields: Any = DECK_FIELDS,
    pod_template: Any = None,
    pod_template_name: str | None = None,
    accelerator: Any = None,
    pickle_untyped: bool = False,
    shared_memory: Any = None,
    resources: Any = None,
    labels: dict[str, str] | None = None,
    annotations: dict[str, str] | None = None,
    *,
    cache_serialize: bool | None = None,
    cache_version: str | None = None,
    cache_ignore_input_vars: tuple[str, ...] | None = None,
    **unknown: Any,
) -> Any:
    """Make a Flyte task of a function; used bare (`@task`) or with settings (`@task(retries=2)`).

    The parameters are flytekit's (authoring spec 1.3). They are what Flyte has to know when the task is registered;
    here they are kept in `PythonFunctionTask.settings`. These change how the task runs in its container:

    Args:
        _task_function: The function, `def` or `async def`. Its annotations are the task's interface.
        enable_deck: Whether a run writes deck.html, with what user code shows by `wingbeat.Deck`.
        deck_fields: The tabs to make without the task's doing, of `wingbeat.DeckField`; by default all.
        disable_deck: Older code's way to say the opposite of `enable_deck`.
        task_resolver: An object that finds the task again in the container; without one, module and name do.
        pickle_untyped: Whether a parameter without an annotation is accepted, as `Any`.

    Raises:
        ValueError: for settings that contradict each other, a keyword that flytekit does not know either
            (`Unrecognized argument(s) for task: ...`), or a function that Flyte could not find by module and name.
    """
    settings = locals()
    function = settings.pop("_task_function")
    if settings.pop("unknown"):
        raise ValueError(f"Unrecognized argument(s) for task: {unknown.keys()}")
    if function is None:
        return lambda decorated: PythonFunctionTask(decorated, **settings)
    return PythonFunctionTask(function, **settings)
