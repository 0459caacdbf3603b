"""What every worker is doing, in memory that all processes of a run see.

A worker notes an element before it begins and after it has reported it, which costs a fraction of a microsecond; who
waits for it reads that when the worker has died, or to see whether it takes too long.
"""

from __future__ import annotations

import mmap
import os
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = 8
#: In the place of a number.
_LEAVING = -1


class Board:
    """One row for each worker, with one lane for each element that it may run at the same time.

    Args:
        workers: How many rows.
        lanes: How many lanes.
        descriptor: The memory of a board that another process has made; by default it is new.
    """

    def __init__(self, workers: int, lanes: int, descriptor: int | None = None) -> None:
        self.shape = workers, lanes
        self._lanes = lanes
        self._row = 1 + 2 * lanes
        size = (1 + workers * self._row) * _WORD
        self.descriptor = memory(size) if descriptor is None else descriptor
        # A stop, and for each worker: how many of its elements wait for their documents to arrive, and for each lane
        # the element after which it is, counted from 1, and when it began.
        self._words = memoryview(mmap.mmap(self.descriptor, size)).cast("q")

    def stop(self) -> None:
        """Have no worker begin another element."""
        self._words[0] = 1

    @property
    def stopped(self) -> bool:
        """Whether that was said."""
        return bool(self._words[0])

    def begin(self, worker: int, lane: int, index: int) -> None:
        """A worker begins an element."""
        place = 2 + worker * self._row + 2 * lane
        self._words[place + 1] = time.monotonic_ns()
        self._words[place] = index + 1

    def end(self, worker: int, lane: int) -> None:
        """It has run it. What has become of it may be on its way."""
        self._words[2 + worker * self._row + 2 * lane] = 0

    def wait_for(self, worker: int, count: int) -> None:
        """So many elements of a worker wait for their documents to arrive."""
        self._words[1 + worker * self._row] = count

    def waits_for(self, worker: int) -> int:
        """How many do."""
        return max(self._words[1 + worker * self._row], 0)

    def leave(self, worker: int) -> None:
        """A worker runs no other element, and is about to end."""
        self._words[1 + worker * self._row] = _LEAVING

    def leaves(self, worker: int) -> bool:
        """Whether that was said."""
        return self._words[1 + worker * self._row] == _LEAVING

    def running(self, worker: int) -> Iterator[tuple[int, float]]:
        """The elements that a worker is running, and how many seconds it has been at each."""
        place = 2 + worker * self._row
        now = time.monotonic_ns()
        for lane in range(place, place + 2 * self._lanes, 2):
            index = self._words[lane] - 1
            if index >= 0:
                yield index, (now - self._words[lane + 1]) / 1e9

    def clear(self, worker: int) -> None:
        """Another worker takes the place of one that has ended."""
        start = 1 + worker * self._row
        for place in range(start, start + self._row):
            self._words[place] = 0


def memory(size: int) -> int:
    """The descriptor of zeros that processes may share."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("wingbeat", os.MFD_CLOEXEC)
    else:
        import tempfile

        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    os.ftruncate(descriptor, size)
    return descriptor
