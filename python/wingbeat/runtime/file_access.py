"""Where a transformer puts files and gets them from: `ctx.file_access` (runtime contract 7.4).

The names and the contracts of flytekit's `FileAccessProvider`. Paths of this machine need nothing but the standard
library; the first URL, or the first question for a file system, loads fsspec.
"""

from __future__ import annotations

import os
from pathlib import Path

from wingbeat.exceptions import (
    FlyteAssertion,
    FlyteDataNotFoundException,
    FlyteDownloadDataException,
    FlyteUploadDataException,
)
from wingbeat.runtime.queueing import Prefetching, Queueing
from wingbeat.runtime.uploadable import chunks_of, is_path
from wingbeat.storage import StorageError, transfer
from wingbeat.storage.upload import Upload
from wingbeat.storage.uri import scheme

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, ParamSpec, TypeVar

    from wingbeat.runtime.storage_settings import DataConfig
    from wingbeat.storage.prefetch import Prefetch

    P = ParamSpec("P")
    R = TypeVar("R")


class FileAccess:
    """Files of one execution.

    Args:
        local_sandbox_dir: A folder of this machine for temporary files. `local_flytekit` is made in it.
        raw_output_prefix: The location below which user data is written; a trailing slash is added.
        data_config: How stores are reached, a `DataConfig`; by default as the environment says.
        execution_metadata: What to attach to uploaded objects, where the store keeps such notes (Google's does).

    Raises:
        NotCovered: the stores are to be reached otherwise than the environment says.
    """

    def __init__(
        self,
        local_sandbox_dir: str | os.PathLike[str],
        raw_output_prefix: str,
        data_config: DataConfig | None = None,
        execution_metadata: dict[str, str] | None = None,
    ) -> None:
        if data_config is not None:
            require_environment(data_config)
        self._local_sandbox_dir = Path(local_sandbox_dir) / "local_flytekit"
        self._local_sandbox_dir.mkdir(parents=True, exist_ok=True)
        self._raw_output_prefix = raw_output_prefix if raw_output_prefix.endswith("/") else f"{raw_output_prefix}/"
        self._data_config = data_config
        self._execution_metadata = execution_metadata
        self._raw_output_fs: Any = None
        self._queueing: Queueing | None = None
        self._prefetched: Prefetch | None = None

    @property
    def raw_output_prefix(self) -> str:
        """The location below which user data is written, with a slash at its end."""
        return self._raw_output_prefix

    @property
    def data_config(self) -> DataConfig:
        """How stores are reached. Raises ValueError if the configuration file cannot be read."""
        if self._data_config is None:
            from wingbeat.runtime.storage_settings import DataConfig

            self._data_config = DataConfig.auto()
        return self._data_config

    @property
    def raw_output_fs(self) -> Any:
        """The fsspec file system of `raw_output_prefix`. Raises ImportError or ValueError if there is no driver."""
        if self._raw_output_fs is None:
            self._raw_output_fs = self.get_filesystem_for_path(self._raw_output_prefix)
        return self._raw_output_fs

    @property
    def local_access(self) -> Any:
        """The fsspec file system of this machine."""
        return self.get_filesystem("file")

    @property
    def local_sandbox_dir(self) -> Path:
        """The folder for temporary files."""
        return self._local_sandbox_dir

    # Names.

    @staticmethod
    def get_random_string() -> str:
        """32 hexadecimal digits, whatever `random.seed` was told."""
        return os.urandom(16).hex()

    @staticmethod
    def get_file_tail(file_path_or_file_name: str) -> str:
        """The last part of a path."""
        return os.path.basename(file_path_or_file_name)

    def get_random_local_path(self, file_path_or_file_name: str | None = None) -> str:
        """A path in the sandbox that nobody else has, ending with the given file name. Nothing is made."""
        path = os.path.join(self._local_sandbox_dir, self.get_random_string())
        tail = self.get_file_tail(file_path_or_file_name or "")
        return os.path.join(path, tail) if tail else path

    def get_random_local_directory(self) -> str:
        """A new empty folder in the sandbox."""
        path = self.get_random_local_path()
        os.makedirs(path)
        return path

    def get_random_remote_path(self, file_path_or_file_name: str | None = None) -> str:
        """A location below the raw output prefix that nobody else has, ending with the given file name."""
        path = f"{self._raw_output_prefix}{self.get_random_string()}"
        return f"{path}/{self.get_file_tail(file_path_or_file_name)}" if file_path_or_file_name else path

    def get_random_remote_directory(self) -> str:
        """A location below the raw output prefix that nobody else has."""
        return self.get_random_remote_path()

    def generate_new_custom_path(self, fs: Any = None, alt: str | None = None, stem: str | None = None) -> str:
        """A location below the raw output prefix: `stem`, else a random name; `alt` takes the place of the bucket.

        Raises:
            ValueError: there is an `alt` and the prefix has no bucket.
        """
        parts = self._raw_output_prefix.split("/")[:-1]
        if alt:
            if len(parts) < 3:
                raise ValueError(f"the raw output prefix {self._raw_output_prefix!r} has no bucket to replace")
            parts[2] = alt
        return "/".join([*parts, stem or self.get_random_string()])

    def join(self, *args: str, unstrip: bool = False, fs: Any = None) -> str:
        """The parts with the separator of `fs`, or of the raw output prefix, between them.

        `unstrip` adds the scheme of the file system. Raises ValueError if there are no parts.
        """
        if not args:
            raise ValueError("Must provide at least one argument")
        separator = "/" if fs is None else fs.sep
        joined: str = separator.join([args[0].removesuffix(separator), *args[1:]])
        return (fs or self.raw_output_fs).unstrip_protocol(joined) if unstrip else joined

    def sep(self, file_system: Any = None) -> str:
        """What separates the parts of a path in a file system; None is this machine's."""
        return os.sep if file_system is None else str(file_system.sep)

    @staticmethod
    def is_remote(path: str | os.PathLike[str]) -> bool:
        """Whether a location is not a path of this machine, judging by its scheme."""
        return scheme(str(path)) not in ("", "file")

    @staticmethod
    def strip_file_header(path: str, trim_trailing_sep: bool = False) -> str:  # noqa: ARG004
        """The path without `file://`. `trim_trailing_sep` has no effect, as in flytekit."""
        return path.removeprefix("file://")

    # File systems.

    def get_filesystem(
        self, protocol: str | None = None, anonymous: bool = False, path: str | None = None, **kwargs: Any
    ) -> Any:
        """The fsspec file system of a scheme, that of the raw output prefix without one.

        `anonymous` is for data that everybody may read; `kwargs` go to the driver, those that `path` implies too.
        Raises ImportError or ValueError if there is no driver.
        """
        if not protocol:
            return self.raw_output_fs
        from wingbeat.storage import drivers

        return drivers.file_system(protocol, anonymous=anonymous, path=path, **kwargs)

    def get_filesystem_for_path(self, path: str = "", anonymous: bool = False, **kwargs: Any) -> Any:
        """The fsspec file system that a location is in. For the rest see `get_filesystem`."""
        return self.get_filesystem(scheme(path) or "file", anonymous=anonymous, path=path, **kwargs)

    async def get_async_filesystem_for_path(self, path: str = "", anonymous: bool = False, **kwargs: Any) -> Any:
        """The same for the coroutines of a driver that has some, on the event loop that is running."""
        import asyncio

        loop = asyncio.get_running_loop()
        return self.get_filesystem_for_path(path, anonymous=anonymous, asynchronous=True, loop=loop, **kwargs)

    def exists(self, path: str) -> bool:
        """Whether there is a file or a folder. Raises `StorageError` if the location cannot be reached."""
        return transfer.exists(path)

    # From there to here.

    def get_data(self, remote_path: str, local_path: str, is_multipart: bool = False, **kwargs: Any) -> None:
        """Download a file; with `is_multipart`, all that is in a folder. Folders above `local_path` are made.

        What is on its way already by `prefetch` is waited for.

        Raises:
            FlyteDataNotFoundException: there is nothing at `remote_path`.
            FlyteDownloadDataException: it could not be read, or not be written here; nothing was.
        """
        try:
            fetched = self._prefetched
            if fetched is None or not fetched.claim(str(remote_path), is_multipart, str(local_path)):
                transfer.download(str(remote_path), str(local_path), folder=is_multipart)
        except StorageError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                raise FlyteDataNotFoundException(remote_path)  # noqa: B904 a cause would be part of its text
            raise FlyteDownloadDataException(  # noqa: B904
                f"Failed to get data from {remote_path} to {local_path} (recursive={is_multipart}).\n\n"
                f"Original exception: {error}"
            )

    def prefetch(self, locations: Sequence[tuple[str, bool]]) -> Prefetching:
        """Begin to download what is in other places; within the context that is returned, `get_data` takes it.

        `locations` says for each download that will be asked for its URI and whether it is a folder. A failure is
        raised by the call that asks for it; what nobody asks for is removed in the end.
        """
        prefetch = None
        if any(self.is_remote(uri) for uri, _ in locations):
            from wingbeat.storage.prefetch import Prefetch

            prefetch = Prefetch(locations, str(self._local_sandbox_dir))
        return Prefetching(prefetch, self._prefetch)

    def _prefetch(self, prefetch: Prefetch | None) -> Prefetch | None:
        before, self._prefetched = self._prefetched, prefetch
        return before

    def download(self, remote_path: str, local_path: str, **kwargs: Any) -> None:
        """`get_data`."""
        self.get_data(remote_path, local_path, **kwargs)

    def download_directory(self, remote_path: str, local_path: str, **kwargs: Any) -> None:
        """`get_data` of a folder."""
        self.get_data(remote_path, local_path, is_multipart=True)

    # From here to there.

    def put_data(
        self, local_path: str | os.PathLike[str], remote_path: str, is_multipart: bool = False, **kwargs: Any
    ) -> str:
        """Upload a file; with `is_multipart`, all that is in a folder. The result is `remote_path`.

        `kwargs` go to the driver of a location that is not local.

        Raises:
            FlyteUploadDataException: it could not be read, or not be written.
        """
        try:
            self._upload(str(local_path), remote_path, is_multipart, kwargs)
        except StorageError as error:
            raise upload_failure(local_path, remote_path, is_multipart, error)  # noqa: B904 its cause is set
        return remote_path

    def queue_data(
        self,
        local_path: str | os.PathLike[str],
        remote_path: str,
        is_multipart: bool = False,
        *,
        remove: bool = False,
        recoverable: bool = False,
        **options: Any,
    ) -> str:
        """Upload a file or a folder: in the background within `queueing`, else at once. The result is `remote_path`.

        Args:
            local_path: What is uploaded; it must stay as it is until then.
            remote_path: Where it goes.
            is_multipart: Whether it is a folder.
            remove: Whether `local_path` is a temporary file or folder, deleted after the upload, also a failed one.
            recoverable: Whether a failure is one after which Flyte may try again, as that of `put_data` is, and not
                one of the conversion, as that of `put_raw_data` is (runtime contract 5.8).
            options: For the driver of a location that is not local.

        Raises:
            FlyteUploadDataException: it could not be read or written, and is `recoverable`.
            StorageError: it could not be read or written.
        """

        def failure(error: StorageError) -> Exception:
            return upload_failure(local_path, remote_path, is_multipart, error) if recoverable else error

        path = self.strip_file_header(str(local_path))
        options = self._options(remote_path, options)
        if self._queueing is None or not self.is_remote(remote_path):
            Upload(path, remote_path, is_multipart, remove, failure, options).now()
        else:
            queue = self._queueing.queue()
            queue.put(path, remote_path, folder=is_multipart, remove=remove, failure=failure, **options)
        return remote_path

    def queueing(self) -> Queueing:
        """A context in which `queue_data` queues.

        On leaving it without an exception everything has arrived, or the first upload that has failed is raised; with
        an exception what has not begun is given up.
        """
        return Queueing(self._queue)

    def _queue(self, queueing: Queueing | None) -> Queueing | None:
        before, self._queueing = self._queueing, queueing
        return before

    def upload(self, file_path: str | os.PathLike[str], to_path: str, **kwargs: Any) -> str:
        """`put_data`."""
        return self.put_data(file_path, to_path, **kwargs)

    def upload_directory(self, local_path: str | os.PathLike[str], remote_path: str, **kwargs: Any) -> str:
        """`put_data` of a folder."""
        return self.put_data(local_path, remote_path, is_multipart=True, **kwargs)

    def put_raw_data(
        self,
        lpath: Any,
        upload_prefix: str | None = None,
        file_name: str | None = None,
        read_chunk_size_bytes: int = 1024,
        encoding: str = "utf-8",
        skip_raw_data_prefix: bool = False,
        **kwargs: Any,
    ) -> str:
        """Write to `<raw output prefix>/<upload_prefix>/<file_name>`; the result is that location.

        Args:
            lpath: The path of a file or folder here (text or `os.PathLike`), bytes, or an open file, which is read
                from its start.
            upload_prefix: A random name by default; may be empty.
            file_name: By default the last part of the path, a random name for what has no path.
            read_chunk_size_bytes: How much is read of an open file at a time: bytes, of a text file characters.
            encoding: How the text of a text file is written.
            skip_raw_data_prefix: Whether `upload_prefix` is a whole location.
            kwargs: For the driver of a location that is not local.

        Raises:
            FlyteAssertion: the path does not exist or is a symbolic link, or `lpath` is something else.
            StorageError: it could not be written.
        """
        prefix = self.get_random_string() if upload_prefix is None else upload_prefix
        folder = prefix if skip_raw_data_prefix else self.join(self._raw_output_prefix, prefix)
        if is_path(lpath):
            path = os.fspath(lpath)
            target = self.join(folder, file_name or self.get_file_tail(path))
            return self._put_raw_path(path, target, kwargs)
        target = self.join(folder, file_name or self.get_random_string())
        transfer.write_chunks(target, chunks_of(lpath, read_chunk_size_bytes, encoding), **kwargs)
        return target

    def _put_raw_path(self, path: str, target: str, options: dict[str, Any]) -> str:
        if not os.path.exists(path):
            raise FlyteAssertion(f"File {path} does not exist")
        if os.path.islink(path):
            raise FlyteAssertion(f"File {path} is a symlink, can't upload")
        folder = os.path.isdir(path)
        self._upload(path, target, folder, options)
        return os.path.join(target, "") if folder else target

    def _upload(self, path: str, uri: str, folder: bool, options: dict[str, Any]) -> None:
        transfer.upload(self.strip_file_header(path), uri, folder=folder, **self._options(uri, options))

    def _options(self, uri: str, options: dict[str, Any]) -> dict[str, Any]:
        if self._execution_metadata and scheme(uri) == "gs":
            return {**options, "metadata": {**self._execution_metadata, **options.get("metadata", {})}}
        return options

    # The same for coroutines. The work is done in a thread, so that the event loop goes on.

    async def async_get_data(self, *args: Any, **kwargs: Any) -> None:
        """`get_data`."""
        await in_thread(self.get_data, *args, **kwargs)

    async def async_put_data(self, *args: Any, **kwargs: Any) -> str:
        """`put_data`."""
        return await in_thread(self.put_data, *args, **kwargs)

    async def async_put_raw_data(self, *args: Any, **kwargs: Any) -> str:
        """`put_raw_data`."""
        return await in_thread(self.put_raw_data, *args, **kwargs)

    async def get(self, from_path: str, to_path: str, recursive: bool = False, **kwargs: Any) -> str:
        """`get_data`; the result is `to_path`."""
        await in_thread(self.get_data, from_path, to_path, is_multipart=recursive)
        return to_path


def require_environment(data_config: DataConfig) -> None:
    """Storage knows the environment's settings only. Raises NotCovered if these are others."""
    if data_config != type(data_config).auto():
        from wingbeat.exceptions import NotCovered

        name = "flytekit.core.data_persistence.FileAccessProvider"
        raise NotCovered(name, "its data_config is another than the one of the environment")


def upload_failure(
    path: str | os.PathLike[str], uri: str, is_multipart: bool, error: StorageError
) -> FlyteUploadDataException:
    """A failed upload, in flytekit's words."""
    failure = FlyteUploadDataException(
        f"Failed to put data from {path} to {uri} (recursive={is_multipart}).\n\nOriginal exception: {error}"
    )
    failure.__cause__ = error.__cause__
    failure.uri = error.uri
    return failure


async def in_thread(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """The result of a function that blocks. Context variables are visible to it."""
    import asyncio

    return await asyncio.to_thread(function, *args, **kwargs)
