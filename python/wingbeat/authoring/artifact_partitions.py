"""The partitions of artifacts: by name, and in time (authoring spec 3.1).

Values are Flyte's `LabelValue`s, made when somebody asks for one: in a task's container hardly anybody does, and
`flyteidl` takes long to import.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime, timedelta
    from typing import Any


__all__ = [
    "Granularity",
    "InputBinding",
    "Inputs",
    "InputsBase",
    "Label",
    "Partition",
    "Partitions",
    "TimePartition",
    "idl_partitions_from_dict",
    "idl_time_partition_from_datetime",
]


class Granularity:
    """How long a partition in time is; the numbers of `flyteidl`."""

    UNSET = 0
    MINUTE = 1
    HOUR = 2
    DAY = 3
    MONTH = 4


class InputBinding:
    """The value that an input of the task will have; `Inputs.name` makes one."""

    def __init__(self, var: str) -> None:
        self.var = var

    def to_flyte_idl(self) -> Any:
        """The message of `flyteidl`, an `InputBindingData`."""
        return messages().InputBindingData(var=self.var)

    def __repr__(self) -> str:
        return repr(self.to_flyte_idl())

    def __eq__(self, other: object) -> bool:
        return getattr(other, "var", None) == self.var and is_input_binding(other)

    __hash__ = None  # type: ignore[assignment]  # not hashable, as flytekit's


class InputsBase:
    """Names of inputs, by attribute."""

    def __getattr__(self, name: str) -> InputBinding:
        if name.startswith("__"):  # copy, pickle and friends ask for these
            raise AttributeError(name)
        return InputBinding(name)


Inputs = InputsBase()


class Label:
    """A `LabelValue` that is made when it is asked for: one of its fields, and the content."""

    def __init__(self, field: str, content: Any = None) -> None:
        self._field = field
        self._content = content

    @classmethod
    def of_time(cls, time: datetime) -> Label:
        """A point in time; without a zone, in UTC."""
        return cls("time_value", time)

    @classmethod
    def of_binding(cls, binding: Any) -> Label:
        """The value of an input."""
        return cls("input_binding", binding)

    def to_flyte_idl(self) -> Any:
        """The message of `flyteidl`."""
        content = self._content
        if self._field == "time_value":
            made = messages().LabelValue()
            made.time_value.FromDatetime(content)
            return made
        if self._field == "input_binding" and isinstance(content, InputBinding):
            content = content.to_flyte_idl()
        elif self._field == "runtime_binding":
            content = messages().RuntimeBinding()
        return messages().LabelValue(**{self._field: content})


class _Labelled:
    """What has a `value` that is a label."""

    _value: Any

    @property
    def value(self) -> Any:
        """The value, a `LabelValue`; None if there is none."""
        if isinstance(self._value, Label):
            self._value = self._value.to_flyte_idl()
        return self._value

    @value.setter
    def value(self, value: Any) -> None:
        self._value = value


class TimePartition(_Labelled):
    """A partition in time.

    Args:
        value: When, or the input that says so; None if it is said later.
        op: How `other` is applied to it.
        other: How much earlier or later.
        granularity: How long it is, of `Granularity`.

    Raises:
        ValueError: the value is text.
    """

    def __init__(
        self, value: Any, op: Any = None, other: timedelta | None = None, granularity: int = Granularity.DAY
    ) -> None:
        if isinstance(value, str):
            raise ValueError(f"value to a time partition shouldn't be a str {value}")  # noqa: TRY004 flytekit's
        if is_input_binding(value):
            value = Label.of_binding(value)
        elif hasattr(value, "tzinfo"):
            value = Label.of_time(value)
        self._value = value
        self.op = op
        self.other = other
        self.reference_artifact: Any = None
        self.granularity = granularity

    def _moved(self, operator: int, other: timedelta) -> TimePartition:
        moved = TimePartition(self._value, op=operator, other=other, granularity=self.granularity)
        moved.reference_artifact = self.reference_artifact
        return moved

    def __add__(self, other: timedelta) -> TimePartition:
        return self._moved(1, other)  # of `flyteidl.core.Operator`, PLUS

    def __sub__(self, other: timedelta) -> TimePartition:
        return self._moved(0, other)

    def __rich_repr__(self) -> Iterator[tuple[str, str]]:
        value = self.value
        if value and value.HasField("time_value"):
            yield "Time Partition", str(value.time_value.ToDatetime())
        elif value and value.HasField("input_binding"):
            yield "Time Partition (bound to)", value.input_binding.var
        else:
            yield "Time Partition", "unspecified"

    def _repr_html_(self) -> str:
        return "".join(str(part) for part in self.__rich_repr__())

    def to_flyte_idl(self, **kwargs: Any) -> Any:
        """The message of `flyteidl`."""
        from wingbeat.authoring.artifact_query import Serializer

        return Serializer.time_partition_to_idl(self, **kwargs)


class Partition(_Labelled):
    """One partition: its name and its value, None if that is said later."""

    def __init__(self, value: Any, name: str) -> None:
        self.name = name
        self._value = value
        self.reference_artifact: Any = None

    def __rich_repr__(self) -> Iterator[tuple[str, Any]]:
        yield self.name, self.value

    def _repr_html_(self) -> str:
        return "".join(f"{name}: {value}" for name, value in self.__rich_repr__())


class Partitions:
    """Partitions by name; also by attribute. Values are text, names of inputs, or `Partition`s."""

    def __init__(self, partitions: Mapping[str, Any] | None) -> None:
        self._partitions: dict[str, Partition] = {}
        for name, value in (partitions or {}).items():
            if isinstance(value, Partition):
                self._partitions[name] = value
            elif is_input_binding(value):
                self._partitions[name] = Partition(Label.of_binding(value), name=name)
            else:
                self._partitions[name] = Partition(Label("static_value", value), name=name)
        self.reference_artifact: Any = None

    @property
    def partitions(self) -> dict[str, Partition]:
        """The partitions."""
        return self._partitions

    def set_reference_artifact(self, artifact: Any) -> None:
        """Have them be those of an artifact."""
        self.reference_artifact = artifact
        for partition in self._partitions.values():
            partition.reference_artifact = artifact

    def __getattr__(self, item: str) -> Partition:
        partitions = self.__dict__.get("_partitions", {})
        if item in partitions:
            found: Partition = partitions[item]
            return found
        raise AttributeError(f"Partition {item} not found in {type(self).__name__}")

    def __rich_repr__(self) -> Iterator[Any]:
        if self._partitions:
            yield "Partitions", ", ".join(str(next(one.__rich_repr__())) for one in self._partitions.values())
        else:
            yield ""

    def _repr_html_(self) -> str:
        return ", ".join(str(part) for part in self.__rich_repr__())

    def to_flyte_idl(self, **kwargs: Any) -> Any:
        """The message of `flyteidl`."""
        from wingbeat.authoring.artifact_query import Serializer

        return Serializer.partitions_to_idl(self, **kwargs)


def idl_partitions_from_dict(p: Mapping[str, str] | None = None) -> Any:
    """Partitions as a message of `flyteidl`; None if there are none."""
    if not p:
        return None
    values = {name: messages().LabelValue(static_value=value) for name, value in p.items()}
    return messages().Partitions(value=values)


def idl_time_partition_from_datetime(tp: datetime | None = None, time_partition_granularity: int | None = None) -> Any:
    """A partition in time as a message of `flyteidl`; None if there is none."""
    if not tp:
        return None
    value = Label.of_time(tp).to_flyte_idl()
    return messages().TimePartition(value=value, granularity=time_partition_granularity)


def is_input_binding(value: object) -> bool:
    """Whether it names an input: ours, or the message of `flyteidl`."""
    return isinstance(value, InputBinding) or type(value).__name__ == "InputBindingData"


def messages() -> Any:
    """`flyteidl.core.artifact_id_pb2`."""
    from wingbeat.idl import raw

    return raw.messages("core.artifact_id_pb2")
