"""Which class a task is of: the type of its `task_config` says (authoring spec 1.4)."""

from __future__ import annotations

from wingbeat.authoring.function_task import PythonFunctionTask

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar


class TaskPlugins:
    """The classes of tasks that `@task(task_config=…)` makes, by the type of the configuration."""

    _PYTHONFUNCTION_TASK_PLUGINS: ClassVar[dict[type, type[PythonFunctionTask[..., Any]]]] = {}

    @classmethod
    def register_pythontask_plugin(cls, plugin_config_type: type, plugin: type[PythonFunctionTask[..., Any]]) -> None:
        """Have tasks with such a configuration be of class `plugin`, a subclass of `PythonFunctionTask`.

        Raises:
            TypeError: they are to be of another class already.
        """
        found = cls._PYTHONFUNCTION_TASK_PLUGINS.setdefault(plugin_config_type, plugin)
        if found is not plugin:
            raise TypeError(
                f"Requesting to register plugin {plugin} - collides with existing plugin {found} for type "
                f"{plugin_config_type}"
            )

    @classmethod
    def find_pythontask_plugin(cls, plugin_config_type: type) -> type[PythonFunctionTask[..., Any]]:
        """The class for configurations of a type; of an unknown one, `PythonFunctionTask`."""
        return cls._PYTHONFUNCTION_TASK_PLUGINS.get(plugin_config_type, PythonFunctionTask)
