"""Records: what flytekit has as dataclasses, without loading `dataclasses` for it.

A task's module makes many of them while it is imported (`Resources`, `Secret`, `ImageSpec` …), and few programs ever
ask for the fields of one. What `dataclasses` wants to know of a class is made for those that do.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from typing_extensions import Self


class _Described:
    """A class attribute that `dataclasses` looks for, taken from a dataclass made when it is first asked for."""

    def __init__(self, attribute: str) -> None:
        self._attribute = attribute

    def __get__(self, instance: object, owner: type[Record]) -> Any:
        return getattr(_twin(owner), self._attribute)


class Record:
    """Base of the records: equal if class and fields are, shown with all fields, known to `dataclasses` and `match`.

    A subclass writes its own `__init__`, whose parameters are the fields, in order. It assigns each to an attribute of
    its name; defaults are attributes of the class too, as of a dataclass.
    """

    if TYPE_CHECKING:
        __match_args__: Any

        def __hash__(self) -> int: ...

    else:
        __match_args__ = ()
        __hash__ = None  # as of any dataclass that can be changed

    __dataclass_fields__ = _Described("__dataclass_fields__")
    __dataclass_params__ = _Described("__dataclass_params__")

    def __init_subclass__(cls) -> None:
        own: Any = cls.__dict__.get("__init__")
        if own is not None:
            names = own.__code__.co_varnames[1 : own.__code__.co_argcount]
            setattr(cls, "__match_args__", names)  # noqa: B010 mypy takes it for a constant
            for name, default in zip(reversed(names), reversed(own.__defaults__ or ()), strict=False):
                if name not in cls.__dict__:
                    setattr(cls, name, default)

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__match_args__)

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__qualname__}({fields})"

    def _replaced(self, **changes: Any) -> Self:
        """A copy, made by the constructor, in which what is given is replaced."""
        return type(self)(**{name: getattr(self, name) for name in self.__match_args__} | changes)


class MessageRecord(Record):
    """A record that is also one of Flyte's messages: a subclass has `to_flyte_idl`, and `str` shows the message."""

    def to_flyte_idl(self) -> Any:
        """The message of `flyteidl`."""
        raise NotImplementedError(f"{type(self).__name__} has no `to_flyte_idl`")

    def serialize_to_string(self) -> bytes:
        """The serialized message."""
        data: bytes = self.to_flyte_idl().SerializeToString()
        return data

    @property
    def is_empty(self) -> bool:
        """Whether nothing is set."""
        return not self.serialize_to_string()

    def short_string(self) -> str:
        """An indented dump, with long values cut."""
        from wingbeat.idl.dump import dump

        text = dump(self.to_flyte_idl(), 2).rstrip("\n")
        return f"Flyte Serialized object ({type(self).__name__}):\n{text}"

    __str__ = short_string


_twins: dict[type, type] = {}


def _twin(cls: type[Record]) -> type:
    """A dataclass with the fields of a record class: names, annotations, defaults."""
    twin = _twins.get(cls)
    if twin is None:
        import dataclasses

        annotations = getattr(cls, "__annotations__", {})
        given: Callable[..., None] = cls.__init__
        defaults = dict(zip(reversed(cls.__match_args__), reversed(given.__defaults__ or ()), strict=False))
        fields: list[Any] = []
        for name in cls.__match_args__:
            hint = annotations.get(name, "object")
            fields.append((name, hint, dataclasses.field(default=defaults[name])) if name in defaults else (name, hint))
        twin = _twins[cls] = dataclasses.make_dataclass(cls.__name__, fields)
    return twin
