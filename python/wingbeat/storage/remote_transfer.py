"""Files and folders to and from other locations, through fsspec."""

from __future__ import annotations

import os

from wingbeat.storage import copy, local
from wingbeat.storage.errors import StorageError
from wingbeat.storage.options import upload_options
from wingbeat.storage.remote import failure, resolve
from wingbeat.storage.uri import scheme

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def download(uri: str, path: str, folder: bool) -> None:
    """`transfer.download` of a URL. What the credentials may not see is asked for once more without them."""
    file_system, source = resolve(uri, "read")
    try:
        try:
            fetch(file_system, source, path, folder)
        except PermissionError:
            public, source = resolve(uri, "read", anonymous=True)
            if public is file_system:
                raise
            fetch(public, source, path, folder)
    except StorageError:
        raise
    except Exception as error:  # drivers raise what their clients raise
        raise failure("read", uri, error) from error


def fetch(file_system: Any, source: str, path: str, folder: bool) -> None:
    """Download beside `path`, then move it there."""
    if not folder:
        path = copy.within(path, source)
    temporary = local.beside(path.rstrip("/"))
    try:
        if folder:
            fetch_folder(file_system, source, temporary)
            copy.move_folder(temporary, path)
        else:
            file_system.get_file(source, temporary)
            if os.path.isdir(temporary):
                raise IsADirectoryError(21, "Is a folder, not a file", source)
            os.replace(temporary, path)
    finally:
        copy.discard(temporary)


def fetch_folder(file_system: Any, source: str, target: str) -> None:
    """Download all files below `source`, as many at a time as the driver likes."""
    source = source.rstrip("/")
    remote = [name for name in file_system.find(source) if not name.endswith("/")]
    if not remote:
        raise FileNotFoundError(2, "No such folder", source)
    if remote == [source]:
        remote_to_local = {source: os.path.join(target, os.path.basename(source))}
    else:
        remote_to_local = {name: inside(target, name[len(source) :].lstrip("/"), name) for name in remote}
    for name in remote_to_local.values():
        os.makedirs(os.path.dirname(name), exist_ok=True)
    file_system.get(list(remote_to_local), list(remote_to_local.values()))


def inside(folder: str, name: str, key: str) -> str:
    """The local path of an object; a key such as `a/../../b` must not lead out of the folder."""
    path = os.path.normpath(os.path.join(folder, name))
    if not path.startswith(folder + os.sep):
        raise ValueError(f"the object {key!r} would be written outside of the folder")
    return path


def upload(path: str, uri: str, folder: bool, options: dict[str, Any]) -> None:
    """`transfer.upload` to a URL."""
    file_system, target = resolve(uri, "write")
    options = {**upload_options(scheme(uri)), **options}
    try:
        if folder and os.path.isdir(path):
            names = copy.files_in(path)
            sources = [os.path.join(path, name) for name in names]
            # With two lists nothing in the names is taken for a pattern.
            file_system.put(sources, [f"{target.rstrip('/')}/{name}" for name in names], **options)
        else:
            if folder or uri.endswith("/"):
                target = f"{target.rstrip('/')}/{os.path.basename(path)}"
            if os.path.isdir(path):
                raise IsADirectoryError(21, "Is a folder, not a file", path)
            file_system.put_file(path, target, **options)
    except Exception as error:  # drivers raise what their clients raise
        raise failure("write", uri, error) from error


def exists(uri: str) -> bool:
    """`transfer.exists` of a URL."""
    file_system, path = resolve(uri, "read")
    try:
        return bool(file_system.exists(path))
    except Exception as error:  # drivers raise what their clients raise
        raise failure("read", uri, error) from error
