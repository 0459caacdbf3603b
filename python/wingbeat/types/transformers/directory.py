"""`FlyteDirectory` as a blob of many parts (type-system spec 2.16)."""

from __future__ import annotations

import os

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types.blob import Location
from wingbeat.types.context import current_context
from wingbeat.types.directory import FlyteDirectory
from wingbeat.types.fetch import Fetch, is_far
from wingbeat.types.file_format import with_format
from wingbeat.types.preview import preview
from wingbeat.types.transformers.flyte_object import FlyteObjectTransformer, is_path, not_here, own_path, unannotated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.idl import LiteralType

__all__ = ["FlyteDirToMultipartBlobTransformer", "make"]


class FlyteDirToMultipartBlobTransformer(FlyteObjectTransformer):
    """Uploads folders of this machine when they are written, and leaves the download to the folder that is read."""

    multipart = True

    def __init__(self) -> None:
        super().__init__("FlyteDirectory", FlyteDirectory)

    def blob_format(self, t: Any) -> str:
        """What the type was subscripted with."""
        return str(unannotated(t).extension())

    @staticmethod
    def get_format(t: Any) -> str:
        """The same, as flytekit's code asks for it."""
        return str(t.extension())

    def assert_type(self, t: Any, v: Any) -> None:
        """Raise `TypeTransformerFailedError` unless `v` is a path."""
        if not isinstance(v, (str, os.PathLike)):
            raise TypeTransformerFailedError(
                f"No automatic conversion from {type(v)} declared type {t} to FlyteDirectory found."
                f" Use (FlyteDirectory, str, os.PathLike); got {preview(repr(v))}"
            )

    def load(self, ctx: Any, location: Location, t: Any) -> FlyteDirectory[Any]:
        """The folder at a location; nothing is downloaded. Without `ctx` the current context is asked, if need be.

        Raises `TypeTransformerFailedError` for a file, `FlyteAssertion` if it should be on this machine and is not.
        """
        uri, cls = location.uri, unannotated(t)
        if not location.multipart:
            raise TypeTransformerFailedError(f"{uri} is not a directory. It is a file: declare FlyteFile")
        if not is_far(uri):
            path = own_path(uri)
            if not os.path.isdir(path):
                raise not_here(uri, "directory")
            found: FlyteDirectory[Any] = cls(path, remote_directory=False)
            return found
        folder = (ctx or current_context()).file_access.get_random_local_directory()
        fetch = Fetch(uri, folder, is_multipart=True)
        directory: FlyteDirectory[Any] = with_format(FlyteDirectory, self.blob_format(t))(folder, fetch)
        directory._remote_source = uri
        return directory

    def dump(self, ctx: Any, value: Any, t: Any) -> Location:
        """Where a folder is, after its upload was begun if it needs one.

        Raises `ValueError` or `FlyteAssertion` if there is no such folder.
        """
        form = self.blob_format(t)
        if isinstance(value, FlyteDirectory):
            return Location(_location(ctx, value), form, True)
        if not is_path(value):
            raise TypeTransformerFailedError(f"Expected FlyteDirectory or os.PathLike object, received {type(value)}")
        path = str(value)
        if is_far(path):
            return Location(path, form, True)
        if not os.path.isdir(path):
            raise ValueError(f"Expected a directory. {path} is not a directory{_why_not(path)}")
        return Location(_upload(ctx, path), form, True)

    def guess_python_type(self, literal_type: LiteralType) -> Any:
        """`FlyteDirectory` with the format of any blob of many parts."""
        blob = literal_type.blob
        if blob is not None and blob.dimensionality == 1:
            return with_format(FlyteDirectory, blob.format)
        raise ValueError(f"Transformer {self} cannot reverse {preview(literal_type)}")


def _location(ctx: Any, directory: FlyteDirectory[Any]) -> str:
    """Where a folder that is an object is, after its upload was begun if it needs one."""
    if directory._remote_source is not None:
        return str(directory._remote_source)
    path, target = str(directory.path), directory.remote_directory
    stays = target is False or is_far(path) or ctx.execution_state.is_local_execution()
    if stays and not is_path(target):
        return path
    if not os.path.isdir(path):
        from wingbeat.exceptions import FlyteAssertion

        raise FlyteAssertion(f"Expected a directory. {path} is not a directory{_why_not(path)}")
    return _upload(ctx, path, target or None)


def _why_not(path: str) -> str:
    return ": it is a file; declare FlyteFile" if os.path.exists(path) else ": it does not exist"


def _upload(ctx: Any, path: str, target: Any = None) -> str:
    """Begin an upload of all that is in a folder, to `target` or a place of its own; where it goes."""
    place = ctx.file_access.get_random_remote_directory() if target is None else str(target)
    return str(ctx.file_access.queue_data(path, place, is_multipart=True, recoverable=True))


def make(hint: Any) -> FlyteDirToMultipartBlobTransformer:  # noqa: ARG001
    """The transformer of a folder type."""
    return FlyteDirToMultipartBlobTransformer()
