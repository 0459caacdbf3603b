"""Pickles of objects that hold some of wingbeat's, made by code that imports flytekit."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.compat.both import Both
from tests.literals import string
from tests.runtime.peer import literal_map
from tests.runtime.process import io_arguments, task_arguments

SOURCE = """
from flytekit import task
from flytekit.types.file import FlyteFile


class Box:
    def __init__(self, content):
        self.content = content


@task
def pack(path: str) -> Box:
    return Box(FlyteFile(path))


@task
def unpack(box: Box) -> str:
    return open(box.content).read()
"""
READ = """
import glob, pickle
print(pickle.load(open(glob.glob("raw/**/*", recursive=True)[-1], "rb")).content)
"""


def test_they_name_wingbeats_classes(both: Both, tmp_path: Path) -> None:
    tmp_path.joinpath("user_code.py").write_text(SOURCE, "utf-8")
    tmp_path.joinpath("text.txt").write_text("hello", "utf-8")
    tmp_path.joinpath("inputs.pb").write_bytes(literal_map(path=string(str(tmp_path / "text.txt"))))
    packed = both.wingbeat(tmp_path, [*io_arguments(), *task_arguments("user_code", "pack")])
    assert packed.outputs is not None, packed.stderr
    read = [both.interpreter, "-c", READ]
    alone = subprocess.run(read, cwd=tmp_path, env={}, capture_output=True, text=True, check=False)
    assert "ModuleNotFoundError: No module named 'wingbeat'" in alone.stderr
    beside = subprocess.run(
        read, cwd=tmp_path, env={"PYTHONPATH": str(both.site)}, capture_output=True, text=True, check=True
    )
    assert beside.stdout.splitlines()[-1] == str(tmp_path / "text.txt")
    tmp_path.joinpath("inputs.pb").write_bytes(literal_map(box=packed.outputs.literals["o0"]))
    unpacked = both.wingbeat(tmp_path, [*io_arguments(), *task_arguments("user_code", "unpack")])
    assert unpacked.outputs is not None, unpacked.stderr
    assert unpacked.outputs.literals["o0"].scalar.primitive.string_value == "hello"
