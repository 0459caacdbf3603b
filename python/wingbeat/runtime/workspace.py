"""Temporary folders of a run. Loaded when a task asks for one."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile


def sandbox() -> str:
    """Where temporary folders go."""
    return os.environ.get("FLYTE_SDK_LOCAL_SANDBOX") or tempfile.gettempdir()


def make_folder() -> str:
    """A new empty folder, removed when the process ends."""
    parent = sandbox()
    os.makedirs(parent, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="flyte-", dir=parent)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def raw_folder() -> str:
    """Where the data of literals goes that are made outside of a task.

    A new name for every process. It is not made before something is written, and then not removed: whoever keeps the
    literals needs it.
    """
    return os.path.join(sandbox(), f"flyte-{os.urandom(8).hex()}", "raw")
