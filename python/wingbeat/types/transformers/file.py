"""`FlyteFile` and `os.PathLike` as blobs (type-system spec 2.15)."""

from __future__ import annotations

import os

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types.blob import Location
from wingbeat.types.context import current_context
from wingbeat.types.fetch import Fetch, is_far
from wingbeat.types.file import FlyteFile
from wingbeat.types.file_format import with_format
from wingbeat.types.preview import preview
from wingbeat.types.transformers.flyte_object import (
    FlyteObjectTransformer,
    is_path,
    not_here,
    own_path,
    string_metadata,
    unannotated,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.idl import LiteralType
    from wingbeat.types import schema

__all__ = ["FlyteFilePathTransformer", "make"]


class FlyteFilePathTransformer(FlyteObjectTransformer):
    """Uploads files of this machine when they are written, and leaves the download to the file that is read."""

    def __init__(self) -> None:
        super().__init__("FlyteFilePath", FlyteFile)

    def blob_format(self, t: Any) -> str:
        """What the type was subscripted with."""
        t = unannotated(t)
        if t is os.PathLike:
            return ""
        if not _is_file(t):
            raise ValueError(f"Incorrect type {t}, must be either a FlyteFile or os.PathLike")
        return str(t.extension())

    @staticmethod
    def get_format(t: Any) -> str:
        """The same, as flytekit's code asks for it."""
        return "" if t is os.PathLike else str(t.extension())

    @staticmethod
    def get_additional_headers(source_path: str | os.PathLike[str]) -> dict[str, str]:
        """What flytekit tells a store of a file: that it is compressed."""
        return {"ContentEncoding": "gzip"} if str(source_path).endswith(".gz") else {}

    def assert_type(self, t: Any, v: Any) -> None:
        """Raise `TypeTransformerFailedError` unless `v` is a path."""
        if not isinstance(v, (str, os.PathLike)):
            raise TypeTransformerFailedError(
                f"No automatic conversion found from type {type(v)} to FlyteFile."
                f"Supported (os.PathLike, str, Flytefile), got {preview(repr(v))}"
            )

    def load(self, ctx: Any, location: Location, t: Any) -> FlyteFile[Any]:
        """The file at a location; nothing is downloaded. Without `ctx` the current context is asked, if need be.

        Raises `TypeTransformerFailedError` for a folder, `FlyteAssertion` if it should be on this machine and is not.
        """
        uri, t = location.uri, unannotated(t)
        if location.multipart:
            raise TypeTransformerFailedError(f"{uri} is not a file. It is a folder: declare FlyteDirectory")
        if not is_far(uri):
            path = own_path(uri)
            if not os.path.isfile(path):
                raise not_here(uri, "file")
            return (FlyteFile if t is os.PathLike else t)(path, metadata=location.metadata)
        if t is os.PathLike:
            return FlyteFile(uri, metadata=location.metadata)
        path = (ctx or current_context()).file_access.get_random_local_path(uri)
        file: FlyteFile[Any] = with_format(FlyteFile, self.blob_format(t))(
            path, Fetch(uri, path), metadata=location.metadata
        )
        file._remote_source = uri
        return file

    def dump(self, ctx: Any, value: Any, t: Any) -> Location:
        """Where a file is, after its upload was begun if it needs one.

        Raises `TypeTransformerFailedError`, `ValueError` or `FlyteAssertion` if there is no such file or it may not be
        uploaded.
        """
        t = unannotated(t)
        form = self.blob_format(t)
        if isinstance(value, FlyteFile):
            return Location(_location(ctx, value, t, form), form, False, string_metadata(value.metadata))
        if not is_path(value):
            raise TypeTransformerFailedError(f"Expected FlyteFile or os.PathLike object, received {type(value)}")
        path = str(value)
        if t is os.PathLike or is_far(path):
            return Location(path, form, False)
        _check_kind(form, path)
        _require_file(value)
        if isinstance(value, str) and ctx.execution_state.is_local_execution():
            return Location(path, form, False)
        return Location(_upload(ctx, path), form, False)

    def document_node(self, t: Any) -> schema.Schema | None:
        """The node of a `FlyteFile` inside a document; any other path is one there, and no file."""
        return super().document_node(t) if _is_file(t) else None

    def document_schema(self, t: Any) -> dict[str, Any] | None:
        """The JSON schema of a `FlyteFile` inside a dataclass."""
        return super().document_schema(t) if _is_file(t) else None

    def document_properties(self) -> dict[str, Any]:
        """And the metadata."""
        text = {"type": "string"}
        texts = {"type": "object", "additionalProperties": text, "propertyNames": text}
        return {
            **super().document_properties(),
            "metadata": {"anyOf": [texts, {"type": "null"}], "default": None},
        }

    def guess_python_type(self, literal_type: LiteralType) -> Any:
        """`FlyteFile` with the format of any blob that is one file, pickles excepted."""
        blob = literal_type.blob
        if blob is not None and blob.dimensionality == 0 and blob.format != "PythonPickle":
            return with_format(FlyteFile, blob.format)
        raise ValueError(f"Transformer {self} cannot reverse {preview(literal_type)}")


def _is_file(t: Any) -> bool:
    t = unannotated(t)
    return isinstance(t, type) and issubclass(t, FlyteFile)


def _location(ctx: Any, file: FlyteFile[Any], t: Any, form: str) -> str:
    """Where a file that is an object is, after its upload was begun if it needs one."""
    path = str(file.path)
    if file._remote_source is not None:
        return str(file._remote_source)
    target = file.remote_path
    if is_far(path):
        return path
    _check_kind(form, path)
    # A type that says no more than "a path" is taken to mean it.
    if target is False or t is os.PathLike:
        return path
    if target is None and ctx.execution_state.is_local_execution():
        return path
    return _upload(ctx, path, target or None)


def _check_kind(form: str, path: str) -> None:
    if form:
        from wingbeat.types import file_kind

        file_kind.check(form, path)


def _require_file(value: str | os.PathLike[str]) -> None:
    if os.path.isfile(value):
        return
    why = "it does not exist" if not os.path.exists(value) else "it is a folder: declare FlyteDirectory"
    if isinstance(value, str):
        raise TypeTransformerFailedError(f"Error converting {value} because it's not a file. ({why})")
    raise ValueError(f"Error converting pathlib.Path {value} because it's not a file. ({why})")


def _upload(ctx: Any, path: str, target: Any = None) -> str:
    """Begin an upload, to `target` or a place of its own; where it goes."""
    from wingbeat.exceptions import FlyteAssertion, FlyteUploadDataException

    access = ctx.file_access
    options = {"ContentEncoding": "gzip"} if path.endswith(".gz") else {}
    if target is not None:
        if not os.path.isfile(own_path(path)):
            raise FlyteUploadDataException(f"Failed to put data from {path} to {target}: {path} is not a file")
        return str(access.queue_data(path, str(target), recoverable=True, **options))
    if not os.path.exists(path):
        raise FlyteAssertion(f"File {path} does not exist")
    if os.path.islink(path):
        raise FlyteAssertion(f"File {path} is a symlink, can't upload; return the file that it leads to")
    if not os.path.isfile(path):
        raise FlyteAssertion(f"Expected a file, but {path} is not a file; declare FlyteDirectory for a folder")
    return str(access.queue_data(path, access.get_random_remote_path(path), **options))


def make(hint: Any) -> FlyteFilePathTransformer:  # noqa: ARG001
    """The transformer of a file type."""
    return FlyteFilePathTransformer()
