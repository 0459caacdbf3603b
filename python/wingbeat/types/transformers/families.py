"""flytekit's classes for the families of types that wingbeat converts by itself, for code that names or extends them.

Each converts by the compiled codec, and knows nothing of a transformer that is registered for the type itself: a
subclass that a user registers for a class of its own may call the methods that it overrides.
"""

from __future__ import annotations

import datetime
import enum
import typing
from typing import TYPE_CHECKING, Any

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types.annotation import FlyteAnnotation
from wingbeat.types.hints import NoneType, arguments, is_annotated, is_union
from wingbeat.types.transformer import AsyncTypeTransformer
from wingbeat.types.transformers.builtin import BuiltinTransformer

if TYPE_CHECKING:
    from collections.abc import Callable

    from wingbeat.idl import Literal, LiteralType

__all__ = [
    "BoolTransformer",
    "DataclassTransformer",
    "DateTransformer",
    "DatetimeTransformer",
    "DictTransformer",
    "EnumTransformer",
    "FloatTransformer",
    "IntTransformer",
    "ListTransformer",
    "LiteralTypeTransformer",
    "NoneTransformer",
    "PydanticTransformer",
    "StrTransformer",
    "TimedeltaTransformer",
    "UnionTransformer",
    "family",
]

IntTransformer = BuiltinTransformer("int", int)
FloatTransformer = BuiltinTransformer("float", float)
BoolTransformer = BuiltinTransformer("bool", bool)
StrTransformer = BuiltinTransformer("str", str)
DatetimeTransformer = BuiltinTransformer("datetime", datetime.datetime)
TimedeltaTransformer = BuiltinTransformer("timedelta", datetime.timedelta)
DateTransformer = BuiltinTransformer("date", datetime.date)
NoneTransformer = BuiltinTransformer("none", NoneType)


class AsyncBuiltinTransformer(BuiltinTransformer, AsyncTypeTransformer[Any]):
    """With coroutines, as flytekit's; those that a subclass does not override wait for nothing."""

    async def async_to_literal(
        self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType | None = None
    ) -> Literal:
        """The literal of a value. Raises `TypeTransformerFailedError` if it does not fit `python_type`."""
        return BuiltinTransformer.to_literal(self, ctx, python_val, python_type, expected)

    async def async_to_python_value(self, ctx: Any, lv: Literal, expected_python_type: Any) -> Any:
        """The value of a literal. Raises `TypeTransformerFailedError` if it does not fit the type."""
        return BuiltinTransformer.to_python_value(self, ctx, lv, expected_python_type)

    def to_literal(self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType | None = None) -> Literal:
        """The literal of a value. Raises `TypeTransformerFailedError` if it does not fit `python_type`."""
        if type(self).async_to_literal is AsyncBuiltinTransformer.async_to_literal:
            return BuiltinTransformer.to_literal(self, ctx, python_val, python_type, expected)
        return AsyncTypeTransformer.to_literal(self, ctx, python_val, python_type, expected)  # type: ignore[arg-type]

    def to_python_value(self, ctx: Any, lv: Literal, expected_python_type: Any) -> Any:
        """The value of a literal. Raises `TypeTransformerFailedError` if it does not fit the type."""
        if type(self).async_to_python_value is AsyncBuiltinTransformer.async_to_python_value:
            return BuiltinTransformer.to_python_value(self, ctx, lv, expected_python_type)
        return AsyncTypeTransformer.to_python_value(self, ctx, lv, expected_python_type)


class DataclassTransformer(BuiltinTransformer):
    """Dataclasses, as msgpack."""

    def __init__(self) -> None:
        super().__init__("Object-Dataclass-Transformer", object)


class EnumTransformer(BuiltinTransformer):
    """Enums whose values are strings."""

    def __init__(self) -> None:
        super().__init__("DefaultEnumTransformer", enum.Enum)


