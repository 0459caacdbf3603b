"""Files and folders on their way: whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from wingbeat.storage import StorageError, fsspec_store, remote, transfer
from wingbeat.storage.options import storage_options
from wingbeat.storage.progress import Progress


@pytest.fixture
def memory() -> Iterator[Any]:
    """The store in this process, empty."""
    file_system = fsspec.filesystem("memory")
    file_system.store.clear()
    yield file_system
    file_system.store.clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two files."""
    path = tmp_path / "folder"
    path.joinpath("sub").mkdir(parents=True)
    path.joinpath("x").write_bytes(b"X")
    path.joinpath("sub", "y").write_bytes(b"Y")
    return path


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


BOTH = {"sub/y": b"Y", "x": b"X"}


@pytest.mark.parametrize("scheme", ["", "file://"])
def test_local_files_and_folders(scheme: str, folder: Path, tmp_path: Path) -> None:
    transfer.upload(str(folder / "x"), f"{scheme}{tmp_path}/there/x")
    transfer.download(f"{scheme}{tmp_path}/there/x", str(tmp_path / "here" / "x"))
    transfer.upload(str(folder), f"{scheme}{tmp_path}/copy", folder=True)
    transfer.download(f"{scheme}{tmp_path}/copy", str(tmp_path / "back"), folder=True)
    assert content(tmp_path / "here") == {"x": b"X"}
    assert content(tmp_path / "back") == BOTH


def test_files_and_folders_of_a_store(memory: Any, folder: Path, tmp_path: Path) -> None:
    transfer.upload(str(folder), "memory://b/copy", folder=True)
    assert memory.find("/b") == ["/b/copy/sub/y", "/b/copy/x"]
    transfer.download("memory://b/copy", str(tmp_path / "back"), folder=True)
    transfer.download("memory://b/copy/x", str(tmp_path / "x"))
    assert content(tmp_path / "back") == BOTH
    assert content(tmp_path)["x"] == b"X"
    assert transfer.exists("memory://b/copy/x")
    assert not transfer.exists("memory://b/copy/z")


