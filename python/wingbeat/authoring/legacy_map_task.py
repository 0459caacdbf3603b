"""The older kind of map tasks, which old registrations have (runtime contract 6.3)."""

from __future__ import annotations

from wingbeat.authoring.base_task import Lazily
from wingbeat.authoring.map_task import ArrayNodeMapTask, is_mappable, taken_apart

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["MapPythonTask", "map_task"]


class MapPythonTask(ArrayNodeMapTask):
    """The older kind of map task.

    Args:
        python_function_task: The task, or a `functools.partial` of it.
        concurrency, min_success_ratio, bound_inputs, kwargs: As for `ArrayNodeMapTask`.

    Raises:
        ValueError: the task cannot be mapped, or has several outputs, or an input that is bound is a list.
    """

    def __init__(
        self,
        python_function_task: Any,
        concurrency: int | None = None,
        min_success_ratio: float | None = None,
        bound_inputs: set[str] | None = None,
        **kwargs: Any,
    ) -> None:
        partial, task = taken_apart(python_function_task)
        if partial and any(isinstance(value, list) for value in partial.keywords.values()):
            raise ValueError("Map tasks do not support partial tasks with lists as inputs. ")
        if not is_mappable(task, every_mode=True):
            raise ValueError("Map tasks can only compose of PythonFuncton and PythonInstanceTasks currently")
        if len(task.python_interface.outputs) > 1:
            raise ValueError("Map tasks only accept python function tasks with 0 or 1 outputs")
        super().__init__(python_function_task, concurrency, None, min_success_ratio, bound_inputs, **kwargs)
        self._task_type = "container_array"

    _resolver = "flytekit.core.legacy_map_task.MapTaskResolver"
    _name: Any = Lazily(lambda self: self._named("", ",".join(sorted(self._bound_inputs))))


def map_task(task_function: Any, concurrency: int = 0, min_success_ratio: float = 1.0, **kwargs: Any) -> MapPythonTask:
    """A `MapPythonTask`."""
    return MapPythonTask(task_function, concurrency=concurrency, min_success_ratio=min_success_ratio, **kwargs)
