"""Temporary folders of a run. Loaded when a task asks for one."""

from __future__ import annotations

import atexit
import os
import sys

from wingbeat import configuration
from wingbeat.runtime import context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wingbeat.runtime.context import ExecutionParameters

#: Where the folders of a worker go, who may be killed and cannot remove them then: a folder that somebody else removes.
home: str | None = None

#: The folders that are there.
_folders: dict[str, None] = {}


def sandbox() -> str:
    """Where temporary folders go: `FLYTE_SDK_LOCAL_SANDBOX`, or where the system has them."""
    return home or configuration.text("sdk", "local_sandbox") or default_folder()


def default_folder() -> str:
    """What `tempfile.gettempdir` finds, without loading that where the first place that it tries is as it should be."""
    if "tempfile" not in sys.modules:
        set_by_user = (os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP"))
        first = next(filter(None, set_by_user), "/tmp")  # noqa: S108  names below it cannot be foreseen
        if os.path.isabs(first) and os.path.isdir(first) and os.access(first, os.W_OK | os.X_OK):
            return os.path.normpath(first)
    import tempfile

    return tempfile.gettempdir()


def make_folder() -> str:
    """A new empty folder, removed when the process ends, or before that when the current element of a map task does."""
    parent = sandbox()
    os.makedirs(parent, exist_ok=True)
    folder = os.path.join(parent, f"flyte-{os.urandom(8).hex()}")
    os.mkdir(folder, 0o700)
    if not _folders:
        atexit.register(remove_all)
    _folders[folder] = None
    context.process_context()._belongings.setdefault("folders", []).append(folder)
    return folder


def remove_folders(parameters: ExecutionParameters) -> None:
    """Delete the folders that were made for an execution."""
    for folder in parameters._belongings.pop("folders", ()):
        del _folders[folder]
        remove(folder)
    if not _folders:
        atexit.unregister(remove_all)


def remove_all() -> None:
    """Delete all folders: the process is about to end."""
    for folder in _folders:
        remove(folder)


def remove(folder: str) -> None:
    """Delete a folder and what is in it, as far as that is possible."""
    try:
        os.rmdir(folder)
    except OSError:  # mostly, that it is not empty
        import shutil

        shutil.rmtree(folder, ignore_errors=True)


def working_directory() -> str:
    """The one folder of this execution that users put temporary files into."""
    belongings = context.process_context()._belongings
    folder: str | None = belongings.get("working directory")
    if folder is None:
        folder = belongings["working directory"] = make_folder()
    return folder


def raw_folder() -> str:
    """Where the data of literals goes that are made outside of a task.

    A new name for every process. It is not made before something is written, and then not removed: whoever keeps the
    literals needs it.
    """
    return os.path.join(sandbox(), f"flyte-{os.urandom(8).hex()}", "raw")
