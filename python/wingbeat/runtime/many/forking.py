"""How a worker comes into being: as a copy of this process, which has loaded everything, unless that is unsafe."""

from __future__ import annotations

import os
import sys
import time

from wingbeat.runtime import log
from wingbeat.runtime.many import worker
from wingbeat.runtime.many.board import memory
from wingbeat.runtime.many.isolation import flush
from wingbeat.runtime.many.process import Process

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wingbeat.runtime.many.board import Board
    from wingbeat.runtime.many.line import Line
    from wingbeat.runtime.many.source import Job

#: Seconds for threads to end that are about to.
_PATIENCE = 0.2
#: Threads of native code that look after themselves when a process is copied.
_HARMLESS = frozenset((b"jemalloc_bg_thd",))


def impossible() -> str:
    """Why a copy of this process would not work; empty if it might."""
    if sys.platform == "darwin":
        return "the libraries of macOS do not allow it"
    return "a GPU is in use" if uses_gpu() else ""


def risky() -> str:
    """Why a copy of this process might hang; empty if it should not.

    A copy has the thread that made it and no other, and whatever the others were about to do stays undone, with the
    locks that they hold. Threads of native code that bear the name of the program count as those of numpy's BLAS, which
    looks after itself.
    """
    end = time.monotonic() + _PATIENCE
    while len(sys._current_frames()) > 1:
        if time.monotonic() > end:
            return f"{len(sys._current_frames()) - 1} other threads are running"
        time.sleep(0.002)
    names = thread_names()
    others = sorted(set(names[1:]) - {names[0]} - _HARMLESS) if names else []
    if others:
        return f"native threads are running: {b', '.join(others).decode('utf-8', 'replace')}"
    return ""


def thread_names() -> list[bytes]:
    """The names of this process's threads, that of the first one first; none where the system does not say."""
    try:
        numbers = sorted(map(int, os.listdir("/proc/self/task")))
    except OSError:
        return []
    names = []
    for number in numbers:
        try:
            with open(f"/proc/self/task/{number}/comm", "rb", buffering=0) as file:
                names.append(file.read().strip())
        except OSError:  # it has ended
            continue
    return names


def uses_gpu() -> bool:
    """Whether this process has opened a device of NVIDIA's, as CUDA does when it is initialized."""
    try:
        numbers = os.listdir("/proc/self/fd")
    except OSError:
        return False
    for number in numbers:
        try:
            if os.readlink(f"/proc/self/fd/{number}").startswith("/dev/nvidia"):
                return True
        except OSError:  # that of the list itself
            continue
    return False


class Forking:
    """Starts workers as copies of this process.

    Args:
        job: The job.
        line: Between the workers and this process.
        board: Where they note what they do.
        concurrency: How many elements each runs at the same time.
        timeout: Seconds that an element may take.
    """

    def __init__(self, job: Job, line: Line, board: Board, concurrency: int, timeout: float | None) -> None:
        self._job = job
        self._line = line
        self._board = board
        self._concurrency = concurrency
        self._timeout = timeout

    #: Whether this process may have threads.
    threads = False

    def start(self, number: int, folder: str, elements: int | None) -> Process:
        """Start the worker of a row.

        Args:
            number: Which row.
            folder: For its temporary files.
            elements: How many elements it may run; None for any number.

        Raises:
            OSError: the system has no room for another process.
        """
        stacks = memory(0)
        place = worker.Place(number, self._line, self._board, folder, stacks, elements)
        flush()  # what is in buffers now would come out of each copy
        pid = os.fork()
        if pid == 0:
            worker.main(lambda: worker.make(self._job, place, self._concurrency, self._timeout), place)
        return Process(pid, number, folder, stacks)


def starter(job: Job, line: Line, board: Board, concurrency: int, timeout: float | None) -> Forking:
    """What starts workers: by forking, where nothing speaks against it.

    Raises:
        SpawnError: that would not work, and no other process can load the task.
    """
    never = impossible()
    reason = never or risky()
    if reason and not never and job.invocation is None:
        log.warning(f"Workers are forked although {reason}: one that hangs is ended only if elements have a time limit")
        reason = ""
    if not reason:
        return Forking(job, line, board, concurrency, timeout)
    from wingbeat.runtime.many.spawning import Spawning

    return Spawning(job, line, board, concurrency, timeout, reason)
