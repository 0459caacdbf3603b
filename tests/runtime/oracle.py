"""Runs many of flytekit's commands from one process that has imported flytekit once.

Started with the peer's interpreter. Reads one JSON object a line: folder, command, arguments, environment. Each is run
in a fork, in which nothing of flytekit has been used yet, as the console script would; the answer is the exit status.
"""

import json
import os
import signal
import sys
from typing import Any

from flytekit.bin.entrypoint import execute_task_cmd, fast_execute_task_cmd, map_execute_task_cmd
from flytekit.interfaces.random import random

COMMANDS = {"execute": execute_task_cmd, "map-execute": map_execute_task_cmd, "fast-execute": fast_execute_task_cmd}


def child(request: dict[str, Any]) -> None:
    os.chdir(request["folder"])
    for name, target in (("stdout.txt", 1), ("stderr.txt", 2)):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), target)
    os.environ.update(request["environment"])
    signal.alarm(90)  # before the test is given up: the next one would be given this one's answer
    random.seed()  # forks would all give their folders the same random names
    sys.argv = [f"pyflyte-{request['command']}", *request["arguments"]]
    status = 0
    try:
        COMMANDS[request["command"]]()
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 what the interpreter would do
        import traceback

        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


for line in sys.stdin:
    process = os.fork()
    if process == 0:
        child(json.loads(line))
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
