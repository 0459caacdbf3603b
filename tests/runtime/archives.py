"""Makes archives, honest ones and others, and lists what has become of them."""

from __future__ import annotations

import gzip
import io
import os
import stat
import tarfile
from pathlib import Path

TIME = 1_700_000_000


def member(name: str, kind: bytes = tarfile.REGTYPE, **more: object) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type = kind
    info.mtime = TIME
    info.mode = 0o755 if kind == tarfile.DIRTYPE else 0o644
    for attribute, value in more.items():
        setattr(info, attribute, value)
    return info


def tar(*members: tuple[tarfile.TarInfo, bytes] | tarfile.TarInfo, form: int = tarfile.PAX_FORMAT) -> bytes:
    """An archive that is not packed."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        for one in members:
            info, content = one if isinstance(one, tuple) else (one, b"")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def bundle(**files: str) -> bytes:
    """What flytekit registers: a packed archive of source files, here by their names without `.py`."""
    return gzip.compress(tar(*((member(f"{name}.py"), text.encode()) for name, text in files.items())))


def listing(folder: Path) -> dict[str, tuple[object, ...]]:
    """Everything below a folder: the mode of folders, mode, time in seconds and content of files, where links lead."""
    found: dict[str, tuple[object, ...]] = {}
    for parent, folders, names in os.walk(folder):
        for name in [*folders, *names]:
            path = Path(parent, name)
            status = path.lstat()
            entry: tuple[object, ...] = (oct(stat.S_IMODE(status.st_mode)),)
            if path.is_symlink():
                entry = ("link", int(status.st_mtime), os.readlink(path))
            elif path.is_file():
                entry = (*entry, int(status.st_mtime), path.read_bytes())
            found[str(path.relative_to(folder))] = entry
    return found
