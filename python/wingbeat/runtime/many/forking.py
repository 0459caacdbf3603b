"""How a worker comes into being: as a copy of this process, which has loaded everything, unless that is unsafe."""

from __future__ import annotations

import os

from wingbeat.runtime import log
from wingbeat.runtime.many import safety, worker
from wingbeat.runtime.many.board import memory
from wingbeat.runtime.many.isolation import flush
from wingbeat.runtime.many.process import Process

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wingbeat.runtime.many.board import Board
    from wingbeat.runtime.many.line import Line
    from wingbeat.runtime.many.source import Job


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
    never = safety.impossible()
    reason = never or safety.risky()
    if reason and not never and job.invocation is None:
        log.warning(f"Workers are forked although {reason}: one that hangs is ended only if elements have a time limit")
        reason = ""
    if not reason:
        return Forking(job, line, board, concurrency, timeout)
    from wingbeat.runtime.many.spawning import Spawning

    return Spawning(job, line, board, concurrency, timeout, reason)
