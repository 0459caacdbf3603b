"""How a task was registered, as far as its process is told (runtime contract 3.2 and 5.1)."""

from __future__ import annotations

import dataclasses
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from wingbeat.authoring.resources import Resources, ResourceSpec
from wingbeat.runtime.images import DEFAULT, Image, ImageConfig
from wingbeat.runtime.json_record import JsonRecord, made

if TYPE_CHECKING:
    from typing import Any

    from wingbeat.runtime.context import ExecutionParameters

__all__ = ["EntrypointSettings", "FastSerializationSettings", "SerializationSettings"]

#: The variable that tells a task's process the settings.
VARIABLE = "_F_SS_C"
INTERPRETER = "/opt/venv/bin/python3"
ENTRYPOINT = "bin/entrypoint.py"


@dataclass
class EntrypointSettings(JsonRecord):
    """Where the script lies that runs tasks."""

    path: str | None = None


@dataclass
class FastSerializationSettings(JsonRecord):
    """Whether code is sent apart from the image, where to, and from where."""

    enabled: bool = False
    destination_dir: str | None = None
    distribution_location: str | None = None


class _Resources:
    """`ResourceSpec`, of JSON."""

    @staticmethod
    def from_dict(fields: dict[str, Any]) -> ResourceSpec:
        return ResourceSpec(**{name: made(Resources, fields.get(name)) for name in ("requests", "limits")})


@dataclass
class SerializationSettings(JsonRecord):
    """Under which project, domain and version things are registered, with which images, and what else is said."""

    image_config: ImageConfig
    project: str | None = None
    domain: str | None = None
    version: str | None = None
    env: dict[str, str] | None = None
    default_resources: ResourceSpec | None = None
    git_repo: str | None = None
    python_interpreter: str = INTERPRETER
    flytekit_virtualenv_root: str | None = None
    fast_serialization_settings: FastSerializationSettings | None = None
    source_root: str | None = None

    NESTED: ClassVar[dict[str, Any]] = {
        "image_config": ImageConfig,
        "default_resources": _Resources,
        "fast_serialization_settings": FastSerializationSettings,
    }

    class Builder:
        """The fields, to be changed before `build`."""

        def __init__(
            self,
            project: str | None,
            domain: str | None,
            version: str | None,
            image_config: ImageConfig,
            env: dict[str, str] | None = None,
            default_resources: ResourceSpec | None = None,
            git_repo: str | None = None,
            flytekit_virtualenv_root: str | None = None,
            python_interpreter: str | None = None,
            fast_serialization_settings: FastSerializationSettings | None = None,
            source_root: str | None = None,
        ) -> None:
            self.project = project
            self.domain = domain
            self.version = version
            self.image_config = image_config
            self.env = env
            self.default_resources = default_resources
            self.git_repo = git_repo
            self.flytekit_virtualenv_root = flytekit_virtualenv_root
            self.python_interpreter = python_interpreter
            self.fast_serialization_settings = fast_serialization_settings
            self.source_root = source_root

        def with_fast_serialization_settings(self, fss: FastSerializationSettings) -> SerializationSettings.Builder:
            """Send code in another way."""
            self.fast_serialization_settings = fss
            return self

        def build(self) -> SerializationSettings:
            """The settings."""
            return SerializationSettings(**vars(self))

    def __post_init__(self) -> None:
        if self.flytekit_virtualenv_root is None:
            self.flytekit_virtualenv_root = self.venv_root_from_interpreter(self.python_interpreter)

    @property
    def entrypoint_settings(self) -> EntrypointSettings:
        """Where the script lies in the image."""
        return self.default_entrypoint_settings(self.python_interpreter)

    @classmethod
    def from_transport(cls, s: str) -> SerializationSettings:
        """The settings that `serialized_context` has written.

        Raises:
            ValueError: they are not base64 of gzip of a JSON object.
        """
        return cls.from_dict(decode(s))

    @classmethod
    def for_image(
        cls, image: str, version: str, project: str = "", domain: str = "", python_interpreter_path: str = INTERPRETER
    ) -> SerializationSettings:
        """Settings with one image. Raises AssertionError if that has neither tag nor digest."""
        images = ImageConfig(Image.look_up_image_info(DEFAULT, image))
        return SerializationSettings(images, project, domain, version, python_interpreter=python_interpreter_path)

    @staticmethod
    def venv_root_from_interpreter(interpreter_path: str) -> str:
        """The environment of an interpreter."""
        return os.path.dirname(os.path.dirname(interpreter_path))

    @staticmethod
    def default_entrypoint_settings(interpreter_path: str) -> EntrypointSettings:
        """Where the script lies beside an interpreter."""
        root = SerializationSettings.venv_root_from_interpreter(interpreter_path)
        return EntrypointSettings(os.path.join(root, ENTRYPOINT))

    def new_builder(self) -> Builder:
        """What makes a changed copy."""
        fields = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return self.Builder(**{**fields, "env": self.env.copy() if self.env else None})

    def should_fast_serialize(self) -> bool:
        """Whether code is sent apart from the image."""
        return self.fast_serialization_settings is not None and self.fast_serialization_settings.enabled

    @property
    def serialized_context(self) -> str:
        """The settings as text: base64 of gzip of JSON."""
        if self.env and VARIABLE in self.env:
            return self.env[VARIABLE]
        import base64
        import gzip
        import io

        # As flytekit writes it, byte for byte: `gzip.compress` may put another system's number into the header.
        buffer = io.BytesIO()
        with gzip.GzipFile(mode="wb", fileobj=buffer, mtime=0) as file:
            file.write(self.to_json().encode())
        return base64.b64encode(buffer.getvalue()).decode()

    def with_serialized_context(self) -> SerializationSettings:
        """Settings whose environment tells the task's process of them."""
        if self.env and VARIABLE in self.env:
            return self
        builder = self.new_builder()
        builder.env = {**(builder.env or {}), VARIABLE: self.serialized_context}
        return builder.build()


def from_environment(parameters: ExecutionParameters) -> SerializationSettings:
    """The settings of this process. The version is always that of the task.

    Raises:
        ValueError: `_F_SS_C` is not base64 of gzip of a JSON object.
    """
    text = os.environ.get(VARIABLE)
    execution = parameters.execution_id
    if not text:
        images = ImageConfig(None, [])
        return SerializationSettings(images, execution.project, execution.domain, parameters.task_id.version)
    given = decode(text)
    given["project"] = given.get("project") or execution.project
    given["domain"] = given.get("domain") or execution.domain
    given["version"] = parameters.task_id.version
    given["image_config"] = given.get("image_config") or {"images": []}
    try:
        return SerializationSettings.from_dict(given)
    except (ValueError, TypeError, AttributeError) as error:
        raise ValueError(f"the environment variable {VARIABLE} cannot be read: {error}") from error


def decode(text: str) -> dict[str, Any]:
    """The object that `_F_SS_C` holds. Raises ValueError if it holds none."""
    import base64
    import gzip
    import io
    import json

    try:
        # 16 MiB is far beyond what fits into an environment variable, and what a bomb would want.
        with gzip.GzipFile(fileobj=io.BytesIO(base64.b64decode(text))) as file:
            document = file.read(2**24)
        settings = json.loads(document)
    except (ValueError, OSError, EOFError) as error:
        raise ValueError(f"the environment variable {VARIABLE} cannot be read: {error}") from error
    if not isinstance(settings, dict):
        raise ValueError(f"the environment variable {VARIABLE} cannot be read: it holds no JSON object")  # noqa: TRY004
    return settings
