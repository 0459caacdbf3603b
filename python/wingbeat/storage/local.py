"""Files of this machine, with nothing but `os`: these two functions are on the start-up path."""

from __future__ import annotations

import os

from wingbeat.storage.errors import StorageError


def read(path: str, uri: str) -> bytes:
    """The content of `path`. `uri` is how messages call it."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.readall()
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        raise failure("read", uri, error) from error


def write(path: str, data: bytes, uri: str) -> None:
    """Replace `path` by a file with this content, or leave everything as it was.

    The temporary file is a neighbour, so that the last step is a rename within one file system; it is flushed to the
    disk first, so that a crash of the machine cannot leave a name without content.
    """
    try:
        temporary = beside(path)
        try:
            with open(temporary, "wb", buffering=0) as file:
                written = 0
                while written < len(data):  # one system call writes at most 2 GiB
                    written += file.write(memoryview(data)[written:])
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            remove(temporary)
            raise
    except (OSError, ValueError) as error:
        raise failure("write", uri, error) from error


def beside(target: str) -> str:
    """A temporary name next to `target`, in a folder that exists now.

    A process id would not tell writers apart: in a container it is mostly 1, and two may share a volume.
    """
    folder, name = os.path.split(target)
    if folder:
        os.makedirs(folder, exist_ok=True)
    return os.path.join(folder, f".{name[:100]}.{os.urandom(8).hex()}.part")


def remove(path: str) -> None:
    """Delete a file that may not be there; the failure that led here is the one to report."""
    try:
        os.unlink(path)
    except OSError:
        return


def failure(operation: str, uri: str, error: Exception) -> StorageError:
    """What the operating system said, and what to do about it."""
    reason = getattr(error, "strerror", None) or str(error)
    return StorageError(operation, uri, f"{type(error).__name__}: {reason}", advice(error))


def advice(error: Exception) -> str:
    """What to do about the usual ones."""
    if isinstance(error, FileNotFoundError):
        return "Check that the path exists in this container"
    if isinstance(error, PermissionError):
        return "Check the permissions of the file and its folder, and the user that the container runs as"
    if isinstance(error, (NotADirectoryError, IsADirectoryError)):
        return "A folder is where a file should be, or the other way round"
    return ""
