"""`typing.TextIO` and `typing.BinaryIO`: files that are open when the task begins (type-system spec 2.1).

They can be read only. A task that writes a file returns a `FlyteFile`.
"""

from __future__ import annotations

import os
import typing
from typing import IO, Any

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types.blob import BlobTransformer, Location
from wingbeat.types.fetch import is_far
from wingbeat.types.transformers.flyte_object import own_path, unannotated

__all__ = ["BinaryIOTransformer", "OpenFileTransformer", "TextIOTransformer", "make"]


class OpenFileTransformer(BlobTransformer[Any]):
    """Opens a file in one mode."""

    def __init__(self, name: str, t: Any, form: str, mode: str) -> None:
        super().__init__(name, t)
        self._form = form
        self._mode = mode

    def blob_format(self, t: Any) -> str:
        """A MIME type."""
        return self._form

    def fetches(self, t: Any) -> bool:
        """True: what is open has been downloaded."""
        return True

    def assert_type(self, t: Any, v: Any) -> None:
        """Raise `TypeTransformerFailedError`: nothing can be written."""
        self.dump(None, v, t)

    def load(self, ctx: Any, location: Location, t: Any) -> IO[Any]:
        """The open file; whoever reads it closes it. Raises `TypeTransformerFailedError` for a folder."""
        uri = location.uri
        if location.multipart:
            raise TypeTransformerFailedError(f"{uri} is not a file. It is a folder: declare FlyteDirectory")
        path = own_path(uri)
        if is_far(uri) or not os.path.isfile(path):
            path = ctx.file_access.get_random_local_path()
            ctx.file_access.get_data(uri, path, is_multipart=False)
        return open(path, self._mode)

    def dump(self, ctx: Any, value: Any, t: Any) -> Location:
        """Raises `TypeTransformerFailedError`: flytekit has no way to write one either."""
        raise TypeTransformerFailedError(
            f"Implement handle for {self.name}: an open file cannot be an output; return its path as a FlyteFile"
        )


class TextIOTransformer(OpenFileTransformer):
    """Opens a file as text."""

    def __init__(self) -> None:
        super().__init__("TextIO", typing.TextIO, "text/plain", "r")


class BinaryIOTransformer(OpenFileTransformer):
    """Opens a file as bytes."""

    def __init__(self) -> None:
        super().__init__("BinaryIO", typing.BinaryIO, "application/octet-stream", "rb")


def make(hint: Any) -> OpenFileTransformer:
    """The transformer of one of the two types."""
    return TextIOTransformer() if unannotated(hint) is typing.TextIO else BinaryIOTransformer()
