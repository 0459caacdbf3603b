"""Transfers that break off: error.pb says what and where, and nothing half-made or temporary stays."""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy
import pytest
from flyteidl.core import literals_pb2, types_pb2

from tests.faults import runs
from tests.faults.stores import Bucket
from tests.faults.surroundings import Surroundings, complaint, obey_modes, small_disk
from tests.literals import integer
from tests.runtime.process import task_arguments
from tests.stores.proxy import Cut, Proxy, Reset, Status
from tests.stores.s3 import Server

SMALL = 40_960
#: Tasks whose own code transfers something: what goes wrong there is reported as their failure.
DO_IT_THEMSELVES = ("streamed", "buffered", "opened", "listed")
REFERRING = ["file", "folder", "array", "pickled", "table"]
SOURCE = """
import os
import resource

import numpy
import pandas
from wingbeat import FlyteDirectory, FlyteFile, current_context, task


def made(name, size):
    path = os.path.join(current_context().working_directory, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write("x" * size)
    return path


def fill_disk():  # for what comes after the task, where the test has no disk of its own
    if "FILE_LIMIT" in os.environ:
        most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(os.environ["FILE_LIMIT"]), most))


@task
def file(a: int) -> FlyteFile:
    path = made("big.txt", 100_000)
    fill_disk()
    return FlyteFile(path)


@task
def folder(a: int) -> FlyteDirectory:
    for name in "abcdefgh":
        path = made(f"many/{name}", 16_000 if name < "h" else 60_000)
    fill_disk()
    return FlyteDirectory(os.path.dirname(path))


@task
def streamed(a: int) -> FlyteFile:
    fill_disk()
    target = FlyteFile.new_remote_file("big.txt")
    with target.open("w") as file:
        file.write("x" * 100_000)
    return target


@task
def buffered(a: int) -> FlyteFile:
    target = FlyteFile.new_remote_file("big.txt")
    with target.open("w") as file:
        file.write("x" * 6000)  # written when the file is closed
    return target


@task
def array(a: int) -> numpy.ndarray:
    fill_disk()
    return numpy.zeros(100_000)


@task
def pickled(a: int) -> object:
    fill_disk()
    return {"x": b"x" * 100_000}


@task
def table(a: int) -> pandas.DataFrame:
    fill_disk()
    return pandas.DataFrame({"x": numpy.random.default_rng(1).random(100_000)})


@task
def opened(f: FlyteFile) -> int:
    with open(f) as file:
        return len(file.read())


@task
def listed(f: FlyteDirectory) -> int:
    return len(os.listdir(f))


@task
def loaded(f: numpy.ndarray) -> int:
    return len(f)
"""


def furnish(folder: Path, **inputs: literals_pb2.Literal) -> None:
    folder.joinpath("user_code.py").write_text(SOURCE, "utf-8")
    folder.joinpath("tmp").mkdir()
    data = literals_pb2.LiteralMap(literals=inputs or {"a": integer(3)}).SerializeToString()
    folder.joinpath("inputs-3.pb").write_bytes(data)


def blob(uri: str, folder: bool = False) -> literals_pb2.Literal:
    kind = types_pb2.BlobType(dimensionality=int(folder))
    metadata = literals_pb2.BlobMetadata(type=kind)
    return literals_pb2.Literal(scalar=literals_pb2.Scalar(blob=literals_pb2.Blob(uri=uri, metadata=metadata)))


def fail(around: Surroundings, task: str, raw: str = "raw-x") -> str:
    """Run a task that cannot end well, and see that it has cleaned up; the message."""
    around.env.setdefault("TMPDIR", str(around.folder / "tmp"))
    words = [f"--raw-output-data-prefix={raw}", *task_arguments("user_code", task)]
    result = around.run([*runs.execute("x")[:4], *words], around.folder / "out-x")
    assert (result.status, result.files) == (0, {"error.pb"}), result.stderr
    assert "Traceback" not in complaint(result)
    left = [str(path) for path in Path(around.env["TMPDIR"]).rglob("*")]
    assert not left, f"left in TMPDIR: {left}"
    assert result.error is not None
    system = task not in DO_IT_THEMSELVES
    assert (result.error.code == "SYSTEM", result.error.origin) == (system, 2 if system else 1)
    return result.message


def test_a_disk_that_is_too_small_for_the_outputs(tmp_path: Path) -> None:
    runs.furnish(tmp_path)
    with small_disk(tmp_path / "out-x", 8192) as around:
        result = around.run(runs.execute("x", "each"), tmp_path / "out-x")
        assert result.status == 1
        assert not result.files
    assert "StorageError: cannot write 'out-x/outputs.pb': OSError: " in result.stderr
    assert complaint(result) == ""


def test_a_bundle_for_a_folder_that_is_read_only(tmp_path: Path) -> None:
    runs.furnish(tmp_path)
    runs.pack(tmp_path)
    tmp_path.joinpath("code").mkdir(mode=0o555)
    reason = f"cannot write '{tmp_path}/code/fast1.tar.gz': PermissionError"
    refused(Surroundings(tmp_path, enter=obey_modes), reason)


def test_a_bundle_for_a_disk_that_is_too_small(tmp_path: Path) -> None:
    runs.furnish(tmp_path)
    runs.pack(tmp_path)
    with small_disk(tmp_path / "code", 8192, largest=2048) as around:
        reason = f"was not unpacked into '{tmp_path}/code': 'part_0.py' cannot be unpacked: OSError"
        refused(around, reason)


