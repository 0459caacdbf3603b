"""A task that is itself the argument."""

from __future__ import annotations

from wingbeat.authoring.tracking import TrackedInstance
from wingbeat.runtime.resolvers.mixin import TaskResolverMixin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class ExperimentalNaiveCloudPickleResolver(TrackedInstance, TaskResolverMixin):
    """The argument is the task, as cloudpickle writes it, in base64.

    Whoever can set the argument can run code, as with any command. `WINGBEAT_PICKLE` is about values, not about this.
    """

    def name(self) -> str:
        """What to call it."""
        return "cloud pickling task resolver"

    def load_task(self, loader_args: Sequence[str]) -> Any:
        """The unpickled task. Raises whatever unpickling raises; NotCovered if flytekit has pickled it."""
        from base64 import b64decode

        from wingbeat.types import left_to_flytekit

        if not loader_args:
            raise ValueError("there are no resolver arguments, expected a pickled task in base64")
        return left_to_flytekit.loads(b64decode(loader_args[0].encode("ascii")))

    def loader_args(self, settings: Any, task: Any) -> list[str]:
        """The pickled task. Raises ModuleNotFoundError if cloudpickle is not installed."""
        from base64 import b64encode

        cloudpickle = __import__("cloudpickle")
        return [b64encode(cloudpickle.dumps(task)).decode("ascii")]

    def get_all_tasks(self) -> list[Any]:
        """None that it knows."""
        return []


experimental_cloud_pickle_resolver = ExperimentalNaiveCloudPickleResolver()
