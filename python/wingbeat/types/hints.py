"""What a type hint is, told without importing `typing`, `enum`, `dataclasses` or `datetime`.

Importing those costs more than running a small task. A hint that comes from one of them can only exist when somebody
else has already imported the module, so it is enough to look into `sys.modules` and at the attributes of the hint.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable
    from typing import Any

UnionType = type(int | str)
NoneType = type(None)

_TYPING = ("typing", "typing_extensions")


def origin(hint: Any) -> Any:
    """`list` of `list[int]` and `typing.List[int]`; None for a plain class."""
    return None if isinstance(hint, type) and not is_alias(hint) else getattr(hint, "__origin__", None)


def is_alias(hint: Any) -> bool:
    """Whether `hint` is a subscribed builtin, which on Python 3.10 is an instance of `type` too."""
    return type(hint) is _GenericAlias


_GenericAlias = type(list[int])


def arguments(hint: Any) -> tuple[Any, ...]:
    """`(int,)` of `list[int]`; empty for what is not subscribed."""
    found = getattr(hint, "__args__", ())
    # Python 3.10 spells the empty tuple type `((),)`.
    return () if found == ((),) else tuple(found)


def is_subscribed(hint: Any) -> bool:
    """Whether the hint has brackets: `tuple[()]` and `list[int]` do, `typing.List` does not."""
    return getattr(hint, "__args__", None) is not None and origin(hint) is not None


def form(thing: Any) -> str:
    """The name of a special form of `typing` (`Union`, `Literal`, `Final`, ...), else an empty string."""
    if type(thing).__module__ in _TYPING:
        return getattr(thing, "_name", None) or ""
    return ""


def is_union(hint: Any) -> bool:
    """`Union[A, B]`, `Optional[A]` and `A | B`."""
    return type(hint) is UnionType or form(getattr(hint, "__origin__", None)) in ("Union", "Optional")


def is_literal(hint: Any) -> bool:
    """`typing.Literal[...]`."""
    return form(getattr(hint, "__origin__", None)) == "Literal"


def is_annotated(hint: Any) -> bool:
    """`typing.Annotated[T, ...]`; `hint.__origin__` is then `T`."""
    return type(hint).__name__ == "_AnnotatedAlias" and hasattr(hint, "__metadata__")


def is_any(hint: Any) -> bool:
    """`typing.Any`."""
    return any(hint is getattr(sys.modules.get(name), "Any", sys) for name in _TYPING)


def outer_class(hint: Any) -> Any:
    """`list` for `list`, `list[T]` and a subclass of `list`; the hint itself for anything else.

    A subscripted class counts as its base, a subscripted name of `typing` does not: flytekit does not look for the
    bases of `typing.OrderedDict[str, int]`.
    """
    outer = origin(hint)
    if outer is not None and not is_alias(hint):
        return outer
    cls = hint if outer is None else outer
    if isinstance(cls, type) and not is_dataclass(cls):
        for kind in (list, dict, tuple):
            if issubclass(cls, kind):
                return kind
    return cls


def is_odd_container(hint: Any) -> bool:
    """A subscripted subclass of `list` or `dict`, such as `collections.OrderedDict[str, int]`."""
    return is_alias(hint) and outer_class(hint) in (list, dict) and origin(hint) is not outer_class(hint)


def is_pydantic_model(hint: Any) -> bool:
    """A subclass of `pydantic.BaseModel`, or that class itself."""
    base = getattr(sys.modules.get("pydantic.main"), "BaseModel", None)
    return base is not None and isinstance(hint, type) and not is_alias(hint) and issubclass(hint, base)


def is_typed_dict(hint: Any) -> bool:
    """A `TypedDict`."""
    return type(hint).__name__ == "_TypedDictMeta"


def is_enum(hint: Any) -> bool:
    """A subclass of `enum.Enum`."""
    # Another thread may be importing it: half a module has no `Enum`, and `hint` is none then.
    base = getattr(sys.modules.get("enum"), "Enum", None)
    return base is not None and isinstance(hint, type) and not is_alias(hint) and issubclass(hint, base)


def is_flag(hint: type) -> bool:
    """A subclass of `enum.Flag`: its values combine, so its members are not all of its values."""
    return issubclass(hint, sys.modules["enum"].Flag)


def is_dataclass(hint: Any) -> bool:
    """A dataclass, itself and not an instance."""
    return isinstance(hint, type) and not is_alias(hint) and hasattr(hint, "__dataclass_fields__")


def is_named_tuple(hint: Any) -> bool:
    """A class made by `typing.NamedTuple` or `collections.namedtuple`."""
    return isinstance(hint, type) and not is_alias(hint) and issubclass(hint, tuple) and hasattr(hint, "_fields")


def is_type_var(hint: Any) -> bool:
    """A `TypeVar`."""
    return type(hint).__name__ == "TypeVar" and hasattr(hint, "__constraints__")


def is_type_alias(hint: Any) -> bool:
    """A `type X = ...` statement's `X` (PEP 695)."""
    return type(hint).__name__ == "TypeAliasType"


def home(hint: Any) -> tuple[str, str]:
    """Module and qualified name of a class, to recognise one whose module may not be imported."""
    if not isinstance(hint, type) or is_alias(hint):
        return ("", "")
    # Python 3.13 moved the classes of `pathlib` into a private module.
    return (hint.__module__.removesuffix("._local"), hint.__qualname__)


def name(hint: Any) -> str:
    """How messages spell a hint: `Point`, `list[int]`, `str | None`."""
    if hint is None or hint is NoneType:
        return "None"
    if isinstance(hint, type) and not is_alias(hint):
        return hint.__qualname__.rpartition("<locals>.")[2]
    if is_union(hint):
        return " | ".join(name(argument) for argument in arguments(hint))
    outer = getattr(hint, "__origin__", None)
    if is_literal(hint):
        return f"Literal[{', '.join(repr(argument) for argument in arguments(hint))}]"
    if is_annotated(hint):
        return name(outer)
    if isinstance(outer, type) and is_subscribed(hint):
        inner = ", ".join("..." if argument is ... else name(argument) for argument in arguments(hint))
        return f"{name(outer)}[{inner or '()'}]"
    return getattr(hint, "__name__", None) or repr(hint).removeprefix("typing.")


def cache_key(hint: Any) -> Hashable:
    """A key under which two hints are equal only if they mean the same, in the same order.

    `Union[int, str] == Union[str, int]` and `list[Literal[1]] == list[Literal[True]]` hold in Python; the codecs
    differ. Raises `TypeError` for a hint that cannot be hashed.
    """
    if isinstance(hint, type) and not is_alias(hint):
        return hint
    if not is_subscribed(hint) and type(hint) is not UnionType:
        hash(hint)
        return (type(hint), hint)
    inner = tuple(cache_key(argument) for argument in arguments(hint))
    return (type(hint), getattr(hint, "__origin__", None), inner, getattr(hint, "__metadata__", None))
