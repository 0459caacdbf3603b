"""`wingbeat.map_elements`, in a process of its own, as a program would use it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.literals import collection, integer
from tests.runtime.peer import literal_map
from tests.runtime.process import environment

TASKS = """
import os
import time

import wingbeat
from wingbeat import FlyteFile, current_context, map_elements, task
from wingbeat.exceptions import FlyteRecoverableException, IgnoreOutputs


@task
def double(a: int) -> int:
    return 2 * a


@task
def scale(a: int, by: list[int]) -> int:
    return a * sum(by)


@task
def odd(a: int) -> int:
    if a == 1:
        raise ValueError("one")
    if a == 2:
        raise FlyteRecoverableException("two")
    if a == 3:
        os._exit(3)
    if a == 4:
        raise IgnoreOutputs("four")
    if a == 5:
        time.sleep(60)
    return a


@task
def where(a: int) -> list[str]:
    context = current_context()
    return [str(context.map_index), context.raw_output_prefix, str(os.getppid())]


@task
def file(a: int) -> FlyteFile:
    path = os.path.join(current_context().working_directory, "made")
    with open(path, "w") as made:
        made.write(f"content {a}")
    return FlyteFile(path)


@task
def nothing(a: int) -> None:
    pass


@task
async def waits(a: int) -> int:
    import asyncio

    await asyncio.sleep(0.2)
    return a


@task
def long(a: int) -> str:
    return "x" * 3 * 2**20


@task
def two(a: int) -> tuple[int, int]:
    return a, a


def by_index(results):
    return {result.index: result for result in results}
"""


def program(folder: Path, text: str, **env: str) -> str:
    """What a program prints that has these tasks."""
    box = folder / "box"
    box.mkdir()
    folder.joinpath("program.py").write_text(f"{TASKS}\n\nif __name__ == '__main__':\n{text}", "utf-8")
    done = subprocess.run(
        [sys.executable, "program.py"],
        cwd=folder,
        env=environment({"FLYTE_SDK_LOCAL_SANDBOX": str(box), **env}),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert [path.name for path in box.iterdir() if not path.joinpath("raw").exists()] == []
    return done.stdout


def test_results_come_with_their_index(tmp_path: Path) -> None:
    text = """
    found = by_index(map_elements(double, {"a": range(1000)}, jobs=2))
    assert {index: result.get() for index, result in found.items()} == {index: 2 * index for index in range(1000)}
    assert not any(result.error or result.ignored for result in found.values())
    print(repr(found[7]))
"""
    assert program(tmp_path, text) == "ElementResult(index=7, value=14)\n"


def test_a_part_of_the_elements(tmp_path: Path) -> None:
    text = """
    for elements in ("2:4,7", [7, 2, 3, 3], range(0)):
        print(sorted(result.index for result in map_elements(double, {"a": range(10)}, elements)))
"""
    assert program(tmp_path, text) == "[2, 3, 7]\n[2, 3, 7]\n[]\n"


def test_inputs_that_are_the_same_for_all(tmp_path: Path) -> None:
    text = """
    results = map_elements(scale, {"a": [1, 2, 3], "by": [10, 20]}, bound=["by"])
    print([result.get() for result in sorted(results, key=lambda result: result.index)])
"""
    assert program(tmp_path, text) == "[30, 60, 90]\n"


def test_inputs_as_flyte_has_them(tmp_path: Path) -> None:
    tmp_path.joinpath("inputs.pb").write_bytes(literal_map(a=collection(integer(4), integer(5))))
    text = """
    from pathlib import Path

    for inputs in ("inputs.pb", Path("inputs.pb"), Path("inputs.pb").read_bytes()):
        print(sorted(result.get() for result in map_elements(double, inputs)))
"""
    assert program(tmp_path, text) == "[8, 10]\n" * 3


def test_a_failure_is_that_of_its_element(tmp_path: Path) -> None:
    text = """
    found = by_index(map_elements(odd, {"a": range(7)}, jobs=2, element_timeout=1))
    assert [found[index].value for index in range(7)] == [0, None, None, None, None, None, 6]
    for index in (1, 2, 3, 5):
        error = found[index].error
        print(error.index, error.kind, error.code, error.recoverable)
        assert str(error).startswith(f"element {index}: ")
        assert error.message.startswith("Trace:")
    assert found[4].ignored and found[4].error is None
    try:
        found[1].get()
    except wingbeat.ElementError as error:
        print(error)
        assert "raise ValueError(\\"one\\")" in error.message
"""
    assert program(tmp_path, text).splitlines() == [
        "1 USER USER:RuntimeError False",
        "2 USER USER:Recoverable True",
        "3 USER USER:RuntimeError True",
        "5 USER TimeExpired True",
        "element 1: ValueError: one",
    ]


def test_an_element_is_in_a_worker_and_has_places_of_its_own(tmp_path: Path) -> None:
    text = """
    here = current_context().raw_output_prefix
    found = by_index(map_elements(where, {"a": [0, 0]}))
    for index in range(2):
        its_index, prefix, parent = found[index].get()
        assert its_index == str(index) and parent == str(os.getpid())
        assert prefix.startswith(here) and prefix.endswith(f"/{index}"), prefix
    assert current_context().map_index is None and current_context().raw_output_prefix == here
