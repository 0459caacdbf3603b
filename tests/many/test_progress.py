"""What people and programs see of a run while it lasts."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pty

import pytest

from tests.many.results import failed, well
from wingbeat.runtime.many import progress
from wingbeat.runtime.many.outcome import Outcome
from wingbeat.runtime.many.progress import Progress, clock


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still until a test turns it."""
    time = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: time[0])
    return time


def half_way() -> Outcome:
    outcome = Outcome(20)
    for index in range(9):
        outcome.take(well(index))
    outcome.take(failed(9))
    return outcome


def test_lines_come_every_few_seconds(now: list[float]) -> None:
    stream = io.StringIO()
    shown = Progress("auto", half_way(), stream)
    for _ in range(80):
        now[0] += 0.125
        shown.tick()
    assert stream.getvalue().splitlines() == [
        "[wingbeat] 10 of 20 elements done, 1 failed, 2.0/s, 0:05 left",
        "[wingbeat] 10 of 20 elements done, 1 failed, 1.0/s, 0:10 left",
    ]


def test_the_end_is_always_said(now: list[float]) -> None:
    stream, outcome = io.StringIO(), Outcome(2)
    shown = Progress("lines", outcome, stream)
    outcome.skipped = 1
    outcome.take(well(0))
    now[0] += 61
    shown.end()
    shown.tick()
    assert stream.getvalue() == "[wingbeat] 2 of 2 elements done, 1 skipped, 0.0/s, took 1:01\n"


def test_programs_read_lines_of_json(now: list[float]) -> None:
    stream = io.StringIO()
    shown = Progress("json", half_way(), stream)
    now[0] += 2
    shown.tick()
    now[0] += 3
    shown.end()
    first, last = map(json.loads, stream.getvalue().splitlines())
    assert first == {
        "event": "progress",
        "total": 20,
        "done": 10,
        "succeeded": 9,
        "failed": 1,
        "ignored": 0,
        "skipped": 0,
        "seconds": 2.0,
        "elements_per_second": 5.0,
        "seconds_left": 2.0,
    }
    assert (last["event"], last["seconds"]) == ("end", 5.0)


def test_nothing_is_said_if_nobody_wants_it(now: list[float]) -> None:
    stream = io.StringIO()
    shown = Progress("off", half_way(), stream)
    now[0] += 1000
    shown.tick()
    shown.end()
    assert stream.getvalue() == ""


def read_all(terminal: int) -> str:
    """What was written to the other side, which is closed; it comes in pieces."""
    pieces = []
    with os.fdopen(terminal, "rb", buffering=0) as file, contextlib.suppress(OSError):  # EIO at the end
        while piece := file.read(10_000):
            pieces.append(piece)
    return b"".join(pieces).decode()


def test_a_terminal_has_a_bar_that_fits(now: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as stream:
        shown = Progress("auto", half_way(), stream)
        now[0] += 5
        shown.tick()
        shown.end()
    text = read_all(ours)
    bar = "[###############               ] 10 of 20 elements done, 1 failed, 2.0/s, 0:05 left"
    assert text == f"\r\x1b[K{bar[:79]}\r\x1b[K{bar[:79]}\r\n"


def test_a_terminal_that_knows_no_bars_has_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb"), os.fdopen(theirs, "w") as stream:
        assert Progress("auto", Outcome(1), stream).kind == "lines"


def test_a_reader_who_went_away_does_not_stop_the_run(now: list[float]) -> None:
    read, write = os.pipe()
    os.close(read)
    stream = os.fdopen(write, "w")
    shown = Progress("lines", half_way(), stream)
    now[0] += 10
    shown.tick()
    shown.end()
    assert shown.kind == "off"
    with pytest.raises(BrokenPipeError):
        stream.close()


def test_a_closed_stream_does_not_stop_the_run(now: list[float]) -> None:
    stream = io.StringIO()
    stream.close()
    shown = Progress("auto", half_way(), stream)
    now[0] += 10
    shown.tick()
    assert shown.kind == "off"


@pytest.mark.parametrize(("seconds", "text"), [(0.4, "0:00"), (59.6, "1:00"), (3600, "1:00:00"), (90061, "25:01:01")])
def test_durations_are_read_as_on_a_clock(seconds: float, text: str) -> None:
    assert clock(seconds) == text


def test_nothing_was_run_yet(now: list[float]) -> None:
    stream = io.StringIO()
    shown = Progress("lines", Outcome(3), stream)
    now[0] += 5
    shown.tick()
    assert stream.getvalue() == "[wingbeat] 0 of 3 elements done, 0.0/s\n"
