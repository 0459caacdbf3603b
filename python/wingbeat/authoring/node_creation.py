"""`create_node`: a step of a workflow, made expressly (authoring spec 1.3)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from wingbeat.authoring.node import Node

__all__ = ["create_node", "recorded_node"]


def create_node(entity: Any, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG001 flytekit's
    """A node that runs an entity, in the body of a workflow; anywhere else, it is refused.

    Raises:
        FlyteAssertion: an argument is given by position.
        AssertionError: the entity is no task, workflow or launch plan.
        NotCovered: user code has entered the body of a workflow by a context of its own.
        RuntimeError: this is no body of a workflow.
    """
    if args:
        from wingbeat.exceptions import FlyteAssertion

        raise FlyteAssertion(
            "Only keyword args are supported to pass inputs to workflows and tasks.Aborting execution as detected "
            f"{len(args)} positional args {args}"
        )
    if not is_entity(entity):
        raise AssertionError(f"Should be a callable Flyte entity (either local or fetched) but is {type(entity)}")
    from wingbeat.authoring.process import pushed_context
    from wingbeat.exceptions import NotCovered

    ctx = pushed_context()
    state = ctx and ctx.execution_state
    if ctx is not None and (ctx.compilation_state or (state and "LOCAL" in state.mode.name)):
        raise NotCovered("flytekit.core.node_creation.create_node", "it builds a graph of nodes")
    raise RuntimeError(f"Cannot use explicit run to call Flyte entities {entity.name}")


def recorded_node(entity: Any, nodes: list[Node], inputs: dict[str, Any]) -> Node:
    """A node that follows others in a workflow, with promises for its outputs.

    Raises:
        AssertionError: as `create_node`.
        FlyteAssertion: an input is missing, or is none of the entity's; or an output has the name of an attribute.
    """
    from wingbeat.authoring.node import Node
    from wingbeat.authoring.promise import NodeOutput, Promise
    from wingbeat.exceptions import FlyteAssertion

    if not is_entity(entity):
        raise AssertionError(f"Should be a callable Flyte entity (either local or fetched) but is {type(entity)}")
    check_inputs(entity, inputs)
    upstream: list[Node] = []
    for promise in promises(inputs):
        if promise.ref is not None and promise.ref.node_id and promise.ref.node not in upstream:
            upstream.append(promise.ref.node)
    node = Node(f"n{len(nodes)}", None, None, upstream, entity)
    node._inputs = inputs
    outputs: dict[str, Promise] = {}
    for name in entity.python_interface.outputs:
        if hasattr(node, name):
            raise FlyteAssertion(f"Node {node} already has attribute {name}, change the name of output.")
        outputs[name] = Promise(name, NodeOutput(node, name))
    node._outputs = outputs
    nodes.append(node)
    return node


def check_inputs(entity: Any, inputs: dict[str, Any]) -> None:
    """Refuse inputs that are missing, or too many, or cannot be. Their types are checked by flytekit, not here.

    Raises:
        FlyteAssertion: an input is missing, or is none of the entity's.
        AssertionError: one is the outputs of a task that has several, or none.
    """
    from wingbeat.authoring.promise import VoidPromise
    from wingbeat.exceptions import FlyteAssertion

    interface = entity.python_interface
    for name in inputs:
        if name not in interface.inputs:
            raise AssertionError(f"Received unexpected keyword argument '{name}' in function '{entity.name}'")
    saved = getattr(entity, "saved_inputs", {})
    for name in sorted(interface.inputs):
        if name not in inputs and name not in saved and not _has_default(entity, interface, name):
            raise FlyteAssertion(
                f"Input {name} of type {interface.inputs[name]} was not specified for function {entity.name}"
            )
        value = inputs.get(name)
        if isinstance(value, tuple):
            raise AssertionError(  # noqa: TRY004 flytekit's
                f"Variable({name}) for function({entity.name}) cannot receive a multi-valued tuple {value}. "
                "Check if the predecessor function returning more than one value?"
            )
        if isinstance(value, VoidPromise):
            raise AssertionError(  # noqa: TRY004 flytekit's
                f"Failed to Bind variable '{name}' for function '{entity.name}':\n Cannot pass output from task "
                f"{value.task_name} that produces no outputs to a downstream task"
            )


def _has_default(entity: Any, interface: Any, name: str) -> bool:
    """Whether an input may be left out."""
    hint, default = interface.inputs_with_defaults[name]
    if default is None:
        from typing import get_args

        return type(None) in get_args(hint)
    if isinstance(default, (list, dict, set)) and not hasattr(entity, "workflow_metadata"):
        from wingbeat.exceptions import FlyteAssertion

        raise FlyteAssertion(
            f"Argument {name} for function {entity.name} is a mutable default argument, which is a python anti-pattern "
            "and not supported in flytekit tasks"
        )
    return True


def is_entity(value: Any) -> bool:
    """Whether a node can run it."""
    from wingbeat.authoring.base_task import PythonTask
    from wingbeat.authoring.launch_plan import LaunchPlan
    from wingbeat.authoring.workflow import WorkflowBase

    return isinstance(value, (PythonTask, LaunchPlan, WorkflowBase))


def promises(value: Any) -> list[Any]:
    """The promises in a value, and in the lists and dicts that it consists of."""
    from wingbeat.authoring.promise import Promise

    if isinstance(value, Promise):
        return [value]
    values = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [promise for one in values for promise in promises(one)]
