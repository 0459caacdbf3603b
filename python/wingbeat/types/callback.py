"""A Python transformer taking part: as a node of a compiled codec, and called by `TypeEngine`."""

from __future__ import annotations

import sys

from wingbeat.types import schema
from wingbeat.types.hints import NoneType, is_any, name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from wingbeat.idl import Literal, LiteralType
    from wingbeat.types.transformer import TypeTransformer


def node(transformer: TypeTransformer[Any], hint: Any) -> schema.Schema:
    """The literal node that lets `transformer` convert values declared as `hint`.

    A `BlobTransformer` is asked for locations, any other for literals. Raises `RestrictedTypeError` if the type is
    restricted.
    """
    blob = sys.modules.get("wingbeat.types.blob")
    if blob is not None and isinstance(transformer, blob.BlobTransformer) and blob.takes_part_directly(transformer):
        found: schema.Schema = transformer.node(hint)
        return found
    return callback(transformer, hint)


def callback(transformer: TypeTransformer[Any], hint: Any) -> schema.Callback:
    """The node, literal or packed, by which `transformer` takes part: it sees `idl.Literal` objects.

    Raises `RestrictedTypeError` if the type is restricted.
    """
    from wingbeat.types.transformer import RestrictedTypeTransformer

    if isinstance(transformer, RestrictedTypeTransformer):
        raise transformer.error()
    eager = transformer.fetches(hint)
    return schema.Callback(transformer.name, _decoder(transformer, hint), _encoder(transformer, hint), eager)


def _decoder(transformer: TypeTransformer[Any], hint: Any) -> Callable[[bytes], Any]:
    def decode(data: bytes) -> Any:
        from wingbeat.types.context import current_context

        return transformer.to_python_value(current_context(), parse(data), hint)

    return decode


def _encoder(transformer: TypeTransformer[Any], hint: Any) -> Callable[[Any], bytes]:
    expected: LiteralType | None = None

    def encode(value: Any) -> bytes:
        from wingbeat.types.context import current_context

        nonlocal expected
        if expected is None:
            expected = transformer.get_literal_type(hint)
        check(transformer, value, hint, nullable=expected.union_type is not None)
        literal = transformer.to_literal(current_context(), value, hint, expected)
        data: bytes = require_literal(transformer, literal).to_flyte_idl().SerializeToString(deterministic=True)
        return data

    return encode


def parse(data: bytes) -> Literal:
    """The model of a serialized literal; of an offloaded one, the model of what is stored.

    Raises `MalformedLiteralError` if it is none, `TypeTransformerFailedError` if what is stored cannot be fetched.
    """
    from wingbeat.errors import MalformedLiteralError
    from wingbeat.idl import Literal
    from wingbeat.types.context import current_context
    from wingbeat.types.offloaded import present

    try:
        literal = Literal.from_bytes(data)
    except ValueError as error:
        raise MalformedLiteralError(str(error)) from error
    return present(literal, current_context())


def check(transformer: TypeTransformer[Any], value: Any, hint: Any, *, nullable: bool) -> None:
    """What flytekit's engine checks before it asks a transformer (type-system spec 3.3).

    `nullable` says whether the Flyte type has a place for None. Raises `TypeTransformerFailedError`.
    """
    from wingbeat.errors import TypeTransformerFailedError

    if value is None and not nullable and hint is not NoneType and not is_any(hint):
        raise TypeTransformerFailedError(
            f"Python value cannot be None, expected {name(hint)}; declare Optional[{name(hint)}] if None is meant"
        )
    if transformer.type_assertions_enabled:
        transformer.assert_type(hint, value)


def require_literal(transformer: TypeTransformer[Any], literal: Literal | None) -> Literal:
    """What a transformer returned. Raises `TypeError` if that is no literal."""
    if literal is None or not hasattr(literal, "to_flyte_idl"):
        kind = type(literal).__name__
        raise TypeError(f"{type(transformer).__qualname__}.to_literal returned {kind}, not a Literal")
    return literal
