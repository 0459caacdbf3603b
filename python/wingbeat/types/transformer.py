"""The base classes of a user's transformers, as flytekit names them (type-system spec 3.4).

class Celsius: ...

class CelsiusTransformer(TypeTransformer[Celsius]):
    def __init__(self):
        super().__init__("Celsius", Celsius)

    def get_literal_type(self, t):
        return LiteralType(simple=SimpleType.FLOAT)

    def to_literal(self, ctx, python_val, python_type, expected):
        return Literal(scalar=Scalar(primitive=Primitive(float_value=python_val.degrees)))

    def to_python_value(self, ctx, lv, expected_python_type):
        return Celsius(lv.scalar.primitive.float_value)

TypeEngine.register(CelsiusTransformer())
"""

from __future__ import annotations

from wingbeat.errors import RestrictedTypeError, TypeTransformerFailedError
from wingbeat.types.generic import Generic, T
from wingbeat.types.hints import is_alias, is_annotated, name
from wingbeat.types.preview import preview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from wingbeat.idl import Binary, Literal, LiteralType

__all__ = ["AsyncTypeTransformer", "RestrictedTypeTransformer", "SimpleTransformer", "TypeTransformer"]


class TypeTransformer(Generic[T]):
    """Converts one Python type to literals and back.

    A subclass implements `get_literal_type`, `to_literal` and `to_python_value`, and may override the rest. `name` is
    the tag of the type inside a union, so it must not change once values have been stored. `t` is the Python type.
    With `enable_type_assertions`, `assert_type` is called before `to_literal`.
    """

    def __init__(self, name: str, t: type[T], enable_type_assertions: bool = True) -> None:
        self._name = name
        self._t = t
        self._type_assertions_enabled = enable_type_assertions

    @property
    def name(self) -> str:
        """The name: a union variant's tag."""
        return self._name

    @property
    def python_type(self) -> type[T]:
        """The type that it converts."""
        return self._t

    @property
    def is_async(self) -> bool:
        """Whether the `async_` methods are the ones to call."""
        return False

    @property
    def type_assertions_enabled(self) -> bool:
        """Whether `assert_type` is called before `to_literal`."""
        return self._type_assertions_enabled

    def isinstance_generic(self, obj: Any, generic_alias: Any) -> None:
        """Raise `TypeTransformerFailedError` if `obj` is not of the class that is subscripted."""
        container: Any = generic_alias.__origin__
        if not isinstance(obj, container):
            raise TypeTransformerFailedError(f"Value '{preview(obj)}' is not of container type {container}")

    def assert_type(self, t: Any, v: T) -> None:
        """Raise `TypeTransformerFailedError` if `v` is not a `t`. A subscripted type is only asked for its class."""
        if is_alias(t):
            self.isinstance_generic(v, t)
        elif not hasattr(t, "__origin__") and not isinstance(v, t):
            raise TypeTransformerFailedError(f"Expected value of type {t} but got '{preview(v)}' of type {type(v)}")

    def get_literal_type(self, t: type[T]) -> LiteralType:
        """The Flyte type of the Python type `t`."""
        raise NotImplementedError(f"{type(self).__qualname__} does not implement get_literal_type")

    def guess_python_type(self, literal_type: LiteralType) -> type[T]:
        """The Python type that a Flyte type stands for. Raises `ValueError` if it is not this transformer's."""
        raise ValueError("By default, transformers do not translate from Flyte types back to Python types")

    def to_literal(self, ctx: Any, python_val: T, python_type: type[T], expected: LiteralType) -> Literal:
        """The literal of a value, which was declared as `python_type` and whose Flyte type is `expected`."""
        raise NotImplementedError(f"{type(self).__qualname__} does not implement to_literal")

    def to_python_value(self, ctx: Any, lv: Literal, expected_python_type: type[T]) -> T | None:
        """The value of a literal, which was declared as `expected_python_type`."""
        raise NotImplementedError(f"{type(self).__qualname__} does not implement to_python_value")

    def from_binary_idl(self, binary_idl_object: Binary, expected_python_type: type[T]) -> T | None:
        """The value of a msgpack document, read by the rules for the fields of a dataclass.

        For `to_python_value` of a type that is stored as such. Raises `TypeTransformerFailedError` if the format is
        not msgpack or the document does not fit the type.
        """
        from wingbeat.idl import Literal, Scalar

        return _packed(expected_python_type, Literal(scalar=Scalar(binary=binary_idl_object)))

    def from_generic_idl(self, generic: Any, expected_python_type: type[T]) -> T | None:
        """The value of a protobuf `Struct`, the older form of `from_binary_idl`."""
        raise NotImplementedError(f"{type(self).__qualname__} does not implement from_generic_idl")

    def fetches(self, t: type[T]) -> bool:
        """Whether `to_python_value` downloads the whole location of a literal by `ctx.file_access.get_data`.

        If so, the locations of all inputs are downloaded at the same time, before the first is asked for.
        """
        return False

    def schema_match(self, schema: dict[str, Any]) -> bool:
        """Whether a JSON schema is this type's, for `guess_python_type` of a class that has the type as a field."""
        return False

    def to_html(self, ctx: Any, python_val: T, expected_python_type: type[T]) -> str:
        """The value as shown in a deck."""
        return str(python_val)

    def __repr__(self) -> str:
        return f"{self._name} Transforms ({self._t}) to Flyte native"


