"""Many transfers at the same time, as many as the bounds allow."""

from __future__ import annotations

import threading

from wingbeat.storage.limits import BYTES_IN_FLIGHT, transfers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def run(jobs: Sequence[tuple[int, Callable[[], None]]], *, alone: bool = False) -> None:
    """Do all; each comes with its bytes. One that is larger than all may have together goes alone.

    After a failure nothing is begun any more. `alone` does one after the other.

    Raises:
        Exception: the first failure, in the order of `jobs`.
    """
    if alone or len(jobs) < 2:
        for _, action in jobs:
            action()
        return
    Together(jobs).run(min(transfers(), len(jobs)))


class Together:
    """The threads of one call of `run`."""

    def __init__(self, jobs: Sequence[tuple[int, Callable[[], None]]]) -> None:
        self._jobs = jobs
        self._next = 0
        self._bytes = 0
        self._changed = threading.Condition()
        self._errors: dict[int, BaseException] = {}

    def run(self, count: int) -> None:
        """Do all, with so many threads."""
        threads = [threading.Thread(target=self._work, name="wingbeat-transfer", daemon=True) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self._errors:
            raise self._errors[min(self._errors)]

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(self._may_begin)
                if self._errors or self._next == len(self._jobs):
                    return
                number = self._next
                size, action = self._jobs[number]
                self._next += 1
                self._bytes += size
            try:
                action()
            except BaseException as error:  # noqa: BLE001 raised in the thread that waits
                self._errors[number] = error
            with self._changed:
                self._bytes -= size
                self._changed.notify_all()

    def _may_begin(self) -> bool:
        if self._errors or self._next == len(self._jobs):
            return True
        size, _ = self._jobs[self._next]
        return self._bytes == 0 or self._bytes + size <= BYTES_IN_FLIGHT
