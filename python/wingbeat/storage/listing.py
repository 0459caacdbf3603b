"""What is in a folder, here or elsewhere."""

from __future__ import annotations

import os

from wingbeat.storage.store import Entry
from wingbeat.storage.transfer import attempt
from wingbeat.storage.uri import local_path

__all__ = ["Entry", "list_files", "list_folder"]


def list_folder(uri: str) -> list[Entry]:
    """The names in one folder, files and folders, in alphabetical order.

    Raises:
        StorageError: it cannot be listed; its `__cause__` is a `FileNotFoundError` if there is nothing.
    """
    path = local_path(uri)
    if path is not None:
        found: list[Entry] = []
        attempt("read", uri, lambda: found.extend(local_entries(path)))
        return sorted(found, key=name_of)
    from wingbeat.storage import remote

    return sorted(remote.list_folder(uri), key=name_of)


def list_files(uri: str) -> list[Entry]:
    """All files below a folder, by their paths in it, in alphabetical order.

    Raises:
        StorageError: it cannot be listed; its `__cause__` is a `FileNotFoundError` if there is nothing.
    """
    path = local_path(uri)
    if path is not None:
        from wingbeat.storage import copy

        found: list[Entry] = []

        def look() -> None:
            if not os.path.isdir(path):
                os.listdir(path)  # says what it is
            found.extend(Entry(name, False, os.path.getsize(os.path.join(path, name))) for name in copy.files_in(path))

        attempt("read", uri, look)
        return sorted(found, key=name_of)
    from wingbeat.storage import remote

    return sorted(remote.list_files(uri), key=name_of)


def local_entries(path: str) -> list[Entry]:
    """The names in a folder of this machine; links are followed."""
    with os.scandir(path) as names:
        return [
            Entry(one.name, True, None) if one.is_dir() else Entry(one.name, False, os.path.getsize(one.path))
            for one in names
        ]


def name_of(entry: Entry) -> str:
    """What entries are sorted by."""
    return entry.name
