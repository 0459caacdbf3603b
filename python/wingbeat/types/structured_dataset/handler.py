"""The base classes of what writes and reads the tables of one library (type-system spec 2.17).

class VaexToParquet(StructuredDatasetEncoder):
    def __init__(self):
        super().__init__(vaex.DataFrame, None, "parquet")

    def encode(self, ctx, structured_dataset, structured_dataset_type):
        path = ctx.file_access.get_random_local_path()
        structured_dataset.dataframe.export_parquet(path)
        uri = ctx.file_access.put_data(path, ctx.file_access.get_random_remote_path())
        return wingbeat.idl.StructuredDataset(uri=uri)

StructuredDatasetTransformerEngine.register(VaexToParquet(), default_format_for_type=True)
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from wingbeat.idl import StructuredDataset as Stored
    from wingbeat.idl import StructuredDatasetMetadata, StructuredDatasetType
    from wingbeat.types.structured_dataset.dataset import StructuredDataset

__all__ = ["StructuredDatasetDecoder", "StructuredDatasetEncoder"]

T = TypeVar("T")


class _Handler(Generic[T]):
    """What a handler is for.

    `python_type` is the class of the tables. `protocol` is the scheme of the locations, such as `s3` or `s3://`; None
    means all that wingbeat's file access knows. `supported_format` is the format; none, or an empty one, means any.
    """

    def __init__(self, python_type: type[T], protocol: str | None = None, supported_format: str | None = None) -> None:
        self._python_type = python_type
        self._protocol = protocol.replace("://", "") if protocol else None
        self._supported_format = supported_format or ""

    @property
    def python_type(self) -> type[T]:
        """The class of the tables."""
        return self._python_type

    @property
    def protocol(self) -> str | None:
        """The scheme of the locations, or None."""
        return self._protocol

    @property
    def supported_format(self) -> str:
        """The format; empty for any."""
        return self._supported_format


class StructuredDatasetEncoder(_Handler[T], ABC):
    """Writes tables of one class."""

    @abstractmethod
    def encode(
        self, ctx: Any, structured_dataset: StructuredDataset, structured_dataset_type: StructuredDatasetType
    ) -> Stored:
        """Store `structured_dataset.dataframe` and say where.

        The location is `structured_dataset.uri` if the user gave one, else a name below the raw output prefix of
        `ctx.file_access`. `structured_dataset_type` is what the task declares; it becomes that of the result if the
        result has none, and its format is replaced by the handler's.
        """
        raise NotImplementedError


class StructuredDatasetDecoder(_Handler[T], ABC):
    """Reads tables of one class."""

    def __init__(
        self,
        python_type: type[T],
        protocol: str | None = None,
        supported_format: str | None = None,
        additional_protocols: list[str] | None = None,  # without effect, as in flytekit
    ) -> None:
        super().__init__(python_type, protocol, supported_format)

    @abstractmethod
    def decode(self, ctx: Any, flyte_value: Stored, current_task_metadata: StructuredDatasetMetadata) -> Any:
        """The table at `flyte_value.uri`, or a generator of parts of it.

        `current_task_metadata.structured_dataset_type.columns` are the columns to read, where the task or the writer
        has named some.
        """
        raise NotImplementedError
