"""Workers, and who waits for them: hands out elements, takes results, buries the dead and replaces them."""

from __future__ import annotations

import os
import select
import time
from itertools import islice

from wingbeat import storage
from wingbeat.runtime import log, workspace
from wingbeat.runtime.many import coroner, forking
from wingbeat.runtime.many.apart import Apart, ApartError
from wingbeat.runtime.many.board import Board
from wingbeat.runtime.many.line import Line
from wingbeat.runtime.many.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wingbeat.runtime.many.death import Death
    from wingbeat.runtime.many.process import Process
    from wingbeat.runtime.many.source import Job

#: Elements that are offered at the same time, at most, and how many are added to them together.
_OFFERED, _AT_ONCE = 1024, 256
#: Seconds between two looks at the workers when nothing happens.
_TICK = 0.05
#: With more results in the last few rounds than that, waking up for each would cost more than they do; seconds to
#: wait then.
_MANY, _PAUSE = 16, 0.004
#: With a worker for each element: how many there may be for each that runs one, because the others are about to end.
_ROWS = 3
#: Seconds for a worker to end after it was asked to, before it is killed.
_PATIENCE = 5.0
#: Seconds without anything to do while there is something to be done, before elements are taken for lost.
_LOST = 0.5
#: Workers that die before they have run anything, one after another.
_BARREN = 3
#: Seconds that a coroutine may take longer than it was given, to be cancelled by its worker rather than killed with it.
_SLACK = 1.0


class PoolError(Exception):
    """No worker can be had."""


