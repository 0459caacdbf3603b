"""Notes on serialized literals (runtime contract 5.5)."""

from __future__ import annotations

from base64 import b64encode

from flyteidl.core import artifact_id_pb2, literals_pb2
from google.protobuf import timestamp_pb2

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


def with_metadata(literal: bytes, metadata: Mapping[str, str]) -> bytes:
    """The serialized literal with this metadata in the place of its own."""
    message = literals_pb2.Literal.FromString(literal)
    message.metadata.clear()
    message.metadata.update(metadata)
    data: bytes = message.SerializeToString(deterministic=True)
    return data


def partitions(by_name: Mapping[str, str] | None, time: datetime | None, granularity: int | None) -> str:
    """The partitions of an artifact, as the engine reads them: a serialized `ArtifactID` in base64.

    A time without a zone is in UTC. `granularity` is a `flyteidl.core.Granularity`.
    """
    message = artifact_id_pb2.ArtifactID()
    for name, value in (by_name or {}).items():
        message.partitions.value[name].static_value = value
    if time is not None:
        moment = timestamp_pb2.Timestamp()
        moment.FromDatetime(time)
        message.time_partition.value.time_value.CopyFrom(moment)
        message.time_partition.granularity = granularity or 0
    return b64encode(message.SerializeToString(deterministic=True)).decode()
