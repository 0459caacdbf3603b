"""`Artifact`: an output with a name of its own, by which others find it (authoring spec 3.1).

Where a task runs, `create_from` notes on an output which artifact it is, and its partitions (runtime contract 5.5).
"""

from __future__ import annotations

from wingbeat.authoring.artifact_partitions import (
    Granularity,
    Label,
    Partition,
    Partitions,
    TimePartition,
    is_input_binding,
    messages,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from typing_extensions import Self

    from wingbeat.authoring.artifact_query import ArtifactQuery

    O = TypeVar("O")  # noqa: E741 flytekit's

__all__ = ["Artifact", "ArtifactIDSpecification"]

_TIME = "time_partition"
_MAX_PARTITIONS = 10


class ArtifactIDSpecification:
    """An artifact with values for its partitions, to be put into `Annotated`; made by calling the artifact."""

    def __init__(self, a: Artifact) -> None:
        self.artifact = a
        self.partitions: Partitions | None = None
        self.time_partition: TimePartition | None = None

    def __call__(self, *args: Any, **kwargs: Any) -> Self:
        """More values, see `bind_partitions`."""
        return self.bind_partitions(*args, **kwargs)

    def bind_partitions(self, *args: Any, **kwargs: Any) -> Self:
        """Values of partitions: text or times, or `Inputs.name` for what an input will be.

        What has no value gets one when the task runs, by `Artifact.create_from`.

        Raises:
            ValueError: a value is given by position, for a partition that there is not, or of another type.
        """
        if args:
            raise ValueError("Cannot set partition values by position")
        time_given = _TIME in kwargs
        time = kwargs.pop(_TIME, None)
        granularity = self.artifact.time_partition_granularity or Granularity.DAY
        if time_given:
            if not self.artifact.time_partitioned:
                raise ValueError("Cannot bind time partition to non-time partitioned artifact")
            if not is_input_binding(time) and not hasattr(time, "tzinfo"):
                raise ValueError(f"Time partition needs to be input binding data or static string, not {time}")
            self.time_partition = TimePartition(time, granularity=granularity)
        elif self.artifact.time_partitioned and self.time_partition is None:
            self.time_partition = TimePartition(Label("runtime_binding"))
        if self.artifact.partition_keys:
            self.partitions = self._bound(self.partitions or Partitions(None), kwargs)
        return self

    def _bound(self, partitions: Partitions, values: dict[str, Any]) -> Partitions:
        keys = self.artifact.partition_keys or []
        for name, value in values.items():
            if name not in keys:
                raise ValueError(f"Partition key {name} not found in {keys}")
            if is_input_binding(value):
                label = Label.of_binding(value)
            elif isinstance(value, str):
                label = Label("static_value", value)
            else:
                raise ValueError(f"Partition key {name} needs to be input binding data or static string, not {value}")
            partitions.partitions[name] = Partition(label, name=name)
        for name in keys:
            if name not in partitions.partitions:
                partitions.partitions[name] = Partition(Label("runtime_binding"), name=name)
        return partitions

    def to_partial_artifact_id(self) -> Any:
        """The message of `flyteidl`.

        Raises:
            ValueError: a partition has no value.
        """
        from wingbeat.authoring.artifact_query import Serializer

        whole = self.artifact.to_id_idl()
        partitions = Serializer.partitions_to_idl(self.partitions)
        time = None
        if self.artifact.time_partitioned:
            if not self.time_partition:
                raise ValueError(f"Artifact {whole.artifact_key} requires a time partition, but it hasn't been bound.")
            time = self.time_partition.to_flyte_idl()
        needed, given = len(self.artifact.partition_keys or ()), len(partitions.value) if partitions else 0
        if needed and needed != given:
            raise ValueError(f"Artifact {whole.artifact_key} requires {needed} partitions, but only {given} are bound.")
        return messages().ArtifactID(
            artifact_key=whole.artifact_key, partitions=partitions, time_partition=time, version=whole.version
        )

    def __repr__(self) -> str:
        artifact = self.artifact
        return f"ArtifactIDSpecification({artifact.name}, {artifact.partition_keys}, TP: {artifact.time_partitioned})"


class Artifact:
    """An output with a name of its own.

    Put it, or what a call of it returns, into the type of an output: `Annotated[int, Counts(region="eu")]`.

    Args:
        project, domain, version: What Flyte fills in.
        name: The name.
        time_partitioned: Whether it has partitions in time.
        time_partition: The partition in time, if it is known.
        time_partition_granularity: How long these are, of `Granularity`.
        partition_keys: The names of its other partitions, at most ten.
        partitions: The same with values.

    Raises:
        ValueError: there is no name, or the partitions are too many, empty, or of another type.
    """

    def __init__(
        self,
        project: str | None = None,
        domain: str | None = None,
        name: str | None = None,
        version: str | None = None,
        time_partitioned: bool = False,
        time_partition: TimePartition | None = None,
        time_partition_granularity: int | None = None,
        partition_keys: list[str] | None = None,
        partitions: Partitions | dict[str, str] | None = None,
    ) -> None:
        if not name:
            raise ValueError("Can't instantiate an Artifact without a name.")
        self.project = project
        self.domain = domain
        self.name = name
        self.version = version
        self.time_partitioned = time_partitioned
        self.time_partition_granularity = time_partition_granularity
        self._time_partition = time_partition
        if time_partition:
            time_partition.reference_artifact = self
        self.partition_keys = partition_keys
        self._partitions = self._read(partitions) if partitions else None
        if not partitions and partition_keys:
            self._partitions = Partitions({key: Partition(None, name=key) for key in partition_keys})
        if self._partitions is not None:
            self._partitions.set_reference_artifact(self)
        if self.partition_keys and len(self.partition_keys) > _MAX_PARTITIONS:
            raise ValueError("There is a hard limit of 10 partition keys per artifact currently.")

    def _read(self, partitions: Any) -> Partitions:
        if isinstance(partitions, dict):
            partitions = Partitions(partitions)
        elif not isinstance(partitions, Partitions):
            raise ValueError(  # noqa: TRY004 flytekit's
                f"Partitions must be a dict or Partitions object, not {type(partitions)}"
            )
        if not partitions.partitions:
            raise ValueError("Partitions must be non-empty")
        self.partition_keys = list(partitions.partitions)
        return partitions

    def __call__(self, *args: Any, **kwargs: Any) -> ArtifactIDSpecification:
        """The artifact with values for its partitions, see `ArtifactIDSpecification.bind_partitions`."""
        return ArtifactIDSpecification(self).bind_partitions(*args, **kwargs)

    @property
    def partitions(self) -> Partitions | None:
        """The partitions that are not in time."""
        return self._partitions

    @property
    def time_partition(self) -> TimePartition:
        """The partition in time. Raises ValueError if it has none."""
        if not self.time_partitioned:
            raise ValueError(f"Artifact {self.name} is not time partitioned")
        if not self._time_partition:
            granularity = self.time_partition_granularity or Granularity.DAY
            self._time_partition = TimePartition(None, granularity=granularity)
            self._time_partition.reference_artifact = self
        return self._time_partition

    def create_from(self, o: O, card: Any = None, *args: Any, **kwargs: Any) -> O:
        """Note on an object, which the task is to return, that it is this artifact; the object itself is returned.

        Args:
            o: The object.
            card, args: More to note: objects with `serialize_to_string(ctx, variable_name)`.
            kwargs: The values of partitions; `time_partition` is a time.
        """
        from wingbeat.types.context import current_context

        tracker = current_context().output_metadata_tracker
        if tracker is None:
            return o
        # By name, because authoring must not depend on the runtime.
        notes: Any = __import__("wingbeat.runtime.output_metadata", fromlist=("OutputMetadata",))
        time = kwargs.pop(_TIME, None)
        note = notes.OutputMetadata(
            self,
            dynamic_partitions={name: str(value) for name, value in kwargs.items()} or None,
            time_partition=time or None,
            additional_items=[one for one in (card, *args) if one is not None] or None,
        )
        tracker.add(o, note)
        return o

    def query(
        self,
        project: str | None = None,
        domain: str | None = None,
        time_partition: Any = None,
        partitions: Partitions | dict[str, str] | None = None,
        **kwargs: Any,
    ) -> ArtifactQuery:
        """A query for it.

        Args:
            project, domain: Where it is; by default where the artifact says.
            time_partition: A time, the name of an input, or a `TimePartition`.
            partitions, kwargs: Values of the other partitions, one way or the other.

        Raises:
            ValueError: a partition has the name of a parameter, or values are given both ways.
        """
        from wingbeat.authoring.artifact_query import ArtifactQuery

        parameters = {"project", "domain", _TIME, "partitions", "tag"}
        keys = set(self.partition_keys or ())
        if parameters & keys:
            raise ValueError(
                f"There are conflicting partition key names {parameters ^ keys}, please rename use a partitions object"
            )
        if partitions and kwargs:
            raise ValueError("Please either specify kwargs or a partitions object not both")
        asked = Partitions(kwargs) if kwargs else Partitions(partitions) if isinstance(partitions, dict) else None
        if asked is not None:
            asked.reference_artifact = self
        return ArtifactQuery(
            artifact=self,
            name=self.name,
            project=project or self.project or None,
            domain=domain or self.domain or None,
            time_partition=self._asked_time(time_partition),
            partitions=asked or self.partitions,
        )

    def _asked_time(self, asked: Any) -> TimePartition | None:
        if not asked:
            return self.time_partition if self.time_partitioned else None
        if not isinstance(asked, TimePartition):
            made = TimePartition(asked)
            made.reference_artifact = self
            return made
        granularity = self.time_partition_granularity or Granularity.DAY
        made = TimePartition(asked.value, op=asked.op, other=asked.other, granularity=granularity)
        made.reference_artifact = asked.reference_artifact
        return made

    @property
    def concrete_artifact_id(self) -> Any:
        """The message of `flyteidl` of one that exists. Raises ValueError if something is missing for that."""
        if self.project is None or self.domain is None or self.version is None:
            raise ValueError("Cannot create artifact id without name, project, domain, version")
        return self.to_id_idl()

    def embed_as_query(
        self,
        partition: str | None = None,
        bind_to_time_partition: bool | None = None,
        expr: str | None = None,
        op: Any = None,
    ) -> Any:
        """The message of `flyteidl` that refers to the artifact which triggers a launch plan.

        Args:
            partition: The partition whose value is meant.
            bind_to_time_partition: Whether the partition in time is.
            expr, op: How a time is moved.
        """
        transform = None
        if expr and (partition or bind_to_time_partition):
            transform = messages().TimeTransform(transform=expr, op=op)
        return messages().ArtifactQuery(
            binding=messages().ArtifactBindingData(
                partition_key=partition, bind_to_time_partition=bind_to_time_partition, time_transform=transform
            )
        )

    def to_id_idl(self) -> Any:
        """The message of `flyteidl`."""
        from wingbeat.authoring.artifact_query import Serializer

        return messages().ArtifactID(
            artifact_key=messages().ArtifactKey(project=self.project, domain=self.domain, name=self.name),
            version=self.version,
            partitions=Serializer.partitions_to_idl(self.partitions),
            time_partition=Serializer.time_partition_to_idl(self.time_partition) if self.time_partitioned else None,
        )

    def __str__(self) -> str:
        time = f"  time partition={self.time_partition}\n" if self.time_partitioned else ""
        return (
            f"Artifact: project={self.project}, domain={self.domain}, name={self.name}, version={self.version}\n"
            f"  name={self.name}\n"
            f"  partitions={self.partitions}\n"
            f"{time}"
        )

    __repr__ = __str__
