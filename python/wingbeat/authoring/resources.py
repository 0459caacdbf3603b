"""What a task asks of the machine: `Resources` (authoring spec 1.3)."""

from __future__ import annotations

from wingbeat.authoring.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from typing_extensions import Self

__all__ = ["ResourceSpec", "Resources", "pod_spec_from_resources"]

#: Resource -> what Kubernetes calls it.
_KUBERNETES = {"cpu": "cpu", "mem": "memory", "ephemeral_storage": "ephemeral-storage"}


class _JsonRecord(Record):
    """A record that can be written as JSON, by flytekit's methods for that."""

    def to_dict(self) -> dict[str, Any]:
        """The fields by name; a pair is a list."""
        return {name: _plain(getattr(self, name)) for name in self.__match_args__}

    @classmethod
    def from_dict(cls, d: dict[str, Any]) -> Self:
        """The record of such a dict; keys of other names are passed over."""
        return cls(**{name: d[name] for name in cls.__match_args__ if name in d})

    def to_json(self) -> str:
        """The fields by name, as JSON."""
        import json

        return json.dumps(self.to_dict())

    @classmethod
    def from_json(cls, data: str | bytes) -> Self:
        """The record of such JSON."""
        import json

        return cls.from_dict(json.loads(data))


class Resources(_JsonRecord):
    """Processors, memory, GPUs and disk. A pair of values, for `resources=`, is what is requested and the limit.

    Args:
        cpu: Processors: `2`, `"500m"`.
        mem: Memory: bytes, or `"2Gi"`.
        gpu: Whole GPUs.
        ephemeral_storage: Disk: bytes, or `"20Gi"`.

    Raises:
        AssertionError: a value is of another type.
        ValueError: a list or tuple is no pair.
    """

    cpu: str | int | float | list[str | int | float] | tuple[str | int | float, ...] | None
    mem: str | int | list[str | int] | tuple[str | int, ...] | None
    gpu: str | int | list[str | int] | tuple[str | int, ...] | None
    ephemeral_storage: str | int | None

    def __init__(self, cpu: Any = None, mem: Any = None, gpu: Any = None, ephemeral_storage: Any = None) -> None:
        self.cpu = cpu
        self.mem = mem
        self.gpu = gpu
        self.ephemeral_storage = ephemeral_storage
        if cpu is not None:
            _check(cpu, (str, int, float))
        for value in (mem, gpu, ephemeral_storage):
            if value is not None:
                _check(value, (str, int))


class ResourceSpec(_JsonRecord):
    """Requests and limits, each in a record of its own."""

    requests: Resources
    limits: Resources

    def __init__(self, requests: Resources, limits: Resources) -> None:
        self.requests = requests
        self.limits = limits

    @classmethod
    def from_dict(cls, d: dict[str, Any]) -> Self:
        """The record of a dict of dicts."""
        return cls(**{name: Resources.from_dict(d[name]) for name in cls.__match_args__})

    @classmethod
    def from_multiple_resource(cls, resource: Resources) -> ResourceSpec:
        """Take pairs apart; a single value is a request without a limit, whatever flytekit's documentation says."""
        requests: dict[str, Any] = {}
        limits: dict[str, Any] = {}
        for name, value in resource.to_dict().items():
            if isinstance(value, (list, tuple)):
                requests[name], limits[name] = value
            elif value is not None:
                requests[name] = value
        return ResourceSpec(requests=Resources(**requests), limits=Resources(**limits))


def pod_spec_from_resources(
    primary_container_name: str | None = None,
    requests: Resources | None = None,
    limits: Resources | None = None,
    k8s_gpu_resource_key: str = "nvidia.com/gpu",
) -> Any:
    """A `V1PodSpec` with one container that has these resources; needs the package `kubernetes`.

    Raises:
        ValueError: a value is a pair.
        ImportError: there is no `kubernetes`.
    """
    from importlib import import_module

    client: Any = import_module("kubernetes.client")
    asked = _by_kubernetes_name(requests, k8s_gpu_resource_key)
    limit = _by_kubernetes_name(limits, k8s_gpu_resource_key)
    needs = client.V1ResourceRequirements(requests=asked or limit, limits=limit or asked)
    return client.V1PodSpec(containers=[client.V1Container(name=primary_container_name, resources=needs)])


def _by_kubernetes_name(resources: Resources | None, gpu: str) -> dict[str, Any] | None:
    if resources is None:
        return None
    named = {}
    for name, value in resources.to_dict().items():
        if isinstance(value, (list, tuple)):
            raise ValueError(f"{value} can not be a list or tuple")  # noqa: TRY004 flytekit's
        if value is not None:
            named[_KUBERNETES.get(name, gpu)] = value
    return named


def _plain(value: Any) -> Any:
    if isinstance(value, _JsonRecord):
        return value.to_dict()
    return list(value) if isinstance(value, tuple) else value


def _check(value: Any, types: tuple[type, ...]) -> None:
    if isinstance(value, types):
        return
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, types) for one in value):
        names = ", ".join(one.__name__ for one in types)
        raise AssertionError(f"{value} should be of type {names} or a list/tuple of {names}")
    if len(value) != 2:
        raise ValueError(f"{value} must be of length 2")
