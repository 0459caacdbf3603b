"""Folders as objects: flytekit's `Directory` and `AutoDeletingTempDir`."""

from __future__ import annotations

import os
import shutil
import tempfile

__all__ = ["AutoDeletingTempDir", "Directory"]


class Directory:
    """A folder, by its path. As a context manager it does nothing."""

    def __init__(self, path: str | None) -> None:
        self._name = path

    @property
    def name(self) -> str | None:
        """The path."""
        return self._name

    def list_dir(self) -> list[str]:
        """The paths of what is in it."""
        return [os.path.join(self._name or "", name) for name in os.listdir(self._name)]

    def __enter__(self) -> object:
        return None

    def __exit__(self, *error: object) -> None:
        return None


class AutoDeletingTempDir(Directory):
    """A folder that is made at the begin of a `with` and removed at its end.

    Args:
        working_dir_prefix: What its name begins with, before an underscore.
        tmp_dir: The folder that it is made in, by default that for temporary files.
        cleanup: Whether it is removed.
    """

    def __init__(self, working_dir_prefix: str | None = None, tmp_dir: str | None = None, cleanup: bool = True) -> None:
        super().__init__(None)
        self._tmp_dir = tmp_dir
        self._working_dir_prefix = f"{working_dir_prefix}_" if working_dir_prefix else ""
        self._cleanup = cleanup

    def __enter__(self) -> AutoDeletingTempDir:
        self._name = tempfile.mkdtemp(dir=self._tmp_dir, prefix=self._working_dir_prefix)
        return self

    def get_named_tempfile(self, name: str) -> str:
        """The path of a file in it."""
        return os.path.join(self._name or "", name)

    def force_cleanup(self) -> None:
        """Remove it now, unless it is not to be removed."""
        if self._name and self._cleanup:
            if os.path.exists(self._name):
                shutil.rmtree(self._name)
            self._name = None

    def __exit__(self, *error: object) -> None:
        self.force_cleanup()

    def __repr__(self) -> str:
        return f"Auto-Deleting Tmp Directory @ {self._name}"

    __str__ = __repr__
