"""What modules make of flytekit's names at their top level, as a task's process has it: recorded, and never run.

Cases are expressions; each is evaluated with flytekit, and with the import hook.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.authoring import artifact_cases, graph_cases
from tests.types.oracle import interpreter

HERE = Path(__file__).parent
RUN = HERE / "run_cases.py"
HOOK = f"""
import runpy, sys
from wingbeat.flytekit_compat.finder import install
install()
sys.argv[:1] = []
runpy.run_path({str(RUN)!r}, run_name="__main__")
"""

Outcomes = list[list[str]]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bool], Outcomes]:
    """What the cases come to: of which module, and whether with flytekit itself."""

    @cache
    def ask(subject: str, flytekit: bool) -> Outcomes:
        folder = tmp_path_factory.mktemp(subject)
        source = HERE.joinpath(f"user_{subject}.txt").read_text("utf-8")
        folder.joinpath(f"user_{subject}.py").write_text(source, "utf-8")
        command = [interpreter(), RUN] if flytekit else [sys.executable, "-c", HOOK, RUN]
        path = {"PYTHONPATH": ""} if flytekit else {}
        done = subprocess.run(
            [*command, subject],
            cwd=folder,
            env={**os.environ, "FLYTE_SDK_RICH_TRACEBACKS": "0", **path},
            capture_output=True,
            text=True,
            timeout=110,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        answer: Outcomes = json.loads(done.stdout.splitlines()[-1])
        return answer

    return ask


@pytest.mark.parametrize(
    ("subject", "number"),
    [
        pytest.param(subject, number, id=f"{subject}: {case}")
        for subject, cases in (("graph", graph_cases.CASES), ("artifact", artifact_cases.CASES))
        for number, case in enumerate(cases)
    ],
)
def test_an_expression_comes_to_the_same(subject: str, number: int, outcomes: Callable[[str, bool], Outcomes]) -> None:
    assert outcomes(subject, False)[number] == outcomes(subject, True)[number]
