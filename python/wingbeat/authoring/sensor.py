"""Sensors: tasks that end when something has come about (authoring spec 1.2).

The engine's connectors run them. They are recorded here; a call of one is not covered.
"""

from __future__ import annotations

import inspect
from abc import abstractmethod
from typing import Any, Protocol, get_type_hints, runtime_checkable

from wingbeat.authoring.base_task import PythonTask, _runtime
from wingbeat.authoring.interface import Interface
from wingbeat.authoring.record import Record
from wingbeat.authoring.task_metadata import TaskMetadata
from wingbeat.exceptions import NotCovered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import timedelta


@runtime_checkable
class SensorConfig(Protocol):
    """What a sensor is told: anything that becomes a dict and is made of one."""

    def to_dict(self) -> dict[str, Any]:
        """The dict."""
        raise NotImplementedError(f"{type(self).__name__} has no `to_dict`")

    @classmethod
    def from_dict(cls, d: dict[str, Any]) -> SensorConfig:
        """The configuration of a dict."""
        raise NotImplementedError(f"{cls.__name__} has no `from_dict`")


class SensorMetadata(Record):
    """What the engine is told of a sensor."""

    sensor_module: str
    sensor_name: str
    sensor_config: dict[str, Any] | None
    inputs: dict[str, Any] | None

    def __init__(
        self,
        sensor_module: str,
        sensor_name: str,
        sensor_config: dict[str, Any] | None = None,
        inputs: dict[str, Any] | None = None,
    ) -> None:
        self.sensor_module = sensor_module
        self.sensor_name = sensor_name
        self.sensor_config = sensor_config
        self.inputs = inputs


class BaseSensor(PythonTask[Any]):
    """Derive from it and write `poke`, whose parameters are the inputs.

    Args:
        name: The name under which it is registered.
        timeout: How long it may take: a timedelta, or seconds.
        sensor_config: What it is told.
        task_type: What the engine calls tasks of this kind.
        kwargs: For `PythonTask`.

    Raises:
        ValueError: there is a timeout in the metadata, too.
    """

    def __init__(
        self,
        name: str,
        timeout: timedelta | int | None = None,
        sensor_config: SensorConfig | None = None,
        task_type: str = "sensor",
        **kwargs: Any,
    ) -> None:
        hints = get_type_hints(self.poke, include_extras=True)
        inputs = {parameter: hints.get(parameter) for parameter in inspect.signature(self.poke).parameters}
        given = kwargs.pop("metadata", None)
        metadata = TaskMetadata(timeout=timeout) if timeout else TaskMetadata()
        if given is not None and timeout is not None:
            if given.timeout is not None:
                raise ValueError("You cannot set both timeout and metadata parameters at the same time in the sensor")
            given.timeout = timeout
            metadata = given
        super().__init__(task_type=task_type, name=name, interface=Interface(inputs), metadata=metadata, **kwargs)
        self._sensor_config = sensor_config

    @abstractmethod
    async def poke(self, **kwargs: Any) -> bool:
        """Whether it has come about."""
        raise NotImplementedError(f"{type(self).__name__} has no `poke`")

    def get_custom(self, settings: Any) -> dict[str, Any]:
        """The class and its configuration."""
        config = self._sensor_config.to_dict() if self._sensor_config else None
        return {
            "sensor_module": type(self).__module__,
            "sensor_name": type(self).__name__,
            "sensor_config": config,
            "inputs": None,
        }

    def demand_covered(self) -> None:
        """Raise NotCovered."""
        self.execute()

    def execute(self, **kwargs: Any) -> Any:
        """Not covered."""
        raise NotCovered("flytekit.sensor.BaseSensor.execute", f"a connector runs it; it was asked of {self.name}")


class FileSensor(BaseSensor):
    """Ends when there is a file at its input `path`."""

    def __init__(self, name: str, timeout: timedelta | int | None = None, **kwargs: Any) -> None:
        super().__init__(name=name, timeout=timeout, **kwargs)

    async def poke(self, path: str) -> bool:  # type: ignore[override]
        """Whether there is a file."""
        files = _runtime("flyte_context", "current")().file_access
        system = files.get_filesystem_for_path(path, asynchronous=True)
        return bool(await system._exists(path) if files.is_remote(path) else system.exists(path))
