"""Tasks without a function of their own: `PythonInstanceTask` (authoring spec 1.4)."""

from __future__ import annotations

from wingbeat.authoring.auto_container_task import PythonAutoContainerTask
from wingbeat.authoring.base_task import T

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class PythonInstanceTask(PythonAutoContainerTask[T]):
    """A task whose class says what it does: derive from it and write `execute`.

    It is found again in the container by the module that has made it and the variable that holds it.

    Args:
        name: The name under which it is registered.
        task_config: What the kind of tasks is told.
        task_type: What the engine calls tasks of this kind.
        task_resolver: What finds the task again in the container; without one, module and variable do.
        kwargs: For `PythonAutoContainerTask`, among them `interface`.
    """

    def __init__(
        self,
        name: str,
        task_config: T | None,
        task_type: str = "python-task",
        task_resolver: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(name=name, task_config=task_config, task_type=task_type, task_resolver=task_resolver, **kwargs)
