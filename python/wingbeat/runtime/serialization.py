"""How a task was registered, as far as its process is told (runtime contract 3.2 and 5.1)."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import SimpleNamespace
    from typing import Any

    from wingbeat.runtime.context import ExecutionParameters


class SerializationSettings:
    """`project`, `domain` and `version` under which things are registered, and what else `_F_SS_C` says.

    Objects in it have their fields as attributes; what it does not mention is None, `image_config` is empty then.
    """

    def __init__(self, project: str, domain: str, version: str, **settings: Any) -> None:
        from types import SimpleNamespace

        self.project = project
        self.domain = domain
        self.version = version
        self.image_config: SimpleNamespace = SimpleNamespace(default_image=None, images=[])
        self.env: dict[str, str] | None = None
        self.default_resources: SimpleNamespace | None = None
        self.git_repo: str | None = None
        self.python_interpreter: str | None = None
        self.flytekit_virtualenv_root: str | None = None
        self.fast_serialization_settings: SimpleNamespace | None = None
        self.source_root: str | None = None
        self.__dict__.update({name: value for name, value in settings.items() if value is not None})

    def __repr__(self) -> str:
        return f"SerializationSettings({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"


def from_environment(parameters: ExecutionParameters) -> SerializationSettings:
    """The settings of this process. The version is always that of the task.

    Raises:
        ValueError: `_F_SS_C` is not base64 of gzip of a JSON object.
    """
    given = vars(decode(text)) if (text := os.environ.get("_F_SS_C")) else {}
    if given.get("env") is not None:
        given["env"] = vars(given["env"])
    execution = parameters.execution_id
    return SerializationSettings(
        given.pop("project", None) or execution.project,
        given.pop("domain", None) or execution.domain,
        **{**given, "version": parameters.task_id.version},
    )


def decode(text: str) -> SimpleNamespace:
    """The object that `_F_SS_C` holds."""
    import base64
    import gzip
    import io
    import json
    from types import SimpleNamespace

    try:
        # 16 MiB is far beyond what fits into an environment variable, and what a bomb would want.
        with gzip.GzipFile(fileobj=io.BytesIO(base64.b64decode(text))) as file:
            document = file.read(2**24)
        settings = json.loads(document, object_hook=lambda fields: SimpleNamespace(**fields))
    except (ValueError, OSError, EOFError) as error:
        raise ValueError(f"the environment variable _F_SS_C cannot be read: {error}") from error
    if not isinstance(settings, SimpleNamespace):
        raise ValueError("the environment variable _F_SS_C cannot be read: it holds no JSON object")  # noqa: TRY004
    return settings
