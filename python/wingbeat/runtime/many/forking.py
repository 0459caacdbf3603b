"""How a worker comes into being: a copy of the process that has loaded everything, where that is safe."""

from __future__ import annotations

import os

from wingbeat.runtime.many import worker
from wingbeat.runtime.many.board import memory
from wingbeat.runtime.many.isolation import flush
from wingbeat.runtime.many.process import Process

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from wingbeat.runtime.many.board import Board
    from wingbeat.runtime.many.line import Line
    from wingbeat.runtime.many.source import Job

    #: Starts the worker of a row, with a folder for its temporary files and the number of elements that it may run.
    Start = Callable[[int, str, int | None], Process]


def make(job: Job, place: worker.Place, concurrency: int, timeout: float | None) -> worker.Worker:
    """A worker of the kind that is asked for."""
    if concurrency == 1:
        return worker.Worker(job, place)
    from wingbeat.runtime.many.coroutines import Coroutines

    return Coroutines(job, place, concurrency, timeout)


def starter(job: Job, line: Line, board: Board, concurrency: int, timeout: float | None) -> Start:
    """What starts workers."""

    def fork(number: int, folder: str, elements: int | None) -> Process:
        stacks = memory(0)
        place = worker.Place(number, line, board, folder, stacks, elements)
        flush()  # what is in buffers now would come out of each copy
        pid = os.fork()
        if pid == 0:
            worker.main(lambda: make(job, place, concurrency, timeout), place)
        return Process(pid, number, folder, stacks)

    return fork
