"""What stands for a name of flytekit's that wingbeat does not cover: importing it is fine, using it is not.

Whoever uses one gets `NotCovered`, and flytekit itself runs the task.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

__all__ = ["Placeholder", "exception_placeholder", "is_placeholder", "placeholder"]


class Placeholder:
    """Can be held, compared with itself, hashed, shown and pickled. Everything else raises `NotCovered`."""

    __slots__ = ("__dict__",)

    def __init__(self, name: str, reason: str) -> None:
        module, _, short = name.rpartition(".")
        # `__name__` and the like as a class has them: what shows or documents objects reads them.
        self.__dict__.update(__module__=module, __name__=short, __qualname__=short, __reason=reason)

    def __repr__(self) -> str:
        return f"<{self.__dict__['__module__']}.{self.__dict__['__name__']}, which wingbeat does not cover>"

    def __reduce__(self) -> tuple[Any, ...]:
        from wingbeat.flytekit_compat.resolve import resolve

        return resolve, (self.__dict__["__module__"], self.__dict__["__name__"])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__") and name != "__bases__":  # `issubclass` reads them
            raise AttributeError(f"{self!r} has no attribute {name!r}")
        self.__wingbeat_refuse__(f".{name}")

    def __eq__(self, other: object) -> bool:
        """Compared with types by `typing`, with plain values only by who takes this for one."""
        return other is self or (isinstance(other, (str, bytes, int, float, tuple)) and self.__wingbeat_refuse__())

    def __hash__(self) -> int:
        return id(self) >> 4

    def __wingbeat_refuse__(self, member: str = "") -> NoReturn:
        """Raises NotCovered, for this name or something of it."""
        from wingbeat.exceptions import NotCovered

        own = self.__dict__
        raise NotCovered(f"{own['__module__']}.{own['__name__']}{member}", own["__reason"])


def _refuse(self: Placeholder, *_: object, **__: object) -> NoReturn:
    self.__wingbeat_refuse__()


#: What can be done with an object, as the names of the methods that Python looks up in its class.
_USES = """
    call mro_entries instancecheck subclasscheck setattr delattr
    getitem setitem delitem contains iter next reversed len bool str bytes format int float complex index fspath
    enter exit aenter aexit aiter anext await
    lt le gt ge add radd sub rsub mul rmul matmul rmatmul truediv rtruediv floordiv rfloordiv mod rmod pow rpow
    and rand or ror xor rxor lshift rlshift rshift rrshift neg pos abs invert
"""
for _use in _USES.split():
    setattr(Placeholder, f"__{_use}__", _refuse)


class UncoveredException(type):
    """The class of placeholders for exceptions, so that `except` clauses may name them: nobody raises them."""

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> UncoveredException:
        for base in bases:
            if isinstance(base, UncoveredException):
                _refuse_class(base)
        return super().__new__(cls, name, bases, namespace)

    def __call__(cls, *args: object, **kwargs: object) -> Any:
        """Raises NotCovered."""
        _refuse_class(cls)


def _refuse_class(cls: UncoveredException) -> NoReturn:
    from wingbeat.exceptions import NotCovered
    from wingbeat.flytekit_compat.names.reasons import reason_for

    raise NotCovered(f"{cls.__module__}.{cls.__name__}", reason_for(cls.__module__))


#: Placeholders by the name of what they stand for, where flytekit makes it: one object under all of its names.
_placeholders: dict[str, Placeholder] = {}
_exceptions: dict[str, Any] = {}


def placeholder(home: str, asked: str, reason: str = "") -> Placeholder:
    """What stands for the name.

    Args:
        home: its full name where flytekit makes it.
        asked: the name it is called in messages, if nobody has asked for it before.
        reason: why it is not covered; empty where the name or its module says enough.
    """
    from wingbeat.flytekit_compat.names.reasons import reason_for

    if home not in _placeholders:
        _placeholders.setdefault(home, Placeholder(asked, reason or reason_for(home.rpartition(".")[0])))
    return _placeholders[home]


def exception_placeholder(home: str, module: str) -> type[Exception]:
    """What stands for a class of exceptions."""
    if home not in _exceptions:
        name = home.rpartition(".")[2]
        _exceptions.setdefault(home, UncoveredException(name, (Exception,), {"__module__": module}))
    return _exceptions[home]


def is_placeholder(value: object) -> bool:
    """Whether the object only stands for something that is not covered."""
    return type(value) is Placeholder or type(value) is UncoveredException
