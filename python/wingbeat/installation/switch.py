"""flytekit's commands are put onto wingbeat, and back.

A command is there at every moment, whole: files are linked and renamed, never written in place. What cannot be done
for all of them is undone. What has been done, the files themselves say; there is no record that could be wrong.
"""

from __future__ import annotations

import os

from wingbeat.installation.script import COMMANDS, Script, scripts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

_TEMPORARY = ".wingbeat"


class SwitchError(Exception):
    """A command could not be switched; all are as they were. The message says what to do."""


class Change:
    """What became of one command: its file, and what was done in words."""

    __slots__ = ("changed", "name", "path", "what")

    def __init__(self, script: Script, what: str, *, changed: bool = True) -> None:
        self.name = script.name
        self.path = script.path
        self.what = what
        self.changed = changed


def enable(folder: str) -> list[Change]:
    """Have wingbeat answer flytekit's commands. What it answers already stays as it is.

    An `entrypoint.py` that is not flytekit's is left alone: others use that name too.

    Raises:
        SwitchError: the folder cannot be written, or a command in it is neither flytekit's nor wingbeat's.
    """

    def one(script: Script, undo: list[Callable[[], None]]) -> Change:
        if script.state == "wingbeat":
            return Change(script, "wingbeat's already", changed=False)
        if script.state == "other":
            return Change(script, "not flytekit's, left as it is", changed=False)
        if script.state == "missing":
            remove(script.kept)  # of a flytekit that is not installed any more
            script.has_kept = False
            undo.append(lambda: remove(script.path))
            write(script.path, script.source(), 0o777 & ~umask())
            return Change(script, "now wingbeat's; there was none before")
        if script.state == "outdated":
            before, mode = read_whole(script.path), os.stat(script.path).st_mode
            undo.append(lambda: write(script.path, before, mode))
            write(script.path, script.source(), mode)
            return Change(script, "renewed, it was written by another wingbeat or for another interpreter")
        mode = os.stat(script.path).st_mode
        keep(script)
        script.has_kept = True
        undo.append(lambda: put_back(script))
        write(script.path, script.source(), mode)
        return Change(script, f"now wingbeat's; flytekit's is kept as {os.path.basename(script.kept)}")

    def check(all_scripts: list[Script]) -> None:
        strangers = [script for script in all_scripts if script.state == "other" and script.name != "entrypoint.py"]
        for script in strangers:
            raise SwitchError(f"{script.path} is neither flytekit's nor wingbeat's: move it away first")

    return switch(folder, one, check)


def disable(folder: str) -> list[Change]:
    """Have everything as it was before `enable`: the same files, or none.

    A command that an installer has written meanwhile stays, and what was kept of the older one is removed.

    Raises:
        SwitchError: the folder cannot be written.
    """

    def one(script: Script, undo: list[Callable[[], None]]) -> Change:
        if script.state in ("wingbeat", "outdated"):
            before, mode = read_whole(script.path), os.stat(script.path).st_mode
            if not script.has_kept:
                os.unlink(script.path)
                undo.append(lambda: write(script.path, before, mode))
                return Change(script, "removed; nothing was kept of one before")

            def again() -> None:
                keep(script)
                write(script.path, before, mode)

            put_back(script)
            undo.append(again)
            return Change(script, "flytekit's again")
        if script.has_kept:
            remove(script.kept)
            return Change(script, "not wingbeat's any more; what was kept of the one before is removed")
        what = {"flytekit": "flytekit's", "other": "not wingbeat's"}.get(script.state, "not there")
        return Change(script, f"{what} already" if script.state == "flytekit" else what, changed=False)

    return switch(folder, one, lambda _scripts: None)


def switch(
    folder: str,
    one: Callable[[Script, list[Callable[[], None]]], Change],
    check: Callable[[list[Script]], None],
) -> list[Change]:
    """Do `one` for every command, or for none of them."""
    undo: list[Callable[[], None]] = []
    try:
        with alone(folder):
            found = scripts(folder)
            check(found)
            try:
                return [one(script, undo) for script in found]
            except OSError:
                for step in reversed(undo):
                    step()
                raise
            finally:
                for name in COMMANDS:
                    remove(temporary(os.path.join(folder, name)))
    except OSError as error:
        reason = error.strerror or str(error)
        raise SwitchError(
            f"{folder} cannot be changed: {reason}. All is as it was. Run this as the user who may write there (in "
            "a Dockerfile, before USER), or name another folder with --folder that comes before it on PATH"
        ) from error


def alone(folder: str) -> AbstractContextManager[None]:
    """Hold off others who do the same in that folder."""
    from contextlib import contextmanager
    from fcntl import LOCK_EX, flock

    @contextmanager
    def locked() -> Iterator[None]:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            try:
                flock(descriptor, LOCK_EX)
            except OSError as error:
                # Some network file systems lock no folders. Every single step is whole there too.
                from errno import EBADF, EINVAL, ENOLCK, ENOTSUP

                if error.errno not in (EBADF, EINVAL, ENOLCK, ENOTSUP):
                    raise
            yield
        finally:
            os.close(descriptor)

    return locked()


def keep(script: Script) -> None:
    """Give the file a second name, under which it is the same file: its times, its owner, a link if it is one."""
    name = temporary(script.path)
    remove(name)
    try:
        os.link(script.path, name, follow_symlinks=False)
    except OSError:  # a file system without links, or a kernel that lets one link only what one owns
        from shutil import copy2

        copy2(script.path, name, follow_symlinks=False)
    os.replace(name, script.kept)
    remove(name)  # which is still there if both names were one file already


def put_back(script: Script) -> None:
    """Give the file that was kept its own name again."""
    os.replace(script.kept, script.path)
    remove(script.kept)  # which is still there if both names were one file


def write(path: str, content: str | bytes, mode: int) -> None:
    """Put a file in the place of what is there, whole."""
    name = temporary(path)
    remove(name)
    with open(name, "xb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fchmod(file.fileno(), mode & 0o7777)
        os.fsync(file.fileno())
    os.replace(name, path)


def temporary(path: str) -> str:
    """A name beside a file; whoever uses it is alone."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}{_TEMPORARY}")


def remove(path: str) -> None:
    """Remove a file, if there is one. If there is none, a file system that cannot be written does not matter."""
    if os.path.lexists(path):
        os.unlink(path)


def read_whole(path: str) -> bytes:
    """The content of a file."""
    with open(path, "rb") as file:
        return file.read()


def umask() -> int:
    """The bits that new files of this process lack."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
