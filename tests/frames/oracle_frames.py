"""Run by flytekit's interpreter: write every case, read what wingbeat has written, describe the types, as JSON.

Standard input: `raw`, where to write, `sandbox`, a folder for temporary files, `ours`, the hex of wingbeat's literals
by name, and `names`, the cases that are meant, or all if it is empty. Of each answer, `ok` is the hex of a literal or a
type, or the canonical form of a value; `error` the classes of what was raised.
"""
# mypy: ignore-errors

import asyncio
import json
import sys

from flytekit.core.context_manager import FlyteContextManager
from flytekit.core.data_persistence import FileAccessProvider

from tests.case_module import load
from tests.peers.exchange import attempt, literal, literal_type, value

cases = load(__file__, "frame_cases")


async def main(ours, names):
    answers = {"literal": {}, "value": {}, "other": {}, "type": {}}
    for name, (hint, make) in cases.CASES.items():
        if names and name not in names:
            continue
        answers["literal"][name] = await attempt(literal(hint, make()))
        if name in ours:
            answers["value"][name] = await attempt(value(hint, ours[name]), cases.canonical)
    for name, (hint, written) in cases.OTHERS.items():
        if written in ours:
            answers["other"][name] = await attempt(value(hint, ours[written]), cases.canonical)
    for name, hint in cases.TYPES.items():
        answers["type"][name] = await attempt(literal_type(hint))
    return answers


question = json.loads(sys.stdin.read())
context = FlyteContextManager.current_context()
access = FileAccessProvider(question["sandbox"], question["raw"])
with FlyteContextManager.with_context(context.with_file_access(access)):
    answers = asyncio.run(main(question["ours"], question["names"]))
print(json.dumps(answers))
