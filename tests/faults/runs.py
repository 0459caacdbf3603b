"""Runs of the commands in one folder, each with a prefix of its own, and what they may leave behind."""

from __future__ import annotations

import gzip
import io
import pickle
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from flyteidl.core import literals_pb2

from tests.literals import collection, integer
from tests.runtime.archives import member, tar
from tests.runtime.process import PROGRAM, environment, task_arguments

#: A name that nobody takes for a result: it is hidden, and ends as no result does.
TEMPORARY = re.compile(r"\.(.+\.[0-9a-f]{16}\.part|bundle-[0-9a-f]{16}-\d+)")
MAP_RESOLVER = "flytekit.core.array_node_map_task.ArrayNodeMapTaskResolver"

SOURCE = """
import os
from typing import Any

from wingbeat import FlyteDirectory, FlyteFile, current_context, task


def made():
    path = os.path.join(current_context().working_directory, "made.txt")
    with open(path, "w") as file:
        file.write("line\\n" * 50_000)
    return FlyteFile(path)


def made_folder():
    path = os.path.join(current_context().working_directory, "many")
    os.mkdir(path)
    for name in "abc":
        with open(os.path.join(path, name), "w") as file:
            file.write(name * 10_000)
    return FlyteDirectory(path)


@task
def several(a: int) -> tuple[int, list[int], FlyteFile]:
    return a + 1, [a] * 5_000, made()


@task
def all_kinds(a: int) -> tuple[int, list[int], FlyteFile, FlyteDirectory, Any]:
    return a + 1, [a] * 5_000, made(), made_folder(), {"pickled": b"x" * 50_000}


@task
def each(a: int) -> list[int]:
    return [a] * 5_000
"""
MODULES = {f"part_{number}": f"VALUE = {number}  # {'x' * 3000}\n" for number in range(12)}
BUNDLED = (
    "from wingbeat import task\n"
    + "".join(f"import {name}\n" for name in MODULES)
    + "\n\n@task\ndef total(a: int) -> int:\n    return a"
    + "".join(f" + {name}.VALUE" for name in MODULES)
    + "\n"
)


def furnish(folder: Path) -> None:
    """Put the user's code and inputs into a folder."""
    folder.joinpath("tmp").mkdir()
    folder.joinpath("user_code.py").write_text(SOURCE, "utf-8")
    for value in (3, 4):
        inputs = literals_pb2.LiteralMap(literals={"a": integer(value)})
        folder.joinpath(f"inputs-{value}.pb").write_bytes(inputs.SerializeToString())
    listed = literals_pb2.LiteralMap(literals={"a": collection(integer(2), integer(3), integer(4))})
    folder.joinpath("inputs-list.pb").write_bytes(listed.SerializeToString())


def files_of_bundle() -> dict[str, bytes]:
    return {f"{name}.py": text.encode() for name, text in {"bundled": BUNDLED, **MODULES}.items()}


def pack(folder: Path) -> None:
    """A code bundle of several modules, which the task needs all of."""
    content = tar(*((member(name), data) for name, data in files_of_bundle().items()))
    folder.joinpath("store").mkdir()
    folder.joinpath("store", "fast1.tar.gz").write_bytes(gzip.compress(content))


def prefixes(run: str, inputs: str) -> list[str]:
    names = {"inputs": f"inputs-{inputs}.pb", "output-prefix": f"out-{run}", "raw-output-data-prefix": f"raw-{run}"}
    return [f"--{option}={value}" for option, value in names.items()]


def execute(run: str, task: str = "several", value: int = 3) -> list[str]:
    """The command of a task with several outputs, some of which are files beside outputs.pb."""
    return [program("execute"), *prefixes(run, str(value)), *task_arguments("user_code", task)]


def map_execute(run: str) -> list[str]:
    """The command of the second element of a map task."""
    inner = task_arguments("user_code", "each")
    words = ["--resolver", MAP_RESOLVER, "--", "vars", "", "resolver", inner[1], *inner[3:]]
    return [program("map-execute"), *prefixes(run, "list"), *words]


