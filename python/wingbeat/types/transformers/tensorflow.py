"""Keras models under TensorFlow (type-system spec 2.1)."""

from __future__ import annotations

import sys
from typing import Any

from wingbeat.types.third_party import load
from wingbeat.types.transformers.stored_file import StoredFileTransformer

__all__ = ["TensorFlowModelTransformer", "make"]


class TensorFlowModelTransformer(StoredFileTransformer[Any]):
    """`tf.keras.Model`, in the Keras format."""

    FORMAT = "TensorFlowModel"
    SUFFIX = ".keras"
    WHAT = "a Keras model"

    def __init__(self) -> None:
        self._keras = load("tensorflow", "to convert Keras models").keras
        super().__init__("TensorFlow Model", self._keras.Model)

    def write(self, value: Any, path: str, t: Any) -> None:
        """`tf.keras.models.save_model`."""
        self._keras.models.save_model(value, path)

    def read(self, path: str, t: Any) -> Any:
        """`tf.keras.models.load_model`."""
        return self._keras.models.load_model(path)


def make(hint: Any) -> TensorFlowModelTransformer | None:  # noqa: ARG001  # the signature of all `make`
    """The transformer of `tf.keras.Model`; None where Keras runs without TensorFlow, which flytekit does not know."""
    return TensorFlowModelTransformer() if "tensorflow" in sys.modules else None
