"""A PyTorch checkpoint as the output of a task (type-system spec 2.1)."""

from __future__ import annotations

import dataclasses
from typing import Any

from wingbeat.errors import TypeTransformerFailedError

__all__ = ["PyTorchCheckpoint"]


@dataclasses.dataclass
class PyTorchCheckpoint:
    """What to save of a training run. The task that reads it gets one dict of all that was saved.

    Args:
        module: A `torch.nn.Module`, whose state is saved as `module_state_dict`.
        hyperparameters: A dict, dataclass or NamedTuple, whose content is saved under its own names.
        optimizer: A `torch.optim.Optimizer`, whose state is saved as `optimizer_state_dict`.

    Raises:
        TypeTransformerFailedError: all are empty, or the hyperparameters are something else.
    """

    module: Any = None
    hyperparameters: Any = None
    optimizer: Any = None

    def __post_init__(self) -> None:
        found = self.hyperparameters
        named = isinstance(found, tuple) and hasattr(found, "_fields")
        instance = dataclasses.is_dataclass(found) and not isinstance(found, type)
        if not (found is None or isinstance(found, dict) or named or instance):
            raise TypeTransformerFailedError(
                f"hyperparameters must be a dict, dataclass, or NamedTuple. Got {type(found)}"
            )
        if not (self.module or found or self.optimizer):
            raise TypeTransformerFailedError("Must have at least one of module, hyperparameters, or optimizer")
