"""fsspec's file systems, as the environment configures them."""

from __future__ import annotations

import fsspec

from wingbeat.storage.errors import StorageError
from wingbeat.storage.options import own_options, storage_options
from wingbeat.storage.store import failure
from wingbeat.storage.uri import scheme

TYPE_CHECKING = False
if TYPE_CHECKING:
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


def resolve(uri: str, operation: str, *, anonymous: bool = False, patient: bool = False) -> tuple[Any, str]:
    """The file system that storage itself uses for a URL, and the path in it. For `patient` see `own_options`.

    Raises:
        StorageError: fsspec knows no such scheme, or the package for it is not installed.
    """
    kind = scheme(uri)
    try:
        if "::" in kind:  # a chain of file systems
            file_system, path = fsspec.url_to_fs(uri)
        else:
            # Not by `url_to_fs`, which would take a `::` in the name for a chain.
            cls = fsspec.get_filesystem_class(kind)
            options = {**own_options(kind, anonymous=anonymous, patient=patient), **cls._get_kwargs_from_urls(uri)}
            file_system, path = cls(**options), cls._strip_protocol(uri)
    except ImportError as error:
        package = DRIVERS.get(kind)
        advice = f"Install it in the image: pip install {package}" if package else str(error)
        raise StorageError(operation, uri, f"no driver for {kind}:// is installed ({error})", advice) from error
    except ValueError as error:
        advice = "Supported are local paths, file:// and the schemes of fsspec, among them s3://, gs:// and abfs://"
        raise StorageError(operation, uri, str(error), advice) from error
    except Exception as error:  # drivers look for credentials and hosts when they are created
        raise failure(operation, uri, error) from error
    if kind in ("s3", "s3a") and not patient:
        file_system.retries = 1  # ours are logged
    return file_system, path


def file_system(kind: str, *, anonymous: bool = False, path: str | None = None, **options: Any) -> Any:
    """fsspec's file system of a scheme for user code; `file` is this machine's.

    `path` is a URL that may say more, such as the host of an FTP server.

    Raises:
        ImportError, ValueError: fsspec's own, for a scheme that it has no driver for or does not know.
    """
    if kind == "file":
        return fsspec.filesystem("file", auto_mkdir=True, **options)
    implied = fsspec.get_filesystem_class(kind)._get_kwargs_from_urls(path) if path else {}
    return fsspec.filesystem(kind, **{**storage_options(kind, anonymous=anonymous), **implied, **options})
