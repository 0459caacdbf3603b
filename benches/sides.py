"""The four ways to do the same: each function gives a ready `bytes -> value` or `value -> bytes`.

What a side builds once for a type (plan, decoder, literal type) is built here, outside of the measured time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from benches.case import Case


def wingbeat(case: Case, direction: str) -> Callable[[Any], Any]:
    """The Rust codec."""
    from wingbeat import Codec

    return getattr(Codec(case.hint), direction)


def reference(case: Case, direction: str) -> Callable[[Any], Any]:
    """The same conversions in plain Python over the protobuf library."""
    from wingbeat.reference import Codec

    return getattr(Codec(case.hint), direction)


def msgspec(case: Case, direction: str) -> Callable[[Any], Any]:
    """The practical limit: a typed decoder in C of a simpler format."""
    import msgspec.msgpack

    if direction == "decode":
        return msgspec.msgpack.Decoder(case.hint).decode
    return msgspec.msgpack.Encoder().encode


def flytekit(case: Case, direction: str) -> Callable[[Any], Any]:
    """What `pyflyte-execute` does with one input or one output: parse, model objects, TypeEngine."""
    from flyteidl.core import literals_pb2
    from flytekit.core.context_manager import FlyteContextManager
    from flytekit.core.type_engine import TypeEngine
    from flytekit.models.literals import Literal

    context = FlyteContextManager.current_context()
    literal_type = TypeEngine.to_literal_type(case.hint)

    def decode(data: bytes) -> Any:
        literal = Literal.from_flyte_idl(literals_pb2.Literal.FromString(data))
        return TypeEngine.to_python_value(context, literal, case.hint)

    def encode(value: Any) -> Any:
        literal = TypeEngine.to_literal(context, value, case.hint, literal_type)
        return literal.to_flyte_idl().SerializeToString()

    return decode if direction == "decode" else encode


SIDES = {"wingbeat": wingbeat, "msgspec": msgspec, "reference": reference, "flytekit": flytekit}


def form(side: str) -> str:
    """What a side reads and writes, which is the name of its file."""
    return "msgpack" if side == "msgspec" else "literal"
