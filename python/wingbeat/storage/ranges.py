"""A large file in parts that are requested at the same time, each written where it belongs."""

from __future__ import annotations

import os
import threading

from wingbeat.storage.limits import RANGE, RANGES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from wingbeat.storage.progress import Progress

#: A part is in memory between its request and its writing: so many of all downloads together.
_in_memory = threading.BoundedSemaphore(RANGES)


def download(read: Callable[[int, int], Any], path: str, size: int, progress: Progress) -> None:
    """Make a file of `size` bytes at `path`; `read` gives the bytes from a start to an end.

    Raises:
        Exception: what the first part that failed has raised; the rest is given up. The file is not whole then.
    """
    starts = iter(range(0, size, RANGE))
    errors: list[BaseException] = []
    lock = threading.Lock()

    def work() -> None:
        while not errors:
            with lock:
                start = next(starts, None)
            if start is None:
                return
            try:
                with _in_memory:
                    write_at(descriptor, read(start, min(start + RANGE, size)), start)
            except BaseException as error:  # noqa: BLE001 raised in the thread that waits
                errors.append(error)
                return
            progress.add(min(RANGE, size - start))

    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        count = min(RANGES, -(-size // RANGE))
        threads = [threading.Thread(target=work, name="wingbeat-range", daemon=True) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        os.close(descriptor)
    if errors:
        raise errors[0]


def write_at(descriptor: int, data: Any, start: int) -> None:
    """Write, however often the system has to be asked."""
    view = memoryview(data)
    while view:
        count = os.pwrite(descriptor, view, start)
        view, start = view[count:], start + count
