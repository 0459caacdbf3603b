"""Run by flytekit's interpreter: write every case of `model_cases.py`, read back what wingbeat has written, as JSON.

Standard input: `{name: hex of wingbeat's literal}`. For each name, `literal` is the hex of flytekit's, `value` the
canonical form of what flytekit reads from wingbeat's; where flytekit raises, the names of the error's classes.
"""
# mypy: ignore-errors

import asyncio
import json
import sys

from tests.case_module import load
from tests.peers.exchange import attempt, literal, literal_type, value

cases = load(__file__, "model_cases")


async def written(hint, given):
    made = await literal(hint, given)
    await value(hint, made)
    return made


async def main():
    theirs = json.loads(sys.stdin.read() or "{}")
    answers = {"literal": {}, "value": {}, "type": {}}
    for name, (hint, given) in {**cases.CASES, **cases.REFUSED, **cases.AMBIGUOUS}.items():
        answers["literal"][name] = await attempt(written(hint, given))
        if name in theirs:
            answers["value"][name] = await attempt(value(hint, theirs[name]), cases.canonical)
    for name, (hint, _) in cases.CASES.items():
        answers["type"][name] = await literal_type(hint)
    return answers


print(json.dumps(asyncio.run(main())))
