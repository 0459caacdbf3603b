"""The two pipes between who hands out elements and the workers.

All workers read from one: whoever is free takes the next element, so none waits for a slow one, and nobody has to be
asked. All write to the other. What is written at once is at most `PIPE_BUF` bytes, which arrive whole or not at all.
"""

from __future__ import annotations

import fcntl
import os
import select
import struct
import sys
import termios
from array import array

from wingbeat.runtime.many.result import unpack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wingbeat.runtime.many.result import Result

_SIZE = 8
#: Bytes of results that are read together.
_PIECE = 1 << 14
_LENGTH = struct.Struct("<H")
_ALONE = 1 << 62


class Line:
    """The pipes of a run.

    Args:
        descriptors: Of both pipes, first that of reading and then that of writing; by default new ones are made.
    """

    def __init__(self, descriptors: Sequence[int] | None = None) -> None:
        self._work, self._feed, self._results, self._report = descriptors or (*os.pipe(), *os.pipe())
        for descriptor in (self._work, self._feed, self._results):
            if descriptor >= 0:
                os.set_blocking(descriptor, False)
        self._left = b""

    @property
    def for_worker(self) -> tuple[int, int, int, int]:
        """The descriptors that a worker needs, -1 for the others."""
        return self._work, -1, -1, self._report

    # Who hands out.

    def feed(self, indices: Sequence[int], *, alone: bool = False) -> bool:
        """Offer elements, no more than 512; `alone`, each to be run while its worker runs no other.

        False if there is no room: then none is offered.
        """
        words = array("q", [index | _ALONE for index in indices] if alone else indices)
        try:
            os.write(self._feed, words)
        except BlockingIOError:
            return False
        return True

    def offered(self) -> int:
        """How many elements nobody has taken yet."""
        return waiting(self._work) // _SIZE

    def end(self) -> None:
        """There will be no more."""
        if self._feed >= 0:
            os.close(self._feed)
            self._feed = -1

    @property
    def reported(self) -> int:
        """A descriptor that can be read when there are results."""
        return self._results

    def receive(self) -> Iterator[Result]:
        """The results that have arrived. To be taken to the end."""
        while True:
            try:
                data = os.read(self._results, _PIECE)
            except BlockingIOError:
                return
            if not data:
                return
            data = self._left + data
            place, end = 0, len(data)
            while end - place >= _LENGTH.size:
                start = place + _LENGTH.size
                (length,) = _LENGTH.unpack_from(data, place)
                if end - start < length:
                    break
                place = start + length
                yield unpack(data[start:place])
            self._left = data[place:]

    def close(self) -> None:
        """Close both."""
        self.end()
        for descriptor in (self._work, self._results, self._report):
            os.close(descriptor)

    # Workers.

    def join(self) -> None:
        """This process only takes and reports from now on."""
        self.end()
        if self._results >= 0:
            os.close(self._results)
            self._results = -1

    @property
    def work(self) -> int:
        """A descriptor that can be read when there may be an element, or there will be no more."""
        return self._work

    def take_now(self) -> tuple[int, bool] | None:
        """The next element, and whether it is to be run alone; None if there will be no more.

        Raises:
            BlockingIOError: there is none now.
        """
        data = os.read(self._work, _SIZE)
        if not data:
            return None
        word = int.from_bytes(data, sys.byteorder)
        return word & ~_ALONE, bool(word & _ALONE)

    def take(self) -> int | None:
        """The next element, which is waited for; None if there will be no more."""
        while True:
            try:
                found = self.take_now()
            except BlockingIOError:
                wait_for(self._work)
            else:
                return None if found is None else found[0]

    def send(self, result: Result) -> None:
        """Report an element. From any thread."""
        data = result.pack()
        os.write(self._report, _LENGTH.pack(len(data)) + data)


def wait_for(descriptor: int) -> None:
    """Until there is something to read."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    poll.poll()


def waiting(descriptor: int) -> int:
    """How many bytes are in a pipe."""
    found = array("i", [0])
    fcntl.ioctl(descriptor, termios.FIONREAD, found)
    return found[0]
