"""All types with a transformer of their own (type-system spec 3.2)."""

from __future__ import annotations

import collections.abc
import datetime
import enum
import os
import sys
import typing

from wingbeat.types import registry
from wingbeat.types.hints import UnionType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import KeysView
    from typing import Any


def available() -> KeysView[Any]:
    """In flytekit's order, in which it also guesses: a library's types are there once the library has been imported."""
    types: list[Any] = [int, float, str, datetime.datetime, datetime.date, datetime.timedelta, bool, type(None), None]
    types += [list, typing.Union, UnionType, dict, typing.TextIO, typing.BinaryIO, enum.Enum]
    types += _loaded("google.protobuf.message", "Message")
    types += [tuple, typing.Tuple, typing.NamedTuple]  # noqa: UP006  # the registry key is the name in `typing`
    types += _loaded("wingbeat.types.error", "FlyteError") + _loaded("pydantic.main", "BaseModel")
    types += _loaded("wingbeat.types.transformers.pickle", "FlytePickle")
    types += [*_loaded("wingbeat.types.file", "FlyteFile"), os.PathLike]
    types += _loaded("wingbeat.types.directory", "FlyteDirectory")
    types += [typing.Iterator, collections.abc.Iterator]
    types += _loaded("wingbeat.types.iterator", "JSONIterator")
    types += _loaded("wingbeat.types.structured_dataset.dataset", "StructuredDataset")
    types += _loaded("wingbeat.types.flyte_schema.schema", "FlyteSchema")
    types += _loaded("tensorflow.keras", "Model") + _loaded("torch", "Tensor") + _loaded("torch.nn", "Module")
    types += _loaded("wingbeat.types.pytorch_checkpoint", "PyTorchCheckpoint")
    types += _loaded("sklearn.base", "BaseEstimator") + _loaded("pandas", "DataFrame") + _loaded("numpy", "ndarray")
    types += _loaded("PIL.Image", "Image") + _loaded("pyarrow", "Table")
    types += _loaded("polars", "DataFrame") + _loaded("polars", "LazyFrame")
    return {**dict.fromkeys(types), **registry.transformers}.keys()


def _loaded(module: str, name: str) -> list[Any]:
    found = getattr(sys.modules.get(module), name, None)
    return [] if found is None else [found]
