"""Converts for the differential tests, with flytekit, in flytekit's own environment.

Reads one JSON request a line and answers each with one line: `{"hint": source, "value": source}` gives
`{"literal": base64}`; `{"hint": source, "literal": base64}` gives `{"value": canonical text}`. With `"legacy": true`,
dicts and dataclasses are written as a `Struct`. What flytekit raises is answered as
`{"error": class, "message": text}`.
"""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import os
import sys
import warnings

warnings.simplefilter("ignore")
# What flytekit prints must not come between the answers.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

import shared_types  # noqa: E402 - after the redirection
from flyteidl.core import literals_pb2  # noqa: E402
from flytekit.core.context_manager import FlyteContextManager  # noqa: E402
from flytekit.core.type_engine import TypeEngine  # noqa: E402
from flytekit.models.literals import Literal  # noqa: E402

logging.disable(logging.CRITICAL)


async def convert(request: dict) -> dict:
    os.environ["FLYTE_USE_OLD_DC_FORMAT"] = str(request.get("legacy", False))
    context = FlyteContextManager.current_context()
    hint = shared_types.evaluate(request["hint"])
    if "literal" in request:
        message = literals_pb2.Literal.FromString(base64.b64decode(request["literal"]))
        value = await TypeEngine.async_to_python_value(context, Literal.from_flyte_idl(message), hint)
        return {"value": shared_types.canonical(value)}
    value = shared_types.evaluate(request["value"])
    literal = await TypeEngine.async_to_literal(context, value, hint, TypeEngine.to_literal_type(hint))
    return {"literal": base64.b64encode(literal.to_flyte_idl().SerializeToString()).decode()}


async def serve() -> None:
    for line in sys.stdin:
        try:
            answer = await convert(json.loads(line))
        except Exception as error:  # noqa: BLE001 - whatever flytekit raises is the answer
            answer = {"error": type(error).__name__, "message": str(error)[:500]}
        print(json.dumps(answer), file=answers, flush=True)


asyncio.run(serve())
