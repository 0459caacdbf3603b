"""The messages of `flyteidl/core/identifier.proto`: what Flyte calls things."""

from __future__ import annotations

from wingbeat.idl.model import Model


class ResourceType:
    """The kinds of things that are registered."""

    UNSPECIFIED = 0
    TASK = 1
    WORKFLOW = 2
    LAUNCH_PLAN = 3


class Identifier(Model, proto="identifier_pb2.Identifier"):
    """One version of something registered; `resource_type` is one of `ResourceType`."""

    resource_type: int
    project: str
    domain: str
    name: str
    version: str

    def resource_type_name(self) -> str:
        """The kind, in words."""
        from flyteidl.core import identifier_pb2

        name: str = identifier_pb2.ResourceType.Name(self.resource_type)
        return name

    def __str__(self) -> str:
        return f"{self.resource_type_name()}:{self.project}:{self.domain}:{self.name}:{self.version}"

    __repr__ = __str__


class WorkflowExecutionIdentifier(Model, proto="identifier_pb2.WorkflowExecutionIdentifier"):
    """One execution of a workflow."""

    project: str
    domain: str
    name: str


class NodeExecutionIdentifier(Model, proto="identifier_pb2.NodeExecutionIdentifier"):
    """One node of such an execution."""

    node_id: str
    execution_id: WorkflowExecutionIdentifier


class TaskExecutionIdentifier(Model, proto="identifier_pb2.TaskExecutionIdentifier"):
    """One attempt of such a node's task."""

    task_id: Identifier
    node_execution_id: NodeExecutionIdentifier
    retry_attempt: int


class SignalIdentifier(Model, proto="identifier_pb2.SignalIdentifier"):
    """What a node that waits is waiting for."""

    signal_id: str
    execution_id: WorkflowExecutionIdentifier
