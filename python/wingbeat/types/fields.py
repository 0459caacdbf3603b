"""The fields of a dataclass or named tuple: types with string annotations resolved, and how an instance is made."""

from __future__ import annotations

import sys

from wingbeat.types.hints import arguments, is_annotated, origin
from wingbeat.types.unsupported import refuse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def fields(cls: type) -> list[Any]:
    """The `dataclasses.Field` objects in order, without `ClassVar` and `InitVar`."""
    return [field for field in cls.__dataclass_fields__.values() if _role(field) == "_FIELD"]  # type: ignore[attr-defined]


def _role(field: Any) -> str:
    return field._field_type.name or "_FIELD"


def has_init_var(cls: type) -> bool:
    """Whether the class takes a parameter that it does not keep."""
    return any(_role(field) == "_FIELD_INITVAR" for field in cls.__dataclass_fields__.values())  # type: ignore[attr-defined]


def is_missing(default: Any) -> bool:
    """Whether a default is `dataclasses.MISSING`. By name, because cloudpickle makes a second one."""
    return type(default).__name__ == "_MISSING_TYPE"


def field_types(cls: type, where: str) -> Mapping[str, Any]:
    """The type of each field by name.

    `typing.get_type_hints` is asked only if an annotation is a string, or holds one: importing `typing` and
    evaluating costs more than most tasks.
    """
    found = fields(cls)
    if not any(_is_postponed(field.type) for field in found):
        return {field.name: field.type for field in found}
    import typing

    try:
        try:
            return typing.get_type_hints(cls, include_extras=True)
        except NameError:
            # A class that is local to a function can at least name itself.
            return typing.get_type_hints(cls, localns={cls.__name__: cls}, include_extras=True)
    except NameError as error:
        reason = f"an annotation cannot be resolved: {error}"
        refuse(cls, where, reason, "define the name at module level, where the class is")
    except (SyntaxError, TypeError) as error:
        refuse(cls, where, f"an annotation cannot be resolved: {error}")


def item_types(cls: type) -> Mapping[str, Any]:
    """The type of each item of a named tuple by name; an item without annotation has none."""
    if not any(isinstance(one, str) or type(one).__name__ == "ForwardRef" for one in cls.__annotations__.values()):
        return cls.__annotations__
    import typing

    return typing.get_type_hints(cls, include_extras=True)


def without_annotations(types: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same types without `Annotated`, which flytekit does not see in the fields of a dataclass."""
    if not any(_mentions_annotated(hint) for hint in types.values()):
        return types
    import typing

    return typing.get_type_hints(type("_", (), {"__annotations__": dict(types)}))


def _mentions_annotated(hint: Any) -> bool:
    return is_annotated(hint) or any(_mentions_annotated(argument) for argument in arguments(hint))


def _is_postponed(hint: Any) -> bool:
    if isinstance(hint, str) or type(hint).__name__ == "ForwardRef":
        return True
    if isinstance(hint, type) and origin(hint) is None:
        return False
    return any(_is_postponed(argument) for argument in arguments(hint) if not _is_literal_value(hint))


def _is_literal_value(hint: Any) -> bool:
    return getattr(getattr(hint, "__origin__", None), "_name", None) == "Literal"


def is_direct(cls: Any) -> bool:
    """Whether an instance may be made without calling the class, by setting its fields.

    Only if nothing of the user's would have run: `__init__` and a frozen class's `__setattr__` are the generated ones.
    Fields with `init=False` are left to the generated `__init__`, which knows when to set their defaults.
    """
    return (
        _is_generated(cls.__dict__.get("__init__"))
        and not hasattr(cls, "__post_init__")
        and cls.__new__ is object.__new__
        and (cls.__setattr__ is object.__setattr__ or _is_generated(cls.__setattr__))
        and type(cls).__call__ is type.__call__
        and not has_init_var(cls)
        and all(field.init for field in fields(cls))
    )


def _is_generated(function: Any) -> bool:
    """Whether `dataclasses` made this function: it does so by `exec`, inside a function of its own."""
    code = getattr(function, "__code__", None)
    if code is None or code.co_filename != "<string>":
        return False
    # `python -c` code has that file name too.
    if sys.version_info >= (3, 11):
        return code.co_qualname.startswith("__create_fn__")
    # Python 3.10 has no qualified name here. What `exec` is given begins the function in its second line; a method of a
    # decorated class stands further down.
    return code.co_firstlineno == 2


def is_json_mixin(cls: type) -> bool:
    """Whether mashumaro's JSON mixin is among the bases: flytekit then writes the class by way of JSON."""
    return any(
        base.__name__ == "DataClassJSONMixin" and base.__module__.startswith("mashumaro") for base in cls.__mro__
    )


def own_form(cls: type) -> str:
    """Why the packed form of a class is its own affair, or an empty string.

    flytekit's serializer, mashumaro, asks every dataclass for these, also one that does not import it.
    """
    for hook in ("__pre_serialize__", "__post_serialize__", "__pre_deserialize__", "__post_deserialize__"):
        found = getattr(cls, hook, None)
        if found is not None and not getattr(found, "__module__", "").startswith("mashumaro"):
            return f"it has mashumaro's {hook}"
    base = getattr(sys.modules.get("mashumaro.config"), "BaseConfig", None)
    config = getattr(cls, "Config", None)
    if base is not None and isinstance(config, type) and config is not base and issubclass(config, base):
        return "it has a mashumaro Config"
    if is_serializable(cls):
        return "it is a mashumaro SerializableType"
    for field in fields(cls):
        for option in ("serialize", "deserialize", "serialization_strategy", "alias"):
            if option in field.metadata:
                return f"its field {field.name!r} has the mashumaro option {option!r}"
    return ""


def is_serializable(cls: Any) -> bool:
    """Whether mashumaro's interface for classes that convert themselves is among the bases."""
    return isinstance(cls, type) and any(
        base.__name__ in ("SerializableType", "GenericSerializableType") and base.__module__.startswith("mashumaro")
        for base in cls.__mro__
    )


def required_init_vars(cls: type) -> list[str]:
    """The parameters that the class does not keep and that have no default."""
    return [
        field.name
        for field in cls.__dataclass_fields__.values()  # type: ignore[attr-defined]
        if _role(field) == "_FIELD_INITVAR" and is_missing(field.default) and is_missing(field.default_factory)
    ]
