"""What tasks of some types are described by: dynamic and array jobs, and the queries of Presto and Qubole."""

from __future__ import annotations

from wingbeat.idl.bindings import Binding
from wingbeat.idl.common import FlyteCustomIdlEntity
from wingbeat.idl.model import Model, field
from wingbeat.idl.tasks import TaskTemplate
from wingbeat.idl.workflow import Node, WorkflowTemplate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from typing_extensions import Self


class DynamicJobSpec(Model, proto="dynamic_job_pb2.DynamicJobSpec"):
    """The content of `futures.pb`: what a dynamic task wants to be run."""

    tasks: list[TaskTemplate] | None = field(empty_is_none=True)
    nodes: list[Node]
    min_successes: int
    outputs: list[Binding] | None = field(empty_is_none=True)
    subworkflows: list[WorkflowTemplate]


class ArrayJob(FlyteCustomIdlEntity):
    """How the elements of an older map task are run.

    Raises:
        ValueError: from the constructor, if both ways of saying how many must succeed are used.
    """

    def __init__(
        self,
        parallelism: int | None = None,
        size: int | None = None,
        min_successes: int | None = None,
        min_success_ratio: float | None = None,
    ) -> None:
        if min_successes and min_success_ratio:
            raise ValueError("Only one of min_successes or min_success_ratio can be set")
        self.parallelism = parallelism
        self.size = size
        self.min_successes = min_successes
        self.min_success_ratio = min_success_ratio

    def to_dict(self) -> dict[str, Any]:
        """The content, as JSON has it."""
        from flyteidl.plugins import array_job_pb2
        from google.protobuf import json_format

        criterion: dict[str, Any] = {"min_successes": self.min_successes}
        if self.min_successes is None:
            criterion = {"min_success_ratio": self.min_success_ratio}
        message = array_job_pb2.ArrayJob(parallelism=self.parallelism, size=self.size, **criterion)
        content: dict[str, Any] = json_format.MessageToDict(message)
        return content

    @classmethod
    def from_dict(cls, idl_dict: dict[str, Any]) -> Self:
        """The job with this content."""
        from flyteidl.plugins import array_job_pb2
        from google.protobuf import json_format

        message = json_format.ParseDict(idl_dict, array_job_pb2.ArrayJob())
        if message.HasField("min_successes"):
            return cls(message.parallelism, message.size, min_successes=message.min_successes)
        return cls(message.parallelism, message.size, min_success_ratio=message.min_success_ratio)


class PrestoQuery(Model, proto="presto_pb2.PrestoQuery", package="plugins"):
    """A query of Presto."""

    routing_group: str | None = None
    catalog: str | None = None
    schema: str | None = None
    statement: str | None = None


class HiveQuery(Model, proto="qubole_pb2.HiveQuery", package="plugins"):
    """A query of Hive; `timeout_sec` is in seconds."""

    query: str
    timeout_sec: int
    retry_count: int = field(proto="retryCount")


class HiveQueryCollection(Model, proto="qubole_pb2.HiveQueryCollection", package="plugins"):
    """Several."""

    queries: list[HiveQuery]


class QuboleHiveJob(Model, proto="qubole_pb2.QuboleHiveJob", package="plugins"):
    """A job of Qubole."""

    query: HiveQuery | None = None
    cluster_label: str  # type: ignore[misc]  # has no default, though the one before may be absent
    tags: list[str]  # type: ignore[misc]
    query_collection: HiveQueryCollection | None = None
