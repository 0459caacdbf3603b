"""One line on a terminal, and nothing anywhere else."""

from __future__ import annotations

import io
import sys

import pytest

from wingbeat.storage import progress
from wingbeat.storage.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def run(clock: list[float]) -> None:
    """Ten megabytes of twenty, one a second."""
    shown = Progress("s3://b/k", 20_000_000)
    for _ in range(10):
        clock[0] += 1
        shown.add(1_000_000)
    shown.close()


def test_a_line_on_a_terminal(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    run(clock)
    lines = sys.stderr.getvalue().split("\r\x1b[2K")  # type: ignore[attr-defined]
    assert lines[0] == ""
    assert lines[1] == "s3://b/k: 2.0 MB of 20.0 MB, 1.0 MB/s, 18 s left"
    assert lines[9] == "s3://b/k: 10.0 MB of 20.0 MB, 1.0 MB/s, 10 s left"
    assert lines[10] == ""  # and it is gone
    assert len(lines) == 11


def test_not_for_what_is_quick(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    shown = Progress("s3://b/k")
    clock[0] += 1.9
    shown.add(1)
    shown.close()
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]


def test_without_a_length(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    shown = Progress("s3://b/k")
    clock[0] += 4
    shown.add(2_000_000)
    assert "s3://b/k: 2.0 MB, 0.5 MB/s" in sys.stderr.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize("stderr", [io.StringIO(), None], ids=["a file", "none"])
def test_nowhere_else(stderr: io.StringIO | None, clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", stderr)
    run(clock)
    assert stderr is None or stderr.getvalue() == ""


def test_it_can_be_switched_off(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("WINGBEAT_PROGRESS", "off")
    run(clock)
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]
