"""Elements of one run leave the files that a process for each leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.literals import collection, integer, offloaded, string
from tests.many.command import INDEX, left, masked, prepare, run_many, run_one
from tests.runtime.peer import literal_map

SOURCE = """
import os
from wingbeat import FlyteFile, current_context, task
from wingbeat.exceptions import FlyteRecoverableException, IgnoreOutputs


class Coded(Exception):
    error_code = "USER:Coded"


class Odd(Exception):
    def __str__(self):
        raise RuntimeError("no text")


def deep(a: int) -> None:
    try:
        raise KeyError(f"cause of {a}")
    except KeyError as error:
        raise ValueError(f"element {a}") from error


@task
def kinds(a: int) -> str:
    if a == 1:
        raise ValueError(f"element {a}")
    if a == 2:
        raise FlyteRecoverableException("again")
    if a == 3:
        deep(a)
    if a == 4:
        raise IgnoreOutputs("not today")
    if a == 5:
        raise Coded("coded")
    if a == 6:
        return 6
    if a == 7:
        return ("a", "tuple")
    if a == 8:
        raise Odd
    if a == 9:
        raise MemoryError
    if a == 10:
        raise ValueError("long " * 20_000)
    if a == 11:
        return "long " * 200_000
    if a == 12:
        return "\\udc80"
    if a == 13:
        current_context().checkpoint.write(b"kept")
    if a == 14:
        raise ExceptionGroup("several", [ValueError("one"), KeyError("two")])
    return f"{a} of {current_context().map_index}"


@task
async def waits(a: int) -> int:
    import asyncio

    await asyncio.sleep(0)
    if a == 1:
        raise ValueError(f"element {a}")
    return 2 * a


@task
def none(a: int) -> None:
    pass


@task
def file(a: int) -> FlyteFile:
    context = current_context()
    path = os.path.join(context.working_directory, "made.txt")
    if os.listdir(context.working_directory):
        raise ValueError("the folder is not mine")
    with open(path, "w") as made:
        made.write(f"content {a}")
    return FlyteFile(path)


@task
def place(a: int) -> list[str]:
    context = current_context()
    checkpoint = context.checkpoint
    return [
        repr(context), context.raw_output_prefix, context.output_metadata_prefix, repr(checkpoint), os.getcwd(),
        os.environ["FLYTE_K8S_ARRAY_INDEX"], repr(context.stats.full_prefix), str(context.map_index),
        str(checkpoint.prev_exists()), context.task_id.name, context.execution_id.name,
    ][1:]


@task
def scale(a: int, by: list[int]) -> int:
    by.append(a)
    return a * len(by)
"""

NUMBERS = literal_map(a=collection(*(integer(number) for number in range(16))))
MIXED = literal_map(
    a=collection(integer(0), string("x"), offloaded("one.pb"), offloaded("no such file"), integer(4)),
)
FLYTE = {
    "FLYTE_INTERNAL_EXECUTION_ID": "run",
    "FLYTE_INTERNAL_TASK_NAME": "kinds",
    "FLYTE_SDK_LOGGING_FORMAT": "plain",
}


def compare(
    folder: Path, task: str, inputs: bytes, count: int, *more: str, bound: str = "", env: dict[str, str] | None = None
) -> None:
    one, many = folder / "one", folder / "all"
    env = {"FLYTE_SDK_LOCAL_SANDBOX": str(folder / "box"), **(env or {})}
    for place in (one, many):
        prepare(place, SOURCE, inputs)
        place.joinpath("one.pb").write_bytes(integer(13).SerializeToString())
        place.joinpath("list.pb").write_bytes(collection(integer(5), integer(6)).SerializeToString())
    apart = [run_one(one, task, index, bound, env) for index in range(count)]
    together = run_many(many, task, f":{count}", *more, bound=bound, env=env)
    theirs, ours = left(one), left(many)
    ours.pop("out/summary.json", None)
    assert ours == theirs, together.stderr
    assert together.status == any(f"out/{index}/error.pb" in theirs for index in range(count)), together.stderr
    lines = sorted(masked(line) for run in apart for line in run.stderr.replace(str(one), "").split("\n"))
    said = sorted(masked(line) for line in together.stderr.replace(str(many), "").split("\n"))
    assert [line for line in said if line.startswith("[wingbeat] [")] == [
        line for line in lines if line.startswith("[wingbeat] [")
    ]
    assert not folder.joinpath("box").exists() or not list(folder.joinpath("box").iterdir())


def test_whatever_an_element_does(tmp_path: Path) -> None:
    compare(tmp_path, "kinds", NUMBERS, 16)


def test_coroutines(tmp_path: Path) -> None:
    compare(tmp_path, "waits", NUMBERS, 3)


def test_no_outputs(tmp_path: Path) -> None:
    compare(tmp_path, "none", NUMBERS, 2)


def test_files(tmp_path: Path) -> None:
    compare(tmp_path, "file", NUMBERS, 3)


def test_outputs_that_are_stored_elsewhere(tmp_path: Path) -> None:
    compare(tmp_path, "kinds", NUMBERS, 3, env={"_F_L_MIN_SIZE_MB": "0"})


def test_inputs_that_do_not_fit(tmp_path: Path) -> None:
    compare(tmp_path, "kinds", MIXED, 5)


@pytest.mark.parametrize("where", ["list.pb", "each"])
def test_what_is_the_same_for_all_is_new_for_each(where: str, tmp_path: Path) -> None:
    by = offloaded(where) if where == "list.pb" else collection(integer(1), integer(2))
    compare(tmp_path, "scale", literal_map(a=offloaded("list.pb"), by=by), 2, bound="by")


def test_a_missing_input(tmp_path: Path) -> None:
    compare(tmp_path, "scale", literal_map(a=collection(integer(1))), 1, bound="by")


def test_where_an_element_is(tmp_path: Path) -> None:
    compare(tmp_path, "place", NUMBERS, 3, env={**FLYTE, "BATCH_JOB_ARRAY_INDEX_VAR_NAME": INDEX})


def test_the_older_kind_has_the_same_folders(tmp_path: Path) -> None:
    prepare(tmp_path, SOURCE, NUMBERS)
    legacy = "flytekit.core.legacy_map_task.MapTaskResolver"
    done = run_many(tmp_path, "none", "3,5", "--resolver", legacy)
    assert done.status == 0, done.stderr
    assert set(left(tmp_path)) >= {"out/3/outputs.pb", "out/5/outputs.pb"}
