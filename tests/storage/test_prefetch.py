"""Downloads that are begun before somebody asks for them."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.storage.files import content, leftovers, make
from tests.stores.faulty import FaultyStore
from wingbeat import storage
from wingbeat.exceptions import FlyteDataNotFoundException, FlyteDownloadDataException
from wingbeat.runtime.file_access import FileAccess
from wingbeat.storage import StorageError, transfer
from wingbeat.storage.prefetch import Prefetch


@pytest.fixture
def there(faults: type[FaultyStore], tmp_path: Path) -> type[FaultyStore]:
    """A store with some files; nothing of them is in `tmp_path`."""
    for name in "abcdef":
        storage.write(f"faulty://x/{name}", name.encode() * 100)
    storage.write("faulty://x/folder/f", b"F")
    storage.write("faulty://x/folder/sub/g", b"G")
    faults.calls.clear()
    return faults


def test_each_is_where_it_is_wanted(there: type[FaultyStore], tmp_path: Path) -> None:
    locations = [("faulty://x/a", False), ("faulty://x/folder", True), ("faulty://x/b", False), ("/local", False)]
    prefetch = Prefetch(locations, str(tmp_path / "work"))
    assert prefetch.claim("faulty://x/b", False, str(tmp_path / "new" / "b"))
    assert prefetch.claim("faulty://x/folder", True, f"{tmp_path}/folder/")
    assert prefetch.claim("faulty://x/a", False, f"{tmp_path}/new/")
    assert not prefetch.claim("/local", False, str(tmp_path / "no"))
    assert not prefetch.claim("faulty://x/c", False, str(tmp_path / "no"))
    assert not prefetch.claim("faulty://x/a", True, str(tmp_path / "no"))
    prefetch.close()
    assert content(tmp_path) == {"new/a": b"a" * 100, "new/b": b"b" * 100, "folder/f": b"F", "folder/sub/g": b"G"}
    assert sorted(path for call, path in there.calls if call == "get") == [
        "/x/a",
        "/x/b",
        "/x/folder/f",
        "/x/folder/sub/g",
    ]


def test_one_that_is_wanted_several_times_is_fetched_once(there: type[FaultyStore], tmp_path: Path) -> None:
    prefetch = Prefetch([("faulty://x/a", False)] * 3 + [("faulty://x/folder", True)] * 2, str(tmp_path / "work"))
    for number in range(3):
        assert prefetch.claim("faulty://x/a", False, str(tmp_path / str(number)))
    for number in range(2):
        assert prefetch.claim("faulty://x/folder", True, str(tmp_path / f"folder{number}"))
    assert not prefetch.claim("faulty://x/a", False, str(tmp_path / "more"))
    prefetch.close()
    assert len(content(tmp_path)) == 7
    assert [path for call, path in there.calls if call == "get"].count("/x/a") == 1


def test_what_nobody_wants_is_removed(there: type[FaultyStore], tmp_path: Path) -> None:
    prefetch = Prefetch([("faulty://x/a", False), ("faulty://x/no", False)], str(tmp_path / "work"))
    while any(item.state in (0, 1) for item in prefetch._items.values()):
        threading.Event().wait(0.001)
    assert leftovers(tmp_path)
    prefetch.close()
    assert not content(tmp_path)
    assert not prefetch.claim("faulty://x/a", False, str(tmp_path / "late"))


def test_a_failure_is_raised_by_the_claim_that_wants_it(there: type[FaultyStore], tmp_path: Path) -> None:
    prefetch = Prefetch([("faulty://x/no", False), ("faulty://x/a", False)], str(tmp_path / "work"))
    assert prefetch.claim("faulty://x/a", False, str(tmp_path / "a"))
    for _ in range(2):
        with pytest.raises(StorageError, match="faulty://x/no"):
            prefetch.claim("faulty://x/no", False, str(tmp_path / "no"))
    prefetch.close()
    assert content(tmp_path) == {"a": b"a" * 100}


def test_a_place_that_cannot_be_written(there: type[FaultyStore], tmp_path: Path) -> None:
    tmp_path.joinpath("file").write_bytes(b"")
    prefetch = Prefetch([("faulty://x/a", False)], str(tmp_path / "work"))
    with pytest.raises(StorageError, match="cannot write"):
        prefetch.claim("faulty://x/a", False, str(tmp_path / "file" / "a"))
    prefetch.close()


@pytest.mark.parametrize("count", [1, 2, 16])
@pytest.mark.parametrize("size", [0, 100, 250])
@pytest.mark.parametrize("order", ["abcdef", "fedcba"])
def test_it_never_waits_for_itself(order: str, size: int, count: int, there: type[FaultyStore], tmp_path: Path) -> None:
    """Whatever the order of the claims, and however little may lie there."""
    prefetch = Prefetch([(f"faulty://x/{name}", False) for name in "abcdef"], str(tmp_path / "work"), count, size)
    for name in order:
        target = str(tmp_path / name)
        if not prefetch.claim(f"faulty://x/{name}", False, target):
            transfer.download(f"faulty://x/{name}", target)
    prefetch.close()
    for name in "abcdef":
        assert tmp_path.joinpath(name).read_bytes() == name.encode() * 100


def test_no_more_lies_there_than_may(there: type[FaultyStore], tmp_path: Path) -> None:
    prefetch = Prefetch([(f"faulty://x/{name}", False) for name in "abcdef"], str(tmp_path / "work"), 6, 250)
    gets = lambda: [path for call, path in there.calls if call == "get"]  # noqa: E731
    while len(gets()) < 2:
        threading.Event().wait(0.001)
    threading.Event().wait(0.05)
    assert len(gets()) == 2
    prefetch.close()


def test_claims_of_several_threads(there: type[FaultyStore], tmp_path: Path) -> None:
    there.seconds = 0.01
    try:
        prefetch = Prefetch([("faulty://x/a", False)] * 8, str(tmp_path / "work"))
        claimed: list[Any] = []
        threads = [
            threading.Thread(
                target=lambda n=n: claimed.append(prefetch.claim("faulty://x/a", False, f"{tmp_path}/{n}"))
            )
            for n in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        prefetch.close()
    finally:
        there.seconds = 0.0
    assert claimed == [True] * 8
    assert content(tmp_path) == {str(n): b"a" * 100 for n in range(8)}


def test_another_file_system(there: type[FaultyStore], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prefetch = Prefetch([("faulty://x/a", False), ("faulty://x/folder", True)], str(tmp_path / "work"))
    for item in prefetch._items.values():
        while item.state in (0, 1):
            threading.Event().wait(0.001)
    replace, rename = os.replace, os.rename

    def refuse(source: str, target: str) -> None:
        if "prefetch-" in str(source) and "prefetch-" not in str(target):
            raise OSError(18, "Invalid cross-device link")
        (replace if os.path.isfile(source) else rename)(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(os, "rename", refuse)
    assert prefetch.claim("faulty://x/a", False, str(tmp_path / "a"))
    assert prefetch.claim("faulty://x/folder", True, str(tmp_path / "folder"))
    prefetch.close()
    assert content(tmp_path) == {"a": b"a" * 100, "folder/f": b"F", "folder/sub/g": b"G"}


def test_get_data_takes_what_was_fetched(there: type[FaultyStore], tmp_path: Path) -> None:
    make(tmp_path, {"local": b"L"})
    files = FileAccess(tmp_path / "sandbox", "faulty://raw")
    with files.prefetch([("faulty://x/a", False), ("faulty://x/no", False), (str(tmp_path / "local"), False)]):
        files.get_data("faulty://x/a", str(tmp_path / "a"))
        files.get_data("faulty://x/b", str(tmp_path / "b"))
        files.get_data(str(tmp_path / "local"), str(tmp_path / "copy"))
        with pytest.raises((FlyteDownloadDataException, FlyteDataNotFoundException)):
            files.get_data("faulty://x/no", str(tmp_path / "no"))
    files.get_data("faulty://x/a", str(tmp_path / "again"))
    assert content(tmp_path) == {
        "a": b"a" * 100,
        "again": b"a" * 100,
        "b": b"b" * 100,
        "copy": b"L",
        "local": b"L",
    }
    assert [path for call, path in there.calls if call == "get"].count("/x/a") == 2
