"""Temporary folders of a run. Loaded when a task asks for one."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

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
    return home or configuration.text("sdk", "local_sandbox") or tempfile.gettempdir()


def make_folder() -> str:
    """A new empty folder, removed when the process ends, or before that when the current element of a map task does."""
    parent = sandbox()
    os.makedirs(parent, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="flyte-", dir=parent)
    if not _folders:
        atexit.register(remove_all)
    _folders[folder] = None
    context.process_context()._belongings.setdefault("folders", []).append(folder)
    return folder


def remove_folders(parameters: ExecutionParameters) -> None:
    """Delete the folders that were made for an execution."""
    for folder in parameters._belongings.pop("folders", ()):
        del _folders[folder]
        shutil.rmtree(folder, ignore_errors=True)
    if not _folders:
        atexit.unregister(remove_all)


def remove_all() -> None:
    """Delete all folders: the process is about to end."""
    for folder in _folders:
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
