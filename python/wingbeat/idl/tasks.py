"""The messages of `flyteidl/core/tasks.proto`: what Flyte knows of a registered task."""

from __future__ import annotations

from wingbeat.idl.identifier import Identifier, TaskExecutionIdentifier
from wingbeat.idl.interface import TypedInterface
from wingbeat.idl.model import Model, field
from wingbeat.idl.security import Identity, SecurityContext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta
    from typing import Any


class RetryStrategy(Model, proto="literals_pb2.RetryStrategy"):
    """How often Flyte tries again."""

    retries: int


class RuntimeMetadata(Model, proto="tasks_pb2.RuntimeMetadata"):
    """What has registered the task."""

    class RuntimeType:
        """Whether it is an SDK of Flyte's."""

        OTHER = 0
        FLYTE_SDK = 1

    type: int
    version: str
    flavor: str


class K8sObjectMetadata(Model, proto="tasks_pb2.K8sObjectMetadata"):
    """Labels and annotations of a pod."""

    labels: dict[str, str] | None = None
    annotations: dict[str, str] | None = None


class TaskMetadata(Model, proto="tasks_pb2.TaskMetadata"):
    """How Flyte treats a task."""

    discoverable: bool
    runtime: RuntimeMetadata
    timeout: timedelta = field(omit_empty=True)
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


class Resources(Model, proto="tasks_pb2.Resources"):
    """What a container needs, and what it may use."""

    class ResourceName:
        """The kinds of resources."""

        UNKNOWN = 0
        CPU = 1
        GPU = 2
        MEMORY = 3
        EPHEMERAL_STORAGE = 5

    class ResourceEntry(Model, proto="tasks_pb2.Resources.ResourceEntry"):
        """How much of one resource."""

        name: int
        value: str

    requests: list[Resources.ResourceEntry]
    limits: list[Resources.ResourceEntry]


class IOStrategy(Model, proto="tasks_pb2.IOStrategy"):
    """When the sidecar of a raw container fetches and stores files."""

    DOWNLOAD_MODE_EAGER = 0
    DOWNLOAD_MODE_STREAM = 1
    DOWNLOAD_MODE_NO_DOWNLOAD = 2
    UPLOAD_MODE_ON_EXIT = 0
    UPLOAD_MODE_EAGER = 1
    UPLOAD_MODE_NO_UPLOAD = 2

    download_mode: int = 0
    upload_mode: int = 0


class DataLoadingConfig(Model, proto="tasks_pb2.DataLoadingConfig"):
    """Where the sidecar of a raw container puts inputs, as what, and where it looks for outputs.

    Raises:
        ValueError: from the constructor, if there is no such format.
    """

    LITERALMAP_FORMAT_JSON = 0
    LITERALMAP_FORMAT_YAML = 1
    LITERALMAP_FORMAT_PROTO = 2
    _LITERALMAP_FORMATS = frozenset([LITERALMAP_FORMAT_JSON, LITERALMAP_FORMAT_YAML, LITERALMAP_FORMAT_PROTO])

    input_path: str
    output_path: str
    enabled: bool = True
    format: int = LITERALMAP_FORMAT_PROTO
    io_strategy: IOStrategy | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.format not in self._LITERALMAP_FORMATS:
            formats = self._LITERALMAP_FORMATS
            raise ValueError(f"Metadata format {self.format} not supported. Should be one of {formats}")


class Container(Model, proto="tasks_pb2.Container"):
    """The container that runs a task."""

    image: str
    command: list[str]
    args: list[str]
    resources: Resources
    env: dict[str, str]
    config: dict[str, str]
    data_loading_config: DataLoadingConfig | None = field(default=None, proto="data_config")

    def add_env(self, key: str, val: str) -> None:
        """Set an environment variable."""
        self.env[key] = val


class K8sPod(Model, proto="tasks_pb2.K8sPod"):
    """The pod that runs a task."""

    metadata: K8sObjectMetadata | None = field(default=None, always=True)
    pod_spec: dict[str, Any] | None = field(default=None, omit_empty=True)
    data_config: DataLoadingConfig | None = None
    primary_container_name: str | None = None

    @classmethod
    def from_pod_template(cls, pod_template: Any) -> K8sPod:
        """The pod that a `PodTemplate` describes. Needs the kubernetes client."""
        client: Any = __import__("kubernetes.client", fromlist=("ApiClient",))
        return cls(
            metadata=K8sObjectMetadata(pod_template.labels, pod_template.annotations),
            pod_spec=client.ApiClient().sanitize_for_serialization(pod_template.pod_spec),
            primary_container_name=pod_template.primary_container_name,
        )


class Sql(Model, proto="tasks_pb2.Sql"):
    """The statement that a task runs."""

    class Dialect:
        """Which SQL."""

        ANSI = 0
        HIVE = 1

    statement: str | None = None
    dialect: int = 0


class TaskTemplate(Model, proto="tasks_pb2.TaskTemplate"):
    """A registered task. `custom` is what its type keeps of it, as plain values.

    Raises:
        ValueError: from the constructor, if there is more than one of container, pod and statement.
    """

    id: Identifier
    type: str
    metadata: TaskMetadata
    interface: TypedInterface
    custom: dict[str, Any] = field(omit_empty=True)
    container: Container | None = None
    task_type_version: int = 0
    security_context: SecurityContext | None = None
    config: dict[str, str] | None = None
    k8s_pod: K8sPod | None = None
    sql: Sql | None = None
    extended_resources: Any = field(default=None, raw=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sum(target is not None for target in (self.container, self.k8s_pod, self.sql)) > 1:
            raise ValueError("At most one of container, k8s_pod or sql can be set")


class CompiledTask(Model, proto="compiler_pb2.CompiledTask"):
    """A task as the engine has it."""

    template: TaskTemplate


class TaskClosure(Model, proto="task_pb2.TaskClosure", package="admin"):
    """What the engine made of a task."""

    compiled_task: CompiledTask


class Task(Model, proto="task_pb2.Task", package="admin"):
    """A task as Flyte's service knows it."""

    id: Identifier
    closure: TaskClosure
    short_description: str | None = None


class TaskExecutionMetadata(Model, proto="agent_pb2.TaskExecutionMetadata", package="admin"):
    """What a connector is told of an execution."""

    task_execution_id: TaskExecutionIdentifier
    namespace: str
    labels: dict[str, str] | None
    annotations: dict[str, str] | None
    k8s_service_account: str
    environment_variables: dict[str, str] | None
    identity: Identity | None = field(always=True)
