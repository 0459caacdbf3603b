"""Open files, here or elsewhere.

What is read from another place is fetched as it is read. What is written to one appears whole when the file is closed,
or, if the `with` block ends with an exception, not at all.
"""

from __future__ import annotations

import builtins
import functools
import os

from wingbeat.storage import copy, local, transfer
from wingbeat.storage.errors import StorageError
from wingbeat.storage.uri import local_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, Any


def open(uri: str, mode: str = "r", **options: Any) -> IO[Any]:  # noqa: A001 it is what it is
    """Open a file. Of one that is written, folders above are made.

    Args:
        uri: A path or any URL.
        mode: As for the built-in `open`. In other places a file can be read, written or appended to, not two of them.
        options: `encoding`, `errors`, `newline` and `buffering` of the built-in `open`.

    Raises:
        StorageError: it cannot be opened; from `close`: what was written could not be put in its place.
        ValueError: the mode is none, or not possible there.
    """
    path = local_path(uri)
    if path is not None:
        return open_local(path, uri, mode, options)
    kind = mode.replace("b", "").replace("t", "")
    if kind not in ("r", "w", "x", "a"):
        raise ValueError(f"mode {mode!r} is not possible for {uri!r}: expected 'r', 'w', 'x' or 'a', with 'b' or 't'")
    if kind == "r":
        from wingbeat.storage import remote

        file = remote.open_reader(uri)
        return file if "b" in mode else as_text(file, options)
    if kind == "x" and transfer.exists(uri):
        raise StorageError("write", uri, "FileExistsError: it exists already", "Mode 'w' replaces it")
    return open_writer(uri, kind, options, text="b" not in mode)


def open_local(path: str, uri: str, mode: str, options: dict[str, Any]) -> IO[Any]:
    """A file of this machine."""
    reads = mode[:1] == "r"
    try:
        if not reads and os.path.dirname(path):
            os.makedirs(os.path.dirname(path), exist_ok=True)
        if mode in ("w", "wt", "wb") and not os.path.lexists(path):
            return open_new(path, uri, mode, options)
        return builtins.open(path, mode, **options)
    except OSError as error:
        raise local.failure("read" if reads else "write", uri, error) from error


def open_new(path: str, uri: str, mode: str, options: dict[str, Any]) -> IO[Any]:
    """A new file of this machine, which is there when it is closed. What is there already is written where it is."""
    from wingbeat.storage.writer import Target, in_binary, in_text

    temporary = local.beside(path)
    finish = functools.partial(transfer.attempt, "write", uri, lambda: os.replace(temporary, path))
    target = Target(temporary, "w", temporary, finish)
    return in_binary(target) if "b" in mode else in_text(target, options)


def as_text(file: Any, options: dict[str, Any]) -> IO[str]:
    """A file of bytes as one of text."""
    import io

    return io.TextIOWrapper(file, **{name: value for name, value in options.items() if name != "buffering"})


def open_writer(uri: str, kind: str, options: dict[str, Any], *, text: bool) -> IO[Any]:
    """A temporary file that is uploaded when it is closed."""
    import tempfile

    from wingbeat.storage.writer import Target, in_binary, in_text

    folder = tempfile.mkdtemp(prefix="flyte-")
    temporary = os.path.join(folder, os.path.basename(uri.rstrip("/")) or "stream")
    try:
        if kind == "a" and transfer.exists(uri):
            transfer.download(uri, temporary)
        target = Target(temporary, "a" if kind == "a" else "w", folder, lambda: transfer.upload(temporary, uri))
    except BaseException:
        copy.discard(folder)
        raise
    return in_text(target, options) if text else in_binary(target)
