"""Files: whole or not at all, wherever they are."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.registry import _registry

from wingbeat import storage
from wingbeat.storage import StorageError, local
from wingbeat.storage.options import storage_options


@pytest.fixture
def memory() -> Iterator[Any]:
    """The store in this process, empty."""
    file_system = fsspec.filesystem("memory")
    file_system.store.clear()
    yield file_system
    file_system.store.clear()


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("prefix", "name", "joined"),
    [
        ("s3://b/p", "x", "s3://b/p/x"),
        ("s3://b/p/", "x", "s3://b/p/x"),
        ("s3://b/p//", "x", "s3://b/p/x"),
        ("/tmp", "x", "/tmp/x"),
        ("/", "x", "/x"),
        ("", "x", "x"),
        (".", "x", "./x"),
        ("memory://", "x", "memory://x"),
        ("file:///", "x", "file:///x"),
    ],
)
def test_join(prefix: str, name: str, joined: str) -> None:
    assert storage.join(prefix, name) == joined


@pytest.mark.parametrize("scheme", ["", "file://", "FILE://"])
def test_local_files(scheme: str, tmp_path: Path) -> None:
    uri = f"{scheme}{tmp_path}/new/folder/file with space%20.pb"
    storage.write(uri, b"one")
    storage.write(uri, b"two")
    assert storage.read(uri) == b"two"
    assert leftovers(tmp_path / "new" / "folder") == ["file with space%20.pb"]


def test_empty_and_large_files(tmp_path: Path) -> None:
    for data in (b"", os.urandom(3_000_000)):
        storage.write(str(tmp_path / "f"), data)
        assert storage.read(str(tmp_path / "f")) == data


def test_a_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    storage.write("f", b"x")
    assert storage.read("./f") == b"x"


def test_any_url_of_fsspec(memory: Any) -> None:
    storage.write("memory://bucket/new/f.pb", b"x")
    assert storage.read("memory://bucket/new/f.pb") == b"x"
    assert memory.find("") == ["/bucket/new/f.pb"]


def test_a_failure_is_told_when_the_content_is_asked_for(memory: Any) -> None:
    for uri in ("memory://nothing", "/no/such/file", "nope://x"):
        content = storage.fetch(uri)
        with pytest.raises(storage.StorageError):
            content()


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("/no/such/file", ["FileNotFoundError", "Check that the path exists"]),
        ("/", ["IsADirectoryError"]),
        ("a\0b", ["null"]),
        ("memory://no/such", ["FileNotFoundError", "credentials"]),
        ("nope://x", ["Protocol not known: nope", "s3://"]),
    ],
)
def test_what_cannot_be_read(uri: str, words: list[str]) -> None:
    with pytest.raises(storage.StorageError) as caught:
        storage.read(uri)
    assert caught.value.uri == uri
    assert caught.value.operation == "read"
    assert caught.value.__cause__ is not None
    for word in ["cannot read", repr(uri), *words]:
        assert word in str(caught.value)


@pytest.mark.parametrize(("uri", "package"), [("s3://b/k", "s3fs"), ("gs://b/k", "gcsfs"), ("abfs://b/k", "adlfs")])
def test_a_missing_driver_is_named(uri: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(_registry, uri.partition(":")[0], raising=False)
    monkeypatch.setenv("WINGBEAT_STORE", "fsspec")
    with pytest.raises(storage.StorageError, match=f"pip install {package}"):
        storage.read(uri)
    with pytest.raises(storage.StorageError, match=f"pip install {package}"):
        storage.write(uri, b"")


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_failed_write_leaves_everything_as_it_was(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "outputs.pb"
    path.write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(storage.StorageError, match="No space left on device"):
        storage.write(str(path), b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert leftovers(tmp_path) == ["outputs.pb"]


def test_an_interrupted_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        storage.write(str(tmp_path / "outputs.pb"), b"new")
    assert leftovers(tmp_path) == []


def test_a_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    tmp_path.joinpath("file").write_bytes(b"")
    with pytest.raises(storage.StorageError, match="cannot write"):
        storage.write(f"{tmp_path}/file/outputs.pb", b"x")
    assert leftovers(tmp_path) == ["file"]


def test_a_failed_put_is_a_storage_error(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("throttled")

    monkeypatch.setattr(type(memory), "pipe_file", fail)
    with pytest.raises(storage.StorageError, match="cannot write 'memory://a/b': RuntimeError: throttled"):
        storage.write("memory://a/b", b"x")
    assert memory.find("") == []


def test_settings_reach_the_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLYTE_AWS_ENDPOINT", "http://minio:9000")
    monkeypatch.setenv("FLYTE_AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("FLYTE_AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("FLYTE_AWS_ADDRESSING_STYLE", "path")
    monkeypatch.setenv("FLYTE_AZURE_STORAGE_ACCOUNT_NAME", "account")
    assert storage_options("s3") == {
        "cache_regions": True,
        "key": "key",
        "secret": "secret",
        "client_kwargs": {"endpoint_url": "http://minio:9000"},
        "config_kwargs": {"s3": {"addressing_style": "path"}},
    }
    assert storage_options("abfs") == {"account_name": "account", "anon": False}
    assert storage_options("gs") == {}


def test_local_files_load_no_driver(tmp_path: Path) -> None:
    program = (
        "import sys; from wingbeat import storage\n"
        f"storage.write('file://{tmp_path}/f', b''); storage.read('{tmp_path}/f')\n"
        "assert not {'fsspec', 'pathlib', 'tempfile', 'threading'} & set(sys.modules)"
    )
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
    subprocess.run([sys.executable, "-c", program], check=True, env=env)


def test_writers_at_the_same_time_do_not_share_a_temporary_file(tmp_path: Path) -> None:
    # Threads have one process id, as have the first processes of two containers.
    path = tmp_path / "outputs.pb"
    contents = [bytes([number]) * 300_000 for number in range(8)]
    failures: list[Exception] = []

    def write(content: bytes) -> None:
        try:
            for _ in range(20):
                storage.write(str(path), content)
                assert path.read_bytes() in contents
        except (AssertionError, storage.StorageError, OSError) as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert os.listdir(tmp_path) == ["outputs.pb"]


def test_a_large_file_is_read_in_the_background(tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.write_bytes(b"x" * (local.LARGE + 1))
    content = storage.fetch(str(large))
    assert content() == large.read_bytes()
    unreadable = storage.fetch(str(tmp_path / "missing"))
    with pytest.raises(StorageError, match="missing"):
        unreadable()


def test_what_fails_in_the_background_is_raised_by_who_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = tmp_path / "large"
    large.write_bytes(b"x" * local.LARGE)

    def fail(path: str, uri: str) -> bytes:
        raise StorageError("read", uri, "a broken disk")

    monkeypatch.setattr(local, "read", fail)
    content = storage.fetch(str(large))
    with pytest.raises(StorageError, match="a broken disk"):
        content()
