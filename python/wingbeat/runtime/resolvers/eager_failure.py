"""The task that ends what a failed eager task has started, which wingbeat cannot do."""

from __future__ import annotations

from wingbeat.exceptions import NotCovered
from wingbeat.runtime.resolvers.mixin import TaskResolverMixin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class EagerFailureTaskResolver(TaskResolverMixin):
    """Refuses: the task needs a client of Flyte's own service, to find executions and terminate them."""

    @property
    def location(self) -> str:
        """The dotted location."""
        return f"{__name__}.eager_failure_task_resolver"

    def name(self) -> str:
        """What to call it."""
        return "eager_failure_task_resolver"

    def load_task(self, loader_args: Sequence[str]) -> Any:
        """Raises NotCovered."""
        raise NotCovered(
            "flytekit.core.python_function_task.eager_failure_task_resolver",
            "wingbeat does not terminate the executions that a failed eager task has started",
        )

    def get_all_tasks(self) -> list[Any]:
        """None."""
        return []


eager_failure_task_resolver = EagerFailureTaskResolver()
