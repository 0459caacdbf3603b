"""Every other place, through fsspec. Loaded on the first such URL."""

from __future__ import annotations

import errno
import os

from wingbeat.storage import copy, limits, local, retry, watch
from wingbeat.storage.drivers import resolve
from wingbeat.storage.object_errors import IncompleteReadError, complete
from wingbeat.storage.store import OBJECT_STORES, Entry, Store
from wingbeat.storage.uri import scheme

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, BinaryIO, TypeVar

    from wingbeat.storage.progress import Progress

    T = TypeVar("T")

#: Drivers whose clients give up by themselves when nothing comes.
_WITH_TIMEOUT = frozenset((*OBJECT_STORES, "http", "https"))
#: Drivers that keep one connection, which only one thread may use at a time.
_ONE_CONNECTION = frozenset(("ftp", "sftp", "ssh", "smb", "hdfs", "webhdfs", "dbfs", "github", "git", "zip", "tar"))


def locate(uri: str, operation: str, *, anonymous: bool = False) -> tuple[Store, str]:
    """The store of a location and the key in it. Raises StorageError if there is no driver."""
    file_system, path = resolve(uri, operation, anonymous=anonymous)
    store = FsspecStore(file_system, scheme(uri))
    store.patient = lambda: resolve(uri, operation, anonymous=anonymous, patient=True)[0]
    return store, path


