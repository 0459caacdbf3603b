"""Tasks that are found by their number."""

from __future__ import annotations

from wingbeat.authoring.tracking import TrackedInstance
from wingbeat.runtime.resolvers.mixin import TaskResolverMixin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class ClassStorageTaskResolver(TrackedInstance, TaskResolverMixin):
    """Keeps a list of tasks; the argument is the place in the list.

    Importing the module has to make the same list each time.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.mapping: list[Any] = []
        super().__init__(*args, **kwargs)

    def name(self) -> str:
        """What to call it."""
        return "ClassStorageTaskResolver"

    def add(self, t: Any) -> None:
        """Put a task at the end of the list."""
        self.mapping.append(t)

    def load_task(self, loader_args: Sequence[str]) -> Any:
        """The task at that place; below 0, counted from the end.

        Raises:
            RuntimeError: there is not exactly one argument.
            ValueError: it is no number.
            IndexError: there is no task at that place.
        """
        if len(loader_args) != 1:
            raise RuntimeError(
                f"Unable to load task, received ambiguous loader args {loader_args}, expected only one: its place"
            )
        place = int(loader_args[0])
        try:
            return self.mapping[place]
        except IndexError:
            raise IndexError(
                f"list index out of range: there is no task {place}, there are {len(self.mapping)}"
            ) from None

    def loader_args(self, settings: Any, task: Any) -> list[str]:
        """The task's place. Raises ValueError if it is not in the list."""
        if task not in self.mapping:
            raise ValueError("no such task")
        return [str(self.mapping.index(task))]

    def get_all_tasks(self) -> list[Any]:
        """The list."""
        return self.mapping
