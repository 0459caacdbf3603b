"""A store that fails three requests in ten: no run is lost, and none leaves something wrong.

Every request is tried five times, so that 0.3⁵ of them fail in the end, about one in 400.
"""

from __future__ import annotations

import json
import math
import os
import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flyteidl.core import errors_pb2, literals_pb2

from tests.faults import runs
from tests.faults.stores import Bucket, Store
from tests.faults.surroundings import full_device
from tests.literals import integer
from tests.runtime.process import environment, task_arguments
from tests.stores.proxy import Cut, Fault, Proxy, Reset, Slow, Status, slow_down
from tests.stores.s3 import Server

SHARE = 0.3
ATTEMPTS = 5
SOURCE = """
from wingbeat import FlyteDirectory, FlyteFile, task


@task
def passes_on(a: int, given: FlyteFile) -> tuple[int, FlyteFile, FlyteDirectory]:
    with open(given) as file:
        text = file.read()
    made = FlyteFile.new("made.txt")
    with open(made, "w") as file:
        file.write(text.upper())
    folder = FlyteDirectory.new("many")
    for name in "ab":
        with folder.new_file(name).open("w") as file:
            file.write(name * 1000)
    return a + 1, made, folder
"""
TEXT = "line\n" * 1000


def most_failures(count: int, requests: int, share: float = SHARE) -> int:
    """As many of so many runs fail with a chance of one in a million at most, if each makes that many requests."""
    failing = 1 - (1 - share**ATTEMPTS) ** requests
    most, tail = 0, 1 - (1 - failing) ** count
    while tail > 1e-6:
        most += 1
        tail -= math.comb(count, most) * failing**most * (1 - failing) ** (count - most)
    return most


def furnish(folder: Path, given: str) -> None:
    """The code; inputs that name a file in the store."""
    folder.joinpath("user_code.py").write_text(SOURCE, "utf-8")
    folder.joinpath("tmp").mkdir()
    folder.joinpath("given.txt").write_text(TEXT, "utf-8")
    blob = literals_pb2.Literal(scalar=literals_pb2.Scalar(blob=literals_pb2.Blob(uri=given)))
    inputs = literals_pb2.LiteralMap(literals={"a": integer(3), "given": blob})
    folder.joinpath("inputs-3.pb").write_bytes(inputs.SerializeToString())


def became_of(store: Store, prefix: str, status: int) -> str:
    """What a run has left, which must be right: `outputs`, an `error`, or whatever, if its status says `1`."""
    data, document = store.read(f"{prefix}/outputs.pb"), store.read(f"{prefix}/error.pb")
    if data is not None:
        literals = literals_pb2.LiteralMap.FromString(data).literals
        assert literals.keys() == {"o0", "o1", "o2"}
        assert literals["o0"].scalar.primitive.integer == 4
        assert store.read(literals["o1"].scalar.blob.uri) == TEXT.upper().encode()
        folder = literals["o2"].scalar.blob.uri.rstrip("/")
        assert [store.read(f"{folder}/{name}") for name in "ab"] == [b"a" * 1000, b"b" * 1000]
    if document is not None:
        error = errors_pb2.ErrorDocument.FromString(document).error
        assert error.code in ("SYSTEM", "SYSTEM:DownloadDataError")
        assert "Tried " in error.message
    # Of what it has written last, the store may have failed to say so: the engine tries such a run again.
    assert (status, data is None, document is None) in ((0, False, True), (0, True, False)) or status == 1
    assert data is None or document is None
    return "1" if status else "error" if data is None else "outputs"


def in_one_process(folder: Path, count: int, env: dict[str, str]) -> tuple[list[str], float]:
    """What became of so many runs in one process, and the share of requests that failed."""
    furnish(folder, "faulty://given.txt")
    path = os.pathsep.join([*sys.path, str(folder)])
    quick = {"FLYTE_AWS_BACKOFF_SECONDS": "0.0001", "TMPDIR": str(folder / "tmp"), "PYTHONPATH": path, **env}
    command = [sys.executable, "-m", "tests.faults.flaky_runs", str(count), str(SHARE), str(folder)]
    done = subprocess.run(command, env=environment(quick), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert not list(folder.joinpath("tmp").iterdir())
    store = Store(folder / "store")
    found = [became_of(store, f"faulty://out-{number}", status) for number, status in enumerate(answer["statuses"])]
    return found, answer["failed"] / answer["requests"]


def test_200_runs_with_files_in_fsspec(tmp_path: Path) -> None:
    found, share = in_one_process(tmp_path, 200, {})
    assert 0.25 < share < 0.35
    assert len(found) == 200
    assert 200 - found.count("outputs") <= most_failures(200, requests=6)


def test_runs_that_do_not_try_again(tmp_path: Path) -> None:
    found, _ = in_one_process(tmp_path, 100, {"FLYTE_AWS_RETRIES": "0"})
    assert set(found) == {"outputs", "error", "1"}
    assert found.count("outputs") < 40  # 0.7⁶ of them


class FlakyProxy(Proxy):
    """Three requests in ten have a fault."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.chance = random.Random(30)
        self.guard = threading.Lock()
        self.failed = 0

    def take(self, method: str, path: str) -> Fault | None:
        super().take(method, path)
        with self.guard:
            if self.chance.random() >= SHARE:
                return None
            self.failed += 1
            if self.failed % 100 == 0:
                return Slow(seconds=1.5)  # longer than anybody waits here
            return self.chance.choice(
                [Status(status=503), Status(status=500), slow_down(), Reset(), Cut(after=0), Cut(after=20)]
            )


@pytest.mark.parametrize(("driver", "count"), [("obstore", 200), ("fsspec", 8)])
def test_processes_with_files_in_s3(driver: str, count: int, s3: str, s3_server: Server, tmp_path: Path) -> None:
    furnish(tmp_path, f"{s3}/given.txt")
    bucket = Bucket(s3_server)
    for name in ("given.txt", "inputs-3.pb"):
        bucket.ask("PUT", f"{s3}/{name}", tmp_path.joinpath(name).read_bytes())
    with FlakyProxy(s3_server.port) as proxy:
        env = {
            **s3_server.environment(proxy.url),
            "FLYTE_AWS_BACKOFF_SECONDS": "0.01",
            "WINGBEAT_STORE": driver,
            "WINGBEAT_STORAGE_TIMEOUT": "1",
            "TMPDIR": str(tmp_path / "tmp"),
        }

        def one(number: int) -> str:
            names = {"inputs": "inputs-3.pb", "output-prefix": f"out-{number}", "raw-output-data-prefix": "raw"}
            options = [f"--{option}={s3}/{name}" for option, name in names.items()]
            command = [runs.program("execute"), *options, *task_arguments("user_code", "passes_on")]
            done = subprocess.run(
                command, cwd=tmp_path, env=environment(env), stdout=subprocess.DEVNULL, stderr=stderr, check=False
            )
            return became_of(bucket, f"{s3}/out-{number}", done.returncode)

        # Nor does anything depend on whether it can be said that something is tried again.
        with full_device() as stderr, ThreadPoolExecutor(3) as pool:
            found = list(pool.map(one, range(count)))
    assert proxy.failed > count
    assert count - found.count("outputs") <= most_failures(count, requests=6)
    assert not list(tmp_path.joinpath("tmp").iterdir())
