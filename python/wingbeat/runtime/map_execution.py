"""One element of a map task, as its container runs it (runtime contract 6)."""

from __future__ import annotations

from wingbeat import storage
from wingbeat.runtime import execution, map_task, phases

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.runtime.context import ExecutionParameters
    from wingbeat.runtime.invocation import Invocation


class MapPlan(execution.Plan):
    """The run of one element: which one, the environment says."""

    def enter(self) -> ExecutionParameters:
        """As of any task, and `current_context().map_index` is the element's index.

        Raises:
            ValueError: the environment does not say which element.
        """
        self.element = map_task.index()
        return super().enter()

    def find_resolver(self) -> Any:
        """The resolver of the map task. Tasks of the older kind share their prefix; each has a folder in it."""
        resolver = map_task.find_resolver(self.invocation.resolver, self.invocation.resolver_args)
        if map_task.shares_prefix(resolver):
            self.output_prefix = storage.join(self.output_prefix, str(self.element))
        return resolver

    def load_task(self, resolver: Any) -> Any:
        """The task of which the map task runs one element."""
        task = map_task.load(resolver, self.invocation.resolver_args, self.invocation.max_concurrency)
        self.bound = task.bound_inputs
        return task


def run(invocation: Invocation) -> int:
    """Run one element, or those that `--elements` names; the result is the exit status of the process."""
    if invocation.many is not None:
        from wingbeat.runtime.many import run as many

        options = invocation.many
        return phases.reported(lambda: many.run(invocation, options))
    return execution.carry_out(MapPlan(invocation))
