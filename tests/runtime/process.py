"""Runs a command as the engine would: a process, a folder, files."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flyteidl.core import errors_pb2, literals_pb2

PROGRAM = Path(sys.executable).with_name("wingbeat-execute")
RESOLVER = "flytekit.core.python_auto_container.default_task_resolver"


@dataclass
class Result:
    """What a run leaves behind."""

    status: int
    stdout: str = ""
    stderr: str = ""
    files: set[str] = field(default_factory=set)
    outputs: literals_pb2.LiteralMap | None = None
    error: errors_pb2.ContainerError | None = None
    payloads: dict[str, bytes] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The text below `Message:`."""
        assert self.error is not None
        return self.error.message.partition("\nMessage:\n\n")[2]

    @property
    def trace(self) -> list[str]:
        """The lines below `Trace:`, not indented."""
        assert self.error is not None
        block = self.error.message.removeprefix("Trace:\n\n").partition("\nMessage:\n\n")[0]
        return [line.removeprefix("    ") for line in block.rstrip("\n").split("\n")]


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The process's environment without what Flyte would set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FLYTE", "_F_"))}
    return kept | dict(more or {})


def task_arguments(module: str, name: str) -> list[str]:
    return ["--resolver", RESOLVER, "--", "task-module", module, "task-name", name]


def io_arguments(prefix: str = "out") -> list[str]:
    return ["--inputs", "inputs.pb", "--output-prefix", prefix, "--raw-output-data-prefix", "raw"]


def start(folder: Path, arguments: list[str], env: Mapping[str, str] | None = None, program: str = "execute") -> Result:
    """Run an installed command in a folder."""
    command = [PROGRAM.with_name(f"wingbeat-{program}"), *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment(env), capture_output=True, text=True, check=False, timeout=60
    )
    result = Result(done.returncode, done.stdout, done.stderr)
    collect(result, folder / "out")
    return result


def collect(result: Result, out: Path) -> None:
    """Read the files of an output prefix."""
    for path in sorted(out.iterdir()) if out.is_dir() else []:
        result.files.add(re.sub(r"^error-[0-9a-f]{32}\.pb$", "error-*.pb", path.name))
        if path.name == "outputs.pb":
            result.outputs = literals_pb2.LiteralMap.FromString(path.read_bytes())
        elif path.name.startswith("error"):
            document = errors_pb2.ErrorDocument.FromString(path.read_bytes())
            assert document.HasField("error")
            result.error = document.error


def run(
    folder: Path,
    source: str,
    name: str,
    inputs: literals_pb2.LiteralMap | bytes | None = None,
    env: Mapping[str, str] | None = None,
) -> Result:
    """Write a module `user_code` and its inputs into a folder, and run one of its tasks there."""
    folder.joinpath("user_code.py").write_text(source, "utf-8")
    data = inputs if isinstance(inputs, bytes) else (inputs or literals_pb2.LiteralMap()).SerializeToString()
    folder.joinpath("inputs.pb").write_bytes(data)
    return start(folder, [*io_arguments(), *task_arguments("user_code", name)], env)
