"""In flytekit's interpreter: literals, values and types by its `TypeEngine`, in the form of an oracle's answers."""
# mypy: ignore-errors

import logging
import warnings

warnings.simplefilter("ignore")
from flyteidl.core import literals_pb2  # noqa: E402
from flytekit.core.context_manager import FlyteContextManager  # noqa: E402
from flytekit.core.type_engine import TypeEngine  # noqa: E402
from flytekit.models.literals import Literal  # noqa: E402

logging.disable(logging.CRITICAL)


async def literal(hint, value):
    """The hex of the literal of a value."""
    context = FlyteContextManager.current_context()
    made = await TypeEngine.async_to_literal(context, value, hint, TypeEngine.to_literal_type(hint))
    return made.to_flyte_idl().SerializeToString(deterministic=True).hex()


async def value(hint, data):
    """The value of a literal, given as hex."""
    message = literals_pb2.Literal.FromString(bytes.fromhex(data))
    context = FlyteContextManager.current_context()
    return await TypeEngine.async_to_python_value(context, Literal.from_flyte_idl(message), hint)


async def literal_type(hint):
    """The hex of the literal type of a hint."""
    return TypeEngine.to_literal_type(hint).to_flyte_idl().SerializeToString(deterministic=True).hex()


async def attempt(coroutine, form=lambda result: result):
    """A result, in some form, as `ok`; the classes of what was raised as `error`."""
    try:
        return {"ok": form(await coroutine)}
    except Exception as error:  # noqa: BLE001  # its class is the answer
        return {"error": [cls.__name__ for cls in type(error).__mro__], "message": str(error)[:500]}
