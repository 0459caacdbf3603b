"""Temporary folders of a run. Loaded when a task asks for one."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache

from wingbeat import configuration


def sandbox() -> str:
    """Where temporary folders go: `FLYTE_SDK_LOCAL_SANDBOX`, or where the system has them."""
    return configuration.text("sdk", "local_sandbox") or tempfile.gettempdir()


def make_folder() -> str:
    """A new empty folder, removed when the process ends."""
    parent = sandbox()
    os.makedirs(parent, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="flyte-", dir=parent)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def working_directory() -> str:
    """The one folder of this process that users put temporary files into."""
    return make_folder()


def raw_folder() -> str:
    """Where the data of literals goes that are made outside of a task.

    A new name for every process. It is not made before something is written, and then not removed: whoever keeps the
    literals needs it.
    """
    return os.path.join(sandbox(), f"flyte-{os.urandom(8).hex()}", "raw")
