"""What the engine concludes of a run: of wingbeat's the same as of flytekit's (runtime contract 4.4 and 12.2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.literals import integer
from tests.runtime.engine import BUILT_IN, Conclusion, conclude, conclude_of_element
from tests.runtime.peer import Case, Oracle, literal_map, prepare
from tests.runtime.process import RESOLVER, Result, io_arguments, start, task_arguments

LEGACY = "flytekit.core.legacy_map_task.MapTaskResolver"
SOURCE = """
import os
import signal


@task
def steps(a: int) -> int:
    if a == 0:
        raise ValueError("bad")
    if a == 1:
        raise FlyteRecoverableException("again")
    if a == 2:
        raise IgnoreOutputs("not the leader")
    if a == 3:
        os._exit(3)
    if a == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    if a == 5:
        raise KeyboardInterrupt
    if a == 6:
        os._exit(0)
    if a == 7:
        raise SystemExit(0)
    return a


@task
def silent(a: int) -> None:
    steps.task_function(a)


@task
def large(a: int) -> str:
    return "x" * (3 * 2**20)


@task
def large_error(a: int) -> str:
    raise ValueError("x" * (3 * 2**20))
"""
SUCCEEDED = Conclusion("succeeded")
BY_STEP = {
    0: ("failed", "USER:RuntimeError", "USER"),
    1: ("retry", "USER:Recoverable", "USER"),
    2: ("retry", "OutputsNotFound", "UNKNOWN"),
    3: ("retry", "Error", "USER"),
    4: ("retry", "Interrupted", "SYSTEM"),
    5: ("retry", "Error", "USER"),
    6: ("retry", "OutputsNotFound", "UNKNOWN"),
    7: ("retry", "OutputsNotFound", "UNKNOWN"),
    8: ("succeeded", "", ""),
}


def case(task: str, a: int = 8, **more: str) -> Case:
    return Case(task, literal_map(a=integer(a)), more, source=SOURCE)


def run_ours(folder: Path, one: Case, *, keep: bool = False) -> Result:
    """wingbeat's; with `keep`, into the folder of the run before."""
    out, kept = folder / "out", folder / "kept"
    if keep:
        out.rename(kept)
    arguments = prepare(folder, one, "wingbeat")
    if keep:
        kept.rename(out)
    return start(folder, arguments, one.env, one.program)


def seen(result: Result, folder: Path, **more: bool | int) -> tuple[str, str, str]:
    status = result.status if result.status >= 0 else 128 - result.status
    found = conclude(folder / "out", status, result.stderr, **more)  # type: ignore[arg-type]
    return found.phase, found.code, found.kind


@pytest.mark.parametrize("step", BY_STEP)
def test_the_engine_sees_no_difference(step: int, oracle: Oracle, tmp_path: Path) -> None:
    assert seen(oracle.ask(tmp_path, case("steps", step)), tmp_path) == BY_STEP[step]
    assert seen(run_ours(tmp_path, case("steps", step)), tmp_path) == BY_STEP[step]


@pytest.mark.parametrize("step", [2, 6, 8])
def test_a_task_without_outputs_need_not_write_any(step: int, oracle: Oracle, tmp_path: Path) -> None:
    one = case("silent", step)
    assert seen(oracle.ask(tmp_path, one), tmp_path, has_outputs=False)[0] == "succeeded"
    assert seen(run_ours(tmp_path, one), tmp_path, has_outputs=False)[0] == "succeeded"


@pytest.mark.parametrize(("first", "second"), [(8, 0), (0, 8), (8, 8), (0, 1)])
def test_what_an_earlier_run_has_left(first: int, second: int, oracle: Oracle, tmp_path: Path) -> None:
    """Nothing is deleted, and an error counts before outputs: every attempt has a folder of its own."""
    run_ours(tmp_path, case("steps", first))
    ours = run_ours(tmp_path, case("steps", second), keep=True)
    expected = {"error.pb" if step < 8 else "outputs.pb" for step in (first, second)}
    assert ours.files == expected
    assert seen(ours, tmp_path) == BY_STEP[second if second < 8 else first]

    folder = tmp_path / "out"
    for name in expected:
        assert folder.joinpath(name).exists()
    theirs = in_the_same_folder(oracle, tmp_path, first, second)
    assert theirs.files == expected
    assert seen(theirs, tmp_path) == BY_STEP[second if second < 8 else first]


