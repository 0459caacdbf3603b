"""What signals make of a run of many elements."""

from __future__ import annotations

import os
import select
import signal
import time

import pytest

from wingbeat.runtime.many.stop import Stop


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_first_signal_grants_a_grace_and_the_second_ends_it(number: int) -> None:
    before = signal.getsignal(number)
    with Stop(100) as asked:
        assert (asked.signal, asked.overdue) == (None, False)
        assert select.select([asked.arrived], [], [], 0)[0] == []
        os.kill(os.getpid(), number)
        assert select.select([asked.arrived], [], [], 5)[0] == [asked.arrived]
        asked.seen()
        assert select.select([asked.arrived], [], [], 0)[0] == []
        assert asked.signal == number
        assert 0 < asked.deadline - time.monotonic() <= 100
        assert not asked.overdue
        os.kill(os.getpid(), number)
        assert select.select([asked.arrived], [], [], 5)[0] == [asked.arrived]
        assert asked.overdue
    assert signal.getsignal(number) == before


def test_many_signals_do_not_fill_anything() -> None:
    with Stop(100) as asked:
        for _ in range(70_000):
            asked._take(signal.SIGTERM, None)
        asked.seen()
        assert asked.overdue


def test_the_signal_that_came_first_is_the_reason() -> None:
    with Stop(0) as asked:
        asked._take(signal.SIGINT, None)
        asked._take(signal.SIGTERM, None)
        assert asked.signal == signal.SIGINT
