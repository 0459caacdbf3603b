"""`wingbeat-execute`, the command of a task's container; also `wingbeat execute`.

Everything on this path is part of the time of every task: see tests/test_imports.py before importing something.
"""

from __future__ import annotations

import sys

from wingbeat.cli import process
from wingbeat.runtime import environment
from wingbeat.runtime.invocation import Question, UsageError, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from wingbeat.runtime.invocation import Invocation


def main(arguments: Sequence[str] | None = None, program: str = "wingbeat-execute") -> int:
    """Run one task. The result is the exit status: 0 also for a failure that error.pb tells the engine of."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        invocation = parse(arguments)
    except (UsageError, Question) as instead:
        from wingbeat.cli.usage import explain

        return explain("execute", program, instead)
    return process.carry_out("execute", arguments, run, invocation)


def run(invocation: Invocation) -> int:
    """The task, after the one empty line that flytekit's command begins with (runtime contract 1.5)."""
    if environment.flytekit() == "flytekit":
        return process.leave_to_flytekit(invocation.output_prefix)
    print_empty_line()
    from wingbeat.runtime import execution

    return execution.run(invocation)


def print_empty_line() -> None:
    """To stdout; that nobody reads it is no reason not to run."""
    try:
        print(flush=True)
    except OSError:
        return
