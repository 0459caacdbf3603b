"""Where the documents of elements go: to files of this machine at once, elsewhere many at the same time.

Each is whole or not there. On this machine they are not flushed to the disk one by one, which would take longer than
most elements: `settle` does that for all, before anybody is told that they are there.
"""

from __future__ import annotations

import os

from wingbeat import storage
from wingbeat.storage import local

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wingbeat.runtime.many.board import Board

    Then = Callable[[storage.StorageError | None], None]


class Writer:
    """Writes each document before the next."""

    #: How many elements wait for their documents to arrive.
    pending = 0

    def put(self, prefix: str, documents: Sequence[tuple[str, bytes]], then: Then) -> None:
        """Write files, by name and in their order, and call `then`: with what has failed, if anything has."""
        failed = None
        try:
            path = storage.local_path(prefix)
            for name, content in documents:
                uri = f"{prefix}/{name}"
                if path is None:
                    storage.write(uri, content)
                else:
                    local.write(f"{path}/{name}", content, uri, durable=False)
        except storage.StorageError as error:
            failed = error
        then(failed)

    def drain(self) -> None:
        """Wait until everything has arrived."""


def writer(output_prefix: str, board: Board, worker: int) -> Writer:
    """What writes below a prefix, for a worker."""
    return Writer()


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
