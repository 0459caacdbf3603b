"""One run inside of this process: other stores, and what a run must not disturb."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from flyteidl.core import errors_pb2, literals_pb2

from tests.literals import integer
from tests.runtime.process import io_arguments, start, task_arguments
from wingbeat.runtime import context
from wingbeat.runtime.execution import run
from wingbeat.runtime.invocation import DEFAULT_RESOLVER, parse

SOURCE = """
from wingbeat import task


@task
def double(a: int) -> int:
    return 2 * a


@task
def fails(a: int) -> int:
    raise ValueError("bad")
"""


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A store with inputs, and a module in the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    monkeypatch.setattr(context, "_current", None)
    monkeypatch.delenv("FLYTE_FAIL_ON_ERROR", raising=False)
    tmp_path.joinpath("in_process.py").write_text(SOURCE, "utf-8")
    file_system = fsspec.filesystem("memory")
    file_system.store.clear()
    inputs = literals_pb2.LiteralMap(literals={"a": integer(21)})
    file_system.pipe_file("/bucket/inputs.pb", inputs.SerializeToString())
    yield file_system
    file_system.store.clear()
    sys.modules.pop("in_process", None)


def arguments(name: str, prefix: str = "memory://bucket/out") -> list[str]:
    return [
        *(
            "--inputs",
            "memory://bucket/inputs.pb",
            "--output-prefix",
            prefix,
            "--raw-output-data-prefix",
            "memory://raw",
        ),
        *("--resolver", DEFAULT_RESOLVER, "--", "task-module", "in_process", "task-name", name),
    ]


@pytest.mark.parametrize("prefix", ["memory://bucket/out", "memory://bucket/out/"])
def test_outputs_go_to_any_store(prefix: str, memory: Any) -> None:
    assert run(parse(arguments("double", prefix))) == 0
    assert memory.find("/bucket/out") == ["/bucket/out/outputs.pb"]
    outputs = literals_pb2.LiteralMap.FromString(memory.cat_file("/bucket/out/outputs.pb"))
    assert outputs.literals["o0"] == integer(42)


def test_errors_go_to_any_store(memory: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(parse(arguments("fails"))) == 0
    assert memory.find("/bucket/out") == ["/bucket/out/error.pb"]
    document = errors_pb2.ErrorDocument.FromString(memory.cat_file("/bucket/out/error.pb"))
    assert document.error.message.endswith("    ValueError: bad")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "!! Begin User Error Captured by Flyte !!" in captured.err


def test_a_store_that_refuses(memory: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("denied")

    monkeypatch.setattr(type(memory), "pipe_file", refuse)
    assert run(parse(arguments("double"))) == 1
    assert memory.find("/bucket/out") == []
    assert "cannot write 'memory://bucket/out/outputs.pb': PermissionError: denied" in capsys.readouterr().err


def test_inputs_that_are_not_there(memory: Any) -> None:
    memory.rm("/bucket/inputs.pb")
    assert run(parse(arguments("double"))) == 0
    document = errors_pb2.ErrorDocument.FromString(memory.cat_file("/bucket/out/error.pb"))
    assert (document.error.code, document.error.kind, document.error.origin) == ("SYSTEM", 1, 2)
    assert "memory://bucket/inputs.pb" in document.error.message


def test_a_dry_run_says_so_to_who_asks(tmp_path: Path) -> None:
    arguments = ["--test", *io_arguments(), *task_arguments("no_such_module", "f")]
    for level, said in (("20", True), ("30", False)):
        result = start(tmp_path, arguments, {"FLYTE_SDK_LOGGING_LEVEL": level})
        assert (result.status, result.files) == (0, set())
        assert ("Test detected, returning" in result.stderr) is said
