"""Copies between folders of this machine: the new file is there whole or not at all.

What is copied has its temporary name next to its last one, so that the last step is a rename within one file system.
"""

from __future__ import annotations

import errno
import os

from wingbeat.storage.local import beside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def copy_file(source: str, target: str, *, durable: bool = False) -> None:
    """Replace `target` by a copy of `source`; missing folders are made. A target that is a folder takes the copy in.

    `durable` flushes the copy to the disk first, for a file that something else will refer to.

    Raises:
        OSError: `target` is as it was.
    """
    import shutil

    if os.path.isdir(source):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), source)
    os.stat(source)  # before any folder is made
    target = within(target, source)
    temporary = beside(target)
    try:
        shutil.copyfile(source, temporary)
        if durable:
            flush(temporary)
        os.replace(temporary, target)
    except BaseException:
        discard(temporary)
        raise


def copy_folder(source: str, target: str) -> None:
    """Put a copy of all that is in `source` into `target`, which is made if it is missing; links are followed.

    Everything is read before anything in `target` is touched. A `source` that is a file is put into `target`.

    Raises:
        OSError: `target` is as it was, unless a rename within it failed.
    """
    import shutil

    target = target.rstrip("/") or "/"
    if not os.path.isdir(source):
        copy_file(source, os.path.join(target, ""))
        return
    content = walk(source)  # before anything is made: `target` may lie within `source`
    temporary = beside(target)
    try:
        for folder, names in content:
            into = os.path.normpath(os.path.join(temporary, folder))
            os.makedirs(into, exist_ok=True)
            for name in names:
                shutil.copyfile(os.path.join(source, folder, name), os.path.join(into, name))
        move_folder(temporary, target)
    finally:
        discard(temporary)


def move_folder(source: str, target: str) -> None:
    """Make `source` the folder `target`, or move what is in it into the one that is there."""
    if not os.path.lexists(target):
        os.rename(source, target)
        return
    for folder, names in walk(source):
        into = os.path.normpath(os.path.join(target, folder))
        os.makedirs(into, exist_ok=True)
        for name in names:
            os.replace(os.path.join(source, folder, name), os.path.join(into, name))


def write_chunks(chunks: Iterable[bytes], target: str) -> None:
    """Replace `target` by a file of these chunks. Raises OSError, or what the chunks raise: `target` is as it was."""
    temporary = beside(target)
    try:
        with open(temporary, "wb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        discard(temporary)
        raise


def files_in(folder: str) -> list[str]:
    """The files below a folder, by their paths in it. Raises OSError for a folder that cannot be listed."""
    return [os.path.normpath(os.path.join(parent, name)) for parent, names in walk(folder) for name in names]


def walk(folder: str) -> list[tuple[str, list[str]]]:
    """Every folder below, by its path in `folder`, with the names of its files; links are followed.

    Raises:
        OSError: a folder cannot be listed, or holds a link to one that it is in, which would have no end.
    """

    def fail(error: OSError) -> None:
        raise error

    found = []
    for parent, folders, names in os.walk(folder, onerror=fail, followlinks=True):
        for path in (os.path.join(parent, name) for name in folders):
            if os.path.islink(path) and f"{os.path.realpath(parent)}/".startswith(f"{os.path.realpath(path)}/"):
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
        found.append((os.path.relpath(parent, folder), sorted(names)))
    return found


def within(target: str, source: str) -> str:
    """The path of a copy: below `target` under its own name, if that is a folder or ends with a slash."""
    if target.endswith("/") or os.path.isdir(target):
        return os.path.join(target, os.path.basename(source))
    return target


def flush(path: str) -> None:
    """Have the file on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def discard(path: str) -> None:
    """Delete a temporary file or folder, if it is there."""
    if os.path.isdir(path) and not os.path.islink(path):
        import shutil

        shutil.rmtree(path, ignore_errors=True)
        return
    try:
        os.unlink(path)
    except OSError:
        return  # the failure that led here is the one to report
