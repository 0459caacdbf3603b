"""Run by flytekit's interpreter: write every case, read what wingbeat has written, describe the types, as JSON.

Standard input: `raw`, where to write, `sandbox`, a folder for temporary files, `ours`, the hex of wingbeat's literals
by name, and `names`, the cases that are meant, or all if it is empty. Of each answer, `ok` is the hex of a literal or a
type, or the canonical form of a value; `error` the classes of what was raised.
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
from flytekit.core.data_persistence import FileAccessProvider  # noqa: E402
from flytekit.core.type_engine import TypeEngine  # noqa: E402
from flytekit.models.literals import Literal  # noqa: E402

logging.disable(logging.CRITICAL)
path = pathlib.Path(__file__).with_name("frame_cases.py")
spec = importlib.util.spec_from_file_location("frame_cases", path)
cases = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = cases
spec.loader.exec_module(cases)


async def literal(hint, value):
    context = FlyteContextManager.current_context()
    made = await TypeEngine.async_to_literal(context, value, hint, TypeEngine.to_literal_type(hint))
    return made.to_flyte_idl().SerializeToString(deterministic=True).hex()


async def value(hint, data):
    message = literals_pb2.Literal.FromString(bytes.fromhex(data))
    context = FlyteContextManager.current_context()
    return cases.canonical(await TypeEngine.async_to_python_value(context, Literal.from_flyte_idl(message), hint))


async def literal_type(hint):
    return TypeEngine.to_literal_type(hint).to_flyte_idl().SerializeToString(deterministic=True).hex()


async def attempt(coroutine):
    try:
        return {"ok": await coroutine}
    except Exception as error:  # noqa: BLE001  # its class is the answer
        return {"error": [cls.__name__ for cls in type(error).__mro__], "message": str(error)[:500]}


async def main(ours, names):
    answers = {"literal": {}, "value": {}, "other": {}, "type": {}}
    for name, (hint, make) in cases.CASES.items():
        if names and name not in names:
            continue
        answers["literal"][name] = await attempt(literal(hint, make()))
        if name in ours:
            answers["value"][name] = await attempt(value(hint, ours[name]))
    for name, (hint, written) in cases.OTHERS.items():
        if written in ours:
            answers["other"][name] = await attempt(value(hint, ours[written]))
    for name, hint in cases.TYPES.items():
        answers["type"][name] = await attempt(literal_type(hint))
    return answers


question = json.loads(sys.stdin.read())
context = FlyteContextManager.current_context()
access = FileAccessProvider(question["sandbox"], question["raw"])
with FlyteContextManager.with_context(context.with_file_access(access)):
    answers = asyncio.run(main(question["ours"], question["names"]))
print(json.dumps(answers))