def _packed(hint: Any, literal: Literal) -> Any:
    from wingbeat._core import Codec
    from wingbeat.types.packed import describe_own
    from wingbeat.types.schema import Packed

    return Codec(Packed(describe_own(hint), False, "")).decode(literal.serialize_to_string())


class AsyncTypeTransformer(TypeTransformer[T]):
    """A transformer whose conversions wait for something. A subclass implements the two `async_` methods."""

    @property
    def is_async(self) -> bool:
        """True."""
        return True

    async def async_to_literal(self, ctx: Any, python_val: T, python_type: type[T], expected: LiteralType) -> Literal:
        """The literal of a value. See `to_literal`."""
        raise NotImplementedError(f"{type(self).__qualname__} does not implement async_to_literal")

    async def async_to_python_value(self, ctx: Any, lv: Literal, expected_python_type: type[T]) -> T | None:
        """The value of a literal. See `to_python_value`."""
        raise NotImplementedError(f"{type(self).__qualname__} does not implement async_to_python_value")

    def to_literal(self, ctx: Any, python_val: T, python_type: type[T], expected: LiteralType) -> Literal:
        """`async_to_literal`, waited for. May be called with or without a running event loop."""
        from wingbeat.types.coroutines import run

        return run(self.async_to_literal, ctx, python_val, python_type, expected)

    def to_python_value(self, ctx: Any, lv: Literal, expected_python_type: type[T]) -> T | None:
        """`async_to_python_value`, waited for. May be called with or without a running event loop."""
        from wingbeat.types.coroutines import run

        return run(self.async_to_python_value, ctx, lv, expected_python_type)


class SimpleTransformer(TypeTransformer[T]):
    """A transformer made of two functions, for a type that is a scalar: value -> literal and literal -> value."""

    def __init__(
        self,
        name: str,
        t: type[T],
        lt: LiteralType,
        to_literal_transformer: Callable[[T], Literal],
        from_literal_transformer: Callable[[Literal], T],
    ) -> None:
        super().__init__(name, t)
        self._lt = lt
        self._to_literal_transformer = to_literal_transformer
        self._from_literal_transformer = from_literal_transformer

    @property
    def base_type(self) -> type[T]:
        """The type that it converts."""
        return self._t

    def get_literal_type(self, t: type[T] | None = None) -> LiteralType:
        """A copy of the Flyte type given to the constructor."""
        return type(self._lt).from_flyte_idl(self._lt.to_flyte_idl())

    def to_literal(self, ctx: Any, python_val: T, python_type: type[T], expected: LiteralType) -> Literal:
        """The literal of a value of exactly this type. Raises `TypeTransformerFailedError` for any other."""
        if type(python_val) is not self._t:
            raise TypeTransformerFailedError(
                f"Expected value of type {self._t} but got '{preview(python_val)}' of type {type(python_val)}"
            )
        return self._to_literal_transformer(python_val)

    def to_python_value(self, ctx: Any, lv: Literal, expected_python_type: type[T]) -> T | None:
        """The value of a literal. Raises `TypeTransformerFailedError` if it is not of exactly this type."""
        while is_annotated(expected_python_type):
            expected_python_type = expected_python_type.__origin__  # type: ignore[attr-defined]
        if expected_python_type != self._t:
            raise TypeTransformerFailedError(
                f"Cannot convert to type {name(expected_python_type)}, only {name(self._t)} is supported"
            )
        if lv.scalar is not None and lv.scalar.binary is not None:
            return self.from_binary_idl(lv.scalar.binary, expected_python_type)
        try:
            value = self._from_literal_transformer(lv)
        except AttributeError as error:
            # The function reached into a part of the literal that is not set.
            raise TypeTransformerFailedError(f"Cannot convert literal {preview(lv)} to {self._t}") from error
        if type(value) is not self._t:
            raise TypeTransformerFailedError(f"Cannot convert literal {preview(lv)} to {self._t}")
        return value

    def guess_python_type(self, literal_type: LiteralType) -> type[T]:
        """This type, if the Flyte type is of the same simple kind."""
        if literal_type.simple is not None and literal_type.simple == self._lt.simple:
            return self._t
        raise ValueError(f"Transformer {self} cannot reverse {preview(literal_type)}")


class RestrictedTypeTransformer(TypeTransformer[T]):
    """Stands for a type that may not be a value. Every use raises `RestrictedTypeError`."""

    def get_literal_type(self, t: type[T] | None = None) -> LiteralType:
        """Raises `RestrictedTypeError`."""
        raise self.error()

    def to_literal(self, ctx: Any, python_val: T, python_type: type[T], expected: LiteralType) -> Literal:
        """Raises `RestrictedTypeError`."""
        raise self.error()

    def to_python_value(self, ctx: Any, lv: Literal, expected_python_type: type[T]) -> T | None:
        """Raises `RestrictedTypeError`."""
        raise self.error()

    def error(self) -> RestrictedTypeError:
        """What every use raises."""
        return RestrictedTypeError(f"Transformer for type {self.python_type} is restricted currently")
