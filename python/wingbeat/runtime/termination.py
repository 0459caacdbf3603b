"""What SIGTERM leaves behind: where every thread was, at the end of stderr (runtime contract 1.6).

The signal ends the process at once, as it does any program, and nothing is written to the output prefix: the engine
retries a pod that was ended, and an error.pb would make that a failure of the task. The end of the log is what it
shows. The stacks are written by a handler in C, because one of Python's waits for the main thread, which may be in
native code for minutes.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from _signal import SIG_DFL, SIGTERM, getsignal  # type: ignore[import-not-found] # `signal` would load `enum`

_hooked = False


def show_stacks(file: int | None = None) -> None:
    """Have SIGTERM write the stacks of all threads before it does what it does otherwise.

    They go to stderr, or to the descriptor `file`.
    """
    global _hooked
    target = sys.__stderr__ if file is None else file
    if target is None:
        return
    faulthandler.register(SIGTERM, file=target, chain=True)
    if not _hooked:
        os.register_at_fork(after_in_child=forget_in_child)
        _hooked = True


def forget() -> None:
    """Have SIGTERM do what it did before `show_stacks`."""
    faulthandler.unregister(SIGTERM)


def forget_in_child() -> None:
    """Let a process that a task has forked end silently: pools end their workers by SIGTERM.

    A handler that the task has set since stays: `unregister` would put the one before it in its place.
    """
    if getsignal(SIGTERM) == SIG_DFL:
        forget()
