"""What finds a task in its container: `--resolver` and its arguments (runtime contract 8).

Each resolver is loaded when a command names it. The default one lives in `runtime.loading`, because every start
needs it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.runtime.loading import DefaultTaskResolver, default_task_resolver
    from wingbeat.runtime.resolvers.class_storage import ClassStorageTaskResolver
    from wingbeat.runtime.resolvers.cloud_pickle import experimental_cloud_pickle_resolver
    from wingbeat.runtime.resolvers.eager_failure import eager_failure_task_resolver
    from wingbeat.runtime.resolvers.map_task import ArrayNodeMapTaskResolver, MapTaskResolver
    from wingbeat.runtime.resolvers.mixin import TaskResolverMixin
    from wingbeat.runtime.resolvers.notebook import PickledEntity, PickledEntityMetadata, default_notebook_task_resolver
    from wingbeat.runtime.resolvers.template import default_task_template_resolver
    from wingbeat.runtime.resolvers.template_task import ExecutableTemplateShimTask, ShimTaskExecutor

__all__ = [
    "ArrayNodeMapTaskResolver",
    "ClassStorageTaskResolver",
    "DefaultTaskResolver",
    "ExecutableTemplateShimTask",
    "MapTaskResolver",
    "PickledEntity",
    "PickledEntityMetadata",
    "ShimTaskExecutor",
    "TaskResolverMixin",
    "default_notebook_task_resolver",
    "default_task_resolver",
    "default_task_template_resolver",
    "eager_failure_task_resolver",
    "experimental_cloud_pickle_resolver",
]

#: Name -> module that defines it.
_HOMES = {
    "ArrayNodeMapTaskResolver": "wingbeat.runtime.resolvers.map_task",
    "ClassStorageTaskResolver": "wingbeat.runtime.resolvers.class_storage",
    "DefaultTaskResolver": "wingbeat.runtime.loading",
    "ExecutableTemplateShimTask": "wingbeat.runtime.resolvers.template_task",
    "MapTaskResolver": "wingbeat.runtime.resolvers.map_task",
    "PickledEntity": "wingbeat.runtime.resolvers.notebook",
    "PickledEntityMetadata": "wingbeat.runtime.resolvers.notebook",
    "ShimTaskExecutor": "wingbeat.runtime.resolvers.template_task",
    "TaskResolverMixin": "wingbeat.runtime.resolvers.mixin",
    "default_notebook_task_resolver": "wingbeat.runtime.resolvers.notebook",
    "default_task_resolver": "wingbeat.runtime.loading",
    "default_task_template_resolver": "wingbeat.runtime.resolvers.template",
    "eager_failure_task_resolver": "wingbeat.runtime.resolvers.eager_failure",
    "experimental_cloud_pickle_resolver": "wingbeat.runtime.resolvers.cloud_pickle",
}

#: flytekit's location -> name of ours. Registrations name flytekit's, and tasks run without it.
_KNOWN = {
    "flytekit.core.array_node_map_task.ArrayNodeMapTaskResolver": "ArrayNodeMapTaskResolver",
    "flytekit.core.legacy_map_task.MapTaskResolver": "MapTaskResolver",
    "flytekit.core.python_auto_container.default_notebook_task_resolver": "default_notebook_task_resolver",
    "flytekit.core.python_auto_container.default_task_resolver": "default_task_resolver",
    "flytekit.core.python_customized_container_task.default_task_template_resolver": "default_task_template_resolver",
    "flytekit.core.python_function_task.eager_failure_task_resolver": "eager_failure_task_resolver",
    "flytekit.extras.cloud_pickle_resolver.experimental_cloud_pickle_resolver": "experimental_cloud_pickle_resolver",
}


def known(location: str) -> Any:
    """The resolver, or class of one, that stands for one of flytekit's; None for any other location."""
    name = _KNOWN.get(location)
    return None if name is None else __getattr__(name)


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(__import__(home, fromlist=(name,)), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
