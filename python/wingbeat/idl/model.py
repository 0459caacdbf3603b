"""The adapter behind every class of this package: a declared list of fields, converted by the protobuf descriptor.

A class says the message it stands for and its fields; constructor, properties and both conversions follow from that.
Protobuf is imported by the first conversion, not by the import of a class.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from typing_extensions import Self, dataclass_transform
else:

    def dataclass_transform(**_: object) -> Callable[[type], type]:
        """Stands in for what only type checkers look at."""
        return lambda cls: cls


class _Missing:
    """The default of a field that must be given."""


class FieldSpec:
    """One field of a model. See `field`."""

    __slots__ = ("adapt", "always", "default", "empty_is_none", "name", "omit_empty", "proto", "raw", "wrapped")

    def __init__(
        self,
        default: Any,
        proto: str,
        adapt: Callable[[Any], Any] | None,
        always: bool,
        empty_is_none: bool,
        omit_empty: bool,
        raw: bool,
        wrapped: str,
    ) -> None:
        self.name = ""
        self.default = default
        self.proto = proto
        self.adapt = adapt
        self.always = always
        self.empty_is_none = empty_is_none
        self.omit_empty = omit_empty
        self.raw = raw
        self.wrapped = wrapped


def field(
    *,
    default: Any = _Missing,
    proto: str = "",
    adapt: Callable[[Any], Any] | None = None,
    always: bool = False,
    empty_is_none: bool = False,
    omit_empty: bool = False,
    raw: bool = False,
    wrapped: str = "",
) -> Any:
    """Declare a field that differs from the rule "the protobuf field of the same name".

    `proto` is the protobuf field's name; `adapt` is applied to every value that is set; `always` reads a sub-message
    although it is absent; `empty_is_none` reads an empty value as None; `omit_empty` does not write an empty value;
    `raw` keeps the protobuf object; `wrapped` names the only field of a message that the model does not show
    (`VariableMap.variables`).
    """
    return FieldSpec(default, proto, adapt, always, empty_is_none, omit_empty, raw, wrapped)


#: Full protobuf name -> model.
_MODELS: dict[str, type[Model]] = {}


@dataclass_transform(field_specifiers=(field,), eq_default=False)
class Model:
    """One message of `flyteidl`, as transformers see it; flytekit's `FlyteIdlEntity`.

    Two models are equal if their messages are. `repr` is the protobuf text. Fields may be assigned. A class without
    a message of its own has the fields of its base, or none and writes both conversions itself.
    """

    _package = ""
    _module = ""
    _path = ""
    _fields: tuple[FieldSpec, ...] = ()

    def __init_subclass__(cls, proto: str = "", package: str = "core") -> None:
        """`proto` is the module below `flyteidl.<package>` and the message's name there: `literals_pb2.Scalar`."""
        if not proto:
            return
        cls._package = package
        cls._module, _, cls._path = proto.partition(".")
        cls._fields = tuple(_declare(cls, name) for name in cls.__annotations__)
        _MODELS[f"flyteidl.{package}.{cls._path}"] = cls

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kind = type(self).__name__
        fields = self._fields
        if len(args) > len(fields):
            raise TypeError(f"{kind} takes {len(fields)} arguments, got {len(args)}")
        for spec, value in zip(fields, args, strict=False):
            if spec.name in kwargs:
                raise TypeError(f"{kind} got two values for {spec.name!r}")
            setattr(self, spec.name, value)
        for spec in fields[len(args) :]:
            value = kwargs.pop(spec.name, spec.default)
            if value is _Missing:
                raise TypeError(f"{kind} needs an argument {spec.name!r}")
            setattr(self, spec.name, value)
        if kwargs:
            raise TypeError(f"{kind} has no field {next(iter(kwargs))!r}")

    def to_flyte_idl(self) -> Any:
        """The protobuf message."""
        message, _, writers = _plan(type(self))
        content = {}
        for spec, write in writers:
            value = getattr(self, spec.name)
            if value is not None and (value or not spec.omit_empty):
                content[spec.proto] = write(value)
        return message(**content)

    @classmethod
    def from_flyte_idl(cls, pb: Any) -> Self:
        """The model of a protobuf message."""
        _, readers, _ = _plan(cls)
        return cls(*(read(pb) for read in readers))

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """The model of a serialized message. Raises `ValueError` if the bytes are none."""
        from google.protobuf.message import DecodeError

        message, _, _ = _plan(cls)
        try:
            parsed = message.FromString(data)
        except DecodeError as error:
            raise ValueError(f"not a serialized {cls.__name__}: {error}") from error
        return cls.from_flyte_idl(parsed)

    def serialize_to_string(self) -> bytes:
        """The serialized message."""
        data: bytes = self.to_flyte_idl().SerializeToString()
        return data

    @property
    def is_empty(self) -> bool:
        """Whether nothing is set."""
        return not self.serialize_to_string()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Model):
            return NotImplemented
        return bool(self.to_flyte_idl() == other.to_flyte_idl())

    def __hash__(self) -> int:
        return hash(self.to_flyte_idl().SerializeToString(deterministic=True))

    def __repr__(self) -> str:
        return str(self.to_flyte_idl())

    def __str__(self) -> str:
        return self.short_string()

    def short_string(self) -> str:
        """An indented dump, with long values cut."""
        from wingbeat.idl.dump import dump

        text = dump(self.to_flyte_idl(), 2).rstrip("\n")
        return f"Flyte Serialized object ({type(self).__name__}):\n{text}"

    def _repr_html_(self) -> str:
        """For notebooks."""
        from wingbeat.idl.dump import dump

        text = dump(self.to_flyte_idl(), 0).rstrip("\n")
        return f"<h4>{type(self).__name__}</h4><pre>{text}</pre>"


def _declare(cls: type[Model], name: str) -> FieldSpec:
    """The specification of a field, whose place in the class a property takes.

    The value is kept under the underscored protobuf name, because plugins written for flytekit assign to `_uri`,
    `_metadata`, `_structure` and the like.
    """
    default = cls.__dict__.get(name, _Missing)
    spec = default if isinstance(default, FieldSpec) else field(default=default)
    spec.name = name
    spec.proto = spec.proto or name
    slot = "_" + spec.proto
    adapt = spec.adapt

    def get(self: Model) -> Any:
        # A default for objects that an older version has pickled.
        return self.__dict__.get(slot)

    def put(self: Model, value: Any) -> None:
        self.__dict__[slot] = value

    def put_adapted(self: Model, value: Any) -> None:
        self.__dict__[slot] = adapt(value)  # type: ignore[misc]

    setattr(cls, name, property(get, put if adapt is None else put_adapted))
    return spec


#: Model -> message class, readers and writers.
_PLANS: dict[type[Model], tuple[Any, tuple[Any, ...], tuple[Any, ...]]] = {}


def _plan(cls: type[Model]) -> tuple[Any, tuple[Any, ...], tuple[Any, ...]]:
    """How a model is converted. Made once, from the descriptor of its message."""
    found = _PLANS.get(cls)
    if found is None:
        from wingbeat.idl.convert import reader, writer

        message: Any = __import__(f"flyteidl.{cls._package}.{cls._module}", fromlist=(cls._module,))
        for part in cls._path.split("."):
            message = getattr(message, part)
        fields = message.DESCRIPTOR.fields_by_name
        readers = tuple(reader(spec, fields[spec.proto], _MODELS) for spec in cls._fields)
        writers = tuple((spec, writer(spec, fields[spec.proto])) for spec in cls._fields)
        found = _PLANS[cls] = (message, readers, writers)
    return found
