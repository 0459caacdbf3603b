"""`Environment`: settings that several tasks share (authoring spec 1.1)."""

from __future__ import annotations

from wingbeat.authoring.dynamic_task import dynamic
from wingbeat.authoring.task import task

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Environment:
    """Settings of tasks, by the names of `task`. The object, or its `task`, is used as `task` is.

    Raises:
        KeyError: a function is among them.
    """

    def __init__(self, **overrides: Any) -> None:
        if "_task_function" in overrides:
            raise KeyError("Cannot override task function")
        self.overrides = overrides

    def update(self, **overrides: Any) -> None:
        """Change settings here."""
        self.overrides = inherit(self.overrides, overrides)

    def extend(self, **overrides: Any) -> Environment:
        """Another environment, with these settings changed."""
        return self.__class__(**inherit(self.overrides, overrides))

    def __call__(self, _task_function: Callable[..., Any] | None = None, /, **overrides: Any) -> Any:
        """Make a task; used bare, or with more settings.

        Raises:
            ValueError: it is not made of a function.
        """
        return self._make(task, _task_function, overrides)

    task = __call__

    def dynamic(self, _task_function: Callable[..., Any] | None = None, /, **overrides: Any) -> Any:
        """The same, of `dynamic`."""
        return self._make(dynamic, _task_function, overrides)

    def show(self) -> None:
        """Print the settings."""
        from pprint import pprint

        pprint(self.overrides)  # noqa: T203 what it is for

    def _make(self, decorator: Any, function: Callable[..., Any] | None, overrides: dict[str, Any]) -> Any:
        if function is None:
            return decorator(**inherit(self.overrides, overrides))
        if not callable(function):
            raise ValueError("The first positional argument must be a callable")  # noqa: TRY004 flytekit's class
        return decorator(**self.overrides)(function)


def inherit(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """A copy of settings with others on top; a dict adds to the dict that is there."""
    from copy import deepcopy

    merged = deepcopy(old)
    for name, value in new.items():
        merged[name] = inherit(merged[name], value) if isinstance(value, dict) and name in merged else value
    return merged
