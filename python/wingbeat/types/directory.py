"""`FlyteDirectory`: a folder as a value of a task (type-system spec 2.16)."""

from __future__ import annotations

import os

from wingbeat.types.as_seen_by_others import DataclassMember, NoOrigin, pydantic_schema
from wingbeat.types.context import current_context
from wingbeat.types.fetch import Fetch, is_far, nothing
from wingbeat.types.file import FlyteFile
from wingbeat.types.file_format import with_format
from wingbeat.types.located import Located

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any, Generic, TypeVar

    from typing_extensions import Self

    T = TypeVar("T")

    class _PathLike(os.PathLike[str], Generic[T]):
        pass
else:
    T = None
    _PathLike = os.PathLike

__all__ = ["FlyteDirectory"]


def _fields() -> dict[str, Any]:
    from typing import Union

    return {"path": Union[str, os.PathLike]}  # noqa: UP007


class FlyteDirectory(Located, _PathLike[T]):
    """A folder here, or one that lies elsewhere and is downloaded when it is used.

    A task that returns one, or a `str` or `pathlib.Path` for one, has all that is in it uploaded below the raw output
    prefix; what is elsewhere already stays where it is. A task that takes one gets an object whose files are downloaded
    by `os.listdir(directory)`, `os.fspath(directory)` or `directory.download()`; `FlyteDirectory.listdir(directory)`
    and `directory.crawl()` look at it without. `FlyteDirectory["csv"]` adds a format, which the Flyte type names.

    Args:
        path: The folder: a path of this machine or a URL.
        downloader: Called once before the folder is used, to fill `path`. May be a coroutine function.
        remote_directory: Where a folder of this machine is uploaded to; False if it is not to be uploaded at all.
    """

    __match_args__ = ("path",)
    __dataclass_fields__ = DataclassMember(_fields)
    __dataclass_params__ = DataclassMember(_fields)
    __origin__ = NoOrigin()
    _PLAIN = ("path",)

    path: str | os.PathLike[str] = None  # type: ignore[assignment]  # as the default of a dataclass

    #: What dataclasses-json asks its classes for.
    dataclass_json_config = None

    def __init__(
        self,
        path: str | os.PathLike[str],
        downloader: Callable[[], Any] | None = None,
        remote_directory: str | os.PathLike[str] | bool | None = None,
    ) -> None:
        # The names are flytekit's, also the private ones: code in the wild sets them.
        self.path = path
        self._downloader = downloader or nothing
        self._downloaded = False
        self._remote_directory = remote_directory
        self._remote_source: str | None = None

    @classmethod
    def new_remote(cls, stem: str | None = None, alt: str | None = None) -> Self:
        """A folder to be filled below the raw output prefix, by `new_file` and `open`.

        `stem` is its name, a random one by default; `alt` takes the place of the bucket. Raises `ValueError` if `stem`
        looks like the name of a file.
        """
        if stem and os.path.splitext(stem)[1]:
            raise ValueError("Stem should not have a file extension.")
        return cls(current_context().file_access.generate_new_custom_path(alt=alt, stem=stem))

    @classmethod
    def new(cls, dirname: str | os.PathLike[str]) -> Self:
        """A new folder in the task's working folder.

        Raises `ValueError` if the path is absolute, `FileExistsError` if there is one already.
        """
        if os.path.isabs(dirname):
            raise ValueError("Path should be relative.")
        path = os.path.join(current_context().user_space_params.working_directory, dirname)
        os.makedirs(path)
        return cls(path)

    @property
    def remote_directory(self) -> Any:
        """Where it is uploaded to, as given."""
        return self._remote_directory

    @property
    def sep(self) -> str:
        """What separates the parts of its path."""
        return "/"

    def __fspath__(self) -> str:
        """The path of the folder on this machine; it is downloaded when that is needed."""
        if not self._downloaded:
            if self._downloader is nothing and is_far(self.path):
                self._fetch()
            result = self._downloader()
            if hasattr(result, "__await__"):
                _wait_for(result)
            self._downloaded = True
        return os.fspath(getattr(self, "_local_path", self.path))

    def _fetch(self) -> None:
        """Let the downloader bring a folder here that the user has named by its location."""
        self._local_path = current_context().file_access.get_random_local_directory()
        self._downloader = Fetch(str(self.path), self._local_path, is_multipart=True)

    def new_file(self, name: str | None = None) -> FlyteFile[Any]:
        """A file in this folder, with a random name by default. Whether there is one already is not looked at."""
        return FlyteFile(self._inside(name))

    def new_dir(self, name: str | None = None) -> FlyteDirectory[Any]:
        """A folder in this folder, with a random name by default. Whether there is one already is not looked at."""
        return FlyteDirectory(self._inside(name))

    def _inside(self, name: str | None) -> str:
        return f"{str(self.path).rstrip(self.sep)}{self.sep}{name or os.urandom(16).hex()}"

    @property
    def _place(self) -> str:
        """Where its files are: elsewhere, if they came from there or go there."""
        place: Any = self._remote_source or self._remote_directory or self.path
        return os.fspath(place)

    @classmethod
    def listdir(cls, directory: FlyteDirectory[Any]) -> list[FlyteFile[Any] | FlyteDirectory[Any]]:
        """The files and folders in a folder, each downloaded when it is used and not before."""
        from wingbeat.types.directory_listing import entries

        return entries(directory._place)

    def crawl(self, maxdepth: int | None = None, topdown: bool = True, **kwargs: Any) -> Iterator[tuple[str, Any]]:
        """All files in the folder and the folders inside it: pairs of its location and a path relative to that.

        `maxdepth` is how many levels are looked at; `topdown` whether a folder's files come before those further down.
        With `detail=True`, a dict of the path and what fsspec knows about the file takes the place of the path.
        """
        from wingbeat.types.directory_listing import crawl

        return crawl(self._place, maxdepth, topdown, kwargs)

    def __truediv__(self, other: str | os.PathLike[str]) -> Path:
        from pathlib import Path

        return Path(self.path) / other

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return bool(self.path == other.path)

    __hash__ = None  # type: ignore[assignment]  # as a dataclass that compares by its fields

    @staticmethod
    def _transformer() -> Any:
        from wingbeat.types.transformers.directory import FlyteDirToMultipartBlobTransformer

        return FlyteDirToMultipartBlobTransformer()

    def serialize_flyte_dir(self) -> dict[str, Any]:
        """What a document holds for it: its `path`. A folder of this machine is uploaded."""
        return self._serialize()

    def deserialize_flyte_dir(self, info: Any = None) -> Self:
        """The folder that was read from such a document by setting `path`."""
        return self._deserialize({"path": self.path})

    @classmethod
    def schema(cls, **options: Any) -> Any:
        """The marshmallow schema of its fields. Raises `TypeTransformerFailedError` without dataclasses-json."""
        from wingbeat.types.third_party import load

        mixin = load("dataclasses_json", "to make a marshmallow schema").DataClassJsonMixin
        return mixin.schema.__func__(cls, **options)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        name = (
            "_SpecificFormatDirectoryClass" if cls.extension() else cls.__name__
        )  # flytekit's, in stored JSON schemas
        return pydantic_schema(cls, name, _fields(), handler)


def _wait_for(awaitable: Any) -> None:
    from wingbeat.types.coroutines import run

    async def wait() -> None:
        await awaitable

    run(wait)


#: flytekit's names for formats.
_ALIASES = {"TFRecordsDirectory": "tfrecords_dir", "TensorboardLogs": "tensorboard"}
_FORMATS = {"tensorboard", "tfrecords_dir"}

if TYPE_CHECKING:
    TFRecordsDirectory = TensorboardLogs = FlyteDirectory


def __getattr__(name: str) -> Any:
    if name in _ALIASES:
        value: Any = with_format(FlyteDirectory, _ALIASES[name])
    elif name in _FORMATS:
        from typing import TypeVar

        value = TypeVar(name)  # type: ignore[misc]
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_ALIASES, *_FORMATS})
