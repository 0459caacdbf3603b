"""Uploads in the background, while the outputs of a task are encoded."""

from __future__ import annotations

import threading

from wingbeat.storage.limits import BYTES_IN_FLIGHT, transfers
from wingbeat.storage.upload import Upload
from wingbeat.storage.uri import local_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from wingbeat.storage.errors import StorageError


class UploadQueue:
    """Uploads that go on at the same time, as many as the bounds allow.

    Args:
        count: How many at a time; by default what `limits.transfers` says.
        size: How many bytes all that are on their way may have together. One that is larger goes alone.
    """

    def __init__(self, count: int | None = None, size: int = BYTES_IN_FLIGHT) -> None:
        self._count = transfers() if count is None else count
        self._size = size
        self._changed = threading.Condition()
        self._all: list[Upload] = []  # in the order of queueing
        self._waiting: list[Upload] = []
        self._running = 0  # uploads that wait for a thread are among them
        self._bytes = 0
        self._idle = 0  # threads
        self._closed = False

    def put(
        self,
        path: str,
        uri: str,
        *,
        folder: bool = False,
        remove: bool = False,
        failure: Callable[[StorageError], Exception] | None = None,
        **options: Any,
    ) -> None:
        """Begin an upload; waits while there are too many. For the rest see `transfer.upload`.

        A copy on this machine is made before this returns: a thread costs more than it saves. After a failure nothing
        is begun any more.

        Args:
            path: The local file or folder, which must stay as it is until it is uploaded.
            uri: Where it goes.
            folder: Whether all that is in a folder is meant.
            remove: Whether `path` is a temporary file, deleted when it is not needed any more.
            failure: Makes the exception to raise of one of storage; by default it is raised as it is.
            options: For the driver.

        Raises:
            StorageError: a copy on this machine has failed.
        """
        upload = Upload(path, uri, folder, remove, failure, options)
        if local_path(uri) is not None:
            upload.now()
            return
        upload.measure()
        with self._changed:
            self._changed.wait_for(lambda: self._may_begin(upload.size))
            if self._stopped():
                upload.discard()
                return
            self._all.append(upload)
            self._waiting.append(upload)
            self._running += 1
            self._bytes += upload.size
            if self._idle >= len(self._waiting):
                self._changed.notify_all()
                return
        # A daemon: a process that has nothing left but uploads nobody wants may end.
        threading.Thread(target=self._work, name="wingbeat-upload", daemon=True).start()

    def drain(self) -> None:
        """Wait until everything has arrived.

        Raises:
            StorageError: the first upload, in the order of queueing, that has failed.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._running == 0)
            failed = next((upload.error for upload in self._all if upload.error is not None), None)
            self._all.clear()
        if failed is not None:
            raise failed

    def close(self) -> None:
        """Let the threads end. What has not begun will not begin, and its temporary files are deleted."""
        with self._changed:
            self._closed = True
            for upload in self._waiting:
                upload.discard()
                self._running -= 1
            self._waiting.clear()
            self._changed.notify_all()

    def _may_begin(self, size: int) -> bool:
        fits = self._running < self._count and self._bytes + size <= self._size
        return fits or self._running == 0 or self._stopped()

    def _stopped(self) -> bool:
        return self._closed or any(upload.error is not None for upload in self._all)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._idle += 1
                self._changed.wait_for(lambda: self._waiting or self._closed)
                self._idle -= 1
                if not self._waiting:
                    return
                upload = self._waiting.pop(0)
            upload.run()
            with self._changed:
                self._running -= 1
                self._bytes -= upload.size
                self._changed.notify_all()
