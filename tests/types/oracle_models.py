"""Run by flytekit's interpreter: write every case of `model_cases.py`, read back what wingbeat has written, as JSON.

Standard input: `{name: hex of wingbeat's literal}`. For each name, `literal` is the hex of flytekit's, `value` the
canonical form of what flytekit reads from wingbeat's; where flytekit raises, the names of the error's classes.
"""
# mypy: ignore-errors

import asyncio
import importlib.util
import json
import logging
import pathlib
import sys
import warnings

warnings.simplefilter("ignore")
from flyteidl.core import literals_pb2  # noqa: E402
from flytekit.core.context_manager import FlyteContextManager  # noqa: E402
from flytekit.core.type_engine import TypeEngine  # noqa: E402
from flytekit.models.literals import Literal  # noqa: E402

logging.disable(logging.CRITICAL)
path = pathlib.Path(__file__).with_name("model_cases.py")
spec = importlib.util.spec_from_file_location("model_cases", path)
cases = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = cases
spec.loader.exec_module(cases)
context = FlyteContextManager.current_context()


async def literal(hint, value):
    made = await TypeEngine.async_to_literal(context, value, hint, TypeEngine.to_literal_type(hint))
    await TypeEngine.async_to_python_value(context, made, hint)
    return made.to_flyte_idl().SerializeToString(deterministic=True).hex()


async def value(hint, data):
    message = literals_pb2.Literal.FromString(bytes.fromhex(data))
    return cases.canonical(await TypeEngine.async_to_python_value(context, Literal.from_flyte_idl(message), hint))


async def attempt(coroutine):
    try:
        return {"ok": await coroutine}
    except Exception as error:  # noqa: BLE001  # its class is the answer
        return {"error": [cls.__name__ for cls in type(error).__mro__]}


async def main():
    theirs = json.loads(sys.stdin.read() or "{}")
    answers = {"literal": {}, "value": {}, "type": {}}
    for name, (hint, given) in {**cases.CASES, **cases.REFUSED, **cases.AMBIGUOUS}.items():
        answers["literal"][name] = await attempt(literal(hint, given))
        if name in theirs:
            answers["value"][name] = await attempt(value(hint, theirs[name]))
    for name, (hint, _) in cases.CASES.items():
        message = TypeEngine.to_literal_type(hint).to_flyte_idl()
        answers["type"][name] = message.SerializeToString(deterministic=True).hex()
    return answers


print(json.dumps(asyncio.run(main())))
