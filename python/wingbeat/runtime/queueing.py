"""The times in which storage works in the background: while inputs are decoded, and while outputs are encoded."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from wingbeat.storage.prefetch import Prefetch
    from wingbeat.storage.queue import UploadQueue


class Queueing:
    """What `FileAccess.queueing` returns.

    `switch` makes the given one the present one, and returns the one that was. There is no queue before the first
    upload to a store: a task without one does not load threads.
    """

    def __init__(self, switch: Callable[[Queueing | None], Queueing | None]) -> None:
        self._switch = switch
        self._outer: Queueing | None = None
        self._queue: UploadQueue | None = None

    def queue(self) -> UploadQueue:
        """Where uploads go."""
        if self._queue is None:
            from wingbeat.storage.queue import UploadQueue

            self._queue = UploadQueue()
        return self._queue

    def __enter__(self) -> None:
        self._outer = self._switch(self)

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._switch(self._outer)
        if self._queue is None:
            return
        try:
            if kind is None:
                self._queue.drain()
        finally:
            self._queue.close()


class Prefetching:
    """What `FileAccess.prefetch` returns; for `switch` see `Queueing`.

    What has not been claimed is removed in the end.
    """

    def __init__(self, prefetch: Prefetch | None, switch: Callable[[Prefetch | None], Prefetch | None]) -> None:
        self._prefetch = prefetch
        self._switch = switch
        self._outer: Prefetch | None = None

    def __enter__(self) -> None:
        self._outer = self._switch(self._prefetch)

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._switch(self._outer)
        if self._prefetch is not None:
            self._prefetch.close()
