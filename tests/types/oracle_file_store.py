"""Run by flytekit's interpreter: what tasks do with files in a store.

Standard input: `{"prefix": ..., "folder": ..., "literals": {name: hex}, "names": [...]}`. Files of the folder are
written as task outputs below the prefix; the literals are read and their content is told.
"""
# mypy: ignore-errors

import asyncio
import json
import logging
import pathlib
import sys
import warnings

warnings.simplefilter("ignore")
from flyteidl.core import literals_pb2  # noqa: E402
from flytekit.core.context_manager import ExecutionState, FlyteContextManager  # noqa: E402
from flytekit.core.data_persistence import FileAccessProvider  # noqa: E402
from flytekit.core.type_engine import TypeEngine  # noqa: E402
from flytekit.models.literals import Literal  # noqa: E402
from flytekit.types.directory import FlyteDirectory  # noqa: E402
from flytekit.types.file import FlyteFile  # noqa: E402

logging.disable(logging.CRITICAL)
question = json.load(sys.stdin)
context = FlyteContextManager.current_context()
access = FileAccessProvider(question["folder"] + "/sandbox", question["prefix"])
state = context.new_execution_state().with_params(mode=ExecutionState.Mode.TASK_EXECUTION)


def told(value):
    folder = pathlib.Path(value)
    if isinstance(value, FlyteFile):
        return folder.read_text("utf-8")
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}


async def main():
    """One event loop for all of it: the driver keeps its connections."""
    read, written = {}, {}
    for name, data in question["literals"].items():
        literal = Literal.from_flyte_idl(literals_pb2.Literal.FromString(bytes.fromhex(data)))
        hint = FlyteFile if name else FlyteDirectory
        read[name] = told(await TypeEngine.async_to_python_value(made, literal, hint))
    for name in ["", *question["names"]]:
        hint = FlyteFile if name else FlyteDirectory
        value = str(pathlib.Path(question["folder"], "given", name))
        literal = await TypeEngine.async_to_literal(made, value, hint, TypeEngine.to_literal_type(hint))
        written[name] = literal.to_flyte_idl().SerializeToString().hex()
    return {"read": read, "written": written}


with FlyteContextManager.with_context(context.with_file_access(access).with_execution_state(state)) as made:
    print(json.dumps(asyncio.run(main())))
