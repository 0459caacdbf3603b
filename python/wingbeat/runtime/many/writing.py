"""Where the documents of elements go: to files of this machine at once, elsewhere many at the same time.

Each is whole or not there. On this machine they are not flushed to the disk one by one, which would take longer than
most elements: `settle` does that for all, before anybody is told that they are there.
"""

from __future__ import annotations

import contextvars
import os
import threading
from queue import SimpleQueue

from wingbeat import storage
from wingbeat.runtime import context
from wingbeat.runtime.many import side_by_side
from wingbeat.storage import local
from wingbeat.storage.limits import BYTES_IN_FLIGHT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Then = Callable[[storage.StorageError | None], None]

#: Elements whose documents are on their way at the same time, from one process.
AT_ONCE = 64


class Writer:
    """Writes each document before the next."""

    def put(self, prefix: str, documents: Sequence[tuple[str, bytes]], then: Then) -> None:
        """Write files, by name and in their order, and call `then`: with what has failed, if anything has."""
        failed = None
        try:
            path = storage.local_path(prefix)
            if path is not None:
                make_folder(path, prefix)
            for name, content in documents:
                uri = f"{prefix}/{name}"
                if path is None:
                    storage.write(uri, content)
                else:
                    write(path, name, content, uri)
        except storage.StorageError as error:
            failed = error
        then(failed)

    def drain(self) -> None:
        """Wait until everything has arrived."""


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


def writer(output_prefix: str, told: Callable[[int], None]) -> Writer:
    """What writes below a prefix. For `told` see `BackgroundWriter`."""
    if storage.local_path(output_prefix) is not None:
        return Writer()
    side_by_side.begin()
    return BackgroundWriter(told)


def make_folder(path: str, uri: str) -> None:
    """Make a folder of this machine, which is seldom there already, and so is seldom asked for."""
    try:
        try:
            os.mkdir(path)
        except FileExistsError:
            if not os.path.isdir(path):
                raise
        except FileNotFoundError:
            os.makedirs(path, exist_ok=True)
    except (OSError, ValueError) as error:
        raise local.failure("write", uri, error) from error


def write(folder: str, name: str, content: bytes, uri: str) -> None:
    """Write a file in a folder that is there, without flushing it."""
    try:
        local.put(f"{folder}/{local.temporary_name(name)}", f"{folder}/{name}", content, durable=False)
    except (OSError, ValueError) as error:
        raise local.failure("write", uri, error) from error


def settle(output_prefix: str) -> None:
    """Have everything on the disk that was written below a folder of this machine; of another place, it is there.

    Raises:
        StorageError: the disk has failed.
    """
    path = storage.local_path(output_prefix)
    if path is None or not os.path.isdir(path):
        return
    try:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            sync_file_system(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise local.failure("write", output_prefix, error) from error


def sync_file_system(descriptor: int) -> None:
    """Flush the file system that an open file is in; all of them, where the system cannot flush one."""
    import ctypes

    try:
        syncfs = ctypes.CDLL(None, use_errno=True).syncfs
    except AttributeError:
        os.sync()
        return
    if syncfs(descriptor) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
