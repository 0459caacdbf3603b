"""Where a table is read from and written to: always a file of this machine, and from there to any location."""

from __future__ import annotations

import os
from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

__all__ = ["PART", "borrowed", "columns_of", "fetched", "files_in", "frame_of", "source_of", "stored_at", "write"]

#: The name of the only file of a table (type-system spec 2.17).
PART = "00000"


def fetched(ctx: Any, uri: str) -> str:
    """The local path of the file or folder at a location, which is downloaded if it is elsewhere.

    Raises:
        TypeTransformerFailedError: it is a local path, and nothing is there.
        FlyteDataNotFoundException: nothing is there.
        FlyteDownloadDataException: it cannot be read.
    """
    if not ctx.file_access.is_remote(uri):
        path = uri.removeprefix("file://")
        if not os.path.exists(path):
            from wingbeat.errors import TypeTransformerFailedError

            raise TypeTransformerFailedError(
                f"there is no table at {uri}; a path of this machine is only known to the process that wrote it: run"
                " the writer with a raw output prefix that both can reach"
            )
        return path
    path = str(ctx.file_access.get_random_local_path())
    ctx.file_access.get_data(uri, path, True)
    return path


@contextmanager
def borrowed(ctx: Any, uri: str) -> Iterator[str]:
    """As `fetched`, for as long as it is read: what was downloaded is removed then."""
    path = fetched(ctx, uri)
    try:
        yield path
    finally:
        if ctx.file_access.is_remote(uri):
            from wingbeat.storage import copy

            copy.discard(path)


def files_in(path: str) -> list[str]:
    """The files of a table in order: the file itself, or those of a folder but for `_SUCCESS` and the like."""
    if not os.path.isdir(path):
        return [path]
    found = []
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if name[0] not in "._")
        found += [os.path.join(folder, name) for name in sorted(names) if name[0] not in "._"]
    return found


def source_of(files: list[str], root: str) -> str:
    """What pyarrow reads of a table: its only file, else the folder, where a folder `year=2020` stands for a column."""
    return files[0] if len(files) == 1 and files[0] in (root, os.path.join(root, os.path.basename(files[0]))) else root


def columns_of(metadata: Any) -> list[str] | None:
    """The columns to read, or None for all."""
    kind = None if metadata is None else metadata.structured_dataset_type
    return [column.name for column in kind.columns] if kind is not None and kind.columns else None


def frame_of(dataset: Any, cls: Any, spelled: str) -> Any:
    """The table, if it is of the class. Raises `TypeTransformerFailedError` if it is not."""
    table = dataset.dataframe
    if not isinstance(table, cls):
        from wingbeat.errors import TypeTransformerFailedError

        kind = type(table)
        raise TypeTransformerFailedError(f"expected {spelled}, got {kind.__module__}.{kind.__qualname__}")
    return table


def stored_at(ctx: Any, dataset: Any) -> str:
    """Where a table goes: to the location that the user gave, or below the raw output prefix."""
    files = ctx.file_access
    return str(dataset.uri or files.join(files.raw_output_prefix, files.get_random_string()))


def write(ctx: Any, uri: str, make: Callable[[str], object]) -> None:
    """Let `make` write a local file; it arrives at the location whole or not at all.

    Raises:
        StorageError: it could not be written.
        Exception: whatever `make` raises.
    """
    from wingbeat.storage import local

    files = ctx.file_access
    here = not files.is_remote(uri)
    try:
        if here:
            target = uri.removeprefix("file://")
            path = local.beside(target)
        else:
            path = str(files.get_random_local_path())
        try:
            make(path)
            if here:
                os.replace(path, target)
        except BaseException:
            local.remove(path)
            raise
    except OSError as error:
        raise local.failure("write", uri, error) from error
    if not here:
        files.queue_data(path, uri, remove=True)
