"""`reference_task`: a task that is registered elsewhere (authoring spec 1.3)."""

from __future__ import annotations

from wingbeat.authoring.base_task import PythonTask
from wingbeat.authoring.reference import ReferenceEntity, TaskReference, made_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


class ReferenceTask(ReferenceEntity, PythonTask["Any"]):
    """Stands for a registered task. It is called by workflows; here it can only be mocked.

    Args:
        project, domain, name, version: Which one.
        inputs, outputs: Name -> type.
    """

    def __init__(
        self,
        project: str,
        domain: str,
        name: str,
        version: str,
        inputs: Mapping[str, Any],
        outputs: Mapping[str, Any],
    ) -> None:
        super().__init__(TaskReference(project, domain, name, version), inputs, outputs)
        self._task_resolver = None


def reference_task(project: str, domain: str, name: str, version: str) -> Callable[[Callable[..., Any]], ReferenceTask]:
    """Decorates a function whose annotations are those of a registered task; its body is never run."""
    return made_of(ReferenceTask, project, domain, name, version)
