"""Map tasks: the task that is mapped, and which of its inputs are the same for all elements (runtime contract 6.3)."""

from __future__ import annotations

from wingbeat.authoring.tracking import TrackedInstance
from wingbeat.runtime import loading
from wingbeat.runtime.map_task import LEGACY, Mapped
from wingbeat.runtime.resolvers.mixin import TaskResolverMixin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class ArrayNodeMapTaskResolver(TrackedInstance, TaskResolverMixin):
    """Finds the mapped task: `vars <names> resolver <location> <arguments…>`; the words are not looked at."""

    def name(self) -> str:
        """flytekit's location of it, by which the two kinds of map tasks are told apart."""
        return "flytekit.core.array_node_map_task.ArrayNodeMapTaskResolver"

    def load_task(self, loader_args: Sequence[str], max_concurrency: int | None = None) -> Mapped:
        """Load the task that the inner resolver finds; it is given a list, as in flytekit.

        Raises:
            ValueError: the arguments are too few, or the task cannot be mapped.
            Exception: whatever the inner resolver raises.
        """
        if len(loader_args) < 4:
            raise ValueError(
                f"the resolver arguments are {' '.join(loader_args)!r}, expected "
                "`vars NAMES resolver LOCATION ARGUMENTS…`"
            )
        _, names, _, location, *inner = loader_args
        task = loading.load_task(loading.locate(location), inner)
        outputs = task.python_interface.outputs
        if len(outputs) > 1:
            raise ValueError(
                f"Only tasks with a single output can be mapped: {task.name} has {len(outputs)}, {', '.join(outputs)}; "
                "return a dataclass that holds them"
            )
        return Mapped(task, tuple(name for name in names.split(",") if name))


class MapTaskResolver(ArrayNodeMapTaskResolver):
    """The same of the older kind, whose elements share one output prefix."""

    def name(self) -> str:
        """flytekit's location of it."""
        return LEGACY
