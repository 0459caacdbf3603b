"""`FlyteFile`: a file as a value of a task (type-system spec 2.15).

>>> FlyteFile["csv"].extension()
'csv'
>>> CSVFile is FlyteFile["csv"]
True
"""

from __future__ import annotations

import os

from wingbeat.types.as_seen_by_others import DataclassMember, NoOrigin, pydantic_schema
from wingbeat.types.context import current_context
from wingbeat.types.fetch import Fetch, is_far, nothing
from wingbeat.types.file_format import FileExt, with_format
from wingbeat.types.located import Located

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Generic, TypeVar

    from typing_extensions import Self

    from wingbeat.types.file_stream import FileStream

    T = TypeVar("T")

    class _PathLike(os.PathLike[str], Generic[T]):
        pass
else:
    T = None
    _PathLike = os.PathLike

__all__ = ["FileExt", "FlyteFile"]


def _fields() -> dict[str, Any]:
    from typing import Dict, Optional, Union  # noqa: UP035

    # Spelled so that pydantic and mashumaro describe them as flytekit's.
    return {"path": Union[str, os.PathLike], "metadata": Optional[Dict[str, str]]}  # noqa: UP006, UP007, UP045


class FlyteFile(Located, _PathLike[T]):
    """A file here, or one that lies elsewhere and is downloaded when it is opened.

    A task that returns one, or a `str` or `pathlib.Path` for one, has it uploaded below the raw output prefix; what is
    elsewhere already stays where it is. A task that takes one gets an object whose file is downloaded by `open(file)`,
    `os.fspath(file)` or `file.download()`, or read without a copy by `file.open("r")`. `FlyteFile["csv"]` adds a
    format, which the Flyte type names.

    Args:
        path: The file: a path of this machine or a URL.
        downloader: Called once before the file is used, to put it to `path`.
        remote_path: Where a file of this machine is uploaded to; False if it is not to be uploaded at all.
        metadata: Text by name that is stored beside the location.
    """

    __match_args__ = ("path", "metadata")
    __dataclass_fields__ = DataclassMember(_fields)
    __dataclass_params__ = DataclassMember(_fields)
    __origin__ = NoOrigin()
    _PLAIN = ("path", "metadata")

    path: str | os.PathLike[str] = None  # type: ignore[assignment]  # as the default of a dataclass
    metadata: dict[str, str] | None = None

    def __init__(
        self,
        path: str | os.PathLike[str],
        downloader: Callable[[], Any] = nothing,
        remote_path: str | os.PathLike[str] | bool | None = None,
        metadata: dict[str, str] | None = None,
    ) -> None:
        # The names are flytekit's, also the private ones: code in the wild sets them.
        self.path = path
        self.metadata = metadata
        self._downloader = downloader
        self._downloaded = False
        self._remote_path = remote_path
        self._remote_source: str | os.PathLike[str] | None = None
        self._local_path = path
        if is_far(path):
            self._remote_source = path
            self._local_path = current_context().file_access.get_random_local_path(str(path))
            self._downloader = Fetch(str(path), str(self._local_path))

    @classmethod
    def new_remote_file(cls, name: str | None = None, alt: str | None = None) -> Self:
        """A file to be written below the raw output prefix, by `open("w")`.

        `name` is its name, a random one by default; `alt` takes the place of the bucket.
        """
        return cls(current_context().file_access.generate_new_custom_path(alt=alt, stem=name))

    @classmethod
    def new(cls, filename: str | os.PathLike[str]) -> Self:
        """A file to be written in the task's working folder. Raises `ValueError` if the path is absolute."""
        if os.path.isabs(filename):
            raise ValueError("Path should be relative.")
        return cls(os.path.join(current_context().user_space_params.working_directory, filename))

    @property
    def remote_path(self) -> Any:
        """Where it is uploaded to, as given."""
        return self._remote_path

    def __fspath__(self) -> str:
        """The path of the file on this machine; it is downloaded when that is needed."""
        if not self._downloaded:
            self._downloader()
            self._downloaded = True
        return os.fspath(self._local_path)

    async def _download(self) -> str:
        return self.__fspath__()

    def open(self, mode: str, cache_type: str | None = None, cache_options: dict[str, Any] | None = None) -> FileStream:
        """The open file, for a `with` statement. What lies elsewhere is read and written there, without a copy here.

        `mode` is that of the builtin `open`. `cache_type` and `cache_options` say how fsspec, which is asked then,
        reads ahead: `readahead`, `blockcache`, `bytes`, ... What is written elsewhere appears whole at the end of the
        `with` block, and not at all if that raises.

        Entering the block raises `FileNotFoundError` if there is nothing, `OSError` if it cannot be opened.
        """
        from wingbeat.types.file_stream import FileStream

        place: Any = self._remote_source or self._remote_path or self.path
        return FileStream(os.fspath(place), mode, cache_type, cache_options)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, FlyteFile):
            return bool(self.path == other)
        return (
            self.path == other.path
            and self._remote_path == other._remote_path
            and self.extension() == other.extension()
        )

    def __hash__(self) -> int:
        return hash(str(self.path))

    @staticmethod
    def _transformer() -> Any:
        from wingbeat.types.transformers.file import FlyteFilePathTransformer

        return FlyteFilePathTransformer()

    def serialize_flyte_file(self) -> dict[str, Any]:
        """What a document holds for it: `path`, and `metadata` if there is some. A file of this machine is uploaded."""
        return self._serialize()

    def deserialize_flyte_file(self, info: Any = None) -> Self:
        """The file that was read from such a document by setting `path` and `metadata`."""
        return self._deserialize({"path": self.path, "metadata": self.metadata})

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        name = "_SpecificFormatClass" if cls.extension() else cls.__name__  # flytekit's, in stored JSON schemas
        return pydantic_schema(cls, name, _fields(), handler)


#: flytekit's names for common formats: `CSVFile` is `FlyteFile["csv"]`.
_ALIASES = {
    "CSVFile": "csv",
    "HDF5EncodedFile": "hdf5",
    "HTMLPage": "html",
    "JPEGImageFile": "jpeg",
    "JSONLFile": "jsonl",
    "JoblibSerializedFile": "joblib",
    "ONNXFile": "onnx",
    "PDFFile": "pdf",
    "PNGImageFile": "png",
    "PythonNotebook": "ipynb",
    "PythonPickledFile": "python_pickle",
    "SVGImageFile": "svg",
    "TFRecordFile": "tfrecord",
}

#: And for what is in the brackets: `csv` is `Annotated[str, FileExt("csv")]`.
_FORMATS = {"jsonl_file": "jsonl", "tfrecords_file": "tfrecord"} | {
    name: name for name in _ALIASES.values() if name not in ("jsonl", "tfrecord")
}

if TYPE_CHECKING:
    CSVFile = HDF5EncodedFile = HTMLPage = JPEGImageFile = JSONLFile = JoblibSerializedFile = ONNXFile = FlyteFile
    PDFFile = PNGImageFile = PythonNotebook = PythonPickledFile = SVGImageFile = TFRecordFile = FlyteFile


def __getattr__(name: str) -> Any:
    if name in _ALIASES:
        value: Any = with_format(FlyteFile, _ALIASES[name])
    elif name in _FORMATS:
        from typing import Annotated

        value = Annotated[str, FileExt(_FORMATS[name])]
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_ALIASES, *_FORMATS})
