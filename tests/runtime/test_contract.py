"""What the engine can tell from a run, beyond the comparisons with flytekit (runtime contract 12)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.runtime.peer import Case, prepare
from tests.runtime.process import Result, start


def wingbeat(folder: Path, case: Case) -> Result:
    return start(folder, prepare(folder, case, "wingbeat"), case.env, case.program)


@pytest.mark.parametrize(
    ("task", "status", "said"),
    [("exits_with_0", 0, "0"), ("exits_with_3", 3, "3"), ("exits_with_text", 1, "'so long'")],
)
def test_an_exit_is_said_on_stderr(task: str, status: int, said: str, tmp_path: Path) -> None:
    result = wingbeat(tmp_path, Case(task))
    assert (result.status, result.files) == (status, set())
    lines = result.stderr.splitlines()
    assert lines[0] == f"[wingbeat] sys.exit({said}) ends the process; neither outputs nor an error are written"
    assert lines[1:] == (["so long"] if status == 1 else [])


def failing(folder: Path, body: str) -> Result:
    source = f"@task\ndef t(a: int) -> int:\n    {body}\n"
    return wingbeat(folder, Case("t", source=source))


CHAIN = """error = None
    for number in range(1000):
        older, error = error, ValueError("x" * 3000 + f"<{number}>")
        error.__cause__ = older
    raise error"""
TEXTS = """error = ValueError("\\U0001f600" * 750_000)
    error.error_code = "\\U0001f600" * 750_000
    error.add_note("\\U0001f600" * 750_000)
    raise ExceptionGroup("\\U0001f600" * 750_000, [error]) from error"""
NAME = 'raise type("E" * 3_000_000, (Exception,), {})("x")'
RECURSION = """def f(error):
        try:
            raise ValueError("x" * 3000) from error
        except ValueError as newer:
            f(newer)
    f(None)"""


@pytest.mark.parametrize("body", [CHAIN, TEXTS, NAME, RECURSION], ids=["chain", "texts", "name", "recursion"])
def test_whatever_is_raised_the_engine_can_read_it(body: str, tmp_path: Path) -> None:
    result = failing(tmp_path, body)
    assert result.error is not None, result.stderr
    assert (result.error.kind, result.error.origin) == (0, 1)
    assert tmp_path.joinpath("out", "error.pb").stat().st_size < 2**20
    assert result.message
    assert len(result.stderr.encode()) < 2**21


def test_the_newest_of_many_causes_is_shown(tmp_path: Path) -> None:
    result = failing(tmp_path, CHAIN)
    assert result.message.endswith("x<999>")
    assert result.trace[-1].endswith("x<999>")
    assert "characters left out" in "\n".join(result.trace)


def test_a_report_needs_none_of_the_memory_that_ran_out(tmp_path: Path) -> None:
    body = """import resource
    resource.setrlimit(resource.RLIMIT_AS, (400 * 2**20, 400 * 2**20))
    kept = []
    while True:
        kept.append(bytearray(2**16))"""
    result = failing(tmp_path, body)
    assert result.error is not None
    assert (result.error.code, result.error.kind, result.error.origin) == ("USER:RuntimeError", 0, 1)
    assert any("kept.append(bytearray(2**16))" in line for line in result.trace)
