"""`wingbeat-execute`, the command of a task's container; also `wingbeat execute`.

Everything on this path is part of the time of every task: see tests/test_imports.py before importing something.
"""

from __future__ import annotations

import sys

from wingbeat.runtime.invocation import Question, UsageError, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None, program: str = "wingbeat-execute") -> int:
    """Run one task. The result is the exit status: 0 also for a failure that error.pb tells the engine of."""
    try:
        invocation = parse(sys.argv[1:] if arguments is None else arguments)
    except UsageError as error:
        from wingbeat.cli.usage import refuse

        return refuse(program, str(error))
    except Question as question:
        from wingbeat.cli.usage import answer

        return answer(program, str(question))
    show_threads_on_signal()
    from wingbeat.runtime.execution import run

    try:
        return run(invocation)
    except KeyboardInterrupt:
        print("Aborted!", file=sys.stderr)
        return 1


def show_threads_on_signal() -> None:
    """On SIGUSR1, print what every thread is doing and go on (runtime contract 1.6)."""
    import faulthandler
    from _signal import SIGUSR1  # type: ignore[import-not-found] # `signal` would load `enum`

    if sys.__stderr__ is not None:
        faulthandler.register(SIGUSR1, file=sys.__stderr__)
