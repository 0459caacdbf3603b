"""Reading and writing whole files, wherever they are.

A location is a local path, a `file://` URL or any URL that fsspec knows. Local files never load fsspec.
"""

from __future__ import annotations

from wingbeat.storage import local
from wingbeat.storage.errors import StorageError
from wingbeat.storage.uri import join, local_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["StorageError", "fetch", "join", "local_path", "read", "write"]


def read(uri: str) -> bytes:
    """The content of one file.

    Raises:
        StorageError: it does not exist, cannot be reached, or its scheme has no driver here.
    """
    return fetch(uri)()


def fetch(uri: str) -> Callable[[], bytes]:
    """Begin to read one file; call the result to wait for the content.

    What is not local, or large, is read in the background; for a small local file a thread costs more than reading.
    A failure of any kind is raised by the call, as a `StorageError`.
    """
    path = local_path(uri)
    if path is not None:
        return local.fetch(path, uri)
    from wingbeat.storage import remote

    return remote.fetch(uri)


def write(uri: str, data: bytes) -> None:
    """Make `data` the content of one file, whole or not at all. Missing folders are created.

    Raises:
        StorageError: nothing was written; a file that was there before is unchanged.
    """
    path = local_path(uri)
    if path is not None:
        local.write(path, data, uri)
        return
    from wingbeat.storage import remote

    remote.write(uri, data)
