"""Accelerators that a task may ask for: `flytekit.extras.accelerators` (authoring spec 1.2)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from typing_extensions import Self


class BaseAccelerator:
    """Base of the accelerators.

    Raises:
        TypeError: from the constructor of a class without `to_flyte_idl`.
    """

    def __new__(cls, *args: Any, **kwargs: Any) -> Self:  # noqa: ARG004 for __init__
        """An instance, if the class says what it is."""
        if cls.to_flyte_idl is BaseAccelerator.to_flyte_idl:
            raise TypeError(f"Can't instantiate abstract class {cls.__name__} with abstract method to_flyte_idl")
        return super().__new__(cls)

    def __class_getitem__(cls, item: object) -> type:
        return cls

    def to_flyte_idl(self) -> Any:
        """The message of `flyteidl`."""
        raise NotImplementedError(f"{type(self).__name__} has no `to_flyte_idl`")


class GPUAccelerator(BaseAccelerator):
    """A device, by the name that the cluster has for it."""

    def __init__(self, device: str) -> None:
        self._device = device

    def to_flyte_idl(self) -> Any:
        """The message of `flyteidl`."""
        return _message(device=self._device)


class MultiInstanceGPUAccelerator(BaseAccelerator):
    """A device that can be had in parts: `A100.partition_2g_10gb`. A class for another one sets `device`."""

    device: str
    _partition_size: str | None

    @property
    def unpartitioned(self) -> Self:
        """The whole device, said expressly."""
        return self._of_size(None)

    @classmethod
    def partitioned(cls, partition_size: str) -> Self:
        """A part of that size."""
        return cls()._of_size(partition_size)

    def _of_size(self, size: str | None) -> Self:
        from copy import deepcopy

        instance = deepcopy(self)
        instance._partition_size = size
        return instance

    def to_flyte_idl(self) -> Any:
        """The message of `flyteidl`."""
        if not hasattr(self, "_partition_size"):
            return _message(device=self.device)
        if self._partition_size is None:
            return _message(device=self.device, unpartitioned=True)
        return _message(device=self.device, partition_size=self._partition_size)


def _message(**fields: Any) -> Any:
    from wingbeat.idl import raw

    return raw.messages("core.tasks_pb2").GPUAccelerator(**fields)


def _in_parts(name: str, device: str, prefix: str, *sizes: str) -> Any:
    """A device with an attribute for each of the sizes that it can be had in."""
    base = type(f"_{name}_Base", (MultiInstanceGPUAccelerator,), {"device": device, "__module__": __name__})
    parts: dict[str, Any] = {f"{prefix}_{size.replace('.', '_')}": base.partitioned(size) for size in sizes}  # type: ignore[attr-defined]
    return type(f"_{name}", (base,), {**parts, "__module__": __name__})()


A10G = GPUAccelerator("nvidia-a10g")
L4 = GPUAccelerator("nvidia-l4")
L4_VWS = GPUAccelerator("nvidia-l4-vws")
L40S = GPUAccelerator("nvidia-l40s")
K80 = GPUAccelerator("nvidia-tesla-k80")
M60 = GPUAccelerator("nvidia-tesla-m60")
P4 = GPUAccelerator("nvidia-tesla-p4")
P100 = GPUAccelerator("nvidia-tesla-p100")
T4 = GPUAccelerator("nvidia-tesla-t4")
V100 = GPUAccelerator("nvidia-tesla-v100")
H100 = GPUAccelerator("nvidia-h100")
H200 = GPUAccelerator("nvidia-h200")
RTX_PRO_6000 = GPUAccelerator("nvidia-rtx-pro-6000")

A100 = _in_parts("A100", "nvidia-tesla-a100", "partition", "1g.5gb", "2g.10gb", "3g.20gb", "4g.20gb", "7g.40gb")
A100_80GB = _in_parts(
    "A100_80GB", "nvidia-a100-80gb", "partition", "1g.10gb", "2g.20gb", "3g.40gb", "4g.40gb", "7g.80gb"
)

_FLAT = ("1x1", "2x2", "2x4", "4x4", "4x8", "8x8", "8x16", "16x16")
_CUBES = ("2x2x1", "2x2x2", "2x4x4", "4x4x4", "4x4x8", "4x8x8", "8x8x8", "8x8x16", "8x16x16", "16x16x16", "16x16x24")
V5E = _in_parts("V5E", "tpu-v5-lite-podslice", "slice", *_FLAT)
V5P = _in_parts("V5P", "tpu-v5p-slice", "slice", *_CUBES)
V6E = _in_parts("V6E", "tpu-v6e-slice", "slice", *_FLAT)