def fast_execute(run: str, code: str) -> list[str]:
    """The command of a task that comes in a code bundle."""
    inner = ["wingbeat-execute", *prefixes(run, "3"), *task_arguments("bundled", "total")]
    words = ["--additional-distribution", "store/fast1.tar.gz", "--dest-dir", code]
    return [program("fast-execute"), *words, "--", *inner]


def program(name: str) -> str:
    return str(PROGRAM.with_name(f"wingbeat-{name}"))


def begin(folder: Path, command: list[str], env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a command; what it says is thrown away."""
    variables = environment({"TMPDIR": str(folder / "tmp"), "FLYTE_INTERNAL_EXECUTION_ID": "e", **(env or {})})
    index = {"BATCH_JOB_ARRAY_INDEX_VAR_NAME": "FLYTE_K8S_ARRAY_INDEX", "FLYTE_K8S_ARRAY_INDEX": "1"}
    return subprocess.Popen(
        command, cwd=folder, env={**index, **variables}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def outputs(folder: Path, run: str) -> list[object] | None:
    """The values of a run, each output and what it refers to; None if there are none.

    What lies in the prefixes besides must be whole, or have a temporary name.
    """
    out = folder / f"out-{run}"
    names = {path.name for path in out.iterdir()} if out.is_dir() else set()
    strays = {name for name in names if not TEMPORARY.fullmatch(name)} - {"outputs.pb"}
    assert not strays, f"neither results nor temporary: {strays}"
    for path in visible_files(folder / f"raw-{run}"):
        assert whole(path), f"{path} has {path.stat().st_size} bytes"
    if "outputs.pb" not in names:
        return None
    literals = literals_pb2.LiteralMap.FromString(out.joinpath("outputs.pb").read_bytes()).literals
    return [value_of(folder, literals[name]) for name in sorted(literals)]


def visible_files(folder: Path) -> list[Path]:
    """The files below a folder that are not temporary, nor in something that is."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in found if not any(TEMPORARY.fullmatch(part) for part in path.relative_to(folder).parts)]


def whole(path: Path) -> bool:
    """Whether a file holds all that the task has put there."""
    data = path.read_bytes()
    if path.name == "made.txt":
        return data == b"line\n" * 50_000
    if path.name in ("a", "b", "c"):
        neighbours = {one.name for one in path.parent.iterdir()}
        return data == path.name.encode() * 10_000 and neighbours >= {"a", "b", "c"}
    return bool(pickle.loads(data) == {"pickled": b"x" * 50_000})


def value_of(folder: Path, literal: literals_pb2.Literal) -> object:
    """A number, what is in a list of numbers, or whether a file or folder that is referred to is there."""
    kind = literal.WhichOneof("value")
    if kind == "collection":
        numbers = [one.scalar.primitive.integer for one in literal.collection.literals]
        return len(numbers), min(numbers), max(numbers)
    if literal.scalar.HasField("blob"):
        place = folder / literal.scalar.blob.uri
        return len(list(place.iterdir())) == 3 if place.is_dir() else place.is_file()
    return literal.scalar.primitive.integer


def expected(value: int, files: int = 1) -> list[object]:
    """What the tasks return."""
    return [value + 1, five_thousand(value), *[True] * files]


def five_thousand(value: int) -> tuple[int, int, int]:
    return 5_000, value, value


def unpacked_whole(code: Path) -> None:
    """Whatever is in the folder of a bundle, and not temporary, is as it was packed."""
    content = files_of_bundle()
    for path in visible_files(code):
        if path.suffix == ".py":
            assert path.read_bytes() == content[path.name], path
        elif path.name == "fast1.tar.gz":
            with gzip.GzipFile(fileobj=io.BytesIO(path.read_bytes())) as archive:
                assert archive.read()