def in_the_same_folder(oracle: Oracle, folder: Path, first: int, second: int) -> Result:
    """flytekit's two runs, as one command and then another into the folder of the first."""
    oracle.ask(folder, case("steps", first))
    one = case("steps", second)
    elsewhere = folder / "second.pb"
    assert one.inputs is not None
    elsewhere.write_bytes(one.inputs)
    folder.joinpath("out").rename(folder / "prefix")
    one.arguments = ["--inputs", "second.pb", *io_arguments("prefix")[2:], *task_arguments("user_code", "steps")]
    result = oracle.ask(folder, one)
    folder.joinpath("prefix").rename(folder / "out")
    result.files = {path.name for path in folder.joinpath("out").iterdir()}
    return result


def test_dynamic_tasks_come_before_everything(tmp_path: Path) -> None:
    for name in ("futures.pb", "error.pb", "outputs.pb"):
        tmp_path.joinpath(name).touch()
    assert conclude(tmp_path, 0).phase == "dynamic"


def test_the_engine_reads_every_error(tmp_path: Path) -> None:
    """Of flytekit's, with twice the text, it would not; and flytekit takes minutes to log it."""
    assert seen(run_ours(tmp_path, case("large_error")), tmp_path, limit=BUILT_IN) == BY_STEP[0]
    assert seen(run_ours(tmp_path, case("steps", 0)), tmp_path, limit=10) == ("unread", "", "")


def test_outputs_over_the_limit_end_the_task(oracle: Oracle, tmp_path: Path) -> None:
    expected = ("failed", "OutputSizeExceeded", "USER")
    assert seen(oracle.ask(tmp_path, case("large")), tmp_path, limit=BUILT_IN) == expected
    assert seen(run_ours(tmp_path, case("large")), tmp_path, limit=BUILT_IN) == expected
    assert seen(run_ours(tmp_path, case("large", _F_L_MIN_SIZE_MB="1")), tmp_path, limit=BUILT_IN) == BY_STEP[8]


def test_of_several_workers_the_first_failure_counts(oracle: Oracle, tmp_path: Path) -> None:
    worker = {"FLYTE_INTERNAL_DIST_ERROR_STRATEGY": "Earliest"}
    for ask in (oracle.ask, run_ours):
        first = case("steps", 0, **worker, FLYTE_INTERNAL_WORKER_NAME="first")
        ask(tmp_path, first)
        kept = {path.name: path.read_bytes() for path in tmp_path.joinpath("out").iterdir()}
        result = ask(tmp_path, case("steps", 1, **worker, FLYTE_INTERNAL_WORKER_NAME="second"))
        for name, content in kept.items():
            tmp_path.joinpath("out", name).write_bytes(content)
        assert len(list(tmp_path.joinpath("out").iterdir())) == 2
        assert seen(result, tmp_path, distributed=True) == BY_STEP[0]


def test_what_a_failed_set_up_says_is_at_the_end_of_the_log(tmp_path: Path) -> None:
    one = case("steps")
    one.arguments = [*io_arguments(), "--resolver", "no_such_module.resolver", "x"]
    result = run_ours(tmp_path, one)
    found = conclude(tmp_path / "out", result.status, result.stderr)
    assert (found.phase, found.kind) == ("retry", "USER")
    assert "No module named 'no_such_module'" in found.message


@pytest.mark.parametrize(("first", "second", "phase"), [(8, 0, "succeeded"), (0, 8, "succeeded"), (0, 0, "retry")])
def test_retries_of_an_element_of_the_older_kind_share_a_folder(
    first: int, second: int, phase: str, tmp_path: Path
) -> None:
    from tests.literals import collection

    def element(a: int) -> Case:
        env = {"BATCH_JOB_ARRAY_INDEX_VAR_NAME": "INDEX", "INDEX": "0"}
        words = ["--resolver", LEGACY, "--", "vars", "", "resolver", RESOLVER, "m", "user_code", "n", "steps"]
        inputs = literal_map(a=collection(integer(a)))
        return Case("", inputs, env, source=SOURCE, arguments=[*io_arguments(), *words], program="map-execute")

    run_ours(tmp_path, element(first))
    result = run_ours(tmp_path, element(second), keep=True)
    assert conclude_of_element(tmp_path / "out" / "0", result.status).phase == phase
