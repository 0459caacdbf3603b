"""Values that live in object storage: many files at once, one large file, a cold start, and numbers into an array."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benches import samples, slow_store
from benches.commands import BIN, Other, Work, row
from benches.goal import Goal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RESOLVER = "flytekit.core.python_auto_container.default_task_resolver"
FILES = 100
MEBIBYTE = 2**20
LARGE = 2**30
IMPORTS = {
    "wingbeat": "from wingbeat import FlyteDirectory, FlyteFile, task\n",
    "flytekit": (
        "from flytekit import task\nfrom flytekit.types.directory import FlyteDirectory\n"
        "from flytekit.types.file import FlyteFile\n"
    ),
}
TASKS = """import os
from pathlib import Path
from typing import List


@task
def put(folder: str) -> List[FlyteFile]:
    return [FlyteFile(str(path)) for path in sorted(Path(folder).iterdir())]


@task
def get(folder: FlyteDirectory) -> int:
    return len(os.listdir(folder.download()))


@task
def put_large(path: str) -> FlyteFile:
    return FlyteFile(path)


@task
def get_large(file: FlyteFile) -> int:
    return os.stat(file.download()).st_size


@task
def add(a: int, b: int) -> int:
    return a + b
"""


def measure(folder: Path, rounds: int, report: Callable[[str], None]) -> list[str]:
    """All rows."""
    for package, imports in IMPORTS.items():
        folder.joinpath(f"stored_{package}.py").write_text(imports + TASKS, "utf-8")
    # Every interpreter knows the store from its start, as it knows an installed driver's.
    folder.joinpath("site").mkdir()
    shutil.copy(Path(__file__).with_name("latency_store.py"), folder / "site" / "sitecustomize.py")
    rows = []
    with slow_store.serve(0) as store:
        for work in works(folder, store, rounds):
            report(f"{work.name}: {rounds} times and more")
            rows.append(row(work, folder, rounds))
    report("numbers into an array")
    rows.append(numbers(rounds))
    return rows


def works(folder: Path, s3: dict[str, str], rounds: int) -> Iterator[Work]:
    """All commands, each with its files made when it is reached."""
    yield from many_files(folder)
    yield cold_start(folder, s3, rounds)
    yield from large_file(folder, s3)


def command(program: str, package: str, task: str, inputs: str, output: str, raw: str) -> list[str]:
    """A task of the module above."""
    return [
        *(program, "--inputs", inputs, "--output-prefix", output, "--raw-output-data-prefix", raw),
        *("--resolver", RESOLVER, "--", "task-module", f"stored_{package}", "task-name", task),
    ]


def ours(task: str, inputs: str, output: str, raw: str) -> list[str]:
    """It by wingbeat."""
    return command(str(BIN / "wingbeat-execute"), "wingbeat", task, inputs, output, raw)


def theirs(task: str, inputs: str, output: str, raw: str) -> list[str]:
    """It by flytekit."""
    return command(str(samples.PEER / "pyflyte-execute"), "flytekit", task, inputs, output, raw)


def many_files(folder: Path) -> Iterator[Work]:
    """A hundred files up and down, beside one after another and beside flytekit."""
    from wingbeat import FlyteDirectory, InterfaceCodec

    source = folder / "files"
    source.mkdir()
    for number in range(FILES):
        source.joinpath(f"{number:03}").write_bytes(os.urandom(MEBIBYTE))
    inputs = {
        "put": InterfaceCodec({"folder": str}).encode({"folder": str(source)}),
        "get": InterfaceCodec({"folder": FlyteDirectory}).encode({"folder": FlyteDirectory(f"latency://{source}")}),
    }
    for task, way in (("put", "to"), ("get", "from")):
        path = folder / f"{task}.pb"
        path.write_bytes(inputs[task])
        outputs = [str(folder / f"{task}-{side}") for side in ("together", "alone", "flytekit")]
        raw = f"latency://{folder}/raw"
        alone = ["/usr/bin/env", "WINGBEAT_TRANSFERS=1", *ours(task, str(path), outputs[1], raw)]
        yield Work(
            f"{FILES} files of 1 MiB {way} a store with 50 ms latency",
            ours(task, str(path), outputs[0], raw),
            [
                Other("one after another", alone, Goal("≥", 10), times=3),
                Other("`pyflyte-execute`", theirs(task, str(path), outputs[2], raw), Goal("≥", 2), times=3),
            ],
            {"PYTHONPATH": str(folder / "site")},
            proof=[Path(output, "outputs.pb") for output in outputs],
        )
        shutil.rmtree(folder / "raw", ignore_errors=True)


def cold_start(folder: Path, s3: dict[str, str], rounds: int) -> Work:
    """Small inputs in S3 beside the same on this machine."""
    from wingbeat import InterfaceCodec

    content = InterfaceCodec({"a": int, "b": int}).encode({"a": 20, "b": 22})
    local = folder / "small.pb"
    local.write_bytes(content)
    remote = "s3://bucket/small.pb"
    upload(s3, remote, content)
    return Work(
        "whole process, inputs and outputs in S3 on loopback",
        ours("add", remote, "s3://bucket/ours", "s3://bucket/raw"),
        [
            Other(
                "the same on local disk",
                ours("add", str(local), str(folder / "out-local"), str(folder / "raw")),
                Goal("≤", 3),
                False,
                rounds * 4,
            ),
            Other(
                "`pyflyte-execute`",
                theirs("add", remote, "s3://bucket/theirs", "s3://bucket/raw"),
                Goal("≥", 10),
                times=rounds,
            ),
        ],
        s3,
        proof=[folder / "out-local" / "outputs.pb"],
    )


def large_file(folder: Path, s3: dict[str, str]) -> Iterator[Work]:
    """A file that is larger than the memory that it may take."""
    from wingbeat import FlyteFile, InterfaceCodec

    path = folder / "large"
    with path.open("wb") as file:
        for _ in range(LARGE // MEBIBYTE):
            file.write(os.urandom(MEBIBYTE))
    put, get = folder / "put-large.pb", folder / "get-large.pb"
    put.write_bytes(InterfaceCodec({"path": str}).encode({"path": str(path)}))
    outputs = [str(folder / f"large-{number}") for number in range(4)]
    raw = "s3://bucket/raw"
    yield Work(
        "1 GiB file to S3 on loopback",
        ours("put_large", str(put), outputs[0], raw),
        [Other("`pyflyte-execute`", theirs("put_large", str(put), outputs[1], raw), None, times=1)],
        s3,
        memory=200 * MEBIBYTE / 1e6,
        proof=[Path(output, "outputs.pb") for output in outputs[:2]],
    )
    uri = InterfaceCodec({"o0": FlyteFile}).decode(Path(outputs[0], "outputs.pb").read_bytes())["o0"].remote_source
    path.unlink()
    get.write_bytes(InterfaceCodec({"file": FlyteFile}).encode({"file": FlyteFile(uri)}))
    yield Work(
        "1 GiB file from S3 on loopback",
        ours("get_large", str(get), outputs[2], raw),
        [Other("`pyflyte-execute`", theirs("get_large", str(get), outputs[3], raw), None, times=1)],
        s3,
        memory=200 * MEBIBYTE / 1e6,
        proof=[Path(output, "outputs.pb") for output in outputs[2:]],
    )


def upload(s3: dict[str, str], uri: str, content: bytes) -> None:
    """Put an object, in a process that has the settings."""
    code = "import sys; from wingbeat import storage; storage.write(sys.argv[1], sys.stdin.buffer.read())"
    subprocess.run([sys.executable, "-c", code, uri], input=content, env={**samples.environment(), **s3}, check=True)


def numbers(rounds: int) -> str:
    """One million numbers into an array, beside a list of them and then `np.array`."""
    from benches import arrays

    return arrays.row(rounds)