class Pool:
    """Runs elements in workers.

    Args:
        job: The job.
        elements: Which ones.
        jobs: How many workers.
        concurrency: How many elements each runs at the same time, if the task is a coroutine.
        timeout: Seconds that an element may take; None for as long as it likes.
        isolate: Whether each element has a worker of its own.

    A pool is a context: on leaving it, no worker is left.
    """

    def __init__(
        self,
        job: Job,
        elements: Iterable[int],
        jobs: int = 1,
        concurrency: int = 1,
        timeout: float | None = None,
        isolate: bool = False,
    ) -> None:
        self._job = job
        self._elements = iter(elements)
        self._jobs = jobs
        self._timeout = timeout
        self._slack = _SLACK if concurrency > 1 else 0.0
        self._each = 1 if isolate else None
        self._folder = workspace.make_folder()
        self._line = Line()
        self._rows = jobs * _ROWS if isolate else jobs
        self._board = Board(self._rows, concurrency)
        self._starter = forking.starter(job, self._line, self._board, concurrency, timeout)
        self._workers: dict[int, Process] = {}
        #: Offered, and not reported yet.
        self._open: set[int] = set()
        self._again: list[int] = []
        self._alone: list[int] = []
        self._is_last = False
        self._barren = self._recent = 0
        self._idle_since: float | None = None
        self._watched: list[int] = []
        self._reports: list[tuple[int, Death, Apart]] = []
        self._is_local = storage.local_path(job.prefixes.output) is not None

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.abandon()
        self._line.close()
        workspace.remove(self._folder)

    def watch(self, descriptor: int) -> None:
        """Let `results` wake up when this descriptor can be read, too."""
        self._watched.append(descriptor)

    def results(self) -> Iterator[Result | None]:
        """What becomes of elements, as it does; None whenever nothing has for a moment.

        Raises:
            PoolError: workers die before they have run anything.
            OSError: processes cannot be started.
        """
        self._offer()
        while self._open or not self._is_last:
            if self._board.stopped and not self._workers and not self._reports:
                return
            self._man()
            yield from self._wait()
            self._offer()
        yield from self._dismiss()

    def stop(self) -> None:
        """Begin no other element. `results` goes on until those that are running have ended."""
        self._board.stop()
        self._line.end()
        self._is_last = True

    def abandon(self) -> None:
        """End all workers now. Nothing is said of their elements."""
        self.stop()
        for worker in self._workers.values():
            worker.kill()
        for worker in self._workers.values():
            worker.wait()
            workspace.remove(worker.folder)
        self._workers.clear()

    @property
    def running(self) -> int:
        """How many elements are running now."""
        return sum(1 for worker in self._workers.values() for _ in self._board.running(worker.number))

    # Elements.

    def _offer(self) -> None:
        if self._board.stopped:
            return
        while self._alone and self._line.feed(self._alone[:1], alone=True):
            del self._alone[0]
        if self._again and self._line.feed(self._again[:_AT_ONCE]):
            del self._again[:_AT_ONCE]
        while not self._is_last and len(self._open) <= _OFFERED - _AT_ONCE:
            some = list(islice(self._elements, _AT_ONCE))
            if not some:
                self._is_last = True
            elif self._line.feed(some):
                self._open.update(some)
            else:  # cannot be: a pipe holds more
                raise PoolError("the system's pipes are too small")

    def _man(self) -> None:
        """Have as many workers as there are elements for, and no more than there should be."""
        if self._board.stopped:
            return
        free = [number for number in range(self._rows) if number not in self._workers]
        working = sum(not self._board.leaves(number) for number in self._workers)
        if not free or working >= self._jobs:
            return
        for number in free[: min(self._jobs - working, self._line.offered())]:
            self._board.clear(number)
            folder = os.path.join(self._folder, str(number))
            os.mkdir(folder)
            self._workers[number] = self._starter.start(number, folder, self._each)

    def _wait(self) -> Iterator[Result | None]:
        """Wait for something to happen, and deal with it."""
        poll = select.poll()
        for descriptor in (self._line.reported, *self._watched):
            poll.register(descriptor, select.POLLIN)
        for worker in self._workers.values():
            if worker.descriptor >= 0:
                poll.register(worker.descriptor, select.POLLIN)
        poll.poll(_TICK * 1000)
        count = 0
        for result in self._line.receive():
            if result.index in self._open:
                self._open.discard(result.index)
                count += 1
                yield result
        if count:
            self._barren = 0
        else:
            yield None
        for worker in [*self._workers.values()]:
            if worker.has_ended():
                yield from self._bury(worker)
        if self._reports:
            yield from self._reported()
        if self._timeout is not None:
            self._end_late()
        self._find_lost()
        self._recent = self._recent * 3 // 4 + count
        if self._recent > _MANY and self._each is None:
            time.sleep(_PAUSE)

    def _end_late(self) -> None:
        assert self._timeout is not None
        for worker in self._workers.values():
            if any(seconds > self._timeout + self._slack for _, seconds in self._board.running(worker.number)):
                worker.end()

    def _find_lost(self) -> None:
        """Offer again what a worker had taken before it died, and had not begun, or not reported yet."""
        if not self._open or self._is_busy():
            self._idle_since = None
            return
        now = time.monotonic()
        if self._idle_since is None:
            self._idle_since = now
        elif now - self._idle_since > _LOST:
            self._again.extend(sorted(self._open))
            self._idle_since = None

    def _is_busy(self) -> bool:
        """Whether something is going on that results may come of."""
        if self._alone or self._again or self._reports or self._board.stopped or self._line.offered():
            return True
        return self.running > 0 or any(self._board.waits_for(number) for number in self._workers)

    # Workers that have ended.

    def _bury(self, worker: Process) -> Iterator[Result]:
        """See what has become of the elements of a worker that has ended."""
        for result in self._line.receive():  # what it has reported before
            if result.index in self._open:
                self._open.discard(result.index)
                yield result
        death = worker.wait()
        del self._workers[worker.number]
        workspace.remove(worker.folder)
        running = [one for one in self._board.running(worker.number) if one[0] in self._open]
        if not running and death.status != 0:
            self._barren += 1
            if self._barren == _BARREN:
                raise PoolError(f"{_BARREN} workers in a row have ended before they ran an element ({death.how()})")
        guilty = running if len(running) == 1 else []
        if worker.was_late and self._timeout is not None:
            death.timeout = self._timeout
            guilty = [one for one in running if one[1] > death.timeout]
        for index, seconds in guilty:
            yield from self._report(index, death, seconds)
        for one in running:
            if one not in guilty:  # which of them it was shows when each runs by itself
                self._alone.append(one[0])

    def _report(self, index: int, death: Death, seconds: float) -> Iterator[Result]:
        """Write error.pb for an element: to a store from another process, where this one must have no threads."""
        if self._is_local or self._starter.threads:
            self._open.discard(index)
            yield coroner.report(self._job, index, death, seconds)
        else:
            self._reports.append((index, death, Apart(lambda: coroner.report(self._job, index, death, seconds))))

    def _reported(self) -> Iterator[Result]:
        """The elements for which that has been done."""
        waiting = []
        for one in self._reports:
            index, death, report = one
            if not report.has_ended():
                waiting.append(one)
                continue
            self._open.discard(index)
            try:
                yield report()
            except ApartError as error:
                log.error(f"What became of element {index} could not be reported: {error}")
                yield Result(index, False, False, "SYSTEM", True, "SYSTEM", death.what(), 0.0, {})
        self._reports = waiting

    def _dismiss(self) -> Iterator[Result]:
        """Let the workers end."""
        self._line.end()
        end = time.monotonic() + _PATIENCE
        for worker in self._workers.values():
            worker.wait_until(end)
        self.abandon()
        return iter(())
