"""Writes documents of many elements at the same time: each takes long to arrive, and elements go on meanwhile."""

from __future__ import annotations

import contextvars
import threading
from queue import SimpleQueue

from wingbeat.runtime import context
from wingbeat.runtime.many import side_by_side
from wingbeat.runtime.many.writing import Writer
from wingbeat.storage.limits import BYTES_IN_FLIGHT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wingbeat.runtime.many.writing import Then

#: Elements whose documents are on their way at the same time, from one process.
AT_ONCE = 64


class BackgroundWriter(Writer):
    """Writes many documents at the same time, while elements go on; each element's in their order.

    Args:
        told: Called with the number of elements whose documents are on their way, whenever that changes.
        count: How many elements' documents may be on their way; `put` waits while there are more.
        size: How many bytes they may have together; one that has more goes alone.
    """

    def __init__(self, told: Callable[[int], None], count: int = AT_ONCE, size: int = BYTES_IN_FLIGHT) -> None:
        self._told = told
        self._count = count
        self._size = size
        self._arrived = threading.Condition()
        self._waiting: SimpleQueue[tuple[contextvars.Context, int, Callable[[], None]]] = SimpleQueue()
        self._pending = 0
        self._bytes = 0
        self._threads = 0

    def put(self, prefix: str, documents: Sequence[tuple[str, bytes]], then: Then) -> None:
        """Begin to write files; `then` is called in another thread."""
        size = sum(len(content) for _, content in documents)
        write = super().put
        place = contextvars.copy_context()
        place.run(side_by_side.enter, context.process_context())  # what is logged there is about this element
        with self._arrived:
            self._arrived.wait_for(
                lambda: self._pending == 0 or (self._pending < self._count and self._bytes + size <= self._size)
            )
            self._pending += 1
            self._bytes += size
            self._told(self._pending)
            lacking = self._threads < self._pending
            self._threads += lacking
        self._waiting.put((place, size, lambda: write(prefix, documents, then)))
        if lacking:
            threading.Thread(target=self._work, name="wingbeat-write", daemon=True).start()

    def drain(self) -> None:
        """Wait until everything has arrived."""
        with self._arrived:
            self._arrived.wait_for(lambda: self._pending == 0)

    def _work(self) -> None:
        while True:
            place, size, write = self._waiting.get()
            try:
                place.run(write)
            finally:
                with self._arrived:
                    self._pending -= 1
                    self._bytes -= size
                    self._told(self._pending)
                    self._arrived.notify()
