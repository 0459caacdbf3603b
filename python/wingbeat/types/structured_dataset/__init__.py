"""Tables of any library as values of tasks (type-system spec 2.17).

The names that users and authors of handlers need, each loaded on first use.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.idl import StructuredDatasetMetadata, StructuredDatasetType
    from wingbeat.types.structured_dataset.dataset import StructuredDataset
    from wingbeat.types.structured_dataset.handler import StructuredDatasetDecoder, StructuredDatasetEncoder
    from wingbeat.types.structured_dataset.handler_table import DuplicateHandlerError
    from wingbeat.types.transformers.structured_dataset import StructuredDatasetTransformerEngine

__all__ = [
    "DuplicateHandlerError",
    "StructuredDataset",
    "StructuredDatasetDecoder",
    "StructuredDatasetEncoder",
    "StructuredDatasetMetadata",
    "StructuredDatasetTransformerEngine",
    "StructuredDatasetType",
]

_HOMES = {
    "DuplicateHandlerError": "wingbeat.types.structured_dataset.handler_table",
    "StructuredDataset": "wingbeat.types.structured_dataset.dataset",
    "StructuredDatasetDecoder": "wingbeat.types.structured_dataset.handler",
    "StructuredDatasetEncoder": "wingbeat.types.structured_dataset.handler",
    "StructuredDatasetMetadata": "wingbeat.idl",
    "StructuredDatasetTransformerEngine": "wingbeat.types.transformers.structured_dataset",
    "StructuredDatasetType": "wingbeat.idl",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(__import__(home, fromlist=(name,)), name)
