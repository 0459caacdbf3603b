"""Each type with each value and each literal: what the acceleration takes, flytekit converts to the same."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.compat.both import Both

SCRIPT = Path(__file__).with_name("accelerated_values.py")


def test_what_is_accelerated_is_what_flytekit_gives(both: Both) -> None:
    done = subprocess.run(
        [both.interpreter, SCRIPT, both.site], capture_output=True, text=True, check=True, timeout=100
    )
    answer = json.loads(done.stdout)
    assert answer["differences"] == []
    assert answer["written"] > 300
    assert answer["read"] > 300
