"""Files and folders in other places. Loaded on the first location that is not local."""

from __future__ import annotations

import os

from wingbeat.storage import copy, local
from wingbeat.storage.errors import StorageError
from wingbeat.storage.progress import Progress
from wingbeat.storage.store import Entry, attempt, locate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, BinaryIO

    from wingbeat.storage.store import Store


def fetch(uri: str) -> Callable[[], bytes]:
    """Begin to read in a thread; call the result to wait for the content.

    The driver is imported here and not in the thread: two threads that import modules which import each other can
    see half of them, and the caller goes on to import the user's code.
    """
    try:
        locate(uri, "read")
    except StorageError as error:
        failed = error

        def content() -> bytes:
            raise failed

        return content
    return Reading(uri).content


class Reading:
    """One file on its way, in a thread that nobody waits for: a task that fails to load does not need its inputs."""

    def __init__(self, uri: str) -> None:
        # What is below `threading`, which takes longer to load than a small file to arrive.
        from _thread import allocate_lock, start_new_thread

        self._uri = uri
        self._data = b""
        self._error: BaseException | None = None
        self._arrived = allocate_lock()
        self._arrived.acquire()
        start_new_thread(self._run, ())

    def _run(self) -> None:
        try:
            self._data = read(self._uri)
        except BaseException as error:  # noqa: BLE001 raised by `content`, in the thread that waits
            self._error = error
        self._arrived.release()

    def content(self) -> bytes:
        """Wait, then the bytes or the error."""
        with self._arrived:
            if self._error is not None:
                raise self._error
            return self._data


def read(uri: str) -> bytes:
    """The content of one file."""
    return attempt("read", uri, lambda store, key: store.read(key), public=True)


def write(uri: str, data: bytes) -> None:
    """One put, which object stores make visible at once or not at all."""
    attempt("write", uri, lambda store, key: store.write(key, data))


def download(uri: str, path: str, folder: bool, progress: Progress | None = None) -> None:
    """`transfer.download` of a URL. What the credentials may not see is asked for once more without them."""
    action = get_folder if folder else get_file
    progress = Progress(uri) if progress is None else progress
    try:
        attempt("read", uri, lambda store, key: action(store, key, uri, path, progress), public=True)
    finally:
        progress.close()


def get_file(store: Store, key: str, uri: str, path: str, progress: Progress) -> None:
    """Download beside `path`, then move it there."""
    path = copy.within(path, uri.rstrip("/"))
    temporary = local.beside(path)
    try:
        try:
            store.get_file(key, temporary, None, progress)
        except FileNotFoundError as error:
            if store.is_folder(key):
                raise IsADirectoryError(21, "Is a folder, not a file", uri) from error
            raise
        os.replace(temporary, path)
    finally:
        copy.discard(temporary)


def get_folder(store: Store, key: str, uri: str, path: str, progress: Progress) -> None:
    """Download all files below, several at a time, beside `path`; then move the whole there."""
    from functools import partial

    from wingbeat.storage import together

    entries = store.find(key)
    if not entries:
        if not store.exists(key):
            raise FileNotFoundError(2, "No such folder", uri)
        if store.is_folder(key):  # without a file
            os.makedirs(path, exist_ok=True)
        else:  # flytekit puts a file that it takes for a folder into the folder
            get_file(store, key, uri, os.path.join(path, ""), progress)
        return
    temporary = local.beside(path.rstrip("/"))
    progress.expect(sum(entry.size or 0 for entry in entries))
    try:
        paths = [inside(temporary, entry.name, f"{key}/{entry.name}") for entry in entries]
        refuse_collisions(entries)
        for folder in {os.path.dirname(name) for name in paths}:
            os.makedirs(folder, exist_ok=True)
        together.run(
            [
                (entry.size or 0, partial(get_one, store, key, entry, name, progress))
                for entry, name in zip(entries, paths, strict=True)
            ],
            alone=not store.concurrent,
        )
        copy.move_folder(temporary, path)
    finally:
        copy.discard(temporary)


def get_one(store: Store, folder: str, entry: Entry, path: str, progress: Progress) -> None:
    """Download one file of a folder."""
    store.get_file(f"{folder.rstrip('/')}/{entry.name}" if folder else entry.name, path, entry.size, progress)


def refuse_collisions(entries: list[Entry]) -> None:
    """Object stores can hold `a` and `a/b`; here one name is a file or a folder. Raises FileExistsError."""
    names = {entry.name for entry in entries}
    for entry in entries:
        parent = os.path.dirname(entry.name)
        while parent:
            if parent in names:
                raise FileExistsError(17, f"the objects {parent!r} and {entry.name!r} cannot both be files here")
            parent = os.path.dirname(parent)


def inside(folder: str, name: str, key: str) -> str:
    """The local path of an object; a key such as `a/../../b` must not lead out of the folder."""
    path = os.path.normpath(os.path.join(folder, name))
    if not path.startswith(folder + os.sep):
        raise ValueError(f"the object {key!r} would be written outside of the folder")
    return path


def upload(path: str, uri: str, folder: bool, options: dict[str, Any]) -> None:
    """`transfer.upload` to a URL."""
    if folder and os.path.isdir(path):
        attempt("write", uri, lambda store, key: put_folder(store, path, key, uri, options))
        return
    if folder or uri.endswith("/"):
        uri = f"{uri.rstrip('/')}/{os.path.basename(path)}"
    attempt("write", uri, lambda store, key: put_file(store, path, key, uri, options))


def put_file(store: Store, path: str, key: str, uri: str, options: dict[str, Any]) -> None:
    """Upload one file."""
    if os.path.isdir(path):
        raise IsADirectoryError(21, "Is a folder, not a file", path)
    progress = Progress(uri, os.path.getsize(path))
    try:
        store.put_file(path, key, progress, options)
    finally:
        progress.close()


def put_folder(store: Store, path: str, key: str, uri: str, options: dict[str, Any]) -> None:
    """Upload all files in a folder, several at a time."""
    from functools import partial

    from wingbeat.storage import together

    names = copy.files_in(path)
    sizes = [os.path.getsize(os.path.join(path, name)) for name in names]
    progress = Progress(uri, sum(sizes))
    root = f"{key.rstrip('/')}/" if key else ""
    try:
        together.run(
            [
                (size, partial(store.put_file, os.path.join(path, name), root + name, progress, options))
                for name, size in zip(names, sizes, strict=True)
            ],
            alone=not store.concurrent,
        )
    finally:
        progress.close()


def delete(uri: str) -> None:
    """`transfer.delete` of a URL."""
    attempt("delete", uri, lambda store, key: store.delete(key))


def exists(uri: str) -> bool:
    """`transfer.exists` of a URL."""
    return attempt("read", uri, lambda store, key: store.exists(key), public=True)


def list_folder(uri: str) -> list[Entry]:
    """`listing.list_folder` of a URL."""
    return attempt("read", uri, lambda store, key: found(store.list(key), store, key, uri), public=True)


def list_files(uri: str) -> list[Entry]:
    """`listing.list_files` of a URL."""
    return attempt("read", uri, lambda store, key: found(store.find(key), store, key, uri), public=True)


def found(entries: list[Entry], store: Store, key: str, uri: str) -> list[Entry]:
    """The entries, if there is such a folder."""
    if not entries and key and not store.is_folder(key):
        if store.exists(key):
            raise NotADirectoryError(20, "Is a file, not a folder", uri)
        raise FileNotFoundError(2, "No such folder", uri)
    return entries


def open_reader(uri: str) -> BinaryIO:
    """A file of a URL to read from."""
    return attempt("read", uri, lambda store, key: store.open(key), public=True)
