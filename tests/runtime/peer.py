"""A command line that both flytekit and wingbeat are given."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flyteidl.core import literals_pb2

from tests.literals import integer
from tests.runtime.process import Result, collect, io_arguments, start, task_arguments

HERE = Path(__file__).parent
INTERPRETER = Path(os.environ.get("WINGBEAT_PEERS", HERE.parent.parent / ".peers")) / "flytekit" / "bin" / "python"
TASKS = HERE.joinpath("user_tasks.txt").read_text("utf-8")

IMPORTS = {
    "flytekit": """
from flytekit import task
from flytekit.core.base_task import IgnoreOutputs
from flytekit.exceptions.user import FlyteRecoverableException, FlyteUserRuntimeException
""",
    "wingbeat": """
from wingbeat import task
from wingbeat.exceptions import IgnoreOutputs
from wingbeat.exceptions import FlyteRecoverableException, FlyteUserRuntimeException
""",
}


def literal_map(**literals: literals_pb2.Literal) -> bytes:
    return literals_pb2.LiteralMap(literals=literals).SerializeToString()


@dataclass
class Case:
    """One command. `text` is how much of the error's text has to agree: `all`, the `class`, or nothing.

    `imports` are the first lines of the module for each library, `files` lie in the folder where it runs. `program` is
    `execute`, of `pyflyte-execute` and `wingbeat-execute`, or another such.
    """

    task: str
    inputs: bytes | None = literal_map(a=integer(1))
    env: dict[str, str] = field(default_factory=dict)
    text: str = "all"
    source: str = TASKS
    arguments: list[str] | None = None
    imports: Mapping[str, str] = field(default_factory=lambda: IMPORTS)
    files: dict[str, bytes] = field(default_factory=dict)
    program: str = "execute"

    def command(self) -> list[str]:
        return self.arguments or [*io_arguments(), *task_arguments("user_code", self.task)]


class Oracle:
    """flytekit, imported and waiting."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def both(self, folder: Path, case: Case) -> tuple[Result, Result]:
        """What flytekit and what wingbeat make of a case."""
        theirs = self.ask(folder, case)
        ours = start(folder, prepare(folder, case, "wingbeat"), case.env, case.program)
        ours.payloads = payloads(folder)
        return theirs, ours

    def ask(self, folder: Path, case: Case) -> Result:
        """What flytekit makes of it."""
        request = {
            "folder": str(folder),
            "command": case.program,
            "arguments": prepare(folder, case, "flytekit"),
            "environment": case.env,
        }
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        result = Result(int(self.process.stdout.readline()))
        result.stdout = folder.joinpath("stdout.txt").read_text("utf-8")
        result.stderr = folder.joinpath("stderr.txt").read_text("utf-8")
        collect(result, folder / "out")
        result.payloads = payloads(folder)
        return result


def prepare(folder: Path, case: Case, library: str) -> list[str]:
    """Put module and inputs into a folder; the command's arguments."""
    for name in ("out", "raw"):
        shutil.rmtree(folder / name, ignore_errors=True)
    folder.joinpath("user_code.py").write_text(case.imports[library] + case.source, "utf-8")
    if case.inputs is not None:
        folder.joinpath("inputs.pb").write_bytes(case.inputs)
    for name, content in case.files.items():
        folder.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        folder.joinpath(name).write_bytes(content)
    return [argument.replace("{folder}", str(folder)) for argument in case.command()]


def payloads(folder: Path) -> dict[str, bytes]:
    """The files below the raw output prefix, by their paths with random names masked."""
    paths = [path for path in folder.joinpath("raw").rglob("*") if path.is_file()]
    return {masked(str(path.relative_to(folder))): path.read_bytes() for path in paths}


def masked(text: str) -> str:
    """Locations without the part that is drawn by lot."""
    return re.sub(r"raw/[0-9a-f]{32}\b", "raw/*", text)
