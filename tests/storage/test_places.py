"""The same in every place: S3 by either driver, a store of fsspec's, this machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import s3fs

from tests.storage.files import NAMES, content, leftovers, make
from wingbeat import storage
from wingbeat.storage import listing, streaming, transfer
from wingbeat.storage.options import storage_options

TREE = {"a": b"A" * 100, "empty": b"", "sub/b.csv": b"1,2", "sub/deeper/c": b"C"}


@pytest.mark.parametrize("name", NAMES)
def test_names_are_taken_as_they_are(name: str, place: str, tmp_path: Path) -> None:
    storage.write(f"{place}/{name}/{name}", b"x")
    assert storage.read(f"{place}/{name}/{name}") == b"x"
    assert [entry.name for entry in listing.list_folder(place)] == [name]
    assert [entry.name for entry in listing.list_files(place)] == [f"{name}/{name}"]
    transfer.download(f"{place}/{name}", str(tmp_path / "back"), folder=True)
    assert content(tmp_path / "back") == {name: b"x"}


def test_files_and_folders(place: str, tmp_path: Path) -> None:
    make(tmp_path / "folder", TREE)
    transfer.upload(str(tmp_path / "folder"), f"{place}/copy", folder=True)
    transfer.download(f"{place}/copy", str(tmp_path / "back"), folder=True)
    assert content(tmp_path / "back") == TREE
    transfer.upload(str(tmp_path / "folder" / "a"), f"{place}/new/name")
    transfer.download(f"{place}/new/name", f"{tmp_path}/one/")
    assert content(tmp_path / "one") == {"name": b"A" * 100}
    assert transfer.exists(f"{place}/new/name")
    assert transfer.exists(f"{place}/copy/sub")
    assert not transfer.exists(f"{place}/copy/su")


def test_a_file_is_removed(place: str) -> None:
    for name in ("a", "b"):
        storage.write(f"{place}/{name}", b"x")
    transfer.delete(f"{place}/a")
    assert [entry.name for entry in listing.list_folder(place)] == ["b"]


def test_listing(place: str, tmp_path: Path) -> None:
    make(tmp_path / "folder", TREE)
    transfer.upload(str(tmp_path / "folder"), place, folder=True)
    found = [(entry.name, entry.is_folder, entry.size) for entry in listing.list_folder(place)]
    assert found == [("a", False, 100), ("empty", False, 0), ("sub", True, None)]
    files = [(entry.name, entry.is_folder, entry.size) for entry in listing.list_files(f"{place}/sub")]
    assert files == [("b.csv", False, 3), ("deeper/c", False, 1)]
    with pytest.raises(storage.StorageError, match="cannot read"):
        listing.list_folder(f"{place}/no")
    for list_it in (listing.list_folder, listing.list_files):
        with pytest.raises(storage.StorageError) as caught:
            list_it(f"{place}/a")
        assert isinstance(caught.value.__cause__, NotADirectoryError)


def test_an_open_file_is_read_from_anywhere_in_it(place: str) -> None:
    data = os.urandom(3_000_000)
    storage.write(f"{place}/f", data)
    with streaming.open(f"{place}/f", "rb") as file:
        assert file.read(10) == data[:10]
        file.seek(-5, os.SEEK_END)
        assert file.read() == data[-5:]
        file.seek(1_000_000)
        assert file.read(1_500_000) == data[1_000_000:2_500_000]
        assert file.seekable()


def test_an_open_file_of_text(place: str) -> None:
    with streaming.open(f"{place}/new/f.txt", "w", encoding="latin-1", newline="\n") as file:
        file.write("é\nü")
    assert storage.read(f"{place}/new/f.txt") == "é\nü".encode("latin-1")
    with streaming.open(f"{place}/new/f.txt", "a", encoding="latin-1") as file:
        file.write("!")
    with streaming.open(f"{place}/new/f.txt", encoding="latin-1") as file:
        assert list(file) == ["é\n", "ü!"]
    with pytest.raises(storage.StorageError, match="FileExistsError"):
        streaming.open(f"{place}/new/f.txt", "x")


def test_what_is_not_there_cannot_be_opened(place: str) -> None:
    with pytest.raises(storage.StorageError) as caught:
        streaming.open(f"{place}/no")
    assert isinstance(caught.value.__cause__, FileNotFoundError)


@pytest.mark.parametrize("mode", ["w", "wb"])
def test_what_breaks_off_is_not_written(mode: str, s3: str, driver: str, tmp_path: Path) -> None:
    half = "half" if mode == "w" else b"half"

    def write() -> None:
        with streaming.open(f"{s3}/f", mode) as file:
            file.write(half)
            raise KeyError

    with pytest.raises(KeyError):
        write()
    forgotten = streaming.open(f"{s3}/f", mode)
    forgotten.write(half)
    del forgotten
    assert not transfer.exists(f"{s3}/f")
    with pytest.raises(ValueError, match="not possible"):
        streaming.open(f"{s3}/f", "r+")


def test_large_files_go_in_parts(s3: str, driver: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wingbeat.storage.limits.RANGE", 2**20)
    monkeypatch.setattr("wingbeat.storage.ranges.RANGE", 2**20)
    monkeypatch.setenv("_F_P_WRITE_CHUNK_SIZE", str(5 * 2**20))
    data = os.urandom(12_345_678)
    tmp_path.joinpath("f").write_bytes(data)
    transfer.upload(str(tmp_path / "f"), f"{s3}/f")
    transfer.download(f"{s3}/f", str(tmp_path / "back"))
    assert tmp_path.joinpath("back").read_bytes() == data
    assert leftovers(tmp_path) == ["back", "f"]


def test_objects_that_stand_for_folders_are_no_files(s3: str, driver: str, tmp_path: Path) -> None:
    """As the console of the store makes them: an empty object whose name ends with a slash."""
    files = s3fs.S3FileSystem(**storage_options("s3"))
    for name in ("folder/", "folder/sub/", "folder/none/", "folder/sub/x"):
        files.pipe_file(f"{s3}/{name}", b"X" if name.endswith("x") else b"")
    storage.write(f"{s3}/folder/empty", b"")
    assert [entry.name for entry in listing.list_files(f"{s3}/folder")] == ["empty", "sub/x"]
    transfer.download(f"{s3}/folder", str(tmp_path / "back"), folder=True)
    assert content(tmp_path / "back") == {"empty": b"", "sub/x": b"X"}


@pytest.mark.parametrize("key", ["a//b", "/a", "a/../b", "a/./b", "tab\tname"])
def test_names_that_obstore_would_change_go_by_the_other_driver(key: str, s3: str, tmp_path: Path) -> None:
    storage.write(f"{s3}/{key}", b"odd")
    storage.write(f"{s3}/a/b", b"other")
    assert storage.read(f"{s3}/{key}") == b"odd"
    assert storage.read(f"{s3}/a/b") == b"other"
    assert key in [entry.name for entry in listing.list_files(s3)] or key == "/a"
