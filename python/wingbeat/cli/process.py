"""What the commands of a container have in common: signals, and how they end (runtime contract 1.4 and 1.6)."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def prepare() -> None:
    """Have signals do what Flyte expects: SIGTERM ends the task at once, SIGUSR1 shows what its threads are doing.

    So does SIGTERM, in its last moment.
    """
    if os.getpid() == 1:
        from wingbeat.runtime import init

        init.step_aside()
    import faulthandler
    from _signal import SIGUSR1  # type: ignore[import-not-found] # `signal` would load `enum`

    if sys.__stderr__ is not None:
        faulthandler.register(SIGUSR1, file=sys.__stderr__)
    from wingbeat.runtime import termination

    termination.show_stacks()


def status(run: Callable[[Any], int], invocation: Any) -> int:
    """The exit status of a run. What is no `Exception` (`sys.exit` in a task) leaves it as it is.

    Nothing is written then, as in flytekit: of a pod that fails, and of one that leaves no outputs, the engine shows
    the end of the log.
    """
    try:
        return run(invocation)
    except KeyboardInterrupt:
        print("Aborted!", file=sys.stderr)
        return 1
    except SystemExit as end:
        from wingbeat.runtime import log

        code: object = end.code
        said = "" if code is None else f"{code!r:.200}" if isinstance(code, (int, str)) else type(code).__name__
        log.error(f"sys.exit({said}) ends the process; neither outputs nor an error are written")
        raise
