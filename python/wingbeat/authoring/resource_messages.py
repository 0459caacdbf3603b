"""`Resources` as Flyte's messages have them, for plugins that describe containers."""

from __future__ import annotations

from wingbeat.idl import raw, tasks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.authoring.accelerators import BaseAccelerator
    from wingbeat.authoring.resources import Resources

__all__ = ["construct_extended_resources", "convert_resources_to_resource_model"]

#: In the order in which they are written, with the numbers of `flyteidl`'s `Resources.ResourceName`.
_NUMBERS = {"cpu": 1, "mem": 3, "gpu": 2, "ephemeral_storage": 5}

_MEMORY = "/dev/shm"  # noqa: S108 where Kubernetes mounts it


def convert_resources_to_resource_model(
    requests: Resources | None = None, limits: Resources | None = None
) -> tasks.Resources:
    """Requests and limits in one message.

    Raises:
        ValueError: a value is a pair.
    """
    return tasks.Resources(requests=_entries(requests), limits=_entries(limits))


def _entries(resources: Resources | None) -> list[Any]:
    entries = []
    for name, number in _NUMBERS.items():
        value = None if resources is None else getattr(resources, name)
        if isinstance(value, (list, tuple)):
            raise ValueError(f"{value} can not be a list or tuple")  # noqa: TRY004 flytekit's
        if value is not None:
            entries.append(tasks.Resources.ResourceEntry(name=number, value=str(value)))
    return entries


def construct_extended_resources(
    *, accelerator: BaseAccelerator | None = None, shared_memory: str | bool | None = None
) -> Any:
    """An accelerator and shared memory in one message of `flyteidl`; None if there is neither.

    `shared_memory` is its size, or True for whatever the node has.
    """
    fields: dict[str, Any] = {}
    messages = raw.messages("core.tasks_pb2")
    if accelerator is not None:
        fields["gpu_accelerator"] = accelerator.to_flyte_idl()
    if isinstance(shared_memory, str) or shared_memory is True:
        size = None if shared_memory is True else shared_memory
        fields["shared_memory"] = messages.SharedMemory(
            mount_name="flyte-shared-memory", mount_path=_MEMORY, size_limit=size
        )
    return messages.ExtendedResources(**fields) if fields else None
