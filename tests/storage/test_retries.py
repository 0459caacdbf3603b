"""What may succeed the next time is tried again, by either driver of S3 and over any store of fsspec's."""

from __future__ import annotations

import errno
import itertools
import os
import threading
import time
from email.utils import formatdate
from pathlib import Path
from typing import Any, ClassVar

import fsspec
import pytest

from tests.storage.files import content, leftovers, make
from tests.stores.faulty import FaultyStore, ServerError
from tests.stores.proxy import Cut, Fault, Proxy, Reset, Slow, Status, slow_down
from wingbeat import storage
from wingbeat.storage import listing, retry, transfer, watch

PASSING = [
    slow_down(),
    Status(status=500),
    Status(status=429),
    Reset(),
    Slow(seconds=3),
]


@pytest.fixture(autouse=True)
def short_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINGBEAT_STORAGE_TIMEOUT", "1")


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: repr(fault)[:30])
def test_each_call_is_made_again(fault: Fault, proxy: Proxy, s3: str, driver: str, tmp_path: Path) -> None:
    proxy.fail(fault)
    storage.write(f"{s3}/f", b"x" * 1000)
    assert storage.read(f"{s3}/f") == b"x" * 1000
    proxy.fail(fault)
    assert storage.read(f"{s3}/f") == b"x" * 1000


@pytest.mark.parametrize("fault", [slow_down(), Reset()], ids=["slow down", "reset"])
def test_files_and_listings_too(fault: Fault, proxy: Proxy, s3: str, driver: str, tmp_path: Path) -> None:
    make(tmp_path / "folder", {"a": b"A", "b/c": b"C"})
    proxy.fail(fault)
    transfer.upload(str(tmp_path / "folder"), s3, folder=True)
    proxy.fail(fault)
    assert [entry.name for entry in listing.list_files(s3)] == ["a", "b/c"]
    proxy.fail(fault)
    transfer.download(s3, str(tmp_path / "back"), folder=True)
    assert content(tmp_path / "back") == {"a": b"A", "b/c": b"C"}


@pytest.mark.parametrize("after", [0, 1, 700_000])
def test_a_download_that_is_cut_begins_again(after: int, proxy: Proxy, s3: str, driver: str, tmp_path: Path) -> None:
    data = os.urandom(1_000_000)
    storage.write(f"{s3}/f", data)
    proxy.fail(Cut("GET", after=after))
    transfer.download(f"{s3}/f", str(tmp_path / "f"))
    assert tmp_path.joinpath("f").read_bytes() == data
    assert leftovers(tmp_path) == ["f"]