"""
    program(tmp_path, text)


def test_what_values_refer_to_stays(tmp_path: Path) -> None:
    text = """
    found = by_index(map_elements(file, {"a": [0, 1]}, isolate=True))
    print([open(found[index].get()).read() for index in range(2)])
"""
    assert program(tmp_path, text) == "['content 0', 'content 1']\n"


def test_tasks_without_outputs(tmp_path: Path) -> None:
    text = "    print([result.get() for result in map_elements(nothing, {'a': [1, 2]})])\n"
    assert program(tmp_path, text) == "[None, None]\n"


def test_coroutines_wait_together(tmp_path: Path) -> None:
    text = """
    began = time.monotonic()
    found = by_index(map_elements(waits, {"a": range(50)}, concurrency=50))
    assert [found[index].get() for index in range(50)] == list(range(50))
    assert time.monotonic() - began < 5
"""
    program(tmp_path, text)


def test_large_values_are_not_taken_apart(tmp_path: Path) -> None:
    text = "    print([len(result.get()) for result in map_elements(long, {'a': [1]})])\n"
    assert program(tmp_path, text, _F_L_MIN_SIZE_MB="1") == f"[{3 * 2**20}]\n"


def test_whoever_has_seen_enough_ends_the_workers(tmp_path: Path) -> None:
    text = """
    results = map_elements(odd, {"a": [0, 5]})
    print(next(results).get())
    results.close()
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        print("no worker is left")
    del results
    map_elements(double, {"a": [0, 5]})  # never begun
"""
    assert program(tmp_path, text) == "0\nno worker is left\n"


THREAD = """
    import threading

    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
"""


def test_workers_load_the_task_where_this_process_cannot_be_copied(tmp_path: Path) -> None:
    text = f"""{THREAD}
    found = by_index(map_elements(odd, {{"a": range(3)}}, jobs=2))
    print(found[0].get(), found[1].error)
    print([len(result.get()) for result in map_elements(long, {{'a': [1]}})])
    print([open(result.get()).read() for result in map_elements(file, {{"a": [1]}})])
"""
    expected = f"0 element 1: ValueError: one\n[{3 * 2**20}]\n['content 1']\n"
    assert program(tmp_path, text, _F_L_MIN_SIZE_MB="1") == expected


def test_a_module_that_begins_while_it_is_imported_does_not_begin_for_ever(tmp_path: Path) -> None:
    tmp_path.joinpath("endless.py").write_text(
        "import threading, time\n"
        "from wingbeat import map_elements, task\n"
        "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
        "@task\ndef double(a: int) -> int:\n    return 2 * a\n"
        "list(map_elements(double, {'a': [1]}))\n",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, "endless.py"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "map_elements is called while the module of its own task is imported" in done.stderr
    assert "PoolError" in done.stderr


WRONG = {
    "double, {}": "TypeError: task program.double is not given its input 'a'",
    "double, {'a': [1], 'b': [1], 'c': [1]}": "TypeError: task program.double has no input 'b', 'c'",
    "double, {'a': [1]}, bound=['b']": "TypeError: task program.double has no input 'b'",
    "double, {'a': [1]}, bound=['a']": "TypeTransformerFailedError: value: expected int, got list of 1",
    "double, {'a': 1}, bound=['a']": (
        "ElementsError: task program.double has no list of elements among its inputs (a): all are the same for every "
        "element"
    ),
    "double, {'a': [1, 'x']}": "TypeTransformerFailedError: value[1]: expected int, got str 'x'",
    "scale, {'a': [1], 'by': [[1], [2]]}": "ElementsError: the lists of elements differ in length: a has 1, by has 2",
    "double, {'a': [1]}, [0, 1]": "SelectionError: there is no element 1; there are 1",
    "double, {'a': [1]}, [-1]": "SelectionError: there is no element -1; there are 1",
    "double, {'a': [1]}, jobs=0": "ValueError: jobs is 0, expected 1 or more",
    "double, {'a': [1]}, isolate=True, concurrency=2": (
        "ValueError: isolate gives each element a process, concurrency puts several into one: choose one"
    ),
    "two, {'a': [1]}": "ValueError: Only tasks with a single output can be mapped: program.two has o0, o1",
    "double, 'no such file'": "StorageError: cannot read 'no such file': FileNotFoundError",
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each wrong call raises, before anything is run."""
    text = "".join(
        f"    try:\n        map_elements({call})\n    except Exception as error:\n"
        f"        print(type(error).__name__ + ':', str(error))\n    else:\n        print()\n"
        for call in WRONG
    )
    lines = program(tmp_path_factory.mktemp("wrong"), text).splitlines()
    return dict(zip(WRONG, lines, strict=True))


@pytest.mark.parametrize("call", WRONG)
def test_what_cannot_be_run_is_said_at_once(call: str, said: dict[str, str]) -> None:
    assert said[call].startswith(WRONG[call])
