"""Tasks of arrays and estimators: the same through `pyflyte-execute` and `wingbeat-execute`, and what only one does."""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy
import pytest
from flyteidl.core import literals_pb2, types_pb2

from tests.literals import boolean, collection, floating, integer, none, scalar, string
from tests.runtime.peer import Case, Oracle, literal_map, prepare
from tests.runtime.process import Result, start

TASKS = """
from typing import Annotated, List, Optional

import numpy as np


@task
def double(a: np.ndarray) -> np.ndarray:
    return a * 2


@task
def rows(a: List[np.ndarray]) -> List[np.ndarray]:
    return [row for array in a for row in array]


@task
def maybe(a: Optional[np.ndarray] = None) -> Optional[np.ndarray]:
    return a


@task
def mapped(a: Annotated[np.ndarray, kwtypes(mmap_mode="r")]) -> str:
    return f"{type(a).__name__} {a.sum()}"


@task
def unwritable(a: int) -> np.ndarray:
    return np.array([{}])
"""
REDUCE = """
@task
def reduce(a: np.ndarray) -> float:
    return float(a.sum())


@task
def center(a: Annotated[np.ndarray, wingbeat.Collection(float)]) -> Annotated[np.ndarray, wingbeat.Collection(float)]:
    return a - a.mean()
"""
# Of different lengths: Python tells a changed module by its time, in seconds, and its length.
IMPORTS = {"flytekit": "from flytekit import kwtypes, task\n\n", "wingbeat": "from wingbeat import kwtypes, task\n"}


def npy(array: object) -> bytes:
    buffer = io.BytesIO()
    numpy.save(buffer, numpy.asarray(array), allow_pickle=True)
    return buffer.getvalue()


def array(uri: str) -> literals_pb2.Literal:
    metadata = literals_pb2.BlobMetadata(type=types_pb2.BlobType(format="NumpyArray"))
    return scalar(blob=literals_pb2.Blob(metadata=metadata, uri=uri))


def case(task: str, a: literals_pb2.Literal | None, data: bytes = b"", source: str = TASKS) -> Case:
    inputs = literal_map() if a is None else literal_map(a=a)
    return Case(task, inputs, source=source, imports=IMPORTS, files={"data/a": data})


CASES = {
    "array": case("double", array("data/a"), npy([1.5, 2.0])),
    "arrays": case("rows", collection(array("data/a"), array("data/a")), npy([[1], [2]])),
    "optional": case("maybe", array("data/a"), npy([1])),
    "absent": case("maybe", None),
    "none": case("maybe", none()),
    "mapped": case("mapped", array("data/a"), npy([1, 2])),
}
FAILURES = {
    "no array": case("double", array("data/a"), b"PAR1"),
    "cut": case("double", array("data/a"), npy([1, 2])[:-4]),
    "objects": case("double", array("data/a"), npy([{"a": 1}])),
    "nothing there": case("double", array("data/b")),
    "none for an array": case("double", none()),
    "unwritable": case("unwritable", integer(1)),
}


@pytest.mark.parametrize("name", CASES)
def test_a_task_of_arrays(name: str, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, CASES[name])
    assert ours.error is None, ours.message
    assert theirs.error is None
    assert ours.outputs is not None
    assert sorted(ours.payloads.values()) == sorted(theirs.payloads.values())
    assert unnamed(ours) == unnamed(theirs)
    assert (ours.status, ours.files) == (theirs.status, theirs.files)


def unnamed(result: Result) -> str:
    """The outputs, without the random parts of locations."""
    return re.sub(r"\b[0-9a-f]{32}\b", "*", str(result.outputs))


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_is_of_flytekits_kind(name: str, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, FAILURES[name])
    assert theirs.error is not None
    assert ours.error is not None
    assert (ours.status, ours.error.kind, ours.error.origin) == (theirs.status, theirs.error.kind, theirs.error.origin)
    assert not ours.payloads


def run(folder: Path, task: str, a: literals_pb2.Literal) -> Result:
    source = "import numpy as np\nimport wingbeat\nfrom typing import Annotated\n" + REDUCE
    return start(folder, prepare(folder, case(task, a, source=source), "wingbeat"))


def test_reducing_what_a_map_task_made(oracle: Oracle, tmp_path: Path) -> None:
    numbers = collection(*map(floating, (1.0, 2.5, 4.0)))
    result = run(tmp_path, "reduce", numbers)
    assert result.error is None, result.message
    assert result.outputs == literals_pb2.LiteralMap(literals={"o0": floating(7.5)})
    theirs = oracle.ask(tmp_path, case("double", numbers))
    assert theirs.error is not None  # flytekit has no arrays of collections


def test_a_collection_goes_out_as_one(tmp_path: Path) -> None:
    result = run(tmp_path, "center", collection(*map(integer, (1, 2, 3))))
    assert result.error is None, result.message
    expected = collection(*map(floating, (-1.0, 0.0, 1.0)))
    assert result.outputs == literals_pb2.LiteralMap(literals={"o0": expected})
    assert not result.payloads


@pytest.mark.parametrize(
    ("a", "message"),
    [
        (
            collection(collection(integer(0)), collection(integer(1), integer(2))),
            "inputs.a[1]: expected 1 numbers, got 2",
        ),
        (collection(integer(0), string("a")), "inputs.a[1]: expected number, got string 'a'"),
        (collection(integer(0), none()), "inputs.a[1]: expected number, got none; declare Optional"),
        (collection(integer(0), boolean(True)), "inputs.a[1]: expected number, got boolean"),
    ],
)
def test_what_is_no_array_of_numbers_is_told_with_its_place(
    a: literals_pb2.Literal, message: str, tmp_path: Path
) -> None:
    result = run(tmp_path, "reduce", a)
    assert result.error is not None
    assert message in result.message
