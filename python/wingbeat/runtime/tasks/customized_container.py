"""Tasks that run in a container of somebody else's, from their registration alone (authoring spec 1.4)."""

from __future__ import annotations

from wingbeat.authoring.auto_container_task import refuse_other_than_secrets, resource_spec, security_context
from wingbeat.authoring.base_task import Lazily, PythonTask, T
from wingbeat.exceptions import NotCovered
from wingbeat.runtime.resolvers.template import default_task_template_resolver
from wingbeat.runtime.resolvers.template_task import ExecutableTemplateShimTask

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.authoring.interface import Interface
    from wingbeat.idl.tasks import TaskTemplate
    from wingbeat.runtime.resolvers.template_task import ShimTaskExecutor


class _PlaceholderSettings:
    """`PythonCustomizedContainerTask.SERIALIZE_SETTINGS`, made when asked for."""

    def __get__(self, instance: object, owner: type) -> Any:
        from wingbeat.runtime.images import Image, ImageConfig
        from wingbeat.runtime.serialization import SerializationSettings

        image = Image(name="custom_container_task", fqn="flyteorg.io/placeholder", tag="image")
        return SerializationSettings(
            project="PLACEHOLDER_PROJECT",
            domain="LOCAL",
            version="PLACEHOLDER_VERSION",
            image_config=ImageConfig(default_image=image),
        )


class PythonCustomizedContainerTask(ExecutableTemplateShimTask, PythonTask[T]):
    """Base of tasks whose container knows nothing of the user's code.

    A subclass writes `get_custom`, all that its executor will know. A call gives the executor the same.

    Args:
        name: The name under which it is registered.
        task_config: What the kind of tasks is told.
        container_image: The image.
        executor_type: The class of the executor.
        task_resolver: What finds the task again in the container.
        task_type: What the engine calls tasks of this kind.
        requests, limits: What it needs, and what it may use: `Resources`.
        environment: Environment variables of the container.
        secret_requests: The `Secret`s that it may read.
        kwargs: For `PythonTask`, among them `interface`.

    Raises:
        AssertionError: a secret is no `Secret`.
    """

    fails_as_system = False
    SERIALIZE_SETTINGS: Any = _PlaceholderSettings()

    def __init__(
        self,
        name: str,
        task_config: T,
        container_image: Any,
        executor_type: type[ShimTaskExecutor[Any]],
        task_resolver: Any = None,
        task_type: str = "python-task",
        requests: Any = None,
        limits: Any = None,
        environment: dict[str, str] | None = None,
        secret_requests: list[Any] | None = None,
        **kwargs: Any,
    ) -> None:
        if secret_requests:
            refuse_other_than_secrets(secret_requests)
        self._secrets = secret_requests
        self.executor_type = executor_type
        self.executor = executor_type()
        self._initialize(task_type=task_type, name=name, task_config=task_config, environment=environment, **kwargs)
        self._resources = resource_spec(requests, limits, None)
        self._container_image = container_image
        self._task_resolver = task_resolver or default_task_template_resolver

    def _initialize(self, **kwargs: Any) -> None:
        """The next class's constructor; `ExecutableTemplateShimTask`'s wants the template, which is made later."""
        super(ExecutableTemplateShimTask, self).__init__(**kwargs)

    _security_ctx: Any = Lazily(lambda self: security_context(self._secrets))

    @property
    def task_template(self) -> TaskTemplate:  # type: ignore[override]
        """What the executor knows of the task."""
        return self.serialize_to_model(self.SERIALIZE_SETTINGS)

    @property
    def name(self) -> str:
        """The name under which it is registered."""
        return str(self._name)

    @property
    def python_interface(self) -> Interface:
        """The inputs and outputs, as they were given."""
        interface: Interface = self._python_interface
        return interface

    enable_deck = PythonTask.enable_deck
    get_type_for_output_var = PythonTask.get_type_for_output_var  # type: ignore[assignment]

    @property
    def resources(self) -> Any:
        """What it needs, and what it may use: a `ResourceSpec`."""
        return self._resources

    @property
    def task_resolver(self) -> Any:
        """What finds the task again in the container."""
        return self._task_resolver

    @property
    def container_image(self) -> Any:
        """The image."""
        return self._container_image

    def get_custom(self, settings: Any) -> dict[str, Any]:
        """What the executor will know. For subclasses."""
        raise NotImplementedError(f"{type(self).__name__} has no `get_custom`")

    def get_config(self, settings: Any) -> dict[str, str]:
        """Nothing."""
        return {}

    def get_command(self, settings: Any) -> list[str]:
        """The command of the container, with the templates that Flyte fills."""
        return [
            "pyflyte-execute",
            *("--inputs", "{{.input}}", "--output-prefix", "{{.outputPrefix}}"),
            *("--raw-output-data-prefix", "{{.rawOutputDataPrefix}}", "--resolver", self.task_resolver.location, "--"),
            *self.task_resolver.loader_args(settings, self),
        ]

    def get_image(self, settings: Any) -> Any:
        """Only for the registration of tasks, which is not covered."""
        raise for_registration("get_image")

    def get_container(self, settings: Any) -> Any:
        """Only for the registration of tasks, which is not covered."""
        raise for_registration("get_container")

    def serialize_to_model(self, settings: Any) -> TaskTemplate:
        """What the executor knows of the task: all of its registration but the container."""
        from wingbeat.idl.identifier import Identifier
        from wingbeat.idl.tasks import TaskTemplate

        return TaskTemplate(
            Identifier(1, settings.project, settings.domain, self.name, settings.version),
            self.task_type,
            self.metadata.to_taskmetadata_model(),
            self.interface,
            self.get_custom(settings),
            config=self.get_config(settings),
        )


def for_registration(method: str) -> NotCovered:
    """What says that a method is not covered."""
    name = f"flytekit.core.python_customized_container_task.PythonCustomizedContainerTask.{method}"
    return NotCovered(name, "it is for the registration of tasks")