class LiteralTypeTransformer(BuiltinTransformer):
    """`typing.Literal`."""

    def __init__(self) -> None:
        super().__init__("LiteralTypeTransformer", object)

    @classmethod
    def get_base_type(cls, t: Any) -> type:
        """The type of the allowed values. Raises `TypeTransformerFailedError` if there is none, or more than one."""
        kinds = {type(value) for value in typing.get_args(t)}
        if not kinds:
            raise TypeTransformerFailedError("Literal must have at least one value")
        if len(kinds) > 1:
            raise TypeTransformerFailedError("All values must be of the same type")
        return kinds.pop()


class PydanticTransformer(BuiltinTransformer):
    """pydantic's models, as msgpack."""

    def __init__(self) -> None:
        super().__init__("Pydantic Transformer", __import__("pydantic").BaseModel)


class ListTransformer(AsyncBuiltinTransformer):
    """Lists that say what they hold."""

    def __init__(self) -> None:
        super().__init__("Typed List", list)

    @staticmethod
    def get_sub_type(t: Any) -> Any:
        """What a list holds. Raises ValueError if it does not say."""
        found = ListTransformer.get_sub_type_or_none(t)
        if found is None:
            raise ValueError("Only generic univariate typing.List[T] type is supported.")
        return found

    @staticmethod
    def get_sub_type_or_none(t: Any) -> Any:
        """What a list holds; None if it does not say."""
        if is_annotated(t):
            return ListTransformer.get_sub_type(t.__origin__)
        return arguments(t)[0] if getattr(t, "__origin__", None) is list and arguments(t) else None


class UnionTransformer(AsyncBuiltinTransformer):
    """Unions, `Optional` among them."""

    def __init__(self) -> None:
        super().__init__("Typed Union", typing.Union)

    @staticmethod
    def is_optional_type(t: Any) -> bool:
        """Whether None is one of the types of a union."""
        return is_union(t) and NoneType in typing.get_args(t)

    @staticmethod
    def get_sub_type_in_optional(t: Any) -> Any:
        """The first type of a union."""
        return typing.get_args(t)[0]


class DictTransformer(AsyncBuiltinTransformer):
    """Dicts: a literal map where keys are declared to be strings, else msgpack."""

    def __init__(self) -> None:
        super().__init__("Typed Dict", dict)

    @staticmethod
    def extract_types(t: Any) -> tuple[Any, ...]:
        """The types of keys and values, (None, None) if they are not declared. Raises ValueError if it is no dict."""
        if t is None or typing.get_origin(t) is None:
            return (None, None)
        if is_annotated(t):
            if any(isinstance(annotation, FlyteAnnotation) for annotation in t.__metadata__):
                raise ValueError(
                    "Flytekit does not currently have support for FlyteAnnotations applied to dicts. "
                    f"{t} cannot be parsed."
                )
            return DictTransformer.extract_types(t.__origin__)
        if typing.get_origin(t) is not dict:
            raise ValueError(f"Trying to extract dictionary type information from a non-dict type {t}")
        return typing.get_args(t)

    @staticmethod
    def is_pickle(python_type: Any) -> bool:
        """Whether a dict is annotated with `kwtypes(allow_pickle=True)`."""
        from wingbeat.types.annotated import allows_pickle

        return is_annotated(python_type) and allows_pickle(python_type)


#: Name of a family -> class.
_FAMILIES: dict[str, Callable[[], BuiltinTransformer]] = {
    "Object-Dataclass-Transformer": DataclassTransformer,
    "DefaultEnumTransformer": EnumTransformer,
    "LiteralTypeTransformer": LiteralTypeTransformer,
    "Pydantic Transformer": PydanticTransformer,
    "Typed List": ListTransformer,
    "Typed Union": UnionTransformer,
    "Typed Dict": DictTransformer,
}


def family(name: str, hint: Any) -> BuiltinTransformer:
    """The transformer of a family; of a simple type one of its own."""
    made = _FAMILIES.get(name)
    return BuiltinTransformer(name, hint) if made is None else made()
