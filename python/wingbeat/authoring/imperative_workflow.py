"""`Workflow`: a workflow that is put together by calls, which a module makes while it is imported (authoring spec 1.3).

The calls are recorded: what depends on what, and under which names. Values are converted, and types compared, where
the workflow is registered.
"""

from __future__ import annotations

from wingbeat.authoring.interface import Interface
from wingbeat.authoring.node import Node
from wingbeat.authoring.node_creation import promises, recorded_node
from wingbeat.authoring.promise import NodeOutput, Promise
from wingbeat.authoring.workflow import WorkflowBase
from wingbeat.authoring.workflow_settings import WorkflowFailurePolicy, WorkflowMetadata, WorkflowMetadataDefaults
from wingbeat.exceptions import FlyteValidationException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["GLOBAL_START_NODE", "ImperativeWorkflow", "Workflow"]

#: What stands for the inputs of a workflow.
GLOBAL_START_NODE = Node("", None, [], [], None)

#: The name of the node that runs when another one fails.
_ON_FAILURE = "efn"


class ImperativeWorkflow(WorkflowBase):
    """A workflow without a function.

    Args:
        name: The name under which it is registered.
        failure_policy: What happens when a node fails.
        interruptible: Whether nodes that say nothing may be interrupted.

    Raises:
        FlyteValidationException: the policy is none, or `interruptible` is neither True nor False.
    """

    def __init__(
        self, name: str, failure_policy: WorkflowFailurePolicy | None = None, interruptible: bool = False
    ) -> None:
        self._nodes: list[Node] = []
        self._inputs: dict[str, Promise] = {}
        self._unbound_inputs: set[Promise] = set()
        self._outputs: dict[str, Any] = {}
        super().__init__(
            name,
            WorkflowMetadata(on_failure=failure_policy or WorkflowFailurePolicy.FAIL_IMMEDIATELY),
            WorkflowMetadataDefaults(interruptible),
            Interface(),
        )

    @property
    def nodes(self) -> list[Node]:
        """Its nodes, in the order in which they were added."""
        return self._nodes

    @property
    def inputs(self) -> dict[str, Promise]:
        """What stands for its inputs."""
        return self._inputs

    def add_workflow_input(self, input_name: str, python_type: Any) -> Promise:
        """One more input.

        Raises:
            FlyteValidationException: there is one of that name.
        """
        if input_name in self._inputs:
            raise FlyteValidationException(f"Input {input_name} has already been specified for wf {self.name}.")
        self._python_interface = self.python_interface.with_inputs({input_name: python_type})
        promise = self._inputs[input_name] = Promise(input_name, NodeOutput(GLOBAL_START_NODE, input_name))
        self._unbound_inputs.add(promise)
        return promise

    def add_workflow_output(self, output_name: str, p: Any, python_type: Any = None) -> None:
        """One more output: what a promise, or a list or dict of them, stands for.

        Args:
            output_name: Its name.
            p: The promises.
            python_type: Its type; of a single promise, it is known.

        Raises:
            FlyteValidationException: there is one of that name, or the type of several promises is not given.
        """
        if output_name in self.python_interface.outputs:
            raise FlyteValidationException(f"Output {output_name} already exists in workflow {self.name}")
        if python_type is None:
            if type(p) is list or type(p) is dict:
                raise FlyteValidationException(
                    "If specifying a list or dict of Promises, you must specify the python_type type for "
                    f"{output_name} starting with the container type (e.g. List[int]"
                )
            python_type = p.ref.node.flyte_entity.python_interface.outputs[p.var]
        self._outputs[output_name] = p
        self._python_interface = self.python_interface.with_outputs({output_name: python_type})

    def add_entity(self, entity: Any, **kwargs: Any) -> Node:
        """One more node, which runs a task, workflow or launch plan; its inputs are values and promises.

        Raises:
            AssertionError: the entity is none of these, or does not have these inputs.
        """
        node = recorded_node(entity, self._nodes, kwargs)
        for promise in promises(kwargs):
            self._unbound_inputs.discard(promise)
        return node

    def add_task(self, task: Any, **kwargs: Any) -> Node:
        """One more node, which runs a task."""
        return self.add_entity(task, **kwargs)

    def add_launch_plan(self, launch_plan: Any, **kwargs: Any) -> Node:
        """One more node, which runs a launch plan."""
        return self.add_entity(launch_plan, **kwargs)

    def add_subwf(self, sub_wf: Any, **kwargs: Any) -> Node:
        """One more node, which runs a workflow."""
        return self.add_entity(sub_wf, **kwargs)

    def add_on_failure_handler(self, entity: Any) -> Node:
        """What is run when a node fails, with the inputs of the workflow.

        Raises:
            FlyteFailureNodeInputMismatchException: it has other inputs.
        """
        own, inputs = self.python_interface.inputs, entity.python_interface.inputs
        more = [hint for name, hint in inputs.items() if name not in own]
        if any(name not in inputs or inputs[name] != hint for name, hint in own.items()) or not _optional(more):
            from wingbeat.rare_exceptions import FlyteFailureNodeInputMismatchException

            raise FlyteFailureNodeInputMismatchException(entity, self)
        node = recorded_node(entity, [], dict(self._inputs))
        node._id = _ON_FAILURE
        self._failure_node = node
        return node

    def create_conditional(self, name: str) -> Any:
        """A choice between nodes; it cannot be used, as in flytekit.

        Raises:
            AssertionError: always.
        """
        from wingbeat.authoring.condition import conditional

        return conditional(name)

    def ready(self) -> bool:
        """Whether there are nodes, and all inputs are used."""
        return bool(self._nodes) and not self._unbound_inputs

    def __repr__(self) -> str:
        return f"{super().__repr__()}Nodes ({len(self._nodes)}): {self._nodes}"


Workflow = ImperativeWorkflow


def _optional(hints: list[Any]) -> bool:
    from typing import get_args

    return all(type(None) in get_args(hint) for hint in hints)
