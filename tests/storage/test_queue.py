"""Uploads in the background."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.storage.files import leftovers, make
from tests.stores.faulty import FaultyStore, ServerError
from wingbeat import storage
from wingbeat.exceptions import FlyteUploadDataException
from wingbeat.runtime.file_access import FileAccess
from wingbeat.storage import StorageError, transfer
from wingbeat.storage.queue import UploadQueue


class Gate:
    """Holds uploads back until it is opened, and counts those that wait."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.arrived = threading.Semaphore(0)
        self.inside = 0
        self.most = 0
        self.lock = threading.Lock()

    def __call__(self, *_: Any, **__: Any) -> None:
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.arrived.release()
        assert self.opened.wait(30)
        with self.lock:
            self.inside -= 1


@pytest.fixture
def gate(faults: type[FaultyStore], monkeypatch: pytest.MonkeyPatch) -> Gate:
    gate = Gate()
    monkeypatch.setattr(transfer, "upload", gate)
    return gate


@pytest.fixture
def sized(tmp_path: Path) -> Callable[[int], str]:
    """Makes a file of so many bytes."""

    def make_one(size: int) -> str:
        path = tmp_path / os.urandom(4).hex()
        path.write_bytes(bytes(size))
        return str(path)

    return make_one


def put_in_thread(queue: UploadQueue, path: str) -> threading.Thread:
    thread = threading.Thread(target=queue.put, args=(path, "faulty://b/more"), daemon=True)
    thread.start()
    return thread


@pytest.mark.parametrize(("count", "size"), [(3, 10**9), (99, 30)], ids=["count", "bytes"])
def test_no_more_than_the_bounds_allow(count: int, size: int, gate: Gate, sized: Callable[[int], str]) -> None:
    queue = UploadQueue(count, size)
    for _ in range(3):
        queue.put(sized(10), "faulty://b/f")
    for _ in range(3):
        assert gate.arrived.acquire(timeout=30)
    waiting = put_in_thread(queue, sized(10))
    waiting.join(0.05)
    assert waiting.is_alive()
    assert gate.inside == 3
    gate.opened.set()
    waiting.join(30)
    queue.drain()
    queue.close()
    assert gate.most == 3


def test_what_is_larger_than_the_bound_goes_alone(gate: Gate, sized: Callable[[int], str]) -> None:
    queue = UploadQueue(4, 5)
    gate.opened.set()
    for _ in range(5):
        queue.put(sized(10), "faulty://b/f")
    queue.drain()
    queue.close()
    assert gate.most == 1


def test_the_first_failure_in_the_order_of_queueing(faults: type[FaultyStore], tmp_path: Path) -> None:
    make(tmp_path, {"a": b"A", "b": b"B", "c": b"C"})
    failures = {"b": ServerError(400), "c": ServerError(401)}
    second = threading.Event()

    def upload(path: str, uri: str, **_: Any) -> None:
        name = os.path.basename(path)
        if name == "b":
            assert second.wait(30)  # fails after c has
        try:
            if name in failures:
                raise StorageError("write", uri, name) from failures[name]
        finally:
            if name == "c":
                second.set()

    queue = UploadQueue()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transfer, "upload", upload)
        for name in "abc":
            queue.put(str(tmp_path / name), f"faulty://x/{name}")
        with pytest.raises(StorageError, match="faulty://x/b"):
            queue.drain()
    queue.close()


def test_nothing_begins_after_a_failure(faults: type[FaultyStore], sized: Callable[[int], str], tmp_path: Path) -> None:
    queue = UploadQueue(1)
    faults.faults.append(ServerError(400))
    for name in "abc":
        queue.put(sized(1), f"faulty://x/{name}", remove=True)
    with pytest.raises(StorageError, match="faulty://x/a"):
        queue.drain()
    queue.close()
    assert [call for call, _ in faults.calls] == ["put"]
    assert leftovers(tmp_path) == []


@pytest.fixture
def files(faults: type[FaultyStore], tmp_path: Path) -> FileAccess:
    return FileAccess(tmp_path / "sandbox", "faulty://raw")


def test_everything_has_arrived_in_the_end(files: FileAccess, sized: Callable[[int], str], tmp_path: Path) -> None:
    make(tmp_path / "folder", {"x": b"X", "sub/y": b"Y"})
    with files.queueing():
        uris = [files.queue_data(sized(n), f"faulty://raw/{n}", remove=n % 2 == 0) for n in range(40)]
        assert files.queue_data(tmp_path / "folder", "faulty://raw/f", is_multipart=True) == "faulty://raw/f"
    assert [len(storage.read(uri)) for uri in uris] == list(range(40))
    assert storage.read("faulty://raw/f/sub/y") == b"Y"
    assert len([path for path in tmp_path.iterdir() if path.is_file()]) == 20


def test_local_targets_are_there_at_once(files: FileAccess, sized: Callable[[int], str], tmp_path: Path) -> None:
    path = sized(3)
    with files.queueing():
        files.queue_data(path, str(tmp_path / "there"), remove=True)
        assert tmp_path.joinpath("there").read_bytes() == bytes(3)
        assert not os.path.exists(path)
        with pytest.raises(StorageError, match="cannot write"):
            files.queue_data(sized(3), str(tmp_path / "there" / "no"), remove=True)


def test_outside_of_it_uploads_are_done_at_once(files: FileAccess, sized: Callable[[int], str]) -> None:
    path = sized(3)
    files.queue_data(path, "faulty://raw/f", remove=True)
    assert storage.read("faulty://raw/f") == bytes(3)
    assert not os.path.exists(path)


@pytest.mark.parametrize("queueing", [True, False])
@pytest.mark.parametrize(("recoverable", "kind"), [(False, StorageError), (True, FlyteUploadDataException)])
def test_a_failure_is_of_the_class_that_was_asked_for(
    queueing: bool,
    recoverable: bool,
    kind: type[Exception],
    files: FileAccess,
    faults: type[FaultyStore],
    tmp_path: Path,
) -> None:
    tmp_path.joinpath("f").write_bytes(b"x")
    faults.faults.append(ServerError(400))

    def upload() -> None:
        files.queue_data(tmp_path / "f", "faulty://raw/f", remove=True, recoverable=recoverable)

    def upload_in_background() -> None:
        with files.queueing():
            upload()

    with pytest.raises(kind, match="status 400") as caught:
        (upload_in_background if queueing else upload)()
    assert type(caught.value) is kind
    assert not tmp_path.joinpath("f").exists()


def test_what_fails_meanwhile_gives_up_the_rest(files: FileAccess, sized: Callable[[int], str], tmp_path: Path) -> None:
    def work() -> None:
        with files.queueing():
            files.queue_data(sized(1), "faulty://raw/f", remove=True)
            raise KeyError

    with pytest.raises(KeyError):
        work()
    files.queue_data(sized(1), "faulty://raw/g")  # at once: it is over
    assert transfer.exists("faulty://raw/g")
