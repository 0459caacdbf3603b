"""Runs of a container that are more than a start: elements of map tasks, code bundles, failures."""

from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING

from benches import samples
from benches.commands import BIN, Other, Work, row
from benches.goal import Goal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RESOLVER = "flytekit.core.python_auto_container.default_task_resolver"
MAP_RESOLVER = "flytekit.core.array_node_map_task.ArrayNodeMapTaskResolver"
INDEX = {"BATCH_JOB_ARRAY_INDEX_VAR_NAME": "FLYTE_K8S_ARRAY_INDEX", "FLYTE_K8S_ARRAY_INDEX": "0"}
ELEMENTS = 1_000_000
ROWS = 1_000_000
FEWER = 100_000
TASKS = """from {package} import task


@task
def double(a: int) -> int:
    return 2 * a


@task
def count(xs: list[int]) -> int:
    return len(xs)
"""
TABLES = """import pandas as pd
from {package} import task


@task
def keep(table: pd.DataFrame) -> pd.DataFrame:
    return table
"""


def measure(folder: Path, rounds: int, report: Callable[[str], None]) -> list[str]:
    """All rows."""
    for package in ("wingbeat", "flytekit"):
        folder.joinpath(f"tasks_{package}.py").write_text(TASKS.format(package=package), "utf-8")
    rows = []
    for make in (subtask, bundle, failure, table):
        work = make(folder, rounds)
        report(f"{work.name}: {rounds} times and more")
        rows.append(row(work, folder, rounds))
    return rows


def arguments(folder: Path, inputs: str, package: str) -> list[str]:
    """What every command is given."""
    return [
        *("--inputs", str(folder / inputs), "--output-prefix", str(folder / f"out-{package}")),
        *("--raw-output-data-prefix", str(folder / "raw")),
    ]


def subtask(folder: Path, rounds: int) -> Work:
    """The last element of a long list."""
    from wingbeat import InterfaceCodec

    codec = InterfaceCodec({"a": list[int]})
    folder.joinpath("many.pb").write_bytes(codec.encode({"a": list(range(ELEMENTS))}))
    folder.joinpath("one.pb").write_bytes(codec.encode({"a": [ELEMENTS - 1]}))

    def command(program: str, package: str, inputs: str) -> list[str]:
        inner = ["task-module", f"tasks_{package}", "task-name", "double"]
        tail = ["--resolver", MAP_RESOLVER, "--", "vars", "", "resolver", RESOLVER, *inner]
        return [program, *arguments(folder, inputs, package), *tail]

    ours = str(BIN / "wingbeat-map-execute")
    return Work(
        f"map subtask, element 0 of {ELEMENTS:,} `int`",
        command(ours, "wingbeat", "many.pb"),
        [
            Other("itself with one element", command(ours, "wingbeat", "one.pb"), Goal("≤", 1.3), False, rounds * 6),
            Other(
                "`pyflyte-map-execute`",
                command(str(samples.PEER / "pyflyte-map-execute"), "flytekit", "many.pb"),
                Goal("≥", 100),
                times=max(3, rounds // 2),
            ),
        ],
        INDEX,
        memory=60,
    )


def bundle(folder: Path, rounds: int) -> Work:
    """A small archive of code."""
    from wingbeat import InterfaceCodec

    folder.joinpath("number.pb").write_bytes(InterfaceCodec({"a": int}).encode({"a": 21}))
    destination = folder / "code"
    destination.mkdir()
    archive = folder / "fast0123456789.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        for package in ("wingbeat", "flytekit"):
            tar.add(folder / f"tasks_{package}.py", f"bundled_{package}.py")
        for number in range(20):
            content = f"NUMBER = {number}\n".encode() * 50
            member = tarfile.TarInfo(f"package/module_{number}.py")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))

    def command(program: str, inner: str, package: str) -> list[str]:
        fast = ["--additional-distribution", str(archive), "--dest-dir", str(destination)]
        tail = ["--resolver", RESOLVER, "--", "task-module", f"bundled_{package}", "task-name", "double"]
        return [program, *fast, "--", inner, *arguments(folder, "number.pb", package), *tail]

    ours = command(str(BIN / "wingbeat-fast-execute"), "pyflyte-execute", "wingbeat")
    theirs = str(samples.PEER / "pyflyte-fast-execute")
    return Work(
        "`wingbeat-fast-execute`, a bundle of 22 files",
        ours,
        [
            Other(
                "`pyflyte-fast-execute`",
                command(theirs, str(samples.PEER / "pyflyte-execute"), "flytekit"),
                Goal("≥", 20),
                times=rounds * 2,
            )
        ],
        {},
    )


def failure(folder: Path, rounds: int) -> Work:
    """A value of the wrong type at the end of a list: found and reported."""
    from wingbeat import Codec
    from wingbeat._core import literal_map

    good = Codec(list[int]).encode(list(range(FEWER)))
    last = Codec(list[str]).encode(["x"])
    folder.joinpath("good.pb").write_bytes(literal_map({"xs": good}))
    # A message that occurs twice is merged: one collection of both.
    folder.joinpath("bad.pb").write_bytes(literal_map({"xs": good + last}))

    def command(program: str, package: str, inputs: str) -> list[str]:
        tail = ["--resolver", RESOLVER, "--", "task-module", f"tasks_{package}", "task-name", "count"]
        return [program, *arguments(folder, inputs, package), *tail]

    ours = str(BIN / "wingbeat-execute")
    return Work(
        f"error.pb for a wrong value at the end of {FEWER:,} `int`",
        command(ours, "wingbeat", "bad.pb"),
        [
            Other("a success", command(ours, "wingbeat", "good.pb"), Goal("≤", 1.2), False, rounds * 4),
            Other(
                "`pyflyte-execute`", command(str(samples.PEER / "pyflyte-execute"), "flytekit", "bad.pb"), None, times=3
            ),
        ],
        {},
    )


def table(folder: Path, rounds: int) -> Work:
    """A frame of numbers, texts and moments that is read and written again."""
    import numpy as np
    import pandas as pd  # type: ignore[import-untyped]

    from wingbeat import InterfaceCodec, StructuredDataset

    rng = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "number": rng.integers(0, 1 << 40, ROWS),
            "amount": rng.random(ROWS),
            "name": [f"name {index % 1000}" for index in range(ROWS)],
            "open": rng.random(ROWS) > 0.5,
            "at": pd.to_datetime("2020-01-01") + pd.to_timedelta(np.arange(ROWS), unit="s"),
        }
    )
    dataset = StructuredDataset(dataframe=frame, uri=str(folder / "table"))
    folder.joinpath("table.pb").write_bytes(InterfaceCodec({"table": StructuredDataset}).encode({"table": dataset}))
    for package in ("wingbeat", "flytekit"):
        folder.joinpath(f"tables_{package}.py").write_text(TABLES.format(package=package), "utf-8")

    def command(program: str, package: str) -> list[str]:
        tail = ["--resolver", RESOLVER, "--", "task-module", f"tables_{package}", "task-name", "keep"]
        return [program, *arguments(folder, "table.pb", package), *tail]

    theirs = command(str(samples.PEER / "pyflyte-execute"), "flytekit")
    return Work(
        f"a `pandas.DataFrame` of {ROWS:,} rows, read and written",
        command(str(BIN / "wingbeat-execute"), "wingbeat"),
        [Other("`pyflyte-execute`", theirs, Goal("≥", 1))],
        {},
    )