def test_a_folder_takes_in_what_is_downloaded(memory: Any, folder: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    there.joinpath("x").write_bytes(b"old")
    there.joinpath("z").write_bytes(b"Z")
    transfer.upload(str(folder), "memory://b/copy", folder=True)
    for uri in ("memory://b/copy", str(folder)):
        transfer.download(uri, str(there), folder=True)
        assert content(there) == {**BOTH, "z": b"Z"}


def test_chunks(memory: Any, tmp_path: Path) -> None:
    for uri in ("memory://b/chunks", str(tmp_path / "new" / "chunks")):
        transfer.write_chunks(uri, iter([b"a", b"", b"bc"]))
    assert memory.cat("/b/chunks") == b"abc"
    assert content(tmp_path) == {"new/chunks": b"abc"}


@pytest.mark.parametrize("call", ["copyfile", "replace"])
def test_a_failed_copy_leaves_the_target_as_it_was(
    call: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "there"
    there.mkdir()
    there.joinpath("x").write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil if call == "copyfile" else os, call, fail)
    with pytest.raises(StorageError, match="No space left"):
        transfer.upload(str(folder / "x"), str(there / "x"))
    with pytest.raises(StorageError, match="No space left"):
        transfer.download(str(folder), str(there), folder=True)
    assert content(there) == {"x": b"old"}
    assert {path.name for path in tmp_path.iterdir()} == {"folder", "there"}


class Failing(MemoryFileSystem):  # type: ignore[misc]
    """Breaks off at the second file."""

    def get_file(self, rpath: str, lpath: str, **more: Any) -> None:
        if rpath.endswith("y"):
            Path(lpath).write_bytes(b"half")
            raise ConnectionError("reset by peer")
        super().get_file(rpath, lpath, **more)


@pytest.fixture
def failing(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    memory.pipe({"/b/copy/x": b"X", "/b/copy/y": b"Y"})
    found = Failing(skip_instance_cache=True)
    monkeypatch.setenv("FLYTE_AWS_RETRIES", "0")
    monkeypatch.setattr(
        fsspec_store, "resolve", lambda uri, operation, anonymous: (found, uri.removeprefix("failing:/"))
    )


@pytest.mark.usefixtures("failing")
def test_a_download_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    tmp_path.joinpath("y").write_bytes(b"old")
    for uri, folder in (("failing://b/copy", True), ("failing://b/copy/y", False)):
        with pytest.raises(StorageError, match="ConnectionError: reset by peer"):
            transfer.download(uri, str(tmp_path / ("new" if folder else "y")), folder=folder)
    assert content(tmp_path) == {"y": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["y"]


def test_an_object_may_not_leave_the_folder(tmp_path: Path) -> None:
    class Malicious(MemoryFileSystem):  # type: ignore[misc]
        def find(self, path: str, **_: Any) -> dict[str, Any]:
            return {f"{path}/../../escaped": {"size": 1}}

    store = fsspec_store.FsspecStore(Malicious(skip_instance_cache=True), "memory")
    with pytest.raises(ValueError, match="outside of the folder"):
        remote.get_folder(store, "/b/copy", "memory://b/copy", str(tmp_path / "new"), Progress(""))
    assert not list(tmp_path.iterdir())


def test_what_only_the_credentials_may_not_see_is_read_without_them(
    monkeypatch: pytest.MonkeyPatch, memory: Any, tmp_path: Path
) -> None:
    class Closed(MemoryFileSystem):  # type: ignore[misc]
        def info(self, *_: Any, **__: Any) -> None:
            raise PermissionError("Forbidden")

    asked = []

    def resolve(uri: str, operation: str, *, anonymous: bool = False) -> tuple[Any, str]:
        asked.append(anonymous)
        return (memory if anonymous else Closed(skip_instance_cache=True)), "/b/x"

    memory.pipe("/b/x", b"X")
    monkeypatch.setattr(fsspec_store, "resolve", resolve)
    monkeypatch.setenv("WINGBEAT_STORE", "fsspec")
    transfer.download("s3://b/x", str(tmp_path / "x"))
    assert asked == [False, True]
    assert content(tmp_path) == {"x": b"X"}


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda path: transfer.download(f"{path}/no", f"{path}/x"), ["cannot read", "/no'", "Check that the path"]),
        (lambda path: transfer.download("memory://no", f"{path}/x"), ["cannot read 'memory://no'", "credentials"]),
        (lambda path: transfer.download("memory://no", f"{path}/x", folder=True), ["cannot read", "No such folder"]),
        (lambda path: transfer.download("nope://x", f"{path}/x"), ["Protocol not known"]),
        (lambda path: transfer.upload(f"{path}/no", "memory://x"), ["cannot read", "/no'"]),
        (lambda path: transfer.upload(path, "memory://x"), ["cannot write 'memory://x'", "Is a folder, not a file"]),
        (lambda path: transfer.upload(path, "nope://x", folder=True), ["cannot write", "Protocol not known"]),
        (lambda path: transfer.download("a\0b", f"{path}/x"), ["null"]),
        (lambda path: transfer.exists("nope://x"), ["Protocol not known"]),
    ],
)
def test_what_cannot_be_done(call: Any, words: list[str], memory: Any, tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        call(str(tmp_path))
    for word in words:
        assert word in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_folder_of_links_that_go_in_circles(tmp_path: Path) -> None:
    tmp_path.joinpath("folder").mkdir()
    tmp_path.joinpath("folder", "again").symlink_to(tmp_path / "folder")
    with pytest.raises(StorageError, match="symbolic links"):
        transfer.upload(str(tmp_path / "folder"), str(tmp_path / "copy"), folder=True)


def test_options_of_the_drivers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert storage_options("s3", anonymous=True) == {"cache_regions": True, "anon": True}
    assert storage_options("gs", anonymous=True) == {"token": "anon"}
    assert storage_options("abfs", anonymous=True) == {"anon": True}
    assert uploads("s3") == {"chunksize": 26214400, "max_concurrency": 2}
    assert uploads("gs") == {"chunksize": 26214400}
    assert uploads("abfs") == uploads("memory") == {}
    monkeypatch.setenv("_F_P_WRITE_CHUNK_SIZE", "8000000")
    assert uploads("s3") == {"chunksize": 8000000, "max_concurrency": 8}


def uploads(scheme: str) -> dict[str, Any]:
    """What the driver is told when it uploads an empty file."""
    asked: dict[str, Any] = {}

    class Asked(MemoryFileSystem):  # type: ignore[misc]
        def put_file(self, lpath: str, rpath: str, callback: Any = None, **options: Any) -> None:
            asked.update(options)

    store = fsspec_store.FsspecStore(Asked(skip_instance_cache=True), scheme)
    store.put_file(os.devnull, "/b/x", Progress(""), {})
    return asked
