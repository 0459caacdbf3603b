"""Tasks of which nothing is known but their registration."""

from __future__ import annotations

import os

from wingbeat.authoring.tracking import TrackedInstance
from wingbeat.runtime import loading
from wingbeat.runtime.resolvers.mixin import TaskResolverMixin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from wingbeat.runtime.resolvers.template_task import ExecutableTemplateShimTask

#: What registrations call the resolver.
LOCATION = "flytekit.core.python_customized_container_task.default_task_template_resolver"


class TaskTemplateResolver(TrackedInstance, TaskResolverMixin):
    """Makes a task of its template and the class that executes it: `<task.pb> <executor>`."""

    @property
    def location(self) -> str:
        """The dotted location; of the instance below, that of flytekit's, by which commands name it."""
        return LOCATION if self is default_task_template_resolver else super().location

    def name(self) -> str:
        """What to call it."""
        return "task template resolver"

    def load_task(self, loader_args: Sequence[str]) -> ExecutableTemplateShimTask:
        """Read the template that Flyte has stored, and import the executor.

        Raises:
            ValueError: an argument is missing, or the file is no template.
            FlyteDataNotFoundException, FlyteDownloadDataException: the template cannot be read.
            ImportError, AttributeError: the executor's location leads nowhere.
        """
        if len(loader_args) < 2:
            raise ValueError(f"the resolver arguments are {' '.join(loader_args)!r}, expected `TEMPLATE EXECUTOR`")
        from wingbeat.idl.tasks import TaskTemplate
        from wingbeat.runtime.flyte_context import of_process
        from wingbeat.runtime.resolvers.template_task import ExecutableTemplateShimTask

        uri, executor = loader_args[:2]
        files = of_process().file_access
        path = os.path.join(files.local_sandbox_dir, "task_template.pb")
        files.get_data(uri, path)
        try:
            with open(path, "rb") as file:
                template = TaskTemplate.from_bytes(file.read())
        except ValueError as error:
            raise ValueError(f"{uri!r} is no template of a task: {error}") from error
        return ExecutableTemplateShimTask(template, loading.locate(executor))

    def loader_args(self, settings: Any, task: Any) -> list[str]:
        """What Flyte replaces by the template's location, and the executor's."""
        return ["{{.taskTemplatePath}}", f"{task.executor_type.__module__}.{task.executor_type.__name__}"]

    def get_all_tasks(self) -> list[Any]:
        """None that it knows."""
        return []


default_task_template_resolver = TaskTemplateResolver()
