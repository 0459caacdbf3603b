"""The other side of the differential tests: a process that answers with what flytekit makes of a request."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
SERVER = Path(__file__).parent / "flytekit_server.py"


def python() -> Path | None:
    """The interpreter of flytekit's environment (`make peers`), or None. `WINGBEAT_PEERS` names another."""
    named = os.environ.get("WINGBEAT_PEERS")
    found = Path(named) if named else ROOT / ".peers" / "flytekit" / "bin" / "python"
    return found if found.exists() else None


class FlytekitError(Exception):
    """What flytekit raised: its class's name and its message."""


class Flytekit:
    """One process, started once. Requests are answered in order."""

    def __init__(self, interpreter: Path) -> None:
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        self._process = subprocess.Popen(
            [interpreter, SERVER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )

    def _ask(self, **request: str | bool) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"flytekit's process ended with {self._process.wait()}")
        answer = json.loads(line)
        if "error" in answer:
            raise FlytekitError(f"{answer['error']}: {answer['message']}")
        return answer

    def encode(self, hint: str, value: str, legacy: bool = False) -> bytes:
        """`legacy` stands for `FLYTE_USE_OLD_DC_FORMAT`."""
        return base64.b64decode(self._ask(hint=hint, value=value, legacy=legacy)["literal"])

    def decode(self, hint: str, literal: bytes) -> str:
        """The value as canonical text."""
        return self._ask(hint=hint, literal=base64.b64encode(literal).decode())["value"]

    def close(self) -> None:
        self._process.stdin.close()  # type: ignore[union-attr]
        self._process.wait(10)
        self._process.stdout.close()  # type: ignore[union-attr]
