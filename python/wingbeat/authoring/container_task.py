"""`ContainerTask`: a task that is any container, without Python in it (authoring spec 1.3)."""

from __future__ import annotations

from enum import Enum

from wingbeat.authoring.auto_container_task import refuse_other_than_secrets, resource_spec, security_context
from wingbeat.authoring.base_task import Lazily, PythonTask
from wingbeat.authoring.interface import Interface
from wingbeat.authoring.task_metadata import TaskMetadata
from wingbeat.exceptions import NotCovered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, NoReturn


class ContainerTask(PythonTask["Any"]):
    """A container that Flyte runs. Running it here, as a call does in flytekit, takes Docker and is not covered.

    Args:
        name: The name under which it is registered.
        image: The image: its name, or an `ImageSpec`.
        command, arguments: What is run in it; `{{.inputs.x}}` stands for an input.
        inputs, outputs: Name -> type.
        metadata: How Flyte treats the task.
        requests, limits, resources: What it needs, and what it may use.
        input_data_dir, output_data_dir: Where its inputs are put as files, and where those of its outputs are found.
        metadata_format, io_strategy: How that is done.
        secret_requests: The `Secret`s that it may read.
        pod_template, pod_template_name: The pod, or the name of one that the cluster has.
        local_logs: Whether a call shows what the container writes.
        kwargs: For `PythonTask`, among them `environment`.

    Raises:
        AssertionError: a secret is no `Secret`.
        ValueError: `resources` comes with `requests` or `limits`.
    """

    class MetadataFormat(Enum):
        """How inputs and outputs are written down for the container."""

        JSON = 0
        YAML = 1
        PROTO = 2

    class IOStrategy(Enum):
        """When files are moved. Flyte gives the two directions the same numbers."""

        DOWNLOAD_EAGER = 0
        DOWNLOAD_STREAM = 1
        DO_NOT_DOWNLOAD = 2
        UPLOAD_EAGER = 1  # noqa: PIE796
        UPLOAD_ON_EXIT = 0  # noqa: PIE796
        DO_NOT_UPLOAD = 2  # noqa: PIE796

    def __init__(
        self,
        name: str,
        image: Any,
        command: list[str],
        inputs: Mapping[str, Any] | None = None,
        metadata: TaskMetadata | None = None,
        arguments: list[str] | None = None,
        outputs: Mapping[str, Any] | None = None,
        requests: Any = None,
        limits: Any = None,
        input_data_dir: str | None = None,
        output_data_dir: str | None = None,
        metadata_format: MetadataFormat = MetadataFormat.JSON,
        io_strategy: IOStrategy | None = None,
        secret_requests: list[Any] | None = None,
        pod_template: Any = None,
        pod_template_name: str | None = None,
        local_logs: bool = False,
        resources: Any = None,
        **kwargs: Any,
    ) -> None:
        if secret_requests:
            refuse_other_than_secrets(secret_requests)
        metadata = metadata or TaskMetadata()
        metadata.pod_template_name = pod_template_name
        super().__init__(
            task_type="raw-container", name=name, interface=Interface(inputs, outputs), metadata=metadata, **kwargs
        )
        self._secrets = secret_requests
        self._image = image
        self._cmd = command
        self._args = arguments
        self._input_data_dir = input_data_dir
        self._output_data_dir = output_data_dir
        self._outputs = outputs
        self._md_format = metadata_format
        self._io_strategy = io_strategy
        if resources is not None and not (requests is None and limits is None):
            raise ValueError(
                "`resources` can not be used together with `limits` or `requests`. Please only set `resources`."
            )
        self._resources = resource_spec(requests, limits, resources)
        self.pod_template = pod_template
        self.local_logs = local_logs

    _security_ctx: Any = Lazily(lambda self: security_context(self._secrets))

    @property
    def resources(self) -> Any:
        """What the container needs, and what it may use: a `ResourceSpec`."""
        return self._resources

    def demand_covered(self) -> None:
        """Raise NotCovered."""
        self.execute()

    def execute(self, **kwargs: Any) -> Any:
        """Not covered."""
        self._refuse("execute", "it runs a container by Docker")

    def get_container(self, settings: Any) -> Any:
        """Only for the registration of tasks, which is not covered; None for a task with a pod of its own."""
        if self.pod_template is None:
            self._refuse("get_container", "it is for the registration of tasks")

    def get_k8s_pod(self, settings: Any) -> Any:
        """Only for the registration of tasks, which is not covered; None for a task without a pod of its own."""
        if self.pod_template is not None:
            self._refuse("get_k8s_pod", "it is for the registration of tasks")

    def get_config(self, settings: Any) -> dict[str, str]:
        """Which container of the pod is the task's, if it has a pod."""
        if self.pod_template is None:
            return {}
        return {"primary_container_name": self.pod_template.primary_container_name}

    def _refuse(self, method: str, reason: str) -> NoReturn:
        name = f"flytekit.core.container_task.ContainerTask.{method}"
        raise NotCovered(name, f"{reason}; it was asked of {self.name}")
