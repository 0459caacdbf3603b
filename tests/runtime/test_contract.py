"""What the engine can tell from a run, beyond the comparisons with flytekit (runtime contract 12)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.runtime.peer import Case, prepare
from tests.runtime.process import Result, start


def wingbeat(folder: Path, case: Case) -> Result:
    return start(folder, prepare(folder, case, "wingbeat"), case.env, case.program)


@pytest.mark.parametrize(
    ("task", "status", "said"), [("exits_with_0", 0, "0"), ("exits_with_3", 3, "3"), ("exits_with_text", 1, "'so long'")]
)
def test_an_exit_is_said_on_stderr(task: str, status: int, said: str, tmp_path: Path) -> None:
    result = wingbeat(tmp_path, Case(task))
    assert (result.status, result.files) == (status, set())
    lines = result.stderr.splitlines()
    assert lines[0] == f"[wingbeat] sys.exit({said}) ends the process; neither outputs nor an error are written"
    assert lines[1:] == (["so long"] if status == 1 else [])