def test_parts_are_sent_and_fetched_again(
    proxy: Proxy, s3: str, driver: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wingbeat.storage.limits.RANGE", 2**20)
    monkeypatch.setattr("wingbeat.storage.ranges.RANGE", 2**20)
    monkeypatch.setenv("_F_P_WRITE_CHUNK_SIZE", str(5 * 2**20))
    data = os.urandom(12_000_000)
    tmp_path.joinpath("f").write_bytes(data)
    proxy.fail(Status("PUT", "partNumber=2", status=503), Status("POST", "uploadId", status=500))
    transfer.upload(str(tmp_path / "f"), f"{s3}/f")
    proxy.requests.clear()
    transfer.download(f"{s3}/f", str(tmp_path / "back"))
    whole = len(proxy.requests)
    proxy.requests.clear()
    proxy.fail(Cut("GET", skip=3, after=700_000), slow_down(method="GET", skip=5))
    transfer.download(f"{s3}/f", str(tmp_path / "back"))
    assert tmp_path.joinpath("back").read_bytes() == data
    assert len(proxy.requests) == whole + 2  # not all of it


@pytest.mark.parametrize("status", [403, 404, 400, 412])
def test_what_another_attempt_would_not_change_is_not_tried_again(
    status: int, proxy: Proxy, s3: str, driver: str, capfd: pytest.CaptureFixture[str]
) -> None:
    proxy.fail(Status("PUT", status=status))
    with pytest.raises(storage.StorageError):
        storage.write(f"{s3}/f", b"x")
    assert [line.split()[0] for line in proxy.requests].count("PUT") == 1
    assert "attempt" not in capfd.readouterr().err


def test_each_new_attempt_is_a_line_of_the_log(
    proxy: Proxy, s3: str, driver: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLYTE_AWS_RETRIES", "2")
    proxy.fail(slow_down(), slow_down(), slow_down())
    with pytest.raises(storage.StorageError, match="Tried 3 times; FLYTE_AWS_RETRIES"):
        storage.write(f"{s3}/f", b"x")
    assert [record.message.partition("; ")[2][:15] for record in caplog.records if record.name == "wingbeat"] == [
        "attempt 2 of 3 ",
        "attempt 3 of 3 ",
    ]
    assert len(proxy.requests) == 3


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that are waited, without waiting."""
    found: list[float] = []
    monkeypatch.setattr(time, "sleep", found.append)
    return found


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        ("7", 7, 7),
        ("9999", 60, 60),
        (formatdate(time.time() + 3600, usegmt=True), 60, 60),
        ("soon", 0, 0.01),
        ("0", 0, 0.01),
    ],
    ids=["seconds", "too many", "date", "words", "none"],
)
def test_the_server_says_when(
    value: str, least: float, most: float, faults: type[FaultyStore], waits: list[float]
) -> None:
    storage.write("faulty://f", b"x")
    waits.clear()
    faults.faults.append(ServerError(503, Retry_After=value))
    assert storage.read("faulty://f") == b"x"
    (waited,) = (wait for wait in waits if wait)
    assert least <= waited <= most


def test_s3fs_shows_what_the_server_says(
    proxy: Proxy, s3: str, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WINGBEAT_STORE", "fsspec")
    proxy.fail(Status("PUT", status=503, headers={"Retry-After": "13"}))
    storage.write(f"{s3}/f", b"x")
    assert 13 in waits


def test_waits_grow_and_are_drawn(waits: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLYTE_AWS_BACKOFF_SECONDS", "2")
    error = ConnectionResetError()
    for attempt, bound in ((1, 2), (2, 4), (3, 8), (7, 60)):
        drawn = [retry.wait_before(attempt, error) for _ in range(200)]
        assert max(drawn) <= bound
        assert max(drawn) > bound * 0.8
        assert min(drawn) < bound * 0.3
        assert len(set(drawn)) > 20


@pytest.mark.parametrize(
    ("error", "transient"),
    [
        (ServerError(503), True),
        (ServerError(429), True),
        (ServerError(408), True),
        (ServerError(501), False),
        (ServerError(403), False),
        (ConnectionResetError(), True),
        (TimeoutError(), True),
        (OSError(errno.ETIMEDOUT, "timed out"), True),
        (OSError(errno.ENOSPC, "full"), False),
        (FileNotFoundError(), False),
        (PermissionError(), False),
        (RuntimeError("Please reduce your request rate"), True),
        (RuntimeError("a mistake"), False),
        (type("ClientPayloadError", (Exception,), {})("cut"), True),
        (type("HttpError", (Exception,), {"code": "502"})("gcs"), True),
    ],
    ids=repr,
)
def test_which_failures_pass(error: Exception, transient: bool) -> None:
    assert retry.transient(error) is transient
    wrapper = RuntimeError("a driver's own")
    wrapper.__cause__ = error
    if not isinstance(error, (FileNotFoundError, PermissionError)):
        assert retry.transient(wrapper) is transient


@pytest.mark.parametrize("fault", [ServerError(503), ConnectionResetError(), TimeoutError(), lambda data: data[:-1]])
def test_any_store_of_fsspec(fault: Any, faults: type[FaultyStore], tmp_path: Path) -> None:
    tmp_path.joinpath("f").write_bytes(b"whole")
    if isinstance(fault, Exception):
        faults.faults.append(fault)
    transfer.upload(str(tmp_path / "f"), "faulty://b/f")
    faults.faults.append(fault)
    transfer.download("faulty://b/f", str(tmp_path / "back"))
    assert tmp_path.joinpath("back").read_bytes() == b"whole"
    assert [call for call, _ in faults.calls].count("get") == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [("FLYTE_AWS_RETRIES", "many"), ("FLYTE_AWS_BACKOFF_SECONDS", "soon"), ("WINGBEAT_TRANSFERS", "0")],
)
def test_a_setting_that_is_no_number_is_named(
    name: str, value: str, faults: type[FaultyStore], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "folder", {"a": b"", "b": b""})
    monkeypatch.setenv(name, value)
    faults.faults.append(ServerError(503))
    with pytest.raises(storage.StorageError, match=f"{name}='{value}'"):
        transfer.upload(str(tmp_path / "folder"), "faulty://b", folder=True)


@pytest.mark.parametrize(
    "fault",
    [
        Status(status=301),
        Status(status=400, body=b"<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-1</Region></Error>"),
    ],
    ids=["redirect", "header"],
)
def test_a_bucket_in_another_region_is_found_by_s3fs(fault: Fault, proxy: Proxy, s3: str) -> None:
    storage.write(f"{s3}/f", b"x")
    proxy.fail(fault)
    assert storage.read(f"{s3}/f") == b"x"


@pytest.mark.parametrize("call", ["read", "get", "put", "write"])
def test_a_driver_that_waits_for_ever_is_left_alone(
    call: str, faults: type[FaultyStore], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    tmp_path.joinpath("f").write_bytes(b"whole")
    storage.write("faulty://b/f", b"whole")
    never = threading.Event()

    class Hanging(FaultyStore):
        hung: ClassVar[list[str]] = []

        def fault(self, name: str, path: str) -> Any:
            if name == call and not self.hung:
                self.hung.append(path)
                never.wait(60)

    fsspec.register_implementation("faulty", Hanging, clobber=True)
    try:
        if call in ("put", "write"):
            transfer.upload(str(tmp_path / "f"), "faulty://b/f") if call == "put" else storage.write(
                "faulty://b/f", b"whole"
            )
        elif call == "get":
            transfer.download("faulty://b/f", str(tmp_path / "back"))
            assert tmp_path.joinpath("back").read_bytes() == b"whole"
            assert leftovers(tmp_path) == ["back", "f"]
        assert storage.read("faulty://b/f") == b"whole"
    finally:
        never.set()
    assert Hanging.hung
    assert "TimeoutError: nothing has come for 1 s; attempt 2" in caplog.text


def test_a_transfer_that_goes_on_may_take_long() -> None:
    asked = itertools.count()
    enough = threading.Event()

    def progress() -> int:
        number = next(asked)
        if number == 5:  # a call that had stood still would be given up by now
            enough.set()
        return number

    assert watch.call(lambda: enough.wait(30), 0.001, progress)
