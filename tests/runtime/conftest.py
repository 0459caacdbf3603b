"""The other side of the comparisons, started once."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import pytest

from tests.runtime.peer import HERE, INTERPRETER, Oracle


@pytest.fixture(scope="session")
def oracle() -> Iterator[Oracle]:
    """flytekit, imported and waiting."""
    if not INTERPRETER.exists() and not os.environ.get("CI"):
        pytest.skip(f"no flytekit at {INTERPRETER}: make peers")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("FLYTE", "_F_", "PYTHON", "COV"))}
    with subprocess.Popen(
        [INTERPRETER, HERE / "oracle.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env
    ) as process:
        yield Oracle(process)
        assert process.stdin is not None
        process.stdin.close()
