"""What is in a folder, without downloading it."""

from __future__ import annotations

import os

from wingbeat.types.context import current_context
from wingbeat.types.directory import FlyteDirectory
from wingbeat.types.fetch import Fetch, is_far
from wingbeat.types.file import FlyteFile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


def entries(place: str) -> list[FlyteFile[Any] | FlyteDirectory[Any]]:
    """The files and folders at a location. See `FlyteDirectory.listdir`.

    Raises `FileNotFoundError` if there is nothing, `OSError` if it cannot be listed.
    """
    from wingbeat.storage import listing
    from wingbeat.types.os_errors import as_os_errors

    with as_os_errors():
        found = listing.list_folder(place)
    make = _far if is_far(place) else _near
    return [make(f"{place.rstrip('/')}/{entry.name}", entry.is_folder) for entry in found]


def _near(path: str, is_folder: bool) -> FlyteFile[Any] | FlyteDirectory[Any]:
    return FlyteDirectory(path) if is_folder else FlyteFile(path)


def _far(location: str, is_folder: bool) -> FlyteFile[Any] | FlyteDirectory[Any]:
    access = current_context().file_access
    if is_folder:
        folder = access.get_random_local_directory()
        directory: FlyteDirectory[Any] = FlyteDirectory(folder, Fetch(location, folder, is_multipart=True))
        directory._remote_source = location
        return directory
    path = access.get_random_local_path(location)
    file: FlyteFile[Any] = FlyteFile(path, Fetch(location, path))
    file._remote_source = location
    return file


def crawl(place: str, maxdepth: int | None, topdown: bool, options: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """All files below a location. See `FlyteDirectory.crawl`; other `options` are for fsspec's `walk`."""
    if maxdepth is not None and maxdepth < 1:
        raise ValueError(f"maxdepth must be at least 1, got {maxdepth}")
    if any(options.values()):
        yield from _walk(place, maxdepth, topdown, options)
        return
    from wingbeat.storage import StorageError, listing

    tree: dict[str, Any] = {}
    try:
        found = listing.list_files(place)
    except StorageError as error:
        # A folder in a store is there once there is something in it.
        if isinstance(error.__cause__, FileNotFoundError):
            return
        raise
    for entry in found:
        *folders, name = entry.name.split("/")
        inner = tree
        for folder in folders:
            inner = inner.setdefault(folder, {})
        inner[name] = None
    for path in _paths(tree, "", maxdepth, topdown):
        yield place, path


def _paths(tree: dict[str, Any], prefix: str, depth: int | None, topdown: bool) -> Iterator[str]:
    own = [prefix + name for name, inner in tree.items() if inner is None]
    if topdown:
        yield from own
    if depth is None or depth > 1:
        for name, inner in tree.items():
            if inner is not None:
                yield from _paths(inner, f"{prefix}{name}/", None if depth is None else depth - 1, topdown)
    if not topdown:
        yield from own


def _walk(
    place: str, maxdepth: int | None, topdown: bool, options: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    system: Any = current_context().file_access.get_filesystem_for_path(place)
    skipped = len(system._strip_protocol(place)) + 1
    for base, _, files in system.walk(place, maxdepth, topdown, **options):
        for name in files:
            path = os.path.join(base[skipped:], name)
            yield place, {path: files[name]} if isinstance(files, dict) else path
