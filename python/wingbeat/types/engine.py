"""`TypeEngine`: registration of transformers and conversions through them, under flytekit's names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types import registry
from wingbeat.types.callback import check, require_literal
from wingbeat.types.engine_steps import EngineSteps, refuse_tuple
from wingbeat.types.hints import is_annotated, name
from wingbeat.types.literal_type import tag_of
from wingbeat.types.offloaded import present
from wingbeat.types.preview import preview
from wingbeat.types.transformer import RestrictedTypeTransformer, TypeTransformer
from wingbeat.types.unregistered import unregistered

if TYPE_CHECKING:
    from collections.abc import KeysView, Mapping

    from wingbeat.idl import Literal, LiteralMap, LiteralType, Variable, VariableMap

__all__ = ["TypeEngine"]


class TypeEngine(EngineSteps):
    """Knows which transformer converts which type.

    The types of the standard library that tasks use are converted by compiled codecs; a registered transformer wins
    over them, also where its type is inside a list, a dict, a union or a dataclass (type-system spec 3).
    """

    @classmethod
    def register(cls, transformer: TypeTransformer[Any], additional_types: list[Any] | None = None) -> None:
        """Let `transformer` convert its `python_type`, and more types.

        Raises `ValueError` if one of them is converted already; nothing is registered then. Use
        `register_additional_type` with `override` to replace.
        """
        keys = [transformer.python_type, *(additional_types or [])]
        for key in keys:
            existing = _registered_name(key)
            if existing is not None:
                raise ValueError(
                    f"Transformer {existing} for type {key} is already registered."
                    f" Cannot override with {transformer.name}"
                )
        for key in keys:
            registry.put(key, transformer)

    @classmethod
    def register_additional_type(
        cls, transformer: TypeTransformer[Any], additional_type: Any, override: bool = False
    ) -> None:
        """Let `transformer` convert one more type. Does nothing if that is converted already, unless `override`."""
        if override or _registered_name(additional_type) is None:
            registry.put(additional_type, transformer)

    @classmethod
    def register_restricted_type(cls, name: str, type: Any) -> None:  # noqa: A002  # flytekit's parameter
        """Refuse a type: every use raises `RestrictedTypeError`."""
        cls.register(RestrictedTypeTransformer(name, type))

    @classmethod
    def get_transformer(cls, python_type: Any) -> TypeTransformer[Any]:
        """The transformer of a type. Raises `TypeTransformerFailedError` if there is none."""
        transformer = registry.find(python_type)
        return unregistered(python_type) if transformer is None else transformer

    @classmethod
    def lazy_import_transformers(cls) -> None:
        """Does nothing: a transformer is loaded when a type needs it, by the type's name. For callers from flytekit."""

    @classmethod
    def get_available_transformers(cls) -> KeysView[Any]:
        """The types that have a transformer of their own, in flytekit's order."""
        from wingbeat.types.available import available

        return available()

    @classmethod
    def to_literal_type(cls, python_type: Any) -> LiteralType:
        """The Flyte type of a Python type."""
        transformer = cls.get_transformer(python_type)
        if not is_annotated(python_type):
            return transformer.get_literal_type(python_type)
        from wingbeat.idl import LiteralType
        from wingbeat.types.literal_type import literal_type

        return LiteralType.from_bytes(literal_type(python_type))

    @classmethod
    def to_literal(cls, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType | None = None) -> Literal:
        """The literal of a value that was declared as `python_type`.

        Raises `TypeTransformerFailedError` if the value does not fit.
        """
        transformer: Any = cls._checked(python_val, python_type, expected)
        literal = require_literal(transformer, transformer.to_literal(ctx, python_val, python_type, expected))
        return _hashed(literal, python_val, python_type)

    @classmethod
    async def async_to_literal(
        cls, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType | None = None
    ) -> Literal:
        """As `to_literal`, awaiting an `AsyncTypeTransformer`."""
        transformer: Any = cls._checked(python_val, python_type, expected)
        if transformer.is_async:
            literal = await transformer.async_to_literal(ctx, python_val, python_type, expected)
        else:
            literal = transformer.to_literal(ctx, python_val, python_type, expected)
        return _hashed(require_literal(transformer, literal), python_val, python_type)

    @classmethod
    def _checked(cls, value: Any, hint: Any, expected: LiteralType | None) -> TypeTransformer[Any]:
        refuse_tuple(value)
        transformer = cls.get_transformer(hint)
        check(transformer, value, hint, nullable=expected is None or expected.union_type is not None)
        return transformer

    @classmethod
    def to_python_value(cls, ctx: Any, lv: Literal, expected_python_type: Any) -> Any:
        """The value of a literal that was declared as `expected_python_type`.

        Raises `TypeTransformerFailedError` if the literal does not fit.
        """
        return cls.get_transformer(expected_python_type).to_python_value(ctx, present(lv, ctx), expected_python_type)

    @classmethod
    async def async_to_python_value(cls, ctx: Any, lv: Literal, expected_python_type: Any) -> Any:
        """As `to_python_value`, awaiting an `AsyncTypeTransformer`."""
        transformer: Any = cls.get_transformer(expected_python_type)
        if not transformer.is_async:
            return transformer.to_python_value(ctx, present(lv, ctx), expected_python_type)
        return await transformer.async_to_python_value(ctx, present(lv, ctx), expected_python_type)

    @classmethod
    def literal_map_to_kwargs(
        cls,
        ctx: Any,
        lm: LiteralMap,
        python_types: Mapping[str, Any] | None = None,
        literal_types: Mapping[str, Variable] | None = None,
    ) -> dict[str, Any]:
        """The values of a literal map by name, as types that are given or guessed.

        Raises `ValueError` if no types are given or the map holds more values than those, `TypeTransformerFailedError`
        if a value does not fit.
        """
        from wingbeat.types.coroutines import run

        return run(cls.async_literal_map_to_kwargs, ctx, lm, python_types, literal_types)

    @classmethod
    async def async_literal_map_to_kwargs(
        cls,
        ctx: Any,
        lm: LiteralMap,
        python_types: Mapping[str, Any] | None = None,
        literal_types: Mapping[str, Variable] | None = None,
    ) -> dict[str, Any]:
        """As `literal_map_to_kwargs`; the values are converted concurrently."""
        import asyncio

        if python_types is None and literal_types is None:
            raise ValueError("At least one of python_types or literal_types must be provided")
        hints = cls.guess_python_types(literal_types) if literal_types else python_types
        if not hints:
            return {}
        for key in lm.literals:
            if len(lm.literals) > len(hints):
                raise ValueError(
                    f"Received more input values {len(lm.literals)} than allowed by the input spec {len(hints)}"
                )
            if key not in hints:
                raise KeyError(f"{key!r} is not an input; the inputs are {', '.join(map(repr, hints))}")

        async def convert(key: str) -> Any:
            try:
                return await cls.async_to_python_value(ctx, lm.literals[key], hints[key])
            except Exception as error:  # a transformer may raise anything; what it was is kept as the cause
                raise TypeTransformerFailedError(
                    f"Error converting input '{key}':\n"
                    f"Literal value: {preview(repr(lm.literals[key]))}\n"
                    f"Expected Python type: {hints[key]!r}\n"
                    f"Exception: {error}"
                ) from error

        results = await asyncio.gather(*(convert(key) for key in lm.literals), return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                raise result
        return dict(zip(lm.literals, results, strict=True))

    @classmethod
    def dict_to_literal_map(
        cls, ctx: Any, d: Mapping[str, Any], type_hints: Mapping[str, Any] | None = None
    ) -> LiteralMap:
        """The literal map of named values. A name without a hint is taken as the type of its value."""
        from wingbeat.types.coroutines import run

        return run(cls.async_dict_to_literal_map, ctx, d, type_hints)

    @classmethod
    async def async_dict_to_literal_map(
        cls, ctx: Any, d: Mapping[str, Any], type_hints: Mapping[str, Any] | None = None
    ) -> LiteralMap:
        """As `dict_to_literal_map`."""
        from wingbeat.idl import LiteralMap

        literals = {}
        for key, value in d.items():
            hint = (type_hints or {}).get(key, type(value))
            literals[key] = await cls.async_to_literal(ctx, value, hint, cls.to_literal_type(hint))
        return LiteralMap(literals=literals)

    @classmethod
    def named_tuple_to_variable_map(cls, t: Any) -> VariableMap:
        """The declared outputs of a task that returns this NamedTuple; each is described by its position."""
        import typing

        from wingbeat.idl import Variable, VariableMap

        hints = typing.get_type_hints(t, include_extras=True)
        return VariableMap(
            variables={
                key: Variable(type=cls.to_literal_type(hint), description=str(index))
                for index, (key, hint) in enumerate(hints.items())
            }
        )

    @classmethod
    def guess_python_type(cls, flyte_type: LiteralType) -> Any:
        """A Python type for a Flyte type. Raises `ValueError` if no transformer knows one."""
        from wingbeat.types.guess import guess

        return guess(flyte_type)

    @classmethod
    def guess_python_types(cls, flyte_variable_dict: Mapping[str, Variable]) -> dict[str, Any]:
        """Python types for declared variables."""
        return {key: cls.guess_python_type(variable.type) for key, variable in flyte_variable_dict.items()}

    @classmethod
    def to_html(cls, ctx: Any, python_val: Any, expected_python_type: Any) -> str:
        """The value as shown in a deck: by an annotation that has a `to_html`, else by its transformer."""
        transformer = cls.get_transformer(expected_python_type)
        if is_annotated(expected_python_type):
            for annotation in expected_python_type.__metadata__:
                if hasattr(annotation, "to_html"):
                    html: str = annotation.to_html(python_val)
                    return html
            expected_python_type = expected_python_type.__origin__
        return transformer.to_html(ctx, python_val, expected_python_type)


def _hashed(literal: Literal, value: Any, hint: Any) -> Literal:
    """The literal with the hash that a `HashMethod` asks for, and no other, as in flytekit."""
    if not is_annotated(hint):
        return literal
    from wingbeat.types.annotated import hash_method

    method = hash_method(hint)
    found = None if method is None else method(value)
    if found is not None and not isinstance(found, str):
        raise TypeTransformerFailedError(f"the HashMethod returned {type(found).__name__}, which is no str")
    literal.hash = found or None
    return literal


def _registered_name(key: Any) -> str | None:
    """The name of the transformer that converts exactly this type."""
    found = registry.transformers.get(key) or registry.brought(key)
    if found is not None:
        return found.name
    if not registry.is_builtin(key):
        return None
    return _BUILTIN_NAMES.get(name(key)) or tag_of(key)


#: Registry keys that are no types of values, by `hints.name`.
_BUILTIN_NAMES = {
    "tuple": "non typed tuple",
    "Tuple": "non typed tuple",
    "NamedTuple": "named tuple",
    "Union": "Typed Union",
}
