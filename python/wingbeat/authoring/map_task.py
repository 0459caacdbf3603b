"""`map_task`: a task that is run for every element of lists (authoring spec 1.3 and 4.7).

One element of it is run by `runtime.map_task`. What is here is what a module makes while it is imported, and what
happens when it is called inside of a task: all elements are run here and now, one after the other.
"""

from __future__ import annotations

import sys

from wingbeat.authoring.base_task import Lazily, PythonTask

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.authoring.interface import Interface
    from wingbeat.authoring.task_metadata import TaskMetadata

__all__ = ["ArrayNodeMapTask", "array_node_map_task", "map_task"]


class ElementSettings:
    """How many elements run at once, how many have to succeed: of map tasks, array nodes (authoring spec 4.7)."""

    _concurrency: int | None
    _min_successes: int | None
    _min_success_ratio: float | None
    _run_all_sub_nodes: bool

    @property
    def concurrency(self) -> int | None:
        """How many elements may run at once."""
        return self._concurrency

    @property
    def min_successes(self) -> int | None:
        """How many elements have to succeed."""
        return self._min_successes

    @property
    def min_success_ratio(self) -> float | None:
        """Which part of them has to."""
        return self._min_success_ratio

    @property
    def run_all_sub_nodes(self) -> bool:
        """Whether all elements are run although too many have failed."""
        return self._run_all_sub_nodes


