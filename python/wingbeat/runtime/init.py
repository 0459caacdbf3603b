"""The first process of a container. The kernel keeps signals from it that it has no handler for.

A Python handler would not do: it waits until the interpreter's main thread is between two instructions, and a task can
be in native code for minutes. So the task runs in a child, which signals reach as they do anywhere else, and the first
process passes them on (runtime contract 1.6).
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found] # `signal` would load `enum`
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FORWARDED = (
    _signal.SIGTERM,
    _signal.SIGINT,
    _signal.SIGHUP,
    _signal.SIGQUIT,
    _signal.SIGUSR1,
    _signal.SIGUSR2,
)


def step_aside() -> None:
    """Go on in a child. This process passes signals on, collects orphans, and exits as the child does.

    Called before there are threads. Signals wait until both sides are ready for them.
    """
    mask = _signal.pthread_sigmask(_signal.SIG_BLOCK, FORWARDED)
    child = os.fork()
    if child == 0:
        _signal.pthread_sigmask(_signal.SIG_SETMASK, mask)
        return

    def forward(number: int, _: Any) -> None:
        os.kill(child, number)

    for number in FORWARDED:
        _signal.signal(number, forward)
    _signal.pthread_sigmask(_signal.SIG_SETMASK, mask)
    ended, status = os.wait()
    while ended != child:
        ended, status = os.wait()
    code = os.waitstatus_to_exitcode(status)
    os._exit(code if code >= 0 else 128 - code)  # as a container's runtime tells of a signal
