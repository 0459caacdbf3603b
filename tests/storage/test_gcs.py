"""Google's object store, by gcsfs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.files import content, leftovers, make
from tests.stores import gcs
from wingbeat import storage
from wingbeat.storage import StorageError, listing, streaming, transfer


@pytest.fixture(scope="module")
def emulator() -> Iterator[str]:
    with gcs.serve() as url:
        yield url


@pytest.fixture
def place(emulator: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", emulator)
    return f"gs://bucket/{os.urandom(8).hex()}"


def test_documents(place: str) -> None:
    storage.write(f"{place}/with space 100% é", b"x" * 1000)
    assert storage.read(f"{place}/with space 100% é") == b"x" * 1000
    with pytest.raises(StorageError, match="cannot read") as caught:
        storage.read(f"{place}/no")
    assert isinstance(caught.value.__cause__, FileNotFoundError)


def test_files_and_folders(place: str, tmp_path: Path) -> None:
    tree = {"a": os.urandom(100_000), "sub/b": b"B"}
    make(tmp_path / "folder", tree)
    transfer.upload(str(tmp_path / "folder"), f"{place}/copy", folder=True)
    assert [entry.name for entry in listing.list_files(f"{place}/copy")] == ["a", "sub/b"]
    transfer.download(f"{place}/copy", str(tmp_path / "back"), folder=True)
    assert content(tmp_path / "back") == tree
    assert transfer.exists(f"{place}/copy/sub/b")
    with pytest.raises(StorageError, match="cannot read"):
        transfer.download(f"{place}/no", str(tmp_path / "no"))
    assert "no" not in leftovers(tmp_path)


def test_streams(place: str) -> None:
    with streaming.open(f"{place}/f", "w") as file:
        file.write("text")
    with streaming.open(f"{place}/f") as file:
        assert file.read() == "text"
