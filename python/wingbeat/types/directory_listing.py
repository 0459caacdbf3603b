"""What is in a folder, without downloading it."""

from __future__ import annotations

import os

from wingbeat.types.context import current_context
from wingbeat.types.directory import FlyteDirectory
from wingbeat.types.fetch import Fetch
from wingbeat.types.file import FlyteFile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


def entries(place: str) -> list[FlyteFile[Any] | FlyteDirectory[Any]]:
    """The files and folders at a location. See `FlyteDirectory.listdir`."""
    if not current_context().file_access.is_remote(place):
        paths = [os.path.join(place, name) for name in os.listdir(place)]
        return [FlyteFile(path) if os.path.isfile(path) else FlyteDirectory(path) for path in paths]
    system: Any = current_context().file_access.get_filesystem_for_path(place)
    own = system._strip_protocol(place).rstrip("/")
    # Some tools make an object for the folder itself.
    listed = [entry for entry in system.ls(place, detail=True) if entry["name"].rstrip("/") != own]
    return [
        _entry(f"{place.rstrip('/')}/{entry['name'].rstrip('/').rpartition('/')[2]}", entry["type"] == "directory")
        for entry in listed
    ]


def _entry(location: str, is_folder: bool) -> FlyteFile[Any] | FlyteDirectory[Any]:
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
    """All files below a location. See `FlyteDirectory.crawl`."""
    system: Any = current_context().file_access.get_filesystem_for_path(place)
    skipped = len(system._strip_protocol(place)) + 1
    for base, _, files in system.walk(place, maxdepth, topdown, **options):
        inside = base[skipped:]
        if isinstance(files, dict):
            for name, about in files.items():
                yield place, {os.path.join(inside, name): about}
        else:
            for name in files:
                yield place, os.path.join(inside, name)
