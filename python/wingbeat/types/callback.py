"""A user's transformer as a node of a compiled codec."""

from __future__ import annotations

from wingbeat.types import schema

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from wingbeat.types.transformer import TypeTransformer


def callback(transformer: TypeTransformer[Any], hint: Any) -> schema.Callback:
    """The node that lets `transformer` convert values declared as `hint`.

    The codec exchanges serialized literals with it; the transformer sees `idl.Literal` objects.
    """
    return schema.Callback(transformer.name, _decoder(transformer, hint), _encoder(transformer, hint))


def _decoder(transformer: TypeTransformer[Any], hint: Any) -> Callable[[bytes], Any]:
    def decode(data: bytes) -> Any:
        from wingbeat.idl import Literal
        from wingbeat.types.context import current_context

        return transformer.to_python_value(current_context(), Literal.from_bytes(data), hint)

    return decode


def _encoder(transformer: TypeTransformer[Any], hint: Any) -> Callable[[Any], bytes]:
    expected: Any = None

    def encode(value: Any) -> bytes:
        from wingbeat.types.context import current_context

        nonlocal expected
        if expected is None:
            expected = transformer.get_literal_type(hint)
        if transformer.type_assertions_enabled:
            transformer.assert_type(hint, value)
        literal = transformer.to_literal(current_context(), value, hint, expected)
        if literal is None:
            raise TypeError(f"{type(transformer).__qualname__}.to_literal returned None, not a Literal")
        return literal.to_flyte_idl().SerializeToString(deterministic=True)

    return encode
