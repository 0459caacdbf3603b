"""Notes that user code makes on its outputs: `ctx.output_metadata_tracker` (runtime contract 5.5)."""

from __future__ import annotations

from wingbeat._core import entries, literal_map
from wingbeat.runtime import context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

#: The key of an artifact's partitions.
PARTITIONS = "_uap"


class OutputMetadata:
    """What is to be noted on the literal of one output.

    Args:
        artifact: The artifact that the output is.
        dynamic_partitions: Its partitions, by name.
        time_partition: Its partition in time.
        additional_items: Objects whose `serialize_to_string(ctx, variable_name)` gives a key and a value.
    """

    def __init__(
        self,
        artifact: Any,
        dynamic_partitions: dict[str, str] | None,
        time_partition: datetime | None = None,
        additional_items: list[Any] | None = None,
    ) -> None:
        self.artifact = artifact
        self.dynamic_partitions = dynamic_partitions
        self.time_partition = time_partition
        self.additional_items = additional_items


class OutputMetadataTracker:
    """The notes, by the identity of the object that the task will return.

    Python keeps one object for small integers and short texts: outputs that are the same such object share a note.
    """

    def __init__(self, output_metadata: dict[Any, OutputMetadata] | None = None) -> None:
        self.output_metadata = {} if output_metadata is None else output_metadata

    def add(self, obj: Any, metadata: OutputMetadata) -> None:
        """Note something on an object."""
        self.output_metadata[id(obj)] = metadata

    def get(self, obj: Any) -> OutputMetadata | None:
        """The note on an object."""
        return self.output_metadata.get(id(obj))

    def with_params(self, output_metadata: dict[Any, OutputMetadata] | None = None) -> OutputMetadataTracker:
        """A copy, with other notes if some are given."""
        return OutputMetadataTracker(output_metadata or self.output_metadata)


def tracker() -> OutputMetadataTracker:
    """The notes of this execution."""
    found: OutputMetadataTracker = context.process_context()._belongings.setdefault("notes", OutputMetadataTracker())
    return found


def annotate(answer: bytes, values: Mapping[str, Any]) -> bytes:
    """The serialized literals of these values, by name, with what was noted on the values.

    Raises:
        Exception: whatever an object raises that is noted.
    """
    from wingbeat.idl.notes import with_metadata

    literals = entries(answer)
    notes = tracker()
    for name, value in values.items():
        note = notes.get(value)
        metadata = {} if note is None else written(note, name)
        if metadata:
            literals[name] = with_metadata(literals[name], metadata)
    return literal_map(literals)


def written(note: OutputMetadata, name: str) -> dict[str, str]:
    """What is written of a note on the output of that name."""
    from wingbeat.runtime.flyte_context import of_process

    metadata = dict(item.serialize_to_string(of_process(), name) for item in note.additional_items or ())
    if note.dynamic_partitions or note.time_partition:
        from wingbeat.idl.notes import partitions

        granularity = note.artifact.time_partition_granularity if note.time_partition else None
        metadata[PARTITIONS] = partitions(note.dynamic_partitions, note.time_partition, granularity)
    return metadata
