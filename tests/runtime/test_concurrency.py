"""What lies in a store is fetched together before it is decoded, and uploaded together before outputs.pb is written."""

from __future__ import annotations

from pathlib import Path

from flyteidl.core import literals_pb2

from tests.runtime.process import Result, io_arguments, start, task_arguments

STORE = '''
import threading, time
import fsspec
from fsspec.implementations.local import LocalFileSystem

LOG = open("store.log", "a", buffering=1)


class Slow(LocalFileSystem):
    """A folder of this machine as a store that takes its time."""

    protocol = "slow"
    local_file = False

    @classmethod
    def _strip_protocol(cls, path):
        return LocalFileSystem._strip_protocol(str(path).removeprefix("slow://"))

    def note(self, what, path, function):
        LOG.write(f"begin {what} {path}\\n")
        time.sleep(0.2)
        try:
            return function()
        finally:
            LOG.write(f"end {what} {path}\\n")

    def get_file(self, rpath, lpath, **kwargs):
        return self.note("get", rpath, lambda: super(Slow, self).get_file(rpath, lpath, **kwargs))

    def put_file(self, lpath, rpath, **kwargs):
        if "refused" in rpath:
            raise PermissionError(13, "not allowed", rpath)
        self.makedirs(self._parent(rpath), exist_ok=True)
        return self.note("put", rpath, lambda: super(Slow, self).put_file(lpath, rpath, **kwargs))

    def pipe_file(self, path, value, **kwargs):
        self.makedirs(self._parent(path), exist_ok=True)
        return self.note("pipe", path, lambda: super(Slow, self).pipe_file(path, value, **kwargs))


fsspec.register_implementation("slow", Slow)
'''
TASKS = """
import slow_store
from typing import Any, List

from wingbeat import task


@task
def make(n: int) -> List[Any]:
    return [{"number": i} for i in range(n)]


@task
def total(values: List[Any], one: Any) -> int:
    return sum(value["number"] for value in values) + one["number"]


@task
def fails(n: int) -> List[Any]:
    return [{"number": 1}, (i for i in range(3))]
"""


def run(folder: Path, name: str, inputs: literals_pb2.LiteralMap, raw: str) -> tuple[Result, list[str]]:
    folder.joinpath("slow_store.py").write_text(STORE)
    folder.joinpath("user_code.py").write_text(TASKS)
    folder.joinpath("sitecustomize.py").write_text("import slow_store\n")
    folder.joinpath("inputs.pb").write_bytes(inputs.SerializeToString())
    folder.joinpath("store.log").write_text("")
    arguments = [*io_arguments(f"slow://{folder}/out"), "--raw-output-data-prefix", raw]
    result = start(folder, [*arguments, *task_arguments("user_code", name)], {"PYTHONPATH": python_path(folder)})
    return result, folder.joinpath("store.log").read_text().splitlines()


def python_path(folder: Path) -> str:
    import os

    return os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH", "")]))


def most_at_once(log: list[str], what: str) -> int:
    """How many operations were under way at the same time."""
    now = most = 0
    for line in log:
        if line.startswith(f"begin {what}"):
            now += 1
            most = max(most, now)
        elif line.startswith(f"end {what}"):
            now -= 1
    return most


def number(n: int) -> literals_pb2.LiteralMap:
    literal = literals_pb2.Literal(scalar=literals_pb2.Scalar(primitive=literals_pb2.Primitive(integer=n)))
    return literals_pb2.LiteralMap(literals={"n": literal})


def test_uploads_go_on_together_and_are_done_before_outputs_pb(tmp_path: Path) -> None:
    made, log = run(tmp_path, "make", number(8), f"slow://{tmp_path}/raw")
    assert made.outputs is not None, made.stderr
    assert most_at_once(log, "put") > 1
    assert [line.split()[1] for line in log if line.startswith("end")] == ["put"] * 8 + ["pipe"]
    values = made.outputs.literals["o0"]
    inputs = literals_pb2.LiteralMap(literals={"values": values, "one": values.collection.literals[3]})
    read, log = run(tmp_path, "total", inputs, f"slow://{tmp_path}/raw")
    assert read.outputs is not None, read.error
    assert read.outputs.literals["o0"].scalar.primitive.integer == sum(range(8)) + 3
    assert most_at_once(log, "get") > 1


def test_a_failed_upload_names_the_value_and_leaves_no_outputs(tmp_path: Path) -> None:
    made, _ = run(tmp_path, "make", number(3), f"slow://{tmp_path}/refused")
    assert made.files == {"error.pb"}
    assert made.error is not None
    assert "Failed to convert outputs of task 'user_code.make' at position 0" in made.message
    assert "outputs.o0[0]" in made.message
    assert "not allowed" in made.message


def test_a_failed_conversion_ends_the_uploads(tmp_path: Path) -> None:
    made, _ = run(tmp_path, "fails", number(1), f"slow://{tmp_path}/raw")
    assert made.files == {"error.pb"}
    assert made.error is not None
    assert "outputs.o0[1]" in made.message