class ArrayNodeMapTask(ElementSettings, PythonTask["Any"]):
    """A task that is run for every element of its inputs, which are lists; so are its outputs.

    Args:
        python_function_task: The task, or a `functools.partial` of it, whose keywords are the same for all elements.
        concurrency: How many elements may run at once; 0 stands for all, None for the platform's limit.
        min_successes: How many elements have to succeed.
        min_success_ratio: Which part of them has to. With less than all, outputs may be None.
        bound_inputs: Names of inputs that are the same for all elements.
        bound_inputs_values: The same with their values.
        run_all_sub_nodes: Whether all elements are run although too many have failed.
        kwargs: For `PythonTask`; what it does not know is not looked at, as in flytekit.

    Raises:
        ValueError: the task cannot be mapped, or has several outputs, or the bound inputs contradict each other.
    """

    def __init__(
        self,
        python_function_task: Any,
        concurrency: int | None = None,
        min_successes: int | None = None,
        min_success_ratio: float | None = None,
        bound_inputs: set[str] | None = None,
        bound_inputs_values: dict[str, Any] | None = None,
        run_all_sub_nodes: bool = False,
        **kwargs: Any,
    ) -> None:
        self._partial, task = taken_apart(python_function_task)
        if not is_mappable(task):
            raise ValueError(
                "Only PythonFunctionTask with default execution mode (not @dynamic or @eager) and PythonInstanceTask "
                "are supported in map tasks."
            )
        if len(task.python_interface.outputs) > 1:
            raise ValueError("Only tasks with a single output are supported in map tasks.")
        if bound_inputs and bound_inputs_values and bound_inputs != set(bound_inputs_values):
            raise ValueError("bound_inputs and bound_inputs_values should have the same keys if both set")
        self._bound_inputs_values = bound_inputs_values or {}
        self._bound_inputs = {
            *(bound_inputs or ()),
            *(self._partial.keywords if self._partial else ()),
            *self._bound_inputs_values,
        }
        self._run_task = task
        self._concurrency = concurrency
        self._min_successes = min_successes
        self._min_success_ratio = min_success_ratio
        self._run_all_sub_nodes = run_all_sub_nodes
        self._cmd_prefix: list[str] | None = None
        super().__init__(task_type=task.task_type, name=None, task_type_version=1, **kwargs)

    _resolver = "flytekit.core.array_node_map_task.ArrayNodeMapTaskResolver"
    _name: Any = Lazily(lambda self: self._named("-arraynode", self._distinction()))
    _python_interface: Any = Lazily(lambda self: self._in_lists())
    _security_ctx: Any = Lazily(lambda self: self._run_task.security_context)

    def _distinction(self) -> str:
        """What tells it from other map tasks of the same task."""
        names = ",".join(sorted(self._bound_inputs))
        return f"{names}{self._concurrency}{self._min_successes}{self._min_success_ratio}"

    def _named(self, ending: str, distinction: str) -> str:
        from hashlib import md5

        from wingbeat.authoring.naming import extract_task_module

        task = self._run_task
        function = getattr(task, "task_function", None)
        if function is None:
            module, variable = task.task_type, task.lhs
        else:
            _, module, variable, _ = extract_task_module(function)
        return f"{module}.map_{variable}_{md5(distinction.encode(), usedforsecurity=False).hexdigest()}{ending}"

    def _in_lists(self) -> Interface:
        from wingbeat.authoring.list_interface import list_interface

        optional = self._min_success_ratio is not None and self._min_success_ratio != 1
        return list_interface(self._run_task.python_interface, self._bound_inputs, (), optional)

    def _described(self) -> TaskMetadata:
        metadata: TaskMetadata = self._run_task.metadata
        return metadata

    @property
    def python_function_task(self) -> Any:
        """The task that is mapped."""
        return self._run_task

    run_task = python_function_task

    @property
    def bound_inputs(self) -> set[str]:
        """Names of the inputs that are the same for all elements."""
        return self._bound_inputs

    @property
    def is_original_sub_node_interface(self) -> bool:
        """Whether a node of it has the inputs of one element: no."""
        return False

    @property
    def execution_mode(self) -> int:
        """How the engine keeps track of elements: `flyteidl`'s `ArrayNode.ExecutionMode`, full state for plugins."""
        from wingbeat.authoring.function_task import PythonFunctionTask

        return 0 if type(self._run_task) is PythonFunctionTask else 1

    def set_command_prefix(self, cmd: list[str] | None) -> None:
        """Put words in front of the container's command."""
        self._cmd_prefix = cmd

    def get_command(self, settings: Any) -> list[str]:
        """The command of the container, with the templates that Flyte fills."""
        resolver = self._run_task.task_resolver
        return [
            *(self._cmd_prefix or ()),
            "pyflyte-map-execute",
            *("--inputs", "{{.input}}", "--output-prefix", "{{.outputPrefix}}"),
            *("--raw-output-data-prefix", "{{.rawOutputDataPrefix}}"),
            *("--checkpoint-path", "{{.checkpointOutputPrefix}}", "--prev-checkpoint", "{{.prevCheckpointPrefix}}"),
            *("--resolver", self._resolver, "--", "vars", ",".join(sorted(self._bound_inputs))),
            *("resolver", resolver.location, *resolver.loader_args(settings, self._run_task)),
        ]

    def get_custom(self, settings: Any) -> dict[str, Any]:
        """That of the task."""
        return self._run_task.get_custom(settings) or {}

    def get_config(self, settings: Any) -> dict[str, str] | None:
        """That of the task."""
        config: dict[str, str] | None = self._run_task.get_config(settings)
        return config

    def get_extended_resources(self, settings: Any) -> Any:
        """That of the task."""
        return self._run_task.get_extended_resources(settings)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run all elements here and now; what is bound is added to the arguments."""
        bound = self._partial.keywords if self._partial else {}
        return super().__call__(*args, **{**bound, **kwargs, **self._bound_inputs_values})

    def execute(self, **kwargs: Any) -> Any:
        """Run one element, where the engine has started this process for it; else all, one after the other.

        An element that fails gives None, as long as enough succeed; then its exception is raised.
        """
        from wingbeat.authoring.process import pushed_context

        ctx = pushed_context()
        if ctx is None or (ctx.execution_state and ctx.execution_state.mode.name == "TASK_EXECUTION"):
            return self._run_task.execute(**kwargs)
        mapped = [name for name, value in kwargs.items() if isinstance(value, list) and name not in self._bound_inputs]
        count = next((len(kwargs[name]) for name in self._run_task.python_interface.inputs if name in mapped), 0)
        needed = self._needed(count)
        outputs: list[Any] = []
        failed = 0
        for position in range(count):
            one = {name: value[position] if name in mapped else value for name, value in kwargs.items()}
            try:
                output = self._run_task.execute(**one)
            except Exception:
                output = None
                failed += 1
                if count - failed < needed:
                    raise
                outputs.append(None)
            else:
                if self._run_task.python_interface.outputs:
                    outputs.append(output)
        return outputs

    def _needed(self, count: int) -> int:
        """How many of so many elements have to succeed."""
        if self._min_successes:
            return self._min_successes
        if not self._min_success_ratio:
            return count
        from math import ceil

        return ceil(count * self._min_success_ratio)


def map_task(
    target: Any,
    concurrency: int | None = None,
    min_successes: int | None = None,
    min_success_ratio: float = 1.0,
    run_all_sub_nodes: bool = False,
    **kwargs: Any,
) -> Any:
    """A task that runs another one for every element of lists: an `ArrayNodeMapTask`. Of a launch plan, an `ArrayNode`.

    Raises:
        ValueError: the target cannot be mapped.
    """
    # Whoever has one of these has loaded the module.
    others = (("launch_plan", "LaunchPlan"), ("reference_task", "ReferenceTask"))
    loaded = [(sys.modules.get(f"wingbeat.authoring.{module}"), name) for module, name in others]
    if isinstance(target, tuple(getattr(module, name) for module, name in loaded if module)):
        from wingbeat.authoring.array_node import array_node

        return array_node(target, concurrency, min_success_ratio, min_successes, run_all_sub_nodes)
    return ArrayNodeMapTask(
        target,
        concurrency=concurrency,
        min_successes=min_successes,
        min_success_ratio=min_success_ratio,
        run_all_sub_nodes=run_all_sub_nodes,
        **kwargs,
    )


def array_node_map_task(
    task_function: Any,
    concurrency: int | None = None,
    min_success_ratio: float = 1.0,
    run_all_sub_nodes: bool = False,
    **kwargs: Any,
) -> ArrayNodeMapTask:
    """An `ArrayNodeMapTask`."""
    return ArrayNodeMapTask(
        task_function,
        concurrency=concurrency,
        min_success_ratio=min_success_ratio,
        run_all_sub_nodes=run_all_sub_nodes,
        **kwargs,
    )


def taken_apart(target: Any) -> tuple[Any, Any]:
    """The `functools.partial`, if it is one, and the task."""
    functools: Any = sys.modules.get("functools")
    if functools is not None and isinstance(target, functools.partial):
        return target, target.func
    return None, target


def is_mappable(task: Any, every_mode: bool = False) -> bool:
    """Whether something is a task that can be mapped."""
    from wingbeat.authoring.auto_container_task import PythonAutoContainerTask
    from wingbeat.authoring.function_task import PythonFunctionTask, has_mode

    if isinstance(task, PythonFunctionTask):
        mode = task.__dict__.get("_execution_mode", task._asked_mode)
        return every_mode or mode is None or has_mode(mode, "DEFAULT")
    return isinstance(task, PythonAutoContainerTask)
