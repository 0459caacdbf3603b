"""Files of this machine, with nothing but `os`: these functions are on the start-up path."""

from __future__ import annotations

import errno
import os

from wingbeat.storage.errors import StorageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def read(path: str, uri: str) -> bytes:
    """The content of `path`. `uri` is how messages call it."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.readall()
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        raise failure("read", uri, error) from error


#: Bytes above which a thread costs less than the time that it saves.
LARGE = 2**20


def fetch(path: str, uri: str) -> Callable[[], bytes]:
    """Begin to read, of a large file in the background; call the result to wait for the content.

    `_thread` and not `threading`: that is imported by nothing else on this path.
    """
    try:
        large = os.stat(path).st_size >= LARGE
    except (OSError, ValueError):
        large = False  # `read` says what is wrong
    if not large:
        return lambda: read(path, uri)
    import _thread

    done = _thread.allocate_lock()
    done.acquire()
    results: list[bytes | StorageError] = []

    def work() -> None:
        try:
            results.append(read(path, uri))
        except StorageError as error:
            results.append(error)
        finally:
            done.release()

    def content() -> bytes:
        with done:
            result = results.pop()
        if isinstance(result, StorageError):
            raise result
        return result

    _thread.start_new_thread(work, ())
    return content


def write(path: str, data: bytes, uri: str, *, durable: bool = True) -> None:
    """Replace `path` by a file with this content, or leave everything as it was.

    The temporary file is a neighbour, so that the last step is a rename within one file system; it is flushed to the
    disk first, so that a crash of the machine cannot leave a name without content. Without `durable` that is left to
    the caller.
    """
    try:
        put(beside(path), path, data, durable=durable)
    except (OSError, ValueError) as error:
        raise failure("write", uri, error) from error


def put(temporary: str, path: str, data: bytes, *, durable: bool) -> None:
    """Write `temporary`, a new file, and give it the name `path`. For `durable` see `write`.

    Raises:
        OSError, ValueError: nothing was written.
    """
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        try:
            written = os.write(descriptor, data)
            while written < len(data):  # one system call writes at most 2 GiB
                written += os.write(descriptor, memoryview(data)[written:])
            if durable:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(temporary, path)
    except BaseException:
        remove(temporary)
        raise


def beside(target: str) -> str:
    """A temporary name next to `target`, in a folder that exists now.

    A process id would not tell writers apart: in a container it is mostly 1, and two may share a volume.
    """
    folder, name = os.path.split(target)
    if folder:
        os.makedirs(folder, exist_ok=True)
    return os.path.join(folder, temporary_name(name))


def temporary_name(name: str) -> str:
    """A name for what will be `name`."""
    return f".{name[:100]}.{os.urandom(8).hex()}.part"


def remove(path: str) -> None:
    """Delete a file that may not be there; the failure that led here is the one to report."""
    try:
        os.unlink(path)
    except OSError:
        return


def failure(operation: str, uri: str, error: Exception) -> StorageError:
    """What the operating system said, and what to do about it."""
    return StorageError(operation, uri, reason(uri, error), advice(error))


def reason(uri: str, error: Exception) -> str:
    """What happened, and to which other file if it was another."""
    text = getattr(error, "strerror", None) or str(error)
    place = getattr(error, "filename", None)
    if getattr(error, "filename2", None) is not None:
        place = None  # of a copy the system names both files, and does not say which of them it is about
    other = f" ({place})" if isinstance(place, str) and place not in uri else ""
    return f"{type(error).__name__}: {text}{other}" if text else type(error).__name__


def advice(error: Exception) -> str:
    """What to do about the usual ones."""
    if isinstance(error, FileNotFoundError):
        return "Check that the path exists in this container"
    if isinstance(error, PermissionError):
        return "Check the permissions of the file and its folder, and the user that the container runs as"
    if isinstance(error, (NotADirectoryError, IsADirectoryError, FileExistsError)):
        return "A folder is where a file should be, or the other way round"
    if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full: keep less on it, or ask for more (`ephemeral_storage` of the task's resources)"
    return ""
