"""PyTorch's tensors, modules and checkpoints, as `torch.save` writes them (type-system spec 2.1)."""

from __future__ import annotations

from typing import Any, ClassVar

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types.hints import home
from wingbeat.types.pickle_policy import require_allowed
from wingbeat.types.third_party import load
from wingbeat.types.transformers.stored_file import StoredFileTransformer

__all__ = ["PyTorchCheckpointTransformer", "PyTorchModuleTransformer", "PyTorchTensorTransformer", "make"]


class _TorchTransformer(StoredFileTransformer[Any]):
    """What is read is put on the first GPU where there is one, else on the CPU."""

    SUFFIX = ".pt"
    #: Options of `torch.load`.
    OPTIONS: ClassVar[dict[str, Any]] = {}

    def write(self, value: Any, path: str, t: Any) -> None:
        _torch().save(value, path)

    def read(self, path: str, t: Any) -> Any:
        torch = _torch()
        device = "cuda:0" if torch.cuda.is_available() else torch.device("cpu")
        return torch.load(path, map_location=device, **self.OPTIONS)


class PyTorchTensorTransformer(_TorchTransformer):
    """`torch.Tensor`."""

    FORMAT = "PyTorchTensor"
    WHAT = "a tensor"

    def __init__(self) -> None:
        super().__init__("PyTorch Tensor", _torch().Tensor)


class _PickledTorchTransformer(_TorchTransformer):
    """Files that name classes, which PyTorch 2.6 and later only loads when told to.

    They are pickles, so `WINGBEAT_PICKLE` decides whether they are used.
    """

    OPTIONS: ClassVar[dict[str, Any]] = {"weights_only": False}

    def write(self, value: Any, path: str, t: Any) -> None:
        require_allowed(t, reading=False)
        super().write(value, path, t)

    def read(self, path: str, t: Any) -> Any:
        require_allowed(t, reading=True)
        return super().read(path, t)


class PyTorchModuleTransformer(_PickledTorchTransformer):
    """`torch.nn.Module`."""

    FORMAT = "PyTorchModule"
    WHAT = "a PyTorch module"

    def __init__(self) -> None:
        super().__init__("PyTorch Module", load("torch.nn", "to convert modules").Module)


class PyTorchCheckpointTransformer(_PickledTorchTransformer):
    """`PyTorchCheckpoint`. What is read is the dict of what was saved, as in flytekit."""

    FORMAT = "PyTorchCheckpoint"
    WHAT = "a PyTorch checkpoint"

    def __init__(self, t: Any) -> None:
        super().__init__("PyTorch Checkpoint", t)

    def write(self, value: Any, path: str, t: Any) -> None:
        """Save the states of module and optimizer beside the hyperparameters.

        Raises `TypeTransformerFailedError` if all are empty, or if pickles are denied.
        """
        content: dict[str, Any] = {}
        for name in ("module", "hyperparameters", "optimizer"):
            part = getattr(value, name)
            if part:
                content.update(
                    _as_dict(part) if name == "hyperparameters" else {f"{name}_state_dict": part.state_dict()}
                )
        if not content:
            raise TypeTransformerFailedError(f"Cannot save empty {type(value).__name__}")
        super().write(content, path, t)


def _as_dict(hyperparameters: Any) -> dict[str, Any]:
    if isinstance(hyperparameters, dict):
        return hyperparameters
    if isinstance(hyperparameters, tuple):  # a NamedTuple
        return hyperparameters._asdict()  # type: ignore[attr-defined]
    import dataclasses

    return dataclasses.asdict(hyperparameters)


def _torch() -> Any:
    return load("torch", "to convert PyTorch's values")


def make(hint: Any) -> StoredFileTransformer[Any] | None:
    """The transformer of the first of PyTorch's classes among the bases of a hint."""
    for base in getattr(hint, "__mro__", ()):
        if base.__name__ == "PyTorchCheckpoint":
            return PyTorchCheckpointTransformer(base)
        if home(base) == ("torch", "Tensor"):
            return PyTorchTensorTransformer()
        if home(base) == ("torch.nn.modules.module", "Module"):
            return PyTorchModuleTransformer()
    return None
