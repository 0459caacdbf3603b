"""The messages of `flyteidl/core/tasks.proto`: what Flyte knows of a registered task."""

from __future__ import annotations

from wingbeat.idl.interface import TypedInterface
from wingbeat.idl.model import Model, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta
    from typing import Any


class Identifier(Model, proto="identifier_pb2.Identifier"):
    """One version of something registered; `resource_type` is 1 for a task."""

    resource_type: int
    project: str
    domain: str
    name: str
    version: str


class RetryStrategy(Model, proto="literals_pb2.RetryStrategy"):
    """How often Flyte tries again."""

    retries: int


class RuntimeMetadata(Model, proto="tasks_pb2.RuntimeMetadata"):
    """What has registered the task; `type` is 1 for an SDK of Flyte's."""

    type: int
    version: str
    flavor: str


class K8sObjectMetadata(Model, proto="tasks_pb2.K8sObjectMetadata"):
    """Labels and annotations of a pod."""

    labels: dict[str, str]
    annotations: dict[str, str]


class TaskMetadata(Model, proto="tasks_pb2.TaskMetadata"):
    """How Flyte treats a task."""

    discoverable: bool
    runtime: RuntimeMetadata
    timeout: timedelta
    retries: RetryStrategy
    interruptible: bool | None = None
    discovery_version: str = ""
    deprecated_error_message: str = ""
    cache_serializable: bool = False
    pod_template_name: str = ""
    cache_ignore_input_vars: Sequence[str] = ()
    is_eager: bool = False
    generates_deck: bool = False
    k8s_object_metadata: K8sObjectMetadata | None = field(default=None, proto="metadata")


class ResourceEntry(Model, proto="tasks_pb2.Resources.ResourceEntry"):
    """How much of one resource."""

    name: int
    value: str


class Resources(Model, proto="tasks_pb2.Resources"):
    """What a container needs, and what it may use."""

    requests: list[ResourceEntry]
    limits: list[ResourceEntry]


class Container(Model, proto="tasks_pb2.Container"):
    """The container that runs a task."""

    image: str
    command: list[str]
    args: list[str]
    resources: Resources
    env: dict[str, str]
    config: dict[str, str]
    data_loading_config: Any = field(default=None, proto="data_config", raw=True)


class K8sPod(Model, proto="tasks_pb2.K8sPod"):
    """The pod that runs a task."""

    metadata: K8sObjectMetadata | None = None
    pod_spec: dict[str, Any] | None = None
    data_config: Any = field(default=None, raw=True)
    primary_container_name: str | None = None


class Sql(Model, proto="tasks_pb2.Sql"):
    """The statement that a task runs."""

    statement: str
    dialect: int


class TaskTemplate(Model, proto="tasks_pb2.TaskTemplate"):
    """A registered task. `custom` is what its type keeps of it, as plain values."""

    id: Identifier
    type: str
    metadata: TaskMetadata
    interface: TypedInterface
    custom: dict[str, Any]
    container: Container | None = None
    task_type_version: int = 0
    security_context: Any = field(default=None, raw=True)
    config: dict[str, str] | None = None
    k8s_pod: K8sPod | None = None
    sql: Sql | None = None
    extended_resources: Any = field(default=None, raw=True)
