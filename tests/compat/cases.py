"""The same calls on flytekit's names and on what stands for them: cases are modules with a `report(find)`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.types.oracle import ask
from wingbeat.flytekit_compat.resolve import resolve

HERE = Path(__file__).parent


def theirs(cases: str) -> Any:
    """What flytekit does."""
    return ask(str(HERE / "oracle_cases.py"), cases)


@cache
def ours(cases: ModuleType) -> Any:
    """What wingbeat does; through JSON, as the other."""
    return json.loads(json.dumps(cases.report(resolve)))
