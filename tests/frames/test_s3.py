"""Tables in an object store: on loopback, between both libraries, and in whole runs of a task."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from flyteidl.core import errors_pb2, literals_pb2

from tests.frames.conftest import context_at
from tests.frames.test_exchange import cases
from tests.frames.test_tables import FRAMES, ROWS, rows
from tests.runtime.process import run, start, task_arguments
from tests.stores.s3 import Server, serve
from tests.types.oracle import ask
from wingbeat import Codec, InterfaceCodec
from wingbeat.idl import Literal
from wingbeat.storage import transfer
from wingbeat.types import context as contexts

TASKS = """
import pandas as pd
import polars as pl
import pyarrow as pa
from typing import Annotated
from wingbeat import StructuredDataset, kwtypes, task


@task
def convert(frames: list[pd.DataFrame], table: pa.Table) -> tuple[pl.DataFrame, Annotated[StructuredDataset, "csv"]]:
    assert all(frame.equals(frames[0]) for frame in frames)
    return pl.from_arrow(table), StructuredDataset(dataframe=frames[0])
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve() as found:
        yield found


@pytest.fixture
def files(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """`ctx.file_access`, whose raw output prefix is in the bucket."""
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    context = context_at(tmp_path, f"s3://bucket/{tmp_path.name}/raw")
    contexts.provide(lambda: context)
    yield context.file_access
    contexts.provide(None)


@pytest.mark.parametrize("kind", FRAMES)
def test_there_and_back(kind: str, files: Any) -> None:
    codec = Codec(list[type(FRAMES[kind])])  # type: ignore[misc]
    with files.queueing():
        literal = codec.encode([FRAMES[kind]] * 3)
    uris = [one.scalar.structured_dataset.uri for one in Literal.from_bytes(literal).collection.literals]
    with files.prefetch([(uri, True) for uri in uris]):
        found = codec.decode(literal)
    assert [rows(one) for one in found] == [ROWS] * 3


#: Not `pyarrow.Table`: flytekit does not find one in a store.
EXCHANGED = ["pandas", "columns", "dataset", "dataset as csv", "list", "dataclass", "schema of a frame"]


def test_exchanged_with_flytekit(files: Any, tmp_path: Path) -> None:
    ours = {name: Codec(cases.CASES[name][0]).encode(cases.CASES[name][1]()) for name in EXCHANGED}
    question = {
        "raw": f"s3://bucket/{tmp_path.name}/theirs",
        "sandbox": str(tmp_path / "their sandbox"),
        "ours": {name: data.hex() for name, data in ours.items()},
        "names": EXCHANGED,
    }
    theirs = ask("../frames/oracle_frames.py", json.dumps(question))
    for name in EXCHANGED:
        hint, _ = cases.CASES[name]
        expected = theirs["value"][name]
        assert "ok" in expected, (name, expected)
        assert cases.canonical(Codec(hint).decode(bytes.fromhex(theirs["literal"][name]["ok"]))) == expected["ok"], name
        assert cases.canonical(Codec(hint).decode(ours[name])) == expected["ok"], name


def put(data: bytes, uri: str, folder: Path) -> str:
    folder.joinpath("data").write_bytes(data)
    transfer.upload(str(folder / "data"), uri)
    return uri


def test_a_task_of_tables(files: Any, server: Server, tmp_path: Path) -> None:
    prefix = f"s3://bucket/{tmp_path.name}"
    frame = pd.DataFrame(ROWS)
    inputs = {"frames": list[pd.DataFrame], "table": pa.Table}
    data = InterfaceCodec(inputs).encode({"frames": [frame] * 5, "table": pa.Table.from_pandas(frame)})
    tmp_path.joinpath("user_code.py").write_text(TASKS, "utf-8")
    arguments = ["--inputs", put(data, f"{prefix}/inputs.pb", tmp_path), "--output-prefix", f"{prefix}/out"]
    arguments += ["--raw-output-data-prefix", f"{prefix}/raw", *task_arguments("user_code", "convert")]
    result = start(tmp_path, arguments, server.environment())
    assert result.status == 0, result.stderr
    transfer.download(f"{prefix}/out/outputs.pb", str(tmp_path / "outputs.pb"))
    outputs = InterfaceCodec({"o0": pl.DataFrame, "o1": pd.DataFrame}).decode(
        tmp_path.joinpath("outputs.pb").read_bytes()
    )
    assert [rows(outputs[name]) for name in ("o0", "o1")] == [ROWS, ROWS]


def test_a_task_whose_table_is_not_there(files: Any, server: Server, tmp_path: Path) -> None:
    data = InterfaceCodec({"frames": list[pd.DataFrame], "table": pa.Table}).encode(
        {"frames": [], "table": pa.table({"a": [1]})}
    )
    inputs = literals_pb2.LiteralMap.FromString(data)
    uri = f"s3://bucket/{tmp_path.name}/nothing"
    inputs.literals["table"].scalar.structured_dataset.uri = uri
    result = run(tmp_path, TASKS, "convert", inputs, server.environment())
    assert result.error is not None
    assert "table" in result.message
    assert uri in result.message


def test_a_task_whose_table_is_broken(folder: Path) -> None:
    table = folder / "table"
    table.mkdir()
    table.joinpath("00000").write_bytes(b"PAR1 and then nothing")
    data = InterfaceCodec({"frames": list[pd.DataFrame], "table": pa.Table}).encode(
        {"frames": [], "table": pa.table({"a": [1]})}
    )
    inputs = literals_pb2.LiteralMap.FromString(data)
    inputs.literals["table"].scalar.structured_dataset.uri = str(table)
    result = run(folder, TASKS, "convert", inputs)
    assert result.error is not None
    assert "table: the Parquet file at" in result.message
    assert "write it again" in result.message
    assert result.error.kind == errors_pb2.ContainerError.NON_RECOVERABLE
