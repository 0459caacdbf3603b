"""Object stores through obstore, where it is installed: it loads in a fraction of the time of Python's drivers."""

from __future__ import annotations

import os

from wingbeat.storage import extension, fallback, limits, object_settings, retry
from wingbeat.storage.errors import StorageError
from wingbeat.storage.object_errors import IncompleteReadError, NotExpressibleError, complete, translated
from wingbeat.storage.store import Entry, Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, BinaryIO, TypeVar

    from wingbeat.storage.progress import Progress

    T = TypeVar("T")

#: Stores that were made, by what they were made from.
_made: dict[Any, ObjectStore] = {}
#: The process that made them: their threads are not there in a fork of it.
_process = 0

#: The smallest part of a multipart upload that Amazon takes, and the largest number of parts.
_SMALLEST_PART, _MOST_PARTS = 5 * 2**20, 10_000

#: Option of fsspec's drivers -> attribute of an object.
ATTRIBUTES = {
    "ContentType": "Content-Type",
    "content_type": "Content-Type",
    "ContentEncoding": "Content-Encoding",
    "ContentDisposition": "Content-Disposition",
    "ContentLanguage": "Content-Language",
    "CacheControl": "Cache-Control",
    "StorageClass": "Storage-Class",
}


def locate(uri: str, kind: str, operation: str, anonymous: bool, required: bool) -> tuple[Store, str] | None:
    """The store of a location and the key in it; None if that is for fsspec's driver. For the rest see `store.locate`.

    Raises:
        StorageError: the settings do not make sense; `required`, and it cannot be done.
    """
    native = extension.load()
    bucket, _, key = uri.partition("://")[2].partition("/")
    reason = "obstore is not installed" if native is None else unusable(key)
    if reason:
        if required:
            raise StorageError(operation, uri, reason, "WINGBEAT_STORE=auto allows fsspec's driver too")
        if native is not None:
            fallback.tell(reason)
        return None
    try:
        return made(native, kind, bucket, anonymous), key.rstrip("/")
    except NotExpressibleError as error:
        if required:
            raise StorageError(operation, uri, str(error), "WINGBEAT_STORE=auto allows fsspec's driver too") from error
        fallback.tell(str(error))
        return None
    except Exception as error:
        raise StorageError(operation, uri, shorten(translated(error)), "Check the settings of the store") from error


def shorten(error: Exception) -> str:
    """What went wrong, in one line."""
    return f"{type(error).__name__}: {error}"


def unusable(key: str) -> str:
    """Why obstore, which is installed, is not for this object here; empty if it is."""
    if forked():
        return "obstore cannot be used in a process that was forked after it was used"
    return "" if expressible(key) else f"obstore would change the name {key!r}"


def forked() -> bool:
    """Whether obstore was first used in another process, of which this one is a copy."""
    global _process
    if not _process:
        _process = os.getpid()
    return _process != os.getpid()


def expressible(key: str) -> bool:
    """Whether obstore can name this object: it would take `a//b` or `/a` for something else."""
    parts = key.rstrip("/").split("/") if key else []
    return not any(part in ("", ".", "..") or any(c < " " or c == "\x7f" for c in part) for part in parts)


def made(native: Any, kind: str, bucket: str, anonymous: bool) -> ObjectStore:
    """The store of a bucket or container, made once."""
    name = (kind, bucket, anonymous, object_settings.fingerprint())
    store = _made.get(name)
    if store is None:
        store = _made[name] = ObjectStore(native, kind, bucket, anonymous)
    return store


def construct(native: Any, kind: str, bucket: str, anonymous: bool, retries: int) -> Any:
    """obstore's own store."""
    options = object_settings.client_options(retries=retries)
    if kind == "s3":
        return native._store.S3Store(bucket, **object_settings.s3(bucket, anonymous=anonymous), **options)
    if kind == "gs":
        return native._store.GCSStore(bucket, **object_settings.gs(anonymous=anonymous), **options)
    container, _, host = bucket.partition("@")
    settings = object_settings.azure(anonymous=anonymous)
    if host:  # container@account.dfs.core.windows.net
        settings["account_name"] = host.partition(".")[0]
    return native._store.AzureStore(container, **settings, **options)


