"""What click makes of command lines. Started with the peer's interpreter; a list of them in, a list of outcomes out."""

import json
import sys
from typing import Any

import click
from flytekit.bin.entrypoint import execute_task_cmd, fast_execute_task_cmd, map_execute_task_cmd

COMMANDS = {"execute": execute_task_cmd, "map-execute": map_execute_task_cmd, "fast-execute": fast_execute_task_cmd}


def outcome(program: str, arguments: list[str]) -> Any:
    """The parameters, the text of a usage error, or how `--help` ends."""
    try:
        return COMMANDS[program].make_context(f"pyflyte-{program}", arguments).params
    except click.exceptions.Exit as end:
        return f"exit {end.exit_code}"
    except click.UsageError as error:
        return f"exit {error.exit_code}: {error.format_message()}"


asked = json.load(sys.stdin)
sys.stdout, answers = sys.stderr, sys.stdout  # where `--help` goes
json.dump([outcome(*one) for one in asked], answers)