class FsspecStore(Store):
    """What fsspec's file system of a scheme can do."""

    def __init__(self, file_system: Any, kind: str) -> None:
        self._files = file_system
        self._kind = kind
        self.concurrent = kind not in _ONE_CONNECTION
        #: Gives the file system that sends parts of an upload again.
        self.patient: Callable[[], Any] = lambda: file_system

    def read(self, key: str) -> bytes:
        """The content of one file."""
        return bytes(self._call(lambda: self._files.cat_file(key), "read", key))

    def write(self, key: str, data: bytes) -> None:
        """One put, which object stores make visible at once or not at all."""

        def once() -> None:
            try:
                self._files.pipe_file(key, data)
            except FileNotFoundError:
                if self._kind in OBJECT_STORES:
                    raise
                self._make_parent(key)
                self._files.pipe_file(key, data)

        self._call(once, "write", key)

    def get_file(self, key: str, path: str, size: int | None, progress: Progress) -> None:
        """As the driver does it, large objects in parts; the length is checked where the store says it."""

        def measure() -> int | None:
            expected = self._size(key)
            progress.expect(expected)
            return expected

        expected = self._call(measure, "read", key) if size is None else size
        if expected is not None and expected > 2 * limits.RANGE and self._kind in OBJECT_STORES:
            from wingbeat.storage import ranges

            ranges.download(lambda start, end: self._read_range(key, start, end), path, expected, progress)
            return

        def once() -> None:
            own = local.beside(path)  # an attempt that was left to itself may still write to its file
            try:
                self._watched(lambda: self._files.get_file(key, own, callback=callback(progress)), progress)
                if os.path.isdir(own):
                    raise IsADirectoryError(21, "Is a folder, not a file", key)
                if expected is not None and os.path.getsize(own) != expected:
                    raise IncompleteReadError(f"{os.path.getsize(own)} bytes have come of {expected}")
                os.replace(own, path)
            finally:
                copy.discard(own)

        self._try(once, "read", key)

    def put_file(self, path: str, key: str, progress: Progress, options: dict[str, Any]) -> None:
        """As the driver does it."""
        options = {**self._upload_options(), **options, "callback": callback(progress)}
        files = self.patient() if os.path.getsize(path) > limits.part_size() else self._files

        def once() -> None:
            try:
                files.put_file(path, key, **options)
            except FileNotFoundError:
                if self._kind in OBJECT_STORES or not os.path.exists(path):
                    raise
                self._make_parent(key)
                files.put_file(path, key, **options)

        self._try(lambda: self._watched(once, progress), "write", key)

    def delete(self, key: str) -> None:
        """As the driver does it."""
        self._call(lambda: self._files.rm_file(key), "delete", key)

    def exists(self, key: str) -> bool:
        """Whether there is a file or a folder."""
        return self._call(lambda: bool(self._files.exists(key)), "read", key)

    def is_folder(self, key: str) -> bool:
        """Whether there is a folder."""
        return self._call(lambda: bool(self._files.isdir(key)), "read", key)

    def find(self, key: str) -> list[Entry]:
        """All files below, without those that stand for folders only."""
        root = key.rstrip("/")
        found = self._call(lambda: self._files.find(root, detail=True), "list", key)
        return [
            Entry(name[len(root) :].lstrip("/"), False, info.get("size"))
            for name, info in found.items()
            if not name.endswith("/") and info.get("type") != "directory" and name != root
        ]

    def list(self, key: str) -> list[Entry]:
        """What is in a folder."""
        root = key.rstrip("/")
        try:
            found = self._call(lambda: self._files.ls(root, detail=True), "list", key)
        except FileNotFoundError:
            return []
        entries = []
        for info in found:
            name = info["name"].rstrip("/")[len(root) :].lstrip("/")
            folder = info.get("type") == "directory"
            if name and info["name"].strip("/") != root.strip("/"):
                entries.append(Entry(name, folder, None if folder else info.get("size")))
        return entries

    def open(self, key: str) -> BinaryIO:
        """A file to read from."""
        return self._call(lambda: self._files.open(key, "rb"), "read", key)

    def _read_range(self, key: str, start: int, end: int) -> bytes:
        return self._call(lambda: complete(self._files.cat_file(key, start=start, end=end), end - start), "read", key)

    def _size(self, key: str) -> int | None:
        info = self._files.info(key)
        if info.get("type") == "directory":
            raise IsADirectoryError(21, "Is a folder, not a file", key)
        size = info.get("size")
        return size if isinstance(size, int) else None

    def _upload_options(self) -> dict[str, Any]:
        if self._kind in ("s3", "s3a"):
            part = limits.part_size()
            return {"chunksize": part, "max_concurrency": max(limits.PARTS_IN_MEMORY // part, 1)}
        return {"chunksize": limits.part_size()} if self._kind in ("gs", "gcs") else {}

    def _make_parent(self, key: str) -> None:
        # Object stores have no folders, and asking for one could create a bucket.
        self._files.makedirs(key.rpartition("/")[0], exist_ok=True)

    def _watched(self, action: Callable[[], T], progress: Progress | None = None) -> T:
        if self._kind in _WITH_TIMEOUT:
            return action()
        return watch.call(action, limits.timeout(), lambda: progress.done if progress else 0)

    def _call(self, action: Callable[[], T], verb: str, key: str) -> T:
        return self._try(lambda: self._watched(action), verb, key)

    def _try(self, action: Callable[[], T], verb: str, key: str) -> T:
        try:
            return retry.call(action, f"{verb} {self._kind}:{key}")
        except retry.FINAL:
            raise
        except Exception as error:
            named = by_status(error)
            if named is None:
                raise
            raise named from error


def by_status(error: Exception) -> OSError | None:
    """What an answer of the store, or the lack of keys to ask it, is called everywhere else."""
    status = next(filter(None, map(retry.status_of, retry.chain(error))), None)
    if status in (401, 403) or type(error).__name__ == "NoCredentialsError":
        return PermissionError(errno.EACCES, retry.first_line(error))
    return FileNotFoundError(errno.ENOENT, retry.first_line(error)) if status == 404 else None


def callback(progress: Progress) -> Any:
    """What a driver reports to."""
    from fsspec.callbacks import Callback

    class Reporting(Callback):  # type: ignore[misc]  # fsspec has no types
        reached = 0

        def relative_update(self, inc: int = 1) -> None:
            progress.add(inc)

        def absolute_update(self, value: int) -> None:
            progress.add(value - self.reached)
            self.reached = value

    return Reporting()
