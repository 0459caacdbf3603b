"""What the commands of a container have in common: signals, and how they end (runtime contract 1.4 and 1.6)."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def prepare() -> None:
    """Have signals do what Flyte expects: SIGTERM ends the task at once, SIGUSR1 shows what its threads are doing."""
    if os.getpid() == 1:
        from wingbeat.runtime import init

        init.step_aside()
    import faulthandler
    from _signal import SIGUSR1  # type: ignore[import-not-found] # `signal` would load `enum`

    if sys.__stderr__ is not None:
        faulthandler.register(SIGUSR1, file=sys.__stderr__)


def status(run: Callable[[Any], int], invocation: Any) -> int:
    """The exit status of a run. What is no `Exception` (`sys.exit` in a task) leaves it as it is."""
    try:
        return run(invocation)
    except KeyboardInterrupt:
        print("Aborted!", file=sys.stderr)
        return 1
