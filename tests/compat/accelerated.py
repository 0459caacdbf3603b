"""Runs many of flytekit's commands on one module of tasks, plain or accelerated.

Started with the peer's interpreter in the folder of the module. What it reads and answers is that of
`tests/runtime/oracle.py`; a command is accelerated if its environment says how.
"""

import importlib
import os
import runpy
import sys
from pathlib import Path
from typing import Any

sys.path.append(sys.argv[1])

import flytekit.bin.entrypoint as flytekit_entrypoint
from flytekit.core.context_manager import ExecutionState, FlyteContextManager

from wingbeat.flytekit_compat.acceleration import accelerate, modes

sys.path.insert(0, os.getcwd())
stdout = os.dup(1)
os.dup2(2, 1)  # flytekit's warnings are no answers
context = FlyteContextManager.current_context()
state = context.execution_state.with_params(mode=ExecutionState.Mode.TASK_EXECUTION)
with FlyteContextManager.with_context(context.with_execution_state(state)):  # else a task without `return` is refused
    importlib.import_module("user_code")
os.dup2(stdout, 1)


def prepared(command: Any) -> Any:
    def run() -> Any:
        if modes.VARIABLE in os.environ:
            assert accelerate() == os.environ[modes.VARIABLE]
        return command()

    return run


for name in ("execute_task_cmd", "map_execute_task_cmd"):
    setattr(flytekit_entrypoint, name, prepared(getattr(flytekit_entrypoint, name)))

runpy.run_path(str(Path(__file__).parent.parent / "runtime" / "oracle.py"))
