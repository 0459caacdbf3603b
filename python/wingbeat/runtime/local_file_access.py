"""The file access of a process that runs no task: a temporary folder."""

from __future__ import annotations

import io
import os
import pathlib
from typing import Union

from wingbeat.runtime.file_access import FileAccess
from wingbeat.runtime.workspace import make_folder

__all__ = ["Uploadable", "default_local_file_access_provider", "flyte_tmp_dir"]

#: What `put_raw_data` takes.
Uploadable = Union[str, os.PathLike[str], pathlib.Path, bytes, io.BufferedReader, io.BytesIO, io.StringIO]  # noqa: UP007

flyte_tmp_dir = make_folder()
default_local_file_access_provider = FileAccess(
    os.path.join(flyte_tmp_dir, "sandbox"), os.path.join(flyte_tmp_dir, "raw")
)