def refused(around: Surroundings, error: str) -> None:
    """The code bundle cannot be unpacked: exit status 1, and error.pb says why."""
    result = around.run(runs.fast_execute("x", "code"), around.folder / "out-x")
    assert (result.status, result.files) == (1, {"error.pb"})
    assert error in result.message
    assert "Traceback" not in complaint(result)
    code = around.folder / "code"
    runs.unpacked_whole(code)
    assert {path.name for path in code.iterdir()} <= runs.files_of_bundle().keys() | {"fast1.tar.gz"}


@pytest.mark.parametrize("task", [*REFERRING, "streamed"])
def test_a_disk_that_is_too_small_for_what_outputs_refer_to(task: str, tmp_path: Path) -> None:
    furnish(tmp_path)
    with small_disk(tmp_path / "raw-x", SMALL) as around:
        mounted = around.enter is None
        around.enter = None
        message = fail(around, task)
        left = [path for path in tmp_path.joinpath("raw-x").rglob("*") if path.is_file()]
    assert not left
    assert "No space left on device" in message or not mounted
    if task != "streamed":
        assert "outputs.o0: " in message
        assert "cannot write 'raw-x/" in message or (task in ("array", "pickled") and not mounted)


@pytest.mark.parametrize("task", ["array", "pickled", "table", "streamed", "buffered"])
def test_no_room_for_temporary_files(task: str, s3: str, s3_server: Server, tmp_path: Path) -> None:
    furnish(tmp_path)
    small = tmp_path / "small"
    size = SMALL if task != "buffered" else 4096
    with small_disk(small, size) as around:
        around.env |= {**s3_server.environment(), "TMPDIR": str(small)}
        message = fail(around, task, f"{s3}/raw")
    assert "OSError: " in message
    assert task not in ("array", "pickled", "table") or "outputs.o0: " in message
    assert task not in ("array", "pickled") or str(small) in message
    assert not keys(s3_server, s3)


@pytest.mark.parametrize("mode", ["denied", "broken"])
@pytest.mark.parametrize("task", [*REFERRING, "streamed"])
def test_uploads_that_fail(task: str, mode: str, s3: str, s3_server: Server, tmp_path: Path) -> None:
    furnish(tmp_path)
    with Proxy(s3_server.port) as proxy:
        fault = Status(method="PUT", status=403) if mode == "denied" else Reset(method="PUT")
        proxy.fail(*[fault] * 100)
        env = {**s3_server.environment(proxy.url), "FLYTE_AWS_BACKOFF_SECONDS": "0.001"}
        message = fail(Surroundings(tmp_path, env=env), task, f"{s3}/raw")
    assert f"cannot write '{s3}/raw/" in message
    assert ("Check the credentials" if mode == "denied" else "Tried 5 times") in message
    assert task == "streamed" or "outputs.o0: " in message
    assert not keys(s3_server, s3)


DOWNLOADS = ["opened", "listed", "loaded"]


@pytest.mark.parametrize("task", DOWNLOADS)
def test_a_disk_that_is_too_small_for_a_download(task: str, s3: str, s3_server: Server, tmp_path: Path) -> None:
    stored(s3, s3_server)
    furnish(tmp_path, f=blob(f"{s3}/{task}", folder=task == "listed"))
    small = tmp_path / "small"
    with small_disk(small, SMALL) as around:
        around.env |= {**s3_server.environment(), "TMPDIR": str(small)}
        message = fail(around, task)
    assert f"{s3}/{task}" in message
    assert "No space left on device" in message or "File too large" in message


@pytest.mark.parametrize("task", DOWNLOADS)
def test_downloads_that_are_always_cut(task: str, s3: str, s3_server: Server, tmp_path: Path) -> None:
    stored(s3, s3_server)
    furnish(tmp_path, f=blob(f"{s3}/{task}", folder=task == "listed"))
    with Proxy(s3_server.port) as proxy:
        proxy.fail(*[Cut(method="GET", part="/d" if task == "listed" else task, after=30_000)] * 100)
        env = {**s3_server.environment(proxy.url), "FLYTE_AWS_BACKOFF_SECONDS": "0.001"}
        message = fail(Surroundings(tmp_path, env=env), task)
    assert f"cannot read '{s3}/{task}" in message
    assert "Tried 5 times" in message


def stored(place: str, server: Server) -> None:
    """What the downloads are of: a file, a folder, an array."""
    bucket = Bucket(server)
    bucket.ask("PUT", f"{place}/opened", b"x" * 100_000)
    for name in "abcdefgh":
        bucket.ask("PUT", f"{place}/listed/{name}", b"x" * 60_000)
    buffer = io.BytesIO()
    numpy.save(buffer, numpy.zeros(100_000))
    bucket.ask("PUT", f"{place}/loaded", buffer.getvalue())


def keys(server: Server, place: str) -> list[str]:
    """What is in a folder of the bucket."""
    bucket, _, prefix = place.partition("://")[2].partition("/")
    listing = Bucket(server).ask("GET", f"s3://{bucket}?list-type=2&prefix={prefix}/").decode()
    return re.findall("<Key>(.*?)</Key>", listing)
