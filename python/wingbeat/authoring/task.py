"""`@task`: a function becomes a task."""

from __future__ import annotations

import os
import sys

from wingbeat.authoring.function_task import PythonFunctionTask

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ParamSpec, TypeVar, overload

    P = ParamSpec("P")
    R = TypeVar("R")

_COROUTINE = 0x80  # inspect.CO_COROUTINE
_DECK_FIELDS = ("Source Code", "Dependencies", "Timeline", "Input", "Output")
_PLUGINS = "wingbeat.authoring.plugins"

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
    deck_fields: Any = _DECK_FIELDS,
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

    The parameters are flytekit's (authoring spec 1.3). They are what Flyte has to know when the task is registered, and
    are kept as attributes of the task. These change how the task runs in its container:

    Args:
        _task_function: The function, `def` or `async def`. Its annotations are the task's interface.
        task_config: Its type decides the class of the task: see `TaskPlugins`.
        enable_deck: Whether a run writes deck.html, with what user code shows by `wingbeat.Deck`.
        deck_fields: The tabs to make without the task's doing, of `wingbeat.DeckField`; by default all.
        disable_deck: Older code's way to say the opposite of `enable_deck`.
        task_resolver: An object that finds the task again in the container; without one, module and name do.
        pickle_untyped: Whether a parameter without an annotation is accepted, as `Any`.

    Raises:
        ValueError: for settings that contradict each other, a keyword that flytekit does not know either
            (`Unrecognized argument(s) for task: ...`), or a function that Flyte could not find by module and name.
        AssertionError: the class of such tasks is not one for an `async def` function.
    """
    settings = locals()
    function = settings.pop("_task_function")
    if settings.pop("unknown"):
        raise ValueError(f"Unrecognized argument(s) for task: {unknown.keys()}")
    if function is None:
        return lambda decorated: make(decorated, settings)
    return make(function, settings)


_PLAIN: dict[str, Any] = dict(zip(task.__code__.co_varnames[1:], (task.__defaults__ or ())[1:], strict=False))
_PLAIN.update(task.__kwdefaults__ or {})


def make(function: Callable[..., Any], settings: dict[str, Any]) -> PythonFunctionTask[..., Any]:
    """The task of a function."""
    config = settings["task_config"]
    cls: type[PythonFunctionTask[..., Any]] = PythonFunctionTask
    if config is not None or _PLUGINS in sys.modules:
        from wingbeat.authoring.plugins import TaskPlugins

        cls = TaskPlugins.find_pythontask_plugin(type(config))
    code = getattr(function, "__code__", None)
    if code is not None and code.co_flags & _COROUTINE:
        cls = asynchronous(cls)
    elif "FLYTE_ENABLE_VSCODE" in os.environ:
        function = decorate_function(function)
    if own(cls) and all(value is _PLAIN[name] for name, value in settings.items()):
        made = cls(None, function)
    else:
        made = with_settings(cls, function, settings)
    made.__dict__.update(getattr(function, "__dict__", {}))
    # What `functools.update_wrapper` would set, except `__annotations__`: asking for them evaluates them.
    for attribute in ("__module__", "__name__", "__qualname__", "__doc__"):
        setattr(made, attribute, getattr(function, attribute, None))
    made.__wrapped__ = function
    return made


def with_settings(
    cls: type[PythonFunctionTask[..., Any]], function: Callable[..., Any], settings: dict[str, Any]
) -> PythonFunctionTask[..., Any]:
    """The same of a task that has any. Classes of others are called as flytekit calls them (authoring spec 1.4)."""
    from wingbeat.authoring.function_task import behavior
    from wingbeat.authoring.task_settings import METADATA, check, metadata

    check(settings)
    passed = {name: value for name, value in settings.items() if name not in METADATA and name != "task_config"}
    if not own(cls):
        passed["metadata"] = metadata(function, settings)
        passed["execution_mode"] = behavior(passed["execution_mode"])
    made = cls(settings["task_config"], function, **passed)
    if own(cls):
        made._told = settings
    return made


def own(cls: type) -> bool:
    """Whether a class is wingbeat's; a plugin's has a constructor of its own."""
    return cls.__module__.startswith("wingbeat.")


def asynchronous(cls: type[PythonFunctionTask[..., Any]]) -> type[PythonFunctionTask[..., Any]]:
    """The class for an `async def` function whose task would be of class `cls`.

    Raises:
        AssertionError: it is one of somebody else's that is not asynchronous.
    """
    from wingbeat.authoring.async_task import AsyncPythonFunctionTask

    if cls is PythonFunctionTask:
        return AsyncPythonFunctionTask
    if not issubclass(cls, AsyncPythonFunctionTask):
        raise AssertionError(f"Task plugin {cls} is not compatible with async functions")  # noqa: TRY004 flytekit's
    return cls


def decorate_function(fn: Callable[P, R]) -> Callable[P, R]:
    """The function itself, unless `FLYTE_ENABLE_VSCODE` asks for an editor in its place, which is not covered."""
    if os.environ.get("FLYTE_ENABLE_VSCODE", "").lower() in ("true", "t", "1"):
        from wingbeat.authoring.function_task import not_covered

        raise not_covered("flytekit.interactive.vscode", "FLYTE_ENABLE_VSCODE asks for it", fn)
    return fn
