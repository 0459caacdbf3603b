"""A process that runs elements, as who waits for it sees it."""

from __future__ import annotations

import os
import select
import sys
import time
from _signal import SIGKILL, SIGTERM  # type: ignore[import-not-found] # `signal` would load `enum`

from wingbeat.runtime.many.death import Death

#: Seconds from SIGTERM, after which the process says where it was, to SIGKILL.
_LAST_WORDS = 1.0
#: Milliseconds between two looks at a process of which there is no descriptor.
_TICK = 2.0
#: The unit of `ru_maxrss`: kibibytes, on macOS bytes.
_UNIT = 1 if sys.platform == "darwin" else 1024
#: Bytes of stacks that are read.
_STACKS = 64 * 2**10


class Process:
    """A worker.

    Args:
        pid: Its number, which is also that of its group.
        number: Its row on the board.
        folder: Its temporary files.
        stacks: The descriptor of the file in which it says where its threads are when it is ended.
    """

    def __init__(self, pid: int, number: int, folder: str, stacks: int) -> None:
        self.pid = pid
        self.number = number
        self.folder = folder
        self._stacks = stacks
        self._ended_at: float | None = None
        self._starved = times_starved()
        #: Can be read when the process has ended; -1 where the system has none.
        self.descriptor = open_process(pid)

    @property
    def was_late(self) -> bool:
        """Whether it was ended because an element took too long."""
        return self._ended_at is not None

    def has_ended(self) -> bool:
        """Whether it has. Its number is not given to another before `wait`."""
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def end(self) -> None:
        """End it: first so that it can say where it was. To be called until it has ended."""
        now = time.monotonic()
        if self._ended_at is None:
            self._ended_at = now
            os.kill(self.pid, SIGTERM)
        elif now - self._ended_at > _LAST_WORDS:
            os.kill(self.pid, SIGKILL)

    def kill(self) -> None:
        """End it and all that it has started, now."""
        try:
            os.killpg(self.pid, SIGKILL)
        except ProcessLookupError:  # it has not made a group of its own yet
            os.kill(self.pid, SIGKILL)

    def wait_until(self, end: float) -> None:
        """Wait for its end, but not beyond a point on the scale of `time.monotonic`."""
        poll = select.poll()
        if self.descriptor >= 0:
            poll.register(self.descriptor, select.POLLIN)
        while not self.has_ended() and (left := end - time.monotonic()) > 0:
            poll.poll(left * 1000 if self.descriptor >= 0 else _TICK)

    def wait(self) -> Death:
        """How it has ended, or will. What its elements have started ends too."""
        os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
        try:  # noqa: SIM105  # `contextlib` would load `functools`
            os.killpg(self.pid, SIGKILL)
        except (ProcessLookupError, PermissionError):  # nothing is left; macOS denies it of one that has ended
            pass
        _, status, used = os.wait4(self.pid, 0)
        stacks = os.pread(self._stacks, _STACKS, 0).decode("utf-8", "replace")
        os.close(self._stacks)
        if self.descriptor >= 0:
            os.close(self.descriptor)
        starved = times_starved() > self._starved
        return Death(os.waitstatus_to_exitcode(status), stacks, used.ru_maxrss * _UNIT, starved=starved)


def open_process(pid: int) -> int:
    """A descriptor of a process."""
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):  # Linux before 5.3, or another system
        return -1


def times_starved() -> int:
    """How many processes of this container the kernel has killed for want of memory; 0 where it does not say."""
    try:
        with open("/sys/fs/cgroup/memory.events", "rb", buffering=0) as file:
            _, _, rest = file.read().partition(b"oom_kill ")
        return int(rest.split()[0])
    except (OSError, ValueError, IndexError):
        return 0
