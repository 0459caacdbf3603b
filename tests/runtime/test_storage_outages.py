"""What Flyte is told when a store cannot be reached: what flytekit tells it, or on demand to try again."""

from __future__ import annotations

from pathlib import Path

import pytest
from flyteidl.core import literals_pb2, types_pb2

from tests.literals import integer, offloaded
from tests.runtime.peer import Case, Oracle, literal_map, prepare
from tests.runtime.process import Result, io_arguments, start, task_arguments

IMPORTS = {
    "flytekit": "from flytekit import task\nfrom flytekit.types.file import FlyteFile\n",
    "wingbeat": "from wingbeat import task, FlyteFile  # more text, so that no .pyc of the other fits\n",
}
SOURCE = """

@task
def reads(f: FlyteFile) -> str:
    with open(f) as file:
        return file.read()


@task
def handles(f: FlyteFile) -> str:
    try:
        open(f)
    except Exception:
        return "without"


@task
def reads_and_wraps(f: FlyteFile) -> str:
    try:
        return f.download()
    except Exception as error:
        raise ValueError("no file") from error


@task
def writes(a: int) -> FlyteFile:
    with open("file.txt", "w") as file:
        file.write("x")
    return FlyteFile("file.txt")


@task
def takes(a: int) -> int:
    return a


@task
def connects(a: int) -> int:
    raise ConnectionError("of the user's own")
"""
#: In the store below, where nobody listens.
NOWHERE = "s3://bucket/file"
ENDPOINT = {
    "FLYTE_AWS_ENDPOINT": "http://127.0.0.1:1",
    "FLYTE_AWS_ACCESS_KEY_ID": "key",
    "FLYTE_AWS_SECRET_ACCESS_KEY": "secret",
    "FLYTE_AWS_RETRIES": "0",
    "AWS_REGION": "us-east-1",
    "AWS_MAX_ATTEMPTS": "1",
}
RETRY = {"WINGBEAT_RETRY_STORAGE": "1"}


def file_at(uri: str) -> bytes:
    blob = literals_pb2.Blob(uri=uri, metadata=literals_pb2.BlobMetadata(type=types_pb2.BlobType()))
    return literal_map(f=literals_pb2.Literal(scalar=literals_pb2.Scalar(blob=blob)))


def case(task: str, inputs: bytes, raw: str = "raw") -> Case:
    arguments = [*io_arguments(), "--raw-output-data-prefix", raw, *task_arguments("user_code", task)]
    return Case(task, inputs, ENDPOINT, source=SOURCE, imports=IMPORTS, arguments=arguments)


CASES = {
    "a file that the task opens": case("reads", file_at(NOWHERE)),
    "wrapped by the task": case("reads_and_wraps", file_at(NOWHERE)),
    "a file that the task returns": case("writes", literal_map(a=integer(1)), "s3://bucket/raw"),
    "an input that is stored elsewhere": case("takes", literal_map(a=offloaded(NOWHERE))),
}


def verdict(result: Result) -> tuple[str, int, int]:
    assert result.error is not None, result.stderr
    return result.error.code, result.error.kind, result.error.origin


@pytest.mark.parametrize("name", CASES)
def test_by_default_it_is_flytekits_verdict(name: str, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, CASES[name])
    assert (ours.status, ours.files) == (theirs.status, theirs.files) == (0, {"error.pb"})
    assert verdict(ours) == verdict(theirs)
    assert verdict(ours)[1] == 0


@pytest.mark.parametrize("name", CASES)
def test_on_demand_flyte_tries_again(name: str, tmp_path: Path) -> None:
    one = CASES[name]
    result = start(tmp_path, prepare(tmp_path, one, "wingbeat"), one.env | RETRY)
    assert (result.status, verdict(result)) == (0, ("SYSTEM", 1, 2))


def test_what_is_not_there_is_not_tried_again(tmp_path: Path) -> None:
    one = case("reads", file_at("nothing.txt"))
    result = start(tmp_path, prepare(tmp_path, one, "wingbeat"), one.env | RETRY)
    assert verdict(result)[1] == 0


def test_other_connections_are_the_tasks_own_affair(tmp_path: Path) -> None:
    one = case("connects", literal_map(a=integer(1)))
    result = start(tmp_path, prepare(tmp_path, one, "wingbeat"), one.env | RETRY)
    assert verdict(result) == ("USER:RuntimeError", 0, 1)


def test_a_task_may_do_without(tmp_path: Path) -> None:
    one = case("handles", file_at(NOWHERE))
    result = start(tmp_path, prepare(tmp_path, one, "wingbeat"), one.env | RETRY)
    assert result.files == {"outputs.pb"}
