"""Run by flytekit's interpreter: write every case, read back what wingbeat has written, as JSON.

Standard input: `{name: hex of wingbeat's literal}`. For each name, `literal` is the hex of flytekit's, `value` the
canonical text of what flytekit reads from wingbeat's; where flytekit raises, the error's class.
"""
# mypy: ignore-errors

import asyncio
import json
import sys

from tests.case_module import load
from tests.peers.exchange import attempt, literal, literal_type, value

cases = load(__file__, "value_cases")


async def main():
    theirs = json.loads(sys.stdin.read() or "{}")
    answers = {"literal": {}, "value": {}, "type": {}}
    for name, (hint, given, *_) in {**cases.CASES, **cases.FILES}.items():
        answers["literal"][name] = await attempt(literal(hint, given))
        if name in theirs:
            answers["value"][name] = await attempt(value(hint, theirs[name]), cases.canonical)
    for name, hint in cases.TYPES.items():
        answers["type"][name] = await attempt(literal_type(hint))
    return answers


print(json.dumps(asyncio.run(main())))
