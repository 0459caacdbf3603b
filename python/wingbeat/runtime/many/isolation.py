"""What one element leaves behind in its process, taken back before the next one begins.

Taken back are: the working directory, the environment, the mask of new files, signal handlers and timers, the standard
streams, the levels of loggers, pushed contexts, and the state of `random` and `numpy.random`. What stays: variables of
modules, `sys.path` and loaded modules, threads and child processes, open files, generators of other libraries.
docs/many-elements.md tells users. Looking costs a few microseconds for an element that has changed nothing.
"""

from __future__ import annotations

import os
import sys
from _signal import ITIMER_REAL, getsignal, setitimer, signal  # type: ignore[import-not-found]

from wingbeat.runtime import context
from wingbeat.runtime.many.index_variable import IndexVariable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.runtime.many.randomness import Randomness

_SIGNALS = range(1, 32)
_STREAMS = ("stdin", "stdout", "stderr")


class Isolation:
    """The state of this process that every element is to find. It is noted when this is made.

    Args:
        randomness: What random numbers elements are to find.
        numbered: Whether the environment says which element it is: it cannot where several run at the same time.
    """

    def __init__(self, randomness: Randomness, *, numbered: bool = True) -> None:
        self._randomness = randomness
        self._variable = IndexVariable()
        if not numbered:
            self._variable.unset()
        self._folder = os.getcwd()
        self._environ = dict(variables())
        self._mask = os.umask(0o022)
        os.umask(self._mask)
        self._handlers = [(number, getsignal(number)) for number in _SIGNALS]
        self._files = [(name, getattr(sys, name)) for name in _STREAMS]
        self._descriptors = [(number, duplicate(number)) for number in range(3)]
        self._loggers = loggers()

    def begin(self, index: int) -> None:
        """The next element begins."""
        self._environ[self._variable.name] = self._variable.set(variables(), index)

    def restore(self) -> None:
        """Make it what it was. Only in the main thread, which alone may set signal handlers."""
        try:
            if os.getcwd() != self._folder:
                os.chdir(self._folder)
        except FileNotFoundError:  # the element has removed the folder that it was in
            os.chdir(self._folder)
        if variables() != self._environ:
            self._restore_environment()
        os.umask(self._mask)
        setitimer(ITIMER_REAL, 0)
        for number, handler in self._handlers:
            if getsignal(number) != handler and handler is not None:
                signal(number, handler)
        self._restore_streams()
        flush()
        if "logging" in sys.modules:
            self._restore_loggers()
        if context.pushed is not None:
            from wingbeat.runtime.context_manager import FlyteContextManager

            FlyteContextManager.initialize()
        self._randomness.renew()

    def _restore_environment(self) -> None:
        for key in variables().keys() - self._environ.keys():
            del os.environ[os.fsdecode(key)]
        for key, value in self._environ.items():
            if variables().get(key) != value:
                os.environ[os.fsdecode(key)] = os.fsdecode(value)

    def _restore_streams(self) -> None:
        for number, kept in self._descriptors:
            try:
                os.fstat(number)
            except OSError:
                if kept >= 0:
                    os.dup2(kept, number)
        for number, (name, file) in enumerate(self._files):
            if file is not None and file.closed:
                self._files[number] = name, reopen(number, file)
            if getattr(sys, name) is not self._files[number][1]:
                setattr(sys, name, self._files[number][1])

    def _restore_loggers(self) -> None:
        found = loggers()
        if found != self._loggers:
            known = {logger: state for logger, *state in self._loggers}
            for logger, *state in found:
                if logger in known and state != known[logger]:
                    level, disabled, propagate = known[logger]
                    logger.setLevel(level)
                    logger.disabled, logger.propagate = disabled, propagate
            self._loggers = loggers()


def flush() -> None:
    """Let out what the element has printed: a worker that is killed later takes nothing of others with it."""
    for file in (sys.stdout, sys.stderr):
        try:
            if file is not None:
                file.flush()
        except (OSError, ValueError):  # nobody reads it, or the disk is full; as of a process that ends
            continue


def variables() -> dict[bytes, bytes]:
    """The environment as it is in memory: reading it through `os.environ` would decode all of it."""
    return os.environ._data  # type: ignore[attr-defined]


def duplicate(number: int) -> int:
    """The same open file under a higher number; -1 if there is none."""
    import fcntl

    try:
        return fcntl.fcntl(number, fcntl.F_DUPFD_CLOEXEC, 64)
    except OSError:
        return -1


def reopen(number: int, file: Any) -> Any:
    """A text file like one that was closed, on the same descriptor."""
    return open(number, file.mode, 1, encoding=file.encoding, errors=file.errors, closefd=False)


def loggers() -> list[Any]:
    """Every logger with its level and its switches; none before `logging` is loaded."""
    if "logging" not in sys.modules:
        return []
    import logging  # which waits where another thread is loading it just now

    root = logging.root
    known = [one for one in root.manager.loggerDict.values() if not isinstance(one, logging.PlaceHolder)]
    return [(one, one.level, one.disabled, one.propagate) for one in (root, *known)]
