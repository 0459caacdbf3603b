"""What is wrong with a Parquet file, told from the file: libraries say it in their own terms, and not where it is."""

from __future__ import annotations

import os
from contextlib import contextmanager

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types.frames.place import borrowed, files_in
from wingbeat.types.preview import preview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

__all__ = ["files_of", "parquet_files", "reading", "writing"]

_MAGIC = b"PAR1"
# Magic, length of the footer, magic.
_LEAST = 12


@contextmanager
def parquet_files(ctx: Any, uri: str) -> Iterator[tuple[str, list[str]]]:
    """The local path of a table and its files, while they are read. For what is raised see `files_of`."""
    with borrowed(ctx, uri) as path:
        yield path, files_of(path, uri)


def files_of(path: str, uri: str) -> list[str]:
    """The files of a table at a local path. Raises `TypeTransformerFailedError` if there are none."""
    files = files_in(path)
    if not files:
        raise TypeTransformerFailedError(
            f"there is no table at {uri}: the folder is empty, or all of its files begin with '.' or '_'"
        )
    return files


@contextmanager
def reading(
    uri: str, files: Sequence[str], columns: Sequence[str] | None, names: Callable[[str], list[str]]
) -> Iterator[None]:
    """Say what is wrong when a library cannot read `files` of the table at `uri`.

    `columns` are the columns that are asked for, `names` gives those of a file. Raises `TypeTransformerFailedError`.
    """
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:  # each library raises its own
        raise TypeTransformerFailedError(_fault(uri, files, columns, names, error)) from error


def _fault(
    uri: str, files: Sequence[str], columns: Sequence[str] | None, names: Callable[[str], list[str]], error: Exception
) -> str:
    for file in files:
        place = uri if len(files) == 1 else f"{uri} ({os.path.basename(file)})"
        with open(file, "rb") as content:
            size = os.fstat(content.fileno()).st_size
            head = content.read(len(_MAGIC))
            content.seek(max(0, size - len(_MAGIC)))
            tail = content.read(len(_MAGIC))
        if head != _MAGIC:
            return (
                f"the table at {place} is not Parquet: it begins with {head!r}, not {_MAGIC!r}; declare its format, for"
                " example Annotated[StructuredDataset, 'csv'], and register a decoder for it if there is none"
            )
        if tail != _MAGIC or size < _LEAST:
            return (
                f"the Parquet file at {place} is not whole: it ends after {size} bytes without {_MAGIC!r}; whoever"
                " wrote it did not finish: write it again"
            )
    missing = _missing(files, columns, names)
    if missing:
        return f"the table at {uri} has no column {missing}; declare columns that it has, or none for all of them"
    return f"the Parquet table at {uri} cannot be read: {type(error).__name__}: {preview(error)}"


def _missing(files: Sequence[str], columns: Sequence[str] | None, names: Callable[[str], list[str]]) -> str:
    if not columns:
        return ""
    try:
        found = names(files[0])
    except Exception:  # noqa: BLE001  # the first error is the one to report
        return ""
    absent = [column for column in columns if column not in found]
    return f"{', '.join(map(repr, absent))} (it has {preview(', '.join(map(repr, found)))})" if absent else ""


@contextmanager
def writing(cls: str, form: str) -> Iterator[None]:
    """Say what is wrong when a library cannot write a table of class `cls`. Raises `TypeTransformerFailedError`."""
    try:
        yield
    except (MemoryError, OSError, TypeTransformerFailedError):
        raise
    except Exception as error:  # each library raises its own
        raise TypeTransformerFailedError(
            f"the {cls} cannot be written as {form}: {type(error).__name__}: {preview(error)}"
        ) from error