class ObjectStore(Store):
    """One bucket or container."""

    def __init__(self, native: Any, kind: str, bucket: str, anonymous: bool) -> None:
        self._native = native
        self._kind = kind
        self._bucket = bucket
        self._anonymous = anonymous
        self._store = construct(native, kind, bucket, anonymous, retries=0)
        self._patient: Any = None

    def read(self, key: str) -> bytes:
        """The content of one object."""

        def once() -> bytes:
            answer = self._native.get(self._store, key)
            return bytes(complete(answer.bytes(), answer.meta["size"]))

        return self._call(once, "read", key)

    def read_range(self, key: str, start: int, end: int, tag: str | None) -> Any:
        """A part of an object, as a buffer. With a `tag`, of that version only."""

        def once() -> Any:
            options = {"range": (start, end)} | ({"if_match": tag} if tag else {})
            return complete(self._native.get(self._store, key, options=options).bytes(), end - start)

        return self._call(once, "read", key)

    def write(self, key: str, data: bytes) -> None:
        """One put."""
        self._call(lambda: self._native.put(self._store, key, data, use_multipart=False), "write", key)

    def get_file(self, key: str, path: str, size: int | None, progress: Progress) -> None:
        """Small objects as they come, large ones in parts that are requested at the same time."""

        def once() -> tuple[int, str | None]:
            answer = self._native.get(self._store, key)
            meta = answer.meta
            if size is None:
                progress.expect(meta["size"])
            if meta["size"] <= 2 * limits.RANGE:
                save(answer, path, meta["size"])
                progress.add(meta["size"])
            return meta["size"], meta["e_tag"]

        if size is None or size <= 2 * limits.RANGE:
            size, tag = self._call(once, "read", key)
        else:
            tag = None
        if size > 2 * limits.RANGE:
            from wingbeat.storage import ranges

            ranges.download(lambda start, end: self.read_range(key, start, end, tag), path, size, progress)

    def put_file(self, path: str, key: str, progress: Progress, options: dict[str, Any]) -> None:
        """One put, or several parts at the same time that become visible together."""
        attributes = self._attributes(path, dict(options))
        size = os.path.getsize(path)
        part = max(limits.part_size(), _SMALLEST_PART, -(-size // _MOST_PARTS))
        if size <= part:
            with open(path, "rb") as file:
                data = file.read()
            self._call(
                lambda: self._native.put(self._store, key, data, attributes=attributes, use_multipart=False),
                "write",
                key,
            )
            progress.add(size)
            return
        if self._patient is None:
            # The parts of an upload are obstore's: it alone can send one of them again.
            self._patient = construct(self._native, self._kind, self._bucket, self._anonymous, retry.retries())
        count = max(limits.PARTS_IN_MEMORY // part, 1)
        with open(path, "rb", buffering=0) as file:
            parts = chunks(file, part, progress)
            try:
                self._native.put(
                    self._patient, key, parts, attributes=attributes, chunk_size=part, max_concurrency=count
                )
            except Exception as error:
                raise translated(error) from error

    def delete(self, key: str) -> None:
        """Of an object that is not there too."""
        self._call(lambda: self._native.delete(self._store, key), "delete", key)

    def size(self, key: str) -> int:
        """Bytes of an object."""
        return int(self._call(lambda: self._native.head(self._store, key), "read", key)["size"])

    def exists(self, key: str) -> bool:
        """Whether there is an object, or one below."""
        try:
            self.size(key)
        except FileNotFoundError:
            return self.is_folder(key)
        return True

    def is_folder(self, key: str) -> bool:
        """Whether there is an object below."""
        return bool(self._call(lambda: any(self._native.list(self._store, key or None, chunk_size=1)), "list", key))

    def find(self, key: str) -> list[Entry]:
        """All objects below, without those that stand for folders only."""

        def once() -> list[tuple[str, int]]:
            start = len(key) + 1 if key else 0
            pages = self._native.list(self._store, key or None, chunk_size=1000)
            return [(meta["path"][start:], meta["size"]) for page in pages for meta in page]

        found = self._call(once, "list", key)
        folders = {name[:end] for name, _ in found for end in slashes(name)}
        return [
            Entry(name, False, size)
            for name, size in found
            if size or (name not in folders and name and not self._is_marker(f"{key}/{name}" if key else name))
        ]

    def list(self, key: str) -> list[Entry]:
        """What is in a folder."""
        answer = self._call(lambda: self._native.list_with_delimiter(self._store, key or None), "list", key)
        start = len(key) + 1 if key else 0
        folders = [name for name in (path[start:] for path in answer["common_prefixes"]) if name]
        files = [
            Entry(name, False, meta["size"])
            for name, meta in ((meta["path"][start:], meta) for meta in answer["objects"])
            if meta["size"] or (name and name not in folders)
        ]
        return [*(Entry(name, True, None) for name in folders), *files]

    def open(self, key: str) -> BinaryIO:
        """A file to read from."""
        from wingbeat.storage.range_reader import RangeReader

        meta = self._call(lambda: self._native.head(self._store, key), "read", key)
        return RangeReader(lambda start, end: self.read_range(key, start, end, meta["e_tag"]), meta["size"]).buffered()

    def _is_marker(self, key: str) -> bool:
        # The key of a marker ends with a slash, which obstore leaves out.
        try:
            self.size(key)
        except FileNotFoundError:
            return True
        return False

    def _attributes(self, path: str, options: dict[str, Any]) -> dict[str, str]:
        options.pop("chunksize", None)
        metadata = options.pop("metadata", None) if self._kind != "s3" else options.pop("metadata", {}) and None
        attributes = dict(metadata or {}) | options.pop("Metadata", {})
        for name, attribute in ATTRIBUTES.items():
            if name in options:
                attributes[attribute] = options.pop(name)
        if options:
            raise NotExpressibleError(f"the options {', '.join(options)} are for fsspec's driver")
        if "Content-Type" not in attributes and "." in os.path.basename(path):
            from mimetypes import guess_type

            kind, _ = guess_type(path)  # as fsspec's drivers do
            if kind:
                attributes["Content-Type"] = kind
        return attributes

    def _call(self, action: Callable[[], T], verb: str, key: str) -> T:
        def once() -> T:
            try:
                return action()
            except Exception as error:
                replaced = translated(error)
                if replaced is error:
                    raise
                raise replaced from error

        return retry.call(once, f"{verb} {self._bucket}/{key}")


def save(answer: Any, path: str, size: int) -> None:
    """Write what comes to a file."""
    with open(path, "wb", buffering=0) as file:
        count = 0
        for chunk in answer.stream(min_chunk_size=2**20):
            write_all(file, chunk)
            count += len(chunk)
    if count != size:
        raise IncompleteReadError(f"{count} bytes have come of {size}")


def write_all(file: Any, data: Any) -> None:
    """Write, however often the system has to be asked."""
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


def chunks(file: Any, size: int, progress: Progress) -> Any:
    """The content of a file, piece by piece."""
    while chunk := file.read(size):
        yield chunk
        progress.add(len(chunk))


def slashes(name: str) -> list[int]:
    """Where the folders of a path end."""
    return [position for position, character in enumerate(name) if character == "/"]
