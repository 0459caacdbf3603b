"""A whole task whose inputs and outputs lie in S3."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from flyteidl.core import errors_pb2

from tests.runtime import process
from tests.stores.proxy import Proxy, Status, slow_down
from wingbeat import InterfaceCodec, storage
from wingbeat.storage import transfer

ADD = "from wingbeat import task\n\n\n@task\ndef add(a: int, b: int) -> int:\n    return a + b\n"
STORE = ("FLYTE_AWS", "AWS_", "WINGBEAT_")
#: None of them has a reason to be loaded: each costs a millisecond or more.
HEAVY = {"asyncio", "fsspec", "json", "logging", "obstore", "pathlib", "re", "s3fs", "tempfile", "threading", "typing"}


def run(folder: Path, s3: str, **more: str) -> process.Result:
    folder.joinpath("small.py").write_text(ADD, "utf-8")
    arguments = ["--inputs", f"{s3}/inputs.pb", "--output-prefix", f"{s3}/out", "--raw-output-data-prefix", f"{s3}/raw"]
    env = {name: value for name, value in os.environ.items() if name.startswith(STORE)}
    return process.start(folder, [*arguments, *process.task_arguments("small", "add")], {**env, **more})


@pytest.fixture
def inputs(s3: str) -> str:
    storage.write(f"{s3}/inputs.pb", InterfaceCodec({"a": int, "b": int}).encode({"a": 1, "b": 2}))
    return s3


def test_inputs_and_outputs_in_s3(inputs: str, driver: str, tmp_path: Path) -> None:
    result = run(tmp_path, inputs)
    assert result.status == 0, result.stderr
    assert InterfaceCodec({"o0": int}).decode(storage.read(f"{inputs}/out/outputs.pb")) == {"o0": 3}
    assert result.stderr == ""


def test_it_loads_no_more_than_it_needs(inputs: str, tmp_path: Path) -> None:
    result = run(tmp_path, inputs, PYTHONPROFILEIMPORTTIME="1")
    assert result.status == 0, result.stderr
    loaded = set(re.findall(r"^import time:\s+\d+ \|\s+\d+ \|\s+(\S+)$", result.stderr, re.MULTILINE))
    assert "wingbeat.storage.object_store" in loaded
    assert not loaded & HEAVY


def test_an_overloaded_store_is_asked_again(proxy: Proxy, inputs: str, driver: str, tmp_path: Path) -> None:
    proxy.fail(slow_down(part="/inputs.pb"), Status("PUT", "/outputs.pb", status=500))
    result = run(tmp_path, inputs)
    assert result.status == 0
    assert InterfaceCodec({"o0": int}).decode(storage.read(f"{inputs}/out/outputs.pb")) == {"o0": 3}
    assert result.stderr.count("attempt 2 of 5") == 2


def test_inputs_that_are_not_there(s3: str, driver: str, tmp_path: Path) -> None:
    result = run(tmp_path, s3)
    assert result.status == 0
    error = errors_pb2.ErrorDocument.FromString(storage.read(f"{s3}/out/error.pb")).error
    assert (error.code, error.kind, error.origin) == ("SYSTEM", error.RECOVERABLE, 2)
    assert f"cannot read '{s3}/inputs.pb': FileNotFoundError" in error.message
    assert not transfer.exists(f"{s3}/out/outputs.pb")


def test_outputs_that_may_not_be_written(proxy: Proxy, inputs: str, driver: str, tmp_path: Path) -> None:
    proxy.fail(Status("PUT", "/outputs.pb", status=403))
    result = run(tmp_path, inputs)
    assert result.status == 1
    assert f"cannot write '{inputs}/out/outputs.pb': PermissionError" in result.stderr
