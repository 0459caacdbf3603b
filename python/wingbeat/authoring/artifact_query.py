"""Queries for artifacts, and how artifacts are written as messages of `flyteidl` (authoring spec 4.10)."""

from __future__ import annotations

from wingbeat.authoring.artifact_partitions import messages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.authoring.artifact import Artifact
    from wingbeat.authoring.artifact_partitions import Partitions, TimePartition

__all__ = ["ArtifactQuery", "ArtifactSerializationHandler", "DefaultArtifactSerializationHandler", "Serializer"]


class ArtifactQuery:
    """A query for an artifact, as the default of a launch plan's input.

    Args:
        artifact: The artifact that is looked for.
        name: Its name.
        project, domain: Where it is.
        time_partition, partitions: Which of its versions.
        tag: The tag that the version has.

    Raises:
        ValueError: there is no name, or partitions come from several other artifacts.
    """

    def __init__(
        self,
        artifact: Artifact,
        name: str,
        project: str | None = None,
        domain: str | None = None,
        time_partition: TimePartition | None = None,
        partitions: Partitions | None = None,
        tag: str | None = None,
    ) -> None:
        if not name:
            raise ValueError("Cannot create query without name")
        self.artifact = artifact
        self.name = name
        self.project = project
        self.domain = domain
        self.time_partition = time_partition
        self.partitions = partitions
        self.tag = tag
        parts: list[Any] = [time_partition] if time_partition else []
        parts += partitions.partitions.values() if partitions else ()
        others = [one.reference_artifact for one in parts if one.reference_artifact not in (None, artifact)]
        if any(other is not others[0] for other in others):
            raise ValueError(f"Multiple bindings found in query {self}")
        #: The other artifact that partitions come from.
        self.binding: Artifact | None = others[0] if others else None

    @property
    def bound(self) -> bool:
        """Whether it says all that tells one version from the others."""
        if self.artifact.time_partitioned and not (self.time_partition and self.time_partition.value):
            return False
        said = self.partitions.partitions if self.partitions else {}
        keys = self.artifact.partition_keys
        return not keys or set(keys) == {name for name, partition in said.items() if partition.value}

    def to_flyte_idl(self, **kwargs: Any) -> Any:
        """The message of `flyteidl`."""
        return Serializer.artifact_query_to_idl(self, **kwargs)

    def get_time_partition_str(self, **kwargs: Any) -> str:
        """The partition in time, for people."""
        value = self.time_partition.value if self.time_partition else None
        if value and value.HasField("time_value"):
            return f" Time partition: {value.time_value.ToDatetime()}"
        if value and value.HasField("input_binding"):
            if value.input_binding.var not in kwargs:
                raise ValueError(f"Time partition input binding {value.input_binding.var} not found in kwargs")
            return f" Time partition from input<{value.input_binding.var}>,"
        return ""

    def get_partition_str(self, **kwargs: Any) -> str:
        """The other partitions, for people."""
        said = self.partitions.partitions if self.partitions else {}
        text = " Partitions: " if said else ""
        for name, partition in said.items():
            value = partition.value
            if value and value.HasField("static_value"):
                text += f"{name}={value.static_value}, "
            elif value and value.HasField("input_binding"):
                if value.input_binding.var not in kwargs:
                    raise ValueError(f"Partition input binding {value.input_binding.var} not found in kwargs")
                text += f"{name} from input<{value.input_binding.var}>, "
        return text.rstrip("\n\r, ")

    def get_str(self, **kwargs: Any) -> str:
        """The query, for people."""
        return f"'{self.artifact.name}'...{self.get_time_partition_str(**kwargs)}{self.get_partition_str(**kwargs)}"

    def __str__(self) -> str:
        return f"Artifact Query: on {self.artifact.name}"


class ArtifactSerializationHandler:
    """How artifacts are written as messages; for others to derive from."""

    def partitions_to_idl(self, p: Partitions | None, **kwargs: Any) -> Any:
        """The message of partitions."""

    def time_partition_to_idl(self, tp: TimePartition | None, **kwargs: Any) -> Any:
        """The message of a partition in time."""

    def artifact_query_to_idl(self, aq: ArtifactQuery, **kwargs: Any) -> Any:
        """The message of a query."""


class DefaultArtifactSerializationHandler(ArtifactSerializationHandler):
    """How they are written, unless somebody says otherwise."""

    def partitions_to_idl(self, p: Partitions | None, **kwargs: Any) -> Any:
        """The message; values that are said later are empty."""
        if not p or not p.partitions:
            return None
        unknown = messages().LabelValue(static_value="")
        values = {name: unknown if one.value is None else one.value for name, one in p.partitions.items()}
        return messages().Partitions(value=values)

    def time_partition_to_idl(self, tp: TimePartition | None, **kwargs: Any) -> Any:
        """The message."""
        return messages().TimePartition(value=tp.value, granularity=tp.granularity) if tp else None

    def artifact_query_to_idl(self, aq: ArtifactQuery, **kwargs: Any) -> Any:
        """The message."""
        key = messages().ArtifactKey(name=aq.name, project=aq.project, domain=aq.domain)
        partitions = self.partitions_to_idl(aq.partitions)
        time = self.time_partition_to_idl(aq.time_partition)
        artifact_id = messages().ArtifactID(artifact_key=key, partitions=partitions, time_partition=time)
        return messages().ArtifactQuery(artifact_id=artifact_id)


class Serializer:
    """What writes artifacts."""

    serializer: ArtifactSerializationHandler = DefaultArtifactSerializationHandler()

    @classmethod
    def register_serializer(cls, serializer: ArtifactSerializationHandler) -> None:
        """Have another one do it."""
        cls.serializer = serializer

    @classmethod
    def partitions_to_idl(cls, p: Partitions | None, **kwargs: Any) -> Any:
        """The message of partitions."""
        return cls.serializer.partitions_to_idl(p, **kwargs)

    @classmethod
    def time_partition_to_idl(cls, tp: TimePartition | None, **kwargs: Any) -> Any:
        """The message of a partition in time."""
        return cls.serializer.time_partition_to_idl(tp, **kwargs)

    @classmethod
    def artifact_query_to_idl(cls, aq: ArtifactQuery, **kwargs: Any) -> Any:
        """The message of a query."""
        return cls.serializer.artifact_query_to_idl(aq, **kwargs)
