"""Every other location, through fsspec. Loaded on the first such URL."""

from __future__ import annotations

import threading

import fsspec

from wingbeat.storage.errors import StorageError
from wingbeat.storage.options import storage_options
from wingbeat.storage.uri import scheme

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: Scheme -> package that makes fsspec understand it.
DRIVERS = {
    "s3": "s3fs",
    "s3a": "s3fs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "abfs": "adlfs",
    "abfss": "adlfs",
    "az": "adlfs",
    "http": "aiohttp",
    "https": "aiohttp",
    "oss": "ossfs",
    "hdfs": "pyarrow",
    "sftp": "paramiko",
    "ssh": "paramiko",
}


def fetch(uri: str) -> Callable[[], bytes]:
    """Begin to read in a thread; call the result to wait for the content.

    The driver is imported here and not in the thread: two threads that import modules which import each other can
    see half of them, and the caller goes on to import the user's code.
    """
    try:
        file_system, path = resolve(uri, "read")
    except StorageError as error:
        return Failed(error)
    reading = Reading(file_system, path, uri)
    reading.start()
    return reading.content


class Failed:
    """A read that failed before it began."""

    def __init__(self, error: StorageError) -> None:
        self.error = error

    def __call__(self) -> bytes:
        """Raise the failure."""
        raise self.error


class Reading(threading.Thread):
    """One file on its way."""

    def __init__(self, file_system: Any, path: str, uri: str) -> None:
        # A daemon: a task that fails to load must not wait for its inputs.
        super().__init__(name="wingbeat-fetch", daemon=True)
        self.file_system = file_system
        self.path = path
        self.uri = uri
        self.data = b""
        self.error: BaseException | None = None

    def run(self) -> None:
        """Read; whatever goes wrong is raised by `content`, in the thread that waits for it."""
        try:
            self.data = self.file_system.cat_file(self.path)
        except BaseException as error:  # noqa: BLE001
            self.error = error

    def content(self) -> bytes:
        """Wait, then the bytes or the error."""
        self.join()
        if self.error is not None:
            raise failure("read", self.uri, self.error) from self.error
        return self.data


def write(uri: str, data: bytes) -> None:
    """One put, which object stores make visible at once or not at all."""
    file_system, path = resolve(uri, "write")
    try:
        try:
            file_system.pipe_file(path, data)
        except FileNotFoundError:
            # Object stores have no folders; asking for one first could create a bucket. Other stores complain here.
            file_system.makedirs(path.rpartition("/")[0], exist_ok=True)
            file_system.pipe_file(path, data)
    except Exception as error:  # drivers raise what their clients raise
        raise failure("write", uri, error) from error


def resolve(uri: str, operation: str, *, anonymous: bool = False) -> tuple[Any, str]:
    """The file system of a URL and the path in it.

    Raises:
        StorageError: fsspec knows no such scheme, or the package for it is not installed.
    """
    kind = scheme(uri)
    try:
        file_system, path = fsspec.url_to_fs(uri, **storage_options(kind, anonymous=anonymous))
    except ImportError as error:
        package = DRIVERS.get(kind)
        advice = f"Install it in the image: pip install {package}" if package else str(error)
        raise StorageError(operation, uri, f"no driver for {kind}:// is installed ({error})", advice) from error
    except ValueError as error:
        advice = "Supported are local paths, file:// and the schemes of fsspec, among them s3://, gs:// and abfs://"
        raise StorageError(operation, uri, str(error), advice) from error
    except Exception as error:  # drivers look for credentials and hosts when they are created
        raise failure(operation, uri, error) from error
    return file_system, path


def file_system(kind: str, *, anonymous: bool = False, path: str | None = None, **options: Any) -> Any:
    """fsspec's file system of a scheme; `file` is this machine's.

    `path` is a URL that may say more, such as the host of an FTP server.

    Raises:
        ImportError, ValueError: fsspec's own, for a scheme that it has no driver for or does not know.
    """
    if kind == "file":
        return fsspec.filesystem("file", auto_mkdir=True, **options)
    implied = fsspec.get_filesystem_class(kind)._get_kwargs_from_urls(path) if path else {}
    return fsspec.filesystem(kind, **{**storage_options(kind, anonymous=anonymous), **implied, **options})


def failure(operation: str, uri: str, error: BaseException) -> StorageError:
    """What the driver said."""
    reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return StorageError(operation, uri, reason, advice(error))


def advice(error: BaseException) -> str:
    """What to do about the usual ones."""
    if isinstance(error, FileNotFoundError):
        return "Check that the object exists and that the credentials may see it"
    if isinstance(error, PermissionError):
        return "Check the credentials of the container and the rights on the bucket"
    return ""
