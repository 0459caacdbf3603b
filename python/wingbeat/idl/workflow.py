"""The messages of `flyteidl/core/workflow.proto`: the graph of a workflow."""

from __future__ import annotations

from wingbeat.idl.bindings import Binding
from wingbeat.idl.condition import BooleanExpression
from wingbeat.idl.identifier import Identifier
from wingbeat.idl.interface import TypedInterface
from wingbeat.idl.model import Model, field
from wingbeat.idl.tasks import K8sObjectMetadata, Resources, RetryStrategy
from wingbeat.idl.types import Error, LiteralType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import timedelta
    from typing import Any

    from typing_extensions import Self


def _duration(value: timedelta | None) -> timedelta:
    from datetime import timedelta

    return timedelta() if value is None else value


def _retries(value: RetryStrategy | None) -> RetryStrategy:
    return RetryStrategy(0) if value is None else value


class IfBlock(Model, proto="workflow_pb2.IfBlock"):
    """A condition, and the node that runs if it holds."""

    condition: BooleanExpression
    then_node: Node


class IfElseBlock(Model, proto="workflow_pb2.IfElseBlock"):
    """Conditions in their order, and what happens if none holds: a node or an error."""

    case: IfBlock
    other: list[IfBlock] | None = None
    else_node: Node | None = None
    error: Error | None = None


class BranchNode(Model, proto="workflow_pb2.BranchNode"):
    """A node that chooses."""

    if_else: IfElseBlock


class NodeMetadata(Model, proto="workflow_pb2.NodeMetadata"):
    """How a node is run."""

    name: str
    timeout: timedelta | None = field(default=None, always=True, adapt=_duration, omit_empty=True)
    retries: RetryStrategy | None = field(default=None, always=True, adapt=_retries)
    interruptible: bool | None = None
    cacheable: bool | None = None
    cache_version: str | None = None
    cache_serializable: bool | None = None


class SignalCondition(Model, proto="workflow_pb2.SignalCondition"):
    """Waits for a value."""

    signal_id: str
    type: LiteralType
    output_variable_name: str


class ApproveCondition(Model, proto="workflow_pb2.ApproveCondition"):
    """Waits for a yes."""

    signal_id: str


class SleepCondition(Model, proto="workflow_pb2.SleepCondition"):
    """Waits for some time."""

    duration: timedelta


class GateNode(Model, proto="workflow_pb2.GateNode"):
    """A node that waits. One field is set."""

    signal: SignalCondition | None = None
    sleep: SleepCondition | None = None
    approve: ApproveCondition | None = None

    @property
    def condition(self) -> Any:
        """The field that is set."""
        return self.signal or self.sleep or self.approve


class ArrayNode(Model, proto="workflow_pb2.ArrayNode"):
    """A node that is run for every element of its inputs."""

    node: Node
    parallelism: int | None = None
    min_successes: int | None = None
    min_success_ratio: float | None = None
    execution_mode: int | None = None
    is_original_sub_node_interface: bool = False
    data_mode: int | None = None
    bound_inputs: Any = field(default=None, adapt=lambda names: sorted(names) if names else None)
    run_all_sub_nodes: bool = False


class TaskNodeOverrides(Model, proto="workflow_pb2.TaskNodeOverrides"):
    """What differs from the task's settings; `pod_template` is a `PodTemplate`, or a message that was read."""

    resources: Resources | None
    extended_resources: Any = field(raw=True)
    container_image: str | None = field(default=None, empty_is_none=True)
    pod_template: Any = None

    def to_flyte_idl(self) -> Any:
        """The message."""
        import json

        from flyteidl.core import tasks_pb2, workflow_pb2
        from google.protobuf import json_format, struct_pb2

        pod = template = self.pod_template
        if template is not None and not isinstance(template, tasks_pb2.K8sPod):
            pod = tasks_pb2.K8sPod(
                metadata=K8sObjectMetadata(labels=template.labels, annotations=template.annotations).to_flyte_idl(),
                pod_spec=json_format.Parse(json.dumps(template.pod_spec), struct_pb2.Struct()),
                primary_container_name=template.primary_container_name,
            )
        return workflow_pb2.TaskNodeOverrides(
            resources=None if self.resources is None else self.resources.to_flyte_idl(),
            extended_resources=self.extended_resources,
            container_image=self.container_image,
            pod_template=pod,
        )

    @classmethod
    def from_flyte_idl(cls, pb: Any) -> Self:
        """The overrides of a message. Resources that name nothing are none."""
        resources = Resources.from_flyte_idl(pb.resources)
        return cls(
            resources if resources.requests or resources.limits else None,
            pb.extended_resources if pb.HasField("extended_resources") else None,
            pb.container_image or None,
            pb.pod_template if pb.HasField("pod_template") else None,
        )


class TaskNode(Model, proto="workflow_pb2.TaskNode"):
    """A node that runs a task."""

    reference_id: Identifier
    overrides: TaskNodeOverrides | None = None


class WorkflowNode(Model, proto="workflow_pb2.WorkflowNode"):
    """A node that runs a launch plan or a workflow. One field is set."""

    launchplan_ref: Identifier | None = None
    sub_workflow_ref: Identifier | None = None

    @property
    def reference(self) -> Identifier | None:
        """The field that is set."""
        return self.launchplan_ref or self.sub_workflow_ref


class Alias(Model, proto="workflow_pb2.Alias"):
    """Another name of an output."""

    var: str
    alias: str


class Node(Model, proto="workflow_pb2.Node"):
    """One node. One of the last five fields is set."""

    id: str
    metadata: NodeMetadata | None = field(always=True)
    inputs: list[Binding]
    upstream_node_ids: list[str]
    output_aliases: list[Alias]
    task_node: TaskNode | None = None
    workflow_node: WorkflowNode | None = None
    branch_node: BranchNode | None = None
    gate_node: GateNode | None = None
    array_node: ArrayNode | None = None

    @property
    def target(self) -> Any:
        """The task, workflow or branch."""
        return self.task_node or self.workflow_node or self.branch_node


class WorkflowMetadata(Model, proto="workflow_pb2.WorkflowMetadata"):
    """How a workflow is run."""

    class OnFailurePolicy:
        """What happens to the other nodes when one fails."""

        FAIL_IMMEDIATELY = 0
        FAIL_AFTER_EXECUTABLE_NODES_COMPLETE = 1

    on_failure: int | None = None


class WorkflowMetadataDefaults(Model, proto="workflow_pb2.WorkflowMetadataDefaults"):
    """What holds for nodes that say nothing."""

    interruptible: bool | None = None


class WorkflowTemplate(Model, proto="workflow_pb2.WorkflowTemplate"):
    """A workflow."""

    id: Identifier
    metadata: WorkflowMetadata
    metadata_defaults: WorkflowMetadataDefaults
    interface: TypedInterface
    nodes: list[Node]
    outputs: list[Binding]
    failure_node: Node | None = None
