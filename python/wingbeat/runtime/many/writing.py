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

    Then = Callable[[storage.StorageError | None], None]


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


def writer(output_prefix: str, told: Callable[[int], None]) -> Writer:
    """What writes below a prefix. For `told` see `BackgroundWriter`."""
    if storage.local_path(output_prefix) is not None:
        return Writer()
    from wingbeat.runtime.many import side_by_side
    from wingbeat.runtime.many.background import BackgroundWriter

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
