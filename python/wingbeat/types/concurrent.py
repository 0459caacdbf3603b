"""Lists of what an async transformer converts: several elements at a time (type-system spec 2.4).

A node converts one element after the other. Where each element waits for something, such as an upload, the list as a
whole becomes a Python transformer's affair.
"""

from __future__ import annotations

import asyncio
import os

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types import proto, schema
from wingbeat.types.callback import check, parse, require_literal
from wingbeat.types.coroutines import run
from wingbeat.types.kinds import kind_of
from wingbeat.types.place import at_index
from wingbeat.types.preview import preview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable
    from typing import Any, TypeVar

    T = TypeVar("T")

_DEFAULT = 10


def at_a_time() -> int:
    """How many elements: flytekit's setting `_F_TE_MAX_COROS`, 10 unless it says a positive number."""
    text = os.environ.get("_F_TE_MAX_COROS", "")
    return int(text) if text.isdecimal() and int(text) else _DEFAULT


def concurrent_list(transformer: Any, hint: Any) -> schema.Schema:
    """The node of a list whose elements, declared as `hint`, `transformer` converts."""

    def decode(data: bytes) -> list[Any]:
        literal = parse(data)
        if literal.collection is None:
            kind = kind_of(literal)
            advice = "; declare Optional[...] if None is meant" if kind == "none" else ""
            raise TypeTransformerFailedError(f"expected collection, got {kind}{advice}")
        parts = [element.serialize_to_string() for element in literal.collection.literals]
        return run(_in_chunks, lambda part: _decode(transformer, hint, part), parts)

    def encode(value: Any) -> bytes:
        if type(value) is not list:
            advice = "; use a list" if isinstance(value, tuple) else ""
            raise TypeTransformerFailedError(
                f"expected list, got {type(value).__name__} {preview(repr(value))}{advice}"
            )
        expected = transformer.get_literal_type(hint)
        parts = run(_in_chunks, lambda element: _encode(transformer, hint, element, expected), value)
        return proto.message(2, b"".join(proto.message(1, part) for part in parts))

    return schema.Callback("Typed List", decode, encode)


async def _decode(transformer: Any, hint: Any, data: bytes) -> Any:
    from wingbeat.types.context import current_context

    return await transformer.async_to_python_value(current_context(), parse(data), hint)


async def _encode(transformer: Any, hint: Any, value: Any, expected: Any) -> bytes:
    from wingbeat.types.context import current_context

    check(transformer, value, hint, nullable=expected.union_type is not None)
    literal = await transformer.async_to_literal(current_context(), value, hint, expected)
    data: bytes = require_literal(transformer, literal).to_flyte_idl().SerializeToString(deterministic=True)
    return data


async def _in_chunks(convert: Callable[[Any], Coroutine[Any, Any, T]], values: Iterable[Any]) -> list[T]:
    """The converted values in order. Of several failures the first in order is raised, with its index."""
    limit = asyncio.Semaphore(at_a_time())

    async def one(index: int, value: Any) -> T:
        async with limit:
            try:
                return await convert(value)
            except Exception as error:  # a transformer may raise anything; what it was is kept as the cause
                raise at_index(index, error) from error

    tasks = [asyncio.ensure_future(one(index, value)) for index, value in enumerate(values)]
    results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return results  # type: ignore[return-value]  # exceptions have been raised
