"""Lists and dicts of what an async transformer converts: several elements at a time (type-system spec 2.4, 3.3).

A node converts one element after the other. Where each element waits for something, such as an upload, the container as
a whole becomes a Python transformer's affair.
"""

from __future__ import annotations

import asyncio
import os

from wingbeat import _core
from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types import proto, schema
from wingbeat.types.callback import check, parse, require_literal
from wingbeat.types.coroutines import run
from wingbeat.types.place import at_index, at_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable
    from typing import Any, TypeVar

    from wingbeat.idl import Literal

    K = TypeVar("K", int, str)
    T = TypeVar("T")

_DEFAULT = 10


def at_a_time() -> int:
    """How many elements: flytekit's setting `_F_TE_MAX_COROS`, 10 unless it says a positive number."""
    text = os.environ.get("_F_TE_MAX_COROS", "")
    return int(text) if text.isdecimal() and int(text) else _DEFAULT


def concurrent_list(transformer: Any, hint: Any, node: schema.List) -> schema.Schema:
    """The node of a list whose elements, declared as `hint`, `transformer` converts.

    `node` converts one after the other: it reads what is no collection and refuses what is no list.
    """
    split = _core.Codec(schema.List(_part(), None))

    def decode(data: bytes) -> Any:
        try:
            parts = split.decode(data)
        except TypeTransformerFailedError:
            return _core.Codec(node).decode(data)
        return run(_in_chunks, lambda part: _decode(transformer, hint, part), enumerate(parts), at_index)

    def encode(value: Any) -> bytes:
        if type(value) is not list:
            return _core.Codec(node).encode(value)
        parts = run(_in_chunks, _writer(transformer, hint), enumerate(value), at_index)
        return proto.message(2, b"".join(proto.message(1, part) for part in parts))

    return schema.Callback("Typed List", decode, encode)


def concurrent_map(transformer: Any, hint: Any, node: schema.Map) -> schema.Schema:
    """The node of a dict from `str` whose values, declared as `hint`, `transformer` converts; `node` as above."""
    split = _core.Codec(schema.Map(_part(), None))

    def decode(data: bytes) -> Any:
        try:
            parts = split.decode(data)
        except TypeTransformerFailedError:
            return _core.Codec(node).decode(data)
        values = run(_in_chunks, lambda part: _decode(transformer, hint, part), parts.items(), at_key)
        return dict(zip(parts, values, strict=True))

    def encode(value: Any) -> bytes:
        if type(value) is not dict or any(type(key) is not str for key in value):
            return _core.Codec(node).encode(value)
        keys = list(value)
        parts = run(_in_chunks, _writer(transformer, hint), value.items(), at_key)
        entries = (proto.message(1, key) + proto.message(2, part) for key, part in zip(keys, parts, strict=True))
        return proto.message(3, b"".join(proto.message(1, entry) for entry in entries))

    return schema.Callback("Typed Dict", decode, encode)


def _part() -> schema.Schema:
    """The node of an element that is not converted yet. It is only read."""
    from wingbeat.idl import Literal

    return schema.Callback("part", parse, Literal.serialize_to_string)


async def _decode(transformer: Any, hint: Any, literal: Literal) -> Any:
    from wingbeat.types.context import current_context

    return await transformer.async_to_python_value(current_context(), literal, hint)


def _writer(transformer: Any, hint: Any) -> Callable[[Any], Coroutine[Any, Any, bytes]]:
    expected = transformer.get_literal_type(hint)

    async def encode(value: Any) -> bytes:
        from wingbeat.types.context import current_context

        check(transformer, value, hint, nullable=expected.union_type is not None)
        literal = await transformer.async_to_literal(current_context(), value, hint, expected)
        data: bytes = require_literal(transformer, literal).to_flyte_idl().SerializeToString(deterministic=True)
        return data

    return encode


async def _in_chunks(
    convert: Callable[[Any], Coroutine[Any, Any, T]],
    values: Iterable[tuple[K, Any]],
    at: Callable[[K, Exception], Exception],
) -> list[T]:
    """The converted values in order. Of several failures the first in order is raised, `at` its index or key."""
    limit = asyncio.Semaphore(at_a_time())

    async def one(place: K, value: Any) -> T:
        async with limit:
            try:
                return await convert(value)
            except Exception as error:  # a transformer may raise anything; what it was is kept as the cause
                raise at(place, error) from error

    tasks = [asyncio.ensure_future(one(place, value)) for place, value in values]
    results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return results  # type: ignore[return-value]  # exceptions have been raised
