"""flytekit in an interpreter of its own, asked by scripts that print JSON."""

from __future__ import annotations

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def interpreter() -> Path:
    """The Python that has flytekit. Skips the test if there is none; fails in CI, where there must be one."""
    peers = Path(os.environ.get("WINGBEAT_PEERS", ROOT / ".peers"))
    for path in (peers / "flytekit" / "bin" / "python", peers / "bin" / "python"):
        if path.exists():
            return path
    message = f"no flytekit below {peers}: run `make peers`"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@cache
def ask(script: str, question: str = "") -> Any:
    """What a script of this folder prints when it is run by that interpreter."""
    done = subprocess.run(
        [interpreter(), HERE / script],
        input=question,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout)
