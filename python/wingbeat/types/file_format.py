"""The formats of files and folders: what `FlyteFile["csv"]` means (type-system spec 2.15)."""

from __future__ import annotations

from wingbeat.types.hints import is_annotated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    C = TypeVar("C", bound=type)

__all__ = ["FileExt"]


class FileExt:
    """A format, to be attached to `str`: `FlyteFile[Annotated[str, FileExt("tar.gz")]]`."""

    def __init__(self, ext: str) -> None:
        self._ext = ext

    def __str__(self) -> str:
        return self._ext

    def __repr__(self) -> str:
        return self._ext

    @staticmethod
    def check_and_convert_to_str(item: Any) -> str:
        """The text of what is in the brackets. Raises `ValueError` if it is annotated and not a `str`."""
        if not is_annotated(item):
            return str(item)
        if item.__origin__ is str:
            return str(item.__metadata__[0])
        raise ValueError("Underlying type of File Extension must be of type <str>")


class _NotSubscriptable:
    """Hides `__class_getitem__`: a type with a format takes no other, and mashumaro must not look for its arguments."""

    def __get__(self, instance: object, owner: type) -> Any:
        raise AttributeError("__class_getitem__")


#: Base class and format -> the class. Asking twice gives the same class, so that instances of it are comparable.
_classes: dict[tuple[type, str], Any] = {}


def with_format(base: C, item: Any) -> C:
    """The subclass of `base` for a format: a text, a `TypeVar` or `Annotated[str, FileExt(...)]`.

    `base` itself if there is nothing in it. Raises `ValueError` as `check_and_convert_to_str` does.
    """
    text = "" if item is None else FileExt.check_and_convert_to_str(item).strip().lstrip("~").lstrip(".")
    if not text:
        return base
    found = _classes.get((base, text))
    if found is None:
        found = _classes[base, text] = _subclass(base, text)
    made: C = found
    return made


def _subclass(base: Any, text: str) -> Any:
    def extension(_: type) -> str:
        """The format."""
        return text

    name = f"{base.__qualname__}[{text!r}]"
    members = {
        "__module__": base.__module__,
        "__qualname__": name,
        "__origin__": base,
        "__class_getitem__": _NotSubscriptable(),
        "extension": classmethod(extension),
    }
    return type(base)(name, (base,), members)


def origin_and_format(cls: Any) -> tuple[type, str]:
    """What `with_format` makes the class of again; a class without a format is its own origin."""
    found = vars(cls).get("__origin__")
    return (found, cls.extension()) if isinstance(found, type) else (cls, "")


def empty(base: Any, text: str) -> Any:
    """An object of a type with this format, nothing set: what unpickling begins with."""
    cls = with_format(base, text)
    return cls.__new__(cls)
