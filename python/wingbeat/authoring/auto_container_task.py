"""Tasks that run user code in a container: what that container is like, and how it finds the task (authoring spec 1.4).

None of this matters once the container runs. It is kept for code that asks.
"""

from __future__ import annotations

from abc import ABC, ABCMeta

from wingbeat.authoring.base_task import Lazily, PythonTask, T
from wingbeat.authoring.tracking import InstanceTrackingMeta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from wingbeat.authoring.task_metadata import TaskMetadata


class FlyteTrackedABC(InstanceTrackingMeta, ABCMeta):
    """The metaclass of tracked classes that have abstract methods."""


class PythonAutoContainerTask(PythonTask[T], ABC, metaclass=FlyteTrackedABC):
    """A task whose container holds the user's code. Derive from `PythonFunctionTask` or `PythonInstanceTask`.

    Args:
        name: The name under which it is registered.
        task_config: What the kind of tasks is told.
        task_type: What the engine calls tasks of this kind.
        container_image: The image: its name, or an `ImageSpec`.
        requests, limits: What the container needs, and what it may use: `Resources`.
        environment: Environment variables of the container.
        task_resolver: What finds the task again in the container; without one, module and name do.
        secret_requests: The `Secret`s that it may read.
        pod_template, pod_template_name: The pod, or the name of one that the cluster has.
        accelerator, shared_memory: More of what it needs.
        resources: Requests and limits in one.
        kwargs: For `PythonTask`, among them `metadata`, `labels` and `annotations`.

    Raises:
        AssertionError: a secret is no `Secret`.
        ValueError: `resources` comes with `requests` or `limits`.
    """

    def __init__(
        self,
        name: str | None,
        task_config: T | None,
        task_type: str = "python-task",
        container_image: Any = None,
        requests: Any = None,
        limits: Any = None,
        environment: dict[str, str] | None = None,
        task_resolver: Any = None,
        secret_requests: list[Any] | None = None,
        pod_template: Any = None,
        pod_template_name: str | None = None,
        accelerator: Any = None,
        shared_memory: Any = None,
        resources: Any = None,
        **kwargs: Any,
    ) -> None:
        if secret_requests:
            refuse_other_than_secrets(secret_requests)
        if resources is not None and not (requests is None and limits is None):
            raise ValueError(
                "`resources` can not be used together with `limits` or `requests`. Please only set `resources`."
            )
        self._container_image = container_image
        self._asked = (requests, limits, resources)
        self._secrets = secret_requests
        self._pod = {
            "pod_template_name": pod_template_name,
            "labels": kwargs.get("labels"),
            "annotations": kwargs.get("annotations"),
        }
        metadata = kwargs.get("metadata")
        if metadata is not None:
            self._complete(metadata)
        super().__init__(task_type=task_type, name=name, task_config=task_config, environment=environment, **kwargs)
        if task_resolver is not None:
            self._task_resolver = task_resolver
        self.pod_template = pod_template
        self.accelerator = accelerator
        self.shared_memory = shared_memory

    _security_ctx: Any = Lazily(lambda self: security_context(self._secrets))
    _resources: Any = Lazily(lambda self: resource_spec(*self._asked))
    _task_resolver: Any = Lazily(lambda _: default_task_resolver())
    _get_command_fn: Any = Lazily(lambda self: self.get_default_command)

    def _described(self) -> TaskMetadata:
        return self._complete(super()._described())

    def _complete(self, metadata: TaskMetadata) -> TaskMetadata:
        """What parameters say that are not the metadata's own."""
        metadata.pod_template_name = self._pod["pod_template_name"]
        for name in ("labels", "annotations"):
            if self._pod[name] is not None:
                setattr(metadata, name, self._pod[name])
        return metadata

    @property
    def task_resolver(self) -> Any:
        """What finds the task again in the container."""
        return self._task_resolver

    @property
    def container_image(self) -> Any:
        """The image."""
        return self._container_image

    @property
    def resources(self) -> Any:
        """What the container needs, and what it may use: a `ResourceSpec`."""
        return self._resources

    def get_default_command(self, settings: Any) -> list[str]:
        """The command of the container, with the templates that Flyte fills."""
        return [
            "pyflyte-execute",
            *("--inputs", "{{.input}}", "--output-prefix", "{{.outputPrefix}}"),
            *("--raw-output-data-prefix", "{{.rawOutputDataPrefix}}"),
            *("--checkpoint-path", "{{.checkpointOutputPrefix}}", "--prev-checkpoint", "{{.prevCheckpointPrefix}}"),
            *("--resolver", self.task_resolver.location, "--"),
            *self.task_resolver.loader_args(settings, self),
        ]

    def set_resolver(self, resolver: Any) -> None:
        """Have another resolver find the task."""
        self._task_resolver = resolver

    def set_command_fn(self, get_command_fn: Callable[[Any], list[str]] | None = None) -> None:
        """Have another function make the command of the container."""
        self._get_command_fn = get_command_fn

    def reset_command_fn(self) -> None:
        """Have `get_default_command` make the command again."""
        self._get_command_fn = self.get_default_command

    def get_command(self, settings: Any) -> list[str]:
        """The command of the container."""
        command: list[str] = self._get_command_fn(settings)
        return command

    def get_image(self, settings: Any) -> Any:
        """Only for the registration of tasks, which is not covered."""
        raise for_registration("get_image")

    def get_container(self, settings: Any) -> Any:
        """Only for the registration of tasks, which is not covered; None for a task with a pod of its own."""
        if self.pod_template is None:
            raise for_registration("get_container")

    def get_k8s_pod(self, settings: Any) -> Any:
        """Only for the registration of tasks, which is not covered; None for a task without a pod of its own."""
        if self.pod_template is not None:
            raise for_registration("get_k8s_pod")

    def get_config(self, settings: Any) -> dict[str, str]:
        """What a kind of tasks keeps in the registration as text; which container is the task's, if it has a pod."""
        if self.pod_template is None:
            return {}
        return {"primary_container_name": self.pod_template.primary_container_name}

    def get_extended_resources(self, settings: Any) -> Any:
        """Only for the registration of tasks, which is not covered; None for a task that asks for none."""
        if self.accelerator is not None or self.shared_memory is not None:
            raise for_registration("get_extended_resources")


