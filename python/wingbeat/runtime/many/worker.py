"""A process that runs elements, one after another."""

from __future__ import annotations

import faulthandler
import gc
import os
import sys
from _signal import SIG_DFL, SIGINT, SIGTERM, default_int_handler, signal  # type: ignore[import-not-found]

from wingbeat.runtime import context, log, termination, workspace
from wingbeat.runtime.many import writing
from wingbeat.runtime.many.death import BROKEN
from wingbeat.runtime.many.element import Element
from wingbeat.runtime.many.isolation import Isolation, flush

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

    from wingbeat.runtime.many.board import Board
    from wingbeat.runtime.many.line import Line
    from wingbeat.runtime.many.result import Result
    from wingbeat.runtime.many.source import Job

#: Added to how gladly the kernel ends this process when memory is short: it rather than who waits for it.
_OOM = 300


class Place:
    """Where a worker belongs.

    Args:
        number: Its row on the board.
        line: Brings elements and takes results.
        board: Where it notes what it does.
        folder: For its temporary files; somebody else removes it.
        stacks: The descriptor of a file for where its threads were when it was ended.
        elements: How many elements it runs, one after another; None for as many as there are.
    """

    __slots__ = ("board", "elements", "folder", "line", "number", "stacks")

    def __init__(
        self, number: int, line: Line, board: Board, folder: str, stacks: int, elements: int | None = None
    ) -> None:
        self.number = number
        self.line = line
        self.board = board
        self.folder = folder
        self.stacks = stacks
        self.elements = elements


class Worker:
    """Runs elements of a job.

    Args:
        job: The job.
        place: Where the worker belongs.
        numbered: Whether the environment says which element it is.
    """

    def __init__(self, job: Job, place: Place, *, numbered: bool = True) -> None:
        self._job = job
        self._line = place.line
        self._board = place.board
        self._number = place.number
        self._elements = place.elements
        self._writer = writing.writer(job.prefixes.output, self._tell)
        job.randomness.begin()
        self._isolation = Isolation(job.randomness, numbered=numbered)

    def run(self) -> None:
        """Run elements until there are no more."""
        left = self._elements
        while left is None or left > 0:
            index = self._line.take()
            if index is None or self._board.stopped:
                break
            self._run(index)
            if left is not None:
                left -= 1
        self._writer.drain()
        self._board.leave(self._number)

    def _run(self, index: int) -> None:
        board, number = self._board, self._number
        board.begin(number, 0, index)
        self._isolation.begin(index)
        element = Element(self._job, index, self._writer, self._report)
        element.run()
        board.end(number, 0)
        workspace.remove_folders(element.parameters)
        self._isolation.restore()

    def _tell(self, count: int) -> None:
        self._board.wait_for(self._number, count)

    def _report(self, result: Result) -> None:
        try:
            self._line.send(result)
        except OSError as error:  # nobody is there, or the task has closed what is not its own
            if not isinstance(error, BrokenPipeError):
                log.error(f"What became of the element could not be reported: {error}")
            os._exit(BROKEN)


def make(job: Job, place: Place, concurrency: int, timeout: float | None) -> Worker:
    """A worker of the kind that is asked for: see `Coroutines`."""
    if concurrency == 1:
        return Worker(job, place)
    from wingbeat.runtime.many.coroutines import Coroutines

    return Coroutines(job, place, concurrency, timeout)


def main(make: Callable[[], Worker], place: Place) -> NoReturn:
    """Be a worker, in a process of its own, to its end."""
    status = BROKEN
    try:
        settle_in(place)
        make().run()
        status = 0
    except BaseException:  # noqa: BLE001 of a forked process nothing may get out
        import traceback

        traceback.print_exc()
    finally:
        leave(status)


def settle_in(place: Place) -> None:
    """Make a process of this copy of another one."""
    os.setpgid(0, 0)  # to be ended with all that its elements have started
    signal(SIGTERM, SIG_DFL)
    signal(SIGINT, default_int_handler)
    faulthandler.enable(file=place.stacks)
    termination.show_stacks(place.stacks)
    place.line.join()
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)  # elements cannot share what is typed or piped
    os.close(nothing)
    workspace.home = place.folder
    if context.side_by_side is not None:
        from wingbeat.runtime.many import side_by_side

        side_by_side.forget()
    gc.freeze()  # collecting what was there before would copy the memory that is shared
    volunteer()


def volunteer() -> None:
    """Have the kernel end this process rather than the one that waits for it."""
    try:
        with open("/proc/self/oom_score_adj", "r+b", buffering=0) as file:
            now = int(file.read())
            file.write(b"%d" % min(now + _OOM, 1000))
    except (OSError, ValueError):  # not Linux, or not allowed
        return


def leave(status: int) -> NoReturn:
    """End the process without what is to be done at the end of the one it is a copy of."""
    try:
        threading = sys.modules.get("threading")
        if threading is not None and status == 0:
            threading._shutdown()  # threads of elements may go on for as long as those of a process may
        flush()
    finally:
        os._exit(status)
