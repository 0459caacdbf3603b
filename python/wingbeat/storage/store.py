"""What every place that is not this machine can do, and which driver does it for a location."""

from __future__ import annotations

import os

from wingbeat.storage.errors import StorageError
from wingbeat.storage.uri import scheme

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, BinaryIO

    from wingbeat.storage.progress import Progress

#: Schemes of object stores, each with the store that it is a name of.
OBJECT_STORES = {
    "s3": "s3",
    "s3a": "s3",
    "gs": "gs",
    "gcs": "gs",
    "abfs": "azure",
    "abfss": "azure",
    "az": "azure",
}


class Entry:
    """One name in a folder.

    `name` is its path in the folder, `size` its bytes (None where the store does not say, and of folders).
    """

    __slots__ = ("is_folder", "name", "size")

    def __init__(self, name: str, is_folder: bool, size: int | None) -> None:
        self.name = name
        self.is_folder = is_folder
        self.size = size

    def __repr__(self) -> str:
        return f"Entry({self.name!r}, is_folder={self.is_folder}, size={self.size})"


class Store:
    """Files by their keys. What may succeed the next time is tried again, within each method.

    Every method raises FileNotFoundError for what is not there, PermissionError for what the credentials may not do,
    and whatever else the driver raises.
    """

    #: Whether several threads may use it at the same time.
    concurrent = True

    def read(self, key: str) -> bytes:
        """The content of one file."""
        raise NotImplementedError

    def write(self, key: str, data: bytes) -> None:
        """Make `data` the content of one file, visible at once or not at all."""
        raise NotImplementedError

    def get_file(self, key: str, path: str, size: int | None, progress: Progress) -> None:
        """Download into a new file at `path`. `size` is its length where that is known already."""
        raise NotImplementedError

    def put_file(self, path: str, key: str, progress: Progress, options: dict[str, Any]) -> None:
        """Upload a file."""
        raise NotImplementedError

    def delete(self, key: str) -> None:
        """Remove a file."""
        raise NotImplementedError

    def exists(self, key: str) -> bool:
        """Whether there is a file or a folder."""
        raise NotImplementedError

    def is_folder(self, key: str) -> bool:
        """Whether there is anything below it."""
        raise NotImplementedError

    def find(self, key: str) -> list[Entry]:
        """All files below a folder, by their paths in it; empty if there is none."""
        raise NotImplementedError

    def list(self, key: str) -> list[Entry]:
        """What is in a folder, files and folders; empty if there is none."""
        raise NotImplementedError

    def open(self, key: str) -> BinaryIO:
        """A file to read from, that fetches what is read."""
        raise NotImplementedError


def locate(uri: str, operation: str, *, anonymous: bool = False) -> tuple[Store, str]:
    """The store of a location and the key in it.

    `WINGBEAT_STORE` chooses what object stores are reached by: `obstore` or `fsspec`; by default the first if it is
    installed and can do it. `anonymous` is for data that everybody may read.

    Raises:
        StorageError: there is no driver for it, or the settings do not make sense.
    """
    kind = OBJECT_STORES.get(scheme(uri))
    chosen = os.environ.get("WINGBEAT_STORE", "") or "auto"
    if chosen not in ("auto", "obstore", "fsspec"):
        raise StorageError(operation, uri, f"WINGBEAT_STORE={chosen!r}", "Expected 'auto', 'obstore' or 'fsspec'")
    if kind is not None and chosen != "fsspec":
        from wingbeat.storage import object_store

        found = object_store.locate(uri, kind, operation, anonymous, required=chosen == "obstore")
        if found is not None:
            return found
    from wingbeat.storage import fsspec_store

    return fsspec_store.locate(uri, operation, anonymous=anonymous)


def attempt(operation: str, uri: str, action: Callable[[Store, str], Any], *, public: bool = False) -> Any:
    """What `action` makes of the store and the key of a location; what goes wrong becomes a `StorageError`.

    With `public`, what the credentials may not see is asked for once more without them: it may be for everybody.
    """
    from wingbeat.storage.object_errors import NotExpressibleError

    try:
        try:
            return action(*locate(uri, operation))
        except PermissionError as denied:
            if not public or scheme(uri) not in OBJECT_STORES:
                raise
            try:
                return action(*locate(uri, operation, anonymous=True))
            except PermissionError:
                raise denied from None
        except NotExpressibleError as error:
            from wingbeat.storage import fallback, fsspec_store

            if os.environ.get("WINGBEAT_STORE") == "obstore":
                raise StorageError(operation, uri, str(error), "WINGBEAT_STORE=auto allows fsspec's driver") from error
            fallback.tell(str(error))
            try:
                other = fsspec_store.locate(uri, operation)
            except StorageError as missing:
                raise StorageError(operation, uri, str(error), missing.advice) from missing
            return action(*other)
    except StorageError:
        raise
    except Exception as error:  # drivers raise what their clients raise
        raise failure(operation, uri, error) from error


def failure(operation: str, uri: str, error: Exception) -> StorageError:
    """What the driver said."""
    from wingbeat.storage import local

    return StorageError(operation, uri, local.reason(uri, error), advice(error))


def advice(error: Exception) -> str:
    """What to do about the usual ones."""
    from wingbeat.storage import local, retry

    if isinstance(error, FileNotFoundError):
        return "Check that the object exists and that the credentials may see it"
    if isinstance(error, PermissionError):
        return "Check the credentials of the container and the rights on the bucket"
    if retry.transient(error):
        return f"Tried {retry.retries() + 1} times; FLYTE_AWS_RETRIES sets how often it is tried again"
    return local.advice(error)
