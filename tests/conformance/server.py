"""Runs many commands from one process that has imported everything once: `server.py LIBRARY MODULE…`.

LIBRARY is `flytekit`, `wingbeat`, or `accelerated` for flytekit with wingbeat's codec; MODULEs are imported before.
Reads one JSON object a line. Each is run in a fork, as the console script would; the answer is the exit status.
"""

import importlib
import json
import os
import signal
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

LIBRARY, *MODULES = sys.argv[1:]
#: A failure to do what was asked, other than a status of a command.
BROKEN = 99


def flytekits(name: str) -> Any:
    from flytekit.bin import entrypoint

    if LIBRARY == "accelerated":
        from wingbeat.flytekit_compat.acceleration import accelerate

        accelerate()
    return getattr(entrypoint, name.replace("-", "_") + "_task_cmd")


def wingbeats(name: str) -> Any:
    return importlib.import_module("wingbeat.cli." + name.replace("-", "_")).main


def make_inputs(request: dict[str, Any]) -> int:
    """What flytekit's engine of types makes of `values` for a task."""
    from flyteidl.core.literals_pb2 import LiteralMap
    from flytekit import FlyteContextManager
    from flytekit.core.context_manager import ExecutionState
    from flytekit.core.data_persistence import FileAccessProvider
    from flytekit.core.type_engine import TypeEngine
    from flytekit.interfaces.random import random

    context = FlyteContextManager.current_context()
    state = context.new_execution_state().with_params(mode=ExecutionState.Mode.TASK_EXECUTION)
    with FlyteContextManager.with_context(
        context.with_execution_state(state)
    ):  # some modules can be imported nowhere else
        module = importlib.import_module(request["module"])
    names = {**vars(module), "folder": os.getcwd()}
    values = eval(f"dict({request['values']})", names)
    declared = getattr(module, request["task"]).python_interface.inputs
    access = FileAccessProvider(tempfile.mkdtemp(), "given")
    random.seed(1)  # by which names of files are drawn
    inputs = Path("inputs.pb")
    literals = LiteralMap.FromString(inputs.read_bytes())
    with FlyteContextManager.with_context(context.with_file_access(access)) as ctx:
        for name, value in values.items():
            hint = declared[name]
            if request["index"] is not None and name not in request["bound"].split(","):
                hint = list[hint]
            literal = TypeEngine.to_literal(ctx, value, hint, TypeEngine.to_literal_type(hint))
            literals.literals[name].CopyFrom(literal.to_flyte_idl())
    inputs.write_bytes(literals.SerializeToString(deterministic=True))
    return 0


def run(request: dict[str, Any]) -> object:
    if request["command"] == "inputs":
        return make_inputs(request)
    if LIBRARY == "wingbeat":
        sys.argv = [f"wingbeat-{request['command']}", *request["arguments"]]
        return wingbeats(request["command"])()
    sys.argv = [f"pyflyte-{request['command']}", *request["arguments"]]
    return flytekits(request["command"])()


def child(request: dict[str, Any]) -> None:
    os.chdir(request["folder"])
    for name, target in (("stdout.txt", 1), ("stderr.txt", 2)):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), target)
    os.environ.update(request["environment"])
    signal.alarm(90)  # before the test is given up: the next one would be given this one's answer
    try:
        code: object = run(request)
    except SystemExit as end:
        code = end.code
        if isinstance(code, str):
            print(code, file=sys.stderr)
    except BaseException:  # noqa: BLE001 what the interpreter would do
        traceback.print_exc()
        code = BROKEN if request["command"] == "inputs" else 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


def main() -> None:
    sys.path[0] = os.path.dirname(sys.executable)  # as for a console script
    for name in MODULES:
        importlib.import_module(name)
    if LIBRARY == "wingbeat":
        wingbeats("execute")
        importlib.import_module("wingbeat.runtime.execution")
    else:
        importlib.import_module("flytekit.bin.entrypoint")
    if LIBRARY == "accelerated":
        importlib.import_module("wingbeat.flytekit_compat.acceleration")
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            child(json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
