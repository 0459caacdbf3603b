"""`array_node`: a launch plan, or a task elsewhere, that is run for every element of lists (authoring spec 4.7)."""

from __future__ import annotations

from wingbeat.authoring.launch_plan import LaunchPlan
from wingbeat.authoring.list_interface import list_interface
from wingbeat.authoring.map_task import ElementSettings
from wingbeat.authoring.reference import ReferenceLaunchPlan
from wingbeat.authoring.reference_task import ReferenceTask
from wingbeat.exceptions import NotCovered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from wingbeat.authoring.interface import Interface

__all__ = ["ArrayNode", "array_node"]


class ArrayNode(ElementSettings):
    """A node that runs its target for every element. Only flytekit runs it.

    Args:
        target: The launch plan or reference task.
        bindings: Where the inputs come from, where that is known.
        concurrency: How many elements may run at once.
        min_successes: How many elements have to succeed.
        min_success_ratio: Which part of them has to, if `min_successes` is not given; by default all.
        metadata: How the node is run.
        run_all_sub_nodes: Whether all elements are run although too many have failed.

    Raises:
        ValueError: the target has several outputs, or is nothing that can be mapped.
    """

    def __init__(
        self,
        target: Any,
        bindings: Sequence[Any] | None = None,
        concurrency: int | None = None,
        min_successes: int | None = None,
        min_success_ratio: float | None = None,
        metadata: Any = None,
        run_all_sub_nodes: bool = False,
    ) -> None:
        self.target = target
        self.id = target.name
        self.metadata = metadata
        self._bindings = bindings or []
        self._concurrency = concurrency
        self._run_all_sub_nodes = run_all_sub_nodes
        self._min_successes = min_successes or 0
        self._min_success_ratio = None
        if min_successes is None:
            self._min_success_ratio = 1.0 if min_success_ratio is None else min_success_ratio
        if len(target.python_interface.outputs) > 1:
            raise ValueError("Only tasks with a single output are supported in map tasks.")
        fixed = () if isinstance(target, ReferenceLaunchPlan) else getattr(target, "raw_fixed_inputs", ())
        optional = min_success_ratio is not None and min_success_ratio != 1
        self._python_interface = list_interface(target.python_interface, (), fixed, optional)
        # Of `flyteidl`'s ArrayNode: a launch plan takes single input files, in full state.
        if isinstance(target, LaunchPlan):
            self._data_mode, self._execution_mode = 0, 1
        elif isinstance(target, ReferenceTask):
            self._data_mode, self._execution_mode = 1, 0
        else:
            raise ValueError(  # noqa: TRY004 flytekit's
                f"Only LaunchPlans are supported for now, but got {type(target)}"
            )

    def construct_node_metadata(self) -> Any:
        """What the node says: what was given, or the target's name."""
        from wingbeat.idl.workflow import NodeMetadata

        return self.metadata or NodeMetadata(name=self.name)

    @property
    def name(self) -> str:
        """The name of the target."""
        name: str = self.target.name
        return name

    @property
    def python_interface(self) -> Interface:
        """The inputs and outputs: those of the target, in lists."""
        return self._python_interface

    @property
    def flyte_entity(self) -> Any:
        """The target."""
        return self.target

    @property
    def bindings(self) -> Sequence[Any]:
        """Where the inputs come from, where that is known."""
        return self._bindings

    @property
    def upstream_nodes(self) -> list[Any]:
        """None."""
        return []

    @property
    def bound_inputs(self) -> set[str]:
        """Inputs that are the same for all elements: none."""
        return set()

    @property
    def data_mode(self) -> int:
        """How elements get their inputs: a `flyteidl` `ArrayNode.DataMode`."""
        return self._data_mode

    @property
    def execution_mode(self) -> int:
        """How the engine keeps track of elements: a `flyteidl` `ArrayNode.ExecutionMode`."""
        return self._execution_mode

    @property
    def is_original_sub_node_interface(self) -> bool:
        """Whether the node has the inputs of one element: yes."""
        return True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run all elements here and now. Raises NotCovered, so that flytekit does."""
        raise NotCovered("flytekit.core.array_node.ArrayNode.__call__", f"it runs {self.name} for every element")


def array_node(
    target: Any,
    concurrency: int | None = None,
    min_success_ratio: float | None = None,
    min_successes: int | None = None,
    run_all_sub_nodes: bool = False,
) -> ArrayNode:
    """An `ArrayNode`.

    Raises:
        ValueError: the target is neither a launch plan nor a reference task.
    """
    if not isinstance(target, (LaunchPlan, ReferenceTask)):
        raise ValueError("Only LaunchPlans and ReferenceTasks are supported for now.")  # noqa: TRY004 flytekit's
    return ArrayNode(
        target,
        concurrency=concurrency,
        min_successes=min_successes,
        min_success_ratio=min_success_ratio,
        run_all_sub_nodes=run_all_sub_nodes,
    )