def refuse_other_than_secrets(given: list[Any]) -> None:
    """Raise AssertionError if one of them is no `Secret`."""
    from wingbeat.authoring.secret import Secret

    for one in given:
        if not isinstance(one, Secret):
            raise AssertionError(f"Secret {one} should be of type flytekit.Secret, received {type(one)}")  # noqa: TRY004 flytekit's


def security_context(secrets: list[Any] | None) -> Any:
    """What a task with these secrets may use; None without any."""
    if not secrets:
        return None
    from wingbeat.idl.security import SecurityContext

    return SecurityContext(secrets=secrets)


def resource_spec(requests: Any, limits: Any, resources: Any) -> Any:
    """Requests and limits, each in a record of its own."""
    from wingbeat.authoring.resources import Resources, ResourceSpec

    if resources is not None:
        return ResourceSpec.from_multiple_resource(resources)
    return ResourceSpec(requests or Resources(), limits or Resources())


def default_task_resolver() -> Any:
    """What finds a task by module and name."""
    # By name, because authoring must not depend on the runtime.
    return __import__("wingbeat.runtime.loading", fromlist=("default_task_resolver",)).default_task_resolver


def for_registration(method: str) -> Any:
    """What says that a method is not covered."""
    from wingbeat.exceptions import NotCovered

    name = f"flytekit.core.python_auto_container.PythonAutoContainerTask.{method}"
    return NotCovered(name, "it is for the registration of tasks")
