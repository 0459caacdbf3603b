"""Values that a library writes into one file and reads from it: arrays, models, images (type-system spec 2.1)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types.blob import BlobTransformer, Location
from wingbeat.types.preview import preview

if TYPE_CHECKING:
    from wingbeat.idl import LiteralType

T = TypeVar("T")


class StoredFileTransformer(BlobTransformer[T]):
    """Writes a value into a file of the sandbox and uploads that; reads it where it lies, or where it was downloaded.

    A subclass implements `write` and `read` with its library and says what it is. What the library raises becomes a
    `TypeTransformerFailedError` with that as its cause.
    """

    #: The format of the Flyte type.
    FORMAT: ClassVar[str]
    #: How the file's name ends.
    SUFFIX: ClassVar[str] = ""
    #: What the file is, for messages.
    WHAT: ClassVar[str]

    def blob_format(self, t: Any) -> str:
        """The same for all types of the family."""
        return self.FORMAT

    def fetches(self, t: Any) -> bool:
        """True: the file is read at once."""
        return True

    def write(self, value: T, path: str, t: Any) -> None:
        """Write a value, declared as `t`, into a new file."""
        raise NotImplementedError(f"{type(self).__qualname__} does not implement write")

    def read(self, path: str, t: Any) -> T:
        """The value in a file, declared as `t`. The file is not to be changed."""
        raise NotImplementedError(f"{type(self).__qualname__} does not implement read")

    def dump(self, ctx: Any, value: T, t: Any) -> Location:
        """Write and upload. Raises `TypeTransformerFailedError` if the library cannot write the value."""
        path = ctx.file_access.get_random_local_path() + self.SUFFIX
        os.makedirs(os.path.dirname(path), exist_ok=True)
        try:
            self.write(value, path, t)
        except BaseException as error:
            if os.path.exists(path):
                os.remove(path)
            if isinstance(error, TypeTransformerFailedError) or not isinstance(error, Exception):
                raise
            place = f"; the file is {path!r}" if isinstance(error, OSError) else ""
            raise TypeTransformerFailedError(f"cannot be written as {self.WHAT}: {_told(error)}{place}") from error
        return Location(upload(ctx, path), self.FORMAT, False)

    def load(self, ctx: Any, location: Location, t: Any) -> T:
        """Download, if that is needed, and read. Raises `TypeTransformerFailedError` if the library cannot read it."""
        path = local_path(ctx, location.uri, self.SUFFIX)
        try:
            return self.read(path, t)
        except TypeTransformerFailedError:
            raise
        except Exception as error:  # a library may raise anything
            raise TypeTransformerFailedError(
                f"cannot be read as {self.WHAT}: {_told(error)}; it is at {location.uri}"
            ) from error

    def guess_python_type(self, literal_type: LiteralType) -> Any:
        """The type, if the Flyte type has the format. Raises `ValueError` for any other."""
        blob = literal_type.blob
        if blob is not None and blob.dimensionality == 0 and blob.format == self.FORMAT:
            return self.python_type
        raise ValueError(f"Transformer {self} cannot reverse {preview(literal_type)}")


def upload(ctx: Any, path: str) -> str:
    """Upload a file that nobody else needs, which is removed then. The result is where it will be."""
    uri = ctx.file_access.get_random_remote_path(path)
    return str(ctx.file_access.queue_data(path, uri, remove=True))


def local_path(ctx: Any, uri: str, suffix: str = "") -> str:
    """Where the content of a location can be read: the file itself if it is here, a downloaded copy if not.

    `suffix` is how the name of the path has to end.
    """
    if not ctx.file_access.is_remote(uri):
        path = uri.removeprefix("file://")
        if path.endswith(suffix) and os.path.isfile(path):
            return path
    return downloaded(ctx, uri, suffix)


def downloaded(ctx: Any, uri: str, suffix: str = "") -> str:
    """The path of a copy that is the caller's own. Raises what `get_data` raises."""
    path: str = ctx.file_access.get_random_local_path() + suffix
    ctx.file_access.get_data(uri, path, is_multipart=False)
    return path


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {preview(error)}"
