"""From the command line to the task: search path, resolver, task (runtime contract 1.7 and 8)."""

from __future__ import annotations

import os
import sys

from wingbeat.runtime.invocation import DEFAULT_RESOLVER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType
    from typing import Any

    from wingbeat.exceptions import NotCovered

#: What a run needs of a task.
TASK = ("name", "python_interface", "pre_execute", "execute", "post_execute")


class NotATaskError(TypeError):
    """The resolver has found something, and it is not a task."""


class DefaultTaskResolver:
    """Finds a task by module and name: `task-module M task-name N`.

    The words themselves are not looked at and more than four are ignored, as in flytekit.
    """

    location = DEFAULT_RESOLVER

    def name(self) -> str:
        """What to call it."""
        return "DefaultTaskResolver"

    def load_task(self, loader_args: Sequence[str]) -> Any:
        """Import the module and take the task from it."""
        if len(loader_args) < 4:
            raise ValueError(
                f"the resolver arguments are {' '.join(loader_args)!r}, expected `task-module MODULE task-name NAME`"
            )
        return getattr(import_module(loader_args[1]), loader_args[3])

    def loader_args(self, settings: Any, task: Any) -> list[str]:
        """The arguments that find this task."""
        from wingbeat.authoring.naming import extract_task_module

        _, module, name, _ = extract_task_module(task)
        return ["task-module", module, "task-name", name]

    def task_name(self, task: Any) -> None:
        """None: the name follows from the module."""


default_task_resolver = DefaultTaskResolver()


def extend_path() -> None:
    """Put the working directory at the end of `sys.path`, unless it is there already under any of its names.

    At the end, because a module of the same name earlier on the path wins: users see the difference.
    """
    try:
        here = os.getcwd()
    except FileNotFoundError:
        return  # it was removed: nothing can be imported from it
    if here not in sys.path and not any(os.path.realpath(entry) == here for entry in sys.path):
        sys.path.append(here)


class FlytekitHook:
    """Finds flytekit for user code that imports it: what that takes is not loaded before.

    Whatever has `flytekit` in front is shown to the finder, which leaves packages of the user's alone.
    """

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        """As the finder that takes its place."""
        if not fullname.startswith("flytekit"):
            return None
        from wingbeat.flytekit_compat import finder

        finder.install()  # in front of this one, which is not asked again
        return finder.FINDER.find_spec(fullname, path, target)


flytekit_hook = FlytekitHook()


def hook_flytekit() -> None:
    """Let user code that imports flytekit find wingbeat's names from now on.

    Raises:
        NotCovered: flytekit itself has been imported before, by a `sitecustomize` perhaps.
    """
    loaded = sys.modules.get("flytekit")
    if loaded is not None and type(loaded).__name__ != "FlytekitModule":
        from wingbeat.exceptions import NotCovered

        raise NotCovered("flytekit", "it was imported before the task")
    if flytekit_hook not in sys.meta_path:
        sys.meta_path.insert(0, flytekit_hook)


def missing_of_flytekit(error: BaseException) -> NotCovered | None:
    """What a failure comes of, if user code has asked one of flytekit's classes for what only flytekit's has."""
    if type(sys.modules.get("flytekit")).__name__ != "FlytekitModule":
        return None
    from wingbeat.flytekit_compat import members

    return members.missing(error)


def find_resolver(location: str | None, arguments: Sequence[str]) -> Any:
    """The object that `--resolver` names.

    Raises:
        ValueError: there is no location, or there are no arguments for it.
        ImportError, AttributeError: the location leads nowhere.
    """
    if not arguments:
        raise ValueError("No resolver arguments: expected for example `-- task-module MODULE task-name NAME`")
    if location is None:
        raise ValueError(f"--resolver is missing: expected a dotted location such as {DEFAULT_RESOLVER}")
    return locate(location)


def locate(location: str) -> Any:
    """The object at a dotted location, which is imported.

    flytekit's resolvers are known by their names, so that the commands of existing registrations work without flytekit.

    Raises:
        ValueError: the location has no dot.
        ImportError, AttributeError: it leads nowhere.
    """
    if location == DEFAULT_RESOLVER:
        return default_task_resolver
    if location.startswith("flytekit."):
        from wingbeat.runtime import resolvers

        found = resolvers.known(location)
        if found is not None:
            return found
    module, _, name = location.rpartition(".")
    if not module:
        raise ValueError(f"{location!r} is no dotted location such as {DEFAULT_RESOLVER}")
    return getattr(import_module(module), name)


def load_task(resolver: Any, arguments: Sequence[str]) -> Any:
    """The task that the resolver finds.

    Raises:
        NotATaskError: what it has found is no task.
        NotCovered: it is a task of flytekit's own making.
        Exception: whatever the user's module raises while it is imported.
    """
    task = resolver.load_task(loader_args=arguments)
    cls = type(task)
    found = f"{' '.join(arguments)!r} is of type {cls.__module__}.{cls.__qualname__}"
    if cls.__module__.partition(".")[0] == "flytekit":
        from wingbeat.exceptions import NotCovered

        raise NotCovered(f"{cls.__module__}.{cls.__qualname__}", "the task is one of flytekit's own making")
    missing = [name for name in TASK if not hasattr(cls, name) and name not in getattr(task, "__dict__", ())]
    if missing:
        raise NotATaskError(f"{found}, which is not a task: it has no {', '.join(missing)}")
    return task


def dispatches(task: Any) -> bool:
    """Whether a task converts its inputs and outputs in a way of its own."""
    own = getattr(type(task), "dispatch_execute", None)
    return own is not None and own.__module__ != "wingbeat.authoring.base_task"


def import_module(name: str) -> ModuleType:
    """`importlib.import_module`, without importing importlib and without its frames in tracebacks."""
    __import__(name)
    return sys.modules[name]
