"""Storage for transformers, as far as they ask for it: a folder that stands for the raw output prefix."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path
from types import SimpleNamespace
from typing import Any


class Files:
    """Some of the members of `ctx.file_access`. URIs that begin with `far://` are remote."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.uploads: list[str] = []
        self.downloads: list[str] = []

    def get_random_local_path(self, file_path_or_file_name: str | None = None) -> str:
        path = self.root / "local" / uuid.uuid4().hex
        path.parent.mkdir(exist_ok=True)
        return str(path / Path(file_path_or_file_name).name if file_path_or_file_name else path)

    def get_random_remote_path(self, file_path_or_file_name: str | None = None) -> str:
        path = self.root / "raw" / uuid.uuid4().hex
        return str(path / Path(file_path_or_file_name).name if file_path_or_file_name else path)

    def put_raw_data(self, lpath: str) -> str:
        return self.queue_data(lpath, self.get_random_remote_path(lpath))

    def queue_data(self, local_path: str, remote_path: str, is_multipart: bool = False, *, remove: bool = False) -> str:
        target = Path(remote_path)
        target.parent.mkdir(parents=True)
        copy = shutil.copytree if is_multipart else shutil.copyfile
        copy(local_path, target)
        if remove:
            Path(local_path).unlink()
        self.uploads.append(remote_path)
        return remote_path

    def get_data(self, remote_path: str, local_path: str, is_multipart: bool = False) -> None:
        self.downloads.append(remote_path)
        shutil.copyfile(remote_path.removeprefix("far://"), local_path)

    @staticmethod
    def is_remote(path: str) -> bool:
        return path.startswith("far://")

    def get_filesystem_for_path(self, path: str) -> Any:
        return SimpleNamespace(open=lambda uri, mode: open(uri.removeprefix("far://"), mode, encoding="utf-8"))


def context(files: Files) -> Any:
    return SimpleNamespace(file_access=files)
