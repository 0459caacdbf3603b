"""Documents of elements, on disks and in stores that fail."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from pathlib import Path

import pytest

from tests.literals import collection, integer
from tests.many.command import arguments, prepare
from tests.runtime.peer import literal_map
from tests.runtime.process import PROGRAM, Result, environment
from tests.stores.proxy import Proxy, Status, slow_down
from tests.stores.s3 import Server
from wingbeat import InterfaceCodec, storage
from wingbeat.runtime.many.background import BackgroundWriter
from wingbeat.runtime.many.writing import Writer, settle
from wingbeat.storage import StorageError, listing

COUNT = 10
SOURCE = """
import os, time
from wingbeat import FlyteFile, current_context, task


@task
def double(a: int) -> int:
    return 2 * a


@task
def ends(a: int) -> int:
    time.sleep(0.05)
    if a % 4 == 1:
        os._exit(3)
    if a % 4 == 2:
        raise ValueError("two")
    return 2 * a


@task
def file(a: int) -> FlyteFile:
    path = os.path.join(current_context().working_directory, "made.txt")
    with open(path, "w") as made:
        made.write(f"content {a}")
    return FlyteFile(path)
"""


@pytest.fixture(params=["obstore", "fsspec"])
def driver(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("WINGBEAT_STORE", request.param)
    return request.param


@pytest.fixture
def proxy(s3: str, s3_server: Server, monkeypatch: pytest.MonkeyPatch) -> Proxy:
    """A proxy between a run and S3."""
    with Proxy(s3_server.port) as proxy:
        monkeypatch.setenv("FLYTE_AWS_ENDPOINT", proxy.url)
        monkeypatch.setenv("FLYTE_AWS_BACKOFF_SECONDS", "0.01")
        yield proxy
        assert not proxy.faults


def run(folder: Path, place: str, task: str, *more: str) -> Result:
    """Run all elements, with inputs and outputs in a store."""
    inputs = literal_map(a=collection(*(integer(number) for number in range(COUNT))))
    prepare(folder, SOURCE, inputs)
    storage.write(f"{place}/inputs.pb", inputs)
    own = {name: value for name, value in os.environ.items() if name.startswith(("FLYTE_AWS", "FLYTE_SDK"))}
    done = subprocess.run(
        [PROGRAM.with_name("wingbeat-map-execute"), *arguments(task, "--elements", ":", *more, place=f"{place}/")],
        cwd=folder,
        env=environment(own),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return Result(done.returncode, done.stdout, done.stderr)


def found(place: str) -> set[str]:
    return {entry.name for entry in listing.list_files(f"{place}/out")}


def expected(failed: tuple[int, ...] = ()) -> set[str]:
    names = {f"{index}/{'error' if index in failed else 'outputs'}.pb" for index in range(COUNT)}
    return names | {"summary.json"}


@pytest.mark.parametrize("way", [(), ("--jobs", "2"), ("--isolate",)])
def test_documents_arrive(way: tuple[str, ...], proxy: Proxy, s3: str, tmp_path: Path) -> None:
    done = run(tmp_path, s3, "double", *way)
    assert done.status == 0, done.stderr
    assert found(s3) == expected()
    codec = InterfaceCodec({"o0": int})
    assert [codec.decode(storage.read(f"{s3}/out/{index}/outputs.pb"))["o0"] for index in range(COUNT)] == [
        2 * index for index in range(COUNT)
    ]


def test_a_store_is_read_and_written_without_threads_in_the_first_process(
    driver: str, s3: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLYTE_SDK_LOGGING_LEVEL", "20")
    done = run(tmp_path, s3, "ends", "--jobs", "2")
    assert "not forked" not in done.stderr
    assert done.status == 1
    assert found(s3) == expected(failed=(1, 2, 5, 6, 9)), done.stderr


def test_files_of_elements_arrive(s3: str, tmp_path: Path) -> None:
    done = run(tmp_path, s3, "file")
    assert done.status == 0, done.stderr
    assert found(s3) == expected()
    files = [entry.name for entry in listing.list_files(f"{s3}/raw")]
    assert sorted(name.partition("/")[0] for name in files) == [str(index) for index in range(COUNT)]


def test_what_fails_for_a_while_is_written_again(proxy: Proxy, s3: str, tmp_path: Path) -> None:
    proxy.fail(*(slow_down(method="PUT", part=f"/{index}/outputs.pb") for index in (2, 3, 5)))
    done = run(tmp_path, s3, "double")
    assert done.status == 0, done.stderr
    assert found(s3) == expected()


def test_what_cannot_be_written_is_a_failure_of_its_element(driver: str, proxy: Proxy, s3: str, tmp_path: Path) -> None:
    proxy.fail(Status(method="PUT", part="/3/outputs.pb", status=403))
    done = run(tmp_path, s3, "double")
    assert done.status == 1
    assert found(s3) == expected() - {"3/outputs.pb"}
    assert "[wingbeat] [3] !! Begin Unknown System Error Captured by Flyte !!" in done.stderr
    assert "10 of 10 elements done, 1 failed" in done.stderr


def test_writes_overlap_and_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    now = most = 0
    changed = threading.Condition()

    def write(uri: str, content: bytes) -> None:
        nonlocal now, most
        with changed:
            now += 1
            most = max(most, now)
            changed.notify_all()
            changed.wait_for(lambda: most >= 4, timeout=10)
        time.sleep(0.001)
        with changed:
            now -= 1
        if uri.endswith("/5/outputs.pb"):
            raise StorageError("write", uri, "no")

    monkeypatch.setattr(storage, "write", write)
    told: list[int] = []
    ended: list[StorageError | None] = []
    writer = BackgroundWriter(told.append, count=4, size=100)
    for index in range(20):
        writer.put(f"s3://b/{index}", [("outputs.pb", b"x")], ended.append)
    writer.drain()
    assert most == 4
    assert max(told) == 4
    assert told[-1] == 0
    assert [str(one) for one in ended if one is not None] == ["cannot write 's3://b/5/outputs.pb': no"]
    assert len(ended) == 20
    most, now = 4, 0
    told.clear()
    for size in (60, 60, 1000, 1):
        writer.put("s3://b/9", [("a.pb", b"x" * size), ("outputs.pb", b"")], ended.append)
    writer.drain()
    assert max(told) <= 2


def test_a_disk_that_fails_is_a_failure_of_the_element(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[StorageError | None] = []
    full = OSError(28, "No space left on device")

    def fail(*_: object) -> int:
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", fail)
        Writer().put(str(tmp_path / "out" / "3"), [("outputs.pb", b"x")], ended.append)
    assert "No space left on device" in str(ended)
    assert list(tmp_path.joinpath("out", "3").iterdir()) == []
    Writer().put(str(tmp_path / "out" / "3"), [("a.pb", b"a"), ("outputs.pb", b"x")], ended.append)
    assert ended[1] is None
    assert sorted(path.name for path in tmp_path.joinpath("out", "3").iterdir()) == ["a.pb", "outputs.pb"]
    tmp_path.joinpath("out", "4").write_bytes(b"a file")
    Writer().put(str(tmp_path / "out" / "4"), [("outputs.pb", b"x")], ended.append)
    assert "FileExistsError" in str(ended[2])


def test_what_was_written_is_flushed_once(tmp_path: Path) -> None:
    settle(str(tmp_path))
    settle(str(tmp_path / "nothing there"))
    settle("s3://bucket/there")
