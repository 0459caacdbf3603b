"""The end of a worker is noticed at once, with and without a descriptor of its process."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from wingbeat.runtime.many import process
from wingbeat.runtime.many.board import memory


@pytest.mark.parametrize("described", [True, False])
def test_the_end_of_a_process_is_waited_for(described: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not described:
        monkeypatch.setattr(process, "open_process", lambda _: -1)
    program = "import sys; sys.stdin.read(); sys.exit(7)"
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, start_new_session=True) as child:
        worker = process.Process(child.pid, 0, str(tmp_path), memory(0))
        worker.wait_until(time.monotonic() + 0.05)
        assert not worker.has_ended()
        assert child.stdin is not None
        child.stdin.close()
        worker.wait_until(time.monotonic() + 30)
        assert worker.has_ended()
        assert worker.wait().status == 7
