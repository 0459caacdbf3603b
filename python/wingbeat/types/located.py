"""What `FlyteFile` and `FlyteDirectory` have in common: each names a place, here or elsewhere, and a format."""

from __future__ import annotations

import os

from wingbeat.types.context import current_context
from wingbeat.types.file_format import empty, origin_and_format, with_format
from wingbeat.types.plain_form import PlainForm

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from typing_extensions import Self


class Located(PlainForm):
    """Something at a place that is downloaded once, when `os.fspath` asks for it."""

    path: str | os.PathLike[str]
    _downloaded: bool
    _remote_source: Any

    if TYPE_CHECKING:

        def __fspath__(self) -> str: ...

    def __class_getitem__(cls, item: Any) -> type[Self]:
        return with_format(cls, item)

    @classmethod
    def extension(cls) -> str:
        """The format, empty if there is none."""
        return ""

    @classmethod
    def from_source(cls, source: str | os.PathLike[str]) -> Self:
        """What lies at a location, as if the task had received it. Raises `FlyteAssertion` if it should be here."""
        return cls._deserialize({"path": os.fspath(source)})

    @property
    def downloaded(self) -> bool:
        """Whether it has been asked for, and is here."""
        return self._downloaded

    @property
    def remote_source(self) -> Any:
        """Where it came from; None for what is of this machine."""
        return self._remote_source

    def download(self) -> str:
        """`os.fspath`.

        Raises:
            FlyteDataNotFoundException: there is nothing at the location.
            FlyteDownloadDataException: it could not be read, or not be written here.
        """
        return self.__fspath__()

    def __repr__(self) -> str:
        return str(self.path)

    def __str__(self) -> str:
        return str(self.path)

    def __reduce__(self) -> Any:
        return empty, origin_and_format(type(self)), vars(self)

    # How mashumaro and pydantic write and read one, as wingbeat's own codecs do.

    @staticmethod
    def _transformer() -> Any:
        """What converts it. For subclasses."""
        raise NotImplementedError

    def _serialize(self) -> dict[str, Any]:
        document: dict[str, Any] = self._transformer().to_document(current_context(), self, type(self))
        return document

    @classmethod
    def _deserialize(cls, value: Mapping[str, Any]) -> Self:
        found: Self = cls._transformer().load_document(current_context(), value, cls)
        return found
