"""Notes that user code makes on its outputs: `ctx.output_metadata_tracker` (runtime contract 5.5)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any


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


#: The notes of this process.
tracker = OutputMetadataTracker()
