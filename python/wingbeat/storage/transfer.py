"""Moving files and folders between this machine and any location.

A file arrives whole or not at all, wherever it goes. So does a folder on this machine; an object store has no folders,
so of one that is uploaded some files may have arrived when the rest fails.
"""

from __future__ import annotations

import os

from wingbeat.storage import copy, local
from wingbeat.storage.uri import local_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from wingbeat.storage.progress import Progress


def download(uri: str, path: str, *, folder: bool = False, progress: Progress | None = None) -> None:
    """Copy a file, or all that is in a folder, to a local path. Missing folders are made.

    A file goes into `path` under its own name if that is a folder or ends with a slash. `progress` is told of what
    arrives from another place.

    Raises:
        StorageError: it could not be read or written; its `__cause__` is a `FileNotFoundError` if there is nothing.
    """
    source = local_path(uri)
    if source is None:
        from wingbeat.storage import remote

        remote.download(uri, path, folder, progress)
        return
    attempt("read", uri, lambda: copy.copy_folder(source, path) if folder else copy.copy_file(source, path))


def upload(path: str, uri: str, *, folder: bool = False, **options: Any) -> None:
    """Copy a local file, or all that is in a local folder, to a location. Missing folders are made.

    A file goes into `uri` under its own name if that is a folder of this machine or ends with a slash. `options` go
    to the driver of a location that is not local.

    Raises:
        StorageError: it could not be read or written.
    """
    attempt("read", path, lambda: os.stat(path))
    target = local_path(uri)
    if target is None:
        from wingbeat.storage import remote

        remote.upload(path, uri, folder, options)
    elif folder:
        attempt("write", uri, lambda: copy.copy_folder(path, target))
    else:
        attempt("write", uri, lambda: copy.copy_file(path, target, durable=True))


def write_chunks(uri: str, chunks: Iterable[bytes], **options: Any) -> None:
    """Make the chunks the content of one file, as they come. Missing folders are made. For `options` see `upload`.

    Raises:
        StorageError: it could not be written.
        Exception: whatever the iteration raises; nothing is written then.
    """
    target = local_path(uri)
    if target is not None:
        attempt("write", uri, lambda: copy.write_chunks(chunks, target))
        return
    import tempfile

    # A driver's own file object would make what it has so far visible when the chunks break off.
    with tempfile.TemporaryDirectory(prefix="flyte-") as folder:
        path = os.path.join(folder, "stream")
        attempt("write", path, lambda: copy.write_chunks(chunks, path))
        from wingbeat.storage import remote

        remote.upload(path, uri, False, options)


def delete(uri: str) -> None:
    """Remove one file that is there.

    Raises:
        StorageError: it could not be removed.
    """
    path = local_path(uri)
    if path is not None:
        attempt("delete", uri, lambda: os.unlink(path))
        return
    from wingbeat.storage import remote

    remote.delete(uri)


def exists(uri: str) -> bool:
    """Whether there is a file or a folder.

    Raises:
        StorageError: the location cannot be reached.
    """
    path = local_path(uri)
    if path is not None:
        return os.path.exists(path)
    from wingbeat.storage import remote

    return remote.exists(uri)


def attempt(operation: str, uri: str, action: Callable[[], object]) -> None:
    """Do it; what the operating system says becomes a `StorageError`."""
    try:
        action()
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        raise local.failure(operation, uri, error) from error
