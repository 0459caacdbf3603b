"""Run by flytekit's interpreter: give flytekit and the acceleration each value and each literal, for each type.

The argument is the folder that wingbeat is imported from; the answer, as JSON, is how much was converted and what
differed.
"""
# mypy: ignore-errors

from __future__ import annotations

import asyncio
import copy
import json
import logging
import sys
import warnings
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), sys.argv[1]]
logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

import acceleration_values as cases  # noqa: E402
from flyteidl.core import literals_pb2  # noqa: E402
from flytekit import FlyteContextManager  # noqa: E402
from flytekit.core.type_engine import TypeEngine  # noqa: E402
from flytekit.models import literals as models  # noqa: E402

from wingbeat.flytekit_compat.acceleration import accelerate, compare, coverage, exact, expected  # noqa: E402

accelerate("on")
context = FlyteContextManager.current_context()
differences: list[str] = []
written: list[bytes] = []
read: list[bytes] = []


def differs(what: str, hint: object, subject: object, how: object) -> None:
    differences.append(f"{what} {hint}: {repr(subject)[:200]}: {str(how)[:200]}")


async def write(hint: object, literal_type: object, value: object) -> None:
    """Compare the literals of a value that the acceleration takes."""
    ours = exact.write(value, hint)
    if ours.reason:
        return
    written.append(ours.value)
    try:
        theirs = await TypeEngine.async_to_literal(context, value, hint, literal_type)
    except Exception as error:  # noqa: BLE001
        differs("written", hint, value, error)
        return
    message = literals_pb2.Literal.FromString(ours.value)
    if message.SerializeToString(deterministic=True) != theirs.to_flyte_idl().SerializeToString(deterministic=True):
        differs("written", hint, value, "another literal")


async def decode(hint: object, content: bytes) -> None:
    """Compare the values of a literal that the acceleration takes."""
    ours = exact.read(content, hint)
    if ours.reason:
        return
    read.append(content)
    literal = models.Literal.from_flyte_idl(literals_pb2.Literal.FromString(content))
    try:
        theirs = await TypeEngine.async_to_python_value(context, literal, hint)
    except Exception as error:  # noqa: BLE001
        differs("read", hint, content, error)
        return
    compare.found.clear()
    compare.values("", theirs, ours.value)
    if compare.found:
        differs("read", hint, content, compare.found[0])


async def main() -> None:
    """All types with all values, then with all that was written and what others write."""
    for hint in cases.TYPES:
        reason = coverage.uncovered(hint)
        literal_type = TypeEngine.to_literal_type(hint)
        if reason or not expected.is_of(literal_type, hint):
            differs("covered", hint, reason, literal_type)
        for value in cases.VALUES:
            try:
                own = copy.deepcopy(value)
            except TypeError:
                own = value
            await write(hint, literal_type, own)
    contents = dict.fromkeys(written + cases.literals())
    for hint in cases.TYPES:
        for content in contents:
            await decode(hint, content)


asyncio.run(main())
print(json.dumps({"written": len(written), "read": len(read), "differences": differences}))
