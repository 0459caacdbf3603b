"""The base of resolvers, also of those that users write."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class TaskResolverMixin:
    """Finds a task again in its container (runtime contract 8).

    When a task is registered, its command is given `--resolver <location>` and what `loader_args` returns. In the
    container the resolver is imported from its location, and `load_task` is given these arguments.

    A resolver is an instance at the top level of a module. Derive from `TrackedInstance` too, before this class, and
    `location` is known; or define it.
    """

    @property
    def location(self) -> str:
        """The dotted location of this instance: `package.module.variable`."""
        raise NotImplementedError(f"{type(self).__name__} has no `location`: derive from TrackedInstance, or define it")

    def name(self) -> str:
        """What to call it."""
        return type(self).__name__

    def load_task(self, loader_args: Sequence[str]) -> Any:
        """The task for these arguments. Whatever is raised is a failure of the user's."""
        raise NotImplementedError(f"{type(self).__name__} has no `load_task`")

    def loader_args(self, settings: Any, task: Any) -> list[str]:
        """The arguments by which `load_task` finds this task."""
        raise NotImplementedError(f"{type(self).__name__} has no `loader_args`")

    def get_all_tasks(self) -> list[Any]:
        """All tasks that it finds, where it knows them."""
        raise NotImplementedError(f"{type(self).__name__} does not know its tasks")

    def task_name(self, task: Any) -> str | None:
        """A name for the task, in the place of the one that follows from its module."""
        return None
